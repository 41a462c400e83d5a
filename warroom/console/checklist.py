"""The checklist: phases with their criteria, steps, actions and outputs, and how far they are."""

from typing import Literal, NamedTuple

from textual.message import Message

from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, spread, wrapped
from warroom.incident import timing
from warroom.incident.deeds import Deed
from warroom.incident.incident import Incident
from warroom.incident.playbook import Phase, Step

# What the console does only by ticking leads nowhere.
LEADING = frozenset(Deed) - {Deed.DETECT, Deed.ACKNOWLEDGE, Deed.START_TIMER}

Kind = Literal["phase", "criterion", "step", "action", "output"]
How = Literal["tick", "open", "only", "skip", "read", "copy"]


_MORE = "\u00a0≡"  # there is more to read here


class Row(NamedTuple):
    """A row of the checklist; `id` is the item's, or the phase's number."""

    kind: Kind
    id: str
    text: str
    more: bool = False  # whether something hangs below it, to be read


class Checklist(Pane):
    """The playbook as it is being worked through. The current phase is unfolded, others on demand."""

    BINDINGS = bindings("checklist")
    title = "Checklist"

    class Chosen(Message):
        """An item is to be ticked, or the thing that it names done."""

        def __init__(self, item: str, how: How) -> None:
            super().__init__()
            self.item = item
            self.how = how

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._toggled: set[int] = set()  # phases folded or unfolded against the rule
        self._phase = 0
        self._on_its_way = ""  # the item that was ticked or opened, until the disk has it

    # ── rows ───────────────────────────────────────────────────────────────────────────────────

    def update(self, incident: Incident) -> None:
        """Build the rows anew; on entering a phase, put the cursor on its first open action."""
        self._on_its_way = ""
        kept = self._rows[self.cursor].id if self.cursor < len(self._rows) else ""
        entered = incident.phase.number != self._phase
        if entered:
            self._toggled.clear()
            self._phase = incident.phase.number
        self._rows = [row for phase in incident.playbook.phases for row in self._phase_rows(phase)]
        if entered:
            self._put_cursor(self._first_open(incident))
        elif kept:
            self._put_cursor(kept)

    def _phase_rows(self, phase: Phase) -> list[Row]:
        rows = [Row("phase", str(phase.number), phase.name, bool(phase.detail))]
        if not self._unfolded(phase.number):
            return rows
        if phase.entry:
            rows.append(Row("criterion", phase.entry_id, f"entry: {phase.entry}"))
        for step in phase.steps:
            rows.append(Row("step", step.id, f"{step.name}{_mandate(step)}", bool(step.detail)))
            rows += [Row("action", action.id, action.text, bool(action.detail)) for action in step.actions]
            rows += [Row("output", output.id, output.text) for output in step.outputs]
        if phase.exit:
            rows.append(Row("criterion", phase.exit_id, f"exit: {phase.exit}"))
        return rows

    def _unfolded(self, number: int) -> bool:
        return (number == self._phase) != (number in self._toggled)

    def _first_open(self, incident: Incident) -> str:
        actions = (action.id for _, action in incident.phase.actions())
        return next((item for item in actions if item not in incident.items), incident.phase.exit_id)

    def _put_cursor(self, item: str) -> None:
        index = next((i for i, row in enumerate(self._rows) if row.id == item), None)
        if index is not None:
            self.set_reactive(Checklist.cursor, index)

    def count(self) -> int:
        """The rows of all phases, folded ones in one row."""
        return len(self._rows)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def show_item(self, item: str) -> None:
        """Put the cursor on an item, unfolding its phase."""
        number = int(item.partition(".")[0])
        if not self._unfolded(number):
            self._fold(number)
        self._put_cursor(item)
        self.redraw()

    # ── drawing ────────────────────────────────────────────────────────────────────────────────

    def heading(self) -> tuple[str, str]:
        """The title, and how many actions are settled."""
        if self.incident is None:
            return self.title, ""
        settled, total = self.incident.progress()
        return self.title, f"{settled}/{total}"

    def row(self, index: int, width: int) -> list[Line]:
        """A phase with its time, or an item with its box."""
        row = self._rows[index]
        incident = self.incident
        assert incident is not None
        if row.kind == "phase":
            return [self._phase_line(incident, int(row.id), width)]
        if row.kind == "step":
            hang = " " * (len(row.id) + 3)
            first, *more = wrapped(f"{row.text}{_MORE if row.more else ''}", width - len(hang) - 1)
            title: Line = ((f"  {row.id} ", "strong"), (first, "strong"))
            return [title, *(((hang, ""), (line, "strong")) for line in more)]
        state = incident.items.get(row.id)
        box, tone = ("☐", "") if state is None else ("☑", "dim") if state.status == "done" else ("☒", "dim")
        text = row.text
        if row.kind == "output":
            box = "◆" if state else "◇"
            text = f"{text}: {state.text}" if state and state.text else text
        elif state and state.text:
            text = f"{text} · {state.text}"
        elif state is None and incident.deeds.get(row.id) in LEADING:
            text += "\u00a0›"
        text += _MORE if row.more else ""
        first, *more = wrapped(text, width - 6)
        head: Line = (
            ("    ", ""),
            (f"{box} ", "good" if state and state.status == "done" else tone)
            if row.id != self._on_its_way
            else ("… ", "dim"),
            (first, tone),
        )
        return [head, *((("      ", ""), (line, tone)) for line in more)]

    def _phase_line(self, incident: Incident, number: int, width: int) -> Line:
        """How far the current phase is, what is open and how long it took for those before."""
        phase = incident.playbook.phases[number - 1]
        title = f"{number} {phase.name}{_MORE if phase.detail else ''}{_mandate(phase)}"
        mark = "▾ " if self._unfolded(number) else "▸ "
        if number == self._phase:
            settled, total = incident.progress(phase)
            head: Line = ((mark, "accent"), (title, "strong accent"))
            return spread(head, ((f"{settled}/{total}", "accent"),), width)
        if all(visit.phase != number for visit in incident.phases):
            return ((mark, ""), (title, "dim"))
        left = len(incident.open_actions(phase))
        mark = "✔ " if not left and not self._unfolded(number) else mark
        spent = timing.clock(timing.in_phase(incident, incident.phase_entered_at, number))
        right: Line = ((f"{left} open " if left else "", "warn"), (spent, "dim"))
        return spread(((mark, "good" if not left else ""), (title, "")), right, width)

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def why_not(self, key_id: str) -> str | None:
        """Steps and phases are no boxes; what is settled, or folded already, is not so again."""
        row = self.current
        if row is None or self.incident is None:
            return "The checklist is empty."
        settled = row.id in self.incident.items
        match key_id:
            case "tick" if row.kind == "step":
                return "A step is done when its actions are; tick those."
            case "tick-only" | "skip" if row.kind in {"phase", "step"}:
                return f"This is a {row.kind}; go to one of its actions."
            case "skip" if settled:
                return self.keymap.said("This is settled already; {tick} opens it again.")
            case "open-row" if settled and not row.more:
                return self.keymap.said("This is settled; {tick} opens it again.")
            case "copy-command" if row.kind in {"criterion", "action", "output"} and not row.more:
                return "No command stands here."
            case "fold" | "unfold" if self._unfolded(_phase_of(row)) == (key_id == "unfold"):
                return f"The phase is {key_id}ed already."
        return None

    def _fold(self, number: int) -> None:
        self._toggled ^= {number}
        if self.incident is not None:
            row = self.current
            self.update(self.incident)
            if row is not None and row not in self._rows:
                self._put_cursor(str(number))
            self.redraw()
            self.post_message(self.Moved())

    def is_on_its_way(self, item: str) -> bool:
        """Whether an item was ticked or opened here, and the disk does not have it yet."""
        return item == self._on_its_way

    def toggling(self, item: str) -> None:
        """Show at once that a key was heard; the box changes when it is on the disk."""
        self._on_its_way = item
        self.redraw()

    def _choose(self, how: How) -> None:
        row = self.current
        if row is None:
            return
        if how == "open" and (row.kind == "step" or row.more):
            self.post_message(self.Chosen(row.id, "read"))
        elif row.kind == "phase":
            if how in {"tick", "open"}:
                self._fold(int(row.id))
        elif row.kind != "step":
            self.post_message(self.Chosen(row.id, how))

    def action_tick(self) -> None:
        """Tick or untick."""
        self._choose("tick")

    def action_open_row(self) -> None:
        """Do what the action names."""
        self._choose("open")

    def action_tick_only(self) -> None:
        """Tick without being led anywhere."""
        self._choose("only")

    def action_copy_command(self) -> None:
        """Copy a command that stands here."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current.id, "copy"))

    def action_skip(self) -> None:
        """Skip with a reason."""
        self._choose("skip")

    def action_fold(self) -> None:
        """Fold the phase that the cursor is in."""
        self._fold_if(folded=False)

    def action_unfold(self) -> None:
        """Unfold the phase under the cursor."""
        self._fold_if(folded=True)

    def _fold_if(self, *, folded: bool) -> None:
        row = self.current
        if row is not None:
            number = _phase_of(row)
            if self._unfolded(number) != folded:
                self._fold(number)

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_open_row()


def _phase_of(row: Row) -> int:
    return int(row.id.partition(".")[0])


def _mandate(part: Phase | Step) -> str:
    said = ": ".join(filter(None, ("" if part.mandatory else "optional", part.condition)))
    return f" ({said})" if said else ""
