"""Figures over an incident: what was observed of a metric, as numbers, as a sparkline, per mitigation."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from warroom.incident.incident import Incident, Metric, Mitigation


class Quantity(NamedTuple):
    """A number and what it counts, in that unit's base: "850 ms" is 0.85 s."""

    value: float
    unit: str = ""


class Point(NamedTuple):
    """A figure at a time."""

    at: datetime
    value: float


_NUMBER = re.compile(r"[~<>≈]?\s*([+-]?\d[\d,_]{0,20}(?:\.\d{1,9})?)\s*([^\W\d_]{0,12}|%)(/\w{1,12})?\s*")
_BASES: dict[str, tuple[float, str]] = {
    "ns": (1e-9, "s"), "us": (1e-6, "s"), "μs": (1e-6, "s"), "ms": (1e-3, "s"),
    "s": (1, "s"), "sec": (1, "s"), "min": (60, "s"), "h": (3600, "s"),
    "b": (1, "B"), "kb": (1e3, "B"), "mb": (1e6, "B"), "gb": (1e9, "B"), "tb": (1e12, "B"),
    "kib": (2**10, "B"), "mib": (2**20, "B"), "gib": (2**30, "B"), "tib": (2**40, "B"),
}  # fmt: skip
_PREFIXES = {"k": 1e3, "m": 1e6, "bn": 1e9}  # behind a bare number: 1.2k, 3M


def quantity(typed: str) -> Quantity | None:
    """A figure as typed: "45%", "1.2k", "850 ms", "1,200 req/s"; None if it is not one number."""
    match = _NUMBER.fullmatch(typed.strip())
    if match is None:
        return None
    number, unit, per = float(re.sub("[,_]", "", match[1])), match[2].casefold(), match[3] or ""
    factor, base = _BASES.get(unit, (_PREFIXES.get(unit, 1.0), "" if unit in _PREFIXES else unit))
    return Quantity(number * factor, f"{base}{per}")


def names(incident: Incident) -> tuple[str, ...]:
    """The metrics that were observed, each once, as first written."""
    return tuple(observed[0].name for observed in by_name(incident).values())


def by_name(incident: Incident) -> dict[str, list[Metric]]:
    """What was observed of each metric, in order, by its name in lower case."""
    found: defaultdict[str, list[Metric]] = defaultdict(list)
    for metric in _standing(incident):
        found[metric.name.casefold()].append(metric)
    return dict(found)


def series(incident: Incident, name: str) -> tuple[Point, ...]:
    """The points of one metric."""
    return points(by_name(incident).get(name.casefold(), ()))


def points(observed: Iterable[Metric]) -> tuple[Point, ...]:
    """The figures of one metric, in order; what has another unit than the first figure is left out.

    Where an observation begins with what the last one ended with, that is one point.
    """
    found: list[Point] = []
    unit: str | None = None
    for metric in observed:
        for typed in (metric.before, metric.after):
            figure = quantity(typed)
            if figure is None or (unit is not None and figure.unit != unit):
                continue
            unit = figure.unit
            if not (typed is metric.before and found and found[-1].value == figure.value):
                found.append(Point(metric.at, figure.value))
    return tuple(found)


def attached(incident: Incident) -> dict[str, tuple[Metric, ...]]:
    """Mitigation id → what was observed while it was the latest that was under way.

    A mitigation is under way from its start until it is assessed; a figure that is entered together
    with the assessment belongs to it.
    """
    found: defaultdict[str, list[Metric]] = defaultdict(list)
    for metric in _standing(incident):
        open_ones = [m for m in incident.mitigations if _under_way(m, metric.at)]
        if open_ones:
            latest = max(open_ones, key=lambda mitigation: mitigation.started_at)
            found[latest.id].append(metric)
    return {ident: tuple(metrics) for ident, metrics in found.items()}


def _under_way(mitigation: Mitigation, at: datetime) -> bool:
    return mitigation.started_at <= at and (mitigation.assessed_at is None or at <= mitigation.assessed_at)


def _standing(incident: Incident) -> list[Metric]:
    return [metric for metric in incident.metrics if not incident.is_struck(metric.id)]


# ── drawn ──────────────────────────────────────────────────────────────────────────────────────

BLOCKS = "▁▂▃▄▅▆▇█"
ASCII = "_.-=*#"


def sampled(points: Sequence[Point], start: datetime, end: datetime, width: int) -> list[float | None]:
    """A series as values evenly over a time: each what was last observed by then, None before that.

    Of two figures of one moment, before and after, the former stands just before that moment.
    """
    by = [start + (end - start) * (column + 1) / width for column in range(width)]
    times = [point.at for point in points]
    last = [bisect_right(times, at) for at in by]
    found = [points[count - 1].value if count else None for count in last]
    for before, after in pairwise(points):
        if before.at == after.at and width > 1 and start <= after.at <= end:
            found[max(bisect_left(by, after.at) - 1, 0)] = before.value
    return found


def sparkline(values: Sequence[float | None], signs: str = BLOCKS) -> str:
    """Values as one sign each, the lowest as the first and the highest as the last; None is a space."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return "".join(" " if value is None else _sign(value, low, high, signs) for value in values)


def _sign(value: float, low: float, high: float, signs: str) -> str:
    if high == low:
        return signs[0] if not value else signs[len(signs) // 2]
    return signs[round((value - low) / (high - low) * (len(signs) - 1))]
