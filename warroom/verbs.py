"""The recording verbs: what a line of words asks to be done to an incident.

The command line carries them out one at a time; a drill's script is a list of them. Click does the
parsing for both, so that there is one grammar and one set of messages.
"""

import re
import shlex
from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, get_args

import click
from msgspec import Struct

from warroom.incident import commands, entry
from warroom.incident import events as e
from warroom.incident.commands import Outcome
from warroom.incident.incident import Incident
from warroom.incident.text import printable

P = ParamSpec("P")


class Intention(Struct, frozen=True):
    """What is to be done, and when it happened if the words themselves say so."""

    do: Callable[[Incident, datetime], Outcome]
    at: datetime | None = None


def intend(
    command: Callable[Concatenate[Incident, datetime, P], Outcome], *args: P.args, **kwargs: P.kwargs
) -> Intention:
    """A command with its arguments, to be carried out later."""
    return Intention(lambda incident, at: command(incident, at, *args, **kwargs))


def parse(words: str, now: datetime) -> Intention:
    """What a line such as `severity SEV2` asks for. Raises `click.UsageError` when it is no such line."""
    verb, _, rest = words.strip().partition(" ")
    try:  # what is logged is taken as it stands, apostrophes and all
        found = [verb, "--", rest] if verb == "log" else shlex.split(words)
    except ValueError as exc:
        raise click.UsageError(f"{exc}.") from None
    with VERBS.make_context("", found, obj=now) as context:
        intention: Intention = VERBS.invoke(context)
        return intention


def entered(line: str, now: datetime) -> Intention | None:
    """What an entry line asks for; None if there is nothing in it."""
    found = entry.parse(line, now)
    return logged(found) if found else None


def logged(line: entry.Line) -> Intention:
    """What a line that was read asks for."""
    return Intention(intend(commands.enter, line).do, line.at)


# ── what is typed ──────────────────────────────────────────────────────────────────────────────


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


def _one_of(names: Any) -> click.Choice[str]:
    return click.Choice(get_args(names), case_sensitive=False)


# ── the verbs ──────────────────────────────────────────────────────────────────────────────────

VERBS = click.Group("verbs", add_help_option=False, no_args_is_help=False)


def verb(callback: Callable[..., Intention]) -> click.Command:
    """A recording verb; help and the options that say where and when are the command line's business."""
    return VERBS.command(add_help_option=False)(callback)


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
@click.argument("number")
def tick(number: str) -> Intention:
    """Tick an action (1.1.2), an exit criterion (1.exit) or an output (1.2.o1).

    `warroom playbook show` prints the numbers.

    \b
    Example:
      warroom tick 1.1.2
    """
    return intend(commands.tick, number.strip().casefold())


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
def mitigate(strategy: str, note: str) -> Intention:
    """Start a mitigation by a STRATEGY of the playbook, or any other.

    \b
    Example:
      warroom mitigate Scale --note "connection pool 100 -> 200"
    """
    return intend(commands.start_mitigation, strategy, note=note)


@verb
@click.argument("outcome", type=_one_of(e.Outcome))
@click.option("--note", metavar="TEXT", default="", help="What was seen.")
def assess(outcome: str, note: str) -> Intention:
    """Say what the latest mitigation did.

    \b
    Example:
      warroom assess partial --note "error rate 45 % -> 5 %"
    """
    return intend(commands.assess, outcome, note=note)


@verb
@click.option("--users", metavar="NUMBER", callback=_users, help="How many people are affected: 5000 or 5k.")
@click.option("--revenue", metavar="AMOUNT/h", callback=_rate, help="What is lost per hour: 2000/h.")
@click.option("--systems", metavar="NAME,…", callback=_names, help="What is down: API,Dashboard.")
@click.option("--customer-facing/--not-customer-facing", default=None, help="Whether customers notice.")
@click.option("--data-breach/--no-data-breach", default=None, help="Whether data got out.")
def impact(
    users: int | None,
    revenue: float | None,
    systems: list[str] | None,
    customer_facing: bool | None,
    data_breach: bool | None,
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
    )


@verb
@click.argument("milestone", type=_one_of(e.Milestone))
def stamp(milestone: str) -> Intention:
    """Set a MILESTONE by hand to now, or to the time of --at.

    \b
    Example:
      warroom stamp started --at 14:05
    """
    return intend(commands.stamp, milestone)


@verb
@click.option("--reason", type=_one_of(e.Closure), default="resolved", show_default=True)
def close(reason: e.Closure) -> Intention:
    """Close the incident: the timer stops.

    \b
    Example:
      warroom close
    """
    return intend(commands.close, reason)


# The console has places for these; scripts have words for them.


@verb
@click.argument("who")
def page(who: str) -> Intention:
    """Note that somebody was paged."""
    return intend(commands.page, who)


@verb
@click.argument("who")
def join(who: str) -> Intention:
    """Note that somebody is responding."""
    return intend(commands.join, who)


@verb
@click.argument("who")
@click.argument("name", type=_one_of(e.Role))
def role(who: str, name: str) -> Intention:
    """Give somebody a role."""
    return intend(commands.assign_role, who, name)


@verb
@click.argument("audience", type=_one_of(e.Audience))
@click.argument("text")
def update(audience: e.Audience, text: str) -> Intention:
    """Note that a status update went out."""
    return intend(commands.publish_update, audience, text)
