"""A program in a pseudo-terminal, timed as a person would feel it.

What the program writes is only noted with its time; the screen is worked out afterwards, so that the
emulator's own work is in no figure.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import pyte

SIZE = (120, 40)
KEYS = {"down": "\x1b[B", "up": "\x1b[A", "space": " ", "escape": "\x1b"}
_CLOCK = re.compile(r"\d+:\d\d(?::\d\d)?")  # a running clock is no answer to a key
_PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\", re.DOTALL)
_PATIENCE = 20.0  # seconds

Chunks = list[tuple[float, bytes]]
Look = tuple[tuple[object, ...], ...]


class Terminal:
    """A program that runs in a terminal of its own. `born` and all times are `perf_counter`'s seconds."""

    def __init__(self, command: Sequence[str], **environment: str) -> None:
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self._screen)
        self.born = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if not self.pid:  # the child
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", **environment)
            os.execvp(command[0], list(command))
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGTERM)
        self._written(0.1)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._handle)

    def shown(self, ready: str) -> float:
        """How long it took until a text was on the screen, in seconds since the program was started."""
        limit = time.perf_counter() + _PATIENCE
        while time.perf_counter() < limit:
            for at, data in self._written(0.4):
                self._feed(data)
                if ready in "\n".join(self._screen.display):
                    self._catch_up()
                    return at - self.born
        raise TimeoutError(f"no {ready!r} on the screen:\n" + "\n".join(self._screen.display))

    def rest(self, seconds: float = 0.4) -> None:
        """Let it finish what it is about; a clock that runs on or a cursor that blinks never does."""
        until = time.perf_counter() + 4 * seconds
        while (chunks := self._written(seconds)) and time.perf_counter() < until:
            for _, data in chunks:
                self._feed(data)

    def answer(self, key: str, first_row: int = 0) -> float | None:
        """How long a key took to change the screen from a row on; None if it changed nothing."""
        before = self._look(first_row)
        pressed = time.perf_counter()
        os.write(self._handle, KEYS.get(key, key).encode())
        while time.perf_counter() < pressed + 2:
            for at, data in self._written(0.08):
                self._feed(data)
                if self._look(first_row) != before:
                    self._catch_up()
                    return at - pressed
        return None

    def _written(self, quiet: float) -> Chunks:
        """What the program writes until it is quiet for some time."""
        chunks: Chunks = []
        until = time.perf_counter() + quiet
        while (left := until - time.perf_counter()) > 0:
            if not select.select([self._handle], [], [], left)[0]:
                break
            try:
                data = os.read(self._handle, 1 << 16)
            except OSError:
                break
            chunks.append((time.perf_counter(), data))
            until = chunks[-1][0] + quiet
        self._rest = chunks
        return chunks

    def _feed(self, data: bytes) -> None:
        self._rest = self._rest[1:]
        self._stream.feed(_PRIVATE.sub(b"", data))

    def _catch_up(self) -> None:
        for _, data in list(self._rest):
            self._feed(data)

    def _look(self, first_row: int) -> Look:
        """What a person sees, colours included, a running clock left out."""
        rows = []
        for y in range(first_row, SIZE[1]):
            cells = [self._screen.buffer[y][x] for x in range(SIZE[0])]
            text = _CLOCK.sub("#", "".join(cell.data for cell in cells))
            rows.append((text, *((cell.fg, cell.bg, cell.bold, cell.reverse) for cell in cells)))
        return tuple(rows)

    # ── what it costs ──────────────────────────────────────────────────────────────────────────

    @property
    def memory(self) -> float:
        """Its resident memory, in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def idle(self, seconds: float) -> float:
        """The share of one core that it takes while nothing is pressed."""
        before, began = self._busy(), time.perf_counter()
        while (left := began + seconds - time.perf_counter()) > 0:
            self._written(min(left, 0.5))
        return (self._busy() - before) / (time.perf_counter() - began)

    def _busy(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
