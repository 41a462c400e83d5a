"""Mitigations, escalations and fallbacks."""

import pytest

from tests.incident.worlds import World, at, minutes, reason, ticked
from warroom.incident import commands
from warroom.incident import events as e


def mitigating(strategy: str = "Scale") -> World:
    world = World()
    world.do(5, commands.start_mitigation, strategy)
    return world


# ── mitigation ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("strategy", "option"),
    [
        ("rollback", {"3.1.1"}),
        ("Scale", {"3.1.2"}),
        ("Failover", {"3.1.3"}),
        ("Block", {"3.1.4"}),
        ("Restart", set()),
    ],
)
def test_a_strategy_of_the_playbook_ticks_its_option_and_the_choice(strategy: str, option: set[str]) -> None:
    facts = World().do(5, commands.start_mitigation, strategy)
    assert ticked(facts) == option | {"3.2.1", "3.2.o1"}


def test_a_mitigation_takes_the_row_that_recommends_it_as_the_rationale() -> None:
    (started, *_) = World().do(5, commands.start_mitigation, "scale", note="pool 100 → 200")
    assert started == e.MitigationStarted("Scale", "Resource exhaustion", "pool 100 → 200", minutes(10))


def test_a_strategy_of_ones_own_is_possible_and_ticks_no_option() -> None:
    facts = World().do(5, commands.start_mitigation, "Re")
    assert facts[0] == e.MitigationStarted("Re", timebox=minutes(10))
    assert ticked(facts) == {"3.2.1", "3.2.o1"}


def test_undoing_a_mitigation_takes_back_what_it_ticked() -> None:
    world = World()
    before = world.incident.items
    world.do(5, commands.start_mitigation, "Scale")
    world.undo()
    assert world.incident.mitigations == ()
    assert world.incident.items == before


def test_the_output_names_every_strategy_that_was_tried() -> None:
    world = mitigating("Scale")
    world.do(9, commands.start_mitigation, "Rollback")
    assert world.incident.items["3.2.o1"].text == "Scale, Rollback"


def test_a_mitigation_needs_a_strategy_and_an_open_incident() -> None:
    world = World()
    assert "Name the strategy" in reason(world.may(1, commands.start_mitigation, " "))
    world.do(2, commands.close)
    assert "reopen it first" in reason(world.may(3, commands.start_mitigation, "Scale"))


def test_assessing_says_what_a_mitigation_did_and_verifies_the_improvement() -> None:
    world = mitigating()
    facts = world.do(10, commands.assess, "Partial", note="error rate 45 % → 5 %")
    assert ticked(facts) == {"3.2.2"}
    (mitigation,) = world.incident.mitigations
    assert (mitigation.outcome, mitigation.assessed_at) == ("partial", at(10))
    assert mitigation.assessment == "error rate 45 % → 5 %"
    world.undo()
    assert world.incident.mitigations[0].outcome is None
    assert not world.incident.done("3.2.2")


def test_the_latest_that_was_not_assessed_is_meant_else_the_latest() -> None:
    world = mitigating("Scale")
    world.do(6, commands.start_mitigation, "Restart")
    world.do(7, commands.assess, "ineffective")
    world.do(8, commands.assess, "partial")
    world.do(9, commands.assess, "effective")
    assert [(m.strategy, m.outcome) for m in world.incident.mitigations] == [
        ("Scale", "partial"),
        ("Restart", "effective"),
    ]


def test_a_mitigation_can_be_named_by_its_id() -> None:
    world = mitigating("Scale")
    world.do(6, commands.start_mitigation, "Restart")
    scale = world.incident.mitigations[0].id
    world.do(7, commands.assess, "effective", scale)
    assert world.incident.mitigations[0].outcome == "effective"
    assert "no such mitigation" in reason(world.may(8, commands.assess, "effective", "nowhere"))


def test_an_assessment_needs_an_outcome_that_is_known_and_something_to_assess() -> None:
    assert "effective, partial, ineffective, regressed" in reason(
        mitigating().may(9, commands.assess, "fine")
    )
    assert "No mitigation was started" in reason(World().may(1, commands.assess, "effective"))


