"""A long incident: on the screen before it is read, whole a moment later, and never acted on before."""

import asyncio
import threading

import pytest

from tests.console.seat import Clock, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e
from warroom.store import sketch
from warroom.store.log import Journal


@pytest.fixture
def number(monkeypatch: pytest.MonkeyPatch, front: FrontDesk, desk: Desk) -> str:
    """An incident that counts as long, seen before, with a title that a glimpse cannot know."""
    monkeypatch.setattr(sketch, "LONG", 0)
    monkeypatch.setattr("warroom.store.log._SKETCH_EVERY", 0)
    number = desk.incident.number
    front.open(number, early=True).close()
    desk.do(commands.note, "since the glimpse")
    monkeypatch.setattr(sketch, "_brought_up_to_date", lambda _, found: found.incident)
    return number


class Gate:
    """Reading that waits until it is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = threading.Event()
        read = Journal.read

        def wait(journal: Journal) -> list[e.Event]:
            assert self.open.wait(20)
            return read(journal)

        monkeypatch.setattr(Journal, "read", wait)


async def test_it_is_shown_before_it_is_read_and_whole_after(
    front: FrontDesk, clock: Clock, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    async with seated(front, clock, number, wait=False) as seat:
        async with asyncio.timeout(20):
            while not seat.shows("throwing errors", "… reading", "1 Detection"):
                await asyncio.sleep(0.01)
        assert not seat.shows("since the glimpse")
        gate.open.set()
        await seat.until(lambda: seat.shows("since the glimpse"))
        assert seat.shows("✓ saved")


async def test_what_is_done_meanwhile_waits_for_its_turn(
    front: FrontDesk, clock: Clock, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    async with seated(front, clock, number, wait=False) as seat:
        seat.burst("n", *"before it was read", "enter", "escape", "z", "Z")
        gate.open.set()
        await seat.settled()
        assert [note.text for note in seat.facts(e.Noted)] == ["since the glimpse", "before it was read"]
        assert seat.shows("✓ saved")
