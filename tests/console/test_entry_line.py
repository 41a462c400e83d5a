"""The entry line: always near, says what a line will be, loses nothing however fast or much it is given."""

import time

import pytest

from tests.console.seat import Clock, Seat, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import events as e


async def test_enter_logs_and_the_line_is_ready_for_the_next(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("Error rate 45 %", "enter")
    assert seat.line.value == ""
    assert seat.focus == "entry"
    await seat.types("still rising", "enter")
    assert [note.text for note in seat.facts(e.Noted)] == ["Error rate 45 %", "still rising"]


@pytest.mark.parametrize("pane", range(1, 7))
async def test_it_is_reached_from_every_pane_and_escape_leads_back(seat: Seat, pane: int) -> None:
    await seat.press(str(pane))
    there = seat.focus
    await seat.press("n")
    assert seat.focus == "entry"
    await seat.types("n z q ? : ] 1 x")
    assert seat.line.value == "n z q ? : ] 1 x"
    await seat.press("escape")
    assert seat.focus == there


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Error rate 45 %", "note · now"),
        ("14:05 batch job", "note · 14:05 UTC, 18 minutes ago"),
        ("-12m rolled back", "note · 14:11 UTC, 12 minutes ago"),
        ("@bob check web 3m", "assignment for @bob: check web · check back in 3 minutes"),
        ("todo monitor @sre fri", "action item: monitor · @sre · due Fri 2026-02-06"),
        ("error rate: 45% -> 5%", "metric error rate: 45% → 5%"),
        ("root cause: batch job", "root cause: batch job · now"),
    ],
)
async def test_what_a_line_will_be_is_said_while_it_is_typed(seat: Seat, typed: str, said: str) -> None:
    await seat.press("n")
    await seat.types(typed)
    assert seat.shows(said)


async def test_an_empty_line_logs_nothing(seat: Seat) -> None:
    before = len(seat.events)
    await seat.press("n")
    await seat.types("   ", "enter", "enter")
    assert len(seat.events) == before


async def test_escape_keeps_the_draft(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("half a thou", "escape")
    assert seat.line.value == "half a thou"
    await seat.press("n")
    await seat.types("ght", "enter")
    assert seat.facts(e.Noted)[0].text == "half a thought"


async def test_a_draft_survives_a_restart(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    key = f"draft {desk.incident.number}"
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("n")
        await seat.types("half a thought")
        await seat.until(lambda: front.recall(key) == "half a thought")
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("n")
        await seat.types("!", "enter")
        assert seat.facts(e.Noted)[0].text == "half a thought!"
        await seat.until(lambda: not front.recall(key))


async def test_several_pasted_lines_are_one_question_and_one_entry_each(seat: Seat) -> None:
    await seat.press("n")
    await seat.paste("14:01 first\n\n  14:02 second\r\nthird\n")
    assert seat.place == "Menu"
    assert seat.shows("Pasted: 3 lines", "Log 3 entries")
    await seat.press("y")
    assert [note.text for note in seat.facts(e.Noted)] == ["first", "second", "third"]
    assert seat.place == "WarRoom"


async def test_a_paste_can_be_declined(seat: Seat) -> None:
    await seat.press("n")
    await seat.paste("one\ntwo")
    await seat.press("escape")
    assert seat.facts(e.Noted) == []


async def test_one_pasted_line_is_typed(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("saw: ")
    await seat.paste("connection refused\n")
    assert seat.line.value == "saw: connection refused"
    assert seat.facts(e.Noted) == []


async def test_a_megabyte_is_pasted_logged_and_drawn_in_no_time(seat: Seat) -> None:
    await seat.press("n")
    began = time.monotonic()
    await seat.paste("x" * 1_000_000)
    assert seat.shows("Log one entry of 1,000,000 characters")
    await seat.press("y", "escape", "2", "G", "up", "down")
    assert seat.facts(e.Noted)[0].text == "x" * 1_000_000
    assert "more characters" in seat.pane("timeline")
    assert time.monotonic() - began < 10


async def test_a_whole_log_is_pasted(seat: Seat) -> None:
    await seat.press("n")
    await seat.paste("\n".join(f"line {n}" for n in range(1000)))
    assert seat.shows("Log 1,000 entries", "… and 992 more")
    await seat.press("y")
    assert len(seat.facts(e.Noted)) == 1000


# ── fast typing: everything arrives at once ────────────────────────────────────────────────────


async def test_a_note_and_the_next_acts_in_one_burst_lose_nothing(seat: Seat) -> None:
    seat.burst("n", *"error rate 45 %", "enter", *"rising", "enter", "escape", "d", "down", "enter", "1", "x")
    await seat.settled()
    assert [note.text for note in seat.facts(e.Noted)] == ["error rate 45 %", "rising"]
    assert seat.incident.severity == "SEV2"
    assert seat.focus == "checklist"
    assert seat.incident.done("1.1.1")


async def test_dialogs_in_one_burst_take_what_was_meant_for_them(seat: Seat) -> None:
    seat.burst(
        *"sthe bot does it", "enter", "t", "p", *"bob", "enter", *"apool alert @sre", "enter",
        *"]ono time", "enter", *"uiewe are on it", "enter", "escape", "P", "i", *"5000", "tab", *"2k",
        "enter", "m", "enter", *"to v41", "enter", "t", "enter", "j", "n", *"done", "enter",
    )  # fmt: skip
    await seat.settled()
    assert seat.incident.items["1.1.1"].text == "the bot does it"
    assert seat.incident.action_items[0].owner == "@sre"
    assert seat.incident.phase.number == 2
    assert seat.facts(e.UpdatePublished)[0].text.startswith("we are on it\n")
    assert seat.incident.impact.users == 5000
    assert seat.incident.impact.revenue_per_hour == 2000
    assert seat.incident.mitigations[0].note == "to v41"
    assert seat.incident.team["@bob"].joined_at
    assert seat.facts(e.Noted)[0].text == "done"
    assert seat.said == ["Logged as published to the responders; no more are owed."]


async def test_searching_the_palette_in_one_burst_runs_what_was_searched(seat: Seat) -> None:
    seat.burst(":", *"pinned", "escape", ":", *"rename", "enter", "end", *" now", "enter", "z")
    await seat.settled()
    assert not seat.incident.title.endswith(" now")
    seat.burst("Z")
    await seat.settled()
    assert seat.incident.title.endswith(" now")


async def test_keys_pressed_while_the_room_opens_are_meant_for_it(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        seat.burst("n", *"checkout is down", "enter", "n", *"first note", "enter", "escape", "d", "enter")
        await seat.settled()
        assert seat.incident.title == "checkout is down"
        assert seat.facts(e.Noted)[0].text == "first note"
        assert seat.incident.severity == "SEV1"
