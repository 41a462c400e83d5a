"""The incident itself: declared, classified, led from phase to phase, stamped, closed, reopened."""

import pytest

from tests.incident.worlds import ACTIONS, SEED, TITLE, World, at, reason, ticked
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Facts, Refused
from warroom.incident.playbook import Playbook
from warroom.incident.wording import wording


def declared(title: str = TITLE, playbook: Playbook = SEED, level: str = "") -> Facts:
    facts = commands.declare("INC-2026-0042", title, playbook, level=level)
    assert not isinstance(facts, Refused)
    return facts


# ── declare ────────────────────────────────────────────────────────────────────────────────────


def test_declaring_starts_the_incident_timer() -> None:
    assert declared() == (e.Declared("INC-2026-0042", TITLE, SEED), e.Ticked("1.1.3", linked=True))


def test_declaring_with_a_severity_classifies_it_with_the_row_that_says_so() -> None:
    facts = declared(level="sev2")
    assert e.SeveritySet("SEV2", "Major feature down") in facts
    assert ticked(facts) == {"1.1.3", "1.2.4", "1.2.o2"}
    assert e.OutputRecorded("1.2.o2", "SEV2", linked=True) in facts


def test_a_declared_incident_is_in_the_first_phase_and_active() -> None:
    incident = World().incident
    assert (incident.phase.name, incident.status, incident.declared_at) == ("Detection", "active", at(0))
    assert incident.severity is None
    assert incident.commander is None


@pytest.mark.parametrize("title", ["", "   ", "\x1b[31m", "\u202e"])
def test_an_incident_without_a_title_is_refused(title: str) -> None:
    assert "title" in reason(commands.declare("INC-2026-0042", title, SEED))


def test_an_unknown_severity_is_refused_and_names_those_there_are() -> None:
    said = reason(commands.declare("INC-2026-0042", TITLE, SEED, level="SEV9"))
    assert "SEV9" in said
    assert "SEV1, SEV2, SEV3, SEV4" in said


def test_a_title_is_kept_as_typed_markup_and_all() -> None:
    assert World("[red]x[/red]").incident.title == "[red]x[/red]"


def test_renaming_needs_another_title() -> None:
    world = World()
    world.do(1, commands.rename, "  Database   down ")
    assert world.incident.title == "Database   down"
    assert isinstance(world.may(2, commands.rename, "Database   down"), Refused)
    assert isinstance(world.may(2, commands.rename, ""), Refused)


# ── severity ───────────────────────────────────────────────────────────────────────────────────


def test_classifying_ticks_the_action_and_records_the_output_in_the_same_act() -> None:
    world = World()
    facts = world.do(1, commands.set_severity, "SEV2", "Major feature down")
    assert ticked(facts) == {"1.2.4", "1.2.o2"}
    assert world.incident.items["1.2.o2"].text == "SEV2"
    world.undo()
    assert world.incident.severity is None
    assert not {"1.2.4", "1.2.o2"} & set(world.incident.items)


def test_a_changed_severity_is_recorded_as_the_output_too() -> None:
    world = World(level="SEV2")
    world.do(5, commands.set_severity, "SEV1")
    assert world.incident.items["1.2.o2"].text == "SEV1"


def test_what_a_person_wrote_as_the_output_stays_when_the_severity_changes() -> None:
    world = World(level="SEV2")
    world.do(2, commands.record_output, "1.2.o2", "see ticket 7")
    assert ticked(world.do(5, commands.set_severity, "SEV1")) == set()
    assert world.incident.items["1.2.o2"].text == "see ticket 7"


def test_the_severity_in_force_cannot_be_set_again() -> None:
    assert "already" in reason(World(level="SEV2").may(1, commands.set_severity, "sev2"))


def test_a_severity_that_the_playbook_does_not_know_is_refused() -> None:
    assert "SEV7" in reason(World().may(1, commands.set_severity, "SEV7"))


