"""A disk that fails at the Nth call after K bytes: dies, writes short, is full, or reports an error."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from tests.faults.work import NUMBER, Tally, event, first_events, notes, write_file
from warroom.incident.events import Event
from warroom.store.disk import Disk
from warroom.store.library import Library
from warroom.store.log import Journal, NotSaved
from warroom.store.repair import verify

MODES = ("dies", "short", "full", "error")


class Died(BaseException):
    """The process is no more."""


class BrokenDisk(Disk):
    """Counts its calls and breaks at one of them. Without a fault it only takes notes."""

    def __init__(self, at: int = -1, after: int = 0, mode: str = "") -> None:
        self.at, self.after, self.mode = at, after, mode
        self.calls: list[int] = []  # how many bytes each call wrote, 0 for other calls
        self.dead = self.is_full = False

    def _strikes(self, size: int = 0) -> bool:
        if self.dead:
            raise Died
        self.calls.append(size)
        return len(self.calls) - 1 == self.at

    def _fail(self, happened: Callable[[], Any]) -> None:
        """A call that writes nothing: it fails before or, with `after`, once it has happened."""
        if self.after:
            happened()
        if self.mode == "dies":
            self.dead = True
            raise Died
        code = errno.ENOSPC if self.mode == "full" else errno.EIO
        raise OSError(code, os.strerror(code))

    def write(self, handle: int, data: bytes, offset: int) -> int:
        grows = offset + len(data) > os.fstat(handle).st_size
        if not self._strikes(len(data)):
            if self.is_full and grows:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(handle, data, offset)
        done = super().write(handle, data[: self.after], offset) if self.after else 0
        if self.mode == "dies":
            self.dead = True
            raise Died
        if self.mode == "error":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.is_full = self.mode == "full"
        if not done:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return done

    def sync(self, handle: int) -> None:
        if self._strikes():
            self._fail(lambda: None)

    def sync_folder(self, folder: Path) -> None:
        if self._strikes():
            self._fail(lambda: None)

    def cut(self, handle: int, size: int) -> None:
        if self._strikes():
            self._fail(lambda: super(BrokenDisk, self).cut(handle, size))
        super().cut(handle, size)

    def replace(self, source: Path, target: Path) -> None:
        if self._strikes():
            self._fail(lambda: super(BrokenDisk, self).replace(source, target))
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        if self._strikes():
            self._fail(lambda: super(BrokenDisk, self).link(source, target))
        super().link(source, target)

    def remove(self, path: Path) -> None:
        if self._strikes():
            self._fail(lambda: super(BrokenDisk, self).remove(path))
        super().remove(path)


def _sound(path: Path) -> list[Event]:
    return write_file(path, notes(1), notes(2))


def _torn(path: Path) -> list[Event]:
    events = write_file(path, notes(1), notes(2))
    path.write_bytes(path.read_bytes()[:-3] + b',\n"5":{"id":"torn in the mid')
    return events


def _damaged(path: Path) -> list[Event]:
    events = write_file(path, notes(1), notes(2))
    path.write_bytes(path.read_bytes().replace(b"note 1", b"mote 1"))
    return events[:3]


def _rewritten(path: Path) -> list[Event]:
    events = write_file(path, notes(1), notes(2))
    with TinyDB(path) as plain:
        plain.table("other").insert({"a": 1})
    return events


SCENARIOS: dict[str, tuple[Callable[[Path], list[Event]], int]] = {
    "append": (_sound, 1),
    "append a batch": (_sound, 3),
    "append behind a torn tail": (_torn, 1),
    "append to a damaged file": (_damaged, 1),
    "append after plain TinyDB": (_rewritten, 1),
}


def break_appends(folder: Path, step: int = 1) -> list[Tally]:
    """Every scenario with every fault at every call after every number of bytes (or each `step`th)."""
    tallies = []
    for name, (prepare, size) in SCENARIOS.items():
        tally = Tally(f"I/O faults: {name}")
        path = folder / f"{NUMBER}.json"
        before = prepare(path)
        with closing(Journal(path)) as journal:
            journal.poll()
        files = {file: file.read_bytes() for file in (path, path.with_suffix(".lock"))}
        fresh = notes(size)
        healthy = BrokenDisk()
        _append(path, fresh, healthy)
        for disk in _every_fault(healthy.calls, step):
            for file, content in files.items():
                file.write_bytes(content)  # in place: whatever mark there is then lies
            _append_and_check(tally, path, before, fresh, disk)
        tallies.append(tally)
        for file in folder.iterdir():
            file.unlink()
    return tallies


def _every_fault(calls: list[int], step: int) -> Iterator[BrokenDisk]:
    faults = (
        BrokenDisk(at, after, mode)
        for at, size in enumerate(calls)
        for mode in MODES
        for after in (range(size + 1) if size else (0, 1))
        if size or mode != "short"
    )
    return islice(faults, 0, None, step)


def _append(path: Path, events: list[Event], disk: Disk) -> str:
    try:
        with closing(Journal(path, disk)) as journal:
            journal.append(events)
    except NotSaved:
        return "refused"
    except Died:
        return "died"
    return "acknowledged"


def _append_and_check(
    tally: Tally, path: Path, before: list[Event], fresh: list[Event], disk: BrokenDisk
) -> None:
    where = f"{tally.fault}: call {disk.at} {disk.mode} after {disk.after}"
    outcome = _append(path, fresh, disk)
    present = tally.check(path, [*before, *(fresh if outcome == "acknowledged" else [])])
    there = [e for e in present if e in fresh]
    assert there in ([], fresh), f"{where}: a part of an append"
    assert [e for e in present if e not in fresh] == before, where
    assert verify(path).sound, where
    if outcome == "refused" and there:  # the new file has its name, but the folder would not sync
        assert disk.calls[disk.at] == 0, where
    tally.tried += 1


def break_declarations(folder: Path, step: int = 1) -> Tally:
    """A new incident appears with its first events or not at all, and the next one gets its own number."""
    tally = Tally("I/O faults: declare")
    healthy = BrokenDisk()
    _declare(folder / "healthy", healthy)
    for turn, disk in enumerate(_every_fault(healthy.calls, step)):
        home = folder / str(turn)
        acknowledged = _declare(home, disk)
        library = Library(home)
        for number in library.numbers():
            with closing(library.open(number)) as journal:
                assert len(journal.read()) == 2
                assert not journal.damage
        assert not acknowledged or library.numbers() == [NUMBER]
        tally.acknowledged += len(acknowledged)
        assert _declare(home, Disk())
        assert len(library.numbers()) in (1, 2)
        library.close()
        tally.tried += 1
    return tally


def _declare(home: Path, disk: Disk) -> list[Event]:
    events: list[Event] = []

    def first(number: str) -> list[Event]:
        events.extend([*first_events(number), event("declared")])
        return events

    with closing(Library(home, disk=disk)) as library:
        try:
            library.create(2026, first).close()
        except (NotSaved, Died):
            return []
    return events
