"""A disk that is full: a small tmpfs where the machine lets us mount one, and one that only counts."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.work import NUMBER, Tally, assert_plain, event, first_events
from warroom.incident.events import Event
from warroom.store.disk import Disk
from warroom.store.library import Library
from warroom.store.log import Journal, NotSaved

_ROOM = 256 * 1024  # bytes


class CountingDisk(Disk):
    """A disk that holds no more bytes than so many in one folder, whatever the machine has."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, handle: int, data: bytes, offset: int) -> int:
        used = sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())
        fits = max(_ROOM - used, 0) + os.fstat(handle).st_size - offset
        if fits <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(handle, data[:fits], offset)


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk | None]:
    """Mount one; None where that is not possible."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_ROOM},mode=0700", "none", str(folder)]
    try:
        possible = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except OSError:
        possible = False
    try:
        yield Disk() if possible else None
    finally:
        if possible:
            subprocess.run(["umount", str(folder)], check=True)


def fill_disks(folder: Path) -> list[Tally]:
    """The disk that counts, and a real one where there can be one."""
    counting, mounted = folder / "counting", folder / "mounted"
    counting.mkdir()
    mounted.mkdir()
    tallies = [_fill("full disk, counted", counting, CountingDisk(counting))]
    with small_disk(mounted) as disk:
        if disk is not None:
            tallies.append(_fill("full disk, real", mounted, disk))
    return tallies


def _fill(name: str, folder: Path, disk: Disk, rounds: int = 3) -> Tally:
    """What was acknowledged is there when no more fits, and with room again it goes on."""
    tally = Tally(name)
    ballast = folder / "ballast"
    with closing(Library(folder, disk=disk)) as library, library.create(2026, first_events) as journal:
        events = journal.read()
        path = library.path(NUMBER)
        for turn in range(rounds):
            ballast.write_bytes(bytes(100_000 - turn * 20_000))
            with pytest.raises(NotSaved, match="disk is full"):
                _append_for_ever(journal, events, 1 + turn)
            tally.tried += 1
            assert_plain(path, [e.id for e in events])
            ballast.unlink()
            more = [event("y" * 300, 2) for _ in range(1 + turn)]
            journal.append(more)
            events += more
        tally.check(path, events)
        with suppress(OSError):
            ballast.write_bytes(bytes(_ROOM))  # all the room that is left, and more
        numbers = library.numbers()
        with pytest.raises(NotSaved, match="disk is full"):
            library.create(2026, first_events)
        tally.tried += 1
        assert library.numbers() == numbers
    return tally


def _append_for_ever(journal: Journal, events: list[Event], size: int) -> None:
    while True:
        more = [event("x" * 300, 2) for _ in range(size)]
        journal.append(more)
        events += more
