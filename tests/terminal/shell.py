"""A shell in a terminal, from which the console is started, left for a while, and taken up again."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.terminal.terminal import Terminal

_CONSOLE = shlex.join((sys.executable, "-m", "warroom"))


class Shell(Terminal):
    """A shell. Behind an escape nothing is pressed until it was seen to work."""

    program = ("sh", "-i")
    pause = 0

    def __init__(self, home: Path, *, env: Mapping[str, str]) -> None:
        super().__init__(home, env={**env, "PS1": "ready ", "ENV": ""})

    def starts(self, command: str = _CONSOLE) -> None:
        """Open the console."""
        self.is_asked()
        self.press(command, "enter")

    def is_asked(self) -> None:
        """Wait until the shell asks for a command."""
        self.until(lambda: self.before_cursor.strip() == "ready", "the shell's prompt")

    def leaves(self) -> None:
        """Leave the console, and then the shell."""
        self.press("q")
        self.sees("n declare", "q quit")
        self.press("q")
        self.is_asked()
        self.press("echo left with $?", "enter")
        self.sees("left with 0")
        self.press("exit", "enter")
        assert self.ends() == 0
