"""A disk that is really full: a small tmpfs, where the machine lets us mount one."""

import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.work import NUMBER, Tally, assert_plain, event, first_events
from warroom.incident.events import Event
from warroom.store.library import Library
from warroom.store.log import Journal, NotSaved


@contextmanager
def small_disk(folder: Path, kilobytes: int = 256) -> Iterator[bool]:
    """Mount one; says whether that was possible."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0700", "none", str(folder)]
    try:
        possible = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except OSError:
        possible = False
    try:
        yield possible
    finally:
        if possible:
            subprocess.run(["umount", str(folder)], check=True)


def fill_disk(folder: Path, rounds: int = 3) -> Tally | None:
    """What was acknowledged is there when no more fits, and with room again it goes on. None: not here."""
    tally = Tally("full disk")
    with small_disk(folder) as possible:
        if not possible:
            return None
        with closing(Library(folder)) as library, library.create(2026, first_events) as journal:
            events = journal.read()
            path = library.path(NUMBER)
            for turn in range(rounds):
                ballast = folder / "ballast"
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
            with pytest.raises(OSError, match="space"):
                ballast.write_bytes(bytes(300_000))
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
