"""The gates between phases: what is open is listed, confirmed or overridden with a reason."""

from tests.console.seat import Clock, Seat, seated
from warroom.console.checklist import Checklist
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e


async def tick_phase(seat: Seat) -> None:
    """Tick all that is open in the current phase, without being led anywhere."""
    for item in seat.incident.open_actions(seat.incident.phase):
        await seat.at(item, "x")


async def test_a_gate_lists_what_is_open_and_cannot_be_confirmed(seat: Seat) -> None:
    await seat.press("]")
    assert seat.shows("Leave Detection for Triage?", "7 mandatory still open", "☐ 1.1.1 Receive alert")
    await seat.press("y")
    assert seat.place == "Menu"
    assert "7 mandatory still open" in seat.said
    assert seat.incident.phase.number == 1
    await seat.press("escape")
    assert seat.incident.phase.number == 1


async def test_a_gate_is_overridden_with_a_reason(seat: Seat) -> None:
    await seat.press("]", "o")
    await seat.types("no time", "enter")
    assert seat.incident.phase.number == 2
    entered = seat.facts(e.PhaseEntered)[-1]
    assert entered.override == "no time"
    assert len(entered.still_open) == 7
    assert "Phase 2: Triage · override with 7 open: no time" in seat.pane("timeline")


async def test_enter_in_a_blocked_gate_overrides_rather_than_confirms(seat: Seat) -> None:
    """The cursor is on the first choice that can be chosen, and it asks for words."""
    await seat.press("]", "enter")
    assert seat.place == "Ask"


async def test_a_gate_with_nothing_open_is_confirmed_by_one_key(seat: Seat) -> None:
    await tick_phase(seat)
    await seat.press("]", "y")
    assert seat.incident.phase.number == 2
    assert seat.incident.done("1.exit")
    assert seat.incident.done("2.entry")


async def test_entering_a_phase_unfolds_it_at_its_first_open_action(seat: Seat) -> None:
    await seat.press("]", "o")
    await seat.types("quick", "enter")
    row = seat.get(Checklist).current
    assert row is not None
    assert row.id == "2.1.1"
    assert "1.1 Acknowledge" not in seat.pane("checklist")


async def test_going_back_is_allowed_and_logged(seat: Seat) -> None:
    await seat.press("]", "o")
    await seat.types("quick", "enter")
    await seat.press("[")
    assert seat.incident.phase.number == 1
    assert [fact.phase for fact in seat.facts(e.PhaseEntered)][-2:] == [2, 1]


async def test_there_is_nothing_before_the_first_phase(seat: Seat) -> None:
    await seat.press("[")
    assert seat.said == ["This is the first phase."]


async def test_the_last_gate_confirms_that_the_post_mortem_is_complete(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    desk.do(commands.enter_phase, 6, "test")
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("]")
        assert seat.shows("Post-Mortem is the last phase", "☐ 6.1.1 Schedule blameless review")
        await seat.press("y")
        assert seat.incident.done("6.exit")
        await seat.press("]")
        assert seat.place == "WarRoom"
        assert len(seat.said) == 1


async def test_the_gate_tells_an_action_that_was_skipped_from_an_open_one(seat: Seat) -> None:
    await seat.press("s")
    await seat.types("the bot does it", "enter")
    await seat.press("]")
    assert seat.shows("6 mandatory still open")
    assert not seat.shows("☐ 1.1.1")
