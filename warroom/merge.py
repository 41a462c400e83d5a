"""Merging: an incident is closed as a duplicate, and the one that goes on is told."""

from datetime import datetime

from warroom.desk import Desk, Done
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident.commands import Refused
from warroom.incident.events import Closure
from warroom.incident.incident import Incident


def merge(
    front: FrontDesk,
    here: Desk,
    into: str,
    *,
    reason: Closure = "duplicate",
    note: str = "",
    at: datetime | None = None,
) -> Done | Refused:
    """Close an incident in favour of another of the same house, with an entry in both.

    The one that goes on is told first: whatever happens in between, the way to it is not lost, and
    merging again does what is left. Raises what opening the other one raises.
    """
    was = here.incident
    refused = commands.close(was, at or here.now(), reason, note, into=into)
    if isinstance(refused, Refused):
        return refused
    other = front.open(into)
    try:
        if wrong := _cannot_go_on(was, other.incident):
            return wrong
        if was.number not in other.incident.absorbed:
            told = other.do_at(at, commands.absorb, was.number, was.title)
            if isinstance(told, Refused):
                return told
    finally:
        other.close()
    return here.do_at(at, commands.close, reason, note, into=into)


def _cannot_go_on(closing: Incident, other: Incident) -> Refused | None:
    """Why one incident cannot go on as the other."""
    if goes_on := other.merged_into:
        if goes_on == closing.number:
            return Refused(f"{other.number} was itself merged into {goes_on}; the work goes on here.")
        return Refused(f"{other.number} was itself merged into {goes_on}; merge into that one.")
    if other.exercise != closing.exercise:
        real, exercise = (closing, other) if other.exercise else (other, closing)
        return Refused(
            f"{exercise.number} is an exercise and {real.number} is not; "
            "name another of the same kind, or close it for another reason."
        )
    return None
