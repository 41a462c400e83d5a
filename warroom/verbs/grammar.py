"""The grammar of verbs: a line of words becomes an intention. Click does the parsing."""

import shlex
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from inspect import cleandoc
from typing import Any, Concatenate, NamedTuple, ParamSpec, get_args

import click
from msgspec import Struct

from warroom.incident import commands, entry
from warroom.incident.commands import Outcome, Refused
from warroom.incident.incident import Incident
from warroom.incident.short_id import meant
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


VERBS = click.Group("verbs", add_help_option=False, no_args_is_help=False)


def verb(callback: Callable[..., Intention]) -> click.Command:
    """A recording verb; help and the options that say where and when are the command line's business."""
    return verb_of(VERBS)(callback)


def family(name: str, about: str) -> click.Group:
    """Verbs about one kind of thing: `entry strike`, `entry pin`."""
    group = click.Group(name, help=cleandoc(about), add_help_option=False, no_args_is_help=False)
    VERBS.add_command(group)
    return group


def verb_of(group: click.Group) -> Callable[[Callable[..., Intention]], click.Command]:
    """A recording verb of a family, under its function's name; `open_` is open, and no builtin."""

    def made(callback: Callable[..., Intention]) -> click.Command:
        # Named here, because click itself would make `offer` of offer_command.
        name = callback.__name__.rstrip("_").replace("_", "-")
        return group.command(name, add_help_option=False)(callback)

    return made


# ── what is named by its id ────────────────────────────────────────────────────────────────────


class Kind(NamedTuple):
    """A kind of thing that has an id, and where the ids of those that there are stand."""

    name: str
    ids: Callable[[Incident], Iterable[str]]


ENTRY = Kind("entry", lambda incident: (event.id for event in incident.timeline))
ACTION_ITEM = Kind("action item", lambda incident: (item.id for item in incident.action_items))
ASSIGNMENT = Kind("assignment", lambda incident: (given.id for given in incident.assignments))
DECISION = Kind("decision", lambda incident: (made.id for made in incident.decisions))
MITIGATION = Kind("mitigation", lambda incident: (begun.id for begun in incident.mitigations))


def on(kind: Kind, typed: str, command: Callable[[Incident, datetime, str], Outcome]) -> Intention:
    """A command about the one thing whose id, or the end of it, was typed."""

    def do(incident: Incident, at: datetime) -> Outcome:
        found = meant(typed, kind.ids(incident))
        if len(found) == 1:
            return command(incident, at, found[0])
        if found:
            return Refused(f"{printable(typed)!r} may be any of {', '.join(found)}.")
        return Refused(f"No {kind.name} has the id {printable(typed)!r}; `warroom show` prints them.")

    return Intention(do)


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
