"""Action items: opened in one line, changed, done, dropped, overdue, promoted from the log."""

from datetime import date

from tests.console.seat import Seat
from warroom.incident import events as e


async def opened(seat: Seat, line: str) -> None:
    """Open one and go to it."""
    await seat.press("a")
    await seat.types(line, "enter")
    await seat.press("4", "G")


async def test_one_line_gives_wording_owner_and_due_date(seat: Seat) -> None:
    await seat.press("a")
    await seat.types("add pool monitoring @sre fri")
    assert seat.shows("action item: add pool monitoring · @sre · due Fri 2026-02-06")
    await seat.press("enter")
    assert seat.last == e.ActionItemOpened("add pool monitoring", "@sre", date(2026, 2, 6))
    assert "☐ add pool monitoring @sre Fri 06 Feb" in seat.pane("action-items")


async def test_todo_in_the_entry_line_opens_one(seat: Seat) -> None:
    await seat.note("todo review the batch job @lead")
    assert seat.incident.action_items[0].owner == "@lead"


async def test_done_and_open_again(seat: Seat) -> None:
    await opened(seat, "watch the pool")
    await seat.press("space")
    assert "☑ watch the pool" in seat.pane("action-items")
    await seat.press("space")
    assert "☐ watch the pool" in seat.pane("action-items")


async def test_changed_in_the_same_grammar(seat: Seat) -> None:
    await opened(seat, "watch the pool @sre 2026-02-06")
    await seat.press("enter")
    await seat.answer("alert on the pool @qa 2026-03-01")
    item = seat.incident.action_items[0]
    assert (item.text, item.owner, item.due) == ("alert on the pool", "@qa", date(2026, 3, 1))


async def test_dropped_with_a_reason(seat: Seat) -> None:
    await opened(seat, "watch the pool")
    await seat.press("x")
    await seat.types("done by vendor", "enter")
    assert seat.incident.action_items[0].status == "dropped"
    assert "☒ watch the pool" in seat.pane("action-items")
    assert "Action item dropped: watch the pool · done by vendor" in seat.pane("timeline")


async def test_overdue_is_said_in_words(seat: Seat) -> None:
    await opened(seat, "watch the pool @sre tomorrow")
    await seat.tick(days=2)
    assert "▲ overdue Tue 03 Feb" in seat.pane("action-items")


async def test_a_log_entry_is_promoted(seat: Seat) -> None:
    await seat.note("the pool has no alert")
    await seat.press("2", "G", "A")
    assert seat.shows("the pool has no alert")
    await seat.types(" @sre", "enter")
    opened_item = seat.facts(e.ActionItemOpened)[0]
    assert opened_item.text == "the pool has no alert"
    assert opened_item.owner == "@sre"
    assert opened_item.source == next(v.id for v in seat.events if isinstance(v.fact, e.Noted))
