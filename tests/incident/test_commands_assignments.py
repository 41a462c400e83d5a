"""Assignments: who does what until when, what became of it, and the board of who is on what."""

import pytest

from tests.incident.worlds import World, at, minutes, reason
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.board import board
from warroom.incident.matters import agenda
from warroom.incident.wording import wording


def assigned(world: World) -> str:
    world.do(5, commands.assign, "bob", "check web latency", minutes(3))
    return world.incident.assignments[-1].id


def test_an_assignment_is_due_at_the_end_of_its_time_box() -> None:
    world = World()
    assigned(world)
    (assignment,) = world.incident.assignments
    assert (assignment.who, assignment.task, assignment.due_at) == ("@bob", "check web latency", at(8))


def test_an_assignment_without_a_time_box_is_never_due() -> None:
    world = World()
    world.do(5, commands.assign, "bob", "check web latency")
    assert world.incident.assignments[0].due_at is None


@pytest.mark.parametrize(("who", "task"), [("", "look"), ("bob", " "), ("@", "look")])
def test_an_assignment_needs_a_name_and_a_task(who: str, task: str) -> None:
    assert "needs a name and a task" in reason(World().may(1, commands.assign, who, task))


def test_a_check_back_settles_an_assignment() -> None:
    world = World()
    target = assigned(world)
    world.do(8, commands.check_back, target, "done")
    assert world.incident.assignments[0].outcome == "done"
    assert "done already" in reason(world.may(9, commands.check_back, target, "dropped"))


def test_an_extended_assignment_is_due_so_much_after_the_check_back() -> None:
    world = World()
    target = assigned(world)
    world.do(8, commands.check_back, target, "extended", minutes(5))
    assert world.incident.assignments[0].due_at == at(13)
    world.do(13, commands.check_back, target, "dropped")
    assert world.incident.assignments[0].outcome == "dropped"


def test_a_check_back_needs_an_assignment_and_an_outcome() -> None:
    world = World()
    target = assigned(world)
    assert "no such assignment" in reason(world.may(8, commands.check_back, "nowhere", "done"))
    assert "extended by a time" in reason(world.may(8, commands.check_back, target, "extended"))
    assert "done, extended, reassigned, escalated, dropped" in reason(
        world.may(8, commands.check_back, target, "fine")
    )
    assert "cannot be earlier" in reason(world.may(4, commands.check_back, target, "done"))


def test_a_reassigned_task_goes_on_with_somebody_else_and_a_new_time_box() -> None:
    world = World()
    target = assigned(world)
    world.do(8, commands.check_back, target, "reassigned", minutes(10), to="carol")
    before, after = world.incident.assignments
    assert (before.who, before.outcome) == ("@bob", "reassigned")
    assert (after.who, after.task, after.given_at, after.due_at) == (
        "@carol", "check web latency", at(8), at(18)
    )  # fmt: skip
    assert wording(world.events[-1], world.incident).text == (
        "@bob check web latency: reassigned to @carol · 10 minutes"
    )
    world.undo()
    (before,) = world.incident.assignments
    assert (before.outcome, before.due_at) == (None, at(8))


def test_a_reassigned_task_keeps_the_length_of_its_time_box_if_no_other_is_given() -> None:
    world = World()
    world.do(8, commands.check_back, assigned(world), "reassigned", to="carol")
    assert world.incident.assignments[-1].due_at == at(11)


def test_a_task_is_reassigned_to_somebody_else() -> None:
    world = World()
    target = assigned(world)
    assert "to whom" in reason(world.may(8, commands.check_back, target, "reassigned"))
    assert "instead of @bob" in reason(world.may(8, commands.check_back, target, "reassigned", to="bob"))


def test_an_escalated_task_raises_an_escalation_which_then_waits_for_an_answer() -> None:
    world = World(level="SEV4")
    target = assigned(world)
    assert "to whom" in reason(world.may(8, commands.check_back, target, "escalated"))
    world.do(8, commands.check_back, target, "escalated", to="Database vendor", note="out of ideas")
    assert world.incident.assignments[0].outcome == "escalated"
    (escalation,) = world.incident.escalations
    assert (escalation.to, escalation.trigger) == ("Database vendor", "@bob check web latency")
    kinds = {matter.kind: matter.due_at for matter in agenda(world.incident)}
    assert kinds["answer"] == at(13)
    assert "check-back" not in kinds
    world.undo()
    assert world.incident.escalations == ()


def test_every_outcome_is_logged_with_its_note() -> None:
    for outcome, said in {
        "done": "@bob check web latency: done · as fast as ever",
        "dropped": "@bob check web latency: dropped · as fast as ever",
        "extended": "@bob check web latency: extended by 4 minutes · as fast as ever",
    }.items():
        world = World()
        world.do(8, commands.check_back, assigned(world), outcome, minutes(4), note="as fast as ever")
        assert wording(world.events[-1], world.incident).text == said


def test_an_assignment_can_be_named_by_who_has_it_while_that_is_clear() -> None:
    world = World()
    assigned(world)
    world.do(8, commands.check_back, "bob", "done")
    assert world.incident.assignments[0].outcome == "done"
    world.do(9, commands.assign, "bob", "one thing")
    world.do(9, commands.assign, "bob", "another")
    said = reason(world.may(10, commands.check_back, "@bob", "done"))
    assert "one thing" in said
    assert "another" in said
    assert "open ones are with @bob" in reason(world.may(10, commands.check_back, "ann", "done"))


# ── the board ──────────────────────────────────────────────────────────────────────────────────


def test_the_board_shows_who_is_on_what_and_who_is_free() -> None:
    world = World()
    world.do(1, commands.join, "ann")
    world.do(1, commands.join, "dora")
    world.do(2, commands.assign, "bob", "later", minutes(20))
    world.do(2, commands.assign, "bob", "sooner", minutes(5))
    world.do(2, commands.assign, "bob", "some time")
    world.do(2, commands.assign, "dora", "done with")
    world.do(3, commands.check_back, "dora", "done")
    world.do(2, commands.assign, "carol", "first", minutes(1))
    found = [(line.who, [a.task for a in line.assignments]) for line in board(world.incident)]
    assert found == [
        ("@carol", ["first"]),
        ("@bob", ["sooner", "later", "some time"]),
        ("@ann", []),
        ("@dora", []),
    ]


def test_who_went_home_with_a_task_stays_on_the_board_until_it_is_settled() -> None:
    world = World()
    world.do(1, commands.join, "bob")
    world.do(2, commands.assign, "bob", "look", minutes(5))
    world.do(3, commands.release, "bob")
    assert [line.who for line in board(world.incident)] == ["@bob"]
    world.do(4, commands.check_back, "bob", "dropped")
    assert board(world.incident) == ()


def test_an_assignment_that_no_fact_gave_is_not_reassigned() -> None:
    world = World()
    world.tell(1, e.AssignmentCheckedBack("nowhere", "reassigned", to="@carol"))
    assert world.incident.assignments == ()
