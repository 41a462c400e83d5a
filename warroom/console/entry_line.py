"""The entry line: one typed line is one fact; what it will be is said while it is typed."""

from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from warroom.console.rows import shown
from warroom.incident.text import printable_lines

_LONG = 2000  # characters beyond which a pasted line is asked about instead of typed


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

    def validate_value(self, value: str) -> str:
        """Whatever it comes from, keys, paste or a file, a line holds nothing that acts on a terminal."""
        return shown(value)

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

    class Pasted(Message):
        """Several lines, or a very long one, were pasted."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    async def action_submit(self) -> None:
        """Hand the text over and start afresh, before the next key is looked at."""
        text, self.value = self.value, ""
        if text.strip():
            self.post_message(self.Finished(self, text))

    def take(self, lines: list[str]) -> None:
        """Insert a short line; have anything else asked about."""
        if len(lines) > 1 or any(len(line) > _LONG for line in lines):
            self.post_message(self.Pasted(lines))
        else:
            super().take(lines)
