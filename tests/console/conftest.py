"""What every test of the console begins with: a home of its own, and a clock that stands still."""

import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

import pytest

from tests.console.seat import Clock, Seat, declared, front_desk, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk

_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
_OURS = ("WARROOM_THEME", "WARROOM_HOME", "WARROOM_INCIDENT")
_TERMINAL = ("NO_COLOR", "COLORFGBG", "TERM_PROGRAM", "TMUX", "STY")


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing of whoever runs the tests, nor of where."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for name in (*_OURS, *_LOCALE, *_TERMINAL):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("warroom.console.app._A_SLOW_DISK", 20.0)  # however busy the machine is
    monkeypatch.setenv("SSH_TTY", "/dev/pts/7")  # the clipboard of whoever runs the tests is left alone
    monkeypatch.chdir(tmp_path)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def front(tmp_path: Path, clock: Clock) -> Iterator[FrontDesk]:
    front = front_desk(tmp_path / "home", clock)
    yield front
    front.close()


@pytest.fixture
def desk(front: FrontDesk) -> Iterator[Desk]:
    """An incident that was just declared."""
    desk = declared(front)
    yield desk
    desk.close()


@pytest.fixture
async def seat(front: FrontDesk, clock: Clock, desk: Desk) -> AsyncIterator[Seat]:
    """The war room of an incident that was just declared."""
    async with seated(front, clock, desk.incident.number) as seat:
        yield seat
