"""Fallback procedures: offered when their condition is known to be met, and not a second before."""

from datetime import datetime, timedelta

import pytest

from tests.incident.worlds import SEED, World, at
from warroom.incident import commands
from warroom.incident.fallbacks import Met, met, offered
from warroom.incident.matters import agenda, matters
from warroom.incident.playbook import Fallback

BY_CONDITION = {fallback.condition: fallback for fallback in SEED.fallbacks}
REGRESSION = BY_CONDITION["Fix causes regression"]
CAUSE = BY_CONDITION["Root cause unknown"]
UNREACHABLE = BY_CONDITION["Team unreachable"]


def due(world: World) -> dict[str, datetime]:
    return {m.text: m.due_at for m in agenda(world.incident) if m.kind == "fallback"}


def test_a_regression_offers_its_fallback_at_once_until_something_is_done() -> None:
    world = World(level="SEV2")
    world.do(5, commands.start_mitigation, "Scale")
    assert due(world) == {}
    world.do(9, commands.assess, "regressed")
    assert due(world) == {"Fix causes regression: Immediate rollback": at(9)}
    world.do(10, commands.invoke_fallback, "Fix causes regression")
    assert due(world) == {}
    world.undo()
    world.do(11, commands.start_mitigation, "Rollback")
    assert due(world) == {}


def test_a_second_regression_is_not_answered_by_what_was_done_about_the_first() -> None:
    world = World(level="SEV2")
    world.do(5, commands.start_mitigation, "Scale")
    world.do(9, commands.assess, "regressed")
    world.do(10, commands.invoke_fallback, "Fix causes regression")
    world.do(12, commands.start_mitigation, "Restart")
    world.do(14, commands.assess, "regressed")
    assert due(world) == {"Fix causes regression: Immediate rollback": at(14)}


def test_a_cause_that_stays_unknown_for_half_an_hour_of_looking_offers_to_stabilize() -> None:
    world = World(level="SEV2")
    world.do(20, commands.enter_phase, 4, "no time")
    assert due(world) == {"Root cause unknown: Stabilize first, investigate after": at(50)}
    (found,) = (m for m in matters(world.incident, at(49)) if m.kind == "fallback")
    assert not found.overdue(at(50) - timedelta(seconds=1))
    assert found.overdue(at(50))
    world.do(51, commands.record_finding, "root cause", "batch job")
    assert due(world) == {}
    world.do(52, commands.strike, world.last_id())  # it was not that
    assert due(world) == {"Root cause unknown: Stabilize first, investigate after": at(50)}


def test_nobody_looks_for_the_cause_outside_the_phase_that_does() -> None:
    world = World(level="SEV2")
    assert met(world.incident, CAUSE) is None
    world.do(20, commands.enter_phase, 5, "no time")
    assert met(world.incident, CAUSE) is None


def test_a_team_is_unreachable_when_a_page_or_an_escalation_stays_unanswered() -> None:
    world = World()
    world.do(4, commands.escalate, "VP")
    world.do(2, commands.page, "dba")
    assert met(world.incident, UNREACHABLE) == Met(at(2), at(7))
    world.do(8, commands.acknowledge_page, "dba")
    assert met(world.incident, UNREACHABLE) == Met(at(4), at(9))
    assert due(world) == {}  # it is offered where the answer is missing
    world.do(10, commands.invoke_fallback, "Team unreachable")
    assert offered(world.incident, UNREACHABLE) is None


@pytest.mark.parametrize(
    "condition", ["Monitoring unavailable", "Communication system down", "Coffee is out", "Because of cause"]
)
def test_what_only_people_can_see_is_chosen_and_never_offered(condition: str) -> None:
    world = World()
    world.do(1, commands.page, "dba")
    world.do(1, commands.start_mitigation, "Scale")
    world.do(2, commands.assess, "regressed")
    assert met(world.incident, Fallback(condition, "cope")) is None


def test_a_closed_incident_offers_nothing() -> None:
    world = World()
    world.do(1, commands.page, "dba")
    world.do(9, commands.close)
    assert met(world.incident, UNREACHABLE) is None
