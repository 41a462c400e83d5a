"""Verbs of the commander's instruments: updates, decisions, fallbacks, what is due."""

from datetime import timedelta

import click

from warroom.incident import commands
from warroom.incident import events as e
from warroom.verbs.grammar import Intention, intend, one_of, span, verb


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
    return intend(commands.verify_decision, verdict, decision, note)


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
