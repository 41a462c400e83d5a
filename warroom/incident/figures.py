"""Figures: the severity over the course of an incident and why it changed, and what was measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from warroom.incident import series
from warroom.incident.incident import Incident, Metric
from warroom.incident.postmortem import escaped
from warroom.incident.severity import time_in_levels
from warroom.incident.timing import impact_began, spoken, utc

_ACROSS = 60  # signs of a sparkline: what every terminal has room for


def figures(incident: Incident, now: datetime, signs: str = series.BLOCKS) -> str:
    """Severity and metrics as Markdown."""
    lines = ["# Severity", "", *_severity(incident, now), "", "# Metrics", ""]
    metrics = series.by_name(incident)
    during = _during(incident)
    for observed in metrics.values():
        lines += [f"## {escaped(observed[0].name)}", ""]
        lines += [*_metric(incident, observed, during, now, signs), ""]
    if not metrics:
        lines += ["None was observed. Log one such as `error rate: 45% -> 5%`.", ""]
    return "\n".join(lines)


def _severity(incident: Incident, now: datetime) -> Iterator[str]:
    if not incident.severities:
        yield "Not classified."
        return
    spans = (f"{escaped(level)} {spoken(span)}" for level, span in time_in_levels(incident, now).items())
    yield f"**Time in each level:** {' · '.join(spans)}"
    yield ""
    end = incident.closed_at or now
    until = [after.at for _, after in pairwise(incident.severities)] + [end]
    yield from _table(
        ("From", "Level", "For", "Why"),
        (
            (utc(change.at), change.level, spoken(max(ended, change.at) - change.at), change.condition)
            for change, ended in zip(incident.severities, until, strict=True)
        ),
    )


def _during(incident: Incident) -> dict[str, str]:
    """Observation id → the strategy that was under way then."""
    return {
        metric.id: mitigation.strategy
        for ident, metrics in series.attached(incident).items()
        if (mitigation := incident.mitigation(ident))
        for metric in metrics
    }


def _metric(
    incident: Incident, observed: Sequence[Metric], during: Mapping[str, str], now: datetime, signs: str
) -> Iterator[str]:
    points = series.points(observed)
    if points:
        began = min(impact_began(incident), points[0].at)
        end = max(incident.closed_at or now, points[-1].at)
        course = series.sparkline(series.sampled(points, began, end, _ACROSS), signs)
        yield from ("```text", course, f"{began:%H:%M}{f'{end:%H:%M} UTC':>{_ACROSS - 5}}", "```", "")
    yield from _table(
        ("At", "Before", "After", "During"),
        ((utc(m.at), m.before, m.after, during.get(m.id, "")) for m in observed),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"
