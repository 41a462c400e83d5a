"""The form: several lines of text at once, each with its label."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from warroom.console.dialogs import Dialog
from warroom.console.entry_line import Line as TypedLine
from warroom.console.hint import Hint
from warroom.console.rows import shown


class Field(NamedTuple):
    """A line of a form."""

    id: str
    label: str
    value: str = ""
    placeholder: str = ""


class Form(Dialog[dict[str, str] | None]):
    """Several lines of text at once: tab goes on, enter saves all, escape leaves."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: Callable[[dict[str, str]], tuple[str, str] | None],
        first: str,
    ) -> None:
        super().__init__()
        self._first = first
        self.question = title
        self.value: dict[str, str] = {}  # what stands in it instead of what the fields begin with
        self.changed: Callable[[], object] = lambda: None  # hears of every letter that is typed
        self._fields = fields
        self._check = check

    def compose(self) -> ComposeResult:
        """Title, labelled lines, and what to press."""
        with Vertical(classes="dialog wide"):
            yield Static(shown(self.question), markup=False, classes="dialog-title")
            for field in self._fields:
                yield Static(field.label, markup=False, classes="field-label")
                yield TypedLine(
                    self.value.get(field.id, field.value),
                    placeholder=field.placeholder,
                    id=field.id,
                    compact=True,
                    select_on_focus=False,
                )
            yield Hint("{next-field} goes on · {accept} saves all · {leave-dialog} leaves")

    def on_mount(self) -> None:
        """Begin where it was asked to."""
        self.query_one(f"#{self._first}", TypedLine).focus()

    def move(self, by: int) -> None:
        """To the next line, or the one before."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_input_changed(self, _: Input.Changed) -> None:
        """Take note of what stands in the lines."""
        values = self._values()
        if values != {field.id: self.value.get(field.id, field.value) for field in self._fields}:
            self.value = values
            self.changed()

    def _values(self) -> dict[str, str]:
        return {field.id: self.query_one(f"#{field.id}", TypedLine).value for field in self._fields}

    def on_line_finished(self, event: TypedLine.Finished) -> None:
        """Answer with all lines, or say which one is wrong."""
        values = self._values()
        problem = self._check(values)
        if problem is None:
            self.dismiss(values)
            return
        where, what = problem
        self.query_one(Hint).say(what)
        self.query_one(f"#{where}", TypedLine).focus()
