"""What all fault tests share: events to write, a file for them, and the questions asked afterwards."""

import uuid
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tinydb import TinyDB

from warroom.incident.events import AnyFact, Declared, Event, Noted
from warroom.incident.playbook import Playbook
from warroom.store import codec, layout
from warroom.store.log import Journal

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
NUMBER = "INC-2026-0001"


def event(fact: AnyFact | str, clock: int = 1) -> Event:
    """An event with an id of its own."""
    return Event(str(uuid.uuid4()), clock << 16, NOW, "alice", Noted(fact) if isinstance(fact, str) else fact)


def notes(count: int) -> list[Event]:
    """Some notes, with characters of one to four bytes."""
    return [event(f"note {i}: é → 🔥", i + 2) for i in range(count)]


def first_events(number: str = NUMBER) -> list[Event]:
    """What an incident begins with."""
    return [event(Declared(number, "Database errors", Playbook("p", ())))]


def write_file(path: Path, *batches: list[Event]) -> list[Event]:
    """A sound file with a declaration and these appends."""
    events = first_events()
    lines = codec.seal_all([codec.to_document(e) for e in events], 1)
    for batch in batches:
        lines += codec.seal_all([codec.to_document(e) for e in batch], len(lines) + 1)
        events += batch
    path.write_bytes(layout.whole(layout.head(NUMBER, events[0].id), lines))
    return events


@dataclass
class Tally:
    """How often a fault was tried and what it cost."""

    fault: str
    tried: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.fault:<38}{self.tried:>9,}{self.acknowledged:>15,}{len(self.lost):>9,}"

    def check(self, path: Path, acknowledged: Iterable[Event]) -> list[Event]:
        """Everything acknowledged is there; one more can be written; then plain TinyDB reads the same."""
        with closing(Journal(path)) as journal:
            present = journal.read()
            ids = [e.id for e in present]
            assert len(set(ids)) == len(ids), "an event is there twice"
            expected = [e.id for e in acknowledged]
            self.acknowledged += len(expected)
            self.lost += [i for i in expected if i not in set(ids)]
            last = event("after the fault", 9)
            journal.append([last])
        assert_plain(path, [*ids, last.id])
        return present


def assert_plain(path: Path, ids: list[str]) -> None:
    """Plain TinyDB opens the file and finds exactly these events."""
    with TinyDB(path, access_mode="r") as plain:
        assert [document["id"] for document in plain.table("events")] == ids
