"""Several people at one incident: what others do changes neither what a key acts on nor what it says."""

import asyncio
import threading
from datetime import timedelta

import pytest

from tests.console.seat import Clock, Seat, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e


async def test_the_cursor_stays_on_its_entry_when_an_earlier_one_comes_in(
    seat: Seat, desk: Desk, clock: Clock
) -> None:
    for text in ("one", "two", "three"):
        clock.step(minutes=1)
        desk.do(commands.note, text)
    await seat.until(lambda: seat.shows("three"))
    await seat.press("2", "up")
    desk.do_at(clock() - timedelta(minutes=2), commands.note, "earlier, entered late")
    await seat.until(lambda: seat.shows("entered late"))
    await seat.press("x")
    (struck,) = seat.incident.amended
    entry = seat.incident.timeline.find(struck)
    assert entry is not None
    assert entry.fact == e.Noted("two")


async def test_the_cursor_stays_on_its_row_when_a_mitigation_is_started(seat: Seat, desk: Desk) -> None:
    await seat.press("m", "down")
    desk.do(commands.start_mitigation, "Rollback")
    await seat.until(lambda: seat.incident.mitigations)
    await seat.press("enter")
    await seat.types("", "enter")
    assert [mitigation.strategy for mitigation in seat.incident.mitigations] == ["Rollback", "Scale"]


async def test_an_impact_that_others_assessed_meanwhile_stands(seat: Seat, desk: Desk) -> None:
    await seat.press("i")
    desk.do(commands.assess_impact, users=9000)
    await seat.until(lambda: seat.incident.impact.users)
    await seat.types("", "tab", "tab", "tab", "tab", "tab", *"checkout fails", "enter")
    assert (seat.incident.impact.users, seat.incident.impact.summary) == (9000, "checkout fails")


async def test_a_refused_rewording_is_not_offered_for_another_entry(seat: Seat) -> None:
    await seat.note("alpha")
    await seat.note("beta")
    await seat.press("2", "G", "E", "enter")
    assert "Nothing was changed." in seat.said
    await seat.press("escape", "2", "G", "k", "E", "enter")
    assert [note.text for note in seat.facts(e.Noted)] == ["alpha", "beta"]
    assert seat.facts(e.Edited) == []


@pytest.mark.parametrize("space", ["\u00a0", "👩\u200d💻"])
async def test_typing_on_behind_what_is_no_plain_letter_keeps_its_spaces(seat: Seat, space: str) -> None:
    await seat.press("n")
    await seat.paste(f"pool{space}size")
    await seat.types(" is 20 now", "enter")
    assert seat.facts(e.Noted)[0].text.endswith("size is 20 now")


async def test_a_note_may_hold_the_sign_for_enter(seat: Seat) -> None:
    await seat.press("n")
    await seat.paste("press ⏎ to go on")
    await seat.press("enter")
    assert [note.text for note in seat.facts(e.Noted)] == ["press ⏎ to go on"]


async def test_what_fails_after_the_room_was_left_is_said_and_waits_there(
    seat: Seat, front: FrontDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warroom.console.app._A_SLOW_DISK", 0.01)
    left = threading.Event()

    def fail(_: object) -> list[e.Event]:
        assert left.wait(20)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(seat.room.desk._journal, "append_next", fail)
    seat.burst("n", *"pool raised", "enter", "escape", "q")
    async with asyncio.timeout(20):
        while seat.place != "Lobby":
            await asyncio.sleep(0.01)
    left.set()
    await seat.settled()
    assert any("NOT SAVED" in said and "pool raised" in said for said in seat.said), seat.said
    async with seated(front, clock, "INC-2026-0001") as again:
        assert again.line.value.startswith("pool raised")


async def test_leaving_keeps_the_line_that_was_just_typed(seat: Seat, front: FrontDesk, clock: Clock) -> None:
    seat.burst("n", *"half a line")
    await seat.settled()
    seat.console.leave()
    await seat.console.writer.idle(20)
    async with seated(front, clock, "INC-2026-0001") as again:
        assert again.line.value == "half a line"
