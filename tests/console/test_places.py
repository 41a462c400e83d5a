"""Getting about: help, palette, greyed keys, escape, control-c, one pane or all, any size of terminal."""

import pytest
from textual.geometry import Region

from tests.console.seat import NARROW, TINY, WIDE, Clock, Seat, seated
from warroom.console.checklist import Checklist
from warroom.console.keys import KEYS, keys_of
from warroom.console.paned import PANES
from warroom.console.timeline import Timeline
from warroom.desk import Desk
from warroom.front_desk import FrontDesk


async def test_help_lists_the_keys_of_this_place_and_runs_one(seat: Seat) -> None:
    await seat.press("2", "?")
    assert "Go to the decision tables: severity first" in [
        key.does for key in KEYS if key.label in seat.choices
    ]
    assert {key.label for key in keys_of("timeline")} <= set(seat.choices)
    assert "tick only" not in seat.choices
    await seat.types("show all, the log", "enter")
    assert seat.get(Timeline).view == "log"


async def test_every_act_of_the_palette_can_be_run(seat: Seat) -> None:
    """None of them may crash, wherever it leads."""
    listed = [key for key in KEYS if key.place in {"room", *PANES} and key.id not in {"lobby", "palette"}]
    for key in listed:
        await seat.press(":")
        await seat.types(key.does, "enter")
        for _ in range(3):
            if seat.place != "WarRoom":
                await seat.press("escape")
        assert seat.place == "WarRoom", key.id


async def test_the_palette_finds_by_word_and_leads_to_the_pane(seat: Seat) -> None:
    await seat.press(":")
    await seat.types("person assignment", "enter")
    assert seat.place == "AskWho"  # nobody is there yet: whom to page
    await seat.press("escape")
    assert seat.focus == "team"


async def test_a_search_without_hits_chooses_nothing(seat: Seat) -> None:
    await seat.press(":")
    await seat.types("unicorn", "enter")
    assert seat.shows("Nothing matches.")
    assert seat.place == "Menu"


async def test_a_key_that_cannot_act_is_greyed_and_says_why(seat: Seat) -> None:
    await seat.press("?")
    await seat.types("undo")
    assert seat.shows("There is nothing of yours to undo.")
    await seat.press("enter")
    assert seat.said == ["There is nothing of yours to undo."]
    assert seat.place == "Menu"


async def test_escape_backs_out_one_level_and_never_quits(seat: Seat) -> None:
    await seat.press("n", "escape", *["escape"] * 5)
    assert seat.place == "WarRoom"
    for key in ("a", "i", "]", ":", "?", "u", "C", "S", "c", "w", "v"):
        await seat.press(key)
        assert seat.place != "WarRoom", key
        await seat.press("escape")
        assert seat.place == "WarRoom", key
    assert seat.console.is_running


async def test_ctrl_c_ends_nothing(seat: Seat) -> None:
    await seat.press("ctrl+c", "ctrl+c", "n", "ctrl+c", "escape", "a", "ctrl+c", "escape")
    assert seat.place == "WarRoom"
    assert seat.console.is_running


async def test_plus_enlarges_the_pane_that_has_the_focus_and_shows_all_again(seat: Seat) -> None:
    await seat.press("2", "+")
    assert seat.get(Timeline).size.width > 100
    assert not seat.get(Checklist).display
    await seat.press("1")
    assert seat.get(Checklist).size.width > 100
    await seat.press("escape")
    assert seat.get(Timeline).display
    await seat.press("+", "+")
    assert seat.get(Timeline).display


@pytest.mark.parametrize("pane", PANES)
async def test_every_pane_works_on_a_narrow_screen(
    front: FrontDesk, clock: Clock, desk: Desk, pane: str
) -> None:
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await seat.press(str(PANES.index(pane) + 1))
        assert_in_view(seat, NARROW)
        assert seat.shows("1 Checklist", "6 Impact")
        assert [name for name in PANES if seat.room.query_one(f"#{name}").region.height] == [pane]


async def test_any_size_in_any_order_keeps_the_focused_pane_in_view(seat: Seat) -> None:
    await seat.note("a note")
    for pane in range(1, 7):
        await seat.press(str(pane))
        for size in (NARROW, TINY, WIDE, TINY, NARROW, WIDE):
            await seat.pilot.resize_terminal(*size)
            await seat.settled()
            assert seat.focus == PANES[pane - 1]
            assert_in_view(seat, size)


async def test_dialogs_live_through_any_size(seat: Seat) -> None:
    for key in ("a", "i", "]", ":", "u", "C", "w", "S"):
        await seat.press(key)
        for size in (TINY, NARROW, WIDE):
            await seat.pilot.resize_terminal(*size)
            await seat.settled()
        await seat.press("escape")
        assert seat.place == "WarRoom"


async def test_a_tiny_screen_can_be_worked_on(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    async with seated(front, clock, desk.incident.number, TINY) as seat:
        await seat.note("from a phone")
        await seat.press("2")
        assert "from a phone" in seat.pane("timeline")
        await seat.press("d", "down", "enter", "i")
        await seat.types("5", "enter")
        assert seat.incident.severity == "SEV2"
        assert seat.incident.impact.users == 5


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (10, 4), (200, 5), (20, 60)])
async def test_no_size_is_too_odd(front: FrontDesk, clock: Clock, desk: Desk, size: tuple[int, int]) -> None:
    async with seated(front, clock, desk.incident.number, size) as seat:
        await seat.press("d", "m", "t", "2", "]", "escape", "i", "escape", "w", "escape", "+")
        await seat.note("still here")
        assert seat.place == "WarRoom"


def assert_in_view(seat: Seat, size: tuple[int, int]) -> None:
    """The pane that has the focus can be read, whole within the screen."""
    focused = seat.room.focused
    assert focused is not None
    assert focused.content_size.height > 0
    assert Region(0, 0, *size).contains_region(focused.region), (focused, focused.region)
