"""Assignments: given with a time-box; at its end done, extended, reassigned, escalated or dropped."""

from datetime import timedelta

import pytest

from tests.console.seat import NARROW, Clock, Seat, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e

TASK = "check web latency"


@pytest.fixture
def desk(desk: Desk, clock: Clock) -> Desk:
    """Bob's time-box has run out two minutes ago, and nothing else is overdue."""
    desk.do(commands.assign_role, "maya", "Incident Commander")
    desk.do(commands.join, "bob")
    desk.do(commands.assign, "bob", TASK, timedelta(minutes=2))
    clock.step(minutes=4)
    return desk


def checked_back(seat: Seat) -> e.AssignmentCheckedBack:
    return seat.facts(e.AssignmentCheckedBack)[-1]


async def test_what_is_over_leads_to_the_question_what_became_of_it(seat: Seat) -> None:
    assert seat.shows(f"▲ check back: @bob {TASK} · 02:00 over")
    await seat.press("!")
    assert seat.shows(f"@bob {TASK}", "given 14:23 UTC · time-box 2 minutes · check-back 02:00 over")


@pytest.mark.parametrize(
    ("key", "outcome", "timebox"),
    [("d", "done", None), ("5", "extended", 5), ("1", "extended", 15), ("x", "dropped", None)],
)
async def test_one_key_says_it(seat: Seat, key: str, outcome: str, timebox: int | None) -> None:
    await seat.press("!", key)
    said = checked_back(seat)
    assert (said.outcome, said.timebox) == (outcome, timebox and timedelta(minutes=timebox))


async def test_it_is_extended_by_any_time(seat: Seat) -> None:
    await seat.press("!", "m")
    await seat.types("soon", "enter")
    assert seat.said == ["'soon' is no span such as 20m or 1h30m."]
    await seat.press("!", "m")
    await seat.answer("1h30m")
    assert checked_back(seat).timebox == timedelta(minutes=90)


async def test_what_was_found_is_kept(seat: Seat) -> None:
    await seat.press("!", "f")
    await seat.types("latency is normal", "enter")
    assert checked_back(seat).note == "latency is normal"
    assert "latency is normal" in seat.pane("timeline")


async def test_it_is_reassigned_and_the_time_box_begins_anew(seat: Seat) -> None:
    await seat.press("!", "r")
    await seat.types("carol", "enter")
    assert checked_back(seat).to == "@carol"
    assert f"→ @carol {TASK} 02:00" in seat.pane("team")


async def test_whoever_has_it_is_not_offered_again(seat: Seat) -> None:
    await seat.press("!", "r")
    assert seat.shows("@maya")
    assert not seat.shows("@bob is")


async def test_it_is_escalated(seat: Seat) -> None:
    await seat.press("!", "e")
    await seat.types("Database vendor", "enter")
    assert checked_back(seat).outcome == "escalated"
    assert seat.facts(e.EscalationRaised)[0].to == "Database vendor"


async def test_the_team_shows_everybody_with_what_they_are_on(seat: Seat) -> None:
    assert f"@bob joined 14:23 → {TASK} ▲ 02:00 over" in seat.pane("team")
    await seat.tick(seconds=1)
    assert "▲ 02:01 over" in seat.pane("team")


async def test_in_the_team_the_cursor_is_on_what_waits(seat: Seat) -> None:
    await seat.press("t", "y")
    assert checked_back(seat).outcome == "done"
    assert TASK not in seat.pane("team")


async def test_the_board_says_who_is_on_what_and_who_is_free(seat: Seat) -> None:
    await seat.press("B")
    assert seat.shows("Who is on what", f"@bob {TASK}", "▲ 02:00 over", "@maya free")
    await seat.press("enter", "d")
    assert checked_back(seat).outcome == "done"


async def test_from_the_board_somebody_who_is_free_gets_a_task(seat: Seat) -> None:
    await seat.press("B", "down", "enter")
    assert seat.shows("Assignment for @maya")
    await seat.types("call the vendor 10m")
    assert seat.shows("check back in 10 minutes")
    await seat.types("", "enter")
    assert seat.last == e.AssignmentGiven("@maya", "call the vendor", timedelta(minutes=10))


async def test_a_board_of_nobody_says_so(front: FrontDesk, clock: Clock) -> None:
    from tests.console.seat import declared

    empty = declared(front)
    async with seated(front, clock, empty.incident.number) as seat:
        await seat.press("B")
        assert seat.said == ["Nobody is responding yet, and nobody has a task."]
    empty.close()


async def test_a_narrow_screen_has_room_for_all_times_of_a_person(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    desk.do(commands.page, "dba")
    desk.do(commands.acknowledge_page, "dba")
    desk.do(commands.join, "dba")
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await seat.press("t")
        assert "paged 14:27 · ack 14:27 · joined 14:27" in seat.pane("team")
