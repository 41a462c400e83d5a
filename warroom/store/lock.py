"""The side file of an incident: who may write now, and up to where everything is known to be on the disk."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

import msgspec

from warroom.store.disk import PRIVATE_FILE

_ROOM = 96  # a mark is always this long, so that a shorter one leaves nothing of a longer one


class Mark(msgspec.Struct, frozen=True):
    """A hint for those who open the file: where a document ended, so that they need not read all."""

    inode: int
    end: int  # where the last document ends
    last: int  # its number
    clock: int  # the highest clock of all events


class _Turn:
    """The right to write until the block ends; a generator would cost twice as much, with every append."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __enter__(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_UN)


class SideLock:
    """A lock between processes (`flock`) on a file that is never replaced and never removed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def _open(self) -> int:
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
        return self._handle

    def exclusive(self) -> "_Turn":
        """Wait for our turn; nobody else writes meanwhile."""
        return _Turn(self._open())

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Wait until nobody writes, and keep writers out while reading."""
        try:
            handle = self._open()
        except OSError:  # a read-only place: nobody can write there either
            yield
            return
        fcntl.flock(handle, fcntl.LOCK_SH)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)

    def mark(self) -> Mark | None:
        """The mark, if there is a sound one."""
        try:
            text, _, checksum = os.pread(self._open(), _ROOM, 0).rstrip().rpartition(b" ")
            if int(checksum, 16) == crc32(text):
                return Mark(*map(int, text.split()))
        except (OSError, ValueError, TypeError):
            pass
        return None

    def set_mark(self, mark: Mark) -> None:
        """Write the mark. It is never synced: an old one only makes the next writer check more."""
        text = b"%d %d %d %d" % msgspec.structs.astuple(mark)
        with suppress(OSError):
            os.pwrite(self._open(), (b"%s %08x" % (text, crc32(text))).ljust(_ROOM - 1) + b"\n", 0)

    def close(self) -> None:
        """Let go of the file, and of the lock with it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
