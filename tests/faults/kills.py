"""Writers killed at any moment, each telling an event's id only once it was acknowledged.

Runs in a process of its own (`python -m tests.faults.kills FOLDER KILLS`), which forks the writers.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.work import NUMBER, Tally, event, first_events
from warroom.store.library import Library
from warroom.store.log import Journal
from warroom.store.repair import verify

WRITERS = 4


@dataclass
class Writer:
    """A process that appends, and the pipe by which it tells."""

    process: int
    told: int
    text: bytes = b""

    def listen(self) -> None:
        """Take in what it told so far."""
        while block := os.read(self.told, 65536):
            self.text += block
            if not select.select([self.told], [], [], 0)[0]:
                break

    def acts(self) -> list[list[str]]:
        """The ids of each append that it told: only whole lines, it may have died in the midst."""
        return [line.split() for line in self.text.decode().split("\n")[:-1]]


def start(path: Path) -> Writer:
    """Fork a writer that appends single events and batches until it is killed."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        return Writer(process, ours)
    os.close(ours)
    try:
        with closing(Journal(path)) as journal:
            turn = 0
            while True:
                turn += 1
                events = [event(f"by {os.getpid()}", turn) for _ in range(1 + turn % 3)]
                journal.append(events)
                os.write(theirs, " ".join(e.id for e in events).encode() + b"\n")
    finally:
        os._exit(1)


def kill_writers(folder: Path, kills: int, seed: int = 1) -> Tally:
    """Whatever was acknowledged by anyone is there, once, and appends are whole."""
    chance = random.Random(seed)
    tally = Tally("kill -9, four writers")
    with closing(Library(folder)) as library:
        library.create(2026, first_events).close()
    path = library.path(NUMBER)
    acknowledged: list[str] = []
    writers = [start(path) for _ in range(WRITERS)]

    def kill(writer: Writer) -> None:
        os.kill(writer.process, signal.SIGKILL)
        os.waitpid(writer.process, 0)
        with closing(os.fdopen(writer.told, "rb")) as rest:
            writer.text += rest.read()
        acknowledged.extend(i for act in writer.acts() for i in act)
        tally.tried += 1

    for _ in range(max(0, kills - WRITERS)):
        # The moment of death is the fault: the others' pipes are emptied meanwhile.
        with suppress(InterruptedError):
            select.select([], [], [], chance.uniform(0, 0.04))
        for writer in writers:
            if select.select([writer.told], [], [], 0)[0]:
                writer.listen()
        kill(writers.pop(chance.randrange(len(writers))))
        writers.append(start(path))
    for writer in writers:
        kill(writer)
    present = tally.check(path, [])
    ids = [e.id for e in present]
    tally.acknowledged = len(acknowledged)
    tally.lost = sorted(set(acknowledged) - set(ids))
    assert len(set(acknowledged)) == len(acknowledged)
    assert verify(path).sound
    return tally


def run_apart(folder: Path, kills: int) -> Tally:
    """The same in a process of its own: forking is for processes with one thread."""
    command = [sys.executable, "-m", "tests.faults.kills", str(folder), str(kills)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Tally(**json.loads(done.stdout))


if __name__ == "__main__":
    print(json.dumps(vars(kill_writers(Path(sys.argv[1]), int(sys.argv[2])))))
