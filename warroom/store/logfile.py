"""One incident's file as a log of sealed lines: read the tail, repair a torn one, append, sync."""

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from warroom.store import codec, layout
from warroom.store.disk import DISK, Disk, read, write_all, write_fresh
from warroom.store.layout import END, Content, Damage, NewerVersion
from warroom.store.lock import Mark, SideLock

Document = Mapping[str, Any]
_BLOCK = 4096
_MARK_EVERY = 64 * 1024  # bytes: so much is read again at most by one who opens the file only to append


class Damaged(Exception):
    """The file cannot be read as an incident at all."""


class NotSaved(Exception):
    """An append was refused as a whole; the file is as it was. Says what happened, where and what to do."""


_ADVICE = {
    errno.ENOSPC: "the disk is full: free some space, then save again",
    errno.EDQUOT: "your quota on this disk is used up: free some space, then save again",
    errno.EROFS: "the disk is read-only: mount it for writing, or move the incident (warroom export)",
    errno.EACCES: "no permission to write there: check who owns the file and the folder",
    errno.EPERM: "no permission to write there: check who owns the file and the folder",
    errno.EIO: "the disk reports an I/O error: it may be failing, save to another one (warroom export)",
    errno.EFBIG: "the file may not grow any more: raise the limit on file sizes",
    errno.ENOENT: "it is not there any more: it was moved or deleted meanwhile",
}


def not_saved(path: Path, error: OSError) -> NotSaved:
    """The refusal for what the operating system said."""
    advice = _ADVICE.get(error.errno or 0, f"{error.strerror or error}")
    return NotSaved(f"NOT SAVED to {path}: {advice}.")


class Cursor(msgspec.Struct, frozen=True):
    """Up to where a file was read or written, and what it was then."""

    inode: int
    end: int  # where the last document ends
    last: int  # its number


class _Stamp(NamedTuple):
    """What stat says of a file, as far as it tells one state from another."""

    inode: int
    size: int
    modified: int


def _stamp(stat: os.stat_result) -> _Stamp:
    return _Stamp(stat.st_ino, stat.st_size, stat.st_mtime_ns)


