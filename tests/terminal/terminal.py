"""A real pseudo-terminal with the console in it: keys go in, the screen is read by an emulator."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import pyte

# pyte takes these private sequences for text: keyboard protocol, mode queries, device control strings.
# Colours are nothing to what is read here, and most of the emulator's work.
_PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;:]*m|\x1bP.*?\x1b\\", re.DOTALL)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|P[^\x1b]*\x1b?)?$")  # a sequence whose end is still to come
_PATIENCE = 30.0  # seconds until what never comes is given up

_USUAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
_NOT_INHERITED = (
    "NO_COLOR", "COLORTERM", "COLUMNS", "LINES", "WARROOM_THEME", "WARROOM_INCIDENT", "TMUX", "STY",
    "LC_ALL", "LC_CTYPE", "LANG",
)  # fmt: skip

KEYS = {"enter": "\r", "esc": "\x1b", "tab": "\t", "down": "\x1b[B", "up": "\x1b[A", "ctrl+c": "\x03"}


class Terminal:
    """The console in a terminal of a given size, on a home of its own."""

    program: tuple[str, ...] = (sys.executable, "-m", "warroom")
    within: tuple[str, ...] = ()  # the command that runs it, such as tmux
    pause = 0.2  # seconds behind an escape, by which a terminal tells it from alt+key

    def __init__(
        self, home: Path, *args: str, size: tuple[int, int] = (120, 40), env: Mapping[str, str] = _USUAL
    ) -> None:
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._lines = [""] * size[1]
        self.raw = bytearray()
        self._rest = b""
        self.code: int | None = None
        self.pid, self._fd = pty.fork()
        if not self.pid:  # the child
            _resize(0, *size)
            for name in _NOT_INHERITED:
                os.environ.pop(name, None)
            os.environ.update(env, WARROOM_HOME=str(home), WARROOM_USER="maya", TEXTUAL_ANIMATIONS="none")
            command = (*self.within, *self.program, *args)
            os.execvp(command[0], command)
        self._output = select.poll()  # not select(): that knows no file beyond the 1,024th
        self._output.register(self._fd, select.POLLIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._fd)

    def kill(self) -> None:
        """End it at once, as a crash or a power cut would."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.code = -signal.SIGKILL

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        self._until(holds, what)

    def press(self, *keys: str) -> None:
        """Press keys; a text is typed letter by letter. A lone surrogate is a byte that is no UTF-8."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode(errors="surrogateescape"))
            if key == "esc":
                self._read_for(self.pause)

    def paste(self, text: str) -> None:
        """Paste a text between its marks, however long it is: what is painted meanwhile is read."""
        data = f"\x1b[200~{text}\x1b[201~".encode()
        os.set_blocking(self._fd, False)
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                self._read(0.01)
        os.set_blocking(self._fd, True)

    def click(self, text: str) -> None:
        """Click on the first letter of a text that is on the screen."""
        y, line = next((y, line) for y, line in enumerate(self.text.split("\n"), 1) if text in line)
        for action in "Mm":  # down, up
            os.write(self._fd, f"\x1b[<0;{line.index(text) + 1};{y}{action}".encode())

    def resize(self, columns: int, lines: int) -> None:
        """Make the window larger or smaller."""
        self._screen.resize(lines, columns)
        self._screen.dirty.update(range(lines))
        self._lines = [""] * lines
        _resize(self._fd, columns, lines)

    def sees(self, *texts: str) -> None:
        """Wait until all of these are on the screen."""
        self._until(lambda: all(text in self.text for text in texts), " and ".join(texts))

    def loses(self, text: str) -> None:
        """Wait until something is no longer on the screen."""
        self._until(lambda: text not in self.text, f"no {text}")

    def ends(self) -> int:
        """Wait until it has ended; the exit code."""
        self._until(self._over, "the end")
        assert self.code is not None
        return self.code

    def _over(self) -> bool:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None

    @property
    def text(self) -> str:
        """What a person reads."""
        for y in self._screen.dirty:
            if y < len(self._lines):
                row = self._screen.buffer[y]
                self._lines[y] = "".join(row[x].data for x in range(self._screen.columns))
        self._screen.dirty.clear()
        return "\n".join(self._lines)

    @property
    def before_cursor(self) -> str:
        """What stands before the cursor in its line."""
        return self.text.split("\n")[self._screen.cursor.y][: self._screen.cursor.x]

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"never saw {what} on:\n{self.text}")
            self._read(0.05)

    def _read_for(self, span: float) -> None:
        end = time.monotonic() + span
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _read(self, wait: float) -> None:
        if not self._output.poll(wait * 1000):
            return
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the other end is closed
            return
        self.raw += data
        data = self._rest + data
        whole = len(data) if (cut := _UNFINISHED.search(data)) is None else cut.start()
        self._rest = data[whole:]
        self._stream.feed(_PRIVATE.sub(b"", data[:whole]))


def _resize(handle: int, columns: int, lines: int) -> None:
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
