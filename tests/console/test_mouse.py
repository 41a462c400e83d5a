"""The mouse: what can be pressed can be clicked; of quick clicks only the first counts, but on a row."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.events import MouseScrollDown, MouseScrollUp
from textual.widgets import TextArea

from tests.console.seat import NARROW, TINY, WIDE, Clock, Seat, declared, seated
from warroom.console.checklist import Checklist
from warroom.console.decisions import Decisions
from warroom.console.dialogs import ChoiceList
from warroom.console.incident_list import Incidents
from warroom.console.paned import PANES
from warroom.console.timeline import Timeline
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands, entry
from warroom.incident import events as e
from warroom.incident.commands import Outcome
from warroom.incident.incident import Incident

SIZES = (WIDE, NARROW, TINY)


@pytest.fixture(params=SIZES, ids=["120x40", "80x24", "40x12"])
async def any_size(
    request: pytest.FixtureRequest, front: FrontDesk, clock: Clock, desk: Desk
) -> AsyncIterator[Seat]:
    """The war room in terminals of several sizes."""
    async with seated(front, clock, desk.incident.number, request.param) as seat:
        yield seat


@pytest.fixture
async def small(front: FrontDesk, clock: Clock, desk: Desk) -> AsyncIterator[Seat]:
    """The war room in the smallest terminal."""
    async with seated(front, clock, desk.incident.number, TINY) as seat:
        yield seat


def place_of(seat: Seat, words: str) -> tuple[int, int]:
    """Where words stand on the screen; the last place where they do, so that a footer is found."""
    lines = seat.text.split("\n")
    y = max((y for y, line in enumerate(lines) if words in line), default=-1)
    assert y >= 0, f"no {words!r} on:\n{seat.text}"
    return lines[y].rindex(words), y


async def click(seat: Seat, words: str, times: int = 1, dx: int = 0) -> None:
    """Click on words that are to be read."""
    await seat.pilot.pause()  # a dialog that says more at the second look has found its place
    x, y = place_of(seat, words)
    await seat.pilot.click(offset=(x + dx, y), times=times)
    await seat.settled()
    seat.console._click_chain_last_time = None  # the next one comes when somebody has looked


async def down_to(seat: Seat, words: str) -> None:
    """Turn the wheel in a dialog that is too high for the screen, until words are to be read."""
    for _ in range(20):
        await seat.pilot.pause()
        if words in seat.text:
            return
        await seat.pilot._post_mouse_events([MouseScrollDown], offset=(4, 3))


async def wheel(seat: Seat, words: str, *, up: bool = False) -> None:
    """Turn the wheel over words, by one notch."""
    await seat.pilot._post_mouse_events(
        [MouseScrollUp if up else MouseScrollDown], offset=place_of(seat, words)
    )
    await seat.settled()


# ── the last line ──────────────────────────────────────────────────────────────────────────────


async def test_a_key_in_the_last_line_is_clicked_as_if_pressed(any_size: Seat) -> None:
    await click(any_size, "d decide")
    assert any_size.focus == "decisions"
    await click(any_size, "n note")
    assert any_size.focus == "entry"


async def test_the_word_beside_a_key_is_as_good_and_the_space_between_is_nothing(seat: Seat) -> None:
    x, y = place_of(seat, "u update")
    await seat.pilot.click(offset=(x - 1, y))
    await seat.settled()
    assert seat.place == "WarRoom"
    await click(seat, "update")
    assert seat.place == "Menu"


async def test_a_double_click_on_a_key_presses_it_once(seat: Seat) -> None:
    await seat.at("1.1.1")
    await click(seat, "space tick", times=2)
    assert seat.incident.done("1.1.1")


async def test_a_greyed_key_that_is_clicked_says_why(seat: Seat) -> None:
    await seat.press("v")
    await click(seat, "w write")
    assert seat.said == ["This is only to be read."]


async def test_a_line_is_logged_and_left_by_its_hint(any_size: Seat) -> None:
    await any_size.press("n")
    await any_size.types("error rate 45 %")
    await click(any_size, "enter logs")
    assert any_size.facts(e.Noted)[-1].text == "error rate 45 %"
    await click(any_size, "esc back")
    assert any_size.focus == "checklist"


async def test_a_remapped_key_is_pressed_by_its_new_name(
    front: FrontDesk, clock: Clock, desk: Desk, tmp_path: Path
) -> None:
    from warroom.settings import settings

    home = front.home
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text('[keys]\ndecide = "f2"\n')
    async with seated(front, clock, desk.incident.number, settings=settings(str(home))) as seat:
        await click(seat, "f2 decide")
        assert seat.focus == "decisions"


# ── panes ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_click_puts_the_cursor_on_a_row_and_does_nothing_more(any_size: Seat) -> None:
    before = len(any_size.events)
    for _ in range(3):
        await click(any_size, "Acknowledge incident")
    assert any_size.get(Checklist).current == ("action", "1.1.2", "Acknowledge incident", False)
    assert any_size.place == "WarRoom"
    assert len(any_size.events) == before


async def test_a_double_click_on_a_row_does_what_enter_does(any_size: Seat) -> None:
    await click(any_size, "Acknowledge incident", times=2)
    assert any_size.incident.done("1.1.2")


async def test_a_double_click_acts_on_the_row_on_which_it_began(seat: Seat) -> None:
    await seat.press("d")
    assert seat.get(Decisions).cursor == 0  # which says more than the others, and less when it is left
    await click(seat, "Partial degradation", times=2)
    assert seat.severity == "SEV3"


async def test_of_three_quick_clicks_the_third_answers_nothing(seat: Seat) -> None:
    await seat.note("Error rate 45 %")
    before = len(seat.events)
    await click(seat, "Error rate 45 %", times=3)
    assert seat.place == "Menu"
    assert len(seat.events) == before


async def test_what_is_left_of_a_double_click_on_a_choice_falls_on_no_row(seat: Seat) -> None:
    await seat.note("Error rate 45 %")
    await seat.press("2", "enter")
    x, y = place_of(seat, "Pin as a key event")
    await seat.pilot.click(offset=(x, y), times=2)
    await seat.settled()
    assert seat.place == "WarRoom"
    assert any(seat.incident.is_pinned(event.id) for event in seat.events)


async def test_a_title_and_the_border_focus_a_pane(seat: Seat) -> None:
    for title, pane in (("2 Timeline", "timeline"), ("5 Team", "team"), ("6 Impact", "impact")):
        await click(seat, title)
        assert seat.focus == pane


async def click_heading(seat: Seat, of: str, name: str) -> None:
    """Click on a part of the line that holds some text."""
    lines = seat.text.split("\n")
    y = next(y for y, line in enumerate(lines) if of in line)
    await seat.pilot.click(offset=(lines[y].index(name), y))
    await seat.settled()


async def test_the_tables_are_chosen_by_their_names(seat: Seat) -> None:
    await seat.press("3", "+")
    for name, tab in (("Mitigation", "mitigation"), ("Escalate", "escalate"), ("Severity", "severity")):
        await click_heading(seat, "Fallback", name)
        assert seat.get(Decisions).tab == tab
        assert seat.focus == "decisions"


async def test_where_one_name_fits_its_arrows_lead_to_the_tables_beside_it(seat: Seat) -> None:
    await seat.press("3")
    for arrow, tab in (("›", "mitigation"), ("›", "escalate"), ("‹", "mitigation")):
        await click_heading(seat, "Decide ‹", arrow)
        assert seat.get(Decisions).tab == tab
        assert seat.focus == "decisions"


@pytest.mark.parametrize("size", [NARROW, TINY, (60, 14), (80, 15), (120, 15)])
async def test_every_pane_is_reached_where_one_is_shown_at_a_time(
    front: FrontDesk, clock: Clock, desk: Desk, size: tuple[int, int]
) -> None:
    names = dict(zip("234561", (*PANES[1:], PANES[0]), strict=True))
    async with seated(front, clock, desk.incident.number, size) as seat:
        for number, pane in names.items():
            tabs = next(line for line in seat.text.split("\n") if " 5" in line and " 6" in line)
            y = seat.text.split("\n").index(tabs)
            await seat.pilot.click(offset=(tabs.index(f" {number}") + 1, y))
            await seat.settled()
            assert seat.focus == pane


async def test_an_enlarged_pane_leaves_a_way_to_the_others(seat: Seat) -> None:
    await seat.press("+")
    await click(seat, "5 Team")
    assert seat.focus == "team"


async def test_the_smallest_screen_says_which_incident_and_which_pane(small: Seat) -> None:
    assert small.shows("0001", "Production", "1 Checklist")
    await small.press("5")
    assert small.shows("5 Team")
    await small.press("n")
    assert not small.shows("5 Team")  # the line that is typed needs the room


# ── the wheel ──────────────────────────────────────────────────────────────────────────────────


async def test_the_wheel_scrolls_a_pane_and_leaves_the_cursor_while_it_is_in_view(seat: Seat) -> None:
    for i in range(60):
        seat.room.desk.do(_noted, f"entry {i}")
    seat.room.show_incident()
    await seat.press("2", "G")
    timeline = seat.get(Timeline)
    top = timeline.rows_in_view()[0]
    await wheel(seat, "entry 40", up=True)
    assert timeline.rows_in_view()[0] == top - 3
    assert timeline.cursor in timeline.rows_in_view()
    for _ in range(3):
        await wheel(seat, "entry 40")
    assert timeline.cursor == timeline.count() - 1  # at the end again, which it follows from now on


async def test_the_wheel_changes_no_choice_where_all_are_in_view(seat: Seat) -> None:
    await seat.press("d")
    cursor = seat.get(Decisions).cursor
    await wheel(seat, "Partial degradation")
    assert seat.get(Decisions).cursor == cursor


async def test_the_wheel_scrolls_lists_and_documents(small: Seat) -> None:
    await small.press(":")
    choices = small.console.screen.query_one(ChoiceList)
    await wheel(small, "m  mitigate")
    assert choices.rows_in_view()[0] == 3
    await small.press("escape", "w")
    document = small.console.screen.query_one("#document", VerticalScroll)
    await wheel(small, "Post-Mortem")
    assert document.scroll_offset.y > 0


# ── dialogs ────────────────────────────────────────────────────────────────────────────────────


async def test_one_click_takes_a_choice(any_size: Seat) -> None:
    await any_size.press("u")
    await click(any_size, "Internal")
    assert any_size.place == "Composer"


async def test_a_choice_that_cannot_be_taken_says_why(seat: Seat) -> None:
    await seat.press("2", "g", "enter")
    await click(seat, "Strike")
    assert seat.place == "Menu"
    assert seat.said == ["a record of what was done; undo it instead"]


async def test_a_click_beside_the_choices_answers_nothing(any_size: Seat) -> None:
    await any_size.press("]")
    before = len(any_size.events)
    for at in ((0, 0), (1, 1), (any_size.console.size.width - 1, any_size.console.size.height - 1)):
        await any_size.pilot.click(offset=at)
        await any_size.settled()
    await click(any_size, "Still open" if any_size.shows("Still open") else "Leave Detection")
    assert any_size.place == "Menu"
    assert len(any_size.events) == before


@pytest.mark.parametrize("keys", [["]"], [":"], ["n", "escape", "a"], ["i"], ["u"], ["c"], ["2", "enter"]])
async def test_every_dialog_is_left_by_its_hint(any_size: Seat, keys: list[str]) -> None:
    await any_size.press(*keys)
    assert any_size.place != "WarRoom"
    await down_to(any_size, "· esc")
    await click(any_size, "· esc", dx=2)
    assert any_size.place == "WarRoom"


async def test_a_line_is_saved_by_its_hint_whatever_stands_beside_it(any_size: Seat) -> None:
    await any_size.press("a")
    await any_size.types("esc leaves the pool @sre")
    assert any_size.shows("@sre", "enter saves")
    await click(any_size, "enter saves")
    assert any_size.facts(e.ActionItemOpened)[0].text == "esc leaves the pool"


async def test_what_is_said_in_a_hint_is_no_key(seat: Seat) -> None:
    await seat.press("a")
    await seat.types("esc leaves the pool")
    lines = seat.text.split("\n")
    y = place_of(seat, "enter saves")[1]
    await seat.pilot.click(offset=(lines[y].index("esc leaves the pool"), y))
    await seat.settled()
    assert seat.place == "Ask"


async def test_words_that_are_missing_are_asked_for_and_the_keys_stay(seat: Seat) -> None:
    await seat.press("a")
    await click(seat, "enter saves")
    assert seat.shows("this needs words · enter saves · esc leaves")
    await click(seat, "esc leaves")
    assert seat.place == "WarRoom"


async def test_a_form_is_filled_and_saved(any_size: Seat) -> None:
    await any_size.press("i")
    first = any_size.focus
    await any_size.types("5000")
    await down_to(any_size, "tab goes on")
    await click(any_size, "tab goes on")
    assert any_size.focus != first
    assert any_size.place == "Form"
    await down_to(any_size, "enter saves all")
    await click(any_size, "enter saves all")
    assert any_size.place == "WarRoom"
    assert any_size.incident.impact is not None


async def test_a_search_goes_on_after_a_click_into_the_list(seat: Seat) -> None:
    await seat.press("2", "g", ":")
    await seat.types("wr")
    await seat.pilot.click(ChoiceList, offset=(0, 0))
    await seat.settled()
    assert seat.place != "Menu"


# ── documents and updates ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("keys", [["w"], ["v"], ["u", "x"], ["F"], ["2", "g", "w"]])
async def test_a_page_is_left_by_its_last_line(any_size: Seat, keys: list[str]) -> None:
    await any_size.press(*keys)
    assert any_size.place in {"Document", "Composer", "Detail"}
    await click(any_size, "esc back")
    assert any_size.place == "WarRoom"


async def test_a_briefing_is_answered(seat: Seat) -> None:
    await seat.press("c")
    await seat.types("@maya", "enter")
    await seat.press("c")
    await seat.types("@bob", "enter")
    await click(seat, "a accept")
    assert seat.said[-1] == "It is not offered yet."
    await click(seat, "o offer")
    assert seat.facts(e.CommandOffered)[-1].to == "@bob"


async def test_an_update_is_reworded_and_published(seat: Seat) -> None:
    await seat.press("u", "x")
    await click(seat, "e reword")
    words = seat.console.screen.query_one(TextArea)
    assert seat.console.screen.focused is words
    await click(seat, "esc reads it over")
    await click(seat, "P publish")
    assert seat.facts(e.UpdatePublished)


# ── everything else ────────────────────────────────────────────────────────────────────────────


async def test_a_click_into_the_line_is_the_way_to_type(any_size: Seat) -> None:
    prompt = next(y for y, line in enumerate(any_size.text.split("\n")) if line.startswith(" ›"))
    await any_size.pilot.click(offset=(6, prompt))
    await any_size.settled()
    assert any_size.focus == "entry"
    assert any_size.shows("enter logs · esc back")
    await any_size.types("abcdef")
    await any_size.pilot.click(offset=(5, prompt))
    await any_size.settled()
    assert any_size.line.cursor_position == 2


async def test_the_mouse_points_at_things_and_nothing_changes(any_size: Seat) -> None:
    before = [[(s.text, s.style) for s in strip] for strip in any_size.strips()]
    width, height = any_size.console.size
    for y in range(height):
        await any_size.pilot.hover(offset=(width // 3, y))
    await any_size.settled()
    assert [[(s.text, s.style) for s in strip] for strip in any_size.strips()] == before


# ── the lobby ──────────────────────────────────────────────────────────────────────────────────


async def test_from_the_lobby_into_an_incident_and_back(front: FrontDesk, clock: Clock) -> None:
    for title in ("first", "second", "third"):
        declared(front, title).close()
    async with seated(front, clock) as seat:
        await seat.until(lambda: seat.shows("third"))
        await click(seat, "first")
        current = seat.console.screen.query_one(Incidents).current
        assert current is not None
        assert current.title == "first"
        await click(seat, "enter open")
        assert seat.incident.title == "first"
        await seat.press("q")
        await seat.until(lambda: seat.shows("third"))
        await click(seat, "second", times=2)
        assert seat.incident.title == "second"


async def test_the_lobbys_search_is_left_by_its_hint(front: FrontDesk, clock: Clock) -> None:
    for title in ("first", "second"):
        declared(front, title).close()
    async with seated(front, clock) as seat:
        await seat.until(lambda: seat.shows("second"))
        await click(seat, "/ search")
        await seat.types("first")
        assert not seat.shows("second")
        await click(seat, "esc shows all")
        assert seat.shows("first", "second")


async def test_an_incident_is_declared(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await click(seat, "n declare")
        await seat.types("Checkout ")
        await click(seat, "SEV2")
        await seat.types("is down")  # a click on a level leaves the keys with the title
        await click(seat, "enter declares")
        assert seat.incident.title == "Checkout is down"
        assert seat.severity == "SEV2"


def _noted(incident: Incident, at: datetime, text: str) -> Outcome:
    line = entry.parse(text, at)
    assert line is not None
    return commands.enter(incident, at, line)
