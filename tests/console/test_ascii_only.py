"""On a terminal that knows only ASCII everything is still to be seen, and nothing moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.console.seat import Clock, seated
from warroom.console.ascii_only import in_ascii, in_few_signs
from warroom.console.terminal import clipboard, multiplexer, signs, utf8
from warroom.desk import Desk
from warroom.front_desk import FrontDesk


@pytest.mark.parametrize(
    ("env", "can"),
    [
        ({"LC_ALL": "C"}, False),
        ({"LC_ALL": "", "LANG": "de_DE.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LC_CTYPE": "UTF-8"}, True),
        ({"LANG": "en_US.utf8"}, True),
        ({}, True),
    ],
)
def test_the_locale_says_whether_the_terminal_knows_utf8(env: dict[str, str], can: bool) -> None:
    assert utf8(env).can is can


def test_what_stands_between_us_and_the_terminal() -> None:
    assert multiplexer({"TMUX": "/tmp/tmux-0/default,1,0", "STY": "1.pts"}) == "tmux"
    assert multiplexer({"STY": "1.pts"}) == "screen"
    assert multiplexer({}) == ""
    assert not clipboard({"STY": "1.pts", "TERM": "screen"}).can
    assert not clipboard({"TERM": "linux"}).can
    assert not clipboard({"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color"}).can
    assert clipboard({"TERM": "xterm-kitty"}).can


@given(st.text())
def test_everything_becomes_ascii_of_the_same_width(text: str) -> None:
    assert in_ascii(text).isascii()
    assert all(cell_len(in_ascii(sign)) == cell_len(sign) for sign in text)


def test_words_stay_readable() -> None:
    assert in_ascii("Größe · naïve café") == "Große - naive cafe".replace("ß", "?")


@pytest.mark.parametrize("signs", ["☐☑☒", "◇◆", "✓✗", "▸▾✔"])
def test_states_stay_apart(signs: str) -> None:
    assert len(set(in_ascii(signs))) == len(signs)


def test_a_linux_console_has_few_signs() -> None:
    assert not signs({"TERM": "linux"}).can
    assert not signs({"TERM": "xterm", "LC_ALL": "C"}).can
    assert signs({"TERM": "xterm"}).can


@given(st.text())
def test_fewer_signs_are_as_wide(text: str) -> None:
    assert cell_len(in_few_signs(text)) == cell_len(text)


async def test_on_a_linux_console_every_sign_of_ours_is_in_its_fonts(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv("LC_ALL", raising=False)
    async with seated(front, clock, desk.incident.number) as seat:
        for keys in ([], ["?"], ["escape", "i"], ["escape", "w"]):
            await seat.press(*keys)
            assert {sign for sign in seat.text if ord(sign) > 255} <= set("←↑→↓─│┌┐└┘├┤┬┴┼█■▲•")
        await seat.press("escape", *"ngrößer", "enter")
        assert seat.shows("_ Acknowledge incident", "größer", "┌─")


async def test_the_whole_screen_is_ascii(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    async with seated(front, clock, desk.incident.number) as seat:
        for keys in ([], ["?"], ["escape", "i"], ["escape", "w"]):
            await seat.press(*keys)
            assert seat.text.isascii(), [sign for sign in seat.text if not sign.isascii()]
        await seat.press("escape")
        assert seat.shows("_ Acknowledge incident")
