"""What a terminal sends, made into keys and pastes."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.message import Message

from tests.console.seat import Seat
from warroom.console import keyboard
from warroom.console.keyboard import Sequences
from warroom.incident import events as e

BEGINS, ENDS = "\x1b[200~", "\x1b[201~"
COLOURED = "12:03 \x1b[31mERROR\x1b[0m pool exhausted \x1bZ \x1b[2K and more than any key sends"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock of one's own for what waits until no more comes."""
    at = [1000.0]
    monkeypatch.setattr(keyboard, "monotonic", lambda: at[0])
    monkeypatch.setattr("textual._parser.get_time", lambda: at[0])
    return at


def said(messages: Iterable[Message]) -> list[str]:
    """The names of keys, and pastes in quotes."""
    return [
        repr(m.text) if isinstance(m, Paste) else m.key if isinstance(m, Key) else str(m) for m in messages
    ]


def sent(now: list[float], *parts: str) -> list[str]:
    """What comes of something that was sent in parts, with silence behind it."""
    sequences = Sequences()
    messages = [message for part in parts for message in sequences.feed(part)]
    for _ in range(2):
        now[0] += 1
        messages += sequences.tick()
    assert sequences.due == float("inf")
    return said(messages)


def test_a_paste_is_text_whatever_it_contains(now: list[float]) -> None:
    assert sent(now, f"{BEGINS}{COLOURED}{ENDS}n") == [repr(COLOURED), "n"]


@given(st.text(st.sampled_from("ab\x1b[201~2é\n\r;"), max_size=40), st.lists(st.integers(0, 60), max_size=6))
def test_a_paste_may_be_cut_anywhere(text: str, cuts: list[int]) -> None:
    text = text.replace(ENDS, "").replace(ENDS, "")
    if (text + ENDS).find(ENDS) < len(text) or BEGINS in text:
        return
    whole = f"{BEGINS}{text}{ENDS}n"
    places = sorted({0, *(cut for cut in cuts if cut < len(whole)), len(whole)})
    sequences = Sequences()
    parts = [whole[begin:end] for begin, end in pairwise(places)]
    assert said(m for part in parts for m in sequences.feed(part)) == [repr(text), "n"]


def test_escape_is_the_way_out_of_a_paste_whose_end_never_comes(now: list[float]) -> None:
    assert sent(now, f"{BEGINS}half a", " line", "\x1b") == [repr("half a line")]


@pytest.mark.parametrize(
    ("sequence", "keys"),
    [
        ("\x1b", ["escape"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1b\x1b[B", ["escape", "down"]),
        ("\x1b[B", ["down"]),
        ("\x1b2", ["alt+2"]),
        ("\x1bn", ["alt+n"]),
        ("\x1bN", ["alt+shift+n"]),
        ("\x1b?", ["alt+question_mark"]),
        ("\x1b ", ["alt+space"]),
        ("\x1b\r", ["alt+enter"]),
        ("\x1b[27u", ["escape"]),
    ],
)
def test_keys(now: list[float], sequence: str, keys: list[str]) -> None:
    assert sent(now, sequence) == keys


def test_a_sequence_may_come_in_two_parts(now: list[float]) -> None:
    assert sent(now, "\x1b", "[B") == ["down"]
    assert sent(now, "\x1b[", "B") == ["down"]


@pytest.mark.parametrize(
    ("key", "character", "goes"), [("alt+2", "2", "timeline"), ("alt+question_mark", "?", "search")]
)
async def test_a_key_close_behind_an_escape_is_not_lost(
    seat: Seat, key: str, character: str, goes: str
) -> None:
    """tmux hands on both as one key with alt, if they come within half a second."""
    await seat.press("n")
    await seat.types("half a line")
    seat.console.post_message(Key(key, character))
    await seat.settled()
    assert seat.focus == goes
    assert seat.line.value == "half a line"


async def test_a_terminal_that_means_alt_says_no_character(seat: Seat) -> None:
    await seat.press("n")
    seat.console.post_message(Key("alt+2", None))
    await seat.settled()
    assert seat.line.has_focus


async def test_what_is_pasted_anywhere_goes_into_the_line_and_is_not_logged(seat: Seat) -> None:
    await seat.press("1")
    await seat.paste("dq")
    assert seat.line.value == "dq"
    assert seat.line.has_focus
    assert seat.facts(e.Noted) == []
    await seat.press("enter")
    assert [note.text for note in seat.facts(e.Noted)] == ["dq"]
