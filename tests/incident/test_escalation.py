"""Escalation: when triggers become true, to the second, and whom to call when nobody answers."""

from datetime import timedelta

import pytest

from tests.incident.worlds import SEED, World, at, minutes
from warroom.incident import commands
from warroom.incident.escalation import contacts, escalation_due, next_contact, raised, unmitigated_limit
from warroom.incident.matters import agenda, matters
from warroom.incident.playbook import EscalationPath

SEV1, UNMITIGATED, CUSTOMERS, BREACH = SEED.escalations


@pytest.mark.parametrize(
    ("trigger", "limit"),
    [
        ("> 30 min unmitigated", minutes(30)),
        ("30m unmitigated", minutes(30)),
        ("Unmitigated for more than 2 hours", minutes(120)),
        ("not mitigated within 1 hour", minutes(60)),
        ("0 min unmitigated", minutes(0)),
        ("unmitigated", None),
        ("after 30 min", None),
        ("99999999999999999999 min unmitigated", None),
        ("SEV1", None),
    ],
)
def test_the_time_in_a_trigger(trigger: str, limit: timedelta | None) -> None:
    assert unmitigated_limit(EscalationPath(trigger, "somebody")) == limit


def test_the_thirty_minute_rule_runs_on_the_clock_of_the_impact() -> None:
    world = World()
    assert escalation_due(world.incident, UNMITIGATED) == at(30)
    world.do(-10, commands.stamp, "started")
    assert escalation_due(world.incident, UNMITIGATED) == at(20)
    world.do(15, commands.stamp, "mitigated")
    assert escalation_due(world.incident, UNMITIGATED) is None


def test_a_severity_triggers_from_when_it_came_into_force() -> None:
    world = World(level="SEV2")
    assert escalation_due(world.incident, SEV1) is None
    world.do(5, commands.set_severity, "SEV1")
    assert escalation_due(world.incident, SEV1) == at(5)
    world.do(10, commands.set_severity, "SEV3")
    assert escalation_due(world.incident, SEV1) is None
    world.do(20, commands.set_severity, "SEV1")
    assert escalation_due(world.incident, SEV1) == at(20)


def test_a_severity_is_recognised_as_a_whole_word_only() -> None:
    world = World(level="SEV1")
    assert escalation_due(world.incident, EscalationPath("SEV10", "nobody")) is None
    both = EscalationPath("SEV1/SEV2", "somebody")
    assert escalation_due(world.incident, both) == at(0)
    world.do(5, commands.set_severity, "SEV2")
    assert escalation_due(world.incident, both) == at(0)


def test_customers_and_a_breach_trigger_from_when_they_became_known() -> None:
    world = World()
    world.do(3, commands.assess_impact, customer_facing=True)
    world.do(4, commands.assess_impact, data_breach=True)
    world.do(9, commands.assess_impact, users=10)
    assert escalation_due(world.incident, CUSTOMERS) == at(3)
    assert escalation_due(world.incident, BREACH) == at(4)
    world.do(11, commands.assess_impact, customer_facing=False)
    assert escalation_due(world.incident, CUSTOMERS) is None


def test_a_trigger_that_only_people_can_judge_is_never_due() -> None:
    assert escalation_due(World().incident, EscalationPath("Press calls", "PR")) is None


def test_a_path_that_was_taken_is_raised() -> None:
    world = World()
    assert not raised(world.incident, UNMITIGATED)
    world.do(31, commands.escalate, UNMITIGATED.to, UNMITIGATED.trigger)
    assert raised(world.incident, UNMITIGATED)


# ── when nobody answers ────────────────────────────────────────────────────────────────────────


def answers(world: World) -> list[tuple[str, float]]:
    """What is said of missing answers, and when in minutes."""
    found = (matter for matter in agenda(world.incident) if matter.kind in {"answer", "page"})
    return [(matter.text, (matter.due_at - at(0)) / minutes(1)) for matter in found]


def test_the_contacts_of_a_path_in_order() -> None:
    assert contacts("Engineering Manager, VP") == ["Engineering Manager", "VP"]
    assert contacts("Security; Legal, ") == ["Security", "Legal"]
    assert contacts(",") == []


def test_nobody_answers_and_the_next_contact_is_offered_after_five_minutes() -> None:
    world = World(level="SEV4")
    world.do(30, commands.escalate, UNMITIGATED.to, UNMITIGATED.trigger)
    assert answers(world) == [("answer from Engineering Manager, else VP", 35)]
    overdue = [matter.kind for matter in matters(world.incident, at(35)) if matter.overdue(at(35))]
    assert "answer" in overdue
    world.do(36, commands.escalate, "VP")
    assert answers(world) == [("answer from VP, else Escalate to backup", 41)]
    world.do(42, commands.invoke_fallback, "Team unreachable")
    assert answers(world) == []


def test_an_answer_ends_the_waiting_and_undoing_it_brings_it_back() -> None:
    world = World(level="SEV4")
    world.do(30, commands.escalate, UNMITIGATED.to, UNMITIGATED.trigger)
    world.do(31, commands.acknowledge_escalation, world.incident.escalations[0].id)
    assert answers(world) == []
    world.undo()
    assert answers(world) == [("answer from Engineering Manager, else VP", 35)]


def test_a_contact_who_stands_on_no_path_has_nobody_behind() -> None:
    world = World()
    world.do(1, commands.escalate, "Press office")
    assert next_contact(world.incident, world.incident.escalations[0]) is None


def test_an_unanswered_page_offers_the_backup_until_that_is_called() -> None:
    world = World(level="SEV4")
    world.do(1, commands.page, "dba")
    assert answers(world) == [("answer from @dba, else Escalate to backup", 6)]
    world.do(7, commands.invoke_fallback, "Team unreachable")
    assert answers(world) == []
    world.do(8, commands.page, "dba")
    assert answers(world) == [("answer from @dba, else Escalate to backup", 13)]
    world.do(9, commands.join, "dba")
    assert answers(world) == []
