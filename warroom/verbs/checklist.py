"""Verbs of the checklist: an item is ticked, opened again, skipped; an output gets its words."""

import click

from warroom.incident import commands
from warroom.verbs.grammar import Intention, intend, verb


def _folded(_: click.Context, __: click.Parameter, typed: str) -> str:
    return typed.strip().casefold()  # 1.EXIT is 1.exit


_number = click.argument("number", callback=_folded)


@verb
@_number
def tick(number: str) -> Intention:
    """Tick an action (1.1.2), an exit criterion (1.exit) or an output (1.2.o1).

    `warroom checklist` prints the numbers.

    \b
    Example:
      warroom tick 1.1.2
    """
    return intend(commands.tick, number)


@verb
@_number
def untick(number: str) -> Intention:
    """Open again what was ticked or skipped.

    \b
    Example:
      warroom untick 1.1.2
    """
    return intend(commands.untick, number)


@verb
@_number
@click.argument("reason")
def skip(number: str, reason: str) -> Intention:
    """Leave an action out, and say why; the reason goes into the record.

    \b
    Example:
      warroom skip 1.1.3 "the bot has created the channel"
    """
    return intend(commands.skip, number, reason)


@verb
@_number
@click.argument("text")
def output(number: str, text: str) -> Intention:
    """Say what an output of a step is, or where it lies.

    \b
    Example:
      warroom output 2.2.o1 "checkout fails for every second customer"
    """
    return intend(commands.record_output, number, text)
