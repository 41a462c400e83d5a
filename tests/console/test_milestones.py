"""Milestones and durations: read with their definitions, corrected with their own time."""

from datetime import UTC, datetime

from tests.console.seat import NARROW, Clock, Seat, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import events as e
from warroom.incident import timing


async def test_what_is_missing_is_not_recorded_and_never_zero(seat: Seat) -> None:
    await seat.press("S")
    assert seat.shows("TTD not recorded time to detect, started → detected")
    assert seat.shows("duration not recorded declared → closed")
    assert seat.shows("started not recorded", "declared 2026-02-02 14:23:00 UTC")


async def test_durations_follow_from_the_milestones(seat: Seat) -> None:
    await seat.tick(minutes=30)
    for key, typed in (("1", "14:05"), ("2", "14:20"), ("5", "14:40")):
        await seat.press("S", key)
        await seat.types(typed, "enter")
    await seat.press("S")
    assert seat.shows("TTD 15 minutes", "TTM 35 minutes", "TTR not recorded")
    assert seat.shows("started 2026-02-02 14:05:00 UTC · set by hand")


async def test_what_a_time_will_be_is_said_while_it_is_typed(seat: Seat) -> None:
    await seat.press("S", "1")
    await seat.types("-12m")
    assert seat.shows("started at 2026-02-02 14:11 UTC")
    await seat.types("?")
    assert seat.shows("'-12m?' is no time such as 14:05 or -12m")


async def test_an_impossible_order_is_refused_with_the_reason(seat: Seat) -> None:
    await seat.press("S", "2")
    await seat.types("14:10", "enter")
    await seat.press("S", "1")
    await seat.types("14:20")
    reason = "It cannot be started at 2026-02-02 14:20 UTC, after it was detected at 2026-02-02 14:10 UTC."
    assert seat.shows("It cannot be started at 2026-02-02 14:20 UTC, after it was detected at")
    await seat.types("", "enter")
    assert seat.said == [reason]
    assert [stamped.milestone for stamped in seat.facts(e.MilestoneStamped)] == ["detected"]


async def test_a_milestone_is_corrected(seat: Seat) -> None:
    await seat.tick(minutes=10)
    for typed in ("14:05", "14:08"):
        await seat.press("S", "1")
        await seat.types(typed, "enter")
    assert timing.milestones(seat.incident)["started"] == datetime(2026, 2, 2, 14, 8, tzinfo=UTC)


async def test_all_of_it_fits_a_small_screen(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await seat.press("S")
        assert seat.shows("time to acknowledge, detected → acknowledged", "8 closed", "enter chooses")
