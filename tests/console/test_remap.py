"""Keys of one's own: they act, they are shown everywhere, and what clashes is said and stays as usual."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from tests.console.seat import NARROW, Clock, seated
from warroom.console.document import Reading
from warroom.console.key_names import named, shown, written
from warroom.console.keys import KEYS, TOGETHER, Place
from warroom.console.remap import Keymap, remapped
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.settings import Options, Settings


def settings(front: FrontDesk, **keys: str | list[str]) -> Settings:
    """Settings with these keys; an underscore stands for a hyphen."""
    options = Options(keys={name.replace("_", "-"): key for name, key in keys.items()})
    return Settings(front.home, front.home / "config", "maya", options, {"keys": "config.toml"})


def keymap(front: FrontDesk, **keys: str | list[str]) -> Keymap:
    """The keys in force with these."""
    return remapped(settings(front, **keys))


# ── what keys are called ───────────────────────────────────────────────────────────────────────


@given(st.characters(min_codepoint=33, max_codepoint=126))
def test_a_sign_is_called_as_textual_calls_it(sign: str) -> None:
    name = named(sign)
    assert name == _character_to_key(sign)
    assert written(str(name)) == sign


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("n", "n"), ("N", "N"), ("]", "right_square_bracket"), ("esc", "escape"), ("PgDn", "pagedown"),
        ("ctrl+n", "ctrl+n"), ("ctrl+shift+f2", "ctrl+shift+f2"), ("space", "space"), ("ö", "ö"),
        ("question_mark", "question_mark"), ("", None), ("nn", None), ("hyper+x", None), ("ctrl+", None),
        ("f25", None), ("n,m", None),
    ],
)  # fmt: skip
def test_a_key_may_be_written_as_one_thinks_of_it(typed: str, name: str | None) -> None:
    assert named(typed) == name


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_usual_key_can_be_written_into_the_settings(key: object) -> None:
    for one in filter(None, str(getattr(key, "key", "")).split(",")):
        assert named(written(one)) == one
        assert shown(one)


def test_every_place_is_among_those_that_are_looked_through() -> None:
    assert {place for places in TOGETHER for place in places} == set(Place.__args__)  # type: ignore[attr-defined]


# ── what is reported ───────────────────────────────────────────────────────────────────────────


def test_the_usual_keys_do_not_clash(front: FrontDesk) -> None:
    written_out = {key.id: [written(one) for one in key.key.split(",") if one] for key in KEYS}
    options = Options(keys=written_out)  # type: ignore[arg-type]
    found = remapped(Settings(front.home, front.home, "maya", options))
    assert found.problems == ()
    assert [found[key.id] for key in KEYS] == list(KEYS)


def test_two_keys_can_change_places(front: FrontDesk) -> None:
    found = keymap(front, note="d", decide="n")
    assert found.problems == ()
    assert (found["note"].key, found["decide"].key) == ("d", "n")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"note": "d"}, '"d" is the key of decide in the same place'),
        ({"note": "j"}, '"j" is the key of down in the same place'),
        ({"filter": "n"}, '"n" is the key of note in the same place'),
        ({"note": "3"}, '"3" is the key of pane-3 in the same place'),
        ({"note": "tab"}, '"tab" is the key of next-pane in the same place'),
        ({"note": "ctrl+c"}, '"ctrl+c" never ends or changes anything'),
        ({"help": "w"}, '"w" is the key of write-up in the same place'),
        ({"palette": "P"}, '"P" is the key of publish in the same place'),
        ({"down": "o"}, "o"),
        ({"complete-name": "escape"}, '"escape" is the key of back in the same place'),
        ({"next-field": "down"}, '"down" is the key of dialog-down in the same place'),
        ({"leave-dialog": "x"}, '"x" is typed, and leave-dialog acts while one types'),
        ({"leave-dialog": ""}, "there would be no way on or back without leave-dialog"),
        ({"gate-confirm": "o"}, '"o" is the key of gate-override in the same place'),
        ({"verdict-held": "?"}, '"?" is the key of help in the same place'),
        ({"person-page": "down"}, '"down" is the key of dialog-down in the same place'),
        ({"accept": "space"}, '"space" is typed, and accept acts while one types'),
        ({"note": "hyper+n"}, '"hyper+n" is no key'),
        ({"declare": "j"}, '"j" is the key of down in the same place'),
        ({"leave-composer": "ö"}, '"ö" is typed, and leave-composer acts while one types'),
        ({"back": "space"}, '"space" is typed, and back acts while one types'),
        ({"lobby-back": ["escape", "."]}, "lobby-back acts while one types"),
    ],
)
def test_what_clashes_is_reported_and_stays_as_usual(
    front: FrontDesk, keys: dict[str, str], said: str
) -> None:
    found = keymap(front, **keys)
    assert [said in str(problem) for problem in found.problems] == [True]
    (name,) = keys
    assert found[name] in KEYS


def test_the_same_key_in_two_places_is_no_clash(front: FrontDesk) -> None:
    assert keymap(front, pin="x", strike="p").problems == ()
    assert keymap(front, skip="f").problems == ()
    assert keymap(front, declare="d").problems == ()


def test_two_that_want_the_same_key_are_both_reported(front: FrontDesk) -> None:
    found = keymap(front, note="ctrl+n", decide="ctrl+n")
    assert len(found.problems) == 2
    assert (found["note"].key, found["decide"].key) == ("n", "d")


@given(st.dictionaries(st.sampled_from([key.id for key in KEYS]), st.sampled_from("abdnjk]?xyzN")))
def test_whatever_is_asked_for_no_key_means_two_things_in_one_place(keys: dict[str, str]) -> None:
    from pathlib import Path

    found = remapped(Settings(Path(), Path(), "maya", Options(keys=dict(keys))))
    for places in TOGETHER:
        pressed = [one for key in KEYS if key.place in places for one in found[key.id].key.split(",") if one]
        assert len(pressed) == len(set(pressed))


# ── in the console ─────────────────────────────────────────────────────────────────────────────


async def test_a_key_of_ones_own_acts_and_the_usual_one_no_longer_does(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    mine = settings(front, note="N", rename="ctrl+t", due="")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        await seat.press("n")
        assert seat.focus != "entry"
        await seat.press("N")
        assert seat.focus == "entry"
        await seat.press("escape", "ctrl+t")
        assert seat.shows("Title")
        await seat.press("escape", "!")
        assert seat.place == "WarRoom"


async def test_two_swapped_keys_both_act(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    mine = settings(front, note="d", decide="n")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        await seat.press("n")
        assert seat.focus == "decisions"
        await seat.press("d")
        assert seat.focus == "entry"


async def test_moving_in_lists_can_be_remapped_too(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    mine = settings(front, down=["down", "f3"])
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        await seat.press("1", "home")
        before = seat.console.screen.focused.cursor  # type: ignore[union-attr]
        await seat.press("f3")
        assert seat.console.screen.focused.cursor == before + 1  # type: ignore[union-attr]


async def test_panes_can_be_reached_by_other_keys(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    mine = settings(front, pane_2="f2", next_pane="f6", previous_pane="", note="2")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        assert seat.room.query_one("#timeline").border_title == "f2 Timeline"
        await seat.pilot.resize_terminal(*NARROW)
        await seat.settled()
        assert seat.shows("1 Checklist f2 Timeline 3 Decide")
        await seat.press("f2")
        assert seat.focus == "timeline"
        await seat.press("f6")
        assert seat.focus == "decisions"
        await seat.press("tab", "shift+tab")
        assert seat.focus == "decisions"
        await seat.press("2")
        assert seat.focus == "entry"


async def test_dialogs_can_be_moved_through_and_left_by_other_keys(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    mine = settings(front, dialog_down="ctrl+n", accept="f5", leave_dialog="f4", next_field="f6")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        await seat.press("C", "escape")
        assert seat.place == "Menu"
        await seat.press("f4")
        assert seat.place == "WarRoom"
        await seat.press("u", "down", "enter")
        assert seat.place == "Menu"
        await seat.press("ctrl+n", "ctrl+n", "ctrl+n", "f5")
        assert seat.shows("How often is who told?")
        await seat.press("f4", "i")
        await seat.types("5000", "f6", *"2000", "f5")
        assert (seat.incident.impact.users, seat.incident.impact.revenue_per_hour) == (5000, 2000)


async def test_answers_can_be_given_other_keys(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    mine = settings(front, gate_override="v", snooze_5m="", check_back_15m=["f2", "Q"])
    desk.do(commands.assign, "bob", "look", timedelta(minutes=3))
    clock.step(minutes=4)
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        await seat.press("]", "o")
        assert seat.shows("v Override, with a reason")
        await seat.press("v")
        assert seat.place == "Ask"
        await seat.press("escape", "t", "down", "enter")
        assert seat.shows("f2 Fifteen minutes more")
        await seat.press("1")
        assert seat.place == "Menu"
        await seat.press("Q")
        assert seat.incident.assignments[0].due_at == clock() + timedelta(minutes=15)


async def test_a_line_can_be_completed_entered_and_left_by_other_keys(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    mine = settings(front, complete_name="f7", accept=["enter", "f5"], back="f4")
    desk.do(commands.join, "bob")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        await seat.press("n")
        await seat.types("@bo", "f7", *"look 3m", "f5", "escape")
        assert seat.focus == "entry"
        assert seat.incident.assignments[0].who == "@bob"
        await seat.press("f4")
        assert seat.focus == "checklist"


async def test_help_and_movement_are_the_same_everywhere(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    mine = settings(front, help="f1", down="f3")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        for keys in ([], ["v"]):
            await seat.press(*keys, "?")
            assert seat.place != "Menu"
            await seat.press("f1")
            assert seat.place == "Menu"
            await seat.press("escape")
        await seat.press("f3", "f3", "j")
        assert seat.console.screen.query_one(Reading).scroll_y == 2
    async with seated(front, clock, settings=mine) as seat:
        await seat.press("f1")
        assert seat.place == "Menu"


async def test_what_is_typed_stays_text(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    mine = settings(front, note="ö")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        await seat.press("ö")
        await seat.types("Größe", "enter")
        assert "Größe" in seat.pane("timeline")


async def test_footer_help_and_texts_show_the_keys_in_force(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    mine = settings(front, note="f9", team="")
    async with seated(front, clock, desk.incident.number, settings=mine) as seat:
        assert seat.shows("f9 note", "press f9 and type what you see")
        assert not seat.shows("t team")
        await seat.press("?")
        assert seat.shows("f9 note")


async def test_the_lobby_teaches_the_keys_in_force(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock, settings=settings(front, declare="+")) as seat:
        assert seat.shows("+ Declare an incident")
        await seat.press("+")
        assert seat.place == "Declaration"


async def test_what_is_wrong_is_one_toast(front: FrontDesk, clock: Clock) -> None:
    file = front.home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('mouse = 1\n[keys]\nnote = "d"\nundoo = "u"\n')
    async with seated(front, clock) as seat:
        (said,) = await seat.until(lambda: seat.said)
        assert said.startswith("Settings: ")
        for line in ("config.toml:1: mouse", 'config.toml:3: "d"', "config.toml:4: undoo"):
            assert line in said


async def test_hints_name_the_keys_that_are_in_force(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    async with seated(
        front, clock, desk.incident.number, settings=settings(front, leave_dialog="ctrl+g")
    ) as seat:
        await seat.press("a")
        assert seat.shows("enter saves · ctrl+g leaves")
        await seat.press("ctrl+g")
        assert seat.place == "WarRoom"
