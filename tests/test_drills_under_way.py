"""Drills that are left and gone on with: nothing is lost, nothing happens twice, and no time passes."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.partaking import NOON, Part, Time, asked
from warroom.drills import (
    BUILTIN,
    DrillError,
    Guide,
    Player,
    Progress,
    begun,
    find,
    go_on,
    load,
    waiting,
)
from warroom.front_desk import FrontDesk
from warroom.incident import events as e
from warroom.incident.commands import Refused
from warroom.incident.wording import wording

DAY = timedelta(days=1)

SCRIPT = """
title = "Checkout is down"

[[step]]
at = "00:00:00"
do = "severity SEV1"

[[step]]
at = "00:10:00"
inject = "log it burns"
by = "@support"
"""


def test_the_clock_stands_still_while_nobody_looks(tmp_path: Path) -> None:
    part = Part(
        tmp_path, asked((0, "severity SEV2", ""), (600, "log it burns", "@dba"), (600, "log mine", ""))
    )
    part.look(30)
    left_at = part.desk.now()
    assert part.comes_back(after=DAY).startswith("Classify the severity")
    assert part.desk.now() == left_at
    part.look(10)
    assert part.desk.now() == left_at + timedelta(seconds=10)
    part.does("severity SEV2")
    assert "time runs quickly" in part.comes_back(after=DAY)
    assert "type “mine”" in part.look(3)  # nobody waits longer than that, here too
    assert part.desk.incident.timeline[-1].by == "@dba"


def test_what_was_asked_for_and_done_is_not_asked_for_again_and_counts_once(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "log one", ""), (0, "severity SEV2", ""), (0, "log two", "")))
    part.does("log one")
    part.comes_back()
    assert "type “two”" in part.does("severity SEV2")
    assert part.guide.said(part.desk.incident)[1] == "2/3"


@given(st.lists(st.tuples(st.integers(0, 900), st.booleans()), min_size=1, max_size=6), st.data())
def test_however_often_one_leaves_the_record_is_the_same_and_the_clock_goes_on(
    steps: list[tuple[int, bool]], data: st.DataObject
) -> None:
    lines = [(at, f"log {i}", "" if mine else "@dba") for i, (at, mine) in enumerate(sorted(steps))]
    with tempfile.TemporaryDirectory() as home:
        part = Part(Path(home), asked(*lines))
        shown = [part.desk.now()]
        while not part.guide.finished:
            if act := part.guide.instead():
                part.does(act.line.words)
            part.look(data.draw(st.floats(0.1, 60)))
            if data.draw(st.booleans()):
                part.comes_back(after=timedelta(seconds=data.draw(st.floats(0, 9e5))))
            shown.append(part.desk.now())
            assert shown[-1] <= part.time.at
        assert shown == sorted(shown)
        notes = [event.fact.text for event in part.desk.incident.timeline if isinstance(event.fact, e.Noted)]
        assert notes == [str(i) for i in range(len(lines))]


def test_two_consoles_at_one_drill_do_nothing_twice(tmp_path: Path) -> None:
    part = Part(
        tmp_path,
        asked(
            (0, "severity SEV2", ""),
            (5, "log it burns", "@dba"),
            (9, "log it burns", "@dba"),
            (9, "log x", ""),
        ),
    )
    guide = Guide(part.guide.script, part.time, part.guide.progress)
    other = Part.at(part.time, part.front, guide, part.desk.incident.number)
    part.does("severity SEV2")
    for _ in range(4):
        for one in (part, other):
            one.desk.poll()
            one.look(3)
    part.desk.poll()
    said = [wording(event, part.desk.incident).text for event in part.desk.incident.timeline]
    assert said.count("it burns") == 2  # as the script has it
    assert "type “x”" in other.look()
    assert "type “x”" in part.look()


# ── as it is kept ──────────────────────────────────────────────────────────────────────────────


def test_it_is_found_again_by_its_incident_until_it_is_over(tmp_path: Path) -> None:
    path, time = tmp_path / "mine.toml", Time()
    path.write_text(SCRIPT, encoding="utf-8")
    front = FrontDesk(tmp_path / "home", "maya", clock=time)
    guide = Guide(load(path), time)
    desk = guide.declare(front)
    assert not isinstance(desk, Refused)
    number = desk.incident.number
    assert go_on(front, number) is None
    assert not waiting(front)

    guide.progress.keep(front, number)
    found = go_on(front, number, real=time)
    assert isinstance(found, Guide)
    assert found.progress == guide.progress
    assert waiting(front) == {number: "0/1"}

    structs.replace(guide.progress, done=2).keep(front, number)
    assert not waiting(front)

    path.write_text(SCRIPT.replace('"log it burns"', '["log it burns", "log and how"]'), encoding="utf-8")
    with pytest.raises(DrillError, match=r"mine\.toml: was edited since INC-2026-0001 began"):
        go_on(front, number)
    path.unlink()
    with pytest.raises(DrillError, match=r"mine\.toml: no such drill"):
        go_on(front, number)


def test_what_is_kept_and_not_understood_is_no_drill(tmp_path: Path) -> None:
    front = FrontDesk(tmp_path, "maya")
    front.remember("drill INC-2026-0001", {"from": "another version"})
    assert go_on(front, "INC-2026-0001") is None
    assert not waiting(front)


def test_a_watched_drill_goes_on_in_quick_motion_where_it_was(tmp_path: Path) -> None:
    time = Time()
    player = Player(load(find()), real=time)
    front = FrontDesk(tmp_path, "maya", clock=time)
    desk = player.declare(front)
    assert not isinstance(desk, Refused)
    time.at += timedelta(seconds=20)
    for act in player.follow(desk.incident, "maya"):
        player.carry_out(act, desk)
    left_at, done = player.clock(), player.progress.done
    player.progress.keep(front, desk.incident.number)
    time.at += DAY
    found = go_on(front, desk.incident.number, real=time)
    assert isinstance(found, Player)
    assert (found.clock(), found.progress.done) == (left_at, done)
    assert not found.due(found.clock())
    time.at += timedelta(seconds=1)
    assert found.clock() == left_at + timedelta(minutes=1)
    found.play_out(desk)
    assert desk.incident.phase.name == "Post-Mortem"
    time.at += DAY
    assert found.clock() < time.at  # and never jumps to meet it


@pytest.mark.parametrize("minutes", [2.5, 16.5, 30])
def test_a_drill_that_begins_in_its_middle_can_be_brought_to_its_end(minutes: float, tmp_path: Path) -> None:
    time = Time()
    front = FrontDesk(tmp_path, "maya", clock=time)
    found = begun(load(find(BUILTIN)), timedelta(minutes=minutes), front, time)
    assert not isinstance(found, Refused)
    part = Part.at(time, front, *found)
    assert part.desk.incident.exercise
    shown = part.desk.now() - part.desk.incident.declared_at
    assert timedelta(minutes=minutes - 3) <= shown <= timedelta(minutes=minutes)
    for _ in range(1000):
        if part.guide.finished:
            break
        part.look(1)
        assert part.desk.now() <= part.time.at
        if act := part.guide.instead():
            part.does(act.line.words)
    assert part.guide.finished
    assert part.desk.incident.closed_at
    assert part.time.at > NOON


def test_progress_survives_being_kept(tmp_path: Path) -> None:
    front = FrontDesk(tmp_path, "maya")
    progress = Progress("mine", 9, "2/3", NOON, NOON, NOON + DAY, 4, ("a", "b"), watched=True)
    progress.keep(front, "INC-2026-0007")
    assert Progress.of(front, "INC-2026-0007") == progress
    assert Progress.of_all(front) == {"INC-2026-0007": progress}
