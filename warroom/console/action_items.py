"""Action items: what remains to be done after the incident, by whom and by when."""

from datetime import datetime
from typing import Literal

from textual.message import Message

from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, wrapped
from warroom.incident.incident import ActionItem, Incident

_BOXES = {"open": "☐", "done": "☑", "dropped": "☒"}


class ActionItems(Pane):
    """The list of action items; what is overdue says so."""

    BINDINGS = bindings("action-items")
    title = "Action items"
    empty = "None yet: press {action-item}, or {promote} on a log entry."

    class Asked(Message):
        """Something is to be done with an action item."""

        def __init__(self, item: ActionItem, what: Literal["finish", "change", "drop"]) -> None:
            super().__init__()
            self.item = item
            self.what = what

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._items: tuple[ActionItem, ...] = ()

    def update(self, incident: Incident) -> None:
        """Take in the items."""
        self._items = incident.action_items
        self.set_class(not self._items, "-empty")  # as long as there are none, others need the room

    def show(self, subject: str) -> None:
        """Put the cursor on an action item, by its id."""
        self.go_to(next((i for i, item in enumerate(self._items) if item.id == subject), 0))

    def identity(self, index: int) -> object:
        """The action item."""
        return self._items[index].id

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def heading(self) -> tuple[str, str]:
        """The title, and how many are settled."""
        settled = sum(item.status != "open" for item in self._items)
        return self.title, f"{settled}/{len(self._items)}" if self._items else ""

    def row(self, index: int, width: int) -> list[Line]:
        """Box, wording, owner and due date."""
        item = self._items[index]
        tone = "" if item.status == "open" else "dim" if item.status == "done" else "struck"
        today = self.now.date() if self.now else None
        overdue = item.status == "open" and item.due is not None and today is not None and item.due < today
        due = f"{item.due:%a %d %b}" if item.due else ""
        tail = " ".join(part for part in (item.owner, f"▲ overdue {due}" if overdue else due) if part)
        first, *more = wrapped(item.text, width - 4)
        lines: list[Line] = [
            ((f" {_BOXES[item.status]} ", "good" if item.status == "done" else ""), (first, tone))
        ]
        if tail and not more and len(first) + len(tail) + 6 <= width:
            return [(*lines[0], (f"  {tail}", "bad" if overdue else "dim"))]
        lines += [((f"   {line}", tone),) for line in more]
        if tail:
            lines.append(((f"   {tail}", "bad" if overdue else "dim"),))
        return lines

    def watch_now(self, before: datetime | None, now: datetime | None) -> None:
        """On another day other items are overdue."""
        if before and now and before.date() != now.date():
            self.redraw()

    def why_not(self, key_id: str) -> str | None:
        """Something is done with an action item where there is one."""
        own = {"finish", "change", "drop"}
        return self.keymap.said(self.empty) if key_id in own and not self._items else None

    def _ask(self, what: Literal["finish", "change", "drop"]) -> None:
        if self.cursor < len(self._items):
            self.post_message(self.Asked(self._items[self.cursor], what))

    def action_finish(self) -> None:
        """Done, or open again."""
        self._ask("finish")

    def action_change(self) -> None:
        """Change it."""
        self._ask("change")

    def action_drop(self) -> None:
        """Drop it."""
        self._ask("drop")

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_change()
