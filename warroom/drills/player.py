"""A drill that is watched: it plays itself in quick motion."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import local

from msgspec import Struct

from warroom import verbs
from warroom.desk import Desk, Done
from warroom.drills.progress import Progress
from warroom.drills.script import Line, Script
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Outcome, Refused
from warroom.incident.incident import Incident
from warroom.stamp import Clock, now

SPEED = 60.0  # an hour in a minute


class Act(Struct, frozen=True):
    """Something to be done at its time."""

    at: datetime
    line: Line
    intention: verbs.Intention


def once(act: Act, script: Script) -> Callable[[Incident, datetime], Outcome]:
    """What somebody does, as a command; refused if the record has it.

    So two consoles at one drill, or one that was killed before it could take note, do nothing twice.
    """
    line = act.line
    others = script.lines[: script.lines.index(line)]
    before = sum((other.words, other.by) == (line.words, line.by) for other in others)

    def command(incident: Incident, at: datetime) -> Outcome:
        outcome = act.intention.do(incident, at)
        if isinstance(outcome, Refused):
            return outcome
        times = sum(event.by == line.by and event.fact == outcome[0] for event in incident.timeline)
        return Refused("That has happened.") if times > before else outcome

    return command


def _real(span: timedelta, speed: float) -> timedelta:
    """How long a span of the drill takes; at an endless speed, no time."""
    return timedelta(seconds=span.total_seconds() / speed)


class Player:
    """A script in quick motion. Its clock begins in the past and meets the real one at the last step."""

    def __init__(
        self, script: Script, speed: float = SPEED, real: Clock = now, since: Progress | None = None
    ) -> None:
        if not speed > 0:
            raise ValueError(f"a drill cannot be played at speed {speed}")
        began = real()
        self.script = script
        # By the drill's own clock, as all that is not called real.
        self.starts_at = since.starts_at if since else began + _real(script.length, speed) - script.length
        self.ends_at = self.starts_at + script.length
        at = since.at if since else self.starts_at
        self._rests_at = max(self.ends_at, at)  # from there on it is as slow as the real one
        self._real_rest = began + _real(self._rests_at - at, speed)
        self._speed = speed
        self._real = real
        self._standing = local()  # per thread: a screen's clock runs on while a writer's stands
        self._left = [
            Act(at, line, script.meant(line, at))
            for line in reversed(script.lines[since.done if since else 0 :])
            for at in (self.starts_at + line.at,)
        ]

    @property
    def progress(self) -> Progress:
        """Where it stands."""
        return Progress(
            source=self.script.source,
            lines=len(self.script.lines),
            said=self._said,
            starts_at=self.starts_at,
            since=self.clock(),
            at=self.clock(),
            done=len(self.script.lines) - len(self._left),
            watched=True,
        )

    @property
    def _said(self) -> str:
        return f"{len(self.script.lines) - len(self._left)}/{len(self.script.lines)}"

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
        """The drill's time: never ahead of the real one, and as slow as that from the end on."""
        standing: datetime | None = getattr(self._standing, "at", None)
        if standing:
            return standing
        real = self._real()
        over = real - self._real_rest
        return self._rests_at + (over if over >= timedelta() else over * self._speed)

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
        said = "" if self.finished else f"This drill plays itself, one minute in {60 / self._speed:.2g} s."
        return said, self._said

    def carry_out(self, act: Act, desk: Desk) -> Done | Refused:
        """Do it at a desk with this clock, which stands still at the act's time meanwhile."""
        with self._at(act.at):
            return desk.do_as(act.line.by, act.intention.at, once(act, self.script))

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
