"""Figures as numbers, on the mitigation that they belong to, and as a sparkline over the incident."""

from datetime import timedelta
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.incident.worlds import World, at
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.figures import figures
from warroom.incident.incident import Incident
from warroom.incident.series import (
    ASCII,
    BLOCKS,
    Point,
    Quantity,
    attached,
    names,
    quantity,
    sampled,
    series,
    sparkline,
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("45%", Quantity(45, "%")),
        ("0.1 %", Quantity(0.1, "%")),
        ("1.2k", Quantity(1200)),
        ("3M", Quantity(3_000_000)),
        ("1,200", Quantity(1200)),
        ("~5,000", Quantity(5000)),
        ("850 ms", Quantity(0.85, "s")),
        ("7 \u00b5s", Quantity(7e-6, "s")),
        ("2 s", Quantity(2, "s")),
        ("3min", Quantity(180, "s")),
        ("4 GB", Quantity(4e9, "B")),
        ("1200 req/s", Quantity(1200, "req/s")),
        ("-3", Quantity(-3)),
        ("100 → 200", None),
        ("a lot", None),
        ("", None),
        ("1.2.3", None),
        ("9" * 500, None),
    ],
)
def test_a_figure_as_typed(typed: str, found: Quantity | None) -> None:
    if found is None:
        assert quantity(typed) is None
    else:
        read = quantity(typed)
        assert read is not None
        assert read.value == pytest.approx(found.value)
        assert read.unit == found.unit


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_finite_figure_or_none(typed: str) -> None:
    found = quantity(typed)
    assert found is None or isfinite(found.value)


def observed(*figures: tuple[float, str, str, str]) -> World:
    world = World()
    for minute, name, before, after in figures:
        world.tell(minute, e.MetricObserved(name, before, after))
    return world


def test_a_series_joins_observations_end_to_end() -> None:
    world = observed((40, "Error rate", "5%", "0.1%"), (17, "error rate", "45%", "5%"))
    assert names(world.incident) == ("error rate",)
    assert series(world.incident, "ERROR RATE") == (
        Point(at(17), 45), Point(at(17), 5), Point(at(40), 0.1)
    )  # fmt: skip


def test_units_of_one_kind_are_one_series_and_others_are_left_out() -> None:
    world = observed(
        (1, "latency", "2 s", "850 ms"), (2, "latency", "850 ms", "12 %"), (3, "latency", "bad", "1s")
    )
    assert [point.value for point in series(world.incident, "latency")] == pytest.approx([2, 0.85, 1])


def test_a_struck_figure_is_not_drawn() -> None:
    world = observed((1, "errors", "9", "5"))
    world.do(2, commands.strike, world.last_id())
    assert series(world.incident, "errors") == ()
    assert names(world.incident) == ()


# ── on a mitigation ────────────────────────────────────────────────────────────────────────────


def test_a_figure_belongs_to_the_latest_mitigation_that_was_under_way_when_it_was_observed() -> None:
    world = World()
    world.do(10, commands.start_mitigation, "Scale")
    world.do(12, commands.start_mitigation, "Restart")
    world.do(15, commands.assess, "ineffective")
    for minute in (9, 11, 12, 13, 15, 16):
        world.tell(minute, e.MetricObserved("errors", str(minute), "0"))
    world.do(17, commands.assess, "effective")
    world.tell(18, e.MetricObserved("errors", "18", "0"))
    scale, restart = (mitigation.id for mitigation in world.incident.mitigations)
    found = {key: [metric.before for metric in each] for key, each in attached(world.incident).items()}
    assert found == {scale: ["11", "16"], restart: ["12", "13", "15"]}


# ── drawn ──────────────────────────────────────────────────────────────────────────────────────


def test_a_sparkline_runs_from_the_start_to_the_end_of_a_time() -> None:
    points = [Point(at(17), 45.0), Point(at(20), 5.0), Point(at(40), 0.0)]
    values = sampled(points, at(0), at(50), 10)
    assert values == [None, None, None, 5, 5, 5, 5, 0, 0, 0]
    assert sparkline([None, 45, 5, 0]) == " █▂▁"
    assert sparkline([None, 45, 5, 0], ASCII) == " #._"


@pytest.mark.parametrize(
    ("minute", "drawn"), [(0, "█▁▁▁▁"), (25, " █▁▁▁"), (50, "   █▁"), (51, "     "), (-1, "▅▅▅▅▅")]
)
def test_of_a_figure_that_was_observed_once_both_its_values_are_seen(minute: int, drawn: str) -> None:
    points = (Point(at(minute), 45), Point(at(minute), 5))
    assert sparkline(sampled(points, at(0), at(50), 5)) == drawn


def test_what_does_not_change_is_drawn_flat() -> None:
    assert sparkline([3, 3, 3]) == "▅▅▅"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([]) == ""
    assert sparkline([None]) == " "


@given(st.lists(st.none() | st.floats(-1e12, 1e12), max_size=30), st.sampled_from([BLOCKS, ASCII]))
def test_a_sparkline_has_a_sign_for_each_value(values: list[float | None], signs: str) -> None:
    drawn = sparkline(values, signs)
    assert len(drawn) == len(values)
    assert set(drawn) <= {*signs, " "}


@given(st.lists(st.integers(-60, 60), max_size=10), st.integers(0, 40))
def test_sampling_a_span_of_no_length_takes_what_was_last(seconds: list[int], width: int) -> None:
    points = [Point(at(0) + timedelta(seconds=second), second) for second in sorted(seconds)]
    past = [point.value for point in points if point.at <= at(0)]
    assert sampled(points, at(0), at(0), width) == [past[-1] if past else None] * width


def test_many_figures_of_many_names_are_gone_through_once() -> None:
    world = World()
    world.tell(1, *(e.MetricObserved(f"metric {n % 40}", f"{n}", f"{n + 1}") for n in range(4000)))
    world.do(0.5, commands.start_mitigation, "Rollback")
    incident, looks = world.incident, 0
    struck = type(incident).is_struck

    def looked(self: Incident, event_id: str) -> bool:
        nonlocal looks
        looks += 1
        return struck(self, event_id)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Incident, "is_struck", looked)
        text = figures(incident, at(60))
    assert text.count("## metric") == 40
    assert looks <= 3 * 4000
