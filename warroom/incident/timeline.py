"""The timeline: events in the order in which they happened, cheap to extend and never changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate, chain, islice, takewhile
from operator import gt
from typing import overload

from warroom.incident.events import Event

_CHUNK = 512  # adding copies one chunk and the list of chunks: both stay small up to a million events

_Key = tuple[datetime, int, str]


def _key(event: Event) -> _Key:
    return (event.occurred or event.recorded_at, event.clock, event.id)


class Timeline(Sequence[Event]):
    """An immutable sequence of events sorted by `(occurred_at, clock, id)`.

    Adding one event costs the same whatever the length, because all but one chunk is shared.
    """

    __slots__ = ("_chunks", "_ends", "_lasts")

    def __init__(self, chunks: tuple[tuple[Event, ...], ...] = ()) -> None:
        self._chunks = chunks
        self._ends = tuple(accumulate(map(len, chunks)))  # the length up to the end of each chunk
        self._lasts = tuple(_key(chunk[-1]) for chunk in chunks)

    def extend(self, events: Iterable[Event]) -> "Timeline":
        """This timeline with many events more, which come in `(clock, id)` order, as a replay has them."""
        new = list(events)
        if not new:
            return self
        times = [event.occurred or event.recorded_at for event in new]
        if any(map(gt, times, islice(times, 1, None))):
            new.sort(key=_key)
        at = min(bisect_left(self._lasts, _key(new[0])), max(len(self._chunks) - 1, 0))
        tail = [*chain.from_iterable(self._chunks[at:]), *new]
        if len(tail) > len(new) and _key(tail[-len(new) - 1]) > _key(new[0]):
            tail.sort(key=_key)
        return self._with(at, tuple(tuple(tail[i : i + _CHUNK]) for i in range(0, len(tail), _CHUNK)))

    def add(self, event: Event) -> "Timeline":
        """This timeline with one event more, in its place."""
        key = _key(event)
        at = bisect_left(self._lasts, key)
        if at == len(self._chunks):
            if not at or len(self._chunks[-1]) >= _CHUNK:
                return self._with(at, ((event,),))
            return self._with(at - 1, ((*self._chunks[-1], event),))
        chunk = self._chunks[at]
        place = bisect_right(chunk, key, key=_key)
        grown = (*chunk[:place], event, *chunk[place:])
        half = len(grown) // 2
        parts = (grown,) if len(grown) <= 2 * _CHUNK else (grown[:half], grown[half:])
        return self._with(at, (*parts, *self._chunks[at + 1 :]))

    def _with(self, at: int, tail: tuple[tuple[Event, ...], ...]) -> "Timeline":
        """A timeline that shares the chunks before a place and has others from there on."""
        new = Timeline(tail)
        before = self._ends[at - 1] if at else 0
        new._chunks = (*self._chunks[:at], *new._chunks)
        new._ends = (*self._ends[:at], *(end + before for end in new._ends))
        new._lasts = (*self._lasts[:at], *new._lasts)
        return new

    def place(self, event: Event) -> int | None:
        """The index of an event, or None if it is not here."""
        key = _key(event)
        at = bisect_left(self._lasts, key)
        if at == len(self._chunks):
            return None
        within = bisect_left(self._chunks[at], key, key=_key)
        found = self._chunks[at][within]
        return (self._ends[at - 1] if at else 0) + within if found.id == event.id else None

    def find(self, event_id: str) -> Event | None:
        """The event of this id; the newest are looked at first."""
        return next((event for event in reversed(self) if event.id == event_id), None)

    def shared(self, other: "Timeline") -> int:
        """How many leading events are the same in both: found by looking at chunks, not at events."""
        same = 0
        for mine, theirs in zip(self._chunks, other._chunks, strict=False):
            if mine is not theirs:
                return same + sum(1 for _ in takewhile(_identical, zip(mine, theirs, strict=False)))
            same += len(mine)
        return same

    def after(self, index: int) -> Iterator[Event]:
        """The events from an index on, without going over those before it."""
        at = bisect_right(self._ends, index)
        return islice(chain.from_iterable(self._chunks[at:]), index - (self._ends[at - 1] if at else 0), None)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        at = bisect_right(self._ends, index)
        return self._chunks[at][index - (self._ends[at - 1] if at else 0)]

    def __iter__(self) -> Iterator[Event]:
        return chain.from_iterable(self._chunks)

    def __reversed__(self) -> Iterator[Event]:
        return chain.from_iterable(map(reversed, reversed(self._chunks)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Timeline({len(self)} events)"


def _identical(pair: tuple[Event, Event]) -> bool:
    return pair[0] is pair[1]


def _same(one: Event, other: Event) -> bool:
    return one is other or one == other
