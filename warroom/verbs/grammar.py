"""The grammar of verbs: a line of words becomes an intention. Click does the parsing."""

import shlex
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, get_args

import click
from msgspec import Struct

from warroom.incident import commands, entry
from warroom.incident.commands import Outcome
from warroom.incident.incident import Incident

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


VERBS = click.Group("verbs", add_help_option=False, no_args_is_help=False)


def verb(callback: Callable[..., Intention]) -> click.Command:
    """A recording verb; help and the options that say where and when are the command line's business."""
    return VERBS.command(add_help_option=False)(callback)


# ── what is typed ──────────────────────────────────────────────────────────────────────────────


def one_of(names: Any) -> click.Choice[str]:
    """One of the names of a literal type, in any case."""
    return click.Choice(get_args(names), case_sensitive=False)


def span(_: click.Context, __: click.Parameter, typed: str | None) -> timedelta | None:
    """A length of time as an option or argument: `3m`, `90s`, `1h30m`."""
    found = None if typed is None else entry.span(typed)
    if typed is not None and found is None:
        raise click.BadParameter(f"{typed!r} is no length of time; write 10m, 90s or 1h30m.")
    return found
