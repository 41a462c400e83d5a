"""What is due, and what comes first: every rule on a simulated clock, to the second."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incident.test_fold import LIVES
from tests.incident.worlds import SEED, World, at, minutes, reason
from warroom.incident import commands
from warroom.incident.evolve import replay
from warroom.incident.matters import KINDS, Matter, agenda, matters, next_overdue

UNMITIGATED = SEED.escalations[1]
SECOND = timedelta(seconds=1)


def due(world: World, minute: float) -> list[tuple[str, datetime]]:
    return [(matter.kind, matter.due_at) for matter in matters(world.incident, world.at(minute))]


def the(world: World, ident: str) -> Matter:
    """The one matter whose id begins like this."""
    (found,) = (matter for matter in agenda(world.incident) if matter.id.startswith(ident))
    return found


def overdue(world: World, now: datetime) -> list[str]:
    return [matter.id for matter in matters(world.incident, now) if matter.overdue(now)]


# ── the order ──────────────────────────────────────────────────────────────────────────────────


def test_a_fresh_incident_wants_a_severity_a_commander_and_an_eye_on_the_clock() -> None:
    assert due(World(), 1) == [("severity", at(5)), ("commander", at(5)), ("escalate", at(30))]


def test_what_has_been_overdue_longest_comes_first() -> None:
    world = World(level="SEV3")
    world.do(2, commands.assign, "bob", "check latency", minutes(20))
    world.do(1, commands.page, "ann")
    world.do(9, commands.open_action_item, "add pool monitoring", "sre", date(2026, 2, 1))
    found = due(world, 10)
    assert [kind for kind, _ in found] == [
        "action item",
        "commander",
        "page",
        "check-back",
        "escalate",
        "response",
        "update",
    ]
    assert all(one <= other for (_, one), (_, other) in pairwise(found))


def test_of_what_is_due_at_the_same_time_the_response_comes_first_and_afterthoughts_last() -> None:
    world = World(level="SEV1")
    world.do(0, commands.escalate, "VP")
    world.do(0, commands.page, "bob")
    world.do(0, commands.page, "ann")
    world.do(0, commands.start_mitigation, "Scale", timebox=minutes(5))
    world.do(0, commands.assign, "bob", "look", minutes(5))
    found = [matter.id.partition(":")[0] for matter in agenda(world.incident)]
    assert found[:2] == ["response", "escalate"]
    assert found[2:9] == ["commander", "answer", "page", "page", "verify", "check-back", "update"]
    assert [m.subject for m in agenda(world.incident) if m.kind == "page"] == ["@ann", "@bob"]


def test_a_matter_is_overdue_when_its_time_has_come() -> None:
    (first, *_) = matters(World().incident, at(0))
    assert not first.overdue(first.due_at - SECOND)
    assert first.overdue(first.due_at)


def test_what_is_dealt_with_is_no_longer_due() -> None:
    world = World(level="SEV4")
    world.do(1, commands.page, "ann")
    world.do(2, commands.acknowledge_page, "ann")
    world.do(3, commands.assign_role, "maya", "Incident Commander")
    world.do(3, commands.assign, "bob", "check latency", minutes(5))
    world.do(8, commands.check_back, world.incident.assignments[0].id, "done")
    assert due(world, 10) == [("escalate", at(30))]
    world.do(31, commands.escalate, UNMITIGATED.to, UNMITIGATED.trigger)
    assert due(world, 32) == [("answer", at(36))]
    world.do(33, commands.acknowledge_escalation, world.incident.escalations[0].id)
    assert due(world, 34) == []


def test_after_closing_only_action_items_are_due() -> None:
    world = World(level="SEV1")
    world.do(1, commands.open_action_item, "add pool monitoring", "", date(2026, 2, 6))
    world.do(2, commands.close)
    (matter,) = matters(world.incident, at(3))
    assert (matter.id.partition(":")[0], matter.text) == ("action-item", "add pool monitoring")
    assert not matter.overdue(datetime(2026, 2, 6, 23, 59, 59, tzinfo=UTC))
    assert matter.overdue(datetime(2026, 2, 7, tzinfo=UTC))


def test_an_action_item_may_be_due_on_the_last_day_there_is() -> None:
    world = World()
    world.do(1, commands.open_action_item, "rewrite everything", "", date.max)
    assert due(world, 2)[-1][0] == "action item"


# ── the clock that each rule runs on ───────────────────────────────────────────────────────────


def test_the_unmitigated_rule_runs_on_impact_start_else_detection_else_declaration() -> None:
    world = World()
    assert (the(world, "escalate").due_at, the(world, "escalate").clock) == (at(30), "declaration")
    world.do(-4, commands.stamp, "detected")
    assert (the(world, "escalate").due_at, the(world, "escalate").clock) == (at(26), "detection")
    world.do(-10, commands.stamp, "started")
    assert (the(world, "escalate").due_at, the(world, "escalate").clock) == (at(20), "impact start")


def test_the_response_target_runs_on_detection_else_declaration_whenever_impact_began() -> None:
    world = World(level="SEV2")
    world.do(-10, commands.stamp, "started")
    assert (the(world, "response").due_at, the(world, "response").clock) == (at(15), "declaration")
    world.do(-4, commands.stamp, "detected")
    assert (the(world, "response").due_at, the(world, "response").clock) == (at(11), "detection")


def test_partly_mitigated_is_unmitigated() -> None:
    world = World(level="SEV2")
    world.do(5, commands.start_mitigation, "Scale")
    world.do(8, commands.assess, "partial")
    assert the(world, "escalate").due_at == at(30)
    world.do(29, commands.assess, "effective")
    assert not [m for m in agenda(world.incident) if m.kind == "escalate"]


def test_a_mitigation_that_made_things_worse_starts_the_rule_again_on_the_same_clock() -> None:
    world = World(level="SEV2")
    world.do(5, commands.start_mitigation, "Scale")
    world.do(8, commands.assess, "effective")
    world.do(40, commands.assess, "regressed")
    assert the(world, "escalate").due_at == at(30)
    assert the(world, "escalate").overdue(at(40))


def test_every_matter_says_which_clock_it_runs_on() -> None:
    world = World(level="SEV1")
    world.do(1, commands.page, "ann")
    world.do(1, commands.assign, "bob", "look", minutes(5))
    world.do(1, commands.start_mitigation, "Scale", timebox=minutes(5))
    world.do(1, commands.escalate, "VP")
    assert {matter.kind: matter.clock for matter in agenda(world.incident)} == {
        "response": "declaration",
        "commander": "declaration",
        "escalate": "declaration",
        "answer": "the escalation",
        "page": "the page",
        "verify": "its start",
        "check-back": "its time-box",
        "update": "severity",
    }


# ── the sky, the lid and the wall clock ────────────────────────────────────────────────────────


def test_the_hour_that_a_summer_night_skips_or_repeats_changes_no_span() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for began in (
        datetime(2026, 3, 29, 1, 50, tzinfo=berlin),  # at 02:00 it is 03:00
        datetime(2026, 10, 25, 2, 50, tzinfo=berlin),  # at 03:00 it is 02:00
    ):
        world = World(level="SEV2", began=began.astimezone(UTC))
        limit = the(world, "escalate")
        just_before = (began.astimezone(UTC) + minutes(30) - SECOND).astimezone(berlin)
        assert not limit.overdue(just_before)
        assert limit.overdue((began.astimezone(UTC) + minutes(30)).astimezone(berlin))
    assert overdue(world, (began.astimezone(UTC) + minutes(5)).astimezone(berlin)) == ["commander"]


def test_a_rule_runs_on_through_midnight() -> None:
    world = World(level="SEV2", began=datetime(2026, 12, 31, 23, 45, tzinfo=UTC))
    assert the(world, "escalate").due_at == datetime(2027, 1, 1, 0, 15, tzinfo=UTC)
    world.do(1, commands.open_action_item, "today's", "", date(2026, 12, 31))
    assert "action-item" not in {m.split(":")[0] for m in overdue(world, world.at(14.9))}
    assert "action-item" in {m.split(":")[0] for m in overdue(world, world.at(15))}


def test_a_machine_that_slept_an_hour_wakes_to_all_that_came_due() -> None:
    world = World(level="SEV2")
    world.do(2, commands.assign_role, "maya", "Incident Commander")
    world.do(3, commands.assign, "bob", "look", minutes(10))
    assert overdue(world, at(4)) == []
    assert [ident.split(":")[0] for ident in overdue(world, at(64))] == [
        "check-back", "escalate", "update", "update", "update",
    ]  # fmt: skip


def test_a_clock_set_back_makes_nothing_due_that_was_not() -> None:
    world = World(level="SEV2")
    world.do(3, commands.assign, "bob", "look", minutes(10))
    assert overdue(world, at(-60)) == []
    assert [matter.due_at for matter in matters(world.incident, at(-60))] == [
        matter.due_at for matter in matters(world.incident, at(600))
    ]
    assert next_overdue(world.incident, at(-60)) == at(5)


def test_what_is_entered_late_changes_what_was_due() -> None:
    world = World(level="SEV2")
    assert overdue(world, at(16)) == ["commander", "response"]
    world.do(4, commands.tick, "1.1.2")  # it was acknowledged in time after all
    world.do(3, commands.assign_role, "maya", "Incident Commander")
    assert overdue(world, at(16)) == []
    world.do(-20, commands.stamp, "started")
    assert overdue(world, at(16)) == ["escalate:> 30 min unmitigated"]
    world.do(9, commands.stamp, "mitigated")
    assert overdue(world, at(16)) == []


# ── when the next one comes due ────────────────────────────────────────────────────────────────


def test_the_next_bell_is_known_beforehand() -> None:
    world = World(level="SEV2")
    world.do(1, commands.assign, "bob", "look", minutes(10))
    bells, now = [], at(0)
    while (then := next_overdue(world.incident, now)) is not None:
        bells.append((then - at(0)) / minutes(1))
        now = then
    assert bells == [5, 11, 15, 30, 60]  # commander, check-back, response, escalation and updates, executives


def test_nothing_due_rings_no_bell() -> None:
    world = World(level="SEV2")
    world.do(1, commands.close)
    assert next_overdue(world.incident, at(2)) is None


# ── snoozing ───────────────────────────────────────────────────────────────────────────────────


def test_a_snoozed_matter_is_back_to_the_second() -> None:
    world = World(level="SEV2")
    world.do(6, commands.snooze, "commander", minutes(10))
    assert "commander" not in overdue(world, at(16) - SECOND)
    assert "commander" in overdue(world, at(16))
    assert next_overdue(world.incident, at(15.5)) == at(16)


def test_a_snooze_is_logged_with_what_was_put_off() -> None:
    world = World()
    (fact,) = world.do(6, commands.snooze, "commander", minutes(10))
    assert world.incident.timeline[-1].fact == fact
    assert (fact.matter, fact.text, fact.due) == ("commander", "assign a commander", at(5))  # type: ignore[union-attr]


def test_undoing_a_snooze_shows_the_matter_at_once() -> None:
    world = World()
    world.do(6, commands.snooze, "commander", minutes(10))
    world.undo()
    assert "commander" in overdue(world, at(6))


def test_a_snooze_ends_early_when_the_matter_gets_another_time() -> None:
    world = World(level="SEV2")
    world.do(1, commands.snooze, "escalate", minutes(60))
    assert not [kind for kind, _ in due(world, 2) if kind == "escalate"]
    world.do(-10, commands.stamp, "started")
    assert ("escalate", at(20)) in due(world, 2)


def test_a_second_snooze_counts_from_when_it_was_given() -> None:
    world = World()
    world.do(6, commands.snooze, "severity", minutes(10))
    world.do(8, commands.snooze, "severity", minutes(2))
    assert "severity" in overdue(world, at(10))


@pytest.mark.parametrize("span", [timedelta(), minutes(-5), timedelta(hours=24, seconds=1), timedelta.max])
def test_a_snooze_has_its_limits(span: timedelta) -> None:
    assert "from a second to 1 day" in reason(World().may(1, commands.snooze, "severity", span))


def test_only_what_is_due_can_be_snoozed_and_the_refusal_names_it() -> None:
    world = World()
    said = reason(world.may(1, commands.snooze, "lunch", minutes(5)))
    assert said == (
        "Nothing that is due is called 'lunch'; there are severity, commander, escalate:> 30 min unmitigated."
    )
    assert "may be any of page:@ann, page:@bob" in reason(
        _two_pages().may(1, commands.snooze, "page", minutes(5))
    )
    world.do(2, commands.close)
    assert "Nothing is due" in reason(world.may(3, commands.snooze, "severity", minutes(5)))


def _two_pages() -> World:
    world = World()
    world.do(0, commands.page, "ann")
    world.do(0, commands.page, "bob")
    return world


# ── properties ─────────────────────────────────────────────────────────────────────────────────

MOMENTS = st.integers(-3600, 7 * 3600).map(lambda second: at(second / 60))


@given(LIVES, MOMENTS)
@settings(deadline=None, max_examples=60)
def test_the_order_is_total_and_the_same_for_everybody(world: World, now: datetime) -> None:
    found = matters(world.incident, now)
    keys = [(matter.due_at, KINDS.index(matter.kind), matter.subject) for matter in found]
    assert all(one < other for one, other in pairwise(keys))
    assert len({matter.id for matter in found}) == len(found)
    assert matters(replay(reversed(world.events)), now) == found


@given(LIVES, MOMENTS, st.data())
@settings(deadline=None, max_examples=60)
def test_a_snoozed_matter_is_never_shown_before_its_end_unless_its_time_changes(
    world: World, now: datetime, data: st.DataObject
) -> None:
    open_ones = agenda(world.incident)
    if not open_ones:
        return
    chosen = data.draw(st.sampled_from(open_ones))
    span = data.draw(st.timedeltas(SECOND, timedelta(hours=24)))
    world.do(30, commands.snooze, chosen.id, span)
    shown = {matter.id for matter in matters(world.incident, now)}
    assert (chosen.id in shown) == (now >= at(30) + span)


@given(LIVES, MOMENTS)
@settings(deadline=None, max_examples=60)
def test_between_two_bells_nothing_becomes_overdue(world: World, now: datetime) -> None:
    then = next_overdue(world.incident, now)
    until = then - SECOND / 1000 if then else now + timedelta(days=10_000)
    assert set(overdue(world, until)) == set(overdue(world, now))
    if then:
        assert set(overdue(world, then)) > set(overdue(world, now))
