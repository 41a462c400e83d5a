"""Assignments: who does what, and what became of it at the check-back."""

from datetime import datetime, timedelta
from typing import get_args

from warroom.incident import events as e
from warroom.incident.commands.outcome import Outcome, Refused, handle
from warroom.incident.incident import Assignment, Incident
from warroom.incident.short_id import short
from warroom.incident.text import printable
from warroom.incident.timing import utc


def assign(
    incident: Incident, at: datetime, who: str, task: str, timebox: timedelta | None = None
) -> Outcome:
    """Give a named person a task, with a time-box."""
    who, task = handle(who), printable(task)
    if not who or not task:
        return Refused("An assignment needs a name and a task: @bob check web latency 3m")
    return (e.AssignmentGiven(who, task, timebox),)


def check_back(
    incident: Incident,
    at: datetime,
    target: str,
    outcome: str,
    timebox: timedelta | None = None,
    *,
    to: str = "",
    note: str = "",
) -> Outcome:
    """Say what became of an assignment, named by its id or by the person who has it.

    It is done or dropped; extended by a further time; reassigned, with its task and a new time-box
    (by default as long as before), to somebody else; or escalated, which raises an escalation.
    """
    assignment = _open_one(incident, target)
    if isinstance(assignment, Refused):
        return assignment
    known: tuple[e.CheckBack, ...] = get_args(e.CheckBack)
    result = next((name for name in known if name == outcome.casefold()), None)
    if result is None:
        return Refused(f"No outcome {printable(outcome)!r}; an assignment is {', '.join(known)}.")
    if at < assignment.given_at:
        given = utc(assignment.given_at)
        return Refused(f"The assignment was given at {given}; its check-back cannot be earlier.")
    note, ident = printable(note), assignment.id
    match result:
        case "extended":
            if not timebox:
                return Refused("An assignment is extended by a time such as 5m.")
            return (e.AssignmentCheckedBack(ident, result, timebox, note),)
        case "reassigned":
            who = handle(to)
            if not who or who == assignment.who:
                return Refused(f"Reassigned to whom, instead of {assignment.who}?")
            timebox = timebox or assignment.timebox
            return (e.AssignmentCheckedBack(ident, result, timebox, note, who),)
        case "escalated":
            whom = printable(to)
            if not whom:
                return Refused("Escalated to whom?")
            raised = e.EscalationRaised(whom, f"{assignment.who} {assignment.task}")
            return (e.AssignmentCheckedBack(ident, result, None, note, whom), raised)
        case _:
            return (e.AssignmentCheckedBack(ident, result, None, note),)


def _open_one(incident: Incident, target: str) -> Assignment | Refused:
    """The open assignment of this id, or the only one that a person of this name has."""
    named = incident.assignment(target)
    who = handle(target)
    found = [named] if named else [a for a in incident.assignments if a.who == who and not a.outcome]
    if not found:
        return Refused(f"There is no such assignment; {_whose(incident)}.")
    if len(found) > 1:
        tasks = "; ".join(f"{a.task} ({short(a.id)})" for a in found)
        return Refused(f"{who} has several assignments; name one by its id: {tasks}.")
    if found[0].outcome:
        return Refused(f"That assignment is {found[0].outcome} already.")
    return found[0]


def _whose(incident: Incident) -> str:
    names = dict.fromkeys(a.who for a in incident.assignments if not a.outcome)
    return f"open ones are with {', '.join(names)}" if names else "none is open"
