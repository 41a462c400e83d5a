"""The entry line: one typed line is one fact; what it will be is said while it is typed."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from warroom.console.pane import bindings
from warroom.incident.text import printable_lines

_LONG = 2000  # characters beyond which a pasted line is asked about instead of typed
_SEAM = " ⏎ "  # between lines that wait in the entry line to be logged again


def pasted_lines(text: str) -> list[str]:
    """What was pasted, cleaned, without empty lines."""
    return [line.strip() for line in printable_lines(text).split("\n") if line.strip()]


class Line(Input):
    """An input of one line, from which no key is lost however fast it is typed."""

    class Finished(Message):
        """Enter was pressed."""

        def __init__(self, line: "Line", text: str) -> None:
            super().__init__()
            self.line = line
            self.text = text

    # Without priority: what was typed before enter has arrived here when it does.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", id="accept", show=False)]

    # Textual would lay out the whole screen anew for every letter, as if the text made the line wider.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def on_mount(self) -> None:
        """Nothing blinks here."""
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Whatever it comes from, keys, paste or a file, a line holds nothing that acts on a terminal."""
        return value if value.isprintable() else printable_lines(value).replace("\n", " ")

    async def action_submit(self) -> None:
        """Hand the text over as it was when enter was pressed."""
        self.post_message(self.Finished(self, self.value))

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.take(pasted_lines(event.text))

    def take(self, lines: list[str]) -> None:
        """Insert what was pasted, in one line."""
        self.insert_text_at_cursor(" ".join(lines))


class EntryLine(Line):
    """The line from which notes are logged. It empties when enter is pressed, ready for the next one."""

    class Entered(Message):
        """What was typed is to be logged, and with it what could not be logged before."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    class Pasted(Message):
        """Several lines, or a very long one, were pasted."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    BINDINGS = bindings("entry")

    returned: tuple[str, ...] = ()  # lines in it that could not be logged
    names: Callable[[str], Sequence[str]] = staticmethod(lambda _: ())  # whom a name being typed may mean

    async def action_submit(self) -> None:
        """Hand the text over and start afresh, before the next key is looked at."""
        text, self.value = self.value, ""
        if text.strip():
            parts = text.split(_SEAM.strip()) if self.returned else [text]
            self.returned = ()
            self.post_message(self.Entered([line for part in parts if (line := part.strip())]))

    # ── names ──────────────────────────────────────────────────────────────────────────────────

    @property
    def name_typed(self) -> str:
        """The name that the cursor stands behind, such as "@bo"; "" where it stands behind none."""
        before = self.value[: self.cursor_position]
        word = before[before.rfind(" ") + 1 :]
        return word if word.startswith("@") else ""

    def named(self) -> Sequence[str]:
        """Whom the name may mean that is being typed; nobody where it is complete, or none is typed."""
        typed = self.name_typed
        found = self.names(typed) if typed else ()
        return () if list(found) == [typed] else found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab completes a name while one is typed, and is what it is elsewhere otherwise."""
        return bool(self.name_typed) if action == "complete_name" else True

    def action_complete_name(self) -> None:
        """Put the first that it may mean in the place of what was typed."""
        if found := self.named():
            end = self.cursor_position
            self.replace(f"{found[0]} ", end - len(self.name_typed), end)

    # ── lines that came back ───────────────────────────────────────────────────────────────────

    def give_back(self, typed: str) -> None:
        """Put what could not be logged back in front of the person, before what is being typed."""
        if not typed:
            return
        typing_now = self.value.removeprefix(_SEAM.join(self.returned)).removeprefix(_SEAM)
        self.returned += tuple(typed.split("\n"))
        self.go_on_from(_SEAM.join([*self.returned, typing_now]))  # what is typed on is an entry of its own

    def go_on_from(self, text: str) -> None:
        """Put a text there, to be typed on from its end."""
        self.value = text
        self.cursor_position = len(self.value)

    def take(self, lines: list[str]) -> None:
        """Insert a short line; have anything else asked about."""
        if len(lines) > 1 or any(len(line) > _LONG for line in lines):
            self.post_message(self.Pasted(lines))
        else:
            super().take(lines)
