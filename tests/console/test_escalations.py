"""Escalations and fallback procedures: offered when their time has come, answered, passed on."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.console.seat import Clock, Seat
from warroom.console.decisions import Decisions
from warroom.desk import Desk
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Outcome, Refused

MANAGER = "Engineering Manager"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """SEV1 with a commander and everything told, so that the escalation is what is due first."""
    desk.do(commands.assign_role, "maya", "Incident Commander")
    desk.do(commands.tick, "1.1.2")
    desk.do(commands.set_severity, "SEV1")
    return desk


def elsewhere(seat: Seat, command: Callable[..., Outcome], *args: Any) -> None:
    """Something is done, and the console has seen it."""
    done = seat.room.desk.do(command, *args)
    assert not isinstance(done, Refused), done
    seat.room.show_incident()


async def test_a_trigger_that_becomes_true_is_offered(seat: Seat) -> None:
    assert seat.shows(f"▲ escalate: {MANAGER}, VP · 00:00 over")
    await seat.press("!")
    assert seat.shows(f"Escalate to {MANAGER}, VP?", "SEV1")
    await seat.press("y")
    assert seat.last == e.EscalationRaised(f"{MANAGER}, VP", "SEV1")


async def test_the_table_marks_what_is_due_and_raises_it_by_one_key(seat: Seat) -> None:
    await seat.press("e")
    assert "SEV1 ▲ due" in seat.pane("decisions")
    await seat.press("y")
    assert seat.last == e.EscalationRaised(f"{MANAGER}, VP", "SEV1")
    assert "raised 14:23" in seat.pane("decisions")
    await seat.press("y")
    assert isinstance(seat.last, e.EscalationAcknowledged)
    assert "answered" in seat.pane("decisions")


async def test_one_that_was_answered_can_be_raised_again(seat: Seat) -> None:
    await seat.press("e", "y", "y", "enter", "y")
    assert len(seat.facts(e.EscalationRaised)) == 2


async def test_when_nobody_answers_the_next_contact_is_offered(seat: Seat, clock: Clock) -> None:
    elsewhere(seat, commands.escalate, MANAGER, "SEV1")
    clock.step(minutes=4)
    await seat.press("e", "enter")
    assert seat.shows("raised 04:00 ago; the next contact is due in 01:00")
    await seat.press("escape")
    await seat.tick(minutes=1)
    assert "▲ no answer" in seat.pane("decisions")
    await seat.press("enter")
    assert seat.shows("raised 05:00 ago; nobody answered", "Next contact: VP was called")
    await seat.press("n")
    assert seat.last == e.EscalationRaised("VP", "SEV1", seat.incident.escalations[0].id)


async def test_the_table_opens_at_what_waits_for_an_answer(seat: Seat) -> None:
    elsewhere(seat, commands.escalate, MANAGER, "SEV1")
    elsewhere(seat, commands.acknowledge_escalation, seat.incident.escalations[0].id)
    elsewhere(seat, commands.escalate, "Customer Success", "Customer-facing")
    await seat.press("e", "y")
    assert seat.last == e.EscalationAcknowledged(seat.incident.escalations[1].id)


async def test_the_backup_is_the_fallback_for_a_team_that_nobody_reaches(seat: Seat) -> None:
    elsewhere(seat, commands.escalate, MANAGER, "SEV1")
    await seat.press("e", "enter", "f")
    assert seat.last == e.FallbackInvoked("Team unreachable", "Escalate to backup")


async def test_an_escalation_out_of_turn_is_listed(seat: Seat) -> None:
    elsewhere(seat, commands.escalate, "Database vendor", "a lock that only they can release")
    await seat.press("e")
    assert "a lock that only they can" in seat.pane("decisions")
    assert "→ Database vendor" in seat.pane("decisions")


async def test_a_fallback_whose_condition_is_met_is_marked_and_offered(seat: Seat, clock: Clock) -> None:
    elsewhere(seat, commands.start_mitigation, "Rollback")
    clock.step(minutes=1)
    elsewhere(seat, commands.assess, "regressed")
    await seat.tick()
    await seat.press("b")
    assert "Fix causes regression ▲ met" in seat.pane("decisions")
    await seat.press("enter")
    assert seat.last == e.FallbackInvoked("Fix causes regression", "Immediate rollback")
    assert "▲ met" not in seat.pane("decisions")


async def test_what_the_bar_says_of_a_fallback_leads_to_one_question(seat: Seat, clock: Clock) -> None:
    elsewhere(seat, commands.escalate, f"{MANAGER}, VP", "SEV1")
    elsewhere(seat, commands.acknowledge_escalation, seat.incident.escalations[0].id)
    for audience in ("internal", "executive", "external"):
        elsewhere(seat, commands.set_cadence, audience, None)
    elsewhere(seat, commands.start_mitigation, "Rollback")
    clock.step(minutes=1)
    elsewhere(seat, commands.assess, "regressed")
    await seat.tick()
    await seat.press("!")
    assert seat.shows("Fix causes regression", "Immediate rollback", "invoke the fallback procedure")
    await seat.press("y")
    assert seat.last == e.FallbackInvoked("Fix causes regression", "Immediate rollback")


async def test_a_condition_on_its_way_says_when(seat: Seat) -> None:
    elsewhere(seat, commands.enter_phase, 4, "the mitigation holds")
    await seat.press("b")
    assert seat.get(Decisions).tab == "fallback"
    assert "Root cause unknown in 30:00" in seat.pane("decisions")
