"""An incident read along, live or for a screen reader."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from tests.cli.conftest import Cli
from tests.incident.worlds import World
from warroom.cli import follow
from warroom.desk import Desk
from warroom.incident import commands
from warroom.incident.events import Event
from warroom.incident.record import Record

_PATIENCE = 30.0  # seconds: far more than anything takes


@contextmanager
def following(home: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """`warroom follow` in a process of its own."""
    env = {**os.environ, "WARROOM_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    run = [sys.executable, "-m", "warroom", "follow", *words]
    # Without a buffer, so that what is there to be read is with the system and nowhere else.
    with subprocess.Popen(run, env=env, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[bytes], holding: str = "") -> str:
    """Its next line in which this stands."""
    assert process.stdout is not None
    while select.select([process.stdout], [], [], _PATIENCE)[0]:
        found = process.stdout.readline().decode()
        if holding in found:
            return found
    raise AssertionError(f"{holding!r} was never printed")


def test_what_is_logged_while_it_runs_is_printed_at_once(warroom: Cli, home: Path) -> None:
    number = warroom("declare", "Checkout is down").stdout.strip()
    with following(home, number) as process:
        line(process, "● Declared: Checkout is down  (maya)")
        warroom("log", "error rate 45 %")
        line(process, "error rate 45 %  (maya)")
        warroom("undo")
        line(process, "↶ Undone")


def test_ctrl_c_ends_it_quietly(warroom: Cli, home: Path) -> None:
    warroom("declare", "Checkout is down")
    with following(home) as process:
        line(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=_PATIENCE)
        assert (process.returncode, err) == (0, b"")


def test_it_ends_when_nobody_reads_any_more_though_nothing_happens(warroom: Cli, home: Path) -> None:
    warroom("declare", "Checkout is down")
    with following(home) as process:
        line(process)
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(_PATIENCE) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_since_leaves_out_what_was_before_and_json_is_an_object_a_line(warroom: Cli, home: Path) -> None:
    warroom("declare", "Checkout is down", "--at", "2026-02-02T14:00Z")
    warroom("log", "--at", "2026-02-02T14:05Z", "batch job deployed")
    warroom("log", "--at", "2026-02-02T14:10Z", "error rate 45 %")
    with following(home, "--json", "--since", "2026-02-02T14:05Z") as process:
        found = [json.loads(line(process)) for _ in range(2)]
    assert [each["text"] for each in found] == ["batch job deployed", "error rate 45 %"]


# ── for a screen reader ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def incident(warroom: Cli) -> str:
    number = warroom("declare", "Checkout is down", "--severity", "SEV2").stdout.strip()
    warroom("tick", "1.1.1")
    warroom("log", "error rate: 45% -> 5%")
    warroom("mitigate", "Scale", "--note", "pool 100 → 200")
    warroom("impact", "--users", "5000", "--systems", "API")
    return number


@pytest.mark.parametrize("verb", [["list"], ["status"], ["show"]], ids=" ".join)
def test_plain_output_has_words_for_signs(warroom: Cli, incident: str, verb: list[str]) -> None:
    said = warroom(*verb, "--plain").stdout
    assert said.isascii()
    assert incident in said


def test_plain_output_says_what_the_signs_said(warroom: Cli, incident: str) -> None:
    said = warroom("show", "--plain").stdout
    assert "Done: " in said
    assert "Metric: error rate: 45% to 5%" in said
    assert "Mitigation: Scale: pool 100 to 200" in said
    assert "Impact: about 5,000 users, API down" in said
    assert "Phase: 1 Detection, " in warroom("status", "--plain").stdout
    assert warroom("list", "--plain").stdout.startswith(f"{incident}, active, SEV2, Detection, ")


def test_plain_output_cannot_act_on_a_terminal(warroom: Cli) -> None:
    warroom("declare", "Checkout \x1b[31mis down")
    assert "\x1b" not in warroom("list", "--plain").stdout


def test_only_what_is_new_is_gone_over() -> None:
    world = World()
    for minute in range(1, 50):
        world.do(minute, commands.note, f"note {minute}")
    looked: list[str] = []

    class Looked(Record):
        def __reversed__(self) -> Iterator[Event]:
            for event in super().__reversed__():
                looked.append(event.id)
                yield event

        def __iter__(self) -> Iterator[Event]:
            raise AssertionError("over all of it")

    class Here:
        record = Looked(world.record)

        def changed(self) -> bool:
            return True

        def poll(self) -> bool:
            world.do(60, commands.note, "one more")
            self.record.add(world.events[-1:])
            return True

    batches = follow._batches(cast("Desk", Here()))
    assert next(batches) == world.events
    looked.clear()
    assert next(batches) == world.events[-1:]
    assert len(looked) == 1
