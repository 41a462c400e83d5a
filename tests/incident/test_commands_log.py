"""The log: notes and findings, edited, struck, pinned; and what the entry line makes of a line."""

import pytest

from tests.incident.worlds import World, at, minutes, reason, ticked
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.entry import parse
from warroom.incident.events import FindingKind


@pytest.fixture
def world() -> World:
    """An incident with one note."""
    world = World()
    world.do(1, commands.note, "Error rate 45 %")
    return world


def test_a_note_is_kept_as_typed_without_what_acts_on_a_terminal() -> None:
    assert World().do(1, commands.note, " [b]4\x1b[31m5[/b]\x00 ") == (e.Noted("[b]45[/b]"),)


@pytest.mark.parametrize("text", ["", " ", "\x1b[2J", "\n\n"])
def test_an_empty_note_is_refused(text: str) -> None:
    assert "nothing to log" in reason(World().may(1, commands.note, text))


@pytest.mark.parametrize(
    ("finding", "items"),
    [("root cause", {"4.1.1", "4.2.o1"}), ("contributing factor", {"6.1.3"}), ("lesson", {"6.1.4"})],
)
def test_a_finding_ticks_the_action_that_asks_for_it(finding: FindingKind, items: set[str]) -> None:
    world = World()
    assert ticked(world.do(1, commands.record_finding, finding, "pool exhausted")) == items
    assert world.incident.standing(finding) == ("pool exhausted",)
    world.undo()
    assert world.incident.standing(finding) == ()
    assert not items & set(world.incident.items)


def test_a_finding_needs_words() -> None:
    assert "needs words" in reason(World().may(1, commands.record_finding, "lesson", ""))


def test_an_edited_note_reads_as_the_latest_version_and_keeps_the_others(world: World) -> None:
    note = world.last_id()
    world.do(2, commands.edit, note, "Error rate 46 %")
    world.do(3, commands.edit, note, "Error rate 47 %")
    assert world.incident.latest(note, "Error rate 45 %") == "Error rate 47 %"
    amendment = world.incident.amended.get(note)
    assert amendment is not None
    assert amendment.versions == ("Error rate 46 %", "Error rate 47 %")


def test_an_edit_must_change_something_and_leave_something(world: World) -> None:
    note = world.last_id()
    assert "Nothing was changed" in reason(world.may(2, commands.edit, note, "Error rate 45 %"))
    assert "strike it instead" in reason(world.may(2, commands.edit, note, " "))


def test_an_edit_can_take_the_first_wording_back(world: World) -> None:
    note = world.last_id()
    world.do(2, commands.edit, note, "Error rate 46 %")
    assert world.do(3, commands.edit, note, "Error rate 45 %")


def test_a_struck_note_stays_and_can_stand_again(world: World) -> None:
    note = world.last_id()
    world.do(2, commands.strike, note, "wrong graph")
    assert world.incident.is_struck(note)
    assert world.incident.timeline.find(note) is not None
    assert "struck already" in reason(world.may(3, commands.strike, note))
    world.do(4, commands.toggle_struck, note)
    assert not world.incident.is_struck(note)
    assert world.do(5, commands.toggle_struck, note) == (e.Struck(note),)


def test_a_struck_finding_no_longer_stands() -> None:
    world = World()
    world.do(1, commands.record_finding, "root cause", "DNS")
    world.do(2, commands.strike, world.last_id())
    assert world.incident.standing("root cause") == ()


def test_what_was_done_is_undone_not_edited_or_struck() -> None:
    world = World()
    declared = world.last_id()
    assert "undo it instead" in reason(world.may(1, commands.edit, declared, "x"))
    assert "undo it instead" in reason(world.may(1, commands.strike, declared))


def test_a_metric_can_be_struck_but_not_edited() -> None:
    world = World()
    world.do(1, commands.enter, parse("error rate: 45% -> 5%", at(1)))  # type: ignore[arg-type]
    metric = world.last_id()
    assert "metric" in reason(world.may(2, commands.edit, metric, "x"))
    assert world.do(2, commands.strike, metric) == (e.Struck(metric),)


def test_any_entry_can_be_pinned_and_unpinned(world: World) -> None:
    declared = world.events[0].id
    world.do(2, commands.toggle_pinned, declared)
    assert world.incident.is_pinned(declared)
    world.do(3, commands.toggle_pinned, declared)
    assert not world.incident.is_pinned(declared)


def test_there_must_be_an_entry_to_amend() -> None:
    world = World()
    for outcome in (
        world.may(1, commands.edit, "nowhere", "x"),
        world.may(1, commands.strike, "nowhere"),
        world.may(1, commands.toggle_struck, "nowhere"),
        world.may(1, commands.toggle_pinned, "nowhere"),
    ):
        assert reason(outcome) == "There is no such entry."


def test_amending_is_no_entry_of_its_own(world: World) -> None:
    entries = len(world.incident.timeline)
    world.do(2, commands.toggle_pinned, world.last_id())
    assert len(world.incident.timeline) == entries


@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ("Error rate 45 %", e.Noted("Error rate 45 %")),
        ("@bob check web latency 3m", e.AssignmentGiven("@bob", "check web latency", minutes(3))),
        ("todo add pool monitoring @sre", e.ActionItemOpened("add pool monitoring", "@sre")),
        ("error rate: 45% -> 5%", e.MetricObserved("error rate", "45%", "5%")),
        ("lesson: alert on pool size", e.FindingRecorded("lesson", "alert on pool size")),
    ],
)
def test_an_entry_line_becomes_the_fact_that_it_stands_for(typed: str, fact: e.AnyFact) -> None:
    line = parse(typed, at(1))
    assert line is not None
    assert World().do(1, commands.enter, line)[0] == fact


def test_metrics_are_known_in_the_order_in_which_they_were_observed() -> None:
    world = World()
    world.tell(20, e.MetricObserved("error rate", "5%", "0.1%"))
    world.tell(10, e.MetricObserved("error rate", "45%", "5%"))
    assert [metric.after for metric in world.incident.metrics] == ["5%", "0.1%"]
