"""Decisions that are recorded with what spoke against them, and verified when their time comes."""

from datetime import timedelta

import pytest

from tests.console.seat import NARROW, Clock, Seat, seated
from tests.console.test_saving import Broken
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Led, acknowledged and without updates to send, so that what is verified is due first."""
    desk.do(commands.assign_role, "maya", "Incident Commander")
    desk.do(commands.tick, "1.1.2")
    for audience in ("internal", "executive", "external"):
        desk.do(commands.set_cadence, audience, None)
    desk.do(commands.set_severity, "SEV3")
    return desk


async def test_one_key_and_a_few_words_are_a_decision(seat: Seat) -> None:
    await seat.press("D")
    await seat.types("fail over to the replica", "enter")
    assert seat.last == e.DecisionMade("fail over to the replica", owner="@maya")
    assert "fail over to the replica" in seat.pane("timeline")


async def test_all_that_is_to_be_said_about_it_has_its_line(seat: Seat) -> None:
    await seat.press("D")
    for text in ("fail over", "restart once more", "30 s of writes", "dba: the replica lags"):
        await seat.types(text, "tab")
    await seat.answer("bob")
    (made,) = seat.facts(e.DecisionMade)
    assert (made.decision, made.proposal, made.risk) == ("fail over", "restart once more", "30 s of writes")
    assert (made.objections, made.owner) == ("dba: the replica lags", "@bob")


async def test_a_decision_without_words_or_at_no_time_says_so(seat: Seat) -> None:
    await seat.press("D", "enter")
    assert seat.shows("what was decided?")
    await seat.types("fail over", *["tab"] * 5, *"teatime", "enter")
    assert seat.shows("this needs a time such as 10m")
    assert seat.focus == "verify"


async def test_whether_it_held_is_asked_for_when_its_time_comes(seat: Seat) -> None:
    await seat.press("D")
    await seat.types("fail over", *["tab"] * 5, *"10m", "enter")
    assert seat.facts(e.DecisionMade)[0].timebox == timedelta(minutes=10)
    await seat.tick(minutes=10)
    assert seat.shows("▲ verify: fail over · 00:00 over")
    await seat.press("!")
    assert seat.shows("Did it hold? fail over", "Decided: 14:23 UTC", "Owner: @maya")
    await seat.press("f")
    assert seat.facts(e.DecisionVerified)[0].verdict == "failed"
    assert not seat.shows("▲ verify")


async def test_decisions_stand_in_a_table_of_their_own(seat: Seat, clock: Clock) -> None:
    desk = seat.room.desk
    desk.do(commands.decide, "fail over", timebox=timedelta(minutes=10))
    desk.do(commands.decide, "block partners", risk="orders are lost")
    seat.room.show_incident()
    await seat.press("d", "left")
    assert "◆ fail over verify in 10:00" in seat.pane("decisions")
    assert "◆ block partners decided" in seat.pane("decisions")
    await seat.tick(minutes=11)
    assert "▲ verify" in seat.pane("decisions")
    await seat.press("enter", "h")
    assert "held" in seat.pane("decisions")
    await seat.press("down")
    await seat.press("enter")
    assert seat.place == "Menu"


async def test_the_table_says_how_to_begin_where_nothing_is_decided(seat: Seat) -> None:
    await seat.press("d", "left")
    assert "Nothing yet: D records a decision" in seat.pane("decisions")


async def test_a_mitigation_says_when_its_outcome_is_asked_for(seat: Seat) -> None:
    await seat.press("m", "enter")
    assert seat.shows("its outcome is asked for in 10 minutes")
    await seat.types("to v41 4m")
    assert seat.shows("its outcome is asked for in 4 minutes")
    await seat.types("", "enter")
    (started,) = seat.facts(e.MitigationStarted)
    assert (started.note, started.timebox) == ("to v41", timedelta(minutes=4))
    await seat.tick(minutes=4)
    assert seat.shows("▲ outcome of Rollback · 00:00 over")
    assert "▲ assess" in seat.pane("decisions")
    await seat.press("!", "p")
    assert seat.facts(e.MitigationAssessed)[0].outcome == "partial"


async def test_the_form_fits_a_small_screen(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await seat.press("D")
        assert seat.shows("Decision", "Strong objections", "Verify in", "enter saves all")


async def test_the_tables_names_are_shown_where_all_fit_and_else_the_one_and_its_place(seat: Seat) -> None:
    await seat.press("d")
    assert seat.shows("Decide ‹ Severity ›", "1 of 5")
    await seat.press("m")
    assert seat.shows("Decide ‹ Mitigation ›", "2 of 5")
    await seat.press("+")
    assert seat.shows("Severity Mitigation Escalate Fallback Decisions")


async def test_what_could_not_be_saved_is_in_the_form_again(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("D")
    await seat.types("fail over", *["tab"] * 2, *"30 s of writes", "enter")
    assert seat.shows("NOT SAVED")
    disk.full = False
    await seat.press("D", "enter")
    assert seat.facts(e.DecisionMade) == [e.DecisionMade("fail over", risk="30 s of writes", owner="@maya")]