def test_a_severity_entered_late_does_not_become_the_one_in_force() -> None:
    world = World()
    world.do(10, commands.set_severity, "SEV1")
    world.do(5, commands.set_severity, "SEV3")
    assert world.incident.severity == "SEV1"
    assert [change.level for change in world.incident.severities] == ["SEV3", "SEV1"]


def test_the_tables_that_choose_severity_and_strategy_are_found_by_their_choices() -> None:
    severity, strategy = commands.severity_table(SEED), commands.strategy_table(SEED)
    assert severity is not None
    assert strategy is not None
    assert (severity.name, strategy.name) == ("Severity Assessment", "Mitigation Strategy")


# ── the phase gate ─────────────────────────────────────────────────────────────────────────────


def test_open_mandatory_actions_refuse_the_next_phase_and_are_listed() -> None:
    outcome = World().may(1, commands.enter_phase)
    assert isinstance(outcome, Refused)
    assert outcome.items == tuple(item for item in ACTIONS[1] if item != "1.1.3")
    assert "7 mandatory actions are open before Triage" in outcome.reason


def test_going_on_confirms_the_criteria_at_the_gate() -> None:
    world = World()
    world.tick_all(1, 1)
    assert world.do(2, commands.enter_phase) == (e.PhaseEntered(2, confirmed=("1.exit", "2.entry")),)
    assert world.incident.phase.name == "Triage"
    assert world.incident.done("1.exit")
    assert world.incident.done("2.entry")


def test_skipped_actions_are_not_in_the_way() -> None:
    world = World()
    for item in ACTIONS[1][:2] + ACTIONS[1][3:]:
        world.do(1, commands.skip, item, "done by the bot")
    assert world.do(2, commands.enter_phase)


def test_actions_of_optional_steps_and_phases_are_not_in_the_way() -> None:
    optional = SEED.phases[0].steps[0], SEED.phases[0].steps[1]
    loose = [type(each)(each.id, each.name, mandatory=False, actions=each.actions) for each in optional]
    first = type(SEED.phases[0])(1, "Detection", steps=tuple(loose))
    free = Playbook("Free", (first, type(first)(2, "Triage", mandatory=False, steps=SEED.phases[1].steps)))
    free = Playbook("Free", (*free.phases, SEED.phases[2]))
    assert World(playbook=free).do(1, commands.enter_phase, 3)


def test_an_override_needs_a_reason_and_confirms_nothing() -> None:
    world = World()
    (fact,) = world.do(1, commands.enter_phase, None, "no time")
    assert fact == e.PhaseEntered(2, override="no time", still_open=(*ACTIONS[1][:2], *ACTIONS[1][3:]))
    assert not world.incident.done("1.exit")
    assert world.incident.phases[-1].override == "no time"
    assert isinstance(World().may(1, commands.enter_phase, None, "  "), Refused)


def test_several_phases_can_be_passed_at_once_if_all_between_is_done() -> None:
    world = World()
    world.tick_all(1, 1)
    outcome = world.may(2, commands.enter_phase, 3)
    assert isinstance(outcome, Refused)
    assert outcome.items == tuple(ACTIONS[2])
    world.tick_all(2, 2)
    (fact,) = world.do(3, commands.enter_phase, 3)
    assert fact == e.PhaseEntered(3, confirmed=("1.exit", "2.entry", "2.exit", "3.entry"))


def test_going_back_is_always_possible_and_opens_the_criteria_between_again() -> None:
    world = World()
    world.tick_all(1, 1, 2)
    world.do(2, commands.enter_phase, 3)
    world.do(3, commands.enter_phase, 2, "another service is down")
    assert world.incident.phase.name == "Triage"
    assert [item for item in world.incident.items if item.endswith(("entry", "exit"))] == [
        "1.exit",
        "2.entry",
    ]
    world.do(4, commands.enter_phase)
    assert world.incident.items["2.exit"].at == at(4)


def test_a_criterion_ticked_before_the_gate_keeps_its_time() -> None:
    world = World()
    world.tick_all(1, 1)
    world.do(2, commands.tick, "1.exit")
    world.do(5, commands.enter_phase)
    assert world.incident.items["1.exit"].at == at(2)


