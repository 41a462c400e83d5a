"""Verbs of an incident's course: from the severity to its end."""

import re
from datetime import datetime, timedelta

import click

from warroom.incident import commands, entry
from warroom.incident import events as e
from warroom.incident.text import printable
from warroom.verbs.grammar import MITIGATION, Intention, entered, intend, on, one_of, span, verb

_TOO_MUCH = 1e15  # nothing on earth; what is kept must fit 64 bits


def _users(_: click.Context, __: click.Parameter, typed: str | None) -> int | None:
    if typed is None:
        return None
    found = entry.figure(typed) if "/" not in typed else None
    if found is None or found > _TOO_MUCH:
        raise click.BadParameter(f"{typed!r} is no number of people; write 5000 or 5k.")
    return round(found)


def _rate(_: click.Context, __: click.Parameter, typed: str | None) -> float | None:
    found = None if typed is None else entry.figure(typed)
    if typed is not None and (found is None or found > _TOO_MUCH):
        raise click.BadParameter(f"{typed!r} is no amount per hour; write 2000/h or 50/min.")
    return found


def _phase_number(_: click.Context, __: click.Parameter, typed: str) -> int | None:
    if typed.casefold() == "next":
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,2}", typed):
        raise click.BadParameter(f"{typed!r} is neither next nor the number of a phase.")
    return int(typed)


def _names(_: click.Context, __: click.Parameter, value: str | None) -> list[str] | None:
    return None if value is None else [name for part in value.split(",") if (name := printable(part))]


@verb
@click.argument("text", nargs=-1, required=True)
@click.pass_obj
def log(now: datetime, text: tuple[str, ...]) -> Intention:
    """Log an entry, in the grammar of the entry line."""
    found = entered(" ".join(text), now)
    if found is None:
        raise click.UsageError("There is nothing to log.")
    return found


@verb
@click.argument("level")
def severity(level: str) -> Intention:
    """Set the severity to a LEVEL of the playbook.

    \b
    Example:
      warroom severity SEV2
    """
    return intend(commands.set_severity, level)


@verb
@click.argument("number", callback=_phase_number, metavar="next|NUMBER")
@click.option("--override", metavar="REASON", default="", help="Go on although something is open, and why.")
def phase(number: int | None, override: str) -> Intention:
    """Enter the next phase, or the one of this NUMBER; going back is possible.

    Going on is refused while mandatory actions are open, unless there is a reason to override.

    \b
    Examples:
      warroom phase next
      warroom phase next --override "channel is created by the bot"
    """
    return intend(commands.enter_phase, number, override)


@verb
@click.argument("strategy")
@click.option("--note", metavar="TEXT", default="", help="What exactly is being done.")
@click.option("--verify", callback=span, metavar="SPAN", help="When its outcome is asked for, if not in 10m.")
def mitigate(strategy: str, note: str, verify: timedelta | None) -> Intention:
    """Start a mitigation by a STRATEGY of the playbook, or any other; its outcome is asked for later.

    \b
    Example:
      warroom mitigate Scale --note "connection pool 100 -> 200" --verify 5m
    """
    return intend(commands.start_mitigation, strategy, note=note, timebox=verify)


@verb
@click.argument("outcome", type=one_of(e.Outcome))
@click.argument("mitigation", default="", metavar="[ID]")
@click.option("--note", metavar="TEXT", default="", help="What was seen.")
def assess(outcome: str, mitigation: str, note: str) -> Intention:
    """Say what a mitigation did, by default the latest.

    \b
    Example:
      warroom assess partial --note "error rate 45 % -> 5 %"
    """
    if not mitigation:
        return intend(commands.assess, outcome, note=note)
    return on(MITIGATION, mitigation, lambda i, at, target: commands.assess(i, at, outcome, target, note))


@verb
@click.option("--users", metavar="NUMBER", callback=_users, help="How many people are affected: 5000 or 5k.")
@click.option("--revenue", metavar="AMOUNT/h", callback=_rate, help="What is lost per hour: 2000/h.")
@click.option("--systems", metavar="NAME,…", callback=_names, help="What is down: API,Dashboard.")
@click.option("--customer-facing/--not-customer-facing", default=None, help="Whether customers notice.")
@click.option("--data-breach/--no-data-breach", default=None, help="Whether data got out.")
@click.option("--summary", metavar="TEXT", default=None, help="All of it in a sentence.")
def impact(
    *,
    users: int | None,
    revenue: float | None,
    systems: list[str] | None,
    customer_facing: bool | None,
    data_breach: bool | None,
    summary: str | None,
) -> Intention:
    """Record what is known of the impact; what is not given stays as it was.

    \b
    Example:
      warroom impact --users 5000 --revenue 2000/h --systems API,Dashboard
    """
    return intend(
        commands.assess_impact,
        users=users,
        revenue_per_hour=revenue,
        systems=systems,
        customer_facing=customer_facing,
        data_breach=data_breach,
        summary=summary or None,
    )


@verb
@click.argument("title")
def rename(title: str) -> Intention:
    """Give the incident another TITLE.

    \b
    Example:
      warroom rename "Checkout is down in the EU"
    """
    return intend(commands.rename, title)


@verb
@click.argument("milestone", type=one_of(e.Milestone))
def stamp(milestone: str) -> Intention:
    """Set a MILESTONE by hand to now, or to the time of --at.

    \b
    Example:
      warroom stamp started --at 14:05
    """
    return intend(commands.stamp, milestone)


@verb
@click.option("--reason", type=one_of(e.Closure), default="resolved", show_default=True)
@click.option("--note", metavar="TEXT", default="", help="What there is to say about it.")
@click.option("--into", metavar="INC…", default="", help="Where a duplicate or superseded one goes on.")
def close(reason: e.Closure, note: str, into: str) -> Intention:
    """Close the incident: the timer stops.

    What is a duplicate or superseded goes on as another incident, which is told of it.

    \b
    Examples:
      warroom close
      warroom close --reason duplicate --into INC-2026-0041
    """
    return intend(commands.close, reason, note, into=into.strip().upper())


@verb
@click.argument("reason")
def cancel(reason: str) -> Intention:
    """Close an incident that was none, and say how that is known.

    \b
    Example:
      warroom cancel "the alert was a test"
    """
    return intend(commands.cancel, reason)


@verb
@click.argument("reason", default="")
def reopen(reason: str) -> Intention:
    """Take a closed incident up again: the timer goes on.

    \b
    Example:
      warroom reopen "errors are back" -i INC-2026-0042
    """
    return intend(commands.reopen, reason)
