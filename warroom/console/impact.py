"""The impact: users, revenue, systems, what it has come to so far; and each metric over the incident."""

from datetime import datetime

from textual.message import Message

from warroom.console import terminal
from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, clipped, spread, wrapped
from warroom.incident import series, timing
from warroom.incident.incident import Incident
from warroom.incident.wording import money

_FIELDS = ("Users", "Revenue", "Systems", "Customers", "Breach")
_ACROSS = 60  # cells of a sparkline at most: more say nothing more


class ImpactPane(Pane):
    """What is known of the impact, and what is not assessed yet."""

    BINDINGS = bindings("impact")
    title = "Impact"

    class Asked(Message):
        """The impact is to be assessed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[tuple[str, str, str]] = []
        self._metrics: list[tuple[str, tuple[series.Point, ...], str]] = []
        self._drawn: datetime | None = None
        self._measured: tuple[object, object] = (None, None)  # what the metrics were read from
        self._courses: dict[tuple[str, int], Line] = {}  # a metric's line by its width, until the next minute

    def update(self, incident: Incident) -> None:
        """Take in what is known."""
        self._rows = self._said(incident)
        measured = (incident.metrics, incident.amended)
        if any(now is not before for now, before in zip(measured, self._measured, strict=True)):
            self._measured = measured
            self._courses.clear()
            self._metrics = [(name, *_observed(incident, name)) for name in series.names(incident)]
            self.set_class(bool(self._metrics), "-metrics")

    def _said(self, incident: Incident) -> list[tuple[str, str, str]]:
        impact = incident.impact
        now = (self.now or incident.declared_at).replace(second=0, microsecond=0)  # to the minute will do
        lost = timing.revenue_lost(incident, now)
        flag = {None: ("?", "dim"), True: ("yes", "warn"), False: ("no", "")}
        users = ("?", "dim") if impact.users is None else (f"~{impact.users:,}", "strong")
        revenue = ("?", "dim")
        if impact.revenue_per_hour is not None and lost is not None:
            revenue = (f"{money(impact.revenue_per_hour)}/h · {money(round(lost))} so far", "strong")
        systems = ("?", "dim")
        if impact.systems is not None:
            systems = (", ".join(impact.systems) or "none", "strong")
        facing, breach = flag[impact.customer_facing], flag[impact.data_breach]
        said = [users, revenue, systems, facing, breach]
        rows = [(name, *value) for name, value in zip(_FIELDS, said, strict=True)]
        return [*rows, ("Summary", impact.summary, "")] if impact.summary else rows

    def count(self) -> int:
        """One row a field, and one a metric."""
        return len(self._rows) + len(self._metrics)

    def heading(self) -> tuple[str, str]:
        """The title, and when it was last assessed."""
        at = self.incident.impact.assessed_at if self.incident else None
        return self.title, f"{at:%H:%M}" if at else ""

    def row(self, index: int, width: int) -> list[Line]:
        """A field and its value, or a metric and its course."""
        if index >= len(self._rows):
            metric = self._metrics[index - len(self._rows)]
            if (metric[0], width) not in self._courses:
                self._courses[metric[0], width] = self._metric(*metric, width)
            return [self._courses[metric[0], width]]
        name, value, tone = self._rows[index]
        first, *more = wrapped(value, width - 12)
        head: Line = ((f" {name:<10}", "dim"), (first, tone))
        return [head, *(((" " * 11, ""), (line, tone)) for line in more)]

    def _metric(self, name: str, points: tuple[series.Point, ...], figures: str, width: int) -> Line:
        """Name, sparkline from the start of the impact until now, first and latest figure."""
        incident = self.incident
        if incident is None:
            return ()
        begun = timing.impact_began(incident)
        began = min((begun, *(point.at for point in points)))
        end = max(incident.closed_at or self.now or begun, began)
        known = f"{clipped(name, max(width // 3, 10)):<10}"
        across = min(max(width - len(known) - len(figures) - 5, 0), _ACROSS)
        signs = series.BLOCKS if terminal.signs().can else series.ASCII
        course = series.sparkline(series.sampled(points, began, end, across), signs)
        return spread(((f" {known} ", "dim"), (course, "accent")), ((f" {figures} ", "strong"),), width)

    def watch_now(self) -> None:
        """Bring the running total up to date, and the metrics with it, each minute."""
        if self.incident is None or self.now is None:
            return
        said, minute = self._said(self.incident), self.now.replace(second=0, microsecond=0)
        if said != self._rows or (self._metrics and minute != self._drawn):
            self._rows, self._drawn = said, minute
            self._courses.clear()
            self.redraw()

    def action_assess_impact(self) -> None:
        """Assess it."""
        self.post_message(self.Asked())

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_assess_impact()


def _observed(incident: Incident, name: str) -> tuple[tuple[series.Point, ...], str]:
    """A metric's course, and its first and latest figure as typed."""
    typed = [
        m for m in incident.metrics if m.name.casefold() == name.casefold() and not incident.is_struck(m.id)
    ]
    return series.series(incident, name), f"{typed[0].before} → {typed[-1].after}"
