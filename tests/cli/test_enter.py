"""What the console is opened with."""

import sys
from types import ModuleType
from typing import Any

import pytest

from tests.cli.conftest import Cli
from warroom.drills import Player
from warroom.settings import Settings

Opened = list[tuple[str | None, Player | None]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """A terminal, and a console that only notes what it was asked to open."""
    found: Opened = []

    def run(
        front: Any, number: str | None = None, *, player: Player | None = None, settings: Settings
    ) -> int:
        found.append((number, player))
        return 0

    app = ModuleType("warroom.console.app")
    app.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "warroom.console.app", app)
    for module in ("enter", "drill"):
        monkeypatch.setattr(f"warroom.cli.{module}.at_terminal", lambda: True)
    return found


def test_the_lobby_where_nothing_is_active(warroom: Cli, opened: Opened) -> None:
    warroom()
    warroom("declare", "drill", "--exercise")
    warroom()
    assert opened == [(None, None), (None, None)]


def test_the_one_active_incident(warroom: Cli, opened: Opened) -> None:
    number = warroom("declare", "one").stdout.strip()
    warroom()
    warroom("open")
    warroom("declare", "two")
    warroom()
    assert opened == [(number, None), (number, None), (None, None)]


def test_a_named_one(warroom: Cli, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (warroom("declare", title).stdout.strip() for title in ("one", "two"))
    warroom("open", first.lower())
    monkeypatch.setenv("WARROOM_INCIDENT", second)
    warroom("open")
    warroom()
    assert [number for number, _ in opened] == [first, second, second]
    assert "no incident" in warroom("open", "INC-1999-0001", code=1).stderr
    assert len(opened) == 3


def test_a_drill(warroom: Cli, opened: Opened) -> None:
    warroom("drill", "--speed", "120")
    ((number, player),) = opened
    assert player is not None
    assert not player.finished
    line = warroom("list", "--all").stdout
    assert number is not None
    assert all(word in line for word in (number, "exercise", "Production database is throwing errors"))
