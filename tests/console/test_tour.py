"""The tour: from the lobby over every pane of an invented incident, which is one's own in the end."""

import pytest

from tests.console.seat import NARROW, TINY, WIDE, Clock, declared, seated
from warroom.console.drill_line import DrillLine
from warroom.console.paned import PANES
from warroom.console.tour import _STOPS
from warroom.front_desk import FrontDesk


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_it_goes_round_the_panes_and_all_that_it_says_can_be_read(
    front: FrontDesk, clock: Clock, size: tuple[int, int]
) -> None:
    async with seated(front, clock, size=size) as seat:
        await seat.press("t")
        assert seat.incident.exercise
        shown = []
        for _ in _STOPS:
            assert seat.get(DrillLine).said[0]
            assert seat.drill_asks()
            shown.append(seat.focus)
            await seat.press("X")
        assert set(shown) == set(PANES)
        assert not seat.get(DrillLine).said[1].startswith("10/")


async def test_nothing_happens_while_one_looks_round_and_then_one_commands(
    front: FrontDesk, clock: Clock
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("t")
        before = len(seat.events)
        clock.step(minutes=1)
        seat.get(DrillLine).follow()
        await seat.settled()
        assert len(seat.events) == before
        await seat.press(*["X"] * len(_STOPS))
        assert "Tell them how things stand: u, choose internal" in seat.get(DrillLine).said[0]
        await seat.press("u", "i", "P")
        seat.get(DrillLine).follow()
        assert "choose external" in seat.get(DrillLine).said[0]
        await seat.press("q")
        assert seat.shows("A drill waits for you at 12/20", "1 exercise so far")


async def test_every_pane_but_one_has_something_to_show(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("t")
        assert [name for name in PANES if "yet" in seat.pane(name)] == ["action-items"]
        assert not seat.shows("overdue")


async def test_it_can_be_taken_later_on_from_any_palette(front: FrontDesk, clock: Clock) -> None:
    desk = declared(front)
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press(":", *"tour", "enter")
        assert seat.shows("An invented incident, in its middle.")
        await seat.press("q", "?", *"tour", "enter")
        assert seat.shows("An invented incident, in its middle.")
