"""The registry of keys: every act is carried out somewhere, and no key means two things in one place."""

from collections import Counter
from itertools import chain
from typing import cast

import pytest
from textual.dom import DOMNode
from textual.widgets import Input, TextArea

from docs.pictures import key_table
from tests.console.seat import Clock, Seat, seated
from warroom.console.action_items import ActionItems
from warroom.console.app import Console
from warroom.console.briefing import Briefing
from warroom.console.checklist import Checklist
from warroom.console.composer import Composer
from warroom.console.decisions import Decisions
from warroom.console.dialogs import Dialog
from warroom.console.document import Detail, Document, Reading
from warroom.console.entry_line import EntryLine
from warroom.console.impact import ImpactPane
from warroom.console.keyed import Keyed
from warroom.console.keys import KEYS, QUESTIONS, Key, Place, keys_of
from warroom.console.lobby import Lobby
from warroom.console.pane import Pane
from warroom.console.paned import PANES
from warroom.console.team import Team
from warroom.console.timeline import Timeline
from warroom.console.war_room import WarRoom
from warroom.front_desk import FrontDesk

OWNERS: dict[Place, type[DOMNode]] = {
    "app": Console,
    "anywhere": Keyed,
    "lobby": Lobby,
    "room": WarRoom,
    "entry": EntryLine,
    "pane": Pane,
    "checklist": Checklist,
    "timeline": Timeline,
    "decisions": Decisions,
    "action-items": ActionItems,
    "team": Team,
    "impact": ImpactPane,
    "document": Document,
    "detail": Detail,
    "composer": Composer,
    "briefing": Briefing,
    "dialog": Dialog,
}


ACTS = [key for key in KEYS if key.place not in QUESTIONS]  # answers are carried out by who asks


@pytest.mark.parametrize("key", ACTS, ids=lambda key: key.id)
def test_every_act_has_a_method_at_its_place(key: Key) -> None:
    assert callable(getattr(OWNERS[key.place], f"action_{key.action}", None))


@pytest.mark.parametrize("key", [key for key in ACTS if key.key], ids=lambda key: key.id)
def test_every_key_is_bound_where_it_is_listed(key: Key) -> None:
    bound = {getattr(one, "id", None): getattr(one, "key", "") for one in OWNERS[key.place].BINDINGS}
    assert bound[key.id] == key.key


def test_ids_are_unique() -> None:
    assert [name for name, times in Counter(key.id for key in KEYS).items() if times > 1] == []


@pytest.mark.parametrize("place", [*PANES, "lobby", "document", "detail"])
def test_no_key_means_two_things_in_one_place(place: str) -> None:
    around = {"lobby": ("pane",), "document": (), "detail": ()}.get(place, ("room", "pane"))
    there = chain(*(keys_of(cast("Place", name)) for name in (place, *around)))
    pressed = Counter(one for key in there for one in key.key.split(",") if one)
    assert [key for key, times in pressed.items() if times > 1] == []


def test_every_key_says_what_it_does() -> None:
    assert [key.id for key in KEYS if not (key.label and key.does and key.does[0].isupper())] == []


def test_no_act_hides_behind_a_control_key_alone() -> None:
    """Many multiplexers take control keys for themselves. These are in the palette, too."""
    hidden = [key.id for key in KEYS if key.key and all("ctrl" in one for one in key.key.split(","))]
    assert hidden == ["suspend", "quit", "copy-selected"]


def test_the_tables_show_every_act_with_all_its_keys() -> None:
    table = key_table()
    assert [key.id for key in ACTS if f"| {key.does} |" not in table] == []
    assert "| `↓` `j` | One row or line down |" in table
    assert "| `: cadence` | Say how often an audience is told |" in table


# ── on live screens ────────────────────────────────────────────────────────────────────────────

# Where keys act, and how one gets there from the war room.
ROOM_PLACES: dict[str, list[str]] = {
    **{pane: [str(number)] for number, pane in enumerate(PANES, 1)},
    "entry": ["n"], "document": ["v"], "composer": ["u", "i"],
    "rewording": ["u", "i", "e"], "briefing": ["c", "enter", "c", *"bob", "enter"], "menu": ["u"],
    "search menu": [":"], "ask": ["a"], "form": ["i"], "jump": ["apostrophe"],
}  # fmt: skip
LOBBY_PLACES: dict[str, list[str]] = {"lobby": [], "lobby search": ["/"], "declaration": ["n"]}
IDS = {key.id for key in KEYS}


def nameless(seat: Seat) -> list[str]:
    """The keys that do something and have no name, apart from those that edit a text."""
    return [
        key
        for key, active in seat.console.screen.active_bindings.items()
        if active.binding.id not in IDS and not isinstance(active.node, Input | TextArea)
    ]


@pytest.mark.parametrize("keys", ROOM_PLACES.values(), ids=ROOM_PLACES)
async def test_no_key_acts_without_a_name(seat: Seat, keys: list[str]) -> None:
    await seat.press(*keys)
    assert nameless(seat) == []


@pytest.mark.parametrize("keys", LOBBY_PLACES.values(), ids=LOBBY_PLACES)
async def test_no_key_of_the_lobby_acts_without_a_name(
    front: FrontDesk, clock: Clock, desk: object, keys: list[str]
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("escape", *keys)
        assert nameless(seat) == []


async def test_arrows_letters_and_pages_move_through_a_text(seat: Seat) -> None:
    await seat.press("v")
    text = seat.console.screen.query_one(Reading)
    await seat.press("j", "j", "down", "k")
    assert text.scroll_y == 2
    await seat.press("G")
    assert text.scroll_y == text.max_scroll_y > 100
    await seat.press("ctrl+u", "pageup")
    assert text.scroll_y < text.max_scroll_y - text.size.height
    await seat.press("g")
    assert text.scroll_y == 0
    await seat.press("ctrl+d")
    assert text.scroll_y >= text.size.height // 2
    await seat.press("home")
    assert text.scroll_y == 0


async def test_letters_are_text_while_an_update_is_reworded(seat: Seat) -> None:
    await seat.press("u", "i", "e", "ctrl+home")
    await seat.types("jkgG?:q")
    assert seat.console.screen.query_one(TextArea).text.startswith("jkgG?:q")


@pytest.mark.parametrize("pane", PANES)
async def test_numbers_reach_the_panes(seat: Seat, pane: str) -> None:
    await seat.press(str(PANES.index(pane) + 1))
    assert seat.focus == pane


async def test_tab_goes_round_the_panes_and_back(seat: Seat) -> None:
    there = []
    for _ in PANES:
        await seat.press("tab")
        there.append(seat.focus)
    assert there == [*PANES[1:], PANES[0]]
    await seat.press("shift+tab")
    assert seat.focus == PANES[-1]


async def test_arrows_letters_and_pages_move_through_a_pane(seat: Seat) -> None:
    checklist = seat.get(Checklist)
    await seat.press("g")
    assert checklist.cursor == 0
    await seat.press("j", "down", "k")
    assert checklist.cursor == 1
    await seat.press("G")
    assert checklist.cursor == checklist.count() - 1
    await seat.press("home")
    assert checklist.cursor == 0
    await seat.press("end", "pageup")
    assert checklist.cursor < checklist.count() - 1
    await seat.press("g", "pagedown")
    assert checklist.cursor > 1
