"""The log: notes and findings, edited, struck and pinned."""

from datetime import datetime

from warroom.incident import events as e
from warroom.incident.commands.outcome import (
    Outcome,
    Refused,
    linked,
)
from warroom.incident.deeds import Deed
from warroom.incident.events import Event
from warroom.incident.incident import Incident, is_log_entry
from warroom.incident.text import printable


def note(incident: Incident, at: datetime, text: str) -> Outcome:
    """Log a note."""
    text = printable(text)
    return (e.Noted(text),) if text else Refused("There is nothing to log.")


def record_finding(incident: Incident, at: datetime, finding: e.FindingKind, text: str) -> Outcome:
    """Record a root cause, contributing factor or lesson."""
    text = printable(text)
    if not text:
        return Refused(f"A {finding} needs words.")
    deeds: dict[e.FindingKind, Deed] = {
        "root cause": Deed.ROOT_CAUSE,
        "contributing factor": Deed.FACTOR,
        "lesson": Deed.LESSON,
    }
    return (e.FindingRecorded(finding, text), *linked(incident, deeds[finding], text=text))


def _entry(incident: Incident, target: str) -> Event | Refused:
    event = incident.timeline.find(target)
    if event is None:
        return Refused("There is no such entry.")
    if not is_log_entry(event):
        return Refused("This is a record of what was done; undo it instead.")
    return event


def edit(incident: Incident, at: datetime, target: str, text: str) -> Outcome:
    """Reword a log entry; every version is kept."""
    event = _entry(incident, target)
    if isinstance(event, Refused):
        return event
    if not isinstance(event.fact, e.Noted | e.FindingRecorded):
        return Refused("A metric cannot be edited; strike it and enter it again.")
    text = printable(text)
    if not text:
        return Refused("An entry cannot be empty; strike it instead.")
    if text == incident.latest(event.id, event.fact.text):
        return Refused("Nothing was changed.")
    return (e.Edited(target, text),)


def strike(incident: Incident, at: datetime, target: str, reason: str = "") -> Outcome:
    """Strike a wrong log entry; it stays, struck through."""
    event = _entry(incident, target)
    if isinstance(event, Refused):
        return event
    if incident.is_struck(target):
        return Refused("It is struck already.")
    return (e.Struck(target, printable(reason)),)


def restore(incident: Incident, at: datetime, target: str) -> Outcome:
    """Let a struck entry stand again."""
    return (e.Unstruck(target),) if incident.is_struck(target) else Refused("It is not struck.")


def toggle_struck(incident: Incident, at: datetime, target: str) -> Outcome:
    """Strike an entry, or let a struck one stand again."""
    return (restore if incident.is_struck(target) else strike)(incident, at, target)


def pin(incident: Incident, at: datetime, target: str, *, on: bool = True) -> Outcome:
    """Make any entry a key event for the post-mortem, or no longer."""
    if incident.timeline.find(target) is None:
        return Refused("There is no such entry.")
    if incident.is_pinned(target) == on:
        return Refused("It is pinned already." if on else "It is not pinned.")
    return (e.Pinned(target, on=on),)


def toggle_pinned(incident: Incident, at: datetime, target: str) -> Outcome:
    """Pin an entry, or unpin one that is pinned."""
    return pin(incident, at, target, on=not incident.is_pinned(target))
