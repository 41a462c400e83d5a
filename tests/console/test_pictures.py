"""Pictures of every place, in every dress and at four sizes. Look at them when they change."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.console.seat import NARROW, TINY, WIDE, Clock, Seat, declared, front_desk
from warroom import drills
from warroom.console.app import Console
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused

Snap = Callable[..., bool]
Size = tuple[int, int]
HUGE = (300, 80)
# What is least to show all panes at once, what is wide, and what is smallest and largest of all.
_OTHER_SIZES = [TINY, (100, 28), (160, 50), HUGE]

SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x40", "80x24"])
DRESSES = pytest.mark.parametrize("dress", ["dark", "light", "no-colour"])

_PHASES = {
    "triage": 5,
    "mitigation": 16,
    "recovery": 41,
    "post-mortem": 60,
}  # minutes into the built-in drill


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def played(home: Path, minutes: int) -> Console:
    """The console at the built-in drill's incident, so many minutes after it was declared."""
    clock = Clock()
    front = front_desk(home, clock)
    script = drills.load(drills.find())
    desk = declared(front, script.title)
    began = clock.at
    player = drills.Player(script, speed=1, real=clock)
    for act in player.due(began + player.script.length):
        if act.at - began > timedelta(minutes=minutes):
            break
        clock.at = act.at
        done = desk.do_at(act.intention.at, act.intention.do)
        assert not isinstance(done, Refused), done.reason
    clock.at = began
    clock.step(minutes=minutes)
    return Console(front, desk.incident.number)


def dressed(monkeypatch: pytest.MonkeyPatch, dress: str) -> None:
    """Set the environment that a console of this dress starts in."""
    if dress == "no-colour":
        monkeypatch.setenv("NO_COLOR", "1")
    elif dress == "ascii":
        monkeypatch.setenv("LC_ALL", "C")
    else:
        monkeypatch.setenv("WARROOM_THEME", f"warroom-{dress}")


