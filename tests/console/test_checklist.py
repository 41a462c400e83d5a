"""The checklist: tick, skip, be led to the thing, and have doing it tick the action."""

import pytest

from tests.console.seat import Clock, Seat, seated
from warroom.console.checklist import Checklist
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e


async def test_space_ticks_and_unticks(seat: Seat) -> None:
    await seat.press("space")
    assert seat.incident.done("1.1.1")
    assert "☑ Receive alert" in seat.pane("checklist")
    await seat.press("space")
    assert not seat.incident.done("1.1.1")
    assert "☐ Receive alert" in seat.pane("checklist")


async def test_the_timer_action_is_ticked_by_declaring(seat: Seat) -> None:
    assert seat.incident.done("1.1.3")


async def test_skipping_asks_why_and_shows_it(seat: Seat) -> None:
    await seat.press("s")
    assert seat.place == "Ask"
    await seat.types("the bot does it", "enter")
    assert seat.last == e.Skipped("1.1.1", "the bot does it")
    assert seat.shows("☒ Receive alert notification · the bot does it")


async def test_skipping_without_a_reason_is_not_taken(seat: Seat) -> None:
    await seat.press("s", "enter")
    assert seat.place == "Ask"
    assert seat.shows("this needs words")
    await seat.press("escape")
    assert "1.1.1" not in seat.incident.items


async def test_what_is_settled_cannot_be_skipped_and_says_so(seat: Seat) -> None:
    await seat.press("space", "s")
    assert seat.place == "WarRoom"
    assert "settled already" in seat.said[-1]


async def test_tick_only_leads_nowhere(seat: Seat) -> None:
    await seat.at("1.2.4", "x")
    assert seat.place == "WarRoom"
    assert seat.focus == "checklist"
    assert seat.incident.done("1.2.4")
    assert seat.incident.severity is None


async def test_enter_on_a_plain_action_ticks_it_once(seat: Seat) -> None:
    await seat.press("enter", "enter")
    assert seat.incident.done("1.1.1")


async def test_an_output_is_recorded_with_what_it_is(seat: Seat) -> None:
    await seat.at("1.2.o1", "space")
    await seat.types("https://tickets/4711", "enter")
    assert seat.last == e.OutputRecorded("1.2.o1", "https://tickets/4711")
    assert "◆ Incident ticket: https://tickets/4711" in seat.pane("checklist")


async def test_phases_fold_and_unfold(seat: Seat) -> None:
    await seat.press("h")
    assert "Acknowledge Alert" not in seat.pane("checklist")
    await seat.press("l")
    assert "Acknowledge Alert" in seat.pane("checklist")
    await seat.press("G", "right")
    assert "Conduct Post-Mortem" in seat.pane("checklist")
    await seat.press("space")
    assert "Conduct Post-Mortem" not in seat.pane("checklist")


async def test_a_note_moves_nothing_under_the_cursor(seat: Seat) -> None:
    await seat.at("1.2.2")
    await seat.note("somebody else ticks meanwhile")
    row = seat.get(Checklist).current
    assert row is not None
    assert row.id == "1.2.2"


# item, the phase it is done in, what the screen shows, the keys that do the thing
LINKS = [
    ("1.2.4", 1, "decisions", ["enter"]),
    ("2.1.1", 2, "systems", [*"API, Dashboard", "enter"]),
    ("2.1.2", 2, "users", [*"5000", "enter"]),
    ("2.1.3", 2, "revenue", [*"2k", "enter"]),
    ("2.2.1", 2, "AskWho", [*"@oncall", "enter"]),
    ("2.2.2", 2, "AskWho", ["enter"]),
    ("2.2.3", 2, "AskWho", [*"@dba", "enter"]),
    ("3.2.1", 3, "decisions", ["enter", *"pool 100 to 200", "enter"]),
    ("3.2.4", 3, "Menu", ["i", "P"]),
    ("4.1.1", 4, "Ask", [*"a batch job", "enter"]),
    ("5.2.2", 5, "Menu", ["e", "P"]),
    ("5.2.3", 5, "Menu", ["r"]),
    ("6.1.2", 6, "Document", ["w", "enter", "escape"]),
    ("6.1.3", 6, "Ask", [*"no limit", "enter"]),
    ("6.1.4", 6, "Ask", [*"limit it", "enter"]),
    ("6.2.1", 6, "Ask", [*"add a limit", "enter"]),
]


@pytest.mark.parametrize(("item", "phase", "there", "keys"), LINKS, ids=lambda value: str(value)[:8])
async def test_an_action_leads_to_its_thing_and_doing_it_ticks_the_action(
    front: FrontDesk, clock: Clock, desk: Desk, item: str, phase: int, there: str, keys: list[str]
) -> None:
    if phase > 1:
        desk.do(commands.enter_phase, phase, "test")
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.at(item, "space")
        assert there in {seat.place, seat.focus}
        assert not seat.incident.done(item)
        seat.burst(*keys)
        await seat.settled()
        assert seat.incident.done(item)
        assert seat.place == "WarRoom"


async def test_a_strategy_that_an_action_names_is_started_from_there(seat: Seat) -> None:
    await seat.at("3.1.2", "enter")
    assert seat.shows("Mitigation: Scale", "When to use it: Capacity exhausted")
    await seat.types("connection pool 100 → 200", "enter")
    assert seat.facts(e.MitigationStarted)[0].note == "connection pool 100 → 200"
    assert seat.incident.done("3.1.2")


async def test_verify_improvement_asks_what_the_mitigation_did(seat: Seat) -> None:
    await seat.at("3.1.1", "enter", "enter")
    await seat.at("3.2.2", "space")
    assert seat.shows("What did it do? Rollback")
    await seat.press("e")
    assert seat.incident.done("3.2.2")


async def test_owners_and_deadlines_lead_to_the_action_items(seat: Seat) -> None:
    await seat.press("a")
    await seat.types("watch the pool", "enter")
    await seat.at("6.2.2", "space")
    assert seat.focus == "action-items"
    assert not seat.incident.done("6.2.2")
    await seat.press("enter")
    await seat.types(" @sre fri", "enter")
    assert seat.incident.done("6.2.2")
    assert seat.incident.done("6.2.3")
