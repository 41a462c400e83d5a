"""Fallback procedures: which of a playbook's conditions are known to be met, and since when.

Some conditions show in the record: a mitigation made things worse, nobody answers, the root cause
is long unknown. Others ("monitoring unavailable", "communication system down") only people can
see: those fallbacks are chosen, never offered.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from warroom.incident.deeds import Deed
from warroom.incident.escalation import ANSWER_TIME, next_contact, unanswered
from warroom.incident.incident import Escalation, Incident
from warroom.incident.playbook import Fallback
from warroom.incident.timing import after

ROOT_CAUSE_TIME = timedelta(minutes=30)
"""How long the cause may be looked for before stabilizing comes first: as long as the unmitigated rule."""


class Met(NamedTuple):
    """A condition: since when its reason stands, and from when it counts as met."""

    since: datetime
    at: datetime


def met(incident: Incident, fallback: Fallback) -> Met | None:
    """When a fallback's condition is or will be met as things stand; None while that cannot be known."""
    if incident.closed_at:
        return None
    known = next((find for wording, find in _CONDITIONS if wording.search(fallback.condition)), None)
    return min(known(incident), default=None) if known else None


def offered(incident: Incident, fallback: Fallback) -> Met | None:
    """The same, unless the fallback was invoked since."""
    found = met(incident, fallback)
    return None if found is None or in_force(incident, fallback, found.since) else found


def in_force(incident: Incident, fallback: Fallback, since: datetime) -> bool:
    """Whether a fallback was invoked at a time or after."""
    return any(f.condition == fallback.condition and f.at >= since for f in incident.fallbacks)


def covered(incident: Incident, since: datetime) -> bool:
    """Whether the fallback for a team that nobody reaches was invoked since: no answer is waited for."""
    backup = unreachable(incident)
    return backup is not None and in_force(incident, backup, since)


def awaited(incident: Incident) -> Iterator[Escalation]:
    """The escalations whose answer is waited for: where nobody stands behind, until the backup is called."""
    for escalation in unanswered(incident):
        if next_contact(incident, escalation) or not covered(incident, escalation.raised_at):
            yield escalation


def unreachable(incident: Incident) -> Fallback | None:
    """The playbook's fallback for a team that nobody reaches."""
    return next((f for f in incident.playbook.fallbacks if _UNREACHABLE.search(f.condition)), None)


def _regressed(incident: Incident) -> Iterator[Met]:
    worse = [m.assessed_at for m in incident.mitigations if m.outcome == "regressed" and m.assessed_at]
    since = max(worse, default=None)  # what was done about an earlier one is not enough
    if since and not any(m.started_at >= since for m in incident.mitigations):
        yield Met(since, since)


def _nobody_answers(incident: Incident) -> Iterator[Met]:
    for member in incident.team.values():
        if member.unanswered and member.paged_at:
            yield Met(member.paged_at, after(member.paged_at, ANSWER_TIME))
    for escalation in unanswered(incident):
        yield Met(escalation.raised_at, after(escalation.raised_at, ANSWER_TIME))


def _cause_unknown(incident: Incident) -> Iterator[Met]:
    asked = incident.asking_for(Deed.ROOT_CAUSE)
    here = any(incident.playbook.phase_of(item) is incident.phase for item in asked)
    if here and not incident.standing("root cause"):
        entered = incident.phase_entered_at
        yield Met(entered, after(entered, ROOT_CAUSE_TIME))


_UNREACHABLE = re.compile(
    r"\bunreachable\b|\b(no ?body|team|on-?call|responders?)\b.*\banswer", re.IGNORECASE
)
_CONDITIONS: tuple[tuple[re.Pattern[str], Callable[[Incident], Iterator[Met]]], ...] = (
    (re.compile(r"\bregress", re.IGNORECASE), _regressed),
    (_UNREACHABLE, _nobody_answers),
    (re.compile(r"\bcause\b.*\b(unknown|unclear|not known)\b", re.IGNORECASE), _cause_unknown),
)
