"""What every test of the console begins with: a home of its own, and a clock that stands still."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

import pytest

from tests.console.seat import Clock, Seat, declared, front_desk, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of whoever runs the tests."""
    monkeypatch.setenv("TZ", "UTC")
    for name in ("NO_COLOR", "WARROOM_THEME", "WARROOM_HOME", "WARROOM_INCIDENT", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def front(tmp_path: Path, clock: Clock) -> FrontDesk:
    return front_desk(tmp_path / "home", clock)


@pytest.fixture
def desk(front: FrontDesk) -> Desk:
    """An incident that was just declared."""
    return declared(front)


@pytest.fixture
async def seat(front: FrontDesk, clock: Clock, desk: Desk) -> AsyncIterator[Seat]:
    """The war room of an incident that was just declared."""
    async with seated(front, clock, desk.incident.number) as seat:
        yield seat
