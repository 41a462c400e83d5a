"""Verbs that open the console."""

import gc
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from warroom.cli.complete import incidents
from warroom.cli.group import WrongUsage
from warroom.cli.here import front_desk, settings_in_use

if TYPE_CHECKING:
    from warroom.console.drill_line import Player
    from warroom.front_desk import FrontDesk


@click.command("open")
@click.argument(
    "number", required=False, envvar="WARROOM_INCIDENT", metavar="[NUMBER]", shell_complete=incidents
)
@click.pass_context
def open_verb(context: click.Context, number: str | None) -> None:
    """Open the console at an incident, by default at the only active one, else in the lobby.

    \b
    Example:
      warroom open INC-2026-0042
    """
    context.exit(enter(number))


def at_terminal() -> bool:
    """Whether somebody can see and type. The console is painted on standard error, as Textual has it."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def enter(number: str | None = None) -> int:
    """Open the console; the exit code."""
    if not at_terminal():
        raise WrongUsage("The console needs a terminal; the verbs in `warroom --help` work without one.")
    front = front_desk()
    if number:  # what is not there or cannot be read is better said here than on a screen
        with closing(front.open(number, early=True)) as desk:
            number = desk.incident.number
        return console(front, number)
    return console(front, _where(front))


def console(front: "FrontDesk", number: str | None, player: "Player | None" = None) -> int:
    """Load the console, which takes a while, and run it; the exit code."""
    # What is made until the first screen stands is there to stay: the console collects garbage from then on.
    gc.disable()
    from warroom.console.app import run

    return run(front, number, player=player, settings=settings_in_use())


def _where(front: "FrontDesk") -> str | None:
    """The only active incident, else the one at which the console was before a crash; None is the lobby."""
    summaries = front.summaries()
    active = [summary.number for summary in summaries if summary.status == "active" and not summary.exercise]
    if len(active) == 1:
        return active[0]
    left = front.recall("open")
    return left if any(summary.number == left for summary in summaries) else None
