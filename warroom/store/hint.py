"""The kernel's word that something in a folder was written to (inotify), where it gives one."""

import ctypes
import os
import select
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock

_MODIFIED, _MOVED_TO = 0x02, 0x80  # from <sys/inotify.h>
_BREATH = 0.02  # seconds: what several write at once is looked at once


class Hint:
    """A wait that ends early when there may be something to see: a hint, so look whenever it ends."""

    def __init__(self, folder: Path) -> None:
        self._closed = Event()
        self._turn = Lock()  # held while somebody waits
        self._ear = _watch(folder)
        self._bell: int | None = None
        if self._ear is not None:
            try:
                self._bell = os.eventfd(0, os.EFD_CLOEXEC)
            except OSError:  # a process may have so many handles, and no more
                os.close(self._ear)
                self._ear = None

    def wait(self, seconds: float) -> None:
        """Wait until something in the folder was written to, for so many seconds at most."""
        with self._turn:
            if self._closed.is_set():
                return
            if self._ear is None or self._bell is None:
                self._closed.wait(seconds)
                return
            both = select.poll()
            for handle in (self._ear, self._bell):
                both.register(handle, select.POLLIN)
            if both.poll(seconds * 1000) and not self._closed.wait(_BREATH):
                with suppress(BlockingIOError):
                    os.read(self._ear, 1 << 16)

    def close(self) -> None:
        """End whoever's wait, and let go."""
        self._closed.set()
        if self._bell is not None:
            os.eventfd_write(self._bell, 1)
        with self._turn:
            for handle in (self._ear, self._bell):
                if handle is not None:
                    os.close(handle)
            self._ear = self._bell = None


def _watch(folder: Path) -> int | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        libc = ctypes.CDLL(None)
        handle: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if handle < 0:  # a person may have so many of them, and no more
            return None
        if libc.inotify_add_watch(handle, os.fsencode(folder), _MODIFIED | _MOVED_TO) < 0:
            os.close(handle)
            return None
    except (OSError, AttributeError):
        return None
    return handle
