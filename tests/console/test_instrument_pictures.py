"""Pictures of the instruments: whom to call, who is on what, what waits for a verdict, who takes over."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.console.seat import MONDAY, NARROW, WIDE, Clock, declared, front_desk
from tests.console.test_pictures import SIZES, Size, Snap, dressed, pressing
from warroom.console.app import Console
from warroom.incident import commands
from warroom.incident.commands import Refused

_ROSTER = """
[[person]]
handle = "@oncall-db"
name = "Dora Baker"
roles = ["Subject Matter Expert"]
contact = "+49 170 555 0100"

[[person]]
handle = "@carol"
name = "Carol Chen"
roles = ["Incident Commander", "Deputy"]
contact = "#ops-primary"
"""

_COURSE: tuple[tuple[Any, ...], ...] = (
    (1, commands.assign_role, "maya", "Incident Commander"),
    (1, commands.tick, "1.1.2"),
    (1, commands.set_severity, "SEV2"),
    (2, commands.page, "oncall-db"),
    (3, commands.acknowledge_page, "oncall-db"),
    (4, commands.join, "oncall-db"),
    (5, commands.assign_role, "bob", "Scribe"),
    (14, commands.page, "network-lead"),
    (15, commands.assign, "oncall-db", "look at the connection pool", timedelta(minutes=10)),
    (16, commands.start_mitigation, "Scale", "", "connection pool 100 → 200"),
    (21, commands.assign, "bob", "check web latency", timedelta(minutes=9)),
    (22, commands.escalate, "Engineering Manager", "> 30 min unmitigated"),
)

_SHOWN = {
    "team": ["t"],
    "page": ["t", "p", *"ca"],
    "board": ["B"],
    "check-back": ["B", "enter"],
    "decision": ["D"],
    "decisions": ["d", "left"],
    "verdict": ["d", "left", "enter"],
    "no-answer": ["e", "enter"],
    "offer": ["c", "enter"],
    "offered": ["c", "enter", "o", "t"],
    "milestones": ["S"],
    "milestone": ["S", "1", *"15:30"],
    "close": ["C"],
    "merge": ["C", "d"],
    "names": ["n", *"@o"],
}


def in_the_middle(home: Path) -> Console:
    """An incident half an hour old in which a good deal waits."""
    clock = Clock()
    front = front_desk(home, clock)
    config = front.home / "config"
    config.mkdir(parents=True)
    (config / "roster.toml").write_text(_ROSTER, encoding="utf-8")
    desk = declared(front)
    for minute, command, *said in _COURSE:
        clock.at = MONDAY + timedelta(minutes=minute)
        done = desk.do(command, *said)
        assert not isinstance(done, Refused), done.reason
    desk.do(commands.decide, "Fail over to the replica", risk="30 s of writes", timebox=timedelta(minutes=5))
    desk.do(commands.decide, "Keep partners blocked", owner="bob", timebox=timedelta(minutes=20))
    clock.at = MONDAY + timedelta(minutes=29)
    declared(front, "Checkout is slow")
    return Console(front, desk.incident.number)


@SIZES
@pytest.mark.parametrize("place", _SHOWN)
def test_instrument(snap_compare: Snap, tmp_path: Path, size: Size, place: str) -> None:
    keys = pressing(*_SHOWN[place])
    assert snap_compare(in_the_middle(tmp_path / "home"), terminal_size=size, run_before=keys)


@pytest.mark.parametrize("dress", ["light", "no-colour", "high-contrast", "colour-blind", "ansi", "ascii"])
@pytest.mark.parametrize("place", ["team", "decision"])
def test_instruments_in_every_dress(
    snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, dress: str
) -> None:
    dressed(monkeypatch, dress)
    size = WIDE if place == "team" else NARROW
    keys = pressing(*_SHOWN[place])
    assert snap_compare(in_the_middle(tmp_path / "home"), terminal_size=size, run_before=keys)
