"""Verbs of the commander's instruments: updates, decisions, fallbacks, what is due."""

from datetime import datetime, timedelta

import click

from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Outcome, Refused, severity_table, strategy_table
from warroom.incident.incident import Incident
from warroom.incident.text import printable
from warroom.verbs.grammar import DECISION, Intention, intend, on, one_of, span, verb


@verb
@click.argument("audience", type=one_of(e.Audience))
@click.argument("text")
def update(audience: e.Audience, text: str) -> Intention:
    """Note that a status update went out; the next one is owed from now on. See also `draft`.

    \b
    Example:
      warroom update external "We are aware of a problem and are looking into it."
    """
    return intend(commands.publish_update, audience, text)


def _every(context: click.Context, parameter: click.Parameter, typed: str) -> timedelta | None:
    return None if typed.casefold() == "none" else span(context, parameter, typed)


@verb
@click.argument("audience", type=one_of(e.Audience))
@click.argument("every", callback=_every, metavar="SPAN|none")
def cadence(audience: e.Audience, every: timedelta | None) -> Intention:
    """Say how often an audience is told from now on, whatever the severity says.

    \b
    Examples:
      warroom cadence internal 15m
      warroom cadence external none
    """
    return intend(commands.set_cadence, audience, every)


@verb
@click.argument("table")
@click.argument("condition")
def choose(table: str, condition: str) -> Intention:
    """Choose the row of a decision TABLE whose CONDITION is met, which goes into the record as the rationale.

    A row of the table of severities sets the severity, one of the strategies starts the mitigation;
    `warroom playbook show` prints the tables.

    \b
    Example:
      warroom choose "Severity Assessment" "Major feature down"
    """
    return intend(_choose, table, condition)


def _choose(incident: Incident, at: datetime, name: str, condition: str) -> Outcome:
    tables = {table.name.casefold(): table for table in incident.playbook.decisions}
    table = tables.get(name.strip().casefold())
    if table is None:
        known = ", ".join(each.name for each in tables.values()) or "none"
        return Refused(f"No decision table {printable(name)!r}; there are {known}.")
    rows = {row.condition.casefold(): row for row in table.rows}
    row = rows.get(condition.strip().casefold())
    if row is None:
        known = "; ".join(each.condition for each in rows.values())
        return Refused(f"No condition {printable(condition)!r} in {table.name}; there are {known}.")
    if table is severity_table(incident.playbook):
        return commands.set_severity(incident, at, row.choice, row.condition)
    if table is strategy_table(incident.playbook):
        return commands.start_mitigation(incident, at, row.choice, row.condition)
    return commands.take_decision(incident, at, table.name, row.condition, row.choice)


@verb
@click.argument("decision")
@click.option("--proposal", metavar="TEXT", default="", help="What was proposed, if something else.")
@click.option("--risk", metavar="TEXT", default="", help="What may go wrong.")
@click.option("--objections", metavar="TEXT", default="", help="Strong objections.")
@click.option("--owner", metavar="WHO", default="", help="Who sees to it.")
@click.option("--verify", callback=span, metavar="SPAN", help="When it is to be verified.")
def decide(decision: str, verify: timedelta | None, **said: str) -> Intention:
    """Record a decision.

    \b
    Example:
      warroom decide "Scale the pool" --risk "hides the leak" --owner @dba --verify 10m
    """
    return intend(commands.decide, decision, **said, timebox=verify)


@verb
@click.argument("verdict", type=one_of(e.Verdict))
@click.argument("decision", default="", metavar="[ID]")
@click.option("--note", metavar="TEXT", default="", help="What was seen.")
def verify_decision(verdict: str, decision: str, note: str) -> Intention:
    """Say whether a decision has done what it was made for; by default the one due first.

    \b
    Example:
      warroom verify-decision held --note "error rate stays at 5 %"
    """
    if not decision:
        return intend(commands.verify_decision, verdict, note=note)
    return on(
        DECISION, decision, lambda i, at, target: commands.verify_decision(i, at, verdict, target, note)
    )


@verb
@click.argument("condition")
def fallback(condition: str) -> Intention:
    """Put the playbook's fallback procedure for a CONDITION into force.

    \b
    Example:
      warroom fallback "Communication system down"
    """
    return intend(commands.invoke_fallback, condition)


@verb
@click.argument("matter")
@click.argument("length", callback=span, metavar="SPAN")
def snooze(matter: str, length: timedelta) -> Intention:
    """Put a MATTER that is due off for a while; `warroom due` lists them.

    \b
    Example:
      warroom snooze update:internal 10m
    """
    return intend(commands.snooze, matter, length)