def test_a_mitigation_cannot_be_assessed_before_it_was_started() -> None:
    assert "cannot be assessed before" in reason(mitigating().may(4, commands.assess, "effective"))


def test_a_regression_opens_the_criterion_that_impact_is_mitigated() -> None:
    world = mitigating()
    world.do(10, commands.tick, "3.exit")
    world.do(12, commands.assess, "regressed")
    assert "3.exit" not in world.incident.items


# ── escalation and fallback ────────────────────────────────────────────────────────────────────


def test_an_escalation_is_raised_and_answered() -> None:
    world = World()
    world.do(30, commands.escalate, "Engineering Manager", "> 30 min unmitigated")
    (raised,) = world.incident.escalations
    assert (raised.to, raised.trigger, raised.raised_at) == (
        "Engineering Manager",
        "> 30 min unmitigated",
        at(30),
    )
    world.do(32, commands.acknowledge_escalation, raised.id)
    assert world.incident.escalations[0].acknowledged_at == at(32)
    assert "answered already" in reason(world.may(33, commands.acknowledge_escalation, raised.id))
    assert "no such escalation" in reason(world.may(33, commands.acknowledge_escalation, "nowhere"))


def test_an_escalation_goes_to_somebody_and_only_while_the_incident_is_open() -> None:
    world = World()
    assert "whom" in reason(world.may(1, commands.escalate, ""))
    world.do(2, commands.close)
    assert "reopen it first" in reason(world.may(3, commands.escalate, "VP"))


def test_a_fallback_of_the_playbook_is_invoked_with_its_action() -> None:
    world = World()
    facts = world.do(9, commands.invoke_fallback, "fix causes regression")
    assert facts == (e.FallbackInvoked("Fix causes regression", "Immediate rollback"),)
    assert [fallback.action for fallback in world.incident.fallbacks] == ["Immediate rollback"]
    assert "no such fallback" in reason(world.may(9, commands.invoke_fallback, "Coffee is out"))


def test_the_next_contact_is_called_in_place_of_one_who_does_not_answer() -> None:
    world = World()
    world.do(30, commands.escalate, "Engineering Manager", "> 30 min unmitigated")
    first = world.incident.escalations[0].id
    assert world.do(35, commands.escalate, "VP") == (e.EscalationRaised("VP", "> 30 min unmitigated", first),)
    world.do(36, commands.escalate, "Press office")
    assert [x.after for x in world.incident.escalations] == ["", first, ""]


def test_calling_whom_a_path_names_takes_the_path_once_its_trigger_is_true() -> None:
    world = World(level="SEV2")
    world.do(20, commands.escalate, "Engineering Manager")
    world.do(21, commands.acknowledge_escalation, world.incident.escalations[0].id)
    world.do(30, commands.escalate, "engineering manager")
    world.do(31, commands.escalate, "Engineering Manager")
    assert [x.trigger for x in world.incident.escalations] == ["", "> 30 min unmitigated", ""]


def test_a_time_box_of_ones_own_says_when_the_outcome_is_asked_for() -> None:
    world = World()
    world.do(5, commands.start_mitigation, "Scale", timebox=minutes(3))
    assert world.incident.mitigations[0].verify_at == at(8)


def test_who_was_called_answers_by_name_be_it_a_page_or_an_escalation() -> None:
    world = World()
    world.do(1, commands.page, "dba")
    world.do(1, commands.escalate, "Engineering Manager")
    said = reason(world.may(2, commands.answer, "ann"))
    assert said == "No answer is waited for from ann; open are @dba, Engineering Manager."
    assert world.do(2, commands.answer, "dba") == (e.PageAcknowledged("@dba"),)
    (answered,) = world.do(3, commands.answer, "engineering manager")
    assert isinstance(answered, e.EscalationAcknowledged)
    assert "nothing waits" in reason(world.may(4, commands.answer, "dba"))
