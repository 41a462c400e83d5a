"""Milestones and the durations between them: read with their definitions, and corrected."""

from datetime import datetime
from typing import TYPE_CHECKING

from warroom.console.dialogs import Ask, Choice, Menu
from warroom.incident import commands, entry, timing
from warroom.incident.commands import Refused
from warroom.incident.events import Milestone
from warroom.incident.incident import Incident

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom

_MISSING = "not recorded"


def show(room: "WarRoom") -> None:
    """List the milestones and what they make of the durations; ask for the time of the one that is chosen."""
    known = timing.milestones(room.now_so)
    choices = [
        Choice(name, name, str(number), _said(room.now_so, known, name), tone="" if name in known else "dim")
        for number, name in enumerate(timing.MILESTONES, 1)
    ]
    body = [*((line, "") for line in _durations(known)), ("", "")]
    room.ask(Menu("Milestones and durations", choices, body=body), lambda name: _ask_when(room, name))


def _said(incident: Incident, known: timing.Times, name: Milestone) -> str:
    if name not in known:
        return _MISSING
    by_hand = " · set by hand" if name in incident.stamps else ""
    return f"{known[name]:%Y-%m-%d %H:%M:%S} UTC{by_hand}"


def _durations(known: timing.Times) -> list[str]:
    """Each duration with its definition, "not recorded" where a milestone is missing."""
    spans = timing.durations(known)
    lines = []
    for name, (words, start, end) in timing.DEFINITIONS.items():
        span = spans[name]  # type: ignore[literal-required]
        said = _MISSING if span is None else timing.spoken(span)
        label = name.upper() if len(name) == 3 else name
        about = f"{words}, " if words != name else ""
        lines.append(f"{label:<9}{said:<20}{about}{start} → {end}")
    return lines


def _ask_when(room: "WarRoom", name: str) -> None:
    """Ask for a time, and say while it is typed what it will be or why it cannot be."""

    def preview(typed: str) -> str:
        at = _time(typed, room.desk.now())
        if at is None:
            return f"{typed.strip()!r} is no time such as 14:05 or -12m" if typed.strip() else ""
        refused = commands.stamp(room.now_so, at, name)
        if isinstance(refused, Refused):
            return refused.reason
        return f"{name} at {timing.utc(at)}"

    def stamped(typed: str) -> None:
        at = _time(typed, room.desk.now())
        if at is None:
            room.say(f"{typed!r} is no time such as 14:05 or -12m.", bad=True)
        else:
            room.do_at(at, commands.stamp, name)

    ask = Ask(
        f"When was it {name}?",
        placeholder="14:05 · -12m · yesterday 23:50 · 2026-02-02T14:05Z · now",
        preview=preview,
    )
    room.ask(ask, stamped)


def _time(typed: str, now: datetime) -> datetime | None:
    return now if typed.strip().casefold() == "now" else entry.moment(typed, now)
