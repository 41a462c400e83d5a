"""Terminals of many kinds: few colours, few signs, no mouse, and a shell to go back to."""

import os
import re
import signal
from pathlib import Path

import pytest

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
def test_a_terminal_gets_no_colours_that_it_does_not_know(
    tmp_path: Path, env: dict[str, str], colours: int
) -> None:
    with Terminal(tmp_path, env=env) as t:
        goes_round(t)
        raw = bytes(t.raw)
    assert bool(_TRUE.search(raw)) is (colours > 256)
    assert bool(_256.search(raw)) is (colours == 256)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_terminal_that_knows_no_utf8_gets_ascii_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    with Terminal(tmp_path, size=size, env={"TERM": "xterm", "LC_ALL": "C"}) as t:
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


def test_ctrl_z_goes_to_the_shell_and_fg_comes_back(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        t.sees("No incident yet")
        t.press("\x1a")
        t.until(t.is_stopped, "it stopped")
        t.until(lambda: t.raw.rfind(b"\x1b[?1049l") > t.raw.rfind(b"\x1b[?1049h"), "the shell's screen")
        os.kill(t.pid, signal.SIGCONT)
        t.until(lambda: t.raw.rfind(b"\x1b[?1049h") > t.raw.rfind(b"\x1b[?1049l"), "our screen again")
        t.sees("No incident yet")
        goes_round(t)
