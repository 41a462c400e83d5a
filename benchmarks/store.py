"""What keeping an incident costs: appending, opening, listing."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import orjson

from benchmarks.table import Row, in_turn, timed
from warroom.desk import declaration
from warroom.incident.commands import Refused
from warroom.incident.events import AnyFact, Event, MetricObserved, Noted, Ticked
from warroom.incident.evolve import replay
from warroom.playbooks import builtin
from warroom.stamp import Stamp
from warroom.store import codec, layout
from warroom.store.log import Journal

BEGIN = datetime(2026, 7, 1, 12, tzinfo=UTC)
NUMBER = "INC-2026-0001"
SIZES = (100, 1_000, 10_000, 100_000)


def facts() -> Iterator[AnyFact]:
    """What an incident's log is made of, without end."""
    for i in count():
        if i % 10 < 7:
            yield Noted(f"connection pool of checkout-db exhausted, 45 % of requests fail ({i})")
        elif i % 10 < 9:
            yield Ticked("1.1.1")
        else:
            yield MetricObserved("error rate", "45 %", "5 %")


@cache
def events(size: int) -> tuple[Event, ...]:
    """A declared incident with so many events in all."""
    at = count()
    stamp = Stamp("alice", lambda: BEGIN + timedelta(milliseconds=137 * next(at)))
    first = declaration(stamp, NUMBER, "Database errors", builtin().playbook)
    assert not isinstance(first, Refused)
    made = list(first)
    for fact in facts():
        if len(made) >= size:
            return tuple(made)
        made += stamp.events([fact], made[-1].clock)
    return ()


def write_incident(path: Path, content: Sequence[Event]) -> Path:
    """An incident's file, as it would be after so many appends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [codec.seal(i, codec.to_document(event)) for i, event in enumerate(content, 1)]
    path.write_bytes(layout.whole(layout.head(path.stem, content[0].id), lines))
    return path


def rows(folder: Path) -> Iterator[Row]:
    """All figures of the store."""
    yield from appends(folder)
    yield opening(folder)
    yield looking(folder)


def appends(folder: Path, times: int = 400) -> Iterator[Row]:
    """An acknowledged append at several sizes, against the bare system calls and against SQLite."""
    took = {}
    for size in SIZES:
        path = write_incident(folder / str(size) / f"{NUMBER}.json", events(size))
        bare = os.open(folder / f"bare-{size}", os.O_RDWR | os.O_CREAT)
        os.pwrite(bare, path.read_bytes(), 0)
        os.fsync(bare)
        fresh = Stamp("alice").events([Noted("pool raised from 100 to 200")] * (2 * times + 1))
        line = b",\n" + codec.seal(size, codec.to_document(fresh[0]))
        end = os.fstat(bare).st_size
        with closing(Journal(path)) as journal:
            journal.append(fresh[:1])  # the file's first append looks the whole of it over
            ends, more = count(end, len(line)), iter(fresh[1:])

            def append(journal: Journal = journal, more: Iterator[Event] = more) -> None:
                journal.append([next(more)])

            def write(bare: int = bare, line: bytes = line, ends: Iterator[int] = ends) -> None:
                os.pwrite(bare, line, next(ends))
                os.fdatasync(bare)

            took[size], theirs = in_turn(append, write, times)
            yield Row(f"append acknowledged, {size:,} events", took[size], "write + fdatasync", theirs, 1.3)
            if size == SIZES[-1]:
                with closing(sqlite3.connect(folder / "sqlite.db", isolation_level=None)) as base:
                    ours, theirs = in_turn(append, _insert(base), times)
        os.close(bare)
    yield Row("the same, 100,000 events", took[SIZES[-1]], "at 100 events", took[SIZES[0]], 1.2)
    yield Row("the same, 100,000 events", ours, "SQLite WAL, synchronous=FULL", theirs, 1.0)


def _insert(base: sqlite3.Connection) -> Callable[[], object]:
    """What puts one row into a SQLite database and syncs it."""
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE events (id TEXT PRIMARY KEY, document BLOB)")
    stamp = Stamp("alice")

    def insert() -> None:
        (event,) = stamp.events([Noted("pool raised from 100 to 200")])
        row = (event.id, codec.seal(1, codec.to_document(event)))
        base.execute("INSERT INTO events VALUES (?, ?)", row)

    return insert


def opening(folder: Path) -> Row:
    """Reading, checking, decoding and folding a long incident."""
    path = write_incident(folder / "open" / f"{NUMBER}.json", events(SIZES[-1]))
    data = path.read_bytes()

    def unfold() -> object:
        with closing(Journal(path)) as journal:
            return replay(journal.read())

    ours, theirs = in_turn(unfold, lambda: orjson.loads(data), 5)
    return Row("open and fold 100,000 events", ours, "orjson.loads of the same bytes", theirs, 2.0)


def looking(folder: Path) -> Row:
    """A look for other people's events where there are none."""
    path = folder / "open" / f"{NUMBER}.json"
    with closing(Journal(path)) as journal:
        journal.read()
        many = range(1000)
        ours = timed(lambda: [journal.poll() for _ in many]) / len(many)
        theirs = timed(lambda: [os.stat(path) for _ in many]) / len(many)  # noqa: PTH116 - that very call
    return Row("poll, nothing new, 100,000 events", ours, "stat", theirs)


if __name__ == "__main__":
    from benchmarks.__main__ import main

    sys.exit(main([rows]))
