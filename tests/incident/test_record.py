"""The record: undo and redo, acts, and events that arrive in any order."""

import pytest

from tests.incident.worlds import SEED, World, at, event
from warroom.incident import commands, record
from warroom.incident import events as e
from warroom.incident.record import Record


def notes(world: World) -> list[str]:
    return [each.fact.text for each in world.incident.timeline if isinstance(each.fact, e.Noted)]


def noting(*texts: str) -> World:
    world = World()
    for minute, text in enumerate(texts, 1):
        world.do(minute, commands.note, text)
    return world


def test_undo_takes_acts_back_one_by_one_and_redo_brings_them_back() -> None:
    world = noting("a", "b", "c")
    world.undo()
    world.undo()
    assert notes(world) == ["a"]
    world.redo()
    assert notes(world) == ["a", "b"]
    world.redo()
    assert notes(world) == ["a", "b", "c"]
    assert world.record.redoable("@maya") is None


def test_an_act_that_was_redone_can_be_undone_again() -> None:
    world = noting("a", "b")
    world.undo()
    world.redo()
    world.undo()
    assert notes(world) == ["a"]
    world.redo()
    assert notes(world) == ["a", "b"]


def test_there_is_nothing_to_redo_once_something_else_was_done() -> None:
    world = noting("a")
    world.undo()
    world.do(5, commands.note, "b")
    assert world.record.redoable("@maya") is None
    world.undo()
    world.redo()
    assert notes(world) == ["b"]


def test_the_declaration_cannot_be_undone() -> None:
    world = noting("a")
    world.undo()
    assert world.record.undoable("@maya") == ()


def test_a_retracted_declaration_still_holds() -> None:
    world = World(level="SEV2")
    world.tell(1, e.Retracted(world.events[0].id))
    assert world.incident.title == "Production database is throwing errors"
    assert Record(world.events).incident == world.incident


def test_everybody_undoes_their_own_acts_only() -> None:
    world = noting("maya's")
    world.record.add([event(50, e.Noted("bob's"), at(9), by="@bob")])
    (fact,) = world.record.undoable("@maya")
    assert fact.fact == e.Noted("maya's")
    assert world.record.undoable("@eve") == ()
    world.count = 60
    world.undo("@bob")
    assert notes(world) == ["maya's"]
    assert world.record.redoable("@maya") is None


def test_an_act_of_somebody_else_does_not_stand_in_the_way_of_redo() -> None:
    world = noting("maya's")
    world.undo()
    world.record.add([event(50, e.Noted("bob's"), at(9), by="@bob")])
    assert world.record.redoable("@maya") is not None


def test_a_retraction_may_arrive_before_what_it_retracts() -> None:
    declared = event(1, e.Declared("INC-2026-0042", "x", SEED))
    note, retraction = event(2, e.Noted("a")), event(3, e.Retracted("000002"))
    found = Record([declared])
    found.add([retraction])
    assert len(found.add([note]).timeline) == 1
    assert found.incident == Record([declared, note, retraction]).incident


def test_what_is_known_changes_nothing() -> None:
    world = noting("a")
    before = world.incident
    assert world.record.add(world.events) is before
    assert world.record.add([]) is before


def test_an_event_that_comes_twice_counts_once() -> None:
    declared, note = event(1, e.Declared("INC-2026-0042", "x", SEED)), event(2, e.Noted("a"))
    assert len(Record([declared, note, note]).incident.timeline) == 2
    found = Record([declared])
    assert len(found.add([note, note]).timeline) == 2
    assert len(found) == 2


def test_the_clock_is_the_highest_there_is() -> None:
    world = noting("a", "b")
    assert world.record.clock == len(world.events)


def test_without_a_declaration_there_is_no_incident() -> None:
    with pytest.raises(ValueError, match="no"):
        Record([])
    with pytest.raises(ValueError, match="no declaration"):
        Record([event(1, e.Noted("a"))])
    with pytest.raises(ValueError, match="not a declaration"):
        Record([event(1, e.Renamed("a"))])


def test_a_long_record_folds_again_from_a_checkpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "_EVERY", 5)
    declared = event(0, e.Declared("INC-2026-0042", "x", SEED))
    events = [declared, *(event(2 * n, e.Noted(str(n)), at(n)) for n in range(1, 40))]
    found = Record(events)
    for late in (79, 41, 3, 77, 1):
        new = event(late, e.SeveritySet("SEV1" if late > 40 else "SEV2"), at(late / 2))
        events.append(new)
        assert found.add([new]) == Record(events).incident
    for target in (20, 60, 2):
        gone = event(100 + target, e.Retracted(f"{target:06}"))
        events.append(gone)
        assert found.add([gone]) == Record(events).incident


def test_whoever_reads_while_something_late_is_taken_in_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    world = noting("a", "b", "c")
    (late,) = (each for each in world.record if isinstance(each.fact, e.Noted) and each.fact.text == "b")
    found = Record(each for each in world.record if each is not late)
    lengths: list[int] = []
    order = record._order

    def looking(each: e.Event) -> tuple[int, str]:
        lengths.append(len(found))
        return order(each)

    monkeypatch.setattr(record, "_order", looking)
    found.add([late])
    assert set(lengths) == {len(world.record) - 1}
    assert list(found) == list(world.record)
    assert list(reversed(found)) == list(found)[::-1]
