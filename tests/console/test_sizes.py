"""Between 40 × 12 and 300 × 80 nothing overlaps, leaves the screen or becomes unreachable."""

from collections.abc import AsyncIterator, Iterator
from itertools import combinations
from pathlib import Path
from typing import cast

import pytest
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from tests.console.seat import NARROW, TINY, WIDE, Clock, Seat, declared, front_desk, seated
from tests.console.test_pictures import played
from warroom.console.dialogs import ChoiceList
from warroom.console.keys import Place
from warroom.console.pane import Pane
from warroom.console.paned import PANES
from warroom.desk import Desk
from warroom.front_desk import FrontDesk

SIZES = (
    (40, 12), (300, 12), (40, 80), (40, 24), (60, 16), (80, 24), (99, 40), (100, 27), (100, 28), (120, 40),
    (200, 50), (300, 80),
)  # fmt: skip

DIALOGS: dict[str, list[str]] = {
    "gate": ["]"], "override": ["]", "o"], "impact": ["i"], "update": ["u"], "close": ["C"],
    "stamp": ["S"], "action-item": ["a"], "commander": ["c"], "skip": ["1", "j", "s"],
    "assess": ["m", "enter"], "strategy": ["m", "down", "enter"], "entry": ["2", "enter"],
    "person": ["t", "enter"], "help": ["?"], "palette": [":"], "agenda": ["o"], "snooze": ["full_stop"],
    "search": ["2", "slash"],
}  # fmt: skip


@pytest.fixture
async def seat(tmp_path: Path) -> AsyncIterator[Seat]:
    """The built-in incident, a quarter of an hour old."""
    console = played(tmp_path / "home", 16)
    async with console.run_test(size=SIZES[-1], tooltips=False) as pilot:
        seat = Seat(console, pilot, Clock())
        await seat.settled()
        yield seat


async def resized(seat: Seat, size: tuple[int, int]) -> None:
    """Give the terminal another size."""
    await seat.pilot.resize_terminal(*size)
    await seat.settled()


# ── what holds at every size ───────────────────────────────────────────────────────────────────


def leaves(widget: Widget) -> Iterator[Widget]:
    """What is drawn: displayed widgets without others in them, and those that scroll as a whole."""
    shown = [child for child in widget.children if child.display and not child.has_class("-textual-system")]
    if not shown or (widget.is_scrollable and not widget.is_container):
        yield widget
        return
    if widget.allow_vertical_scroll:
        yield widget
        return
    for child in shown:
        yield from leaves(child)


def flaws(seat: Seat) -> list[str]:
    """What is wrong with how the screen is laid out."""
    screen = seat.console.screen
    whole = Region(0, 0, *seat.console.size)
    drawn = [widget for child in screen.children if child.display for widget in leaves(child)]
    drawn = [widget for widget in drawn if not widget.has_class("-textual-system")]
    found = [
        f"{widget} lies outside: {widget.region}"
        for widget in drawn
        if widget.region.area and not whole.contains_region(widget.region)
    ]
    for one, other in combinations(drawn, 2):
        if one.region.overlaps(other.region):
            found.append(f"{one} and {other} overlap: {one.region} {other.region}")
    return found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
async def test_every_pane_can_be_reached_and_nothing_overlaps(seat: Seat, size: tuple[int, int]) -> None:
    await resized(seat, size)
    for number, name in enumerate(PANES, 1):
        await seat.press(str(number))
        assert seat.focus == name
        pane = seat.room.query_one(f"#{name}", Pane)
        assert pane.content_size.height >= 2, (name, pane.region)
        assert pane.content_size.width >= 28, (name, pane.region)
        assert flaws(seat) == []
        await seat.press("plus")
        assert flaws(seat) == []
        await seat.press("plus")
    around = []
    for _ in PANES:
        await seat.press("tab")
        around.append(cast("Place", seat.focus))
    assert sorted(around) == sorted(PANES)
    await seat.press("n")
    assert seat.focus == "entry"
    assert seat.line.content_size.width >= 30
    assert flaws(seat) == []


async def test_the_smallest_screen_still_says_how_severe_it_is_and_what_is_due(seat: Seat) -> None:
    await resized(seat, SIZES[0])
    who, when = seat.text.splitlines()[:2]
    assert ("SEV2" in who, "in 06:00" in when, "saved" in when) == (True, True, True)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
