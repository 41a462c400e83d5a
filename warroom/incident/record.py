"""The record: every event of an incident in order, and the incident they add up to.

Folding a new event costs the same whatever the length. An event that sorts before the newest (from
another process or replica), and a retraction, fold again from the nearest checkpoint before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from warroom.incident.events import Declared, Event, Retracted
from warroom.incident.evolve import fold, in_order, retracted_acts
from warroom.incident.incident import Incident

_EVERY = 1000  # events between checkpoints; a checkpoint shares nearly everything with the next


class Record:
    """A set of events, kept in order, with the incident folded from them."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events: list[Event] = in_order(events)
        self._known = {event.id for event in self._events}
        self._retractions = [event for event in self._events if type(event.fact) is Retracted]
        self._undone = retracted_acts(self._retractions)
        self._checkpoints: list[tuple[int, Incident]] = []  # (events folded, what they add up to)
        self.incident = self._refold(0)

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __reversed__(self) -> Iterator[Event]:
        return reversed(self._events)

    @property
    def undone(self) -> frozenset[str]:
        """The acts that were taken back."""
        return self._undone

    @property
    def clock(self) -> int:
        """The highest clock of any event."""
        return self._events[-1].clock

    def add(self, events: Iterable[Event]) -> Incident:
        """The incident with these events too; those known already change nothing."""
        new = in_order(event for event in events if event.id not in self._known)
        if not new:
            return self.incident
        self._known.update(event.id for event in new)
        at_end = new[0].order > self._events[-1].order
        retractions = [event for event in new if type(event.fact) is Retracted]
        plain = not retractions and all(event.act not in self._undone for event in new)
        first = len(self._events) if at_end else bisect_left(self._events, new[0].order, key=_order)
        if at_end:
            self._events.extend(new)
        else:  # another list: a thread that reads this one meanwhile would find it empty while it is sorted
            self._events = sorted([*self._events, *new], key=_order)
        if at_end and plain:
            self.incident = fold(self.incident, new, frozenset())
            self._checkpoint()
            return self.incident
        self._retractions = in_order([*self._retractions, *retractions])
        before, self._undone = self._undone, retracted_acts(self._retractions)
        self.incident = self._refold(min(first, self._first_of(before ^ self._undone)))
        return self.incident

    def _first_of(self, acts: frozenset[str]) -> int:
        """The place of the first event of any of these acts, which carries the act's id."""
        wanted, place = set(acts), len(self._events)
        for index in range(len(self._events) - 1, -1, -1):
            if not wanted:
                break
            if self._events[index].id in wanted:
                wanted.discard(self._events[index].id)
                place = index
        return place

    def _refold(self, first: int) -> Incident:
        """Fold again everything from a place on."""
        keep = bisect_right(self._checkpoints, first, key=lambda point: point[0])
        del self._checkpoints[keep:]
        done, incident = self._checkpoints[-1] if self._checkpoints else (0, None)
        for start in range(done, len(self._events), _EVERY):
            batch = self._events[start : start + _EVERY]
            incident = fold(incident, batch, self._undone)
            if len(batch) == _EVERY:
                self._checkpoints.append((start + _EVERY, incident))
        if incident is None:
            raise ValueError("no events")
        return incident

    def _checkpoint(self) -> None:
        done = self._checkpoints[-1][0] if self._checkpoints else 0
        if len(self._events) >= done + _EVERY:
            self._checkpoints.append((len(self._events), self.incident))

    # ── undo and redo ──────────────────────────────────────────────────────────────────────────

    def undoable(self, by: str) -> tuple[Event, ...]:
        """The facts of a person's latest act that holds; empty when there is none.

        The declaration cannot be undone: without it there is no incident.
        """
        for event in reversed(self._events):
            if type(event.fact) is Declared:
                return ()
            if event.by == by and type(event.fact) is not Retracted and event.act not in self._undone:
                facts = self._facts_of(event.act)
                return () if any(type(each.fact) is Declared for each in facts) else facts
        return ()

    def redoable(self, by: str) -> Event | None:
        """A person's latest retraction that holds, unless they did something since."""
        for event in reversed(self._events):
            if event.by != by or event.act in self._undone:
                continue
            if not isinstance(event.fact, Retracted):
                return None
            target = self._facts_of(event.fact.act)
            if target and type(target[0].fact) is not Retracted:  # a redo is passed over
                return event
        return None

    def _facts_of(self, act: str) -> tuple[Event, ...]:
        found: list[Event] = []
        for event in reversed(self._events):
            if event.act == act:
                found.append(event)
            if event.id == act:
                break
        return tuple(reversed(found))


def _order(event: Event) -> tuple[int, str]:
    return event.order
