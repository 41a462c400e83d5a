"""Drills: an incident as a script, replayed as an exercise in quick motion.

A script is a TOML file: a title, and steps that say when something happens and what, in the words of
the command line. Times count from the declaration.

    title = "Checkout is down"
    about = "Shown by `warroom drill --list`."
    playbook = "my-runbook"        # optional: a name or a file

    [[step]]
    at = "00:02:00"
    do = ["severity SEV1", "log @bob check the load balancer 3m"]
"""

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import local
from typing import Any

import click
from msgspec import Struct

from warroom import verbs
from warroom.assets import DRILLS
from warroom.desk import Desk, Done
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.text import printable
from warroom.incident.timing import clock
from warroom.stamp import Clock, now

BUILTIN = "database-pool-exhaustion"
SPEED = 60.0  # an hour in a minute


class DrillError(Exception):
    """A script that cannot be played: which file, which step, and what is wrong."""


class Line(Struct, frozen=True):
    """One thing that happens."""

    step: int  # 1-based
    at: timedelta  # since the declaration
    words: str


class Script(Struct, frozen=True):
    """A drill as written."""

    name: str
    title: str
    lines: tuple[Line, ...]
    about: str = ""
    playbook: str = ""

    @property
    def length(self) -> timedelta:
        """From the declaration to the last step."""
        return self.lines[-1].at

    def wrong(self, line: Line, what: str) -> DrillError:
        """What is wrong with a line, as an error that says where."""
        return DrillError(
            f"{self.name}: step {line.step} ({clock(line.at, hours=True)}, {line.words!r}): {what}"
        )


# ── scripts as files ───────────────────────────────────────────────────────────────────────────


def available(folders: Sequence[Path] = ()) -> list[tuple[str, Path]]:
    """Every drill by name: those in these folders, and the built-in ones that they do not replace."""
    found: dict[str, Path] = {}
    for folder in (*folders, DRILLS):
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return sorted(found.items())


def find(name: str = "", folders: Sequence[Path] = ()) -> Path:
    """The file of a drill, by its name or path; by default the built-in one."""
    known = dict(available(folders))
    path = known.get(name or BUILTIN) or Path(name).expanduser()
    if not path.is_file():
        raise DrillError(f"{printable(name)}: no such drill; there are {', '.join(known)}, or name a file.")
    return path


def load(path: Path) -> Script:
    """The script in a file, every line of it understood."""
    name = printable(path.name)
    try:
        read = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as exc:
        raise DrillError(f"{name}: cannot be read: {exc.strerror or exc}") from exc
    except ValueError as exc:
        raise DrillError(f"{name}: not a TOML file: {exc}") from exc
    script = Script(
        name=name,
        title=_text(read, "title", name),
        lines=tuple(_lines(read.get("step"), name)),
        about=_text(read, "about", name, default=""),
        playbook=_text(read, "playbook", name, default=""),
    )
    began = now()
    for line in script.lines:
        _understood(script, line, began + line.at)
    return script


def _text(read: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    text = read.get(key, default)
    if not isinstance(text, str) or (default is None and not printable(text)):
        raise DrillError(f"{where}: expected `{key}` as text")
    return printable(text)


def _lines(steps: Any, name: str) -> list[Line]:
    if not isinstance(steps, list) or not steps:
        raise DrillError(f"{name}: expected steps, each as [[step]] with `at` and `do`")
    lines: list[Line] = []
    for number, step in enumerate(steps, 1):
        where = f"{name}: step {number}"
        if not isinstance(step, dict):
            raise DrillError(f"{where}: expected [[step]] with `at` and `do`")
        at, do = _offset(step.get("at"), where), step.get("do")
        words = [do] if isinstance(do, str) else do
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise DrillError(f'{where}: expected `do` as text such as "severity SEV2", or a list of such')
        if lines and at < lines[-1].at:
            raise DrillError(f"{where}: {clock(at, hours=True)} is before the step above it")
        lines += (Line(number, at, printable(word)) for word in words)
    return lines


def _offset(at: Any, where: str) -> timedelta:
    try:
        found = time.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        found = None
    if not isinstance(found, time) or found.tzinfo:
        raise DrillError(f'{where}: expected `at` as a time since the declaration such as "00:07:30"')
    return timedelta(hours=found.hour, minutes=found.minute, seconds=found.second)


def _understood(script: Script, line: Line, at: datetime) -> verbs.Intention:
    try:
        return verbs.parse(line.words, at)
    except click.UsageError as exc:
        raise script.wrong(line, printable(exc.format_message())) from exc


# ── playing them ───────────────────────────────────────────────────────────────────────────────


class Act(Struct, frozen=True):
    """Something to be done at its time."""

    at: datetime
    line: Line
    intention: verbs.Intention


class Player:
    """A script in quick motion. Its clock begins in the past and meets the real one at the last step."""

    def __init__(self, script: Script, speed: float = SPEED, real: Clock = now) -> None:
        if not speed > 0:
            raise ValueError(f"a drill cannot be played at speed {speed}")
        began = real()
        self.script = script
        self.ends_at = began + timedelta(seconds=script.length.total_seconds() / speed)
        self.starts_at = self.ends_at - script.length  # by the drill's own clock
        self._speed = speed
        self._real = real
        self._standing = local()  # per thread: a screen's clock runs on while a writer's stands
        self._left = [
            Act(at, line, _understood(script, line, at))
            for line in reversed(script.lines)
            for at in (self.starts_at + line.at,)
        ]

    @property
    def finished(self) -> bool:
        """Whether nothing more is to come."""
        return not self._left

    def clock(self) -> datetime:
        """The drill's time: never ahead of the real one, and the real one from the end on."""
        standing: datetime | None = getattr(self._standing, "at", None)
        if standing:
            return standing
        real = self._real()
        return real if real >= self.ends_at else self.ends_at - (self.ends_at - real) * self._speed

    def declare(self, front: FrontDesk) -> Desk | Refused:
        """Declare the exercise, as of the drill's beginning, and sit down at it."""
        playbook = front.playbook(self.script.playbook).playbook
        with self._at(self.starts_at):
            return front.declare(self.script.title, playbook, exercise=True, clock=self.clock)

    def due(self, at: datetime) -> list[Act]:
        """What is to be done by a time of the drill's clock, in order; each act is given out once."""
        acts: list[Act] = []
        while self._left and self._left[-1].at <= at:
            acts.append(self._left.pop())
        return acts

    def carry_out(self, act: Act, desk: Desk) -> Done | Refused:
        """Do it at a desk with this clock, which stands still at the act's time meanwhile."""
        with self._at(act.at):
            return desk.do_at(act.intention.at, act.intention.do)

    @contextmanager
    def _at(self, moment: datetime) -> Iterator[None]:
        self._standing.at = moment
        try:
            yield
        finally:
            self._standing.at = None

    def play_out(self, desk: Desk) -> None:
        """Do all that is left at once. Raises `DrillError` where the incident refuses."""
        for act in self.due(self.ends_at):
            outcome = self.carry_out(act, desk)
            if isinstance(outcome, Refused):
                open_items = f" ({', '.join(outcome.items)})" if outcome.items else ""
                raise self.script.wrong(act.line, f"{outcome.reason}{open_items}")
