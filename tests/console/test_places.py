"""Getting about: help, palette, greyed keys, escape, control-c, one pane or all, any size of terminal."""

from collections.abc import Sequence
from typing import cast

import pytest
from textual.geometry import Region

from tests.console.seat import NARROW, TINY, WIDE, Clock, Seat, declared, seated
from warroom.console.checklist import Checklist
from warroom.console.dialogs import Menu
from warroom.console.document import Detail
from warroom.console.entry_line import EntryLine
from warroom.console.key_line import KeyLine
from warroom.console.keyed import Keyed
from warroom.console.keys import KEYS, QUESTIONS, Place, keys_of
from warroom.console.paned import PANES
from warroom.console.timeline import Timeline
from warroom.desk import Desk
from warroom.front_desk import FrontDesk

SHORT = """# Short

## Phases

### Phase 1: Do it

#### Step 1.1: Now

**Actions:**
- Push the button
"""


def greyed(seat: Seat) -> set[str]:
    """The labels in the last line whose keys do nothing now."""
    # A margin; then key, label and a gap, in turn.
    _, *spans = (span for span, _ in seat.console.screen.query_one(KeyLine)._keys(200))
    return {text.strip() for text, tone in spans[1::3] if tone == "dim"}


async def test_help_lists_the_keys_of_this_place_and_runs_one(seat: Seat) -> None:
    await seat.press("2", "?")
    assert "Go to the decision tables: severity first" in [
        key.does for key in KEYS if key.label in seat.choices
    ]
    assert {key.label for key in keys_of("timeline")} <= set(seat.choices)
    assert "tick only" not in seat.choices
    await seat.types("show all, the log", "enter")
    assert seat.get(Timeline).view == "log"


async def test_every_act_of_the_palette_can_be_run(seat: Seat) -> None:
    """None of them may crash, wherever it leads."""
    listed = [key for key in KEYS if key.place in {"room", *PANES} and key.id not in {"lobby", "palette"}]
    for key in listed:
        await seat.press(":")
        await seat.types(key.does, "enter")
        for _ in range(3):
            if seat.place != "WarRoom":
                await seat.press("escape")
        assert seat.place == "WarRoom", key.id


PLACES: dict[str, list[str]] = {
    "document": ["w"], "detail": [], "composer": ["u", "i"],
    "briefing": ["c", "enter", "c", *"bob", "enter"], "dialog": ["u"],
}  # fmt: skip


async def go_to(seat: Seat, place: str) -> None:
    """By keys; what stands in a step, the built-in playbook has none of."""
    await seat.press(*PLACES[place])
    if place == "detail":
        seat.console.push_screen(Detail("1.1 · Short", "Push it.", ("push",)))
        await seat.settled()


@pytest.mark.parametrize("place", PLACES)
async def test_help_is_there_wherever_no_text_is_typed(seat: Seat, place: str) -> None:
    await go_to(seat, place)
    there = seat.place
    await seat.press("?")
    assert {key.label for key in keys_of(cast("Place", place))} <= set(seat.choices)
    assert {"commands", "keys", "suspend", "quit"} <= set(seat.choices)
    await seat.press("escape")
    assert seat.place == there


async def test_help_lists_what_is_the_same_everywhere_too(seat: Seat) -> None:
    await seat.press("?")
    shown = {choice.key for choice in cast("Menu", seat.console.screen)._choices}
    assert {"1", "2", "3", "4", "5", "6", "tab", "shift+tab", "ctrl+z", "↓ j", "end G"} <= shown


async def every_act_runs(seat: Seat, places: Sequence[str], patch: pytest.MonkeyPatch) -> None:
    """Each is found in the palette of the screen, and carried out from there."""
    screen = cast("Keyed[None]", seat.console.screen)
    patch.setattr(type(screen), "why_not", lambda *_: None)
    ran: list[str] = []
    for key in [key for place in places for key in keys_of(cast("Place", place)) if key.id != "palette"]:
        with patch.context() as one:
            line = key.place == "entry"  # to whose acts one comes by leaving all others
            owner = seat.get(EntryLine) if line else screen.owner(key.place)
            one.setattr(type(owner), f"action_{key.action}", lambda *_, key=key: ran.append(key.id))
            await seat.press(":")
            await seat.types(f"{key.label} {key.does}", "enter")
        assert ran[-1:] == [key.id]
        assert seat.console.screen is screen


