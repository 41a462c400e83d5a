"""Clocks, milestones, durations and targets: all derived, nothing counted."""

from datetime import datetime, timedelta

import pytest

from tests.incident.worlds import World, at, minutes
from warroom.incident import commands, timing
from warroom.incident import events as e
from warroom.incident.incident import Incident

# ── milestones and durations ───────────────────────────────────────────────────────────────────


def test_a_fresh_incident_knows_only_its_declaration() -> None:
    assert timing.milestones(World().incident) == {"declared": at(0)}


def test_milestones_follow_from_what_was_ticked_and_confirmed() -> None:
    world = World()
    world.do(-2, commands.tick, "1.1.1")
    world.do(3, commands.tick, "1.1.2")
    for minute, item in ((17, "3.exit"), (30, "4.exit"), (45, "5.exit")):
        world.do(minute, commands.tick, item)
    world.do(47, commands.close)
    assert timing.milestones(world.incident) == {
        "detected": at(-2),
        "declared": at(0),
        "acknowledged": at(3),
        "mitigated": at(17),
        "resolved": at(30),
        "recovered": at(45),
        "closed": at(47),
    }


def test_what_is_declared_was_detected_however_late_that_is_ticked() -> None:
    world = World()
    world.do(10, commands.tick, "1.1.1")
    assert timing.milestones(world.incident)["detected"] == at(0)


def test_what_is_confirmed_after_closing_was_so_when_it_was_closed() -> None:
    world = World()
    world.do(47, commands.close)
    world.do(49, commands.tick, "5.exit")
    assert timing.milestones(world.incident)["recovered"] == at(47)


def test_what_is_acknowledged_after_closing_was_so_when_it_was_closed() -> None:
    world = World()
    world.do(5, commands.cancel, "a test alert")
    world.do(9, commands.tick, "1.1.2")
    assert timing.milestones(world.incident)["acknowledged"] == at(5)


def test_a_skipped_criterion_is_no_milestone() -> None:
    world = World()
    world.do(17, commands.skip, "3.exit", "not so")
    assert "mitigated" not in timing.milestones(world.incident)


def test_a_milestone_set_by_hand_wins() -> None:
    world = World()
    world.do(30, commands.tick, "4.exit")
    world.do(28, commands.stamp, "resolved")
    assert timing.milestones(world.incident)["resolved"] == at(28)


def test_durations_run_between_milestones_by_their_definitions() -> None:
    world = World()
    for minute, milestone in ((-10, "started"), (-4, "detected"), (1, "acknowledged")):
        world.do(minute, commands.stamp, milestone)
    for minute, milestone in ((20, "mitigated"), (35, "resolved")):
        world.do(minute, commands.stamp, milestone)
    world.do(47, commands.close)
    assert timing.durations(timing.milestones(world.incident)) == {
        "ttd": minutes(6),
        "tta": minutes(5),
        "ttm": minutes(30),
        "ttr": minutes(39),
        "duration": minutes(47),
    }


def test_a_duration_with_a_missing_end_is_not_recorded_rather_than_zero() -> None:
    spans = timing.durations(timing.milestones(World().incident))
    assert list(spans.values()) == [None] * 5


def test_a_duration_that_would_run_backwards_is_not_recorded() -> None:
    assert timing.durations({"started": at(5), "mitigated": at(3)})["ttm"] is None
    assert timing.durations({"started": at(5), "mitigated": at(5)})["ttm"] == minutes(0)


def test_an_order_is_impossible_even_if_what_lies_between_is_not_recorded() -> None:
    assert timing.impossible({"started": at(5), "closed": at(3)}, "closed")
    assert timing.impossible({"resolved": at(5), "closed": at(3)}, "resolved")
    assert timing.impossible({"resolved": at(5), "closed": at(5)}, "closed") is None
    assert timing.impossible({"mitigated": at(1), "detected": at(3)}, "detected") is None


def test_only_the_milestone_in_question_is_judged() -> None:
    assert timing.impossible({"started": at(5), "mitigated": at(3), "closed": at(9)}, "closed") is None


# ── running clocks ─────────────────────────────────────────────────────────────────────────────


def test_the_timer_runs_from_the_start_of_impact_until_closed() -> None:
    world = World()
    assert timing.elapsed(world.incident, at(7)) == minutes(7)
    world.do(-3, commands.tick, "1.1.1")
    assert timing.elapsed(world.incident, at(7)) == minutes(10)
    world.do(-5, commands.stamp, "started")
    assert timing.elapsed(world.incident, at(7)) == minutes(12)
    world.do(47, commands.close)
    assert timing.elapsed(world.incident, at(500)) == minutes(52)


def test_no_clock_runs_backwards_when_the_wall_clock_does() -> None:
    incident = World().incident
    assert timing.elapsed(incident, at(-5)) == timedelta()
    assert timing.in_phase(incident, at(-5)) == timedelta()
    assert timing.unmitigated(incident, at(-5)) == timedelta()


def test_the_time_in_a_phase_counts_every_visit() -> None:
    world = World()
    for minute, phase in ((10, 2), (15, 1), (18, 3), (20, 2)):
        world.do(minute, commands.enter_phase, phase, "on with it")
    incident = world.incident
    assert timing.in_phase(incident, at(30)) == minutes(5 + 10)
    assert timing.in_phase(incident, at(30), 1) == minutes(10 + 3)
    assert timing.in_phase(incident, at(30), 3) == minutes(2)
    assert timing.in_phase(incident, at(30), 6) == timedelta()
    spent = sum((timing.in_phase(incident, at(30), n) for n in range(1, 7)), timedelta())
    assert spent == timing.elapsed(incident, at(30))


