"""What is due: the way from each matter to the place where it is dealt with, and putting it off."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from warroom.console.acts import action_items, command, decisions, escalations, people, updates
from warroom.console.checklist import Checklist
from warroom.console.countdown import countdown
from warroom.console.dialogs import Ask, Choice, Menu
from warroom.incident import commands, entry
from warroom.incident.deeds import Deed
from warroom.incident.events import Audience
from warroom.incident.matters import Matter, agenda, matters
from warroom.incident.timing import utc

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def to_first_due(room: "WarRoom") -> None:
    """Go to what is due first."""
    if room.may("due"):
        go_to(room, matters(room.now_so, room.desk.now())[0])


def go_to(room: "WarRoom", matter: Matter) -> None:
    """Go to where a matter is dealt with; where that is one question, ask it."""
    match matter.kind:
        case "response":
            _to_acknowledgement(room)
        case "severity":
            decisions.to_severities(room)
        case "commander":
            command.to_command(room)
        case "escalate":
            decisions.to_row(room, "escalate", matter.subject)
            escalations.offer(room, matter.subject)
        case "answer":
            decisions.to_row(room, "escalate", matter.subject)
            escalations.ask_answer(room, matter.subject)
        case "fallback":
            decisions.offer_fallback(room, matter.subject)
        case "page" | "check-back":
            people.to_row(room, matter.subject)
        case "command":
            command.to_command(room)
        case "verify":
            decisions.verify(room, matter.subject)
        case "update":
            updates.compose(room, cast("Audience", matter.subject))
        case "action item":
            action_items.to_row(room, matter.subject)


def _to_acknowledgement(room: "WarRoom") -> None:
    item = next(room.now_so.asking_for(Deed.ACKNOWLEDGE), None)
    room.focus_pane("checklist")
    if item is not None:
        room.query_one(Checklist).show_item(item)
    else:
        said = "Somebody must respond: say who joined, or stamp it acknowledged with {stamp}."
        room.say(room.console.keymap.said(said))


def list_due(room: "WarRoom") -> None:
    """List all that is due and will be, the most urgent first, and go to what is chosen."""
    if room.may("agenda"):
        said = "The most urgent first; enter goes to where it is dealt with."
        _ask_which(room, "What is due", said, partial(go_to, room))


def _ask_which(room: "WarRoom", title: str, said: str, then: Callable[[Matter], None]) -> None:
    now = room.desk.now()
    shown = matters(room.now_so, now)
    snoozed = [matter for matter in agenda(room.now_so) if matter not in shown]
    found = {matter.id: matter for matter in (*shown, *snoozed)}
    choices = [_choice(room, matter, number, now) for number, matter in enumerate(found.values(), 1)]
    room.ask(Menu(title, choices, body=[(said, "dim"), ("", "")]), lambda chosen: then(found[chosen]))


def _choice(room: "WarRoom", matter: Matter, number: int, now: datetime) -> Choice:
    snooze = room.now_so.snoozes.get(matter.id)
    over = matter.overdue(now)
    when, tone = f"{'▲ ' if over else ''}{countdown(matter.due_at, now)}", "bad" if over else ""
    if snooze and snooze.due_at == matter.due_at and snooze.until > now:
        when, tone = f"snoozed until {snooze.until:%H:%M} UTC", "dim"
    due = f"{matter.due_at:%H:%M} UTC" if matter.due_at.date() == now.date() else utc(matter.due_at)
    key = str(number) if number < 10 else ""
    return Choice(matter.id, matter.text, key, f"{when} · {due} · clock: {matter.clock}", tone=tone)


# ── put off ────────────────────────────────────────────────────────────────────────────────────

_SPANS = (
    ("5m", "5 minutes"),
    ("10m", "10 minutes"),
    ("30m", "30 minutes"),
    ("1h", "An hour"),
)


def snooze_first(room: "WarRoom") -> None:
    """Ask for how long to put off what is due first, and log it."""
    if room.may("snooze"):
        snooze(room, matters(room.now_so, room.desk.now())[0])


def snooze(room: "WarRoom", matter: Matter) -> None:
    """Ask for how long to put a matter off; or which other one."""
    choices = [Choice(span, text, f"snooze-{span}") for span, text in _SPANS]
    choices += [
        Choice("other", "Another time …", "snooze-other"),
        Choice("which", "Something else that is due …", "snooze-which"),
    ]
    body = [(f"{matter.text} · {countdown(matter.due_at, room.desk.now())}", "strong"), ("", "")]

    def typed(text: str) -> None:
        if span := entry.span(text):
            room.do(commands.snooze, matter.id, span)
        else:
            room.say(f"{text!r} is no span such as 20m or 1h30m.", bad=True)

    def chosen(what: str) -> None:
        if what == "which":
            _ask_which(room, "Snooze which?", "The most urgent first.", partial(snooze, room))
        elif what == "other":
            room.ask(Ask(f"Snooze for how long? {matter.text}", placeholder="20m · 1h30m"), typed)
        else:
            typed(what)

    room.ask(Menu("Snooze: ask again in", choices, body=body), chosen)
