"""Terminals of many kinds: few colours, few signs, no mouse, and a shell to go back to."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.terminal.shell import Shell
from tests.terminal.terminal import Terminal

_MOUSE = b"\x1b[?1000h"
_TRUE, _256 = re.compile(rb"[34]8;2;"), re.compile(rb"[34]8;5;")


def goes_round(t: Terminal) -> None:
    """Declare, log, look at the help, and leave."""
    t.sees("No incident yet")
    t.press("n")
    t.sees("Declare an incident")
    t.press("Checkout is down", "enter")
    t.sees("INC-", "Checkout is down")
    t.press("n")
    t.sees("enter logs")
    t.press("error rate 45 %", "enter", "esc", "2")
    t.sees("error rate 45 %")
    t.press("?")
    t.sees("type to search")
    t.press("esc")
    t.press("q")
    t.sees("1 in all")
    t.press("q")
    assert t.ends() == 0


@pytest.mark.parametrize("coding", ["C.UTF-8", "C"])
@pytest.mark.parametrize(
    ("env", "colours"),
    [
        ({"TERM": "xterm"}, 16),
        ({"TERM": "linux"}, 16),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "screen-256color"}, 256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else str(value),
)
def test_a_terminal_gets_no_colours_and_no_signs_that_it_does_not_know(
    tmp_path: Path, env: dict[str, str], colours: int, coding: str
) -> None:
    with Terminal(tmp_path, env={**env, "LC_ALL": coding}) as t:
        goes_round(t)
        raw = bytes(t.raw)
    assert bool(_TRUE.search(raw)) is (colours > 256)
    assert bool(_256.search(raw)) is (colours == 256)
    assert raw.isascii() is (coding == "C")


def test_a_small_terminal_that_knows_no_utf8_gets_ascii_alone(tmp_path: Path) -> None:
    with Terminal(tmp_path, size=(80, 24), env={"TERM": "xterm", "LC_ALL": "C"}) as t:
        goes_round(t)
        assert bytes(t.raw).isascii()


def test_no_colour_at_all(tmp_path: Path) -> None:
    with Terminal(tmp_path, env={"TERM": "xterm", "NO_COLOR": "1"}) as t:
        goes_round(t)
        coloured = re.findall(rb"\x1b\[(?:[0-9;]*;)?(?:3[1-7]|4[1-7])(?:;[0-9;]*)?m", bytes(t.raw))
    assert coloured == []


def test_the_mouse_is_left_to_the_terminal(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        t.sees("No incident yet")
        assert _MOUSE in t.raw
    with Terminal(tmp_path, "--no-mouse") as t:
        t.sees("No incident yet")
        assert _MOUSE not in t.raw


def test_a_terminal_like_apples_is_sent_nothing_that_it_takes_for_text_or_drops(tmp_path: Path) -> None:
    with Terminal(tmp_path, env={"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}) as t:
        t.sees("No incident yet")
        t.press("n", "Checkout is down", "enter")
        t.sees("─ 6 Impact ─")
        t.press("2")
        t.sees("p pin")
        t.press("y")
        t.sees("There is no clipboard here: Apple_Terminal")
        raw = bytes(t.raw)
    assert _256.search(raw)
    assert not _TRUE.search(raw)
    assert b"\x1b]52;" not in raw
    assert b"\x1b[?2026$p" not in raw


@pytest.mark.parametrize("started", ["{}", "sh -c '{}; exit'"], ids=["by the shell", "by what it started"])
def test_ctrl_z_goes_to_the_shell_and_fg_comes_back(tmp_path: Path, started: str) -> None:
    with Shell(tmp_path, env={"TERM": "xterm"}) as t:
        t.starts(started.format(shlex.join((sys.executable, "-m", "warroom"))))
        t.sees("No incident yet")
        t.press("n")
        t.sees("Declare an incident")
        t.press("Checkout is down", "enter")
        t.sees("─ 6 Impact ─")
        t.press("\x1a")
        t.is_asked()
        t.press("fg", "enter")
        t.sees("─ 6 Impact ─")
        t.leaves()


def test_without_a_shell_ctrl_z_says_so_and_stops_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        t.sees("No incident yet")
        t.press("\x1a")
        t.sees("no shell")
        goes_round(t)


def test_a_window_that_changes_while_one_types_loses_no_letter(tmp_path: Path) -> None:
    with Terminal(tmp_path, size=(80, 24)) as t:
        t.sees("No incident yet")
        t.press("n", "Checkout is down", "enter", "n")
        t.sees("1 Checklist  2 Timeline")
        for turn in (1, 2):
            for size, seen in (
                ((40, 12), "▌SEV?▐"),
                ((200, 60), "─ 6 Imp"),
                ((80, 24), "2 Timeline  3"),
            ):
                t.press(f"{turn} ")
                t.resize(*size)
                t.press(f"at {size[0]} ")
                t.sees(seen)
        t.press("enter")
        t.sees("✓ saved")
        t.press("esc", "2")
        t.sees(" 1 at 40 1 at 200 1 at 80 2 at 40 2 at 200 2 at 80")


def test_the_window_is_as_large_as_it_is_and_not_as_somebody_once_exported(tmp_path: Path) -> None:
    with Terminal(tmp_path, env={"TERM": "xterm", "COLUMNS": "80", "LINES": "24"}) as t:
        t.sees("No incident yet")
        t.press("n", "Checkout is down", "enter")
        t.sees("─ 6 Impact ─")
        t.resize(80, 24)
        t.sees("1 Checklist  2 Timeline")


def test_a_megabyte_is_pasted_and_nothing_of_it_is_pressed(tmp_path: Path) -> None:
    lines = [f"{number:>6} q ? : ] C {'x' * 80}" for number in range(10_000)]
    with Terminal(tmp_path) as t:
        t.sees("No incident yet")
        t.press("n", "Checkout is down", "enter", "n")
        t.sees("enter logs")
        t.paste("\n".join(lines))
        t.sees("10,000")
        t.press("esc")
        t.sees("─ 6 Impact ─")
    assert sum(file.stat().st_size for file in tmp_path.rglob("INC-*")) < 50_000
