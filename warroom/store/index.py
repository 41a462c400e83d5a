"""What the list of incidents shows, kept beside the incidents so that listing does not open them."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from warroom.incident.events import Event
from warroom.store import codec
from warroom.store.atomic import AtomicStorage
from warroom.store.lock import SideLock
from warroom.store.log import collector_paused
from warroom.store.logfile import Cursor, LogFile

# Kinds that change nothing in a summary but the count: a tail of them needs no fold.
QUIET = frozenset({
    "noted", "edited", "struck", "unstruck", "pinned", "metricobserved",
    "ticked", "unticked", "skipped", "outputrecorded", "decisiontaken",
    "paged", "pageacknowledged", "joined", "assignmentgiven", "assignmentcheckedback",
    "escalationraised", "escalationacknowledged", "fallbackinvoked", "updatepublished",
    "cadenceset", "snoozed", "decisionmade", "decisionverified", "absorbed",
    "commandoffered", "commandaccepted", "commanddeclined",
})  # fmt: skip
_WORTH_READING_TWICE = 256 * 1024  # bytes of tail


class Summary(msgspec.Struct, frozen=True):
    """An incident in one line."""

    number: str
    title: str
    severity: str
    phase: str
    status: Literal["active", "closed"]
    exercise: bool
    declared_at: datetime
    closed_at: datetime | None
    commander: str
    events: int
    updated_at: datetime
    finished: bool  # the post-mortem is complete


Summarise = Callable[[Sequence[Event]], Summary]


class _Entry(msgspec.Struct, frozen=True):
    """A summary and the state of the file for which it is true."""

    inode: int
    size: int
    modified: int
    end: int
    last: int
    summary: Summary


class _Tables(msgspec.Struct):
    """The index file, a TinyDB."""

    summaries: dict[str, _Entry] = {}


class Index:
    """A cache of summaries; losing it costs one slow listing."""

    def __init__(self, path: Path, summarise: Summarise) -> None:
        self._storage = AtomicStorage(path)
        self._summarise = summarise
        self._entries: dict[str, _Entry] | None = None
        self.unreadable: dict[str, str] = {}  # number → why it could not be listed

    def refresh(self, files: dict[str, os.DirEntry[str]]) -> list[Summary]:
        """The summaries of these files, in their order; only what changed is read."""
        if self._entries is None:
            self._entries = self._load()
        entries: dict[str, _Entry] = {}
        keep = len(self._entries) > len(files)
        self.unreadable = {}
        for number, file in files.items():
            old = self._entries.get(number)
            try:
                stat = file.stat()
                stamp = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
                if old is not None and (old.inode, old.size, old.modified) == stamp:
                    entries[number] = old
                    continue
                entries[number] = new = self._read(Path(file.path), stamp, old)
                keep = keep or old is None or _worth_keeping(old, new)
            except Exception as error:  # one that cannot be read must not hide the others
                self.unreadable[number] = str(error)
        self._entries = entries
        if keep:
            self._save(entries)
        return [entry.summary for entry in entries.values()]

    def _read(self, path: Path, stamp: tuple[int, int, int], old: _Entry | None) -> _Entry:
        advanced = self._advance(path, stamp, old) if old is not None else None
        if advanced is not None:
            return advanced
        log = LogFile(path)
        try:
            with collector_paused():
                events = codec.to_events(log.load().lines)[0]
            summary = self._summarise(events)
            assert log.cursor is not None
            return _Entry(*stamp, log.cursor.end, log.cursor.last, summary)
        finally:
            log.close()

    def _advance(self, path: Path, stamp: tuple[int, int, int], old: _Entry) -> _Entry | None:
        """The old entry brought up to date from the tail, or None if the tail may change the summary."""
        log = LogFile(path, Cursor(old.inode, old.end, old.last))
        try:
            tail = codec.to_events(log.news())[0]
            if log.cursor is None or log.cursor.inode != old.inode:
                return None
            if any(codec.kind_of(event) not in QUIET for event in tail):
                return None
            if tail and old.summary.status == "closed":  # ticking its last criterion finishes it
                return None
            updated = max([old.summary.updated_at, *(event.recorded_at for event in tail)])
            summary = msgspec.structs.replace(
                old.summary, events=old.summary.events + len(tail), updated_at=updated
            )
            return _Entry(*stamp, log.cursor.end, log.cursor.last, summary)
        finally:
            log.close()

    def _load(self) -> dict[str, _Entry]:
        try:
            return msgspec.json.decode(self._storage.content(), type=_Tables).summaries
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return {}

    def _save(self, entries: dict[str, _Entry]) -> None:
        lock = SideLock(self._storage.path.with_suffix(".lock"))
        with suppress(OSError), closing(lock), lock.exclusive():  # it is only a cache
            self._storage.write(msgspec.to_builtins({"summaries": entries}))


def _worth_keeping(old: _Entry, new: _Entry) -> bool:
    """Whether writing the index costs less than finding the same out once more."""
    counted = msgspec.structs.replace(
        new.summary, events=old.summary.events, updated_at=old.summary.updated_at
    )
    return counted != old.summary or new.inode != old.inode or new.end - old.end > _WORTH_READING_TWICE
