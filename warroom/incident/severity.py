"""Severity over the course of an incident: time in each level, and which of several rows counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from warroom.incident.incident import Incident
from warroom.incident.playbook import DecisionRow, Playbook


def time_in_levels(incident: Incident, now: datetime) -> dict[str, timedelta]:
    """How long the incident has had each severity, in the order in which it first had it.

    The time before it was classified counts for none; after closing, no time passes.
    """
    end = incident.closed_at or now
    starts = [(change.level, change.at) for change in incident.severities]
    spans: dict[str, timedelta] = {}
    for (level, since), (_, until) in pairwise([*starts, ("", end)]):
        spent = max(min(until, end) - since, timedelta())
        spans[level] = spans.get(level, timedelta()) + spent
    return spans


def highest(playbook: Playbook, rows: Iterable[DecisionRow]) -> DecisionRow | None:
    """Of the rows that may apply, the one that counts: the most severe. None where none names a level."""
    plausible = [row for row in rows if playbook.severity(row.choice)]
    return min(plausible, key=lambda row: playbook.rank(row.choice), default=None)
