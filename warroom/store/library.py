"""The folder of incidents: number, declare, list, open."""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from warroom.incident.events import Event
from warroom.store import codec, layout
from warroom.store.disk import DISK, Disk, make_private, write_fresh
from warroom.store.lock import SideLock
from warroom.store.log import Journal
from warroom.store.logfile import LogFile, not_saved

if TYPE_CHECKING:
    from warroom.store.index import Index, Summarise, Summary
    from warroom.store.repair import Report
    from warroom.store.state import State
    from warroom.store.transfer import Imported

NUMBER = re.compile(r"INC-([0-9]{4})-([0-9]{4,})")
_FILE = re.compile(rf"{NUMBER.pattern}\.json").fullmatch


class NoSuchIncident(KeyError):
    """There is no incident of this number."""

    def __init__(self, number: str, there: Sequence[str]) -> None:
        super().__init__(number)
        self.number = number
        self.there = tuple(there)

    def __str__(self) -> str:
        if not self.there:
            return f"there is no incident {self.number}: there is none at all yet"
        more = f" and {len(self.there) - 5} older ones" if len(self.there) > 5 else ""
        return f"there is no incident {self.number}; there is {', '.join(self.there[:-6:-1])}{more}"


class Library:
    """All incidents of one home folder. `summarise` makes the one line that a list shows of an incident."""

    def __init__(self, home: Path, summarise: "Summarise | None" = None, disk: Disk = DISK) -> None:
        self.home = home
        self.incidents = home / "incidents"
        self.unreadable: dict[str, str] = {}  # of the last listing: number → why
        self._summarise = summarise
        self._disk = disk
        self._lock = SideLock(home / "library.lock")

    # ── opening ────────────────────────────────────────────────────────────────────────────────

    def path(self, number: str) -> Path:
        """Where an incident's file is, or would be."""
        return self.incidents / f"{number}.json"

    def open(self, number: str) -> Journal:
        """An incident, by its number in any case."""
        number = number.strip().upper()
        if NUMBER.fullmatch(number):
            with suppress(FileNotFoundError):
                return Journal(self.path(number), self._disk, self.home / "sketches")
        raise NoSuchIncident(number, self.numbers())

    def create(self, year: int, first: Callable[[str], Sequence[Event]]) -> Journal:
        """A new incident with the next number of the year and the events that `first` makes for it.

        Its file appears with these events in it, or not at all. Raises `NotSaved`.
        """
        try:
            with self.allocating():
                number = self.next_number(year)
                documents = [codec.to_document(event) for event in first(number)]
                self.write_new(number, documents[0]["id"], codec.seal_all(documents, 1))
                return self.open(number)
        except OSError as error:
            raise not_saved(self.incidents, error) from error

    def allocating(self) -> AbstractContextManager[None]:
        """Nobody else takes a number meanwhile."""
        make_private(self.home)
        make_private(self.incidents)
        return self._lock.exclusive()

    def next_number(self, year: int) -> str:
        """The number after the year's highest. A lock file outlives its incident: none is given twice."""
        found = (NUMBER.match(name) for name in os.listdir(self.incidents))  # noqa: PTH208
        taken = (int(match[2]) for match in found if match and int(match[1]) == year)
        return f"INC-{year:04d}-{max(taken, default=0) + 1:04d}"

    def write_new(self, number: str, incident: str, lines: Sequence[bytes]) -> None:
        """Write the file of a new incident; raises FileExistsError if the number is taken."""
        text = layout.whole(layout.head(number, incident), lines)
        write_fresh(self.path(number), [text], self._disk, exclusive=True)
        with closing(LogFile(self.path(number), disk=self._disk)) as log, log.writing():
            log.settle()

    # ── moving ─────────────────────────────────────────────────────────────────────────────────

    def export(self, number: str, target: Path) -> "Report":
        """Write a whole incident to a file; see `transfer`."""
        from warroom.store.transfer import export

        return export(self, number, target)

    def import_(self, source: Path, *, renumber: bool = False) -> "Imported":
        """Take an incident in from a file, or what is new in it; see `transfer`."""
        from warroom.store.transfer import import_

        return import_(self, source, renumber=renumber)

    # ── listing ────────────────────────────────────────────────────────────────────────────────

    def numbers(self) -> list[str]:
        """The numbers of all incidents, oldest first."""
        return sorted(self._files(), key=_order)

    def summaries(self) -> "list[Summary]":
        """Every incident in one line, in no order. Those that cannot be read are in `unreadable`."""
        summaries = self._index.refresh(self._files())
        self.unreadable = self._index.unreadable
        return summaries

    def _files(self) -> dict[str, os.DirEntry[str]]:
        try:
            with os.scandir(self.incidents) as entries:
                return {name[:-5]: entry for entry in entries if _FILE(name := entry.name)}
        except FileNotFoundError:
            return {}

    @cached_property
    def _index(self) -> "Index":
        from warroom.store.index import Index

        if self._summarise is None:
            raise TypeError("this library was opened without a way to summarise incidents")
        return Index(self.home / "index.json", self._summarise)

    @cached_property
    def state(self) -> "State":
        """Small things to remember that are no incident's facts."""
        from warroom.store.state import State

        make_private(self.home)
        return State(self.home / "state.json")

    def close(self) -> None:
        """Let go of all files."""
        self._lock.close()
        if "state" in self.__dict__:
            self.state.close()


def _order(number: str) -> tuple[str, int, str]:
    """By year, then by number: a longer one is higher."""
    return number[:8], len(number), number
