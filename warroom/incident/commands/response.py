"""Decisions, mitigations, escalations and fallbacks."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from warroom.incident import events as e
from warroom.incident.commands.outcome import (
    Outcome,
    Refused,
    fulfilling,
    linked,
    names,
    over,
    strategy_table,
)
from warroom.incident.deeds import Deed
from warroom.incident.incident import Incident
from warroom.incident.text import printable
from warroom.incident.timing import utc


def take_decision(incident: Incident, at: datetime, table: str, condition: str, choice: str) -> Outcome:
    """Choose a row of a decision table that sets neither severity nor strategy."""
    rows = (row for found in incident.playbook.decisions if found.name == table for row in found.rows)
    if not any((row.condition, row.choice) == (condition, choice) for row in rows):
        return Refused("This playbook has no such row of a decision table.")
    return (e.DecisionTaken(table, condition, choice),)


def start_mitigation(
    incident: Incident, at: datetime, strategy: str, condition: str = "", note: str = ""
) -> Outcome:
    """Start a mitigation. The playbook's strategies are offered; another may be named freely."""
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
    fact = e.MitigationStarted(name, printable(condition) or reason, printable(note))
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
    """Escalate, by a path of the playbook or to anybody."""
    if incident.closed_at:
        return over(incident)
    to = printable(to)
    return (e.EscalationRaised(to, printable(trigger)),) if to else Refused("Escalate to whom?")


def acknowledge_escalation(incident: Incident, at: datetime, target: str) -> Outcome:
    """Note that whom we escalated to has answered."""
    escalation = next((x for x in incident.escalations if x.id == target), None)
    if escalation is None:
        return Refused("There is no such escalation.")
    if escalation.acknowledged_at:
        return Refused(f"{escalation.to} has answered already.")
    return (e.EscalationAcknowledged(target),)


def invoke_fallback(incident: Incident, at: datetime, condition: str) -> Outcome:
    """Put a fallback procedure of the playbook into force."""
    wanted = condition.casefold()
    found = next((f for f in incident.playbook.fallbacks if f.condition.casefold() == wanted), None)
    if found is None:
        return Refused("This playbook has no such fallback procedure.")
    return (e.FallbackInvoked(found.condition, found.action),)
