"""Several copies of one incident that write, crash, meet and part.

The model of a file is a set of ids and a sort; that of a desk is the file, folded from the beginning.
"""

import shutil
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tinydb import TinyDB

from tests.faults.broken import BrokenDisk, Died
from tests.faults.work import NOW, NUMBER, assert_plain, event
from tests.incident.worlds import SEED, TITLE
from warroom.desk import Desk, Done, declaration
from warroom.incident import commands
from warroom.incident.commands import Refused
from warroom.incident.events import Event
from warroom.incident.evolve import replay
from warroom.stamp import Stamp
from warroom.store.library import Library
from warroom.store.log import Journal, NotSaved

COPIES = 3
copies = st.integers(0, COPIES - 1)
desks = st.integers(0, 1)
NAMES = ("@maya", "@bob")
_LATER = int(NOW.timestamp() * 1000) + 1  # nothing comes before the declaration


class Wall:
    """A clock that goes on with every look, from wherever somebody set it."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


class Replicas(RuleBasedStateMachine):
    """Each copy has two journals and two desks open beside each other, as four consoles would."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="warroom-replicas-"))
        self.libraries = [Library(self.folder / str(i)) for i in range(COPIES)]
        self.known: list[set[str]] = [set() for _ in range(COPIES)]  # what each copy must hold
        self.maybe: list[set[str]] = [
            set() for _ in range(COPIES)
        ]  # what it may: died before the acknowledgement
        self.seen: dict[tuple[int, int], set[str]] = {}  # what each console was told
        self.journals: dict[tuple[int, int], Journal] = {}
        self.desks: dict[tuple[int, int], Desk] = {}
        self.walls = [Wall() for _ in NAMES]

    @initialize()
    def declare(self) -> None:
        """One incident, then copies of it."""
        events: list[Event] = []

        def first(number: str) -> list[Event]:
            declared = declaration(Stamp("@maya", lambda: NOW), number, TITLE, SEED, level="SEV2")
            assert not isinstance(declared, Refused)
            events.extend(declared)
            return events

        self.libraries[0].create(2026, first).close()
        for copy in range(COPIES):
            if copy:
                self._merge(0, copy)
            self.known[copy] = {e.id for e in events}
            for console in range(2):
                self._open(copy, console)
                self._sit_down(copy, console)

    def _open(self, copy: int, console: int) -> None:
        journal = self.libraries[copy].open(NUMBER)
        self.journals[copy, console] = journal
        self.seen[copy, console] = {e.id for e in journal.read()}

    def _sit_down(self, copy: int, desk: int) -> None:
        stamp = Stamp(NAMES[desk], self.walls[desk])
        self.desks[copy, desk] = Desk(self.libraries[copy].open(NUMBER), stamp)

    def _merge(self, source: int, target: int) -> None:
        file = self.folder / "moved.json"
        self.libraries[source].export(NUMBER, file)
        self.libraries[target].import_(file)

    @rule(copy=copies, console=st.integers(0, 1), size=st.integers(1, 3), clock=st.integers(0, 99))
    def append(self, copy: int, console: int, size: int, clock: int) -> None:
        """Somebody writes; clocks are skewed at will."""
        events = [event("note", _LATER + clock) for _ in range(size)]
        others = self.journals[copy, console].append(events)
        ids = {e.id for e in events}
        self.known[copy] |= ids
        self._told(copy, console, others)
        self.seen[copy, console] |= ids

    @rule(copy=copies, console=st.integers(0, 1))
    def poll(self, copy: int, console: int) -> None:
        """A console looks; afterwards it has seen everything."""
        self._told(copy, console, self.journals[copy, console].poll())
        assert self.known[copy] <= self.seen[copy, console] <= self.known[copy] | self.maybe[copy]

    def _told(self, copy: int, console: int, events: list[Event]) -> None:
        ids = {e.id for e in events}
        assert not ids & self.seen[copy, console], "told twice"
        self.seen[copy, console] |= ids

    @rule(
        copy=copies,
        desk=desks,
        act=st.sampled_from(["note", "tick", "severity", "pin", "edit", "mitigate", "undo", "redo"]),
        skew=st.integers(-99, 99),
    )
    def act(self, copy: int, desk: int, act: str, skew: int) -> None:
        """Somebody at a desk does something, by a clock that was just set on or back."""
        self.walls[desk].at += timedelta(seconds=skew)
        here = self.desks[copy, desk]
        latest = here.incident.timeline[-1].id
        outcome = {
            "note": lambda: here.do(commands.note, "seen"),
            "tick": lambda: here.do(commands.toggle, "1.1.1"),
            "severity": lambda: here.do(commands.set_severity, "SEV1" if skew > 0 else "SEV3"),
            "pin": lambda: here.do(commands.toggle_pinned, latest),
            "edit": lambda: here.do(commands.edit, latest, f"reworded {skew}"),
            "mitigate": lambda: here.do(commands.start_mitigation, "Rollback"),
            "undo": here.undo,
            "redo": here.redo,
        }[act]()
        if isinstance(outcome, Done):
            self.known[copy] |= {e.id for e in outcome.events}
            self._is_the_file(copy, here)

    @rule(copy=copies, desk=desks)
    def look(self, copy: int, desk: int) -> None:
        """A desk takes in what others wrote."""
        self.desks[copy, desk].poll()
        self._is_the_file(copy, self.desks[copy, desk])

    def _is_the_file(self, copy: int, desk: Desk) -> None:
        """What a desk made of it bit by bit is what the whole file adds up to."""
        with closing(Journal(self.libraries[copy].path(NUMBER))) as journal:
            assert desk.incident == replay(journal.read())

    @rule(copy=copies, desk=desks)
    def stand_up(self, copy: int, desk: int) -> None:
        """Somebody leaves and comes back; what they did before can still be undone."""
        self.desks.pop((copy, desk)).close()
        self._sit_down(copy, desk)

    @rule(copy=copies, console=st.integers(0, 1))
    def reopen(self, copy: int, console: int) -> None:
        """A console is closed and opened again."""
        self.journals.pop((copy, console)).close()
        self._open(copy, console)

    @rule(
        copy=copies,
        size=st.integers(1, 3),
        at=st.integers(0, 2),
        after=st.integers(0, 900),
        dies=st.booleans(),
    )
    def crash(self, copy: int, size: int, at: int, after: int, dies: bool) -> None:
        """A third process writes on a failing disk."""
        events = [event("crash", _LATER + 5) for _ in range(size)]
        ids = {e.id for e in events}
        disk = BrokenDisk(at, after, "dies" if dies else "full")
        try:
            with closing(Journal(self.libraries[copy].path(NUMBER), disk)) as journal:
                journal.append(events)
            self.known[copy] |= ids
        except NotSaved:
            pass
        except Died:
            self.maybe[copy] |= ids

    @rule(copy=copies, into=copies)
    def merge(self, copy: int, into: int) -> None:
        """One copy's events come to another, any number of times."""
        self._merge(copy, into)
        self.known[into] |= self._held(copy)

    @rule(copy=copies)
    def rewrite(self, copy: int) -> None:
        """Plain TinyDB writes the file anew, where it can open it: no write was torn just before."""
        path = self.libraries[copy].path(NUMBER)
        self._told(copy, 0, self.journals[copy, 0].append([]))

        with TinyDB(path) as plain:
            plain.table("tags").insert({"plain": True})

    def _held(self, copy: int) -> set[str]:
        with closing(Journal(self.libraries[copy].path(NUMBER))) as journal:
            return {e.id for e in journal.read()}

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every copy holds what was acknowledged there and nothing that nobody wrote."""
        for copy, known in enumerate(self.known):
            if known:
                held = self._held(copy)
                assert known <= held <= known | self.maybe[copy]

    def teardown(self) -> None:
        """After everybody met, all copies are alike, in the same order."""
        for source in range(COPIES):
            for target in range(COPIES):
                self._merge(source, target)
        for source in range(COPIES):
            self._merge(source, 0)
        for target in range(COPIES):
            self._merge(0, target)
        orders, incidents = [], []
        for copy in range(COPIES):
            with closing(Journal(self.libraries[copy].path(NUMBER))) as journal:
                events = journal.read()
                journal.append([event("last", _LATER + 100)])
                assert_plain(journal.path, [e.id for e in journal.read()])
            orders.append([e.id for e in sorted(events, key=lambda e: e.order)])
            incidents.append(replay(events))
        assert all(order == orders[0] for order in orders)
        assert all(incident == incidents[0] for incident in incidents)
        for journal in self.journals.values():
            journal.close()
        for desk in self.desks.values():
            desk.close()
        for library in self.libraries:
            library.close()
        shutil.rmtree(self.folder)
