"""An incident as a TinyDB that can only grow: storage, event table, and the journal that a desk holds."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from operator import attrgetter
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, NoReturn, Self, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from warroom.incident.events import Event
from warroom.store import codec, layout
from warroom.store.disk import DISK, Disk
from warroom.store.layout import Damage, NewerVersion
from warroom.store.logfile import Damaged, LogFile, NotSaved

if TYPE_CHECKING:
    from warroom.incident.incident import Incident
    from warroom.store.hint import Hint

__all__ = ["AppendOnlyStorage", "Damage", "Damaged", "EventTable", "Journal", "NewerVersion", "NotSaved"]


_SKETCH_EVERY = 256 * 1024  # bytes: so much is read at most to bring a sketch up to date


class AppendOnly(Exception):
    """What was written stays: the event table takes new documents only."""


class AppendOnlyStorage(Storage):
    """A TinyDB storage whose file is a log: reading gives the usual tables, writing is `append` alone."""

    def __init__(self, path: Path, disk: Disk = DISK) -> None:
        self.log = LogFile(path, disk=disk)
        self.news: list[bytes] = []  # what others wrote before our last append
        self._tables: dict[str, dict[str, Any]] | None = None

    def read(self) -> dict[str, dict[str, Any]]:
        """All tables, as plain TinyDB would see them."""
        if self._tables is None or self.log.changed():
            content = LogFile(self.log.path).load()
            self._tables = layout.tables(content)
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:  # noqa: ARG002
        """Refused: it would replace what is there."""
        raise AppendOnly("this storage does not rewrite what it holds")

    def append(self, documents: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write documents behind the others; returns their numbers when they are on the disk."""
        self._tables = None
        numbers, self.news = self.log.append(documents)
        return numbers

    def append_next(self, documents: Sequence[Mapping[str, Any]]) -> list[bytes] | None:
        """The same, unless others wrote before: then what they wrote, and nothing of this."""
        self._tables = None
        return self.log.append_next(documents)

    def close(self) -> None:
        """Let go of the file."""
        self.log.close()


class EventTable(Table):
    """A TinyDB table that grows and never changes."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size, persist_empty)  # no query cache: others write too

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append one document."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append documents, all or none."""
        documents = list(documents)
        for document in documents:
            if isinstance(document, Document):
                raise AppendOnly("the file gives a document its number")
            if not isinstance(document, Mapping):
                raise ValueError("Document is not a Mapping")
        return cast("AppendOnlyStorage", self.storage).append(documents)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise AppendOnly("events are never changed or removed: append another one")

    update = update_multiple = upsert = remove = truncate = _refuse


class IncidentFile(TinyDB):
    """A TinyDB over an append-only file; its default table holds the events."""

    table_class = EventTable
    default_table_name = "events"


class Journal:
    """One incident's file, as a desk holds it. Opening it reads nothing but the header.

    `sketches` is the folder of what was so in long incidents, to be shown while they are read.
    """

    def __init__(self, path: Path, disk: Disk = DISK, sketches: Path | None = None) -> None:
        self.path = path
        self._sketches = sketches
        self._hint: Hint | None = None
        self._closed = False
        self._hinting = Lock()  # a hint is made or let go
        self._sketched = 0  # the end of the file for which the last sketch was made
        self.tinydb = IncidentFile(path, disk, storage=AppendOnlyStorage)
        self._storage = cast("AppendOnlyStorage", self.tinydb.storage)
        self._log = self._storage.log
        self._turn = RLock()
        try:
            self._log.header()
        except BaseException:
            self.close()
            raise

    @property
    def damage(self) -> tuple[Damage, ...]:
        """What was found unsound in the file; an append moves it to the `.damaged` file beside it."""
        return self._log.damage

    def read(self) -> list[Event]:
        """All sound events in file order; what is unsound is in `damage`. The cursor moves to the end."""
        with self._turn, collector_paused():
            content = self._log.load()
            events, unknown = codec.to_events(content.lines)
            self._log.clock = max(map(attrgetter("clock"), events), default=0)
            self._log.damage += tuple(Damage(layout.UNKNOWN, 0, 0, line) for line in unknown)
            return events

    def append(self, events: Sequence[Event]) -> list[Event]:
        """Write events, all or none. Once they are on the disk: what others wrote since the cursor.

        Raises `NotSaved` where it could not be done; the file is then as it was.
        """
        with self._turn:
            self.tinydb.table("events").insert_multiple(map(codec.to_document, events))
            return self._decoded(self._storage.news)

    def append_next(self, events: Sequence[Event]) -> list[Event] | None:
        """Write events that follow from all before the cursor, all or none; None once they are on the disk.

        If others wrote meanwhile nothing is written, and what they wrote is returned: it may change
        what follows. Raises as `append` does.
        """
        with self._turn:
            others = self._storage.append_next(list(map(codec.to_document, events)))
            return None if others is None else self._decoded(others)

    def poll(self) -> list[Event]:
        """Events that others appended since the cursor; one stat where nothing changed.

        What keeps us from looking (the file was moved, say) is for the next append to tell.
        """
        with self._turn, suppress(OSError, Damaged, NewerVersion):
            self._log.glance()
            return self._decoded(self._log.news())
        return []

    def changed(self) -> bool:
        """Whether others may have written since the cursor: one stat, which waits for nobody."""
        try:
            return self._log.changed()
        except OSError:
            return False  # what keeps us from looking is for the next append to tell

    def wait(self, seconds: float) -> None:
        """Wait until others may have written, for so many seconds at most; then ask `changed`."""
        with self._hinting:
            if self._closed:
                return
            if self._hint is None:
                from warroom.store.hint import Hint

                self._hint = Hint(self.path.parent)
        self._hint.wait(seconds)

    @property
    def clock(self) -> int:
        """The highest clock of all events in the file, without reading it."""
        with self._turn:
            self._log.glance()
            return self._log.clock

    def glimpse(self) -> "Incident | None":
        """Roughly what is so in a long incident, for a moment's look; None: it must be read."""
        if self._sketches is None:
            return None
        from warroom.store.sketch import Sketches  # whoever only writes has no need of it

        return Sketches(self._sketches).find(self.path)

    def sketch(self, incident: "Incident") -> None:
        """Keep what the file adds up to up to the cursor, now and then, for the next `glimpse`."""
        cursor = self._log.cursor
        if self._sketches is None or cursor is None or cursor.end - self._sketched < _SKETCH_EVERY:
            return
        from warroom.store.sketch import Sketches

        self._sketched = cursor.end
        Sketches(self._sketches).keep(self.path, cursor, incident)

    def close(self) -> None:
        """Let go of the file."""
        self.tinydb.close()
        with self._hinting:
            self._closed = True
        if self._hint is not None:
            self._hint.close()

    def _decoded(self, lines: list[bytes]) -> list[Event]:
        return codec.to_events(lines)[0] if lines else []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection while many objects that stay are made: it would look through all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
