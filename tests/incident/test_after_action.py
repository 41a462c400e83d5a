"""After-action: what was late, by how much, and what was left out."""

from datetime import date

import pytest
from hypothesis import given, settings

from tests.incident.test_fold import LIVES
from tests.incident.worlds import World, at, minutes
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.after_action import AfterAction, after_action, render
from warroom.incident.incident import Incident
from warroom.incident.matters import Matter, agenda


def found(world: World, minute: float = 60) -> AfterAction:
    return after_action(world.events, at(minute))


def late(world: World, minute: float = 60) -> dict[str, float]:
    """What was late by how many minutes."""
    return {each.matter.id.split(":")[0]: each.by / minutes(1) for each in found(world, minute).late}


def settled(world: World, minute: float = 1) -> World:
    """With a severity that owes no updates, and a commander."""
    world.do(minute, commands.set_severity, "SEV4")
    world.do(minute, commands.assign_role, "maya", "Incident Commander")
    world.do(minute, commands.tick, "1.1.2")
    return world


# ── late ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_settled_in_time_is_not_late_to_the_second() -> None:
    assert late(settled(World(), 5), 29) == {}
    assert found(settled(World(), 5), 29).in_time == 3


def test_a_severity_and_a_commander_that_come_late() -> None:
    assert late(settled(World(), 7), 29) == {"severity": 2, "commander": 2}


def test_an_acknowledgement_after_the_response_time() -> None:
    world = World(level="SEV2")
    world.do(20, commands.tick, "1.1.2")
    assert late(world, 21)["response"] == 5


def test_an_update_that_came_late_and_one_that_never_came() -> None:
    world = settled(World())
    world.do(2, commands.set_cadence, "internal", minutes(10))
    world.do(15, commands.publish_update, "internal", "we are looking")
    (first, second) = found(world, 29).late
    assert (first.matter.due_at, first.settled_at, first.by) == (at(12), at(15), minutes(3))
    assert (second.matter.due_at, second.settled_at, second.by) == (at(25), None, minutes(4))


def test_a_check_back_that_came_late() -> None:
    world = settled(World())
    world.do(2, commands.assign, "bob", "check latency", minutes(3))
    world.do(9, commands.check_back, "bob", "done")
    assert late(world, 10) == {"check-back": 4}


def test_an_escalation_is_due_when_its_trigger_holds_and_late_when_it_has_settled_in() -> None:
    world = World(level="SEV1")
    world.do(4, commands.escalate, "Engineering Manager", "SEV1")
    assert "escalate" not in late(world, 5)
    world = World(level="SEV1")
    world.do(12, commands.escalate, "Engineering Manager", "SEV1")
    assert late(world, 13)["escalate"] == 12


def test_what_was_still_due_when_it_was_closed_was_never_settled() -> None:
    world = settled(World())
    world.do(2, commands.assign, "bob", "check latency", minutes(3))
    world.do(20, commands.close)
    (open_still,) = found(world).late
    assert open_still.matter.kind == "check-back"
    assert (open_still.settled_at, open_still.by) == (None, minutes(15))


def test_an_action_item_is_late_after_its_day() -> None:
    world = settled(World())
    world.do(2, commands.close)
    world.do(3, commands.open_action_item, "add monitoring", "sre", date(2026, 2, 2))
    assert late(world, 60) == {}
    assert set(late(world, 60 * 24)) == {"action-item"}


def test_what_was_undone_did_not_settle_anything() -> None:
    world = World()
    world.do(2, commands.set_severity, "SEV4")
    world.undo()
    assert late(world, 10)["severity"] == 5


@given(LIVES)
@settings(deadline=None, max_examples=60)
def test_what_is_overdue_now_is_late_and_nothing_is_late_before_its_time(world: World) -> None:
    now = max(event.occurred_at for event in world.events) + minutes(1)
    said = after_action(world.events, now)
    assert all(each.by > minutes(0) for each in said.late)
    assert said.in_time >= 0
    open_now = {each.matter for each in said.late if each.settled_at is None}
    overdue = {m for m in agenda(world.incident) if now - m.due_at > minutes(5)}
    assert overdue <= open_now


# ── left out ───────────────────────────────────────────────────────────────────────────────────


def test_what_was_skipped_and_what_a_gate_was_passed_without() -> None:
    world = settled(World())
    world.do(2, commands.skip, "1.1.4", "the bot does it")
    world.do(3, commands.enter_phase, 2, "no time for logs")
    left = {(each.what, each.why) for each in found(world).left}
    assert ("Create incident channel", "the bot does it") in left
    assert ("Review error logs", "no time for logs") in left
    assert not any(what == "Count affected users" for what, _ in left)  # of the phase it is in


# ── in words ───────────────────────────────────────────────────────────────────────────────────


def test_it_reads_as_markdown_with_definitions() -> None:
    world = World("a | b")
    settled(world, 7)
    world.do(20, commands.close)
    said = render(found(world))
    assert said.startswith("# After-action: INC-2026-0042 · a \\| b\n")
    assert "| classify severity | 14:28:00 | 14:30:00 | 2 minutes |" in said
    assert "1 of 3 matters was settled in time." in said
    assert "| duration | declared → closed | 20 minutes |" in said
    assert "| TTM time to mitigate | started → mitigated | not recorded |" in said


def test_it_says_so_when_nothing_was_late_or_left_out() -> None:
    said = render(found(settled(World()), 2))
    assert "## What was late\n\nNothing. 3 of 3 matters were settled in time." in said
    assert "## What was left out\n\nNothing." in said


def test_figures_settle_nothing_and_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    world = settled(World())
    before = found(world)
    world.tell(2, e.MetricObserved("error rate", "45%", "5%"))
    looks: list[Incident] = []

    def looked(incident: Incident) -> tuple[Matter, ...]:
        looks.append(incident)
        return agenda(incident)

    monkeypatch.setattr("warroom.incident.after_action.agenda", looked)
    after = found(world)
    assert after == before
    assert len(looks) == len([each for each in world.events if type(each.fact) is not e.MetricObserved])
