"""What was measured, drawn over the incident; how long each severity was in force, and why it changed."""

import re
from itertools import groupby
from pathlib import Path

import pytest

from tests.console.seat import MONDAY, NARROW, Clock, Seat, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands, entry
from warroom.incident.figures import figures
from warroom.incident.series import ASCII, BLOCKS


def course(seat: Seat, name: str) -> str:
    """The sparkline of a metric in the impact pane, without the time before its first figure."""
    match = re.search(rf"{name}\s+([{BLOCKS}]+)", seat.pane("impact"))
    assert match, seat.pane("impact")
    return match[1]


async def observe(seat: Seat, *lines: str) -> None:
    """Log a figure every ten minutes."""
    for line in lines:
        await seat.note(line)
        await seat.tick(minutes=10)


# ── in the impact pane ─────────────────────────────────────────────────────────────────────────


async def test_a_metric_is_drawn_over_the_incident_with_its_first_and_latest_figure(seat: Seat) -> None:
    await observe(seat, "error rate: 0% -> 45%", "error rate: 45% -> 20%", "error rate: 20% -> 0%")
    assert "error rate" in seat.pane("impact")
    assert "0% → 0%" in seat.pane("impact")
    drawn = course(seat, "error rate")
    assert [sign for sign, _ in groupby(drawn)] == ["▁", "█", "▄", "▁"]


async def test_each_metric_has_a_row_of_its_own(seat: Seat) -> None:
    await observe(seat, "error rate: 5% -> 45%", "p99: 300 ms -> 2 s", "Error rate: 45% -> 5%")
    assert course(seat, "p99")
    assert seat.pane("impact").casefold().count("error rate") == 1
    assert "300 ms → 2 s" in seat.pane("impact")


async def test_the_course_runs_on_with_the_clock(seat: Seat) -> None:
    await observe(seat, "error rate: 45% -> 5%")
    before = course(seat, "error rate")
    await observe(seat, "error rate: 5% -> 45%")
    assert before != course(seat, "error rate")
    later = course(seat, "error rate")
    await seat.tick(hours=1)
    assert course(seat, "error rate").count("█") > later.count("█")


async def test_what_is_no_number_has_its_words_and_no_line(seat: Seat) -> None:
    await observe(seat, "checkout: slow -> fine")
    assert "checkout slow → fine" in seat.pane("impact")
    assert not re.search(f"[{BLOCKS}]", seat.pane("impact"))


async def test_a_figure_that_was_struck_is_drawn_no_more(seat: Seat) -> None:
    await observe(seat, "error rate: 45% -> 5%")
    await seat.press("2", "G", "x", "enter")
    assert "error rate" not in seat.pane("impact")


async def test_without_metrics_the_pane_is_as_it_was(seat: Seat) -> None:
    assert not seat.room.query_one("#impact").has_class("-metrics")
    assert "Breach ?" in seat.pane("impact")


async def test_the_line_is_ascii_where_nothing_else_can_be_shown(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    async with seated(front, clock, desk.incident.number) as seat:
        await observe(seat, "error rate: 0% -> 45%", "error rate: 45% -> 0%")
        assert "##" in seat.pane("impact")
        assert not re.search(f"[{BLOCKS}]", seat.pane("impact"))


async def test_on_a_narrow_screen_the_line_has_the_whole_width(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await observe(seat, "error rate: 5% -> 45%")
        await seat.press("6")
        assert len(course(seat, "error rate")) > 25


async def test_what_was_observed_under_a_mitigation_is_shown_where_it_is_assessed(seat: Seat) -> None:
    await seat.note("error rate: 5% -> 45%")
    await seat.tick(minutes=1)
    seat.room.do(commands.start_mitigation, "Scale")
    await seat.settled()
    await observe(seat, "error rate: 45% -> 7%")
    await seat.press("m", "enter")
    assert seat.shows("What did it do? Scale", "error rate: 45% → 7%")
    assert "5% → 45%" not in dialog(seat)


def dialog(seat: Seat) -> str:
    """What the open dialog says above its choices."""
    body = seat.console.screen.query_one("#body")
    return "\n".join(body.render_line(y).text for y in range(body.content_size.height))


# ── severity ───────────────────────────────────────────────────────────────────────────────────


async def test_the_severity_tab_says_how_long_each_level_was_in_force(seat: Seat) -> None:
    seat.room.do(commands.set_severity, "SEV3", "Partial degradation")
    await seat.settled()
    await seat.tick(minutes=4)
    seat.room.do(commands.set_severity, "SEV1", "Complete outage")
    await seat.settled()
    await seat.tick(minutes=12)
    await seat.press("d")
    assert "in force for 12 minutes" in seat.pane("decisions")
    await seat.press("down", "down")
    assert "in force for 4 minutes" in seat.pane("decisions")


async def test_the_figures_of_an_incident_are_read_and_written(seat: Seat, tmp_path: Path) -> None:
    seat.room.do(commands.set_severity, "SEV3", "Partial degradation")
    await seat.settled()
    await seat.tick(minutes=4)
    seat.room.do(commands.set_severity, "SEV1", "Complete outage")
    await seat.settled()
    await observe(seat, "error rate: 45% -> 5%")
    await seat.press("F")
    assert seat.place == "Document"
    assert seat.shows("Time in each level: SEV3 4 minutes · SEV1 10 minutes", "Complete outage", "error rate")
    await seat.press("w", "enter")
    assert "Partial degradation" in (tmp_path / f"{seat.incident.number}-figures.md").read_text()


def test_figures_as_markdown(desk: Desk, clock: Clock) -> None:
    desk.do(commands.set_severity, "SEV2", "Major feature down")
    clock.step(minutes=5)
    desk.do(commands.start_mitigation, "Scale")
    line = entry.parse("a|b rate: 40 -> 20", clock())
    assert line is not None
    desk.do(commands.enter, line)
    clock.step(minutes=5)
    text = figures(desk.incident, clock())
    assert "**Time in each level:** SEV2 10 minutes" in text
    assert f"| {MONDAY:%Y-%m-%d %H:%M} UTC | SEV2 | 10 minutes | Major feature down |" in text
    assert "## a\\|b rate" in text
    assert "| 2026-02-02 14:28 UTC | 40 | 20 | Scale |" in text
    assert " " * 28 + "█" + "▁" * 31 in text


def test_figures_of_an_incident_of_which_nothing_is_known(desk: Desk, clock: Clock) -> None:
    text = figures(desk.incident, clock(), ASCII)
    assert "Not classified." in text
    assert "None was observed." in text