async def test_every_row_of_every_pane_can_be_seen(seat: Seat, size: tuple[int, int]) -> None:
    await resized(seat, size)
    for number, name in enumerate(PANES, 1):
        await seat.press(str(number), "home")
        pane = seat.room.query_one(f"#{name}", Pane)
        for row in range(pane.count()):
            pane.go_to(row)
            assert row in {index for index, _ in pane.in_view()}, (name, row)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
async def test_every_dialog_fits_and_all_of_it_can_be_reached(seat: Seat, size: tuple[int, int]) -> None:
    await resized(seat, size)
    for name, keys in DIALOGS.items():
        await seat.press(*keys)
        assert len(seat.console.screen_stack) == 3, name
        assert flaws(seat) == [], name
        await reaches_all(seat, name)
        while len(seat.console.screen_stack) > 2:
            await seat.press("escape")


async def reaches_all(seat: Seat, name: str) -> None:
    """Go through all choices and all lines of a dialog, each of which must come into view."""
    screen = seat.console.screen
    whole = Region(0, 0, *seat.console.size)
    for choices in screen.query(ChoiceList):
        assert choices.content_size.height >= 1, name
        for row in range(choices.count()):
            choices.go_to(row)
            assert row in {index for index, _ in choices.in_view()}, (name, row)
            assert visible(choices, whole), name
    for line in screen.query(Input):
        line.focus()
        await seat.until(lambda line=line: visible(line, whole))  # type: ignore[misc]
        assert line.content_size.width >= 20, (name, line.id)


def visible(widget: Widget, whole: Region) -> bool:
    """Whether a widget is to be seen: inside of the screen and of all that is around it."""
    region = whole
    for around in reversed(list(widget.ancestors)):
        if isinstance(around, Widget) and around.region.area:
            region = region.intersection(around.region)
    return bool(widget.region.area) and region.contains_region(widget.region)


async def test_a_terminal_that_is_resized_while_one_works(seat: Seat) -> None:
    await seat.press("2", "n")
    await seat.types("half a line")
    for size in (*SIZES, *reversed(SIZES)):
        await resized(seat, size)
        assert flaws(seat) == [], size
        assert (seat.focus, seat.line.value) == ("entry", "half a line")
    await seat.press("escape")
    assert seat.focus == "timeline"
    await seat.press("colon")
    for size in SIZES:
        await resized(seat, size)
        assert flaws(seat) == [], size


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
async def test_lobby_welcome_menu_of_drills_and_declaration(tmp_path: Path, size: tuple[int, int]) -> None:
    from warroom.console.app import Console

    front = front_desk(tmp_path / "home", Clock())
    for _ in range(2):
        console = Console(front)
        async with console.run_test(size=size, tooltips=False) as pilot:
            seat = Seat(console, pilot, Clock())
            await seat.settled()
            assert flaws(seat) == []
            for key in ("x", "n", "question_mark", "colon"):
                await seat.press(key)
                assert len(console.screen_stack) == 3
                assert flaws(seat) == [], key
                await reaches_all(seat, key)
                await seat.press("escape")
        declared(front)


async def test_a_drill_at_every_size(tmp_path: Path) -> None:
    from warroom.console.app import Console

    console = Console(front_desk(tmp_path / "home", Clock()))
    async with console.run_test(size=SIZES[0], tooltips=False) as pilot:
        seat = Seat(console, pilot, Clock())
        await seat.settled()
        await seat.press("x", "1")
        for size in SIZES:
            await resized(seat, size)
            assert flaws(seat) == [], size
            await seat.press("1")
            assert seat.room.query_one("#checklist", Pane).content_size.height >= 3, size


async def test_rows_are_wrapped_anew_when_the_window_changes(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    said = "too-long-for-one-of-three-panes-and-short-enough-for-one-alone"
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("n", *said, "enter", "escape", "2")
        assert not seat.shows(said)
        for size, whole in ((NARROW, True), (TINY, False), ((200, 50), True), (WIDE, False), (NARROW, True)):
            await resized(seat, size)
            assert seat.shows(said) is whole, size
