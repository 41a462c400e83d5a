"""The log: what is typed or pasted becomes entries; an entry is read, reworded, struck, pinned, copied."""

from functools import partial
from typing import TYPE_CHECKING

from warroom.console import clipboard
from warroom.console.acts.action_items import open_action_item
from warroom.console.dialogs import Ask, Choice, Menu
from warroom.console.timeline import Timeline
from warroom.desk import Done
from warroom.incident import commands, entry
from warroom.incident import events as e
from warroom.incident.commands import Refused
from warroom.incident.events import Event
from warroom.incident.text import printable_lines
from warroom.incident.wording import wording

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def enter(room: "WarRoom", lines: list[str]) -> None:
    """Log what was typed: one line for what it says, several with one sync."""
    if len(lines) == 1:
        _log(room, lines[0])
    elif lines:
        log_all(room, lines)


def _log(room: "WarRoom", typed: str) -> None:
    desk = room.desk
    line = entry.parse(typed, desk.now())
    if line is not None:
        room.saving.submit(partial(desk.do_at, line.at, commands.enter, line), typed=typed)


def log_all(room: "WarRoom", lines: list[str]) -> None:
    """Log many lines with one sync."""
    desk = room.desk

    def job() -> Done | Refused:
        parsed = [line for typed in lines if (line := entry.parse(typed, desk.now()))]
        return desk.do_all((line.at, partial(commands.enter, line=line)) for line in parsed)

    room.saving.submit(job, typed="\n".join(lines))


def log_pasted(room: "WarRoom", lines: list[str]) -> None:
    """Ask once whether pasted lines are to be logged, one entry each."""
    count = len(lines)
    body = [(line[:200] + ("…" if len(line) > 200 else ""), "dim") for line in lines[:8]]
    if count > 8:
        body.append((f"… and {count - 8:,} more", "dim"))
    what = f"Log {count:,} entries" if count > 1 else f"Log one entry of {len(lines[0]):,} characters"
    menu = Menu(
        f"Pasted: {count:,} line{'s' if count > 1 else ''}",
        [Choice("log", what, "pasted-log")],
        body=[*body, ("", "")],
    )
    room.ask(menu, lambda _: log_all(room, lines))


def record_finding(room: "WarRoom", kind: e.FindingKind) -> None:
    """Ask for a root cause, contributing factor or lesson."""
    room.ask(Ask(kind.capitalize()), lambda said: room.do(commands.record_finding, kind, said))


def with_entry(room: "WarRoom", event: Event, what: str) -> None:
    """Show, edit, strike, pin, promote or copy a log entry."""
    incident = room.now_so
    text = wording(event, incident).text
    if what == "strike":
        room.do(commands.toggle_struck, event.id)
    elif what == "pin":
        room.do(commands.toggle_pinned, event.id)
    elif what == "copy":
        clipboard.copy(room, f"{event.occurred_at:%Y-%m-%d %H:%M} UTC {text}", "Copied.")
    elif what == "promote":
        open_action_item(room, text, event.id)
    elif what == "edit" and isinstance(event.fact, e.Noted | e.FindingRecorded):
        ask = Ask("Edit this entry", value=incident.latest(event.id, event.fact.text))
        room.ask(ask, lambda said: room.do(commands.edit, event.id, said))
    elif what == "edit":
        room.say("A metric cannot be edited; strike it and enter it again.")
    else:
        show_entry(room, event)


def show_entry(room: "WarRoom", event: Event) -> None:
    """Show a whole entry with who, when and its earlier versions."""
    incident = room.now_so
    fact = event.fact
    said = (
        printable_lines(fact.text) if isinstance(fact, e.UpdatePublished) else wording(event, incident).text
    )
    body = [*((line, "") for line in said.split("\n")), ("", "")]
    body.append((f"happened  {event.occurred_at:%Y-%m-%d %H:%M:%S} UTC", "dim"))
    body.append((f"entered   {event.recorded_at:%Y-%m-%d %H:%M:%S} UTC by {event.by}", "dim"))
    amendment = incident.amended.get(event.id)
    if amendment and amendment.versions and isinstance(event.fact, e.Noted | e.FindingRecorded):
        body += [("", ""), ("Earlier versions", "strong")]
        body += [(text, "dim") for text in (event.fact.text, *amendment.versions[:-1])]
    if amendment and amendment.struck:
        body += [("", ""), (f"Struck: {amendment.struck}", "warn")]
    entries = isinstance(event.fact, e.Noted | e.FindingRecorded | e.MetricObserved)
    no_entry = "" if entries else "a record of what was done; undo it instead"
    choices = [
        Choice("edit", "Edit", "log-entry-edit", why_not=no_entry),
        Choice(
            "strike",
            "Let it stand again" if incident.is_struck(event.id) else "Strike",
            "log-entry-strike",
            why_not=no_entry,
        ),
        Choice("pin", "Unpin" if incident.is_pinned(event.id) else "Pin as a key event", "log-entry-pin"),
        Choice("promote", "Make an action item of it", "log-entry-promote"),
        Choice("copy", "Copy", "log-entry-copy"),
    ]
    room.ask(Menu("Log entry", choices, body=[*body, ("", "")]), lambda what: with_entry(room, event, what))


def search(room: "WarRoom") -> None:
    """Ask what to look for in the timeline."""
    timeline = room.query_one(Timeline)
    ask = Ask(
        "Search the timeline",
        value=timeline.search,
        required=False,
        hint="{accept} searches · {leave-dialog} leaves",
    )
    room.ask(ask, timeline.look_for)
