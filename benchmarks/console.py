"""What the console costs whoever sits at it: start, key to paint, idling, memory."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.store import NUMBER, events, write_incident
from benchmarks.table import Row
from benchmarks.terminal import Terminal

ROUNDS = 7
TYPED_IN = 2  # of these rounds
KEYS = 30  # of each kind, in each of them
IDLE = 20.0  # seconds
BAR = 2  # the lines of the command bar: that it says "saving" is no answer yet

SMALL, LONG = "100 events", "100,000 events"
_LIST = ["-m", "benchmarks.bare", "list"]
_INPUT = ["-m", "benchmarks.bare", "input"]
_WARROOM = ["-m", "warroom"]


def rows(folder: Path) -> Iterator[Row]:
    """All figures of the console; every program is run in turn, so that the machine treats all alike."""
    homes = {"empty": folder / "empty", SMALL: folder / "small", LONG: folder / "long"}
    for name, size in ((SMALL, 100), (LONG, 100_000)):
        write_incident(homes[name] / "incidents" / f"{NUMBER}.json", events(size))
    starts: dict[str, list[float]] = defaultdict(list)
    keys: dict[tuple[str, str], list[float]] = defaultdict(list)
    memory: dict[str, list[float]] = defaultdict(list)
    idle = 0.0
    for turn in range(-1, ROUNDS):  # the first one warms the caches and leaves what the console keeps
        count = turn >= 0
        typing = count and turn < TYPED_IN
        with Terminal([sys.executable, *_LIST]) as bare:
            _note(starts["bare"], bare.shown("option 30"), count)
            bare.rest()
            if typing:
                keys["move", "bare"] += _pressed(bare, ("down", "up"))
            _note(memory["bare"], bare.memory, count)
        if typing:
            with Terminal([sys.executable, *_INPUT]) as bare:
                bare.shown("Quit")
                bare.rest()
                keys["type", "bare"] += _pressed(bare, "abc")
        for name, home in homes.items():
            with Terminal([sys.executable, *_WARROOM], WARROOM_HOME=str(home), WARROOM_USER="maya") as ours:
                ready = "No incident yet" if name == "empty" else "Acknowledge"
                _note(starts[name], ours.shown(ready), count)
                ours.rest(0.7)  # until it has read what it showed a glimpse of
                if typing and name != "empty":
                    keys["move", name] += _pressed(ours, ("down", "up"), BAR)
                    keys["tick", name] += _pressed(ours, ("space",), BAR)
                    ours.answer("n")
                    keys["type", name] += _pressed(ours, "abc", BAR)
                    ours.answer("escape")
                    ours.rest()
                _note(memory[name], ours.memory, count)
                if turn == 0 and name == SMALL:
                    idle = ours.idle(IDLE)
    for name, limit in (("empty", 1.3), (SMALL, None), (LONG, 2.0)):
        yield Row(f"start to first screen, {name}", median(starts[name]), "bare Textual app",
                  median(starts["bare"]), limit)  # fmt: skip
    for kind, base in (("move", "move"), ("tick", "move"), ("type", "type")):
        for middle, which in ((median, "median"), (_p95, "95 %")):
            theirs = middle(keys[base, "bare"])
            for name in (SMALL, LONG):
                figure = f"{kind} to paint, {name}, {which}"
                yield Row(figure, middle(keys[kind, name]), f"{base} in the bare app", theirs, 1.5)
            yield Row(f"{kind} to paint, {LONG}, {which}", middle(keys[kind, LONG]), f"at {SMALL}",
                      middle(keys[kind, SMALL]), 1.2)  # fmt: skip
    yield Row("idle CPU of a war room", idle, "one core", 1.0, 0.005, "%")
    yield Row(
        "memory, 100 events", median(memory[SMALL]), "bare Textual app", median(memory["bare"]), 1.6, "B"
    )


def _note(figures: list[float], figure: float, count: bool) -> None:
    if count:
        figures.append(figure)


def _pressed(terminal: Terminal, keys: tuple[str, ...] | str, first_row: int = 0) -> list[float]:
    """How long each of many keys took; one that changes nothing fails the run: it measured something else."""
    took = []
    for count in range(KEYS):
        answer = terminal.answer(key := keys[count % len(keys)], first_row)
        if answer is None:
            raise RuntimeError(f"{key} changed nothing")
        took.append(answer)
    return took


def _p95(figures: list[float]) -> float:
    return sorted(figures)[int(len(figures) * 0.95)]
