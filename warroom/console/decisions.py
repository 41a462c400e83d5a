"""The decision picker: the playbook's tables, of which a row is chosen."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from textual.message import Message

from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, wrapped
from warroom.incident import timing
from warroom.incident.commands import severity_table, strategy_table
from warroom.incident.incident import Escalation, Incident, Mitigation
from warroom.incident.playbook import DecisionRow, DecisionTable, EscalationPath

Tab = Literal["severity", "mitigation", "escalate", "fallback", "other"]

_LABELS: dict[Tab, str] = {
    "severity": "Severity",
    "mitigation": "Mitigation",
    "escalate": "Escalate",
    "fallback": "Fallback",
    "other": "Other",
}


class Row(NamedTuple):
    """A row that can be chosen: what holds, what follows, and how it stands."""

    condition: str
    choice: str
    tab: Tab
    state: str = ""
    tone: str = ""
    subject: str = ""  # the id of the mitigation or escalation, or the name of the table
    more: str = ""


class Decisions(Pane):
    """All tables of the playbook, one at a time."""

    BINDINGS = bindings("decisions")
    title = "Decide"
    empty = "This playbook has no such table."

    class Chosen(Message):
        """A row was chosen."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.tab: Tab = "severity"
        self._rows: list[Row] = []

    def tabs(self) -> list[Tab]:
        """The tables that this playbook has."""
        if self.incident is None:
            return ["severity"]
        playbook = self.incident.playbook
        known = (severity_table(playbook), strategy_table(playbook))
        others = any(table not in known for table in playbook.decisions)
        tabs: list[Tab] = ["severity", "mitigation"]
        if playbook.escalations:
            tabs.append("escalate")
        if playbook.fallbacks:
            tabs.append("fallback")
        return [*tabs, "other"] if others else tabs

    def turn_to(self, tab: Tab) -> None:
        """Show a table."""
        if tab not in self.tabs():
            return
        self.tab = tab
        if self.incident is not None:
            self.update(self.incident)
        pending = (i for i, row in enumerate(self._rows) if row.tone in {"warn", "bad"})
        chosen = (i for i, row in enumerate(self._rows) if row.state == "✔")
        self.set_reactive(Pane.cursor, next(pending, next(chosen, 0)))
        self.redraw()

    def update(self, incident: Incident) -> None:
        """Build the table's rows. A playbook that was read again may have lost the table."""
        self.tab = self.tab if self.tab in self.tabs() else "severity"
        build: dict[Tab, Callable[[Incident], list[Row]]] = {
            "severity": self._severities,
            "mitigation": self._mitigations,
            "escalate": self._escalations,
            "fallback": self._fallbacks,
            "other": self._others,
        }
        self._rows = build[self.tab](incident)

    # ── rows ───────────────────────────────────────────────────────────────────────────────────

    def _severities(self, incident: Incident) -> list[Row]:
        table = severity_table(incident.playbook)
        in_force = incident.severities[-1] if incident.severities else None
        responses = {s.level.casefold(): s.response for s in incident.playbook.severities}
        rows = []
        if table:
            for row in table.rows:
                chosen = in_force and (row.choice.casefold(), row.condition) == (
                    in_force.level.casefold(), in_force.condition,
                )  # fmt: skip
                more = _all_of(responses.get(row.choice.casefold(), ""), *_columns(table, row))
                rows.append(Row(row.condition, row.choice, "severity", "✔" if chosen else "", more=more))
            return rows
        for severity in incident.playbook.severities:
            mark = "✔" if in_force and in_force.level == severity.level else ""
            rows.append(Row(severity.description, severity.level, "severity", mark, more=severity.response))
        return rows

    def _mitigations(self, incident: Incident) -> list[Row]:
        rows = [self._mitigation(m) for m in reversed(incident.mitigations)]
        table = strategy_table(incident.playbook)
        named = set()
        for row in table.rows if table else ():
            strategy = incident.playbook.strategy(row.choice)
            named.add(row.choice.casefold())
            more = _all_of(strategy.when if strategy else "", *_columns(table, row) if table else ())
            rows.append(Row(row.condition, row.choice, "mitigation", more=more))
        others = (s for s in incident.playbook.strategies if s.name.casefold() not in named)
        rows += [Row(strategy.when, strategy.name, "mitigation") for strategy in others]
        if table or incident.playbook.strategies:
            return rows
        return [*rows, Row("The playbook names none", "Mitigation", "mitigation")]

    def _mitigation(self, mitigation: Mitigation) -> Row:
        if mitigation.outcome is None:
            state, tone = "assess", "warn"
        else:
            state, tone = mitigation.outcome, "good" if mitigation.outcome == "effective" else ""
        said = f"▲ {mitigation.strategy}" + (f": {mitigation.note}" if mitigation.note else "")
        return Row(said, "", "mitigation", state, tone, mitigation.id)

    def _escalations(self, incident: Incident) -> list[Row]:
        rows = [self._path(incident, path) for path in incident.playbook.escalations]
        triggers = {path.trigger for path in incident.playbook.escalations}
        free = [x for x in incident.escalations if x.trigger not in triggers]
        return rows + [Row("by hand", x.to, "escalate", *self._raised(x), subject=x.id) for x in free]

    def _path(self, incident: Incident, path: EscalationPath) -> Row:
        row = Row(path.trigger, path.to, "escalate", more=_all_of(*path.more))
        taken = [x for x in incident.escalations if x.trigger == path.trigger]
        if taken:
            state, tone = self._raised(taken[-1])
            return row._replace(state=state, tone=tone, subject=taken[-1].id)
        due = timing.escalation_due(incident, path, self.now or incident.declared_at)
        if due is None or incident.closed_at:
            return row
        if self.now and due > self.now:
            return row._replace(state=f"in {timing.clock(due - self.now)}")
        return row._replace(state="▲ due", tone="bad")

    def _raised(self, escalation: Escalation) -> tuple[str, str]:
        if escalation.acknowledged_at:
            return "answered", "good"
        return f"raised {escalation.raised_at:%H:%M}", "warn"

    def _fallbacks(self, incident: Incident) -> list[Row]:
        invoked = {fallback.condition: fallback.at for fallback in incident.fallbacks}
        return [
            Row(
                f.condition,
                f.action,
                "fallback",
                f"{invoked[f.condition]:%H:%M}" if f.condition in invoked else "",
                "good",
                more=_all_of(*f.more),
            )
            for f in incident.playbook.fallbacks
        ]

    def _others(self, incident: Incident) -> list[Row]:
        known: tuple[DecisionTable | None, ...] = (
            severity_table(incident.playbook),
            strategy_table(incident.playbook),
        )
        return [
            Row(row.condition, row.choice, "other", more=_all_of(*_columns(table, row)), subject=table.name)
            for table in incident.playbook.decisions
            if table not in known
            for row in table.rows
        ]

    # ── drawing ────────────────────────────────────────────────────────────────────────────────

    def count(self) -> int:
        """The tabs' line, then the rows."""
        return len(self._rows)

    def heading(self) -> tuple[str, str]:
        """The tables' names, the one that is shown marked."""
        names = [f"[b u]{_LABELS[tab]}[/]" if tab == self.tab else _LABELS[tab] for tab in self.tabs()]
        return " ".join(names), ""

    def row(self, index: int, width: int) -> list[Line]:
        """Condition on the left, what follows on the right; the row under the cursor says more."""
        row = self._rows[index]
        right = row.choice or row.state
        tone = row.tone if not row.choice else self._choice_tone(row)
        state = f"{row.state} " if row.choice and row.state else ""
        space = width - 3
        if len(row.condition) + len(state) + len(right) + 2 <= space:
            gap = " " * (space - len(row.condition) - len(state) - len(right))
            lines: list[Line] = [
                ((f" {row.condition}{gap}", ""), (state, row.tone or "good"), (f"{right}", tone))
            ]
        else:
            first, *rest = wrapped(row.condition, width - 2 - (len(state) if row.choice else len(right) + 1))
            mark = state if row.choice else right
            gap = " " * max(width - 3 - len(first) - len(mark), 1)
            lines = [((f" {first}{gap}", ""), (mark, row.tone or "good"))]
            lines += [((f" {line}", ""),) for line in rest]
            if row.choice:
                lines += [
                    ((f"   → {line}" if i == 0 else f"     {line}", tone),)
                    for i, line in enumerate(wrapped(right, width - 6))
                ]
        if index == self.cursor and row.more and self.has_focus:
            lines += [((f"   {line}", "dim"),) for line in wrapped(row.more, width - 4)[:3]]
        return lines

    def _choice_tone(self, row: Row) -> str:
        if row.tab == "severity" and self.incident is not None:
            return f"sev{min(self.incident.playbook.rank(row.choice), 3)}"
        return "strong"

    def watch_now(self) -> None:
        """Bring running times up to date, where this table shows any."""
        if self.tab == "escalate" and self.incident is not None:
            before = self._rows
            self.update(self.incident)
            if self._rows != before:
                self.redraw()

    def on_focus(self) -> None:
        """The row under the cursor says more while the pane has the focus."""
        self.redraw()

    def on_blur(self) -> None:
        """And less when it has not."""
        self.redraw()

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.cursor < len(self._rows):
            self.post_message(self.Chosen(self._rows[self.cursor]))

    def action_table_before(self) -> None:
        """The table before."""
        self._turn(-1)

    def action_table_after(self) -> None:
        """The next table."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        tabs = self.tabs()
        self.turn_to(tabs[(tabs.index(self.tab) + by) % len(tabs)])

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_choose()


def _columns(table: DecisionTable, row: DecisionRow) -> Iterator[str]:
    """What a row says after its second column, under the document's own headers."""
    headers = (*table.headers[2:], *[""] * len(row.more))
    return (
        f"{header}: {cell}" if header and cell else cell
        for header, cell in zip(headers, row.more, strict=False)
    )


def _all_of(*said: str) -> str:
    return " · ".join(filter(None, said))
