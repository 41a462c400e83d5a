"""Dialogs: one question each, answered by keyboard; escape always leaves things as they were."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click
from textual.events import Key as KeyEvent
from textual.geometry import Size
from textual.screen import ScreenResultType
from textual.widgets import Input, Static

from warroom.console.backdrop import Above
from warroom.console.entry_line import Line as TypedLine
from warroom.console.hint import Hint
from warroom.console.keyed import Keyed
from warroom.console.keys import Place
from warroom.console.pane import Pane, bindings, typing
from warroom.console.rows import Line, clipped, shown, wrapped

_PRESS = "{accept} chooses · {leave-dialog} leaves"


class Choice(NamedTuple):
    """Something that can be chosen: by its key, or from the list."""

    id: str
    text: str
    key: str = ""  # an answer of the registry, or what stands before it
    note: str = ""
    why_not: str = ""  # why it cannot be chosen now
    tone: str = ""


class ChoiceList(Pane, inherit_bindings=False):
    """The list of choices in a dialog. The letters that move through a pane are choices' own keys here.

    A click leaves the keys where they are: what is being typed goes on.
    """

    FOCUS_ON_CLICK = False

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        roomy: bool = False,
        id: str = "choices",  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._roomy = roomy
        self.choices = list(choices)
        self.set_reactive(Pane.cursor, self._first())

    def _first(self) -> int:
        return next((i for i, choice in enumerate(self.choices) if not choice.why_not), 0)

    def show(self, choices: Sequence[Choice]) -> None:
        """Show other choices."""
        self.choices = list(choices)
        self.set_reactive(Pane.cursor, self._first())
        self.redraw()

    @property
    def shows_cursor(self) -> bool:
        """Always: enter chooses what it is on, also while something else is typed into."""
        return True

    @property
    def chosen(self) -> Choice | None:
        """The choice under the cursor."""
        return self.choices[self.cursor] if self.cursor < len(self.choices) else None

    def count(self) -> int:
        """How many choices there are."""
        return len(self.choices)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the choices are, as far as there is room."""
        rows = range(min(len(self.choices), viewport.height))
        return min(sum(len(self.row(i, max(width, 10))) for i in rows) or 1, max(viewport.height - 12, 5))

    def row(self, index: int, width: int) -> list[Line]:
        """Key, text and note; greyed with the reason when it cannot be chosen."""
        choice = self.choices[index]
        keys = max((len(self._sign(c)) for c in self.choices), default=0)
        head = f" {self._sign(choice):>{keys}}  " if keys else " "
        note = choice.why_not or choice.note
        texts = max((len(c.text) for c in self.choices if c.note or c.why_not), default=0)
        tone = "dim" if choice.why_not else choice.tone
        across = min(texts, width // 2)
        if note and len(choice.text) <= across and not self._roomy:
            said = clipped(note, width - len(head) - across - 3)
            return [
                (
                    (head, "dim" if choice.why_not else "strong accent"),
                    (f"{choice.text:<{across}}  ", tone),
                    (said, "dim"),
                )
            ]
        first, *more = wrapped(choice.text, width - len(head) - 1)
        lines: list[Line] = [((head, "dim" if choice.why_not else "strong accent"), (first, tone))]
        lines += [((" " * len(head), ""), (line, tone)) for line in more]
        if note:
            lines += [((" " * len(head), ""), (line, "dim")) for line in wrapped(note, width - len(head) - 1)]
        return lines

    def _sign(self, choice: Choice) -> str:
        """The key that stands before a choice."""
        answer = self.keymap.get(choice.key)
        return answer.shown if answer else choice.key

    def clicked(self, index: int, event: Click) -> None:
        """One click takes a choice of a menu; elsewhere it puts the cursor there, as in any pane.

        Only the first of several: what a double click opened is not answered by the rest of it.
        """
        if event.chain == 1:
            self.go_to(index)
            if isinstance(self.screen, Menu):
                self.screen.choose(self.chosen)


class Lines(Pane, can_focus=False):
    """Text above the choices, drawn as it is."""

    def __init__(
        self,
        lines: Sequence[tuple[str, str]],
        *,
        choices: int = 0,
        id: str = "body",  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._choices = choices  # for which room is kept below
        self._lines = list(lines)

    def count(self) -> int:
        """How many lines."""
        return len(self._lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the text is, as far as there is room."""
        lines = sum(len(self.row(i, max(width, 10))) for i in range(min(len(self._lines), viewport.height)))
        room = viewport.height - 8 - 2 * self._choices
        return min(lines, max(min(room, viewport.height // 2), viewport.height // 4, 3))

    @property
    def is_cut(self) -> bool:
        """Whether not all of it is to be seen."""
        return len({index for index, _ in self.in_view()}) < self.count()

    def turn(self, by: int) -> None:
        """Go on by a page, or back."""
        seen = [index for index, _ in self.in_view()]
        self.go_to(seen[-1] + len(seen) - 1 if by > 0 else seen[0] - len(seen) + 1)

    def heading(self) -> tuple[str, str]:
        """Nothing: the dialog has a title."""
        return "", ""

    def row(self, index: int, width: int) -> list[Line]:
        """A line, wrapped."""
        text, tone = self._lines[index]
        return [((f" {line}", tone),) for line in wrapped(text, width - 2)]


class Dialog(Above[ScreenResultType], Keyed[ScreenResultType]):
    """A question over what lies below, with the keys of all questions; no answer is None."""

    BINDINGS = bindings("dialog")

    def places(self) -> list[Place]:
        """A dialog."""
        return ["dialog", *super().places()]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter is the line's own while something is typed, so that it comes after what was typed."""
        return action not in {"accept", "help", "palette"} or not typing(self)

    def move(self, by: int) -> None:
        """Go on to what comes next, or back."""

    def turn(self, by: int) -> None:
        """A page further or back."""

    def action_dialog_down(self) -> None:
        """The next."""
        self.move(1)

    def action_dialog_up(self) -> None:
        """The one before."""
        self.move(-1)

    def action_dialog_page_down(self) -> None:
        """A page further."""
        self.turn(1)

    def action_dialog_page_up(self) -> None:
        """A page back."""
        self.turn(-1)

    def action_next_field(self) -> None:
        """To the next line or list."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """To the line or list before."""
        self.focus_previous()

    def action_accept(self) -> None:
        """Answer."""

    def action_leave_dialog(self) -> None:
        """Leave things as they were."""
        self.dismiss(None)


class Menu(Dialog[str | None]):
    """A list to choose from, by key or by enter; with `search`, what is typed narrows it."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        body: Sequence[tuple[str, str]] = (),
        search: bool = False,
        placeholder: str = "type to search",
        empty: str = "Nothing matches.",
        roomy: bool = False,
    ) -> None:
        super().__init__()
        self._roomy = roomy  # notes stand below what they are about, whole
        self._title = title
        self._choices = list(choices)
        self._body = body
        self._search = search
        self._placeholder = placeholder
        self._empty = empty

    def compose(self) -> ComposeResult:
        """Title, text, search, choices, and what to press."""
        with Vertical(classes="dialog wide" if self._search or self._body or self._roomy else "dialog"):
            yield Static(shown(self._title), markup=False, classes="dialog-title")
            if self._body:
                yield Lines(self._body, choices=len(self._choices))
            if self._search:
                yield TypedLine(placeholder=self._placeholder, id="search", compact=True)
            choices = ChoiceList(self._choices, roomy=self._roomy)
            choices.empty = self._empty
            yield choices
            yield Hint(_PRESS)

    def on_mount(self) -> None:
        """The list has the keys, unless there is something to type."""
        self.query_one("#search" if self._search else "#choices").focus()
        self.call_after_refresh(self._say_cut)

    def _say_cut(self) -> None:
        if any(lines.is_cut for lines in self.query(Lines)):
            self.query_one(Hint).say("", f"{_PRESS} · {{dialog-page-down}} reads on")

    def found(self, typed: str) -> list[Choice]:
        """What has every word that was typed."""
        words = typed.casefold().split()
        return [
            c for c in self._choices if all(word in f"{c.key} {c.text} {c.note}".casefold() for word in words)
        ]

    def _narrow(self, typed: str) -> None:
        found = self.found(typed)
        choices = self.query_one(ChoiceList)
        if found != choices.choices:
            choices.show(found)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what has every word that was typed."""
        self._narrow(event.value)

    def on_line_finished(self, event: TypedLine.Finished) -> None:
        """Choose among what is left."""
        self._narrow(event.text)
        self.action_accept()

    def on_key(self, event: KeyEvent) -> None:
        """A choice's own key chooses it."""
        if self._search:
            return
        choice = next((c for c in self._choices if self._is_key_of(c, event)), None)
        if choice is not None:
            event.stop()
            event.prevent_default()
            self.choose(choice)

    def _is_key_of(self, choice: Choice, event: KeyEvent) -> bool:
        answer = self.console.keymap.get(choice.key)
        if answer:
            return event.key in answer.key.split(",")
        return bool(choice.key) and choice.key == event.character

    def move(self, by: int) -> None:
        """Move through the list, wherever the focus is."""
        choices = self.query_one(ChoiceList)
        choices.go_to(choices.cursor + by)

    def turn(self, by: int) -> None:
        """A page further or back: of the text where it is too long to be seen at once, else of the list."""
        for lines in self.query(Lines):
            if lines.is_cut:
                lines.turn(by)
                return
        self.move(by * 10)

    def action_accept(self) -> None:
        """Choose what the cursor is on."""
        self.choose(self.query_one(ChoiceList).chosen)

    def choose(self, choice: Choice | None) -> None:
        """Answer with a choice, or say why it cannot be chosen."""
        if choice is None:
            return
        if choice.why_not:
            self.notify(choice.why_not, severity="warning", markup=False)
            return
        self.dismiss(choice.id)


class Ask(Dialog[str | None]):
    """One line of text; None when left."""

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        placeholder: str = "",
        required: bool = True,
        body: Sequence[tuple[str, str]] = (),
        hint: str = "{accept} saves · {leave-dialog} leaves",
        preview: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__()
        self.question = title
        self.value = value
        self.changed: Callable[[], object] = lambda: None  # hears of every letter that is typed
        self._placeholder = placeholder
        self._required = required
        self._body = body
        self._hint = hint
        self._preview = preview

    def compose(self) -> ComposeResult:
        """Title, text, the line, and what to press."""
        with Vertical(classes="dialog wide"):
            yield Static(shown(self.question), markup=False, classes="dialog-title")
            if self._body:
                yield Lines(self._body)
            yield TypedLine(self.value, placeholder=self._placeholder, compact=True, select_on_focus=False)
            yield Hint(self._hint, self._preview(self.value) if self._preview else "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line will be."""
        if event.value != self.value:
            self.value = event.value
            self.changed()
        if self._preview is not None:
            self.query_one(Hint).say(self._preview(event.value))

    def on_line_finished(self, event: TypedLine.Finished) -> None:
        """Answer, unless words are needed and there are none."""
        if self._required and not event.text.strip():
            self.query_one(Hint).say("this needs words")
            return
        self.dismiss(event.text)
