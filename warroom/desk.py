"""The desk: the open incident, at which intentions become facts.

A command is decided on what is so, its events are persisted, and only then does the incident
evolve: nobody ever sees a fact that the disk does not have.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from threading import Lock
from typing import Concatenate, ParamSpec, Protocol

from msgspec import Struct

from warroom.incident import commands
from warroom.incident.commands import Outcome, Refused
from warroom.incident.events import Event, Retracted
from warroom.incident.evolve import fold
from warroom.incident.incident import Incident
from warroom.incident.playbook import Playbook
from warroom.incident.record import Record
from warroom.stamp import Stamp

P = ParamSpec("P")


class Journal(Protocol):
    """What the desk needs of an incident's file; `store.log.Journal` is the real one."""

    def read(self) -> list[Event]:
        """All sound events."""
        ...

    def append_next(self, events: Sequence[Event]) -> list[Event] | None:
        """Keep events for good and return None, or raise.

        If others appended something since the last look: keep nothing, and return that.
        """
        ...

    def changed(self) -> bool:
        """Whether others may have appended something: cheap, and safe on any thread."""
        ...

    def wait(self, seconds: float) -> None:
        """Wait until others may have appended something, for so many seconds at most."""
        ...

    def poll(self) -> list[Event]:
        """What others appended since the last look."""
        ...

    def glimpse(self) -> Incident | None:
        """Roughly what is so in a long incident, before it is read; None where it can as well be read."""
        ...

    def sketch(self, incident: Incident) -> None:
        """Take note of what is so, for the next glimpse."""
        ...

    @property
    def damage(self) -> Sequence[object]:
        """What was found unsound, each to be told as a string."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Done(Struct, frozen=True):
    """An act that was persisted."""

    events: tuple[Event, ...]
    incident: Incident


def declaration(
    stamp: Stamp,
    number: str,
    title: str,
    playbook: Playbook,
    *,
    level: str = "",
    exercise: bool = False,
    source: str = "",
    at: datetime | None = None,
) -> tuple[Event, ...] | Refused:
    """The first events of a new incident."""
    facts = commands.declare(number, title, playbook, level=level, exercise=exercise, source=source)
    if isinstance(facts, Refused):
        return facts
    if reason := stamp.why_not(at):
        return Refused(reason)
    return stamp.events(facts, at=at)


class Desk:
    """An incident at work: the record in memory, and the journal on disk.

    With `early`, a long incident can be looked at before it is read: until somebody calls `read`, or
    does anything, `incident` is what the journal's glimpse showed.
    """

    def __init__(self, journal: Journal, stamp: Stamp, *, early: bool = False) -> None:
        self._journal = journal
        self._stamp = stamp
        self._early = early
        self._glimpse = journal.glimpse() if early else None
        self._read: Record | None = None
        self._reading = Lock()
        if self._glimpse is None:
            self.read()

    def read(self) -> None:
        """Read the whole incident, unless that was done."""
        with self._reading:
            if self._read is None:
                record = Record(self._journal.read())
                self._read = record
                self._sketch()

    def is_read(self) -> bool:
        """Whether `incident` is the whole truth, and `record` can be had at once."""
        return self._read is not None

    @property
    def incident(self) -> Incident:
        """What is so."""
        if self._read is None and self._glimpse is not None:
            return self._glimpse
        return self.record.incident

    @property
    def record(self) -> Record:
        """Every event, those that were undone included."""
        if self._read is None:
            self.read()
        assert self._read is not None
        return self._read

    @property
    def damage(self) -> tuple[str, ...]:
        """What could not be read of the file."""
        return tuple(map(str, self._journal.damage))

    @property
    def by(self) -> str:
        """Who sits here."""
        return self._stamp.by

    def now(self) -> datetime:
        """The time by this desk's clock, UTC."""
        return self._stamp.clock()

    def do(
        self,
        command: Callable[Concatenate[Incident, datetime, P], Outcome],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done | Refused:
        """Carry out a command as of now. Raises what the journal raises when it cannot be kept."""
        return self.do_at(None, command, *args, **kwargs)

    def do_at(
        self,
        at: datetime | None,
        command: Callable[Concatenate[Incident, datetime, P], Outcome],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done | Refused:
        """The same for something that happened at another time."""
        if reason := self._stamp.why_not(at):
            return Refused(reason)
        return self._decided(lambda: command(self._so_far(), at or self.now(), *args, **kwargs), at)

    def do_as(
        self, by: str, at: datetime | None, command: Callable[[Incident, datetime], Outcome]
    ) -> Done | Refused:
        """The same as somebody else, such as whoever acts in a drill; "" is whoever sits here."""
        stamp = self._stamp.of(by) if by else self._stamp
        return self._decided(lambda: command(self._so_far(), at or self.now()), at, stamp)

    def do_all(
        self, acts: Iterable[tuple[datetime | None, Callable[[Incident, datetime], Outcome]]]
    ) -> Done | Refused:
        """Carry out many acts with one sync, each after what those before it made; all or none."""
        acts = tuple(acts)
        return self._kept(lambda: self._all_of(acts))

    def _all_of(
        self, acts: Iterable[tuple[datetime | None, Callable[[Incident, datetime], Outcome]]]
    ) -> tuple[Event, ...] | Refused:
        incident, clock = self._so_far(), self.record.clock
        events: list[Event] = []
        for count, (at, command) in enumerate(acts, 1):
            reason = self._stamp.why_not(at)
            outcome = Refused(reason) if reason else command(incident, at or self.now())
            if isinstance(outcome, Refused):
                return Refused(f"Entry {count}: {outcome.reason}", outcome.items)
            made = self._stamp.events(outcome, clock, at)
            incident, clock = fold(incident, made, frozenset()), made[-1].clock
            events += made
        return tuple(events)

    def undo(self) -> Done | Refused:
        """Take back the latest act of whoever sits here."""

        def decide() -> Outcome:
            facts = self.record.undoable(self.by)
            return (Retracted(facts[0].act),) if facts else Refused("There is nothing of yours to undo.")

        return self._decided(decide)

    def redo(self) -> Done | Refused:
        """Take back the latest undo, unless something was done since."""

        def decide() -> Outcome:
            retraction = self.record.redoable(self.by)
            return (Retracted(retraction.act),) if retraction else Refused("There is nothing to redo.")

        return self._decided(decide)

    def changed(self) -> bool:
        """Whether others may have written: cheap, and safe on any thread."""
        return self._journal.changed()

    def wait(self, seconds: float) -> None:
        """Wait until others may have written, for so many seconds at most; on a thread of one's own."""
        self._journal.wait(seconds)

    def poll(self) -> bool:
        """Take in what others wrote; whether there was anything."""
        self.read()
        return self._take_in(self._journal.poll())

    def close(self) -> None:
        """Let go of the file."""
        self._journal.close()

    def _so_far(self) -> Incident:
        """What is so, with what others wrote until now."""
        if self._read is not None and self.changed():
            self.poll()
        return self.record.incident

    def _decided(
        self, decide: Callable[[], Outcome], at: datetime | None = None, stamp: Stamp | None = None
    ) -> Done | Refused:
        """Keep what is decided on what is so."""

        def make() -> tuple[Event, ...] | Refused:
            outcome = decide()
            if isinstance(outcome, Refused):
                return outcome
            return (stamp or self._stamp).events(outcome, self.record.clock, at)

        return self._kept(make)

    def _kept(self, make: Callable[[], tuple[Event, ...] | Refused]) -> Done | Refused:
        """Keep events, made anew each time others were quicker: two who do the same at once do it once."""
        while True:
            events = make()
            if isinstance(events, Refused):
                return events
            others = self._journal.append_next(events)
            if others is None:
                self._take_in(list(events))
                return Done(events, self.incident)
            self._take_in(others)

    def _take_in(self, events: list[Event]) -> bool:
        if not events:
            return False
        self.record.add(events)
        self._sketch()
        return True

    def _sketch(self) -> None:
        if self._early:
            self._journal.sketch(self.record.incident)
