"""A total outage of forty minutes, by keys alone: each reminder when it should come, and none besides."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.terminal import quick
from tests.terminal.terminal import Terminal

BEGAN = datetime(2026, 2, 2, 14, 23, tzinfo=UTC).timestamp()
STEP = 10  # seconds of the incident from one look at the screen to the next
CLOSED, END = "44:00", "55:00"
_AWAY, _BACK = "\x1b[O", "\x1b[I"  # what a terminal says when its window is left and come back to

_OVERDUE = re.compile(r"▲ (.+) · (\d\d:\d\d) over((?: \+\d+)?) ")
_CALL = re.compile(rb"\x1b\]777;notify;INC-\d+-\d+ overdue;(.*?)\x1b\\")
_TERMINAL = {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm", "WARROOM_DESKTOP_NOTIFICATION": "true"}
_FRAME, _WHOLE = b"\x1b[?2026h", b"\x1b[?2026l"


class Act(NamedTuple):
    """What the commander presses when a minute comes, and what is to be seen of it."""

    keys: tuple[str, ...]
    seen: str


def act(*keys: str, seen: str) -> Act:
    """Keys, and what they bring about."""
    return Act(keys, seen)


# What the commander does, and when. Everything else is what the clock says.
SCRIPT: dict[str, list[Act]] = {
    "00:00": [act("n", "Checkout is down", "enter", seen="▌no severity▐")],
    "01:00": [act("d", "enter", seen="▌SEV1▐")],
    "01:30": [act("!", " ", seen="☑ Acknowledge incident")],
    "02:00": [act("!", "y", seen="raised 14:25")],
    "03:00": [act("t", "p", "dba", "enter", seen="@dba paged")],
    "05:30": [act("!", "enter", seen="IC @maya")],
    "06:30": [act("!", seen="(external)"), act("P", seen="✉ Status update (external)")],
    "07:30": [act("!", "a", seen="SEV1  answered")],
    "08:30": [act("!", "f", seen="↺ Fallback: Team")],
    "09:00": [act("t", "p", "dba-backup", "enter", seen="@dba-backup paged")],
    "09:30": [act("]", "o", "under way", "enter", seen="Phase 2: Triage")],
    "10:00": [
        act("m", "down", "enter", "pool 100 to 200 4m", "enter", seen="▲ Scale: pool"),
        act("n", "@bob check web latency 3m", "enter", seen="→ @bob check web latency"),
        act("@carol read the query log 5m", "enter", "esc", seen="→ @carol read the query log"),
    ],
    "11:30": [act("t", "down", "y", "y", seen="2 responding")],
    "13:30": [act("!", "5", seen="5 min")],
    "14:30": [
        act("!", "p", seen="Scale: partial"),
        act("n", "error rate: 45% -> 20%", "enter", "esc", seen="∆ error rate"),
    ],
    "15:30": [act(".", "5", seen="Snoozed")],
    "19:00": [act("!", "d", seen="done")],
    "21:30": [
        act("!", "r", "dave", "enter", seen="@dave"),
        act("!", seen="(executive)"),
        act("P", seen="✉ Status update (executive)"),
        act("!", seen="(internal)"),
        act("P", seen="✉ Status update (internal)"),
    ],
    "22:00": [
        act("D", seen="Strong objections"),
        act(
            "no failover yet",
            "tab",
            "tab",
            "tab",
            "tab",
            "tab",
            "3m",
            "enter",
            seen="◆ Decision: no failover yet",
        ),
    ],
    "24:00": [act("m", "g", "down", "down", "down", "enter", "web tier 4m", "enter", seen="▲ Restart: web")],
    "25:30": [act("!", "h", seen="held")],
    "27:00": [
        act("!", "f", "a batch job holds its connections", "enter", seen="→ @dave read the query log: done")
    ],
    "28:30": [
        act("!", "r", seen="The playbook has a fallback"),
        act("esc", seen="☐ Establish communication"),
    ],
    "29:00": [act("!", "y", seen="↺ Fallback: Fix")],
    "29:30": [act("m", "g", "down", "down", "enter", "release 4711 10m", "enter", seen="▲ Rollback: rel")],
    "30:30": [act("!", "y", seen="raised 14:53")],
    "33:00": [act("c", "bob", "enter", "o", seen="⇄ @bob?")],
    "36:00": [act("!", "n", seen="raised 14:59")],
    "37:00": [act("!", seen="(external)"), act("P", seen="15:00  ✉ Status update (external)")],
    "37:30": [act("e", "y", seen="VP answered")],
    "38:30": [act("!", "a", seen="IC @bob")],
    "40:00": [act("!", "e", seen="Rollback: effective")],
    "41:00": [act("]", "o", "under way", "enter", seen="Phase 3: Mitigation")],
    "42:00": [act("]", "o", "mitigated", "enter", seen="Phase 4: Resolution")],
    "43:00": [act("]", "o", "fixed", "enter", seen="Phase 5: Recovery")],
    "44:00": [act("C", "r", seen="closed: resolved")],
}

# What the command bar reminds of from when on, and how much else is overdue.
SHOWN = [
    ("01:00", "acknowledge +1"),
    ("01:30", "escalate: Engineering Manager, VP"),
    ("02:00", ""),
    ("05:00", "assign a commander"),
    ("05:30", ""),
    ("06:00", "external holding statement"),
    ("06:30", ""),
    ("07:00", "answer from Engineering Manager, VP, else E…"),
    ("07:30", ""),
    ("08:00", "answer from @dba, else Escalate to backup"),
    ("08:30", ""),
    ("13:00", "check back: @bob check web latency"),
    ("13:30", ""),
    ("14:00", "outcome of Scale"),
    ("14:30", ""),
    ("15:00", "check back: @carol read the query log"),
    ("15:30", ""),
    ("18:30", "check back: @bob check web latency"),
    ("19:00", ""),
    ("20:30", "check back: @carol read the query log"),
    ("21:00", "check back: @carol read the query log +2"),
    ("21:30", ""),
    ("25:00", "verify: no failover yet"),
    ("25:30", ""),
    ("26:30", "check back: @dave read the query log"),
    ("27:00", ""),
    ("28:00", "outcome of Restart"),
    ("28:30", "Fix causes regression: Immediate rollback"),
    ("29:00", ""),
    ("30:00", "escalate: Engineering Manager"),
    ("30:30", ""),
    ("35:30", "answer from Engineering Manager, else VP"),
    ("36:00", ""),
    ("36:30", "external update"),
    ("37:00", ""),
    ("38:00", "@bob to accept command"),
    ("38:30", ""),
    ("39:30", "outcome of Rollback"),
    ("40:00", ""),
]

# What the desktop is told while nobody looks: what the clock brings, and not what follows from a key.
CALLED = [
    ("05:00", "assign a commander"),
    ("06:00", "external holding statement"),
    ("07:00", "answer from Engineering Manager, VP, else Escalate to backup"),
    ("08:00", "answer from @dba, else Escalate to backup"),
    ("13:00", "check back: @bob check web latency"),
    ("14:00", "outcome of Scale"),
    ("15:00", "check back: @carol read the query log"),
    ("18:30", "check back: @bob check web latency"),
    ("20:30", "check back: @carol read the query log"),
    ("21:00", "executive update +1"),
    ("25:00", "verify: no failover yet"),
    ("26:30", "check back: @dave read the query log"),
    ("28:00", "outcome of Restart"),
    ("30:00", "escalate: Engineering Manager"),
    ("35:30", "answer from Engineering Manager, else VP"),
    ("36:30", "external update"),
    ("38:00", "@bob to accept command"),
    ("39:30", "outcome of Rollback"),
]


class Watched(Terminal):
    """A terminal with somebody before it who looks at the command bar, and sometimes elsewhere."""

    program = (sys.executable, quick.__file__)

    def __init__(self, home: Path) -> None:
        self._time, self._away = home / "clock", home / "away"
        self._time.touch()
        self._is("00:00")
        super().__init__(home, str(home), str(self._time), str(self._away), env=_TERMINAL)
        self.until(lambda: b"\x1b[?2026$p" in self.raw, "the question whether frames can be marked")
        self.press("\x1b[?2026;2$y")  # from now on it is known when a frame is whole

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        super()._until(lambda: self.is_whole() and holds(), what)

    def is_whole(self) -> bool:
        """Whether no frame is just being painted."""
        return self.raw.rfind(_WHOLE) >= self.raw.rfind(_FRAME)

    def does(self, *keys: str, seen: str) -> None:
        """Press keys, and wait for what they bring about."""
        assert seen not in self.text, f"{seen} is there before {keys}:\n{self.text}"
        self.press(*keys)
        self.sees(seen)

    @property
    def bar(self) -> str:
        """The line of the command bar that says what is due."""
        return self.text.split("\n")[1]

    def leaves(self) -> None:
        """Look at another window."""
        if not self._away.exists():
            self.press(_AWAY)
            self.until(self._away.exists, "the window left")

    def comes_back(self) -> None:
        """Look at this one again."""
        self.press(_BACK)
        self.until(lambda: not self._away.exists(), "the window come back to")

    def waits(self, clock: str) -> None:
        """Time goes by."""
        self._is(clock)
        utc = datetime.fromtimestamp(BEGAN + seconds(clock), UTC)
        stands = "■ closed" in self.bar  # the timer: the time of day goes on
        now = f"{utc:%H:%M} UTC" if stands else f"◷ 00:{clock} "
        self.until(lambda: now in self.text, clock)

    def _is(self, clock: str) -> None:
        now = BEGAN + seconds(clock)
        os.utime(self._time, (now, now))

    @property
    def reminder(self) -> str:
        """What the bar says is overdue, and how much else."""
        found = _OVERDUE.search(self.bar)
        return found[1] + found[3] if found else ""

    @property
    def calls(self) -> list[str]:
        """What the desktop was told."""
        return [call.decode() for call in _CALL.findall(self.raw)]


def seconds(clock: str) -> int:
    minute, second = clock.split(":")
    return int(minute) * 60 + int(second)


def clocks() -> Iterator[str]:
    """Each time at which the screen is looked at."""
    for second in (*range(0, seconds(CLOSED), STEP), *range(seconds(CLOSED), seconds(END) + 1, 60)):
        yield f"{second // 60:02}:{second % 60:02}"


def test_forty_minutes_of_a_total_outage(tmp_path: Path) -> None:
    shown: list[tuple[str, str]] = []
    called: list[tuple[str, str]] = []
    with Watched(tmp_path) as t:
        t.sees("No incident yet")
        for clock in clocks():
            if clock != "00:00":
                before = len(t.calls)
                t.leaves()
                t.waits(clock)
                called += [(clock, call) for call in t.calls[before:]]
                note(shown, clock, t.reminder)
            if clock in SCRIPT:
                t.comes_back()
                for keys, seen in SCRIPT[clock]:
                    t.does(*keys, seen=seen)
                t.waits(f"{clock[:-1]}1")  # a second more, in which what came of it is seen
                note(shown, clock, t.reminder)
        t.comes_back()
        t.does("w", seen="Post-mortem of")
        t.sees("Duration: 44 minutes")
    assert shown == SHOWN
    assert called == CALLED


def note(shown: list[tuple[str, str]], clock: str, reminder: str) -> None:
    """Write down what the bar reminds of where it changes."""
    if reminder != (shown[-1][1] if shown else ""):
        shown.append((clock, reminder))
