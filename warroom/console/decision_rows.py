"""Rows of the decision picker: what each table of the playbook offers, and how each row stands."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from warroom.console.countdown import countdown
from warroom.incident.commands import severity_table, strategy_table
from warroom.incident.escalation import ANSWER_TIME, escalation_due
from warroom.incident.fallbacks import awaited, offered
from warroom.incident.incident import Decision, Escalation, Incident, Mitigation
from warroom.incident.playbook import DecisionRow, DecisionTable, EscalationPath, Fallback
from warroom.incident.severity import time_in_levels
from warroom.incident.timing import after, spoken

Tab = Literal["severity", "mitigation", "escalate", "fallback", "other"]


class Row(NamedTuple):
    """A row that can be chosen: what holds, what follows, and how it stands."""

    condition: str
    choice: str
    tab: Tab
    state: str = ""
    tone: str = ""
    subject: str = ""  # the id of the mitigation, decision or escalation, or the name of the table
    more: str = ""


def tabs(incident: Incident) -> list[Tab]:
    """The tables that an incident has: those of its playbook, and what was decided besides."""
    there: list[Tab] = ["severity", "mitigation"]
    if incident.playbook.escalations:
        there.append("escalate")
    if incident.playbook.fallbacks:
        there.append("fallback")
    return [*there, "other"]


def rows(incident: Incident, tab: Tab, now: datetime) -> list[Row]:
    """The rows of a table as things stand."""
    return list(_BUILD[tab](incident, now))


def _severities(incident: Incident, now: datetime) -> Iterator[Row]:
    table = severity_table(incident.playbook)
    in_force = incident.severities[-1] if incident.severities else None
    responses = {s.level.casefold(): s.response for s in incident.playbook.severities}
    spent = {
        level.casefold(): f"in force for {spoken(span)}"
        for level, span in time_in_levels(incident, now).items()
    }
    for row in table.rows if table else ():
        chosen = in_force and (row.choice.casefold(), row.condition) == (
            in_force.level.casefold(), in_force.condition,
        )  # fmt: skip
        level = row.choice.casefold()
        more = _all_of(responses.get(level, ""), spent.get(level, ""), *_columns(table, row))
        yield Row(row.condition, row.choice, "severity", "✔" if chosen else "", more=more)
    for severity in () if table else incident.playbook.severities:
        mark = "✔" if in_force and in_force.level == severity.level else ""
        more = _all_of(severity.response, spent.get(severity.level.casefold(), ""))
        yield Row(severity.description, severity.level, "severity", mark, more=more)


# ── mitigations ────────────────────────────────────────────────────────────────────────────────


def _mitigations(incident: Incident, now: datetime) -> Iterator[Row]:
    yield from (_mitigation(m, now) for m in reversed(incident.mitigations))
    table = strategy_table(incident.playbook)
    named = set()
    for row in table.rows if table else ():
        strategy = incident.playbook.strategy(row.choice)
        named.add(row.choice.casefold())
        more = _all_of(strategy.when if strategy else "", *_columns(table, row))
        yield Row(row.condition, row.choice, "mitigation", more=more)
    others = (s for s in incident.playbook.strategies if s.name.casefold() not in named)
    yield from (Row(strategy.when, strategy.name, "mitigation") for strategy in others)
    if not table and not incident.playbook.strategies:
        yield Row("The playbook names none", "Mitigation", "mitigation")


def _mitigation(mitigation: Mitigation, now: datetime) -> Row:
    said = f"▲ {mitigation.strategy}" + (f": {mitigation.note}" if mitigation.note else "")
    more, due = "", mitigation.verify_at
    if mitigation.outcome is None:
        state, tone = "assess", "warn"
        if due and now >= due:
            state, tone = "▲ assess", "bad"
        more = f"outcome asked for {countdown(due, now)}" if due else ""
    else:
        state, tone = mitigation.outcome, "good" if mitigation.outcome == "effective" else ""
    return Row(said, "", "mitigation", state, tone, mitigation.id, more)


# ── escalations ────────────────────────────────────────────────────────────────────────────────


def _escalations(incident: Incident, now: datetime) -> Iterator[Row]:
    yield from (_path(incident, path, now) for path in incident.playbook.escalations)
    triggers = {path.trigger for path in incident.playbook.escalations}
    for escalation in incident.escalations:
        if escalation.trigger not in triggers:
            state = _raised(incident, escalation, now)
            yield Row(escalation.trigger or "by hand", escalation.to, "escalate", *state, escalation.id)


def _path(incident: Incident, path: EscalationPath, now: datetime) -> Row:
    row = Row(path.trigger, path.to, "escalate", more=_all_of(*path.more))
    taken = [x for x in incident.escalations if x.trigger == path.trigger]
    if taken:
        state, tone = _raised(incident, taken[-1], now)
        return row._replace(choice=taken[-1].to, state=state, tone=tone, subject=taken[-1].id)
    due = escalation_due(incident, path)
    if due is None or incident.closed_at:
        return row
    return row._replace(state="▲ due", tone="bad") if now >= due else row._replace(state=countdown(due, now))


def _raised(incident: Incident, escalation: Escalation, now: datetime) -> tuple[str, str]:
    if escalation.acknowledged_at:
        return "answered", "good"
    waits = not incident.closed_at and escalation in awaited(incident)
    if waits and now >= after(escalation.raised_at, ANSWER_TIME):
        return "▲ no answer", "bad"
    return f"raised {escalation.raised_at:%H:%M}", "warn"


# ── fallback procedures, and what was decided besides ──────────────────────────────────────────


def _fallbacks(incident: Incident, now: datetime) -> Iterator[Row]:
    invoked = {fallback.condition: fallback.at for fallback in incident.fallbacks}
    for fallback in incident.playbook.fallbacks:
        state, tone = _offered(incident, fallback, now)
        if not state and fallback.condition in invoked:
            state, tone = f"{invoked[fallback.condition]:%H:%M}", "good"
        more = _all_of(*fallback.more)
        yield Row(fallback.condition, fallback.action, "fallback", state, tone, more=more)


def _offered(incident: Incident, fallback: Fallback, now: datetime) -> tuple[str, str]:
    condition = offered(incident, fallback)
    if condition is None:
        return "", ""
    return ("▲ met", "bad") if now >= condition.at else (countdown(condition.at, now), "")


def _others(incident: Incident, now: datetime) -> Iterator[Row]:
    waiting = [decision for decision in incident.decisions if not decision.verdict]
    settled = [decision for decision in reversed(incident.decisions) if decision.verdict]
    yield from (_decision(decision, now) for decision in (*waiting, *settled))
    known = (severity_table(incident.playbook), strategy_table(incident.playbook))
    for table in incident.playbook.decisions:
        if table not in known:
            for row in table.rows:
                more = _all_of(*_columns(table, row))
                yield Row(row.condition, row.choice, "other", more=more, subject=table.name)


def _decision(decision: Decision, now: datetime) -> Row:
    said = {"risk": decision.risk, "objections": decision.objections, "found": decision.finding}
    more = _all_of(decision.owner, *(f"{name}: {text}" for name, text in said.items() if text))
    row = Row(f"◆ {decision.decision}", "", "other", "decided", "dim", decision.id, more)
    if decision.verdict:
        return row._replace(state=decision.verdict, tone="good" if decision.verdict == "held" else "dim")
    if decision.verify_at is None:
        return row
    if now >= decision.verify_at:
        return row._replace(state="▲ verify", tone="bad")
    return row._replace(state=f"verify {countdown(decision.verify_at, now)}")


_BUILD: dict[Tab, Callable[[Incident, datetime], Iterator[Row]]] = {
    "severity": _severities,
    "mitigation": _mitigations,
    "escalate": _escalations,
    "fallback": _fallbacks,
    "other": _others,
}


def _columns(table: DecisionTable | None, row: DecisionRow) -> Iterator[str]:
    """What a row says after its second column, under the document's own headers."""
    headers = (*(table.headers[2:] if table else ()), *[""] * len(row.more))
    return (
        f"{header}: {cell}" if header and cell else cell
        for header, cell in zip(headers, row.more, strict=False)
    )


def _all_of(*said: str) -> str:
    return " · ".join(filter(None, said))
