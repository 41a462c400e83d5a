"""A drill as written: what happens, when, and who does it."""

from datetime import datetime, timedelta

import click
from msgspec import Struct

from warroom import verbs
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.text import printable
from warroom.incident.timing import clock
from warroom.stamp import Clock


class DrillError(Exception):
    """A script that cannot be played: which file, which line, and what is wrong."""


class Line(Struct, frozen=True):
    """One thing that happens."""

    step: int  # 1-based
    at: timedelta  # since the declaration
    words: str
    by: str = ""  # who did it; "" is the commander, of whom it is expected
    hint: str = ""  # what to do, where the words alone do not say it well
    number: int = 0  # the line of the file, 0 where it is not known

    @property
    def expected(self) -> bool:
        """Whether the commander does it; all else comes by itself."""
        return not self.by


class Script(Struct, frozen=True):
    """A drill as written."""

    name: str
    title: str
    lines: tuple[Line, ...]
    about: str = ""
    playbook: str = ""
    source: str = ""  # what it is found by: its name, else its path

    @property
    def length(self) -> timedelta:
        """From the declaration to the last step."""
        return self.lines[-1].at

    def wrong(self, line: Line, what: str) -> DrillError:
        """What is wrong with a line, as an error that says where."""
        place = f"{self.name}:{line.number}" if line.number else self.name
        return DrillError(f"{place}: step {line.step} ({clock(line.at, hours=True)}, {line.words!r}): {what}")

    def meant(self, line: Line, at: datetime) -> verbs.Intention:
        """What a line asks to be done at a time."""
        try:
            return verbs.parse(line.words, at)
        except click.UsageError as exc:
            raise self.wrong(line, printable(exc.format_message())) from exc

    def declare(self, front: FrontDesk, clock: Clock) -> Desk | Refused:
        """Declare the exercise on a clock of its own, and sit down at it."""
        playbook = front.playbook(self.playbook).playbook
        return front.declare(self.title, playbook, exercise=True, clock=clock)