@pytest.mark.parametrize("place", ["document", "detail", "composer", "briefing"])
async def test_every_act_of_a_page_can_be_run_from_its_palette(
    seat: Seat, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await go_to(seat, place)
    await every_act_runs(seat, [place, "pane", "anywhere", "app"], monkeypatch)


async def test_every_act_of_the_room_can_be_run_from_its_palette(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EntryLine, "check_action", lambda *_: True)
    await every_act_runs(seat, ["room", *PANES, "pane", "anywhere", "app", "entry"], monkeypatch)


async def test_every_act_of_the_lobby_and_of_dialogs_can_be_run_from_a_palette(
    front: FrontDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared(front).close()
    declared(front).close()
    own = front.home / "playbooks"
    own.mkdir(parents=True)
    (own / "mine.md").write_text(SHORT, encoding="utf-8")
    front = FrontDesk(front.home, "maya", playbook_folders=(own,), clock=clock)
    async with seated(front, clock) as seat:
        await every_act_runs(seat, ["lobby", "pane", "anywhere", "app"], monkeypatch)
        await seat.press("n", "tab")
        assert seat.place == "Declaration"
        await every_act_runs(seat, ["dialog"], monkeypatch)


def test_every_place_has_a_palette_that_is_tried() -> None:
    tried = {*PLACES, "room", *PANES, "pane", "anywhere", "app", "entry", "lobby"}
    assert {key.place for key in KEYS} - QUESTIONS == tried  # an answer is in the list that asks for it


async def test_an_act_of_the_room_is_run_from_the_page_that_covers_it(seat: Seat) -> None:
    await seat.press("2", "w", ":")
    await seat.types("decision tables", "enter")
    assert (seat.place, seat.focus) == ("WarRoom", "decisions")


async def test_the_palette_finds_by_word_and_leads_to_the_pane(seat: Seat) -> None:
    await seat.press(":")
    await seat.types("person assignment", "enter")
    assert seat.place == "AskWho"  # nobody is there yet: whom to page
    await seat.press("escape")
    assert seat.focus == "team"


async def test_a_search_without_hits_chooses_nothing(seat: Seat) -> None:
    await seat.press(":")
    await seat.types("unicorn", "enter")
    assert seat.shows("Nothing matches.")
    assert seat.place == "Menu"


async def test_a_key_that_cannot_act_is_greyed_and_says_why(seat: Seat) -> None:
    await seat.press("?")
    await seat.types("undo")
    assert seat.shows("There is nothing of yours to undo.")
    await seat.press("enter")
    assert seat.said == ["There is nothing of yours to undo."]
    assert seat.place == "Menu"


async def test_a_key_of_an_empty_pane_says_why_it_does_nothing(seat: Seat) -> None:
    await seat.press("4", "space")
    assert seat.said == ["None yet: press a, or A on a log entry."]
    seat.hear()
    await seat.press("5", "y", "2", "f", "f", "f", "p")
    assert seat.said == [
        "Nobody yet: t p pages, c says who commands.", "Nothing here: f shows other entries.",
    ]  # fmt: skip
    await seat.press("4", "?")
    assert seat.shows("done None yet: press a, or A on a log entry.")


async def test_a_key_of_the_checklist_says_why_it_does_nothing(seat: Seat) -> None:
    await seat.press("1", "home", "j", "j")
    assert greyed(seat) >= {"tick"}
    await seat.press("space")
    assert seat.said == ["A step is done when its actions are; tick those."]
    seat.hear()
    await seat.press("x", "l")
    assert seat.said == ["This is a step; go to one of its actions.", "The phase is unfolded already."]
    await seat.press("j")
    assert "tick" not in greyed(seat)


async def test_a_key_of_a_page_says_why_it_does_nothing(seat: Seat) -> None:
    await seat.press("v")
    assert greyed(seat) == {"write"}
    await seat.press("w")
    assert seat.said == ["This is only to be read."]
    seat.hear()
    await seat.press("escape", "u", "i", "r")
    assert seat.said == ["It is as drafted from the record."]


async def test_a_key_of_the_empty_lobby_says_why_it_does_nothing(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        assert greyed(seat) == {"open", "search"}
        await seat.press("enter")
        assert seat.said == ["There is no incident yet."]
        await seat.press("/")
        assert seat.said == ["There is no incident yet."] * 2
        assert seat.focus != "lobby-search"


async def test_undo_right_behind_what_it_undoes_is_not_refused(seat: Seat) -> None:
    seat.burst("n", *"a slip", "enter", "escape", "z")
    await seat.settled()
    assert "a slip" not in seat.pane("timeline")


async def test_ctrl_c_without_a_selection_says_how_to_quit(seat: Seat) -> None:
    await seat.press("ctrl+c")
    assert seat.said == ["Nothing is selected with the mouse. ctrl+q quits."]


async def test_escape_backs_out_one_level_and_never_quits(seat: Seat) -> None:
    await seat.press("n", "escape", *["escape"] * 5)
    assert seat.place == "WarRoom"
    for key in ("a", "i", "]", ":", "?", "u", "C", "S", "c", "w", "v"):
        await seat.press(key)
        assert seat.place != "WarRoom", key
        await seat.press("escape")
        assert seat.place == "WarRoom", key
    assert seat.console.is_running


async def test_ctrl_c_ends_nothing(seat: Seat) -> None:
    await seat.press("ctrl+c", "ctrl+c", "n", "ctrl+c", "escape", "a", "ctrl+c", "escape")
    assert seat.place == "WarRoom"
    assert seat.console.is_running


async def test_plus_enlarges_the_pane_that_has_the_focus_and_shows_all_again(seat: Seat) -> None:
    await seat.press("2", "+")
    assert seat.get(Timeline).size.width > 100
    assert not seat.get(Checklist).display
    await seat.press("1")
    assert seat.get(Checklist).size.width > 100
    await seat.press("escape")
    assert seat.get(Timeline).display
    await seat.press("+", "+")
    assert seat.get(Timeline).display


@pytest.mark.parametrize("pane", PANES)
async def test_every_pane_works_on_a_narrow_screen(
    front: FrontDesk, clock: Clock, desk: Desk, pane: str
) -> None:
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await seat.press(str(PANES.index(pane) + 1))
        assert_in_view(seat, NARROW)
        assert seat.shows("1 Checklist", "6 Impact")
        assert [name for name in PANES if seat.room.query_one(f"#{name}").region.height] == [pane]


async def test_any_size_in_any_order_keeps_the_focused_pane_in_view(seat: Seat) -> None:
    await seat.note("a note")
    for pane in range(1, 7):
        await seat.press(str(pane))
        for size in (NARROW, TINY, WIDE, TINY, NARROW, WIDE):
            await seat.pilot.resize_terminal(*size)
            await seat.settled()
            assert seat.focus == PANES[pane - 1]
            assert_in_view(seat, size)


async def test_dialogs_live_through_any_size(seat: Seat) -> None:
    for key in ("a", "i", "]", ":", "u", "C", "w", "S"):
        await seat.press(key)
        for size in (TINY, NARROW, WIDE):
            await seat.pilot.resize_terminal(*size)
            await seat.settled()
        await seat.press("escape")
        assert seat.place == "WarRoom"


async def test_a_tiny_screen_can_be_worked_on(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    async with seated(front, clock, desk.incident.number, TINY) as seat:
        await seat.note("from a phone")
        await seat.press("2")
        assert "from a phone" in seat.pane("timeline")
        await seat.press("d", "down", "enter", "i")
        await seat.types("5", "enter")
        assert seat.incident.severity == "SEV2"
        assert seat.incident.impact.users == 5


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (10, 4), (200, 5), (20, 60)])
async def test_no_size_is_too_odd(front: FrontDesk, clock: Clock, desk: Desk, size: tuple[int, int]) -> None:
    async with seated(front, clock, desk.incident.number, size) as seat:
        await seat.press("d", "m", "t", "2", "]", "escape", "i", "escape", "w", "escape", "+")
        await seat.note("still here")
        assert seat.place == "WarRoom"


def assert_in_view(seat: Seat, size: tuple[int, int]) -> None:
    """The pane that has the focus can be read, whole within the screen."""
    focused = seat.room.focused
    assert focused is not None
    assert focused.content_size.height > 0
    assert Region(0, 0, *size).contains_region(focused.region), (focused, focused.region)
