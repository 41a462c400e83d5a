"""Strings from outside: what could act on a terminal goes, everything else stays literal."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warroom.incident.text import printable, printable_lines

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("plain words", "plain words"),
        ("[red]x[/red] [/] [@click=app.quit]", "[red]x[/red] [/] [@click=app.quit]"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mred", "red"),
        ("\x1b[?1049h\x1b[2Jx", "x"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1b]0;title\x1b\\x", "x"),
        ("\x9d0;title\x9cx", "x"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0;2\x1b\\x", "x"),
        ("\x90q\x9cx", "x"),
        ("\x1b_hidden\x1b\\x", "x"),
        ("\x1b(Bx\x1b=\x1b7", "x"),
        ("\x1b", ""),
        ("\x1b\x1b[31mx", "x"),
        ("\x1b]never ends", "never ends"),
        ("\x1b[31", "31"),
        ("a\x00b\x07c\x08d\x7fe\x85f", "abcde f"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("\ufeffa\u200bb\u2060c", "abc"),
        ("a\ud800b\udfffc", "abc"),
        ("a\U000e0041b", "ab"),
        ("a\ufffeb\uffffc\ufffdd", "abc\ufffdd"),
        ("a\tb\nc\r\nd\u2028e", "a b c d e"),
        ("  ends  ", "ends"),
        ("cafe\u0301", "café"),
        ("👩\u200d🚒 می\u200cخواهم ✔️", "👩\u200d🚒 می\u200cخواهم ✔️"),
        ("北京 42 % → 5 %", "北京 42 % → 5 %"),
    ],
)
def test_what_is_left_of_a_string(typed: str, left: str) -> None:
    assert printable(typed) == left


def test_line_ends_and_indentation_stay_where_lines_are_wanted() -> None:
    assert printable_lines("a\r\n\tb\x1b[1m\u2029c\x0c") == "a\n    b\nc\n"


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x9d\x9c\x07\\[]P_0;m \n\t" + BIDI + "\ud800\u0301\u0327"),
    )
)


@given(HOSTILE)
@settings(deadline=None, max_examples=400)
def test_nothing_is_left_that_acts_on_a_terminal(typed: str) -> None:
    left = printable(typed)
    assert not {char for char in left if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}}
    assert not set(BIDI) & set(left)
    assert printable_lines(typed.replace("\t", " ")).replace("\n", " ").strip() == left


@given(HOSTILE)
@settings(deadline=None, max_examples=400)
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert printable(printable(typed)) == printable(typed)
    assert printable_lines(printable_lines(typed)) == printable_lines(typed)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
@settings(deadline=None)
def test_ascii_stays_as_typed(typed: str) -> None:
    assert printable(typed) == typed.strip()
    assert printable_lines(typed) == typed


@given(HOSTILE)
@settings(deadline=None)
def test_the_result_is_in_composed_form_and_can_be_stored(typed: str) -> None:
    assert unicodedata.is_normalized("NFC", printable(typed))
    assert printable(typed).encode().decode() == printable(typed)


MEGABYTE = 1 << 20


@pytest.mark.parametrize(
    "unit",
    [
        "\x1b]",
        "\x9d",
        "\x1b]8;;",
        "\x1bP",
        "\x1b[",
        "\x1b[0",
        "\x9b;",
        "\x1b ",
        "\x90x",
        "\u0301\u0327",
        "e\u0301",
    ],
)
def test_a_hostile_megabyte_is_cleaned_in_passing(unit: str) -> None:
    # Were the time quadratic, this would take hours.
    assert "\x1b" not in printable("a" + unit * (MEGABYTE // len(unit)))


def test_a_letter_keeps_the_marks_that_any_language_needs() -> None:
    assert printable("a\u0327\u0301" + "b") == unicodedata.normalize("NFC", "a\u0327\u0301b")
    assert len(printable("a" + "\u0301\u0327" * 1000)) < 40
