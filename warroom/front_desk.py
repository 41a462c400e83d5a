"""The front desk: every incident of a home folder, listed, declared and opened."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warroom.incident.events import Event, Noted
from warroom.incident.playbook import Playbook
from warroom.incident.text import printable
from warroom.stamp import Clock, Ids, Stamp, new_id, now
from warroom.store.index import Summary
from warroom.store.library import Library

if TYPE_CHECKING:
    from warroom.desk import Desk
    from warroom.incident.commands import Refused
    from warroom.incident.incident import Incident
    from warroom.incident.suggest import Offer
    from warroom.playbooks import Loaded, Shelf
    from warroom.store.repair import Report
    from warroom.store.transfer import Imported


__all__ = ["FrontDesk", "NotOne", "Summary", "summarise"]


class NotOne(Exception):
    """Which incident is meant is not clear: none is active, or several are and none was named."""

    def __init__(self, active: Sequence[Summary]) -> None:
        self.active = tuple(active)
        if active:
            names = "\n".join(f"  {summary.number}  {summary.title}" for summary in active)
            super().__init__(f"Several incidents are active; name one with -i:\n{names}")
        else:
            super().__init__("No incident is active. Declare one: warroom declare TITLE")


class _NotDeclared(Exception):
    def __init__(self, refused: "Refused") -> None:
        self.refused = refused


class FrontDesk:
    """Incidents by number. Whoever asks here gets a desk to work at."""

    def __init__(
        self,
        home: Path,
        by: str,
        *,
        playbook_folders: Sequence[Path] = (),
        clock: Clock = now,
        ids: Ids = new_id,
    ) -> None:
        self.home = home
        self._library = Library(home, summarise)
        self._stamp = Stamp(by, clock, ids)
        self._playbook_folders = tuple(playbook_folders)

    @property
    def by(self) -> str:
        """Who is working here."""
        return self._stamp.by

    def now(self) -> datetime:
        """The time by this house's clock, UTC."""
        return self._stamp.clock()

    def summaries(self) -> list[Summary]:
        """All incidents: active first, exercises behind real ones, then the latest first."""

        def rank(summary: Summary) -> tuple[bool, bool, datetime, str]:
            return (summary.status == "active", not summary.exercise, summary.declared_at, summary.number)

        return sorted(self._library.summaries(), key=rank, reverse=True)

    @property
    def unreadable(self) -> dict[str, str]:
        """Those that the last look at all incidents could not read: number → why."""
        return self._library.unreadable

    def the_one(self, *, finished_too: bool = False) -> str:
        """The number of the only active incident, or raise `NotOne`.

        When none is active, the only closed one with its post-mortem still open is meant; with
        `finished_too`, for verbs that only read, even the only one there is.
        """
        found = [summary for summary in self.summaries() if not summary.exercise]
        found = found or self.summaries()
        active = [summary for summary in found if summary.status == "active"]
        unfinished = [summary for summary in found if not summary.finished]
        for candidates in (active, unfinished, found if finished_too else []):
            if len(candidates) == 1:
                return candidates[0].number
            if candidates and candidates is active:
                raise NotOne(active)
        raise NotOne(())

    def declare(
        self,
        title: str,
        playbook: Playbook,
        *,
        level: str = "",
        exercise: bool = False,
        source: str = "",
        at: datetime | None = None,
        clock: Clock | None = None,
    ) -> "Desk | Refused":
        """Declare an incident under the next free number, and sit down at it.

        `source` is what the playbook was asked for by; a file is kept with its whole path.
        """
        from warroom.desk import Desk, declaration
        from warroom.incident.commands import Refused

        stamp = self._stamp_by(clock)
        source = self.source(source) if source else ""

        def first(number: str) -> Sequence[Event]:
            events = declaration(
                stamp, number, title, playbook, level=level, exercise=exercise, source=source, at=at
            )
            if isinstance(events, Refused):
                raise _NotDeclared(events)
            return events

        try:
            journal = self._library.create((at or stamp.clock()).year, first)
        except _NotDeclared as exc:
            return exc.refused
        return Desk(journal, stamp)

    def open(self, number: str, clock: Clock | None = None, *, early: bool = False) -> "Desk":
        """Sit down at an incident, with `early` before a long one is read, as `Desk` has it.

        Raises what the library raises when it is not there or unreadable.
        """
        from warroom.desk import Desk

        return Desk(self._library.open(number), self._stamp_by(clock), early=early)

    def glimpse(self, number: str) -> "Incident":
        """An incident as it is, to be looked at only; a long one without its log, which takes no time."""
        with closing(self.open(number, early=True)) as desk:
            return desk.incident

    def note(self, number: str, text: str, at: datetime | None = None) -> Event:
        """Log a note without reading the incident: it depends on nothing that is so, and changes nothing.

        So a note costs the same at the hundred-thousandth as at the tenth. Raises what `open` raises,
        and ValueError where there is nothing to log or it lies in the future.
        """
        text = printable(text)
        if reason := self._stamp.why_not(at) or ("" if text else "There is nothing to log."):
            raise ValueError(reason)
        with self._library.open(number) as journal:
            (event,) = self._stamp.events((Noted(text),), journal.clock, at)
            journal.append((event,))
        return event

    def _stamp_by(self, clock: Clock | None) -> Stamp:
        return Stamp(self.by, clock) if clock else self._stamp

    def close(self) -> None:
        """Let go of all files; desks let go of theirs."""
        self._library.close()

    # ── playbooks ──────────────────────────────────────────────────────────────────────────────

    def playbooks(self) -> list[str]:
        """The names of the playbooks at hand, the built-in one first."""
        return self._shelf.names()

    def offers(self) -> "list[Offer]":
        """Every playbook at hand, read, and those that cannot be with the reason."""
        return self._shelf.offers()

    def source(self, name: str) -> str:
        """How a playbook is found again from any folder."""
        return self._shelf.source(name)

    def edited(self, incident: "Incident") -> bool:
        """Whether an incident's playbook was edited since the last look; cheap, and safe on any thread."""
        return bool(incident.source) and self._shelf.edited(incident.source, incident.playbook)

    @cached_property
    def _shelf(self) -> "Shelf":
        from warroom.playbooks import Shelf

        return Shelf(self._playbook_folders)

    def playbook(self, name: str = "") -> "Loaded":
        """A playbook by name or path, by default the built-in one."""
        from warroom.playbooks import builtin, find, load

        return load(find(name, self._playbook_folders)) if name else builtin()

    def playbook_text(self, playbook: Playbook) -> str:
        """A playbook as Markdown, in the built-in one's format."""
        from warroom.playbooks import as_markdown

        return as_markdown(playbook)

    def excerpt(self, playbook: Playbook, place: str) -> str:
        """What stands at a place of a playbook, as Markdown."""
        from warroom.playbooks import excerpt

        return excerpt(playbook, place)

    def commands_in(self, markdown: str) -> list[str]:
        """The code blocks of a Markdown text."""
        from warroom.playbooks import commands_in

        return commands_in(markdown)

    # ── files ──────────────────────────────────────────────────────────────────────────────────

    def is_far_away(self) -> bool:
        """Whether the incidents lie on another machine's disk, where locks and syncs promise less."""
        from warroom.store.disk import is_network_filesystem

        return is_network_filesystem(self.home)

    def numbers(self) -> list[str]:
        """The numbers of all incidents, oldest first."""
        return self._library.numbers()

    def verify(self, number: str) -> "Report":
        """Check an incident's file; changes nothing."""
        from warroom.store.repair import verify

        return verify(self._file(number))

    def repair(self, number: str) -> "Report":
        """Put right what can be put right in an incident's file."""
        from warroom.store.repair import repair

        return repair(self._file(number))

    def _file(self, number: str) -> Path:
        self._library.open(number).close()  # says what there is, when there is no such incident
        return self._library.path(number.strip().upper())

    def export(self, number: str, target: Path) -> "Report":
        """Write a whole incident to a file."""
        return self._library.export(number, target)

    def take_in(self, source: Path, *, renumber: bool = False) -> "Imported":
        """Take an incident in from a file, or what is new in it."""
        return self._library.import_(source, renumber=renumber)

    # ── small state that can always be rebuilt: drafts, preferences ────────────────────────────

    def recall(self, key: str, default: Any = None) -> Any:
        """What was last remembered under a key."""
        return self._library.state.get(key, default)

    def recalled(self, beginning: str) -> dict[str, Any]:
        """All that is remembered under keys that begin so."""
        return self._library.state.all(beginning)

    def remember(self, key: str, value: Any) -> None:
        """Keep a small JSON value for the next time."""
        self._library.state.set(key, value)


def summarise(events: Sequence[Event]) -> Summary:
    """What the lobby shows of an incident."""
    from warroom.incident.evolve import replay

    incident = replay(events)
    return Summary(
        number=incident.number,
        title=incident.title,
        severity=incident.severity or "",
        phase=incident.phase.name,
        status=incident.status,
        exercise=incident.exercise,
        declared_at=incident.declared_at,
        closed_at=incident.closed_at,
        commander=incident.commander or "",
        events=len(events),
        updated_at=incident.last_event_at or incident.declared_at,
        finished=incident.finished,
    )
