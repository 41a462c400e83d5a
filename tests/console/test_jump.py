"""Jump: labels over what is in view, and typing one goes there."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.console.seat import NARROW, TINY, WIDE, Clock, Seat, declared, seated
from warroom.console.checklist import Checklist
from warroom.console.decisions import Decisions
from warroom.console.incident_list import Incidents
from warroom.console.jump import Jump, labels
from warroom.front_desk import FrontDesk


@given(st.integers(0, 2000))
def test_labels_are_unlike_each_other_and_none_begins_another(count: int) -> None:
    found = labels(count)
    assert len(set(found)) == len(found) == count
    assert len({len(label) for label in found}) <= 1


def label_of(seat: Seat, pane: str, row: int) -> str:
    """The label that stands before a row."""
    screen = cast("Jump", seat.console.screen)
    return next(k for k, (p, r) in screen.targets.items() if (p.id, r) == (pane, row))


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_a_row_is_reached_by_its_label(seat: Seat, size: tuple[int, int]) -> None:
    await seat.pilot.resize_terminal(*size)
    await seat.press("1", "apostrophe")
    label = label_of(seat, "checklist", 3)
    assert seat.pane("checklist").count(label) >= 1
    await seat.press(*label)
    assert (seat.focus, seat.get(Checklist).cursor, seat.place) == ("checklist", 3, "WarRoom")


async def test_a_row_of_another_pane(seat: Seat) -> None:
    await seat.press("apostrophe")
    await seat.press(*label_of(seat, "decisions", 2))
    assert (seat.focus, seat.get(Decisions).cursor) == ("decisions", 2)
    await seat.press("enter")
    assert seat.severity == "SEV3"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_pane_is_reached_by_its_number(seat: Seat, size: tuple[int, int]) -> None:
    await seat.pilot.resize_terminal(*size)
    await seat.press("apostrophe", "5")
    assert (seat.focus, seat.place) == ("team", "WarRoom")


async def test_the_panes_say_their_numbers(seat: Seat) -> None:
    assert seat.get(Checklist).border_title == "1 Checklist"
    await seat.press("apostrophe", "escape")
    assert seat.get(Checklist).border_title == "1 Checklist"
    assert seat.place == "WarRoom"


@pytest.mark.parametrize("key", ["escape", "0", "enter"])
async def test_what_is_no_label_ends_it_and_does_nothing(seat: Seat, key: str) -> None:
    before = seat.events
    await seat.press("2", "apostrophe", key)
    assert (seat.place, seat.focus, seat.events) == ("WarRoom", "timeline", before)


async def test_typing_ahead_is_not_outrun(seat: Seat) -> None:
    await seat.press("apostrophe")
    label = label_of(seat, "checklist", 5)
    await seat.press("escape")
    seat.burst("apostrophe", *label, "down")
    await seat.settled()
    assert (seat.focus, seat.get(Checklist).cursor) == ("checklist", 6)


async def test_it_is_text_while_a_line_is_typed(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("can't pay")
    assert (seat.place, seat.line.value) == ("WarRoom", "can't pay")


async def test_an_incident_of_the_lobby(front: FrontDesk, clock: Clock) -> None:
    for title in ("one", "two", "three"):
        declared(front, title).close()
        clock.step(minutes=1)
    async with seated(front, clock) as seat:
        await seat.press("apostrophe", "d")
        current = seat.console.screen.query_one(Incidents).current
        assert current is not None
        assert current.title == "one"
