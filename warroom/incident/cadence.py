"""Cadence: how often each audience is owed a status update, and when the next one is due."""

from datetime import datetime, timedelta
from typing import NamedTuple, get_args

from warroom.incident.events import Audience
from warroom.incident.incident import Cadence, Incident, StatusUpdate
from warroom.incident.timing import Since, after, milestones

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


class Rhythm(NamedTuple):
    """By when an audience hears first, and how often after; None: no more updates are owed."""

    first: timedelta
    unmitigated: timedelta | None
    mitigated: timedelta | None
    resolved: timedelta | None


def _rhythm(first: int, *then: int | None) -> Rhythm:
    return Rhythm(timedelta(minutes=first), *(None if m is None else timedelta(minutes=m) for m in then))


# What a playbook without a table of its own goes by, by the severity's rank, the most severe first. The
# field's habit is 20 to 30 minutes while mitigating, and a first external statement within 5 minutes of a
# total outage; less severe, less often. An audience that is not named is told when there is something to
# tell.
DEFAULTS: tuple[dict[Audience, Rhythm], ...] = (
    {
        "internal": _rhythm(20, 20, 30, 60),
        "executive": _rhythm(20, 30, 60, 60),
        "external": _rhythm(5, 30, 60, 60),
    },
    {
        "internal": _rhythm(30, 30, 60, None),
        "executive": _rhythm(60, 60, None, None),
        "external": _rhythm(30, 30, 60, None),
    },
    {"internal": _rhythm(60, 60, None, None)},
)


def every(incident: Incident, audience: Audience) -> timedelta | None:
    """How often an audience is to be told as things stand; None if no more updates are owed.

    What was set during the incident holds until it is set anew; else it follows from the playbook's
    table, or `DEFAULTS`, by the severity and by how far the incident has come: not mitigated,
    mitigated, resolved.
    """
    if incident.closed_at:
        return None
    if chosen := incident.cadences.get(audience):
        return chosen.every
    rhythm = _default(incident, audience, incident.severity)
    if rhythm is None:
        return None
    known = milestones(incident)
    if "resolved" in known or "recovered" in known:
        return rhythm.resolved
    return rhythm.mitigated if "mitigated" in known else rhythm.unmitigated


def next_update(incident: Incident, audience: Audience) -> tuple[datetime, Since] | None:
    """When an audience is next owed an update and the clock that this runs on; None if it is owed none."""
    span = every(incident, audience)
    if span is None:
        return None
    chosen, last = incident.cadences.get(audience), last_update(incident, audience)
    if last is None:
        return _first(incident, audience, chosen)
    since = Since(last.at, "the update before")
    if incident.reopened_at and incident.reopened_at > last.at:
        since = Since(incident.reopened_at, "reopening")
    due = after(since.at, span)
    return (max(due, chosen.at) if chosen else due), since


def last_update(incident: Incident, audience: Audience) -> StatusUpdate | None:
    """The latest update that an audience was given."""
    return next((update for update in reversed(incident.updates) if update.audience == audience), None)


def _first(incident: Incident, audience: Audience, chosen: Cadence | None) -> tuple[datetime, Since] | None:
    """When the first update is due: another severity can bring that forward, never put it off."""
    if chosen and chosen.every:
        return after(chosen.at, chosen.every), Since(chosen.at, "the cadence")
    owed: list[tuple[datetime, Since]] = []
    for change in reversed(incident.severities):
        rhythm = _default(incident, audience, change.level)
        if rhythm is None:
            break
        owed.append((after(change.at, rhythm.first), Since(change.at, "severity")))
    return min(owed, default=None)


def _default(incident: Incident, audience: Audience, level: str | None) -> Rhythm | None:
    """What a severity asks for; the public hears nothing of what customers do not notice."""
    if level is None or (audience == "external" and incident.impact.customer_facing is False):
        return None
    playbook = incident.playbook
    if playbook.updates:
        said = (rule for rule in playbook.updates if rule.severity.casefold() == level.casefold())
        rule = next((rule for rule in said if rule.audience == audience), None)
        return Rhythm(rule.first, rule.unmitigated, rule.mitigated, rule.resolved) if rule else None
    rank = playbook.rank(level)
    return DEFAULTS[rank].get(audience) if rank < len(DEFAULTS) else None
