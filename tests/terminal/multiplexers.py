"""The console in tmux and screen, as on any jump host, started from a shell in a window of theirs.

Both must be there, so `make terminals` runs this and not `make test`.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.shell import Shell


class Multiplexed(Shell):
    """A shell in a window of a multiplexer."""

    is_tmux = False


class Tmux(Multiplexed):
    """In a tmux that nobody else uses."""

    is_tmux = True


class Screen(Multiplexed):
    """In a screen that nobody else uses."""


@pytest.fixture
def tmux(tmp_path: Path, term: str) -> Iterator[type[Multiplexed]]:
    """A shell in tmux, with nobody's settings but those that the guide to settings names."""
    settings = tmp_path / "tmux.conf"
    settings.write_text(
        f"set -g default-terminal {term}\nset -g mouse on\nset -g set-clipboard on\nset -g status off\n"
    )
    server = (_found("tmux"), "-f", str(settings), "-S", str(tmp_path / "tmux"))
    Tmux.within = (*server, "-u", "new-session")
    yield Tmux
    subprocess.run([*server, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def screen(tmp_path: Path, term: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Multiplexed]]:
    """A shell in screen, with nobody's settings."""
    settings, sockets = tmp_path / "screenrc", tmp_path / "screens"
    settings.write_text(f"startup_message off\naltscreen on\nterm {term}\n")
    sockets.mkdir(mode=0o700)
    monkeypatch.setenv("SCREENDIR", str(sockets))
    Screen.within = (_found("screen"), "-c", str(settings), "-S", "warroom")
    yield Screen
    subprocess.run(["screen", "-S", "warroom", "-X", "quit"], check=False, capture_output=True)


def _found(program: str) -> str:
    path = shutil.which(program)
    assert path, f"{program} is not installed; on Debian: apt-get install tmux screen"
    return path


def goes_round(t: Multiplexed) -> None:
    """Declare, log, paste, copy, look at the help, go to the shell and come back, and resize."""
    t.sees("No incident yet")
    t.press("n")
    t.sees("Declare an incident")
    t.press("Checkout is down", "enter")
    t.sees("INC-", "Checkout is down", "6 Impact")
    t.press("n")
    t.sees("enter logs")
    t.press("error rate 45 %", "enter")
    t.sees("45 %")
    pastes(t)
    t.press("esc")
    t.loses("enter logs")
    copies(t)
    t.press("?")
    t.sees("type to search")
    t.press("esc")
    t.loses("type to search")
    t.press("\x1a")
    t.is_asked()
    assert "Stopped" in t.text
    t.press("fg", "enter")
    t.sees("Checkout is down", "second line")
    t.resize(70, 24)
    t.sees("2 Timeline  3 Decide")
    if t.is_tmux:
        t.click("1 Checklist")
        t.sees("Acknowledge incident")
        t.click("2 Timeline")
        t.sees("second line")
    t.resize(120, 40)
    t.sees("Acknowledge incident", "second line", "6 Impact")


def pastes(t: Multiplexed) -> None:
    """Paste two lines into the entry line. screen hands on no marks: there a paste is as if it were typed."""
    if t.is_tmux:
        t.paste("first line\nsecond line")
        t.sees("2 lines")
        t.press("y")
    else:
        t.press("first line", "enter", "second line", "enter")
    t.sees("first line", "second line")


def copies(t: Multiplexed) -> None:
    """Copy the newest entry. tmux keeps it in a buffer; screen passes nothing on, and that is said."""
    t.press("2")
    t.sees("p pin")
    t.press("G", "y")
    if t.is_tmux:
        t.sees("Copied")
        shown = subprocess.run([*t.within[:5], "show-buffer"], capture_output=True, text=True, check=True)
        assert "second line" in shown.stdout
    else:
        t.sees("There is no clipboard here")


@pytest.mark.parametrize("coding", ["C.UTF-8", "C"])
@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "screen-256color", "linux"])
@pytest.mark.parametrize("kind", ["tmux", "screen"])
def test_the_console_within_another_terminal(
    kind: str, term: str, coding: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    shell: type[Multiplexed] = request.getfixturevalue(kind)
    env = {"TERM": term, "LC_ALL": coding}
    with shell(tmp_path / "home", env=env) as t:
        t.is_asked()
        t.press("echo [$TERM]", "enter")
        t.sees(f"[{term}]")
        t.starts()
        goes_round(t)
        assert t.text.isascii() is (coding == "C")
        t.leaves()
