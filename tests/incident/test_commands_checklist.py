"""Actions, criteria and outputs: ticked, opened again, skipped, recorded."""

import pytest

from tests.incident.worlds import World, at, reason, ticked
from warroom.incident import commands
from warroom.incident import events as e


def test_ticking_an_action_says_when_and_by_whom() -> None:
    world = World()
    assert world.do(2, commands.tick, "1.1.4") == (e.Ticked("1.1.4"),)
    state = world.incident.items["1.1.4"]
    assert (state.status, state.at, state.by, state.linked) == ("done", at(2), "@maya", False)


@pytest.mark.parametrize("item", ["1.entry", "1.exit", "6.2.4"])
def test_criteria_are_ticked_like_actions(item: str) -> None:
    assert World().do(1, commands.tick, item) == (e.Ticked(item),)


def test_ticking_an_output_records_it() -> None:
    assert World().do(1, commands.tick, "1.2.o1") == (e.OutputRecorded("1.2.o1"),)


@pytest.mark.parametrize("item", ["", "1", "1.1", "9.1.1", "1.1.9", "1.1.o1", "01.1.1", "9" * 5000, "٣.1.1"])
def test_what_is_not_in_the_playbook_cannot_be_ticked_or_skipped(item: str) -> None:
    assert "No action" in reason(World().may(1, commands.tick, item))
    assert "No action" in reason(World().may(1, commands.skip, item, "why not"))
    assert "No output" in reason(World().may(1, commands.record_output, item, "x"))


def test_a_criterion_that_the_playbook_leaves_empty_cannot_be_ticked() -> None:
    playbook = type(World().incident.playbook)("Small", (type(World().incident.phase)(1, "Only"),))
    assert "No action" in reason(World(playbook=playbook).may(1, commands.tick, "1.exit"))


def test_what_is_done_cannot_be_ticked_again() -> None:
    world = World()
    world.do(1, commands.tick, "1.1.4")
    assert "done already" in reason(world.may(2, commands.tick, "1.1.4"))


def test_what_was_skipped_can_still_be_done() -> None:
    world = World()
    world.do(1, commands.skip, "1.1.4", "no chat")
    world.do(2, commands.tick, "1.1.4")
    assert world.incident.done("1.1.4")


def test_unticking_opens_what_was_ticked_or_skipped() -> None:
    world = World()
    world.do(1, commands.tick, "1.1.4")
    assert world.do(2, commands.untick, "1.1.4") == (e.Unticked("1.1.4"),)
    world.do(3, commands.skip, "1.1.4", "no chat")
    world.do(4, commands.toggle, "1.1.4")
    assert "1.1.4" not in world.incident.items
    assert "open already" in reason(world.may(5, commands.untick, "1.1.4"))


def test_toggling_ticks_what_is_open() -> None:
    assert World().do(1, commands.toggle, "1.1.4") == (e.Ticked("1.1.4"),)


def test_skipping_needs_a_reason_which_is_kept() -> None:
    world = World()
    assert "reason" in reason(world.may(1, commands.skip, "1.1.4", " "))
    world.do(1, commands.skip, "1.1.4", "no chat")
    assert world.incident.items["1.1.4"].text == "no chat"
    assert world.incident.items["1.1.4"].status == "skipped"
    assert not world.incident.done("1.1.4")
    assert "settled already" in reason(world.may(2, commands.skip, "1.1.4", "again"))


def test_progress_counts_actions_that_are_done_or_skipped() -> None:
    world = World()
    world.do(1, commands.tick, "1.1.4")
    world.do(1, commands.skip, "1.2.1", "no dashboards")
    world.do(1, commands.tick, "1.2.o1")
    assert world.incident.progress() == (3, 48)
    assert world.incident.progress(world.incident.phase) == (3, 8)


def test_an_output_says_where_it_lies_and_can_be_said_anew() -> None:
    world = World()
    world.do(1, commands.record_output, "1.2.o1", "OPS-17")
    world.do(2, commands.record_output, "1.2.o1", "OPS-18")
    assert world.incident.items["1.2.o1"].text == "OPS-18"


def test_an_action_is_no_output() -> None:
    assert "No output" in reason(World().may(1, commands.record_output, "1.1.1", "x"))


def test_recording_the_root_cause_as_an_output_records_the_finding() -> None:
    world = World()
    facts = world.do(30, commands.record_output, "4.2.o1", "batch job holds connections")
    assert facts[0] == e.FindingRecorded("root cause", "batch job holds connections")
    assert ticked(facts) == {"4.1.1", "4.2.o1"}
    assert world.incident.standing("root cause") == ("batch job holds connections",)
