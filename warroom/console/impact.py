"""The impact: how many users, how much revenue, which systems; and what it has come to so far."""

from textual.message import Message

from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, wrapped
from warroom.incident import timing
from warroom.incident.incident import Incident
from warroom.incident.wording import money

_FIELDS = ("Users", "Revenue", "Systems", "Customers", "Breach")


class ImpactPane(Pane):
    """What is known of the impact, and what is not assessed yet."""

    BINDINGS = bindings("impact")
    title = "Impact"

    class Asked(Message):
        """The impact is to be assessed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[tuple[str, str, str]] = []

    def update(self, incident: Incident) -> None:
        """Take in what is known."""
        self._rows = self._said(incident)

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
        """One row a field."""
        return len(self._rows)

    def heading(self) -> tuple[str, str]:
        """The title, and when it was last assessed."""
        at = self.incident.impact.assessed_at if self.incident else None
        return self.title, f"{at:%H:%M}" if at else ""

    def row(self, index: int, width: int) -> list[Line]:
        """A field and its value."""
        name, value, tone = self._rows[index]
        first, *more = wrapped(value, width - 12)
        head: Line = ((f" {name:<10}", "dim"), (first, tone))
        return [head, *(((" " * 11, ""), (line, tone)) for line in more)]

    def watch_now(self) -> None:
        """Bring the running total up to date."""
        if self.incident is not None and (said := self._said(self.incident)) != self._rows:
            self._rows = said
            self.redraw()

    def action_assess_impact(self) -> None:
        """Assess it."""
        self.post_message(self.Asked())

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_assess_impact()
