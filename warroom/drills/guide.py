"""A drill that is taken part in: others' doings come by themselves, the commander's are asked for."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from warroom.desk import Desk, Done
from warroom.drills.expected import fulfilled, hint
from warroom.drills.player import Act, once
from warroom.drills.progress import Progress
from warroom.drills.script import Script
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.incident import Incident
from warroom.stamp import Clock, now

_SPEED = 20  # while nothing is asked of the commander
_WAIT = timedelta(seconds=3)  # the longest that anybody waits for what comes next


class _Pace(Struct, frozen=True):
    """How the drill's time runs since a moment, and where it stops."""

    real: datetime
    drill: datetime
    speed: float = 1.0
    until: datetime | None = None

    def at(self, real: datetime) -> datetime:
        """The drill's time at a real one."""
        found = self.drill + (real - self.real) * self.speed
        return min(found, self.until) if self.until else found


class Guide:
    """A script with a commander.

    Its clock is slow enough while something is asked of the commander: as slow as the real one. Until
    the next inject it runs quickly, and waits there. It begins as far in the past as the script is
    long, so that it is never ahead of the real one. While nobody looks it stands still: whoever
    comes back goes on from there.
    """

    def __init__(self, script: Script, real: Clock = now, since: Progress | None = None) -> None:
        self.script = script
        self._real = real
        began = real()
        self.starts_at = since.starts_at if since else began - script.length
        done = since.done if since else 0
        self._since = since.since if since else self.starts_at  # since when the script is
        self._at = script.lines[done - 1].at if done else timedelta()  # where it is
        self._pace = _Pace(began, since.at if since else self.starts_at)
        self._left = deque(script.lines[done:])
        self._count = sum(line.expected for line in script.lines)
        self._asked = sum(line.expected for line in self._left)
        self._credited = set(since.credited if since else ())  # acts that were one that was asked for
        self._looked_at: Incident | None = None
        self._handed_out_on: Incident | None = None  # what was so when others were told to act just now

    @property
    def finished(self) -> bool:
        """Whether nothing more is to come."""
        return not self._left

    @property
    def asks(self) -> bool:
        """Whether something is asked of the commander now."""
        return bool(self._left) and self._left[0].expected

    @property
    def progress(self) -> Progress:
        """Where it stands."""
        return Progress(
            source=self.script.source,
            lines=len(self.script.lines),
            said=self._said,
            starts_at=self.starts_at,
            since=self._since,
            at=self.clock(),
            done=len(self.script.lines) - len(self._left),
            credited=tuple(sorted(self._credited)),
        )

    @property
    def _said(self) -> str:
        return f"{self._count - self._asked}/{self._count}"

    def clock(self) -> datetime:
        """The drill's time."""
        return self._pace.at(self._real())

    def declare(self, front: FrontDesk) -> Desk | Refused:
        """Declare the exercise, and sit down at it."""
        return self.script.declare(front, self.clock)

    def follow(self, incident: Incident, by: str) -> Sequence[Act]:
        """Take in what was done by the commander; what others do by now, each act once."""
        acts: list[Act] = []
        while self._left:
            line = self._left[0]
            if line.expected:
                if acts or not self._done(incident, by):  # what comes before it is to be seen first
                    self._run(1)
                    break
                self._next(self.clock())
            else:
                due = self._since + (line.at - self._at)
                if self.clock() < due:
                    gap = due - self._since
                    self._run(max(_SPEED, gap / _WAIT), due)
                    break
                acts.append(self._act())
                self._next(max(due, self._since))
        if self.finished:
            self._run(1)
        self._handed_out_on = incident if acts else None
        return acts

    def said(self, incident: Incident) -> tuple[str, str]:
        """What is asked of the commander, with the console's acts in braces, and how far it has come."""
        if self.finished:
            return "", self._said
        if not self.asks or incident is self._handed_out_on:  # others may be about to do what is missing
            return "Nothing to do: time runs quickly until something happens.", self._said
        line, at = self._left[0], self.clock()
        return hint(line, self.script.meant(line, at), incident, at), self._said

    def carry_out(self, act: Act, desk: Desk) -> Done | Refused:
        """Do what somebody does; what others cannot do, as the commander went another way, is left."""
        if not act.line.by:
            return desk.do_as("", act.intention.at, act.intention.do)
        done = desk.do_as(act.line.by, act.intention.at, once(act, self.script))
        return Done((), desk.incident) if isinstance(done, Refused) else done

    def instead(self) -> Act | None:
        """What is asked of the commander, to be carried out as the script has it."""
        return self._act() if self.asks else None

    def _act(self) -> Act:
        line, at = self._left[0], self.clock()
        return Act(at, line, self.script.meant(line, at))

    def _next(self, since: datetime) -> None:
        line = self._left.popleft()
        self._asked -= line.expected
        self._at, self._since = line.at, since

    def _done(self, incident: Incident, by: str) -> bool:
        if incident is self._looked_at:
            return False
        line, at = self._left[0], self.clock()
        acts = [event for event in incident.timeline if event.by == by and event.id not in self._credited]
        found = fulfilled(line, self.script.meant(line, at), incident, at, acts)
        if not found:
            self._looked_at = incident
        elif found is not True:
            self._credited.add(found.id)
        return bool(found)

    def _run(self, speed: float, until: datetime | None = None) -> None:
        if (self._pace.speed, self._pace.until) != (speed, until):
            real = self._real()
            self._pace = _Pace(real, self._pace.at(real), speed, until)
