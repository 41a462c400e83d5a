"""Severity by the table, mitigations and what they did, escalations, fallbacks."""

from datetime import timedelta

import pytest

from tests.console.seat import Clock, Seat, seated
from warroom.console.decisions import Decisions
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e


async def test_the_severity_is_classified_by_the_table(seat: Seat) -> None:
    await seat.press("d", "down", "enter")
    assert seat.incident.severity == "SEV2"
    assert seat.last == e.SeveritySet("SEV2", "Major feature down")
    assert seat.shows("▌SEV2▐")
    assert "✔ SEV2" in seat.pane("decisions")
    assert "SEV2 · Major feature down" in seat.pane("timeline")


async def test_the_same_severity_again_says_so(seat: Seat) -> None:
    await seat.press("d", "enter", "enter")
    assert seat.said == ["The severity is SEV1 already."]


async def test_the_table_can_be_changed_by_arrow_and_by_key(seat: Seat) -> None:
    await seat.press("d", "right")
    assert seat.get(Decisions).tab == "mitigation"
    await seat.press("h", "left")
    assert seat.get(Decisions).tab == "other"
    for key, tab in (("m", "mitigation"), ("e", "escalate"), ("b", "fallback"), ("d", "severity")):
        await seat.press("t", key)
        assert seat.get(Decisions).tab == tab
        assert seat.focus == "decisions"


async def test_the_row_under_the_cursor_says_when_to_use_it(seat: Seat) -> None:
    await seat.press("m")
    assert "Recent deployment caused" in seat.pane("decisions")
    await seat.press("down")
    assert "Capacity exhausted" in seat.pane("decisions")


async def test_strategies_without_a_row_are_offered_too(seat: Seat) -> None:
    await seat.press("m", "G")
    assert "Block" in seat.pane("decisions")
    await seat.press("enter", "enter")
    assert seat.facts(e.MitigationStarted)[0].strategy == "Block"


async def test_a_mitigation_is_started_with_what_exactly(seat: Seat) -> None:
    await seat.press("m", "down", "enter")
    await seat.types("connection pool 100 → 200", "enter")
    started = seat.facts(e.MitigationStarted)[0]
    assert started == e.MitigationStarted(
        "Scale", "Resource exhaustion", "connection pool 100 → 200", timedelta(minutes=10)
    )
    assert "▲ Scale: connection pool 100 → assess 200" in seat.pane("decisions")


@pytest.mark.parametrize(
    ("key", "outcome"), [("e", "effective"), ("p", "partial"), ("i", "ineffective"), ("r", "regressed")]
)
async def test_a_mitigation_is_assessed_by_one_key(seat: Seat, key: str, outcome: str) -> None:
    await seat.press("m", "enter", "enter")
    await seat.press("m", "enter")
    assert seat.shows("What did it do? Rollback")
    await seat.press(key)
    assert seat.facts(e.MitigationAssessed)[0].outcome == outcome
    assert outcome in seat.pane("decisions")


async def test_an_effective_mitigation_stops_the_unmitigated_clock(seat: Seat) -> None:
    await seat.tick(minutes=12)
    assert seat.shows("unmitigated 12:00")
    await seat.press("m", "enter", "enter", "m", "enter", "e")
    await seat.tick(minutes=1)
    assert not seat.shows("unmitigated")
    assert seat.shows("mitigated")


async def test_a_regression_offers_the_immediate_rollback(seat: Seat) -> None:
    await seat.press("m", "enter", "enter", "m", "enter", "r")
    assert seat.shows("Fix causes regression", "Immediate rollback")
    await seat.press("y")
    assert seat.last == e.FallbackInvoked("Fix causes regression", "Immediate rollback")
    assert seat.place == "WarRoom"


async def test_the_offer_after_a_regression_can_be_declined(seat: Seat) -> None:
    await seat.press("m", "enter", "enter", "m", "enter", "r", "escape")
    assert seat.facts(e.FallbackInvoked) == []
    assert seat.place == "WarRoom"


async def test_an_escalation_names_whom_and_asks_for_an_explicit_key(seat: Seat) -> None:
    await seat.press("e", "down", "enter")
    assert seat.shows("Escalate to Engineering Manager?")
    await seat.press("y")
    assert seat.last == e.EscalationRaised("Engineering Manager", "> 30 min unmitigated")
    await seat.press("e", "enter", "a")
    assert isinstance(seat.last, e.EscalationAcknowledged)
    assert "answered" in seat.pane("decisions")


async def test_an_escalation_that_is_due_stands_out_and_is_gone_to_by_one_key(seat: Seat) -> None:
    await seat.press("c", "enter")
    await seat.press("d", "down", "enter", "1")
    await seat.at("1.1.2", "space")
    await seat.tick(minutes=31)
    assert seat.shows("▲ escalate: Engineering Manager · 01:00 over")
    await seat.press("!")
    assert "▲ due" in seat.pane("decisions")
    assert seat.shows("Escalate to Engineering Manager?")
    await seat.press("escape")
    assert seat.focus == "decisions"


async def test_a_fallback_is_invoked_and_logged(seat: Seat) -> None:
    await seat.press("b", "enter")
    assert seat.last == e.FallbackInvoked("Monitoring unavailable", "Use manual checks")
    assert "14:23" in seat.pane("decisions")


async def test_nothing_is_mitigated_or_escalated_once_closed(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    desk.do(commands.close)
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("m", "e")
        assert seat.focus == "checklist"
        assert seat.said == [f"{desk.incident.number} is closed."] * 2