def test_it_is_unmitigated_until_a_mitigation_is_effective() -> None:
    world = World()
    world.do(10, commands.start_mitigation, "Scale")
    assert timing.unmitigated(world.incident, at(12)) == minutes(12)
    world.do(15, commands.assess, "effective")
    assert timing.unmitigated(world.incident, at(20)) is None
    assert timing.milestones(world.incident)["mitigated"] == at(15)


@pytest.mark.parametrize("outcome", ["partial", "ineffective"])
def test_a_mitigation_that_is_not_effective_does_not_count(outcome: str) -> None:
    world = World()
    world.do(10, commands.start_mitigation, "Scale")
    world.do(15, commands.assess, outcome)
    assert timing.unmitigated(world.incident, at(40)) == minutes(40)


def test_a_regression_takes_it_back_until_something_else_holds() -> None:
    world = World()
    world.do(5, commands.start_mitigation, "Scale")
    world.do(10, commands.assess, "effective")
    world.do(20, commands.assess, "regressed")
    assert timing.unmitigated(world.incident, at(30)) == minutes(30)
    world.do(25, commands.start_mitigation, "Rollback")
    world.do(35, commands.assess, "effective")
    assert timing.milestones(world.incident)["mitigated"] == at(35)


def test_a_regression_takes_back_another_mitigation_a_confirmation_and_a_stamp_before_it() -> None:
    world = World()
    world.do(5, commands.start_mitigation, "Restart")
    world.do(6, commands.assess, "effective")
    world.do(7, commands.stamp, "mitigated")
    world.do(8, commands.tick, "3.exit")
    world.do(9, commands.start_mitigation, "Scale")
    world.do(20, commands.assess, "regressed")
    assert timing.unmitigated(world.incident, at(30)) == minutes(30)
    world.do(31, commands.tick, "3.exit")
    assert timing.milestones(world.incident)["mitigated"] == at(31)


def test_the_first_that_holds_counts() -> None:
    world = World()
    world.do(5, commands.start_mitigation, "Restart")
    world.do(6, commands.assess, "effective")
    world.do(9, commands.tick, "3.exit")
    assert timing.milestones(world.incident)["mitigated"] == at(6)


def test_nothing_is_unmitigated_once_it_is_over() -> None:
    world = World()
    world.do(5, commands.close, "false positive")
    assert timing.unmitigated(world.incident, at(30)) is None


def test_revenue_is_lost_from_impact_until_mitigated_else_closed_else_now() -> None:
    world = World()
    assert timing.revenue_lost(world.incident, at(30)) is None
    world.do(1, commands.assess_impact, revenue_per_hour=2000)
    assert timing.revenue_lost(world.incident, at(30)) == 1000
    world.do(60, commands.close)
    assert timing.revenue_lost(world.incident, at(300)) == 2000
    world.do(15, commands.stamp, "mitigated")
    assert timing.revenue_lost(world.incident, at(300)) == 500


# ── the response target ────────────────────────────────────────────────────────────────────────


def test_there_is_no_target_without_a_severity_or_a_time_for_it() -> None:
    world = World()
    assert timing.response_target(world.incident) is None
    world.tell(1, e.SeveritySet("SEV9"))
    assert timing.response_target(world.incident) is None


def test_the_target_runs_from_detection_else_declaration() -> None:
    world = World(level="SEV2")
    target = timing.response_target(world.incident)
    assert target is not None
    assert (target.due_at, target.met_at) == (at(15), None)
    world.do(-3, commands.stamp, "detected")
    moved = timing.response_target(world.incident)
    assert moved is not None
    assert moved.due_at == at(12)


def test_immediately_is_now() -> None:
    target = timing.response_target(World(level="SEV1").incident)
    assert target is not None
    assert target.due_at == at(0)


def met_at(incident: Incident) -> datetime | None:
    target = timing.response_target(incident)
    assert target is not None
    return target.met_at


def test_acknowledging_an_answer_to_a_page_or_the_first_person_joining_meets_the_target() -> None:
    world = World(level="SEV2")
    world.do(10, commands.page, "cid")
    assert met_at(world.incident) is None
    world.do(11, commands.acknowledge_page, "cid")
    assert met_at(world.incident) == at(11)
    world.do(9, commands.tick, "1.1.2")
    assert met_at(world.incident) == at(9)
    world.do(5, commands.join, "bob")
    assert met_at(world.incident) == at(5)


def test_a_target_that_was_met_stays_met_whoever_goes_and_is_paged_again() -> None:
    world = World(level="SEV2")
    world.do(5, commands.join, "bob")
    world.do(6, commands.page, "bob")
    world.do(7, commands.release, "bob")
    world.do(8, commands.page, "bob")
    assert met_at(world.incident) == at(5)


# ── times in words ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 seconds"),
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (59.6, "1 minute"),
        (47 * 60, "47 minutes"),
        (72 * 60, "1 hour 12 minutes"),
        (24 * 3600, "1 day"),
        (51 * 3600 + 60, "2 days 3 hours"),
    ],
)
def test_a_span_in_words(seconds: float, said: str) -> None:
    assert timing.spoken(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "00:00"),
        (760, "12:40"),
        (4360, "01:12:40"),
        (-90, "-01:30"),
        (86400 + 60, "1d 00:01:00"),
    ],
)
def test_a_span_as_a_running_clock(seconds: int, shown: str) -> None:
    assert timing.clock(timedelta(seconds=seconds)) == shown


def test_a_running_clock_can_always_show_hours() -> None:
    assert timing.clock(minutes(31), hours=True) == "00:31:00"


def test_the_time_in_a_phase_stands_still_when_the_incident_is_closed() -> None:
    world = World(level="SEV1")
    world.do(10, commands.close)
    assert timing.in_phase(world.incident, at(90)) == minutes(10)