def test_a_change_of_phase_cannot_be_earlier_than_the_one_before() -> None:
    world = World()
    world.do(10, commands.enter_phase, None, "no time")
    assert "earlier" in reason(world.may(9, commands.enter_phase, None, "no time"))
    assert "earlier" in reason(world.may(9, commands.enter_phase, 1))


def test_there_is_nothing_after_the_last_phase_nor_outside_the_playbook() -> None:
    world = World()
    world.do(1, commands.enter_phase, 6, "drill")
    assert "last phase" in reason(world.may(2, commands.enter_phase))
    assert "there are 6" in reason(world.may(2, commands.enter_phase, 7))
    assert isinstance(world.may(2, commands.enter_phase, 0), Refused)
    assert "already" in reason(world.may(2, commands.enter_phase, 6))


# ── milestones ─────────────────────────────────────────────────────────────────────────────────


def test_a_milestone_is_stamped_at_the_time_of_the_act() -> None:
    world = World()
    assert world.do(-5, commands.stamp, "Started") == (e.MilestoneStamped("started"),)
    assert world.incident.stamps == {"started": at(-5)}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("started", 0), ("detected", -1)),
        (("started", 0), ("declared", -1)),
        (("started", 0), ("mitigated", -1)),
        (("mitigated", 10), ("started", 11)),
        (("mitigated", 10), ("resolved", 9)),
        (("mitigated", 10), ("recovered", 9)),
        (("detected", 0), ("acknowledged", -1)),
        (("resolved", 10), ("recovered", 9)),
        (("resolved", 10), ("mitigated", 11)),
    ],
)
def test_milestones_in_an_impossible_order_are_refused(first: tuple[str, int], then: tuple[str, int]) -> None:
    world = World()
    world.do(first[1], commands.stamp, first[0])
    assert "cannot be" in reason(world.may(then[1], commands.stamp, then[0]))


def test_nothing_is_acknowledged_mitigated_or_resolved_after_it_was_closed() -> None:
    world = World()
    world.do(47, commands.close)
    for milestone in ("acknowledged", "mitigated", "resolved", "recovered"):
        assert f"cannot be {milestone}" in reason(world.may(48, commands.stamp, milestone))
        assert isinstance(world.may(46, commands.stamp, milestone), tuple)


def test_it_was_detected_before_it_was_declared() -> None:
    assert "cannot be detected" in reason(World().may(1, commands.stamp, "detected"))


def test_the_refusal_of_an_impossible_order_names_both_times() -> None:
    said = reason(World().may(1, commands.stamp, "detected"))
    assert said == (
        "It cannot be detected at 2026-02-02 14:24 UTC, after it was declared at 2026-02-02 14:23 UTC."
    )


def test_an_unknown_milestone_is_refused() -> None:
    assert "No milestone 'lunch'" in reason(World().may(1, commands.stamp, "lunch"))


def test_closing_cannot_be_stamped_while_the_incident_is_open() -> None:
    assert "close it instead" in reason(World().may(1, commands.stamp, "closed"))


def test_stamping_the_declaration_moves_the_first_phase_with_it() -> None:
    world = World()
    world.do(0, commands.tick, "1.1.1")
    world.do(-10, commands.stamp, "declared")
    assert world.incident.declared_at == at(-10)
    assert world.incident.phase_entered_at == at(-10)


def test_a_declaration_moved_forward_does_not_pass_the_second_phase() -> None:
    world = World()
    world.do(5, commands.enter_phase, None, "no time")
    world.do(8, commands.stamp, "declared")
    assert [visit.at for visit in world.incident.phases] == [at(5), at(5)]


# ── close and reopen ───────────────────────────────────────────────────────────────────────────


def test_closing_stops_the_timer_and_records_the_duration() -> None:
    world = World()
    facts = world.do(47, commands.close)
    assert facts[0] == e.Closed("resolved")
    assert ticked(facts) == {"5.2.3", "5.2.o1", "5.2.o2"}
    assert world.incident.items["5.2.o2"].text == "47 minutes"
    assert (world.incident.status, world.incident.closed_at) == ("closed", at(47))


