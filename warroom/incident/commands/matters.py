"""What is due, put off for a while."""

from datetime import datetime, timedelta

from warroom.incident import events as e
from warroom.incident.commands.outcome import Outcome, Refused
from warroom.incident.incident import Incident
from warroom.incident.matters import Matter, agenda
from warroom.incident.short_id import shortened
from warroom.incident.text import printable
from warroom.incident.timing import spoken

LONGEST_SNOOZE = timedelta(hours=24)
"""What may wait longer than a day is no matter of the incident: drop it, or make it an action item."""


def snooze(incident: Incident, at: datetime, matter: str, span: timedelta) -> Outcome:
    """Put a matter off; it is shown again when the span has passed, or when it gets another time."""
    if not timedelta(seconds=1) <= span <= LONGEST_SNOOZE:
        return Refused(f"A snooze lasts from a second to {spoken(LONGEST_SNOOZE)}.")
    found = _named(incident, matter)
    if isinstance(found, Refused):
        return found
    return (e.Snoozed(found.id, span, found.text, found.due_at),)


def _named(incident: Incident, name: str) -> Matter | Refused:
    """The matter of this id, long or short, or the only one whose id begins like this."""
    open_ones = agenda(incident)
    exact = [matter for matter in open_ones if name in (matter.id, shortened(matter.id))]
    fitting = exact or [matter for matter in open_ones if name and matter.id.startswith(name)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return Refused(f"{printable(name)!r} may be any of {_ids(fitting)}.")
    if not open_ones:
        return Refused("Nothing is due, so there is nothing to snooze.")
    return Refused(f"Nothing that is due is called {printable(name)!r}; there are {_ids(open_ones)}.")


def _ids(found: list[Matter] | tuple[Matter, ...]) -> str:
    return ", ".join(shortened(matter.id) for matter in found)
