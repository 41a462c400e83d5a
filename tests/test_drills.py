"""Drills: scripts that are understood line by line, and a clock that never runs ahead."""

import json
import math
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partaking import NOON, Part, Time, asked
from warroom import verbs
from warroom.desk import Desk
from warroom.drills import BUILTIN, Act, DrillError, Line, Player, Script, available, find, load
from warroom.front_desk import FrontDesk
from warroom.incident.after_action import after_action
from warroom.incident.commands import Refused
from warroom.incident.postmortem import post_mortem


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
    assert [name for name, _ in available([tmp_path])] == ["data-breach", BUILTIN, "mine", "region-failover"]


def test_what_comes_from_others_says_from_whom(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        title = "x"
        [[step]]
        at = 00:00:10
        inject = "log no answer"
        by = "@alerts"
        [[step]]
        at = 00:00:20
        inject = "log still none"
        [[step]]
        at = 00:00:30
        do = "severity SEV1"
        hint = "press {decide}"
        """,
    )
    alert, still, severity = load(path).lines
    assert [line.by for line in (alert, still, severity)] == ["@alerts", "drill", ""]
    assert [line.expected for line in (alert, still, severity)] == [False, False, True]
    assert severity.hint == "press {decide}"
    assert [line.number for line in (alert, still, severity)] == [5, 9, 12]


STEP = '[[step]]\nat = "00:00:10"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "x"\nat noon', r"mine\.toml: not a TOML file: .*line 2"),
        ("title = 3", r"mine\.toml:1: expected `title` as text"),
        (
            'title = "x"\nspeed = 3\nstep = []',
            r"mine\.toml:2: `speed` is none of title, about, playbook, step",
        ),
        ('title = "x"', r"mine\.toml: expected steps, each as \[\[step\]\]"),
        ('title = "x"\nstep = [1]', r"mine\.toml: step 1: expected \[\[step\]\]"),
        (f'title = "x"\n{STEP}', r"mine\.toml:2: step 1: expected either `do` or `inject`"),
        (f'title = "x"\n{STEP}do = "close"\ninject = "close"', ":2: step 1: expected either"),
        (f'title = "x"\n{STEP}inject = "close"\nwhom = "bob"', ":5: step 1: `whom` is none of at, do"),
        (f'title = "x"\n{STEP}do = "close"\nby = "bob"', ":5: step 1: `do` is what the commander does"),
        (f'title = "x"\n{STEP}do = []', r"mine\.toml:4: step 1: expected `do`"),
        (f'title = "x"\n{STEP}inject = [3]', r"mine\.toml:4: step 1: expected `inject`"),
        ('title = "x"\n[[step]]\ndo = "close"', ":2: step 1: expected `at`"),
        ('title = "x"\n\n[[step]]\nat = "soon"\ndo = "close"', ":4: step 1: expected `at`"),
        ('title = "x"\n[[step]]\nat = "00:00:10Z"\ndo = "close"', ":3: step 1: expected `at`"),
        (
            f'title = "x"\n{STEP}do = "close"\n[[step]]\nat = "00:00:09"\ndo = "close"',
            ":6: step 2: 00:00:09 is before",
        ),
        (
            f'title = "x"\n{STEP}do = [\n"close",\n"explode"]',
            r":6: step 1 \(00:00:10, 'explode'\): No such command 'explode'",
        ),
        (f'title = "x"\n{STEP}do = "close --reason boredom"', ":4: step 1 .*boredom"),
        (f'title = "x"\n{STEP}do = "severity"', ":4: step 1 .*Missing argument"),
        (f'title = "x"\n{STEP}do = ""', "step 1"),
        (f'title = "x"\n{STEP}do = "log"', "step 1 .*nothing to log"),
        (f'title = "x"\n{STEP}do = "mitigate \'Scale"', "step 1 .*No closing quotation"),
        (f'title = "x"\n{STEP}do = "close --help"', "step 1 .*No such option"),
        (f'title = "x"\n{STEP}do = "close --at 14:05"', "step 1 .*No such option"),
    ],
)
def test_a_script_that_is_wrong_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DrillError, match=said):
        load(written(tmp_path, text))


def test_a_script_that_is_not_there() -> None:
    with pytest.raises(DrillError, match=f"no such drill; there are .*{BUILTIN}"):
        find("nothing")


# ── taking part ────────────────────────────────────────────────────────────────────────────────


def test_others_act_by_themselves_and_the_commander_is_asked_to(tmp_path: Path) -> None:
    part = Part(
        tmp_path,
        asked((10, "log it burns", "@alerts"), (10, "severity SEV2", ""), (60, "join @dba", "@dba")),
    )
    assert "time runs quickly" in part.look()
    assert part.look(1).startswith("Classify the severity: {decide}")
    assert part.desk.incident.timeline[-1].by == "@alerts"
    assert part.guide.said(part.desk.incident)[1] == "0/1"
    part.look(3600)
    assert not part.desk.incident.responding  # what comes after it waits
    assert part.does("log nothing that was asked for").startswith("Classify")
    part.does("severity SEV3")  # another row than the script's: it is the commander who judges
    assert part.guide.instead() is None
    part.look(3)
    assert [member.who for member in part.desk.incident.responding] == ["@dba"]
    assert part.guide.finished


def test_what_was_done_before_it_is_asked_for_is_not_asked_for_and_counts_once(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "severity SEV2", ""), (0, "log one", ""), (0, "log two", "")))
    part.does("log one")
    assert "type “one”" not in part.does("severity SEV2")
    assert "type “two”" in part.look()
    part.does("log other words")
    assert part.guide.finished


def test_what_others_did_does_not_count_as_the_commanders(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "log theirs", "@dba"), (0, "log mine", "")))
    assert "type “mine”" in part.look()


def test_what_is_not_to_be_had_any_more_is_not_asked_for(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "log go", ""), (0, "close", ""), (0, "log end", "")))
    part.does("log go")
    part.desk.do_as("@boss", None, verbs.parse("close", part.desk.now()).do)
    assert "type “end”" in part.look()


def test_what_others_cannot_do_any_more_does_not_happen_and_nobody_is_bothered(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "join @dba", "@dba"), (0, "join @dba", "@dba"), (0, "log end", "")))
    assert "type “end”" in part.look()
    assert len(part.desk.incident.responding) == 1


def test_a_phase_is_asked_for_until_it_is_reached_and_a_tick_names_its_action(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "phase 2", ""), (0, "tick 2.1.4", "")))
    assert "Something is still open" in part.look()
    assert "“Check related services”" in part.does("phase 3 --override 'a try'")
    part.does("tick 2.1.4")
    assert part.guide.finished


def test_what_keeps_the_next_phase_closed_is_asked_for_first(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "log go", ""), (0, "phase 2", "")))
    assert "Something is still open" in part.does("log go")
    for item in ("1.1.1", "1.1.2", "1.1.4", "1.2.1", "1.2.2", "1.2.3"):
        part.does(f"tick {item}")
    assert "“Classify severity”" in part.look()
    assert part.does("severity SEV2").startswith("Go on to the next phase: {next-phase}")
    part.desk.undo()
    assert "“Classify severity”" in part.look()


def test_nothing_is_said_to_be_open_that_others_are_about_to_do(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "tick 1.1.1", "@alerts"), (0, "phase 2", "")))
    before = part.desk.incident
    acts = part.guide.follow(before, "maya")
    assert "Nothing to do" in part.guide.said(before)[0]
    for act in acts:
        part.guide.carry_out(act, part.desk)
    assert "“Acknowledge incident”" in part.look()


def test_the_drill_does_what_it_asks_for_when_it_is_told_to(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "severity SEV2", "")))
    part.look()
    act = part.guide.instead()
    assert act is not None
    part.guide.carry_out(act, part.desk)
    part.look()
    assert part.guide.finished
    assert part.desk.incident.timeline[-1].by == "maya"
    assert part.guide.instead() is None


def test_time_is_real_while_something_is_asked_and_quick_until_the_next_inject(tmp_path: Path) -> None:
    part = Part(tmp_path, asked((0, "log go", ""), (3600, "log now", "@dba"), (3600, "log end", "")))
    part.look(100)
    assert part.desk.now() == part.guide.starts_at + timedelta(seconds=100)
    part.does("log go")
    part.look(3)  # nobody waits longer than that
    assert part.desk.now() == part.guide.starts_at + timedelta(seconds=3700)
    assert "type “end”" in part.look(50)
    assert part.desk.now() == part.guide.starts_at + timedelta(seconds=3750)


@given(st.lists(st.tuples(st.integers(0, 900), st.booleans()), min_size=1, max_size=8), st.data())
def test_the_guides_clock_goes_on_and_is_never_ahead(
    steps: list[tuple[int, bool]], data: st.DataObject
) -> None:
    lines = [(at, "log x", "" if mine else "@dba") for at, mine in sorted(steps)]
    with tempfile.TemporaryDirectory() as home:
        part = Part(Path(home), asked(*lines))
        shown = [part.desk.now()]
        while not part.guide.finished:
            if part.guide.asks:
                part.does("log x")
            part.look(data.draw(st.floats(0.1, 60)))
            shown.append(part.desk.now())
            assert shown[-1] <= part.time.at
        assert shown == sorted(shown)


@pytest.mark.parametrize("name", [name for name, _ in available()])
def test_whoever_does_as_asked_comes_through_every_drill_and_is_late_with_nothing(
    name: str, tmp_path: Path
) -> None:
    part = Part(tmp_path, load(find(name)))
    for _ in range(1000):
        if part.guide.finished:
            break
        hint = part.look(1)
        assert not hint.startswith("Do this")  # there is a hint of its own for everything
        if line := part.guide.instead():
            part.does(line.line.words)
    assert part.guide.finished
    found = after_action(part.desk.record, part.desk.now())
    assert not found.late
    assert not found.left
    assert part.desk.incident.closed_at
    assert part.desk.incident.action_items


# ── the built-in one ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name, _ in available()])
def test_every_drill_plays_itself_to_the_post_mortem_without_an_override(name: str, tmp_path: Path) -> None:
    real = Time()
    player = Player(load(find(name)), math.inf, real)
    desk = sat_down(player, FrontDesk(tmp_path, "maya", clock=real))
    player.play_out(desk)
    assert desk.incident.phase.name == "Post-Mortem"
    assert desk.incident.closed_at
    assert not any(visit.override for visit in desk.incident.phases)
    assert not after_action(desk.record, real()).late
    assert len(player.script.about) <= 120


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
    assert "settled in time" in run("after-action", "-i", number)
