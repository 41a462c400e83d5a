"""A document: rendered Markdown over the whole screen, such as the post-mortem or what a step says."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Markdown, Static

from warroom.console import clipboard
from warroom.console.dialogs import Choice, Menu
from warroom.console.key_line import KeyLine
from warroom.console.keys import Key, Place, keys_of
from warroom.console.pane import bindings
from warroom.console.rows import shown
from warroom.incident.text import printable_lines


class Page(Screen[str | None]):
    """Markdown to read, with a line of keys below. What comes of reading it, if anything, is its answer."""

    place: Place

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = shown(title)
        self._text = printable_lines(text)

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Static(self._title, markup=False, id="document-title")
        with VerticalScroll(id="document"):
            yield Markdown(self._text, parser_factory=parser, open_links=False)
        line = KeyLine(self._why_not, id="keys")
        line.keys = keys_of(self.place)
        yield line

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#document").focus()

    def _why_not(self, key: Key) -> str | None:
        return None

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Copy a link's address. What would open it, the terminal knows better, and it can read it here."""
        clipboard.copy(self, event.href, f"Copied: {shown(event.href)}")

    def _copy_all(self) -> None:
        clipboard.copy(self, self._text, "Copied as Markdown.")


class Document(Page):
    """A text to read, copy and write to a file."""

    BINDINGS = bindings("document")
    place = "document"

    def __init__(self, title: str, text: str, write: Callable[[], None] | None = None) -> None:
        super().__init__(title, text)
        self._write = write

    def _why_not(self, key: Key) -> str | None:
        return "This is only to be read." if key.id == "write-file" and self._write is None else None

    def action_write_file(self) -> None:
        """Write it to a file."""
        if self._write is not None:
            self._write()

    def action_copy_document(self) -> None:
        """Copy it as Markdown."""
        self._copy_all()

    def action_close_document(self) -> None:
        """Back to where it was opened."""
        self.dismiss(None)


class Detail(Page):
    """What stands in a phase, a step or an action. Its commands are copied, never run."""

    BINDINGS = bindings("detail")
    place = "detail"

    def __init__(self, title: str, text: str, commands: Sequence[str] = ()) -> None:
        super().__init__(title, text)
        self._commands = commands

    def _why_not(self, key: Key) -> str | None:
        return NO_COMMAND if key.id == "copy-code" and not self._commands else None

    def action_copy_code(self) -> None:
        """Copy its command, or ask which."""
        copy_command(self, self._commands)

    def action_copy_detail(self) -> None:
        """Copy it as Markdown."""
        self._copy_all()

    def action_close_detail(self) -> None:
        """Back to the checklist."""
        self.dismiss(None)


NO_COMMAND = "No command stands here."


def copy_command(screen: Screen[Any], commands: Sequence[str]) -> None:
    """Copy the only command, or the one that is chosen of several."""

    def copy(chosen: str | None) -> None:
        if chosen is None:
            return
        command = commands[int(chosen)]
        clipboard.copy(screen, command, f"Copied: {shown(_in_short(command))}")

    if len(commands) > 1:
        choices = [
            Choice(str(i), _in_short(command), str(i + 1) if i < 9 else "")
            for i, command in enumerate(commands)
        ]
        screen.app.push_screen(Menu("Copy which command?", choices), copy)
    elif commands:
        copy("0")
    else:
        screen.notify(NO_COMMAND, severity="warning", timeout=3)


def _in_short(command: str) -> str:
    first, *more = command.strip().split("\n")
    return f"{first} … {len(more) + 1} lines" if more else first


def parser() -> MarkdownIt:
    """The parser that the widget would use, with the address of a link behind its words."""
    parser = MarkdownIt("gfm-like")
    parser.core.ruler.push("addresses", _show_addresses)
    return parser


def _show_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(_with_addresses(token.children))


def _with_addresses(tokens: Sequence[Token]) -> Iterator[Token]:
    href = ""
    for token in tokens:
        yield token
        if token.type == "link_open":  # "auto": the words are the address
            href = "" if token.info == "auto" else str(token.attrs.get("href", ""))
        elif token.type == "link_close" and href and not href.startswith("#"):
            yield Token("text", "", 0, content=f" ({href})")
