"""What a command costs as a whole process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.store import NUMBER, events, write_incident
from benchmarks.table import Row, in_turn

BASE = """import os, tinydb, click
h = os.open({!r}, os.O_RDWR | os.O_CREAT)
os.write(h, b'x' * 200)
os.fsync(h)"""


def rows(folder: Path) -> Iterator[Row]:
    """`warroom log` beside a library of its own size, and the list of past incidents."""
    base = [sys.executable, "-c", BASE.format(str(folder / "base"))]
    for size in (100, 100_000):
        home = folder / f"log-{size}"
        write_incident(home / "incidents" / f"{NUMBER}.json", events(size))
        ours, theirs = in_turn(_warroom(home, "log", "pool raised"), _run(base), 11)
        figure = f"warroom log, whole process, {size:,} events"
        yield Row(figure, ours, "import tinydb, click; write + fsync", theirs, 2.0)
    few, many = (_home_of(folder / f"list-{size}", size) for size in (50, 5_000))
    ours, theirs = in_turn(_warroom(many, "list", "--all"), _warroom(few, "list", "--all"), 7)
    yield Row("warroom list --all, 5,000 past incidents", ours, "50 past incidents", theirs, 1.5)


def _home_of(home: Path, size: int) -> Path:
    for i in range(1, size + 1):
        write_incident(home / "incidents" / f"INC-2025-{i:04d}.json", events(10))
    _warroom(home, "list", "--all")()  # makes the index
    return home


def _warroom(home: Path, *words: str) -> "_run":
    return _run([sys.executable, "-m", "warroom", *words], WARROOM_HOME=str(home))


class _run:  # noqa: N801 - reads as the verb that it is
    def __init__(self, command: list[str], **environment: str) -> None:
        self._command = command
        self._environment = {**os.environ, **environment}

    def __call__(self) -> None:
        subprocess.run(self._command, env=self._environment, check=True, stdout=subprocess.DEVNULL)
