"""Verbs about people: who is called, who responds, who does what, who is in command."""

from datetime import datetime, timedelta

import click

from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Outcome
from warroom.incident.incident import Incident
from warroom.incident.short_id import meant
from warroom.verbs.grammar import ASSIGNMENT, Intention, intend, one_of, span, verb


@verb
@click.argument("who")
def page(who: str) -> Intention:
    """Note that somebody was paged.

    \b
    Example:
      warroom page @dba
    """
    return intend(commands.page, who)


@verb
@click.argument("who")
def join(who: str) -> Intention:
    """Note that somebody is responding.

    \b
    Example:
      warroom join @dba
    """
    return intend(commands.join, who)


@verb
@click.argument("who")
@click.argument("name", type=one_of(e.Role))
def role(who: str, name: str) -> Intention:
    """Give somebody a role.

    \b
    Example:
      warroom role @maya "Incident Commander"
    """
    return intend(commands.assign_role, who, name)


@verb
@click.argument("who")
def release(who: str) -> Intention:
    """Note that somebody was sent home.

    \b
    Example:
      warroom release @dba
    """
    return intend(commands.release, who)


@verb
@click.argument("who")
def answer(who: str) -> Intention:
    """Note that WHO was paged, or escalated to, has answered.

    \b
    Examples:
      warroom answer @dba
      warroom answer "Engineering Manager"
    """
    return intend(commands.answer, who)


@verb
@click.argument("to")
@click.option("--trigger", metavar="TEXT", default="", help="The playbook's trigger, or any other reason.")
def escalate(to: str, trigger: str) -> Intention:
    """Note that somebody further up was called.

    \b
    Example:
      warroom escalate "Engineering Manager" --trigger "> 30 min unmitigated"
    """
    return intend(commands.escalate, to, trigger)


@verb
@click.argument("who")
@click.argument("task")
@click.argument("timebox", callback=span, required=False)
def assign(who: str, task: str, timebox: timedelta | None) -> Intention:
    """Give somebody a TASK, with the TIMEBOX at whose end they check back.

    \b
    Example:
      warroom assign @bob "check web latency" 3m
    """
    return intend(commands.assign, who, task, timebox)


@verb
@click.argument("who")
@click.argument("outcome", type=one_of(e.CheckBack))
@click.argument("timebox", callback=span, required=False)
@click.option("--to", metavar="WHO", default="", help="Who has it from now on, or whom it is escalated to.")
@click.option("--note", metavar="TEXT", default="", help="What was found.")
def check_back(who: str, outcome: str, timebox: timedelta | None, to: str, note: str) -> Intention:
    """Say what became of somebody's assignment.

    WHO has the task, or the assignment's id. The TIMEBOX is the further time of an extended one, or
    the new one of a reassigned one.

    \b
    Examples:
      warroom check-back @bob done --note "latency is normal"
      warroom check-back @bob extended 5m
      warroom check-back @bob reassigned --to @carol
      warroom check-back @bob escalated --to "Database vendor"
    """

    def checked(incident: Incident, at: datetime) -> Outcome:
        found = meant(who, ASSIGNMENT.ids(incident))
        target = found[0] if len(found) == 1 else who
        return commands.check_back(incident, at, target, outcome, timebox, to=to, note=note)

    return intend(checked)


@verb
@click.argument("to")
def offer_command(to: str) -> Intention:
    """Offer the command to somebody, with a briefing; it changes hands when they accept.

    \b
    Example:
      warroom offer-command @bob
    """
    return intend(commands.offer_command, to)


@verb
@click.argument("who")
def accept_command(who: str) -> Intention:
    """Take the command that was offered; only WHO it was offered to can.

    \b
    Example:
      warroom accept-command @bob
    """
    return intend(commands.accept_command, who)


@verb
@click.argument("who")
@click.option("--reason", metavar="TEXT", default="", help="Why not.")
def decline_command(who: str, reason: str) -> Intention:
    """Decline the command that was offered.

    \b
    Example:
      warroom decline-command @bob --reason "on a train"
    """
    return intend(commands.decline_command, who, reason)
