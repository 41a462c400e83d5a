"""The decision picker: the playbook's tables, of which a row is chosen."""

from typing import Literal

from textual.events import Resize
from textual.message import Message

from warroom.console.decision_rows import Row, Tab, rows, tabs
from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, wrapped
from warroom.incident.incident import Incident

_LABELS: dict[Tab, str] = {
    "severity": "Severity",
    "mitigation": "Mitigation",
    "escalate": "Escalate",
    "fallback": "Fallback",
    "other": "Decisions",
}


class Decisions(Pane):
    """All tables of the playbook, one at a time."""

    BINDINGS = bindings("decisions")
    title = "Decide"
    empty = "Nothing yet: {record-decision} records a decision and when it is verified."

    class Chosen(Message):
        """A row was chosen; `how` says whether it is to be asked about or done at once."""

        def __init__(self, row: Row, how: Literal["ask", "at once"]) -> None:
            super().__init__()
            self.row = row
            self.how = how

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.auto_links = False  # the names of tables are clicked, and look like no links
        self.tab: Tab = "severity"
        self._rows: list[Row] = []

    def tabs(self) -> list[Tab]:
        """The tables that this playbook has."""
        return tabs(self.incident) if self.incident else ["severity"]

    def turn_to(self, tab: Tab) -> None:
        """Show a table."""
        if tab not in self.tabs():
            return
        self.tab = tab
        if self.incident is not None:
            self.update(self.incident)
        urgent = (i for tone in ("bad", "warn") for i, row in enumerate(self._rows) if row.tone == tone)
        chosen = (i for i, row in enumerate(self._rows) if row.state == "✔")
        self.set_reactive(Pane.cursor, next(urgent, next(chosen, 0)))
        self.redraw()

    def show(self, subject: str) -> None:
        """Put the cursor on the row that is about something: an id, or a condition."""
        about = (i for i, row in enumerate(self._rows) if subject in {row.subject, row.condition})
        self.go_to(next(about, 0))

    def show_waiting(self) -> None:
        """Put the cursor on the first row that is overdue, else on the first that waits."""
        waiting = (i for tone in ("bad", "warn") for i, row in enumerate(self._rows) if row.tone == tone)
        self.go_to(next(waiting, 0))

    def update(self, incident: Incident) -> None:
        """Build the table's rows. A playbook that was read again may have lost the table."""
        self.tab = self.tab if self.tab in self.tabs() else "severity"
        self._rows = rows(incident, self.tab, self.now or incident.declared_at)

    # ── drawing ────────────────────────────────────────────────────────────────────────────────

    def identity(self, index: int) -> object:
        """What is offered, or the id of what was started."""
        row = self._rows[index]
        return row.tab, row.subject or row.condition, row.choice

    def count(self) -> int:
        """The tabs' line, then the rows."""
        return len(self._rows)

    def heading(self) -> tuple[str, str]:
        """The tables' names, the one that is shown marked; where there is little room, that one alone."""
        there = self.tabs()
        if sum(len(_LABELS[tab]) + 1 for tab in there) > self.size.width - 8:
            name = f"[@click=table_before]‹[/] {_LABELS[self.tab]} [@click=table_after]›[/]"
            return f"{self.title} {name}", f"{there.index(self.tab) + 1} of {len(there)}"
        names = [
            f"[b u]{_LABELS[tab]}[/]" if tab == self.tab else f"[@click=turn_to('{tab}')]{_LABELS[tab]}[/]"
            for tab in there
        ]
        return " ".join(names), ""

    def on_resize(self, _: Resize) -> None:
        """The names fit the new width."""
        self.redraw()

    def row(self, index: int, width: int) -> list[Line]:
        """Condition on the left, what follows on the right; more below while the pane has the focus."""
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
        # Whom to call is looked for among all paths; elsewhere only the row under the cursor says more.
        if row.more and self.has_focus and (index == self.cursor or row.tab == "escalate"):
            lines += [((f"   {line}", "dim"),) for line in wrapped(row.more, width - 4)[:3]]
        return lines

    def _choice_tone(self, row: Row) -> str:
        if row.tab == "severity" and self.incident is not None:
            return f"sev{min(self.incident.playbook.rank(row.choice), 3)}"
        return "strong"

    def watch_now(self) -> None:
        """Bring running times up to date."""
        if self.incident is not None:
            before = self._rows
            self.update(self.incident)
            if self._rows != before:
                self.redraw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The row under the cursor says more while the pane has the focus, and less when it has not."""
        super().watch_has_focus(has_focus)
        self.redraw()

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def why_not(self, key_id: str) -> str | None:
        """An empty table has nothing to choose; where there is one table alone, there is no next one."""
        if key_id in {"choose", "choose-at-once"} and not self._rows:
            return self.keymap.said(self.empty)
        if key_id in {"table-before", "table-after"} and len(self.tabs()) == 1:
            return "The playbook has no other table."
        return None

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        self._choose("ask")

    def action_choose_at_once(self) -> None:
        """Do what the row under the cursor stands for, without a question."""
        self._choose("at once")

    def _choose(self, how: Literal["ask", "at once"]) -> None:
        if self.cursor < len(self._rows):
            self.post_message(self.Chosen(self._rows[self.cursor], how))

    def action_table_before(self) -> None:
        """The table before."""
        self._turn(-1)

    def action_table_after(self) -> None:
        """The next table."""
        self._turn(1)

    def action_turn_to(self, tab: Tab) -> None:
        """The table whose name was clicked."""
        self.turn_to(tab)

    def _turn(self, by: int) -> None:
        tabs = self.tabs()
        self.turn_to(tabs[(tabs.index(self.tab) + by) % len(tabs)])

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_choose()
