"""The briefing at a transfer of command: what the incoming commander must know, said in one minute."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from warroom.incident import situation
from warroom.incident.cadence import AUDIENCES, next_update
from warroom.incident.incident import Incident
from warroom.incident.matters import matters
from warroom.incident.timing import clock, elapsed, spoken, utc

_FIRST = 5  # matters that come next; the rest is on the screen


def briefing(incident: Incident, now: datetime) -> str:
    """The situation as Markdown: what is so, what was tried, what is open, owed and due next."""
    sections: tuple[tuple[str, Iterable[str], str], ...] = (
        ("Situation", _situation(incident, now), ""),
        ("Tried", situation.mitigations(incident), "nothing yet"),
        ("Ruled out", situation.ruled_out(incident), "nothing yet"),
        ("Open assignments", situation.assignments(incident), "none"),
        ("To be verified", _to_verify(incident), "nothing"),
        ("Communications owed", _owed(incident, now), "none"),
        ("Needs", situation.needs(incident), "none recorded"),
        ("Due next", _due(incident, now), "nothing"),
    )
    lines = [f"Briefing for the transfer of command, {utc(now)}"]
    for title, said, otherwise in sections:
        lines += ["", f"### {title}", "", *(f"- {line}" for line in list(said) or [otherwise])]
    return "\n".join(lines)


def _situation(incident: Incident, now: datetime) -> Iterator[str]:
    exercise = " · exercise" if incident.exercise else ""
    yield f"{incident.number} · {incident.title}{exercise}"
    level = incident.severity_level
    meaning = f" · {level.description}" if level and level.description else ""
    yield f"Severity: {incident.severity or 'not classified'}{meaning}"
    yield f"Phase: {incident.phase.name} · {situation.course(incident)}"
    yield f"Going on for {spoken(elapsed(incident, now))}, since {situation.began(incident)}"
    yield from situation.conditions(incident, now)
    yield f"In command: {incident.commander or 'nobody'}"


def _to_verify(incident: Incident) -> Iterator[str]:
    for mitigation in incident.mitigations:
        if not mitigation.outcome:
            yield f"Outcome of {mitigation.strategy}{_by(mitigation.verify_at)}"
    for decision in incident.decisions:
        if not decision.verdict:
            owner = f" · {decision.owner}" if decision.owner else ""
            yield f"Decision: {decision.decision}{owner}{_by(decision.verify_at)}"


def _by(at: datetime | None) -> str:
    return f" · {at:%H:%M} UTC" if at else ""


def _owed(incident: Incident, now: datetime) -> Iterator[str]:
    for audience in AUDIENCES:
        if owed := next_update(incident, audience):
            yield f"{audience} update: {_when(owed[0], now)}"


def _due(incident: Incident, now: datetime) -> Iterator[str]:
    for matter in matters(incident, now)[:_FIRST]:
        yield f"{matter.text}: {_when(matter.due_at, now)}"


def _when(at: datetime, now: datetime) -> str:
    return f"{clock(now - at)} over" if at <= now else f"in {clock(at - now)}"
