"""Figures: the severity over the course of an incident and why it changed, and what was measured."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from warroom.incident import series
from warroom.incident.incident import Incident
from warroom.incident.postmortem import escaped
from warroom.incident.severity import time_in_levels
from warroom.incident.timing import impact_began, spoken, utc

_ACROSS = 60  # signs of a sparkline: what every terminal has room for


def figures(incident: Incident, now: datetime, signs: str = series.BLOCKS) -> str:
    """Severity and metrics as Markdown."""
    lines = ["# Severity", "", *_severity(incident, now), "", "# Metrics", ""]
    for name in series.names(incident):
        lines += [f"## {escaped(name)}", "", *_metric(incident, name, now, signs), ""]
    if not series.names(incident):
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


def _metric(incident: Incident, name: str, now: datetime, signs: str) -> Iterator[str]:
    points = series.series(incident, name)
    if points:
        began = min(impact_began(incident), points[0].at)
        end = max(incident.closed_at or now, points[-1].at)
        course = series.sparkline(series.sampled(points, began, end, _ACROSS), signs)
        yield from ("```text", course, f"{began:%H:%M}{f'{end:%H:%M} UTC':>{_ACROSS - 5}}", "```", "")
    during = {
        metric.id: mitigation.strategy
        for ident, metrics in series.attached(incident).items()
        if (mitigation := incident.mitigation(ident))
        for metric in metrics
    }
    observed = (m for m in incident.metrics if m.name.casefold() == name.casefold())
    yield from _table(
        ("At", "Before", "After", "During"),
        (
            (utc(m.at), m.before, m.after, during.get(m.id, ""))
            for m in observed
            if not incident.is_struck(m.id)
        ),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"
