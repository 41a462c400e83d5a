"""A document: rendered Markdown over the whole screen, such as the post-mortem."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Markdown, Static

from warroom.console.key_line import KeyLine
from warroom.console.keys import Key, keys_of
from warroom.console.pane import bindings
from warroom.console.rows import shown
from warroom.incident.text import printable_lines


class Document(Screen[None]):
    """Markdown to read, copy and write to a file."""

    BINDINGS = bindings("document")

    def __init__(self, title: str, text: str, write: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._title = shown(title)
        self._text = printable_lines(text)  # a file may have been written by anybody
        self._write = write

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Static(self._title, markup=False, id="document-title")
        with VerticalScroll(id="document"):
            yield Markdown(self._text, open_links=False)
        line = KeyLine(self._why_not, id="keys")
        line.keys = keys_of("document")
        yield line

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#document").focus()

    def _why_not(self, key: Key) -> str | None:
        return "This is only to be read." if key.id == "write-file" and self._write is None else None

    def action_write_file(self) -> None:
        """Write it to a file."""
        if self._write is not None:
            self._write()

    def action_copy_document(self) -> None:
        """Copy it as Markdown."""
        self.app.copy_to_clipboard(self._text)
        self.notify("Copied as Markdown.", timeout=3)

    def action_close_document(self) -> None:
        """Back to where it was opened."""
        self.dismiss(None)
