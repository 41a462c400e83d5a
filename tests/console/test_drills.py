"""Drills in the console: chosen from a menu, taken part in with hints, and left out of every list."""

from pathlib import Path

import pytest

from tests.console.seat import NARROW, TINY, WIDE, Clock, Seat, declared, front_desk, seated
from warroom.console.drill_line import DrillLine
from warroom.console.incident_list import Incidents
from warroom.console.welcome import Welcome
from warroom.drills import waiting
from warroom.front_desk import FrontDesk

MINE = """
title = "Checkout is down"
about = "Ten seconds of it."

[[step]]
at = "00:00:05"
inject = "log card payments are declined"
by = "@support"

[[step]]
at = "00:00:05"
do = "severity SEV1"

[[step]]
at = "00:00:10"
do = "log it burns"
"""


@pytest.fixture
def mine(front: FrontDesk) -> Path:
    """A drill of one's own."""
    folder = front.home / "config" / "drills"
    folder.mkdir(parents=True)
    path = folder / "a-checkout.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


async def goes_on(seat: Seat, seconds: float = 5) -> str:
    """Let the drill go on, and read what it says."""
    seat.clock.step(seconds=seconds)
    line = seat.get(DrillLine)
    for _ in range(6):
        line.follow()
        await seat.settled()
    return line.said[0]


async def test_the_menu_lists_every_drill_with_what_it_is_about(front: FrontDesk, mine: Path) -> None:
    async with seated(front, Clock()) as seat:
        await seat.press("x")
        assert seat.choices[0] == "Production database is throwing errors"
        assert set(seat.choices[1:]) == {
            "Checkout is down", "Customer records in a public bucket", "Region eu-west answers no request",
            "Only watch",
        }  # fmt: skip
        assert seat.shows("Ten seconds of it.", "1", "w")


async def test_a_broken_drill_is_greyed_and_says_why(front: FrontDesk, mine: Path) -> None:
    mine.write_text(MINE.replace("SEV1", "SEV1 and more"), encoding="utf-8")
    async with seated(front, Clock(), size=(200, 50)) as seat:
        await seat.press("x", "2")
        assert seat.place == "Menu"
        assert "a-checkout.toml:12: step 2" in seat.said[-1]


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_hints_lead_through_a_drill(
    front: FrontDesk, clock: Clock, mine: Path, size: tuple[int, int]
) -> None:
    async with seated(front, clock, size=size) as seat:
        await seat.press("x", "2")
        assert seat.incident.exercise
        assert "Classify the severity: d, go to" in await goes_on(seat)
        assert seat.shows("Classify the severity: d")
        assert seat.events[-1].by == "@support"
        await seat.press("d", "enter")
        assert "press n" in (await goes_on(seat)) or "n, type “it burns”" in seat.get(DrillLine).said[0]
        await seat.note("it burns, and how")
        assert "The drill is over. W says" in await goes_on(seat)
        await seat.press("W")
        assert seat.shows("What was late")


async def test_what_is_asked_for_can_be_left_to_the_drill(front: FrontDesk, clock: Clock, mine: Path) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "2")
        await goes_on(seat)
        await seat.press("X")
        assert seat.severity == "SEV1"
        await goes_on(seat)
        await seat.press("z")  # it counts as one's own, and can be taken back
        assert seat.incident.timeline[-1].by != "@support" or not seat.severity


async def test_undo_takes_back_ones_own_acts_and_never_those_of_others(
    front: FrontDesk, clock: Clock, mine: Path
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "2")
        await goes_on(seat)
        await seat.press("z")
        assert seat.shows("card payments are declined")


async def test_a_watched_drill_plays_itself(front: FrontDesk, clock: Clock, mine: Path) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "w", "2")
        await goes_on(seat, 1)
        assert seat.severity == "SEV1"
        assert seat.shows("it burns", "The drill is over")
        await seat.press("X")
        assert seat.said[-1] == "No drill asks for anything now."


# ── left, and gone on with ─────────────────────────────────────────────────────────────────────


async def test_a_drill_waits_in_the_lobby_and_its_clock_stands_still(
    front: FrontDesk, clock: Clock, mine: Path
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "2")
        await goes_on(seat)
        await seat.press("d", "enter")
        await goes_on(seat, 1)
        left_at = seat.room.desk.now()
        await seat.press("q")
        assert seat.place == "Lobby"
        assert seat.shows("A drill waits for you at 1/2: x goes on with it.")
        clock.step(hours=5)
        await seat.press("e")
        assert seat.shows("drill 1/2 · waits")
        await seat.press("enter")
        assert seat.room.desk.now() == left_at
        assert seat.said[-1].startswith("The drill goes on where it was left, at 1/2.")
        assert "“it burns”" in await goes_on(seat)


