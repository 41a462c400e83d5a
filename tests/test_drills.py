"""Drills: scripts that are understood line by line, and a clock that never runs ahead."""

import json
import math
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.desk import Desk
from warroom.drills import BUILTIN, Act, DrillError, Line, Player, Script, available, find, load
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.postmortem import post_mortem

NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


class Time:
    """A real clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def script(*lines: tuple[int, str]) -> Script:
    return Script(
        "test.toml", "Test", tuple(Line(i, timedelta(seconds=s), w) for i, (s, w) in enumerate(lines, 1))
    )


HOUR = script((0, "log begin"), (1800, "log middle"), (3600, "log end"))


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def sat_down(player: Player, front: FrontDesk) -> Desk:
    desk = player.declare(front)
    assert isinstance(desk, Desk)
    return desk


# ── the clock ──────────────────────────────────────────────────────────────────────────────────


def test_the_clock_begins_in_the_past_and_meets_the_real_one_at_the_end() -> None:
    real = Time()
    player = Player(HOUR, 60, real)
    assert player.ends_at == NOON + timedelta(minutes=1)
    assert player.clock() == player.starts_at == NOON - timedelta(minutes=59)
    real.at += timedelta(seconds=30)
    assert player.clock() == player.starts_at + timedelta(minutes=30)
    real.at += timedelta(seconds=30)
    assert player.clock() == real.at
    real.at += timedelta(hours=5)
    assert player.clock() == real.at


@given(
    st.floats(min_value=1, max_value=1e6),
    st.lists(st.floats(min_value=0, max_value=1e5), min_size=2, max_size=9).map(sorted),
)
def test_the_clock_goes_on_and_is_never_ahead(speed: float, seconds: list[float]) -> None:
    real = Time()
    player = Player(HOUR, speed, real)
    shown = []
    for second in seconds:
        real.at = NOON + timedelta(seconds=second)
        shown.append(player.clock())
        assert shown[-1] <= real.at
    assert shown == sorted(shown)


@pytest.mark.parametrize("speed", [0, -1, math.nan])
def test_a_speed_must_go_forward(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        Player(HOUR, speed)


def test_what_is_due_is_given_out_once_and_in_order() -> None:
    player = Player(HOUR, 60, Time())

    def due(minutes: int) -> list[str]:
        return [act.line.words for act in player.due(player.starts_at + timedelta(minutes=minutes))]

    assert due(0) == ["log begin"]
    assert due(29) == []
    assert due(60) == ["log middle", "log end"]
    assert due(90) == []
    assert player.finished


def test_an_act_is_recorded_at_its_own_time(tmp_path: Path) -> None:
    real = Time()
    player, front = Player(HOUR, 60, real), FrontDesk(tmp_path, "maya", clock=real)
    desk = sat_down(player, front)
    real.at += timedelta(seconds=45)  # a slow timer: fifteen minutes late by the drill's clock
    for act in player.due(player.clock()):
        player.carry_out(act, desk)
    last = desk.incident.timeline[-1]
    assert last.recorded_at == last.occurred_at == player.starts_at + timedelta(minutes=30)
    assert not any(event.late for event in desk.incident.timeline)
    assert desk.now() == player.clock()


def test_what_the_incident_refuses_is_left_out_or_said(tmp_path: Path) -> None:
    played = script((0, "log begin"), (60, "phase 2"))
    real = Time()
    front = FrontDesk(tmp_path, "maya", clock=real)
    player = Player(played, 60, real)
    desk = sat_down(player, front)
    outcomes = [player.carry_out(act, desk) for act in player.due(player.ends_at)]
    assert isinstance(outcomes[1], Refused)
    player = Player(played, math.inf, real)
    with pytest.raises(DrillError, match=r"test\.toml: step 2 \(00:01:00, 'phase 2'\): 7 mandatory actions"):
        player.play_out(sat_down(player, front))


# ── scripts ────────────────────────────────────────────────────────────────────────────────────


def test_a_script_of_ones_own(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        title = "Checkout is down"
        about = "A try"
        [[step]]
        at = 00:00:10
        do = "log can't pay: \\"card declined\\""
        [[step]]
        at = "01:02:03"
        do = ["severity SEV1", "impact --users 10 --systems 'A, B'"]
        """,
    )
    found = load(path)
    assert (found.title, found.about, found.length) == (
        "Checkout is down", "A try", timedelta(hours=1, minutes=2, seconds=3),
    )  # fmt: skip
    assert [line.step for line in found.lines] == [1, 2, 2]
    assert find("mine", [tmp_path]) == find(str(path)) == path
    assert [name for name, _ in available([tmp_path])] == [BUILTIN, "mine"]


