"""Whatever the console does to the record can be done from the shell: a new act asks for its verb here."""

import re
from pathlib import Path

import click
import pytest

import warroom
from warroom.cli import main
from warroom.console.keys import KEYS, QUESTIONS
from warroom.incident import commands

# Each act of the console that changes the record, or leads to where it is changed, and the verbs that do it.
VERBS = {
    # anywhere in the war room
    "note": "log",
    "decide": "severity, choose",
    "mitigate": "mitigate, assess, choose",
    "update": "draft, update",
    "cadence": "cadence",
    "action-item": "action-item open",
    "escalate": "escalate, answer",
    "team": "page, answer, join, role, release",
    "impact": "impact",
    "next-phase": "phase",
    "previous-phase": "phase",
    "undo": "undo",
    "redo": "redo",
    "due": "due",
    "agenda": "due",
    "snooze": "snooze",
    "fallback": "fallback",
    "commander": "role, offer-command, accept-command, decline-command",
    "record-decision": "decide, verify-decision",
    "board": "board, assign, check-back",
    "figures": "figures",
    "write-up": "postmortem",
    "after-action": "after-action",
    "drill-step": "drill",  # each step is a line of verbs
    "close-incident": "close, cancel",
    "reopen-incident": "reopen",
    "stamp": "stamp",
    "rename": "rename",
    "reference": "playbook show",
    "reload-playbook": "playbook reload",
    # checklist
    "tick": "tick, untick",
    "tick-only": "tick",
    "open-row": "checklist, output",
    "skip": "skip",
    # timeline
    "show-entry": "show",
    "edit": "entry edit",
    "strike": "entry strike, entry restore",
    "pin": "entry pin, entry unpin",
    "promote": "entry promote",
    # decisions
    "choose": "choose",
    "choose-at-once": "escalate, answer",
    # action items
    "finish": "action-item done, action-item reopen",
    "change": "action-item change",
    "drop": "action-item drop",
    # team
    "member": "answer, join, role, release, check-back",
    "page": "page",
    "arrive": "answer, join, check-back, accept-command",
    "release": "release, check-back, decline-command",
    "role": "role, check-back, offer-command",
    "join": "join",
    # impact
    "assess-impact": "impact",
    # lobby
    "declare": "declare",
    "open-incident": "open",
    "drill": "drill",
    "exercises": "list",
    # status updates and the briefing
    "publish": "update",
    "write-words": "update",
    "start-over": "draft",
    "offer-command": "briefing, offer-command",
    "accept-command": "accept-command",
    "decline-command": "decline-command",
}

# Acts about the screen itself: they move, show, search, copy what is shown, or write it to a file.
OF_THE_SCREEN = [
    "suspend",
    "quit",
    "copy-selected",
    "complete-name",
    "next-pane",
    "previous-pane",
    *(f"pane-{number}" for number in range(1, 7)),
    "accept",
    "leave-dialog",
    "dialog-down",
    "dialog-up",
    "dialog-page-down",
    "dialog-page-up",
    "next-field",
    "previous-field",
    "jump",
    "zoom",
    "palette",
    "help",
    "lobby",
    "back",
    "down",
    "up",
    "page-down",
    "page-up",
    "first",
    "last",
    "fold",
    "unfold",
    "table-before",
    "table-after",
    "filter",
    "search",
    "copy",
    "copy-command",
    "search-incidents",
    "lobby-jump",
    "tour",
    "leave",
    "lobby-back",
    "write-file",
    "copy-document",
    "close-document",
    "copy-code",
    "copy-detail",
    "close-detail",
    "copy-update",
    "write-update",
    "leave-composer",
    "copy-briefing",
    "close-briefing",
]

# Commands that a verb reaches by another name.
REACHED_BY = {
    "acknowledge_escalation": "answer",
    "acknowledge_page": "answer",
    "note": "log",
    "record_finding": "log",
    "enter": "log",
    "absorb": "close",
    "declare": "declare",
    "toggle": "tick, untick",
    "toggle_action_item": "action-item done, action-item reopen",
    "toggle_pinned": "entry pin, entry unpin",
    "toggle_struck": "entry strike, entry restore",
}


def is_verb(words: str) -> bool:
    found: click.Command | None = main
    with click.Context(main) as context:
        for word in words.split():
            found = found.get_command(context, word) if isinstance(found, click.Group) else None
    return found is not None


def test_every_act_has_its_verb_or_is_about_the_screen() -> None:
    acts = {key.id for key in KEYS if key.place not in QUESTIONS}
    assert acts == {*VERBS, *OF_THE_SCREEN}
    assert not set(VERBS) & set(OF_THE_SCREEN)


@pytest.mark.parametrize("verbs", sorted({*VERBS.values(), *REACHED_BY.values()}))
def test_every_verb_that_is_named_is_there(verbs: str) -> None:
    assert all(map(is_verb, verbs.split(", ")))


def test_every_command_is_within_reach_of_a_verb() -> None:
    top = Path(warroom.__file__).parent
    text = "".join(path.read_text() for room in ("verbs", "cli") for path in top.glob(f"{room}/*.py"))
    named = set(re.findall(r"commands\.([a-z_]+)", text))
    answers = {name for name in commands.__all__ if not name[0].isupper()}
    helpers = {"severity_table", "strategy_table", "still_open"}  # they look, and change nothing
    assert answers - helpers <= named | set(REACHED_BY)
