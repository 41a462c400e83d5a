"""Status updates: what went out to whom, and how often each audience is told."""

from datetime import datetime, timedelta

from warroom.incident import events as e
from warroom.incident.commands.outcome import Outcome, Refused, fulfilling, over
from warroom.incident.deeds import Deed
from warroom.incident.incident import Incident
from warroom.incident.text import printable, printable_lines
from warroom.incident.timing import spoken

CADENCE_LIMITS = (timedelta(minutes=1), timedelta(days=7))


def publish_update(incident: Incident, at: datetime, audience: e.Audience, text: str) -> Outcome:
    """Note that a status update went out. It answers for the phases up to this one only."""
    text = printable_lines(text).strip()
    if not text:
        return Refused("A status update needs words.")
    due = [
        item
        for item in incident.asking_for(Deed.UPDATE)
        if item not in incident.items
        and (phase := incident.playbook.phase_of(item))
        and phase.number <= incident.phase.number
    ]
    return (e.UpdatePublished(audience, text), *fulfilling(due, printable(text)))


def set_cadence(incident: Incident, at: datetime, audience: e.Audience, every: timedelta | None) -> Outcome:
    """Say how often an audience is told from now on, whatever the severity says; None: no more."""
    if incident.closed_at:
        return over(incident)
    least, most = CADENCE_LIMITS
    if every is not None and not least <= every <= most:
        return Refused(f"Updates go out every {spoken(least)} at most, and every {spoken(most)} at least.")
    chosen = incident.cadences.get(audience)
    if chosen and chosen.every == every:
        return Refused(f"That is the cadence of {audience} updates already.")
    return (e.CadenceSet(audience, every),)
