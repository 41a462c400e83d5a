"""Two consoles and ten processes at one incident at the same time: everybody ends with the same timeline."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.terminal.terminal import Terminal

PROCESSES, NOTES = 10, 3


def surroundings(home: Path) -> dict[str, str]:
    return {**os.environ, "WARROOM_HOME": str(home), "WARROOM_USER": "bot"}


def warroom(home: Path, *words: str) -> str:
    run = [sys.executable, "-m", "warroom", *words]
    return subprocess.run(run, env=surroundings(home), capture_output=True, text=True, check=True).stdout


def notes_in(text: str) -> list[str]:
    """The notes that are in view, in their order."""
    return re.findall(r"(?:process \d+|console \w+) note \d+", text)


def logging(home: Path, process: int) -> "subprocess.Popen[bytes]":
    """A shell that logs one note after the other."""
    verbs = [f'"{sys.executable}" -m warroom log "process {process} note {n}"' for n in range(NOTES)]
    return subprocess.Popen(
        ["sh", "-ec", "\n".join(verbs)], env=surroundings(home), stdout=subprocess.DEVNULL
    )


def test_everybody_ends_with_the_same_timeline(tmp_path: Path) -> None:
    warroom(tmp_path, "declare", "Database down")
    size = (100, 50)
    with Terminal(tmp_path, size=size) as one, Terminal(tmp_path, size=size) as two:
        for name, console in (("one", one), ("two", two)):
            console.sees("Database down", "Timeline")
            console.press("n", f"console {name} note 0", "enter")
        processes = [logging(tmp_path, number) for number in range(PROCESSES)]
        for n in range(1, NOTES):
            one.press(f"console one note {n}", "enter")
            two.press(f"console two note {n}", "enter")
        assert [process.wait() for process in processes] == [0] * PROCESSES
        written = {f"process {p} note {n}" for p in range(PROCESSES) for n in range(NOTES)}
        written |= {f"console {name} note {n}" for name in ("one", "two") for n in range(NOTES)}
        # First what each has logged itself: a console whose screen nobody reads waits, and whoever waits
        # for what it is about to log waits for ever.
        for name, console in (("one", one), ("two", two)):
            console.sees(f"console {name} note {NOTES - 1}")
        for console in (one, two):
            console.sees(*written, "✓ saved")
        assert notes_in(one.text) == notes_in(two.text)
    kept = notes_in(warroom(tmp_path, "status", "--json"))
    assert kept == notes_in(one.text)
    assert len(kept) == len(written)
    assert set(kept) == written