STEP = '[[step]]\nat = "00:00:10"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "not a TOML file"),
        ("title = 3", "expected `title` as text"),
        ('title = "x"', r"expected steps, each as \[\[step\]\]"),
        ('title = "x"\nstep = [1]', r"step 1: expected \[\[step\]\]"),
        (f'title = "x"\n{STEP}', "step 1: expected `do`"),
        (f'title = "x"\n{STEP}do = []', "step 1: expected `do`"),
        ('title = "x"\n[[step]]\ndo = "close"', "step 1: expected `at`"),
        ('title = "x"\n[[step]]\nat = "soon"\ndo = "close"', "step 1: expected `at`"),
        ('title = "x"\n[[step]]\nat = "00:00:10Z"\ndo = "close"', "step 1: expected `at`"),
        (
            f'title = "x"\n{STEP}do = "close"\n[[step]]\nat = "00:00:09"\ndo = "close"',
            "step 2: 00:00:09 is before",
        ),
        (f'title = "x"\n{STEP}do = "explode"', r"step 1 \(00:00:10, 'explode'\): No such command 'explode'"),
        (f'title = "x"\n{STEP}do = "close --reason boredom"', "step 1 .*boredom"),
        (f'title = "x"\n{STEP}do = "severity"', "step 1 .*Missing argument"),
        (f'title = "x"\n{STEP}do = ""', "step 1"),
        (f'title = "x"\n{STEP}do = "log"', "step 1 .*nothing to log"),
        (f'title = "x"\n{STEP}do = "mitigate \'Scale"', "step 1 .*No closing quotation"),
        (f'title = "x"\n{STEP}do = "close --help"', "step 1 .*No such option"),
        (f'title = "x"\n{STEP}do = "close --at 14:05"', "step 1 .*No such option"),
    ],
)
def test_a_script_that_is_wrong_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DrillError, match=rf"mine\.toml: {said}"):
        load(written(tmp_path, text))


def test_a_script_that_is_not_there() -> None:
    with pytest.raises(DrillError, match=f"no such drill; there are {BUILTIN}"):
        find("nothing")


# ── the built-in one ───────────────────────────────────────────────────────────────────────────


def test_the_built_in_drill_is_the_example_session(tmp_path: Path) -> None:
    real = Time()
    player = Player(load(find()), math.inf, real)
    desk = sat_down(player, FrontDesk(tmp_path, "maya", clock=real))
    player.play_out(desk)
    incident = desk.incident
    found = post_mortem(incident)
    assert incident.exercise
    assert incident.phase.name == "Post-Mortem"
    assert found.severity == "SEV2"
    assert found.durations["duration"] == timedelta(minutes=47)
    assert found.impact == "~5,000 users · API, Dashboard down · ~$2,000/hour"
    assert [(m.name, m.before, m.after) for m in incident.metrics] == [
        ("pool size", "100", "200"),
        ("error rate", "45%", "5%"),
        ("error rate", "5%", "0.1%"),
    ]
    assert [(m.strategy, m.outcome) for m in incident.mitigations] == [("Scale", "partial")]
    assert set(incident.team) == {"@maya", "@oncall-engineer", "@dba"}
    assert [(item.action, item.owner, item.due) for item in found.action_items] == [
        ("Add connection pool monitoring", "@sre", None),
        ("Batch job review process", "@lead", None),
        ("Load test connection limits", "@qa", None),
    ]
    assert incident.last_event_at == NOON
    assert all(not visit.override for visit in incident.phases)


def test_it_takes_as_long_as_it_says() -> None:
    player = Player(load(find()), 60, Time())
    assert timedelta(seconds=47) <= player.ends_at - NOON <= timedelta(seconds=50)
    acts: list[Act] = player.due(player.ends_at)
    assert [act.at for act in acts] == sorted(act.at for act in acts)


def test_the_verb_plays_it_at_once_without_a_terminal(tmp_path: Path) -> None:
    env = {**os.environ, "WARROOM_HOME": str(tmp_path)}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "warroom", *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout

    number = run("drill").strip()
    found = json.loads(run("status", "--json", "-i", number))
    assert found["exercise"] is True
    assert found["elapsed_seconds"] == 47 * 60
    assert BUILTIN in run("drill", "--list")
