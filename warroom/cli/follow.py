"""The verb that prints an incident as it happens, for a second window, a pipe or a screen reader."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

import click

from warroom.cli.aloud import plain_option
from warroom.cli.complete import incidents
from warroom.cli.here import desk, json_option, moment
from warroom.cli.look import entry, record_line
from warroom.cli.out import one_line, say
from warroom.incident.events import Event

if TYPE_CHECKING:
    from warroom.desk import Desk

_PAUSE = 0.3  # seconds between two looks at the file


@click.command("follow")
@click.argument(
    "number", required=False, envvar="WARROOM_INCIDENT", metavar="[INC…]", shell_complete=incidents
)
@click.option(
    "--since", callback=moment, metavar="TIME", help="Only what happened from then on: 14:05 (UTC), -12m."
)
@json_option
@plain_option
def follow_verb(number: str | None, since: datetime | None, as_json: bool, aloud: bool) -> None:
    """Print an incident's record line by line, and go on as it grows, until ctrl+c or the reader has gone.

    With --json each line is an object of its own.

    \b
    Examples:
      warroom follow INC-2026-0042 --since -10m
      warroom follow --plain
      warroom follow --json | jq -r .text
    """
    here = desk(number, reading=True)
    with _until_it_ends():
        for events in _batches(here):
            for event in events:
                if since is not None and event.occurred_at < since:
                    continue
                if as_json:
                    say(one_line(entry(event, here.incident)))
                else:
                    say(record_line(event, here.incident, here.record.undone, aloud=aloud))


def _batches(here: "Desk") -> Iterator[list[Event]]:
    """Every event once: those that are there, then each as it comes, for as long as somebody reads."""
    told: set[str] = set()
    while True:
        # What is new stands at the end, or not far from it: nobody goes over a long record for one line.
        new = (event for event in reversed(here.record) if event.id not in told)
        fresh = list(islice(new, len(here.record) - len(told)))[::-1]
        told.update(event.id for event in fresh)
        yield fresh
        while not (here.changed() and here.poll()):
            if _nobody_reads(_PAUSE):
                return


@contextmanager
def _until_it_ends() -> Iterator[None]:
    """Ctrl+c and a reader that has gone are how it ends, and nothing to complain about."""
    try:
        yield
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:  # what is still to be written must not fail once more when Python exits
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nobody_reads(seconds: float) -> bool:
    """Wait; whether whoever read our output has gone meanwhile."""
    reader = select.poll()
    reader.register(sys.stdout.fileno(), 0)  # errors and hang-ups are told without asking
    return bool(reader.poll(seconds * 1000))
