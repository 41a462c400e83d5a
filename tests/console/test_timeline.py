"""The timeline: in the order in which it happened; edited, struck, pinned, filtered, searched, copied."""

from tests.console.seat import Seat
from warroom.console.timeline import Timeline


async def to_log(seat: Seat, *texts: str) -> None:
    """Log some lines and go to the last of them."""
    for text in texts:
        await seat.note(text)
    await seat.press("2", "G")


async def test_a_back_dated_note_stands_where_it_happened(seat: Seat) -> None:
    await to_log(seat, "Error rate 45 %", "14:05 batch job deployed", "-3m users complain")
    shown = seat.pane("timeline")
    assert shown.index("14:05 batch job deployed (entered late)") < shown.index("14:20 users complain")
    assert shown.index("14:20") < shown.index("14:23 ● Declared") < shown.index("Error rate 45 %")


async def test_another_day_is_named(seat: Seat) -> None:
    await to_log(seat, "yesterday 23:50 first report")
    assert "Sun 2026-02-01 UTC 23:50 first report" in seat.pane("timeline")
    assert "Mon 2026-02-02 UTC 14:23" in seat.pane("timeline")


async def test_it_follows_new_entries_unless_the_cursor_was_moved(seat: Seat) -> None:
    await to_log(seat, "first", "second")
    assert seat.get(Timeline).cursor == seat.get(Timeline).count() - 1
    await seat.press("g")
    await seat.note("third")
    assert seat.get(Timeline).cursor == 0


async def test_an_entry_is_edited_and_its_versions_are_kept(seat: Seat) -> None:
    await to_log(seat, "error rate 54 %")
    await seat.press("E")
    await seat.answer("error rate 45 %")
    assert "error rate 45 % (edited)" in seat.pane("timeline")
    await seat.press("enter")
    assert seat.shows("Earlier versions", "error rate 54 %")


async def test_an_entry_is_struck_and_stands_again(seat: Seat) -> None:
    await to_log(seat, "wrong")
    await seat.press("x")
    assert "✗ wrong" in seat.pane("timeline")
    await seat.press("x")
    assert "✗ wrong" not in seat.pane("timeline")


async def test_what_was_done_is_not_edited_but_undone(seat: Seat) -> None:
    await seat.press("2", "g", "E", "x")
    assert seat.said == ["This records what was done; take it back with z."] * 2


async def test_a_metric_is_struck_but_not_edited(seat: Seat) -> None:
    await to_log(seat, "error rate: 45% -> 5%")
    assert "∆ error rate: 45% → 5%" in seat.pane("timeline")
    await seat.press("E")
    assert seat.place == "WarRoom"
    assert seat.said == ["A metric cannot be edited; strike it and enter it again."]


async def test_an_entry_is_pinned_and_only_pinned_ones_are_shown(seat: Seat) -> None:
    await to_log(seat, "noise", "batch job found")
    await seat.press("p")
    assert "★ batch job found" in seat.pane("timeline")
    await seat.press("f", "f", "f")
    assert seat.pane("timeline").strip() == "14:23 ★ batch job found"
    await seat.press("f")
    assert "noise" in seat.pane("timeline")


async def test_the_filter_goes_round(seat: Seat) -> None:
    await to_log(seat, "a note")
    await seat.press("f")
    assert seat.pane("timeline").strip() == "14:23 a note"
    await seat.press("f")
    assert "a note" not in seat.pane("timeline")


async def test_a_search_shows_what_contains_it_and_escape_ends_it(seat: Seat) -> None:
    await to_log(seat, "web latency 2 s", "database restarted")
    await seat.press("/")
    await seat.types("LATENCY", "enter")
    assert seat.pane("timeline").strip() == "14:23 web latency 2 s"
    await seat.press("escape")
    assert "database restarted" in seat.pane("timeline")
    assert seat.place == "WarRoom"


async def test_a_search_without_hits_says_so(seat: Seat) -> None:
    await seat.press("2", "/")
    await seat.types("unicorn", "enter")
    assert "Nothing matches" in seat.pane("timeline")
    await seat.press("enter", "x", "E", "p", "y", "A", "G", "g")
    assert seat.place == "WarRoom"


async def test_copy_puts_the_entry_on_the_clipboard(seat: Seat) -> None:
    await to_log(seat, "Error rate 45 %")
    await seat.press("y")
    assert seat.console.clipboard == "2026-02-02 14:23 UTC Error rate 45 %"


async def test_the_entry_menu_does_what_its_keys_do(seat: Seat) -> None:
    await to_log(seat, "Error rate 45 %")
    await seat.press("enter")
    assert seat.shows("happened 2026-02-02 14:23:00 UTC", "entered 2026-02-02 14:23:00 UTC by maya")
    await seat.press("p")
    assert "★ Error rate 45 %" in seat.pane("timeline")
    await seat.press("enter", "p", "enter", "x")
    assert "✗ Error rate 45 %" in seat.pane("timeline")


async def test_consequences_of_an_act_are_not_listed_twice(seat: Seat) -> None:
    await seat.press("d", "enter")
    assert "☑ Classify severity" not in seat.pane("timeline")
