"""Somebody who takes part in a drill, on a clock that is moved by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from warroom import verbs
from warroom.desk import Desk
from warroom.drills import Guide, Line, Script
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused

NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


class Time:
    """A real clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


class Part:
    """A commander at a guided drill, on a clock that is moved by hand."""

    def __init__(self, home: Path, played: Script) -> None:
        time = Time()
        front, guide = FrontDesk(home, "maya", clock=time), Guide(played, time)
        desk = guide.declare(front)
        assert isinstance(desk, Desk)
        self._sit_down(time, front, guide, desk)

    @classmethod
    def at(cls, time: Time, front: FrontDesk, guide: Guide, number: str) -> Self:
        """The same at a drill that is under way."""
        part = cls.__new__(cls)
        part._sit_down(time, front, guide, front.open(number, guide.clock))
        return part

    def _sit_down(self, time: Time, front: FrontDesk, guide: Guide, desk: Desk) -> None:
        self.time, self.front, self.guide, self.desk = time, front, guide, desk

    def comes_back(self, after: timedelta = timedelta()) -> str:
        """Leave, and sit down again at where the drill stands; the hint."""
        since = self.guide.progress
        self.time.at += after
        guide = Guide(self.guide.script, self.time, since)
        self._sit_down(self.time, self.front, guide, self.front.open(self.desk.incident.number, guide.clock))
        return self.look()

    def look(self, seconds: float = 0) -> str:
        """Let real time pass, see to what others do by then, and read the hint."""
        self.time.at += timedelta(seconds=seconds)
        for _ in range(9):
            for act in self.guide.follow(self.desk.incident, "maya"):
                done = self.guide.carry_out(act, self.desk)
                assert not isinstance(done, Refused), (act.line, done)
        return self.guide.said(self.desk.incident)[0]

    def does(self, words: str) -> str:
        """Do something, in the words of the command line; the next hint."""
        done = self.desk.do_as("", None, verbs.parse(words, self.desk.now()).do)
        assert not isinstance(done, Refused), done
        return self.look()


def asked(*lines: tuple[int, str, str]) -> Script:
    """A script of seconds, words, and by whom; "" is the commander."""
    return Script(
        "test.toml",
        "Test",
        tuple(Line(i, timedelta(seconds=s), w, by) for i, (s, w, by) in enumerate(lines, 1)),
    )