async def test_a_drill_goes_on_in_another_console_the_next_day(
    front: FrontDesk, clock: Clock, mine: Path
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "2")
        await goes_on(seat)
    clock.step(days=1)
    async with seated(front, clock) as seat:
        await seat.press("x")
        assert seat.choices[0] == "Go on with INC-2026-0001"
        await seat.press("g")
        assert "Classify the severity" in await goes_on(seat, 1)
        assert not seat.shows("overdue")
        await seat.press("d", "enter")
        assert "“it burns”" in await goes_on(seat)
        await seat.note("it burns")
        assert "The drill is over" in await goes_on(seat)
        assert sum("card payments" in str(event.fact) for event in seat.events) == 1
        await seat.press("q", "x")
        assert "Go on with INC-2026-0001" not in seat.choices


async def test_a_console_that_is_killed_has_kept_how_far_the_drill_was(
    front: FrontDesk, clock: Clock, mine: Path
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "2")
        await goes_on(seat)
        assert waiting(front) == {"INC-2026-0001": "0/2"}
        await seat.press("d", "enter")
        await goes_on(seat, 1)
        assert waiting(front) == {"INC-2026-0001": "1/2"}


async def test_a_drill_whose_script_is_gone_is_read_like_any_incident(
    front: FrontDesk, clock: Clock, mine: Path
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "2")
        await goes_on(seat)
        await seat.press("q")
        mine.unlink()
        await seat.press("e", "enter")
        assert seat.place == "WarRoom"
        assert "no such drill" in seat.said[-1]
        assert not seat.get(DrillLine).display


# ── what it asks for is in view, and says what to press ────────────────────────────────────────


async def test_a_key_that_would_be_text_is_not_asked_for_before_the_line_is_left(
    front: FrontDesk, clock: Clock, mine: Path
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "2", "n")
        assert (await goes_on(seat)).startswith("esc leaves the line. Classify")
        await seat.press("escape", "d", "enter", "n")
        assert await goes_on(seat) == "Log it: type “it burns”, enter"


async def test_what_others_did_is_said_where_the_timeline_may_be_hidden(
    front: FrontDesk, clock: Clock, mine: Path
) -> None:
    async with seated(front, clock, size=NARROW) as seat:
        await seat.press("x", "2")
        await goes_on(seat)
        assert seat.pane("drill").startswith(" 14:22 @support card payments are declined DRILL Classify")


async def test_nothing_opens_over_what_is_asked_for(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock, size=NARROW) as seat:
        await seat.press("x", "1")
        await goes_on(seat)
        assert seat.said
        assert seat.drill_asks()
        await seat.press("i")
        assert seat.place == "Form"
        assert seat.drill_asks()
        await seat.press("escape", "q")
        assert not seat.console.has_class("-drill")


async def test_the_panes_stand_still_while_the_hints_change(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock, size=NARROW) as seat:
        await seat.press("x", "1")
        heights = set()
        for _ in range(12):
            await goes_on(seat)
            heights.add(seat.get(DrillLine).size.height)
            await seat.press("X")
        assert heights == {3}


# ── an exercise is marked, and counts nowhere ──────────────────────────────────────────────────


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_an_exercise_has_a_banner_and_a_real_incident_none(
    front: FrontDesk, clock: Clock, size: tuple[int, int]
) -> None:
    drill, real = declared(front, exercise=True), declared(front)
    for desk, shown in ((drill, True), (real, False)):
        async with seated(front, clock, desk.incident.number, size) as seat:
            assert ("EXERCISE" in seat.text) is shown


async def test_the_lobby_leaves_exercises_out_until_asked(front: FrontDesk, clock: Clock) -> None:
    declared(front, "a fire drill", exercise=True)
    declared(front, "a real fire")
    async with seated(front, clock) as seat:
        assert seat.shows("a real fire", "1 active", "1 exercise: e")
        assert not seat.shows("a fire drill")
        await seat.press("e")
        assert seat.shows("a fire drill", "2 active")
    async with seated(front, clock) as seat:
        assert seat.shows("a fire drill")  # as it was left
        await seat.press("e")
        assert not seat.shows("a fire drill")


# ── the first run ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_an_empty_lobby_says_what_to_press(tmp_path: Path, size: tuple[int, int]) -> None:
    front = front_desk(tmp_path / "other", Clock())
    async with seated(front, Clock(), size=size) as seat:
        assert seat.shows(
            "t Take the tour", "x Learn it in a drill", "n Declare an incident", "? See the keys"
        )
        await seat.press("x")
        assert seat.place == "Menu"
        await seat.press("escape", "n")
        assert seat.place == "Declaration"


async def test_a_lobby_of_exercises_alone_teaches_and_says_how_to_see_them(
    front: FrontDesk, clock: Clock
) -> None:
    declared(front, exercise=True)
    async with seated(front, clock) as seat:
        assert seat.console.screen.query_one(Welcome).display
        assert seat.shows("1 exercise so far: e lists them.")
        await seat.press("e")
        assert seat.console.screen.query_one(Incidents).has_focus
        await seat.press("enter")
        assert seat.place == "WarRoom"
