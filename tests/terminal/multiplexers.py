"""The console in tmux and screen, as on any jump host. Both must be there, so `make rehearse` runs this."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.terminal.test_terminals import goes_round


class Tmux(Terminal):
    """In a tmux that nobody else uses."""


class Screen(Terminal):
    """In a screen that nobody else uses; it holds an escape back for 0.3 s, in case more comes."""

    pause = 0.8


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[type[Terminal]]:
    """The console in tmux, with nobody's settings."""
    server = ("tmux", "-f", "/dev/null", "-S", str(tmp_path / "tmux"))
    Tmux.within = (*server, "-u", "new-session")
    yield Tmux
    subprocess.run([*server, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Terminal]]:
    """The console in screen, with nobody's settings."""
    settings, sockets = tmp_path / "screenrc", tmp_path / "screens"
    settings.write_text("startup_message off\n")
    sockets.mkdir(mode=0o700)
    monkeypatch.setenv("SCREENDIR", str(sockets))
    Screen.within = ("screen", "-c", str(settings), "-S", "warroom")
    yield Screen
    subprocess.run(["screen", "-S", "warroom", "-X", "quit"], check=False, capture_output=True)


@pytest.mark.parametrize("coding", ["C.UTF-8", "C"])
@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "screen-256color", "linux"])
@pytest.mark.parametrize("kind", ["tmux", "screen"])
def test_the_console_within_another_terminal(
    kind: str, term: str, coding: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    terminal: type[Terminal] = request.getfixturevalue(kind)
    home = tmp_path / "home"
    with terminal(home, env={"TERM": term, "LC_ALL": coding}) as t:
        goes_round(t)
    assert list(home.glob("**/INC-*"))
