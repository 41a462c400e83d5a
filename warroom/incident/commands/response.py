"""Mitigations, escalations and fallbacks."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import get_args

from warroom.incident import events as e
from warroom.incident.commands.outcome import (
    Outcome,
    Refused,
    fulfilling,
    handle,
    linked,
    names,
    over,
    strategy_table,
)
from warroom.incident.commands.people import acknowledge_page
from warroom.incident.deeds import Deed
from warroom.incident.escalation import escalation_due, next_contact, raised, unanswered
from warroom.incident.incident import Escalation, Incident
from warroom.incident.text import printable
from warroom.incident.timing import utc

VERIFY_TIME = timedelta(minutes=10)
"""When a mitigation's outcome is asked for: most take effect, or fail to, within this."""


def start_mitigation(
    incident: Incident,
    at: datetime,
    strategy: str,
    condition: str = "",
    note: str = "",
    *,
    timebox: timedelta | None = None,
) -> Outcome:
    """Start a mitigation. The playbook's strategies are offered; another may be named freely.

    Its outcome is asked for at the end of its time-box.
    """
    if incident.closed_at:
        return over(incident)
    name = printable(strategy)
    if not name:
        return Refused("Name the strategy.")
    known = incident.playbook.strategy(name)
    name = known.name if known else name
    table = strategy_table(incident.playbook)
    rows = table.rows if table else ()
    reason = next((row.condition for row in rows if row.choice.casefold() == name.casefold()), "")
    said = (name, printable(condition) or reason, printable(note))
    fact = e.MitigationStarted(*said, timebox or VERIFY_TIME)
    considered = _options(incident, name) if known else ()
    tried = names((m.strategy for m in incident.mitigations), name)
    return (fact, *fulfilling(considered), *linked(incident, Deed.MITIGATE, text=tried))


def _options(incident: Incident, strategy: str) -> Iterator[str]:
    """Open actions that begin with a strategy's name, such as "Rollback recent changes?"."""
    beginning = re.compile(rf"{re.escape(strategy)}(?!\w)", re.IGNORECASE)
    for phase in incident.playbook.phases:
        for _, action in phase.actions():
            if action.id not in incident.items and beginning.match(action.text):
                yield action.id


def assess(incident: Incident, at: datetime, outcome: str, target: str = "", note: str = "") -> Outcome:
    """Say what a mitigation did; by default the latest that was not assessed, else the latest."""
    known: tuple[e.Outcome, ...] = get_args(e.Outcome)
    result = next((name for name in known if name == outcome.casefold()), None)
    if result is None:
        return Refused(f"No outcome {printable(outcome)!r}; there are {', '.join(known)}.")
    pending = [m for m in incident.mitigations if m.outcome is None]
    latest = (pending or list(incident.mitigations))[-1:]
    mitigation = incident.mitigation(target) if target else next(iter(latest), None)
    if mitigation is None:
        return Refused("There is no such mitigation." if target else "No mitigation was started.")
    if at < mitigation.started_at:
        started = utc(mitigation.started_at)
        return Refused(f"{mitigation.strategy} was started at {started}; it cannot be assessed before.")
    fact = e.MitigationAssessed(mitigation.id, result, printable(note))
    return (fact, *linked(incident, Deed.ASSESS))


def escalate(incident: Incident, at: datetime, to: str, trigger: str = "") -> Outcome:
    """Escalate, by a path of the playbook or to anybody.

    Calling the next contact after one who did not answer is noted as such, on the same path; calling
    whom a path names whose trigger has become true takes that path.
    """
    if incident.closed_at:
        return over(incident)
    to = printable(to)
    if not to:
        return Refused("Escalate to whom?")
    before = _waiting_for(incident, to)
    trigger = printable(trigger) or (before.trigger if before else _true_trigger(incident, at, to))
    return (e.EscalationRaised(to, trigger, before.id if before else ""),)


def _waiting_for(incident: Incident, to: str) -> Escalation | None:
    """The unanswered escalation behind whose contact this one stands."""
    for escalation in unanswered(incident):
        behind = next_contact(incident, escalation)
        if behind and behind.casefold() == to.casefold():
            return escalation
    return None


def _true_trigger(incident: Incident, at: datetime, to: str) -> str:
    """The trigger of a path that leads to somebody and has become true, but was not taken yet."""
    for path in incident.playbook.escalations:
        due = escalation_due(incident, path)
        if path.to.casefold() == to.casefold() and due and due <= at and not raised(incident, path):
            return path.trigger
    return ""


def acknowledge_escalation(incident: Incident, at: datetime, target: str) -> Outcome:
    """Note that whom we escalated to has answered."""
    escalation = incident.escalation(target)
    if escalation is None:
        return Refused("There is no such escalation.")
    if escalation.acknowledged_at:
        return Refused(f"{escalation.to} has answered already.")
    return (e.EscalationAcknowledged(target),)


def answer(incident: Incident, at: datetime, who: str) -> Outcome:
    """Note that somebody who was paged, or to whom it was escalated, has answered."""
    member = incident.team.get(handle(who))
    if member and member.unanswered:
        return acknowledge_page(incident, at, member.who)
    name = printable(who).casefold()
    waiting = [x for x in incident.escalations if not x.acknowledged_at]
    named = [x for x in waiting if x.to.casefold() == name]
    if named:
        return acknowledge_escalation(incident, at, named[-1].id)
    known = [m.who for m in incident.team.values() if m.unanswered] + [x.to for x in waiting]
    rest = f"open are {', '.join(known)}" if known else "nothing waits for an answer"
    return Refused(f"No answer is waited for from {printable(who) or 'nobody'}; {rest}.")


def invoke_fallback(incident: Incident, at: datetime, condition: str) -> Outcome:
    """Put a fallback procedure of the playbook into force."""
    wanted = condition.casefold()
    found = next((f for f in incident.playbook.fallbacks if f.condition.casefold() == wanted), None)
    if found is None:
        return Refused("This playbook has no such fallback procedure.")
    return (e.FallbackInvoked(found.condition, found.action),)