def pressing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Press keys, and wait until everything rests."""

    async def run(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app, Console)
        seat = Seat(pilot.app, pilot, Clock())
        await seat.settled()
        await seat.press(*keys)
        focused = pilot.app.screen.focused
        if focused is not None and hasattr(focused, "cursor_blink"):
            focused.cursor_blink = False

    return run


@SIZES
@DRESSES
@pytest.mark.parametrize("phase", ["triage", "mitigation", "recovery"])
def test_war_room(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, size: Size, dress: str, phase: str
) -> None:
    dressed(monkeypatch, dress)
    assert snap_compare(played(home, _PHASES[phase]), terminal_size=size, run_before=pressing("1"))


@SIZES
@pytest.mark.parametrize("dress", ["high-contrast", "colour-blind", "ansi", "ascii"])
def test_war_room_in_every_other_dress(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, size: Size, dress: str
) -> None:
    dressed(monkeypatch, dress)
    console = played(home, _PHASES["mitigation"])
    assert snap_compare(console, terminal_size=size, run_before=pressing("1", "j", "j"))


@SIZES
@DRESSES
def test_lobby(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, size: Size, dress: str
) -> None:
    dressed(monkeypatch, dress)
    console = played(home, 60)
    front: FrontDesk = console.front
    declared(front, "Checkout is down", "SEV1")
    declared(front, "Game day: lose a region", "SEV2", exercise=True)
    assert snap_compare(Console(front), terminal_size=size, run_before=pressing())


# What is seen most, in every other dress, and at the smallest and at a huge size.
_PLACES = {"room": ["1", "j", "j"], "dialog": ["]"], "document": ["w"], "lobby": ["q"]}


@SIZES
@pytest.mark.parametrize("dress", ["high-contrast", "colour-blind", "ansi", "ascii"])
@pytest.mark.parametrize("place", ["dialog", "document", "lobby"])
def test_every_other_dress(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, size: Size, dress: str, place: str
) -> None:
    dressed(monkeypatch, dress)
    console = played(home, _PHASES["mitigation"])
    assert snap_compare(console, terminal_size=size, run_before=pressing(*_PLACES[place]))


@pytest.mark.parametrize("size", [TINY, HUGE], ids=["40x12", "300x80"])
@pytest.mark.parametrize("place", _PLACES)
def test_the_smallest_and_a_huge_terminal(snap_compare: Snap, home: Path, size: Size, place: str) -> None:
    console = played(home, _PHASES["mitigation"])
    assert snap_compare(console, terminal_size=size, run_before=pressing(*_PLACES[place]))


@pytest.mark.parametrize("dress", ["light", "no-colour", "high-contrast", "colour-blind", "ansi", "ascii"])
def test_the_composer_in_every_dress(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, dress: str
) -> None:
    dressed(monkeypatch, dress)
    console = played(home, _PHASES["mitigation"])
    assert snap_compare(console, terminal_size=NARROW, run_before=pressing(*_DIALOGS["composer"]))


@pytest.mark.parametrize("dress", ["dark", "light"])
@pytest.mark.parametrize("size", _OTHER_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_room_at_every_other_size(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, size: Size, dress: str
) -> None:
    dressed(monkeypatch, dress)
    console = played(home, _PHASES["recovery"])
    assert snap_compare(console, terminal_size=size, run_before=pressing("2", "k", "k"))


@pytest.mark.parametrize("size", [TINY, NARROW], ids=["40x12", "80x24"])
def test_an_exercise(snap_compare: Snap, home: Path, size: Size) -> None:
    desk = declared(front_desk(home, Clock()), "Game day: lose a region", "SEV2", exercise=True)
    console = Console(front_desk(home, Clock()), desk.incident.number)
    assert snap_compare(console, terminal_size=size, run_before=pressing("1"))


@SIZES
@pytest.mark.parametrize("dress", ["light", "no-colour"])
def test_a_dialog_by_day_and_without_colour(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, size: Size, dress: str
) -> None:
    dressed(monkeypatch, dress)
    console = played(home, _PHASES["mitigation"])
    assert snap_compare(console, terminal_size=size, run_before=pressing(*_PLACES["dialog"]))


@SIZES
def test_an_empty_lobby(snap_compare: Snap, home: Path, size: Size) -> None:
    assert snap_compare(Console(front_desk(home, Clock())), terminal_size=size, run_before=pressing())


_DIALOGS = {
    "gate": ["]"], "impact": ["i"], "update": ["u"], "close": ["C"], "stamp": ["S"], "action-item": ["a"],
    "commander": ["c"], "skip": ["1", "j", "s"], "assess": ["m", "enter"], "entry": ["2", "enter"],
    "help": ["?"], "palette": [":"], "escalate": ["e", "enter"], "fallback": ["b"],
    "override": ["]", "o"], "strategy": ["m", "down", "enter"], "person": ["t", "enter"],
    "due": ["o"], "snooze": ["."], "composer": ["u", "i"], "rewording": ["u", "x", "e"], "figures": ["F"],
}  # fmt: skip


@SIZES
@pytest.mark.parametrize("dialog", _DIALOGS)
def test_dialog(snap_compare: Snap, home: Path, size: Size, dialog: str) -> None:
    keys = pressing(*_DIALOGS[dialog])
    assert snap_compare(played(home, _PHASES["mitigation"]), terminal_size=size, run_before=keys)


@SIZES
def test_declaring(snap_compare: Snap, home: Path, size: Size) -> None:
    assert snap_compare(Console(front_desk(home, Clock())), terminal_size=size, run_before=pressing("n"))


@SIZES
@DRESSES
def test_post_mortem(
    snap_compare: Snap, home: Path, monkeypatch: pytest.MonkeyPatch, size: Size, dress: str
) -> None:
    dressed(monkeypatch, dress)
    assert snap_compare(played(home, _PHASES["post-mortem"]), terminal_size=size, run_before=pressing("w"))
