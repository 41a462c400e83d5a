"""The situation in words: conditions, actions and needs, for whoever must be told in a minute.

What is not known is said to be so; nothing is concluded that the record does not hold.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from warroom.incident.fallbacks import awaited, covered
from warroom.incident.incident import Incident, Metric, Mitigation
from warroom.incident.timing import milestones, spoken, unmitigated, utc
from warroom.incident.wording import impact_in_words

Course = Literal[
    "not mitigated",
    "mitigation under way",
    "partly mitigated",
    "mitigated",
    "resolved",
    "recovered",
    "closed",
]


def course(incident: Incident) -> Course:
    """How far the incident has come."""
    known = milestones(incident)
    if incident.closed_at:
        return "closed"
    if "recovered" in known:
        return "recovered"
    if "resolved" in known:
        return "resolved"
    if "mitigated" in known:
        return "mitigated"
    latest = incident.mitigations[-1].outcome if incident.mitigations else "regressed"
    if latest == "partial":
        return "partly mitigated"
    return "mitigation under way" if latest is None else "not mitigated"


def conditions(incident: Incident, now: datetime) -> Iterator[str]:
    """What is known: impact, for how long, the latest figures, the cause."""
    yield f"Impact: {impact_in_words(incident.impact) or 'not assessed'}"
    without = unmitigated(incident, now)
    if without is not None:
        yield f"Unmitigated for {spoken(without)}"
    for metric in _latest_metrics(incident):
        yield f"{metric.name}: {metric.before} → {metric.after} ({metric.at:%H:%M} UTC)"
    causes = incident.standing("root cause")
    yield f"Root cause: {'; '.join(causes) or 'not determined'}"


def _latest_metrics(incident: Incident) -> list[Metric]:
    standing = (metric for metric in incident.metrics if not incident.is_struck(metric.id))
    return list({metric.name.casefold(): metric for metric in standing}.values())


def mitigations(incident: Incident) -> Iterator[str]:
    """What was done against the impact, and what each has done."""
    for found in incident.mitigations:
        since = f"under way since {found.started_at:%H:%M} UTC"
        yield f"{_named(found)} · {_with(found.outcome or since, found.assessment)}"
    for fallback in incident.fallbacks:
        yield f"Fallback: {fallback.action}"


def ruled_out(incident: Incident) -> Iterator[str]:
    """What was tried and did not help: it need not be tried again."""
    for found in incident.mitigations:
        if found.outcome in {"ineffective", "regressed"}:
            yield f"{_named(found)} · {_with(found.outcome, found.assessment)}"
    for decision in incident.decisions:
        if decision.verdict == "failed":
            yield _with(f"{decision.decision} · failed", decision.finding)


def _named(found: Mitigation) -> str:
    return _with(found.strategy, found.note, ": ")


def _with(text: str, more: str, joint: str = " · ") -> str:
    return f"{text}{joint}{more}" if more else text


def assignments(incident: Incident) -> Iterator[str]:
    """Who is on what."""
    for found in incident.assignments:
        if not found.outcome:
            due = f" · check back {found.due_at:%H:%M} UTC" if found.due_at else ""
            yield f"{found.who} {found.task}{due}"


def needs(incident: Incident) -> Iterator[str]:
    """What is missing: a commander, a severity, an answer."""
    if incident.commander is None:
        yield "An Incident Commander"
    if incident.severity is None and incident.playbook.severities:
        yield "A severity"
    for member in incident.team.values():
        if member.unanswered and member.paged_at and not covered(incident, member.paged_at):
            yield f"An answer from {member.who}, paged {member.paged_at:%H:%M} UTC"
    for escalation in awaited(incident):
        yield f"An answer from {escalation.to}, called {escalation.raised_at:%H:%M} UTC"


def began(incident: Incident) -> str:
    """When the impact began, or when it was noticed where that is all that is known."""
    known = milestones(incident)
    if "started" in known:
        return utc(known["started"])
    return f"{utc(known.get('detected') or incident.declared_at)} (noticed then; its start is not determined)"
