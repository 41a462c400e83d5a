"""The desk: the open incident, at which intentions become facts.

A command is decided on what is so, its events are persisted, and only then does the incident
evolve and everybody hear of it: nobody ever sees a fact that the disk does not have.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol

from msgspec import Struct

from warroom.incident import commands
from warroom.incident.commands import Facts, Outcome, Refused
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

    def append(self, events: Sequence[Event]) -> list[Event]:
        """Keep events for good, or raise; returns what others appended since the last look."""
        ...

    def changed(self) -> bool:
        """Whether others may have appended something: cheap, and safe on any thread."""
        ...

    def poll(self) -> list[Event]:
        """What others appended since the last look."""
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
    """An incident at work: the record in memory, the journal on disk, and whoever listens."""

    def __init__(self, journal: Journal, stamp: Stamp) -> None:
        self._journal = journal
        self._stamp = stamp
        self._record = Record(journal.read())
        self._listeners: list[Callable[[Incident], None]] = []
        self.damage: tuple[str, ...] = ()  # what could not be read of the file

    @property
    def incident(self) -> Incident:
        """What is so."""
        return self._record.incident

    @property
    def record(self) -> Record:
        """Every event, those that were undone included."""
        return self._record

    @property
    def by(self) -> str:
        """Who sits here."""
        return self._stamp.by

    def now(self) -> datetime:
        """The time by this desk's clock, UTC."""
        return self._stamp.clock()

    def listen(self, listener: Callable[[Incident], None]) -> None:
        """Be told the new incident after every change, on the thread that made it."""
        self._listeners.append(listener)

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
        outcome = command(self.incident, at or self.now(), *args, **kwargs)
        return outcome if isinstance(outcome, Refused) else self._keep(outcome, at)

    def do_all(
        self, acts: Iterable[tuple[datetime | None, Callable[[Incident, datetime], Outcome]]]
    ) -> Done | Refused:
        """Carry out many acts with one sync, each after what those before it made; all or none."""
        incident, clock = self.incident, self._record.clock
        events: list[Event] = []
        for count, (at, command) in enumerate(acts, 1):
            reason = self._stamp.why_not(at)
            outcome = Refused(reason) if reason else command(incident, at or self.now())
            if isinstance(outcome, Refused):
                return Refused(f"Entry {count}: {outcome.reason}", outcome.items)
            made = self._stamp.events(outcome, clock, at)
            incident, clock = fold(incident, made, frozenset()), made[-1].clock
            events += made
        return self._append(tuple(events))

    def undo(self) -> Done | Refused:
        """Take back the latest act of whoever sits here."""
        facts = self._record.undoable(self.by)
        if not facts:
            return Refused("There is nothing of yours to undo.")
        return self._keep((Retracted(facts[0].act),))

    def redo(self) -> Done | Refused:
        """Take back the latest undo, unless something was done since."""
        retraction = self._record.redoable(self.by)
        if retraction is None:
            return Refused("There is nothing to redo.")
        return self._keep((Retracted(retraction.act),))

    def changed(self) -> bool:
        """Whether others may have written: cheap, and safe on any thread."""
        return self._journal.changed()

    def poll(self) -> bool:
        """Take in what others wrote; whether there was anything."""
        return self._take_in(self._journal.poll())

    def close(self) -> None:
        """Let go of the file."""
        self._journal.close()

    def _keep(self, facts: Facts, at: datetime | None = None) -> Done:
        return self._append(self._stamp.events(facts, self._record.clock, at))

    def _append(self, events: tuple[Event, ...]) -> Done:
        others = self._journal.append(events)
        self._take_in([*others, *events])
        return Done(events, self.incident)

    def _take_in(self, events: list[Event]) -> bool:
        if not events:
            return False
        incident = self._record.add(events)
        for listener in self._listeners:
            listener(incident)
        return True
