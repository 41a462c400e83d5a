"""The timeline: events in the order in which they happened."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from operator import gt
from typing import Self

from warroom.incident.chronicle import Chronicle
from warroom.incident.events import Event

_Key = tuple[datetime, int, str]


def _key(event: Event) -> _Key:
    return (event.occurred or event.recorded_at, event.clock, event.id)


class Timeline(Chronicle[Event]):
    """Events sorted by `(occurred_at, clock, id)`."""

    __slots__ = ()
    _key = staticmethod(_key)

    def extend(self, new: Iterable[Event]) -> Self:
        """This timeline with many events more, which come in `(clock, id)` order, as a replay has them."""
        events = new if isinstance(new, list) else list(new)
        times = [event.occurred or event.recorded_at for event in events]
        if any(map(gt, times, islice(times, 1, None))):
            events = sorted(events, key=_key)
        return self._extend(events)

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
