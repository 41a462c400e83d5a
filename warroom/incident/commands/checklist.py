"""Actions, criteria and outputs: ticked, skipped, recorded."""

from datetime import datetime

from warroom.incident import events as e
from warroom.incident.commands.outcome import (
    Outcome,
    Refused,
    is_output,
    linked,
)
from warroom.incident.deeds import Deed
from warroom.incident.incident import Incident
from warroom.incident.text import printable


def _unknown(item: str) -> Refused:
    return Refused(f"No action {printable(item)!r} in this playbook; actions read like 1.1.1.")


def tick(incident: Incident, at: datetime, item: str) -> Outcome:
    """Tick an action or criterion, or record an output without saying where it is."""
    text = incident.playbook.text_of(item)
    if text is None:
        return _unknown(item)
    if incident.done(item):
        return Refused(f"{item} is done already: {text}")
    if is_output(item):
        return (e.OutputRecorded(item),)
    return (e.Ticked(item),)


def untick(incident: Incident, at: datetime, item: str) -> Outcome:
    """Open a ticked or skipped item again."""
    if item not in incident.items:
        text = incident.playbook.text_of(item)
        return Refused(f"{item} is open already: {text}") if text else _unknown(item)
    return (e.Unticked(item),)


def toggle(incident: Incident, at: datetime, item: str) -> Outcome:
    """Tick what is open, open what is ticked or skipped."""
    return untick(incident, at, item) if item in incident.items else tick(incident, at, item)


def skip(incident: Incident, at: datetime, item: str, reason: str) -> Outcome:
    """Leave an item out, and say why."""
    text, reason = incident.playbook.text_of(item), printable(reason)
    if text is None:
        return _unknown(item)
    if item in incident.items:
        return Refused(f"{item} is settled already: {text}")
    if not reason:
        return Refused("Skipping needs a reason; it goes into the record.")
    return (e.Skipped(item, reason),)


def record_output(incident: Incident, at: datetime, item: str, text: str) -> Outcome:
    """Say what a step's output is, or where it lies."""
    if not is_output(item) or incident.playbook.text_of(item) is None:
        return Refused(f"No output {printable(item)!r} in this playbook.")
    text = printable(text)
    if incident.deeds.get(item) is Deed.ROOT_CAUSE and text:
        return (e.FindingRecorded("root cause", text), *linked(incident, Deed.ROOT_CAUSE, text=text))
    return (e.OutputRecorded(item, text),)
