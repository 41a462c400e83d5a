"""A drill that is watched: it plays itself in quick motion."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import local

from msgspec import Struct

from warroom import verbs
from warroom.desk import Desk, Done
from warroom.drills.script import Line, Script
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.incident import Incident
from warroom.stamp import Clock, now

SPEED = 60.0  # an hour in a minute


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
            Act(at, line, script.meant(line, at))
            for line in reversed(script.lines)
            for at in (self.starts_at + line.at,)
        ]

    @property
    def finished(self) -> bool:
        """Whether nothing more is to come."""
        return not self._left

    @property
    def asks(self) -> bool:
        """Whether something is asked of the commander: never."""
        return False

    def instead(self) -> Act | None:
        """What is asked of the commander: nothing."""
        return None

    def clock(self) -> datetime:
        """The drill's time: never ahead of the real one, and the real one from the end on."""
        standing: datetime | None = getattr(self._standing, "at", None)
        if standing:
            return standing
        real = self._real()
        return real if real >= self.ends_at else self.ends_at - (self.ends_at - real) * self._speed

    def declare(self, front: FrontDesk) -> Desk | Refused:
        """Declare the exercise, as of the drill's beginning, and sit down at it."""
        with self._at(self.starts_at):
            return self.script.declare(front, self.clock)

    def due(self, at: datetime) -> list[Act]:
        """What is to be done by a time of the drill's clock, in order; each act is given out once."""
        acts: list[Act] = []
        while self._left and self._left[-1].at <= at:
            acts.append(self._left.pop())
        return acts

    def follow(self, _: Incident, __: str) -> Sequence[Act]:
        """What is to be done now."""
        return self.due(self.clock())

    def said(self, _: Incident) -> tuple[str, str]:
        """What to say about it, and how far it has come."""
        done = len(self.script.lines) - len(self._left)
        said = "" if self.finished else f"This drill plays itself, one minute in {60 / self._speed:.2g} s."
        return said, f"{done}/{len(self.script.lines)}"

    def carry_out(self, act: Act, desk: Desk) -> Done | Refused:
        """Do it at a desk with this clock, which stands still at the act's time meanwhile."""
        with self._at(act.at):
            return desk.do_as(act.line.by, act.intention.at, act.intention.do)

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