def test_undoing_the_closing_takes_everything_back() -> None:
    world = World()
    before = world.incident.items
    world.do(47, commands.close)
    world.undo()
    assert world.incident.status == "active"
    assert world.incident.items == before


def test_a_closed_incident_cannot_be_closed_again() -> None:
    world = World()
    world.do(47, commands.close, "external", "the provider's outage")
    assert world.incident.closure == "external"
    assert "closed already" in reason(world.may(48, commands.close))


@pytest.mark.parametrize("closure", ["duplicate", "superseded"])
def test_what_goes_on_elsewhere_names_where(closure: e.Closure) -> None:
    world = World()
    assert "names the incident" in reason(world.may(5, commands.close, closure))
    assert "as itself" in reason(world.may(5, commands.close, closure, into="inc-2026-0042"))
    assert "does not go on" in reason(world.may(5, commands.close, "resolved", into="INC-2026-0041"))
    world.do(5, commands.close, closure, "same pool", into="INC-2026-0041")
    assert (world.incident.closure, world.incident.merged_into) == (closure, "INC-2026-0041")
    said = [wording(each, world.incident).text for each in world.events]
    assert f"Closed: {closure} → INC-2026-0041 · same pool" in said
    world.do(6, commands.reopen)
    assert world.incident.merged_into == ""


def test_the_other_half_of_a_merge_is_noted_where_the_work_goes_on() -> None:
    world = World()
    world.do(5, commands.absorb, "INC-2026-0043", "Logins fail")
    assert world.incident.absorbed == ("INC-2026-0043",)
    assert wording(world.events[-1], world.incident).text == (
        "INC-2026-0043 was merged into this incident: Logins fail"
    )
    assert "already" in reason(world.may(6, commands.absorb, "INC-2026-0043"))
    assert "Name the other" in reason(world.may(6, commands.absorb, "INC-2026-0042"))
    world.undo()
    assert not world.incident.absorbed


def test_cancelling_is_closing_as_a_false_positive_with_a_reason() -> None:
    world = World()
    assert "needs a reason" in reason(world.may(5, commands.cancel, " "))
    world.do(5, commands.cancel, "a test alert")
    assert (world.incident.status, world.incident.closure) == ("closed", "false positive")
    world.undo()
    assert world.incident.status == "active"


def test_it_cannot_be_closed_before_it_was_declared_or_recovered() -> None:
    world = World()
    assert isinstance(world.may(-1, commands.close), Refused)
    world.do(40, commands.stamp, "recovered")
    assert "cannot be recovered" in reason(world.may(39, commands.close))
    world.do(40, commands.close)


def test_reopening_lets_the_timer_go_on_until_it_is_stopped_again() -> None:
    world = World()
    world.do(47, commands.close)
    world.do(50, commands.reopen, "errors are back")
    assert world.incident.status == "active"
    assert world.incident.closure is None
    assert not world.incident.done("5.2.3")
    world.do(65, commands.close)
    assert world.incident.items["5.2.o2"].text == "1 hour 5 minutes"


def test_only_a_closed_incident_is_reopened_and_not_before_it_was_closed() -> None:
    world = World()
    assert "not closed" in reason(world.may(1, commands.reopen))
    world.do(47, commands.close)
    assert "cannot be reopened before" in reason(world.may(46, commands.reopen))


def test_the_closing_can_be_moved_by_hand() -> None:
    world = World()
    world.do(47, commands.close)
    world.do(45, commands.stamp, "closed")
    assert world.incident.closed_at == at(45)
    assert "cannot be declared" in reason(world.may(-1, commands.stamp, "closed"))


def test_an_incident_is_finished_once_it_is_closed_and_its_last_phase_is_left() -> None:
    world = World()
    world.do(1, commands.enter_phase, 6, "drill")
    world.do(2, commands.tick, "6.exit")
    assert not world.incident.finished
    world.do(3, commands.close)
    assert world.incident.finished