class LogFile:
    """The file of an incident. `cursor` says up to where it is known to us; None: not looked at yet."""

    def __init__(self, path: Path, cursor: Cursor | None = None, disk: Disk = DISK) -> None:
        self.path = Path(os.path.realpath(path))
        self.cursor = cursor
        self.clock = 0  # the highest of all events, as far as we looked
        self.disk = disk
        self.lock = SideLock(self.path.with_suffix(".lock"))
        self.aside = self.path.with_suffix(".damaged")  # where torn and damaged bytes go
        self._name = str(self.path)
        self.damage: tuple[Damage, ...] = ()  # what was found since the last whole read
        self._unsound = False  # whether there is damage in front of the cursor
        self._handle: int | None = None
        self._inode = 0
        self._writable = False
        self._marked = 0  # the end that the mark tells
        self._seen: _Stamp | None = None  # what stat said when everything had been read
        self._unread: list[bytes] = []  # lines of others that nobody took yet

    # ── reading ────────────────────────────────────────────────────────────────────────────────

    def header(self) -> dict[str, Any] | None:
        """The header, or None where only a whole read can find it. A newer version is refused here."""
        self._open()
        return layout.header_of(os.pread(self._file, layout.HEADER_ROOM, 0))

    def load(self) -> Content:
        """Read everything; the cursor moves to the end."""
        self.cursor, self._unread, self.damage = None, [], ()
        with self.lock.shared():
            return self._look(clocks=False)

    def glance(self) -> None:
        """Learn where the file ends without reading it, where nothing was read yet."""
        if self.cursor is None:
            with self.lock.shared():
                self._open()
                self._start_at_the_mark()
                self._look()
            self._unread = []

    def changed(self) -> bool:
        """Whether there may be something that was not read yet: one stat."""
        return bool(self._unread) or _stamp(os.stat(self._name)) != self._seen  # noqa: PTH116 - for speed

    def news(self) -> list[bytes]:
        """The lines that others appended since the cursor."""
        if self.changed():
            with self.lock.shared():
                self._look()
        return self._take()

    def _take(self) -> list[bytes]:
        lines, self._unread = self._unread, []
        return lines

    def _look(self, stamp: _Stamp | None = None, *, clocks: bool = True) -> Content:
        """Read what stands behind the cursor, or everything where there is none or the file was rewritten."""
        stamp = stamp or self._open()
        before = self.cursor
        if before is not None and stamp == self._seen:  # an append always makes the file longer
            return Content([], before.end)
        content = self._tail(before, stamp) if before is not None else None
        self._unsound = self._unsound and content is not None
        if content is None:
            content = layout.parse(read(self._file, 0, stamp.size))
            if not content.end:
                raise Damaged("it holds no incident: nothing in it is sound")
        news = [line for line in content.lines if codec.number_of(line) > before.last] if before else []
        last = max((codec.number_of(line) for line in content.lines[-1:]), default=0)
        if clocks:
            self.clock = max([self.clock, *map(codec.clock_of, news if before else content.lines)])
        self.cursor = Cursor(self._inode, content.end, max(last, before.last if before else 0))
        self._unread += news
        self.damage += tuple(damage for damage in content.damage if damage not in self.damage)
        self._unsound = self._unsound or content.unsound
        self._seen = None if content.torn else stamp
        return content

    def _tail(self, cursor: Cursor, stamp: _Stamp) -> Content | None:
        """What stands behind the cursor, or None unless a sound document still ends there."""
        if cursor.inode != self._inode or cursor.end > stamp.size:
            return None
        room = _BLOCK
        while True:
            start = max(0, cursor.end - room)
            data = read(self._file, start, stamp.size - start)
            begins = data.rfind(b"\n", 0, cursor.end - start) + 1
            if begins or not start:
                break
            room *= 16
        line = data[begins : cursor.end - start]
        if not begins or not (codec.is_sound(line) or line == layout.NO_EVENTS):
            return None
        return layout.scan(data[cursor.end - start :], cursor.end)

    def _start_at_the_mark(self) -> None:
        mark = self.lock.mark() if self.cursor is None else None
        if mark is not None and mark.inode == self._inode:
            self.cursor = Cursor(mark.inode, mark.end, mark.last)
            self.clock = max(self.clock, mark.clock)
            self._marked = mark.end

    # ── writing ────────────────────────────────────────────────────────────────────────────────

    def append(self, documents: Sequence[Document]) -> tuple[list[int], list[bytes]]:
        """Write documents, all or none. Says their numbers, and what others wrote before.

        A document whose id others wrote just before is not written again.
        """
        with self.writing():
            if self._unread:
                others = {codec.id_of(line) for line in self._unread}
                documents = [document for document in documents if document["id"] not in others]
            return self._add(documents), self._take()

    def append_next(self, documents: Sequence[Document]) -> list[bytes] | None:
        """Write documents, all or none, if nobody else wrote since the cursor; else say what they wrote."""
        with self.writing():
            if self._unread:
                return self._take()
            self._add(documents)
        return None

    def merge(self, documents: Sequence[Document]) -> list[int]:
        """Write those documents whose id is nowhere in the file, all or none; returns their numbers."""
        with self.writing():
            self.cursor = None
            known = {codec.id_of(line) for line in self._look().lines}
            fresh = {document["id"]: document for document in documents if document["id"] not in known}
            return self._add(list(fresh.values())) if fresh else []

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else writes, and the file is known and sound up to its end."""
        with self._alone() as stamp:
            unknown = self.cursor is None
            self._start_at_the_mark()
            content = self._look(stamp)
            if unknown:  # what stands behind the mark is no news to one who never read what stands before
                self._unread = []
            if self._unsound:
                self._make_sound()
            elif content.torn:
                self.set_aside([content.torn])
                self._restore()
            yield

    @contextmanager
    def repairing(self) -> Iterator[Content]:
        """Nobody else writes, and this is what the file holds, as it is."""
        with self._alone():
            self.cursor = None
            yield self._look()

    @contextmanager
    def _alone(self) -> Iterator[_Stamp]:
        try:
            with self.lock.exclusive():
                yield self._open_for_writing()
        except OSError as error:
            raise not_saved(self.path, error) from error
        except (Damaged, NewerVersion) as error:
            raise NotSaved(f"NOT SAVED to {self.path}: {error}.") from error

    def _add(self, documents: Sequence[Document]) -> list[int]:
        assert self.cursor is not None
        cursor = self.cursor
        lines = codec.seal_all(documents, cursor.last + 1)
        if lines:
            empty = os.pread(self._file, 1, cursor.end - 1) == b"{"
            text = (b"\n" if empty else b",\n") + b",\n".join(lines)
            self._write(text)
            self.cursor = Cursor(self._inode, cursor.end + len(text), cursor.last + len(lines))
        else:  # what the others wrote may not be synced: its writer may have died before
            self.disk.sync(self._file)
        self.clock = max([self.clock, *(document.get("clock", 0) for document in documents)])
        self.settle()
        return [cursor.last + 1 + i for i in range(len(lines))]

    def _write(self, text: bytes) -> None:
        """Write behind the last document and sync. Afterwards it is there, or the file is as it was."""
        assert self.cursor is not None
        try:
            write_all(self.disk, self._file, text + END, self.cursor.end)
        except OSError:
            self._restore()
            raise
        try:
            self.disk.sync(self._file)
        except OSError:
            # The system has marked the pages clean: a second sync would succeed without writing them.
            try:
                self._replace([read(self._file, 0, self.cursor.end), text, END])
            except OSError:
                self._restore()
                raise

    def _restore(self) -> None:
        """End the file behind the last document, whatever stands there."""
        assert self.cursor is not None
        # The closing bytes first: whoever dies in between has cut nothing.
        with suppress(OSError):  # if it cannot be done now, the next writer does it
            write_all(self.disk, self._file, END, self.cursor.end)
            self.disk.cut(self._file, self.cursor.end + len(END))

    def _make_sound(self) -> None:
        """What is damaged further up goes aside first: plain TinyDB reads what we leave."""
        before, self.cursor = self.cursor, None
        content = self._look()
        self.cursor = before
        self.rewrite(content)

    def rewrite(self, content: Content) -> None:
        """Lay the file out anew with every sound document; what was damaged is set aside first."""
        self.set_aside(content.damage)
        lines = codec.in_order(content.lines)
        self._replace([layout.whole(layout.new_head(content), lines)])
        assert self.cursor is not None
        end = os.fstat(self._file).st_size - len(END)
        last = codec.number_of(lines[-1]) if lines else 0
        self.cursor = Cursor(self._inode, end, max(last, self.cursor.last))
        self._unsound = False
        self.settle()

    def _replace(self, blocks: list[bytes]) -> None:
        write_fresh(self.path, blocks, self.disk)
        self._open()

    def settle(self) -> None:
        """All up to the cursor is on the disk: now and then, leave a mark for those who open the file."""
        assert self.cursor is not None
        end = self.cursor.end
        if not 0 < self._marked <= end < self._marked + _MARK_EVERY:
            self.lock.set_mark(Mark(self._inode, end, self.cursor.last, self.clock))
            self._marked = end
        self._seen = _stamp(os.fstat(self._file))

    def set_aside(self, damage: Iterable[Damage]) -> None:
        """Keep unsound bytes in the side file, as text that can be turned back into the very bytes."""
        found = [
            {"what": d.what, "offset": d.offset, "text": d.raw.decode("utf-8", "surrogateescape")}
            for d in damage
            if not layout.is_trace(d.raw)
        ]
        if not found:
            return
        text = "".join(json.dumps(entry) + "\n" for entry in found).encode()
        handle = self.disk.open(self.aside, os.O_RDWR | os.O_CREAT)
        try:
            write_all(self.disk, handle, text, os.fstat(handle).st_size)
            self.disk.sync(handle)
        finally:
            os.close(handle)

    # ── the handle ─────────────────────────────────────────────────────────────────────────────

    @property
    def _file(self) -> int:
        assert self._handle is not None
        return self._handle

    def _open(self) -> _Stamp:
        """Hold the file that has the name now (another process may have replaced it); says its state."""
        stamp = _stamp(os.stat(self._name))  # noqa: PTH116
        if self._handle is not None:
            if stamp.inode == self._inode:
                return stamp
            self._drop()
        try:
            self._handle, self._writable = self.disk.open(self.path, os.O_RDWR), True
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            self._handle, self._writable = self.disk.open(self.path, os.O_RDONLY), False
        stamp = _stamp(os.fstat(self._handle))
        self._inode, self._marked = stamp.inode, 0
        return stamp

    def _open_for_writing(self) -> _Stamp:
        stamp = self._open()
        if not self._writable:
            self._drop()
            os.close(self.disk.open(self.path, os.O_RDWR))  # says why not
            stamp = self._open()
        return stamp

    def _drop(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def close(self) -> None:
        """Let go of the file and its lock."""
        self._drop()
        self.lock.close()
