"""Decisions: rows of the playbook's tables, and what is decided freely and verified later."""

from datetime import datetime, timedelta
from typing import get_args

from warroom.incident import events as e
from warroom.incident.commands.outcome import Outcome, Refused, handle
from warroom.incident.incident import Decision, Incident
from warroom.incident.text import printable
from warroom.incident.timing import utc


def take_decision(incident: Incident, at: datetime, table: str, condition: str, choice: str) -> Outcome:
    """Choose a row of a decision table that sets neither severity nor strategy."""
    rows = (row for found in incident.playbook.decisions if found.name == table for row in found.rows)
    if not any((row.condition, row.choice) == (condition, choice) for row in rows):
        return Refused("This playbook has no such row of a decision table.")
    return (e.DecisionTaken(table, condition, choice),)


def decide(
    incident: Incident,
    at: datetime,
    decision: str,
    *,
    proposal: str = "",
    risk: str = "",
    objections: str = "",
    owner: str = "",
    timebox: timedelta | None = None,
) -> Outcome:
    """Record a decision with what spoke against it, who owns it and when it is to be verified."""
    text = printable(decision)
    if not text:
        return Refused("A decision needs words: what was decided?")
    said = (printable(proposal), printable(risk), printable(objections))
    return (e.DecisionMade(text, *said, handle(owner), timebox),)


def verify_decision(
    incident: Incident, at: datetime, verdict: str, target: str = "", note: str = ""
) -> Outcome:
    """Say whether a decision has done what it was made for; by default the one to be verified first."""
    known: tuple[e.Verdict, ...] = get_args(e.Verdict)
    result = next((name for name in known if name == verdict.casefold()), None)
    if result is None:
        return Refused(f"No verdict {printable(verdict)!r}; a decision has {' or '.join(known)}.")
    found = incident.decision(target) if target else _pending(incident)
    if found is None:
        return Refused("There is no such decision." if target else "No decision waits to be verified.")
    if found.verdict:
        return Refused(f"That decision has {found.verdict} already.")
    if at < found.at:
        return Refused(f"It was decided at {utc(found.at)}; it cannot be verified before.")
    return (e.DecisionVerified(found.id, result, printable(note)),)


def _pending(incident: Incident) -> Decision | None:
    """The decision whose time comes first; those without a time come after, in order."""
    waiting = [decision for decision in incident.decisions if not decision.verdict]
    timed = [decision for decision in waiting if decision.verify_at]
    return min(timed, key=lambda found: found.verify_at or found.at) if timed else next(iter(waiting), None)
