"""Severity over the course of an incident."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incident.test_fold import LIVES
from tests.incident.worlds import SEED, World, at, minutes
from warroom.incident import commands
from warroom.incident.playbook import DecisionRow
from warroom.incident.severity import highest, time_in_levels


def test_the_time_in_each_level_counts_every_visit_to_it() -> None:
    world = World()
    assert time_in_levels(world.incident, at(5)) == {}
    for minute, level in ((2, "SEV2"), (10, "SEV1"), (25, "SEV2")):
        world.do(minute, commands.set_severity, level)
    found = time_in_levels(world.incident, at(40))
    assert found == {"SEV2": minutes(8 + 15), "SEV1": minutes(15)}
    assert list(found) == ["SEV2", "SEV1"]
    world.do(45, commands.close)
    assert time_in_levels(world.incident, at(500))["SEV2"] == minutes(8 + 20)


def test_a_change_that_is_entered_late_takes_its_place_and_keeps_its_rationale() -> None:
    world = World(level="SEV3")
    world.do(20, commands.set_severity, "SEV1", "Complete outage")
    world.do(10, commands.set_severity, "SEV2", "Major feature down")
    assert [(change.level, change.condition) for change in world.incident.severities] == [
        ("SEV3", "Partial degradation"), ("SEV2", "Major feature down"), ("SEV1", "Complete outage")
    ]  # fmt: skip
    assert time_in_levels(world.incident, at(30)) == dict.fromkeys(("SEV3", "SEV2", "SEV1"), minutes(10))


def test_no_time_runs_backwards_when_the_wall_clock_does() -> None:
    assert time_in_levels(World(level="SEV1").incident, at(-5)) == {"SEV1": timedelta()}


@given(LIVES, st.integers(0, 90))
@settings(deadline=None, max_examples=40)
def test_the_levels_share_the_time_since_the_first_was_set(world: World, minute: int) -> None:
    incident = world.incident
    spans = time_in_levels(incident, at(minute))
    if incident.severities and not incident.closed_at and at(minute) >= incident.severities[-1].at:
        assert sum(spans.values(), timedelta()) == at(minute) - incident.severities[0].at


def test_the_highest_plausible_row_wins() -> None:
    table = SEED.decisions[0].rows
    assert highest(SEED, [table[2], table[1], table[3]]) == table[1]
    assert highest(SEED, [DecisionRow("Odd", "nobody knows"), table[3]]) == table[3]
    assert highest(SEED, [DecisionRow("Odd", "nobody knows")]) is None
    assert highest(SEED, []) is None
