"""Action items and the post-mortem: what remains to be done."""

from datetime import date

import pytest

from tests.incident.worlds import World, reason, ticked
from warroom.incident import commands
from warroom.incident import events as e

FRIDAY = date(2026, 2, 6)


def opened(world: World, text: str = "add pool monitoring", owner: str = "", due: date | None = None) -> str:
    world.do(60, commands.open_action_item, text, owner, due)
    return world.incident.action_items[-1].id


def test_opening_an_action_item_ticks_what_asks_for_it() -> None:
    world = World()
    facts = world.do(60, commands.open_action_item, "add pool monitoring")
    assert facts[0] == e.ActionItemOpened("add pool monitoring")
    assert ticked(facts) == {"6.2.1", "6.2.o2"}
    world.undo()
    assert world.incident.action_items == ()
    assert not {"6.2.1", "6.2.o2"} & set(world.incident.items)


def test_owners_and_deadlines_are_settled_once_every_item_has_its_own() -> None:
    world = World()
    first = opened(world)
    assert not world.incident.done("6.2.2")
    opened(world, "review batch jobs", "lead", FRIDAY)
    assert not world.incident.done("6.2.2")
    facts = world.do(62, commands.change_action_item, first, "add pool monitoring", "sre", FRIDAY)
    assert ticked(facts) == {"6.2.2", "6.2.3"}
    assert world.incident.action_item(first) is not None
    assert world.incident.action_items[0].owner == "@sre"


def test_an_item_with_an_owner_but_no_due_date_settles_owners_only() -> None:
    facts = World().do(60, commands.open_action_item, "add pool monitoring", "@sre")
    assert ticked(facts) == {"6.2.1", "6.2.o2", "6.2.2"}


def test_a_dropped_item_needs_no_owner() -> None:
    world = World()
    world.do(61, commands.drop_action_item, opened(world))
    opened(world, "review batch jobs", "lead", FRIDAY)
    assert world.incident.done("6.2.2")


def test_an_action_item_needs_words() -> None:
    world = World()
    assert "needs words" in reason(world.may(1, commands.open_action_item, " "))
    target = opened(world)
    assert "drop it instead" in reason(world.may(1, commands.change_action_item, target, ""))


def test_a_change_must_change_something_that_exists() -> None:
    world = World()
    target = opened(world, "add pool monitoring", "sre")
    same = world.may(61, commands.change_action_item, target, "add pool monitoring", "@sre")
    assert "Nothing was changed" in reason(same)
    assert "no such action item" in reason(world.may(61, commands.change_action_item, "nowhere", "x"))


def test_finishing_the_last_open_item_completes_the_tracking() -> None:
    world = World()
    first, second, third = opened(world), opened(world, "b"), opened(world, "c")
    assert ticked(world.do(70, commands.finish_action_item, first)) == set()
    assert ticked(world.do(71, commands.drop_action_item, second, "no longer needed")) == set()
    assert ticked(world.do(72, commands.toggle_action_item, third)) == {"6.2.4"}
    assert [item.status for item in world.incident.action_items] == ["done", "dropped", "done"]
    assert world.incident.action_items[1].note == "no longer needed"


def test_dropping_the_last_open_item_completes_the_tracking_too() -> None:
    world = World()
    assert ticked(world.do(70, commands.drop_action_item, opened(world))) == {"6.2.4"}


@pytest.mark.parametrize("command", [commands.finish_action_item, commands.drop_action_item])
def test_a_settled_item_can_be_opened_again(command: object) -> None:
    world = World()
    target = opened(world)
    world.do(70, command, target)  # type: ignore[arg-type]
    assert "already" in reason(world.may(71, command, target))  # type: ignore[arg-type]
    assert world.do(72, commands.toggle_action_item, target) == (e.ActionItemReopened(target),)
    assert world.incident.action_items[0].status == "open"


def test_only_a_settled_item_can_be_opened_again() -> None:
    world = World()
    target = opened(world)
    assert "It is open" in reason(world.may(1, commands.reopen_action_item, target))
    assert "no such action item" in reason(world.may(1, commands.reopen_action_item, "nowhere"))
    world.do(2, commands.drop_action_item, target)
    assert world.do(3, commands.reopen_action_item, target) == (e.ActionItemReopened(target),)


def test_there_must_be_an_item_to_settle() -> None:
    world = World()
    for command in (commands.finish_action_item, commands.drop_action_item, commands.toggle_action_item):
        assert "no such action item" in reason(world.may(1, command, "nowhere"))


def test_an_item_remembers_the_entry_that_it_came_from() -> None:
    world = World()
    (fact, *_) = world.do(1, commands.open_action_item, "add an alert", "", None, world.events[0].id)
    assert fact == e.ActionItemOpened("add an alert", source=world.events[0].id)


def test_writing_the_post_mortem_gathers_the_timeline_and_records_the_document() -> None:
    world = World()
    facts = world.do(90, commands.post_mortem_written, "INC-2026-0042.md")
    assert facts[0] == e.PostMortemWritten("INC-2026-0042.md")
    assert ticked(facts) == {"6.1.2", "6.2.o1"}
    assert world.incident.items["6.2.o1"].text == "INC-2026-0042.md"
