"""The stamp: makes events of facts, with an id, a place in the order, who and when."""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from warroom.incident.events import AnyFact, Event

Clock = Callable[[], datetime]
Ids = Callable[[], str]

_AHEAD = timedelta(minutes=1)  # two machines' clocks may differ by this much without being called wrong


def now() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A UUIDv7 (RFC 9562): sorts by the millisecond it was made in, unique without asking anyone."""
    milliseconds = int(datetime.now(UTC).timestamp() * 1000)
    random = int.from_bytes(os.urandom(10), "big")
    value = (
        milliseconds << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | (random & (1 << 62) - 1)
    )
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Stamp:
    """Makes events of facts: ids, the order key, who and when."""

    def __init__(self, by: str, clock: Clock = now, ids: Ids = new_id) -> None:
        self.by = by
        self.clock = clock
        self._ids = ids

    def of(self, by: str) -> "Stamp":
        """The same for somebody else."""
        return Stamp(by, self.clock, self._ids)

    def events(
        self, facts: Iterable[AnyFact], after: int = 0, at: datetime | None = None
    ) -> tuple[Event, ...]:
        """One act's events, with clocks beyond `after` (the highest clock known)."""
        recorded, occurred = self.clock(), at.astimezone(UTC) if at else None
        tick = max(after, (int(recorded.timestamp() * 1000) << 16) - 1)
        made: list[Event] = []
        for count, fact in enumerate(facts, 1):
            first = made[0].id if made else ""
            made.append(Event(self._ids(), tick + count, recorded, self.by, fact, occurred, first))
        return tuple(made)

    def why_not(self, at: datetime | None) -> str:
        """Why nothing can have happened at a time: it is in the future. Empty if it can."""
        if at is not None and at > self.clock() + _AHEAD:
            return f"{at:%Y-%m-%d %H:%M} UTC is in the future."
        return ""
