"""A document: rendered Markdown over the whole screen, such as the post-mortem or what a step says."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Markdown, Static

from warroom.console import clipboard
from warroom.console.dialogs import Choice, Menu
from warroom.console.key_line import KeyLine
from warroom.console.keyed import Keyed
from warroom.console.keys import Key, Place, keys_of
from warroom.console.pane import bindings
from warroom.console.rows import shown
from warroom.incident.text import printable_lines


class Reading(VerticalScroll, inherit_bindings=False):
    """Text that scrolls by the keys that move through lists elsewhere, at once."""

    BINDINGS = bindings("pane")

    def action_down(self) -> None:
        """One line down."""
        self.scroll_down(animate=False)

    def action_up(self) -> None:
        """One line up."""
        self.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """One page down."""
        self.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """One page up."""
        self.scroll_page_up(animate=False)

    def action_first(self) -> None:
        """To the beginning."""
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the end."""
        self.scroll_end(animate=False)


class Page(Keyed[str | None]):
    """Markdown to read, with a line of keys below. What comes of reading it, if anything, is its answer."""

    place: Place

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = shown(title)
        self._text = printable_lines(text)

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Static(self._title, markup=False, id="document-title")
        with Reading(id="document"):
            yield Markdown(self._text, parser_factory=parser, open_links=False)
        line = KeyLine(self.why_not, id="keys")
        line.keys = self.in_footer()
        yield line

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#document").focus()

    def in_footer(self) -> list[Key]:
        """What can be done with it, and the key that shows the others."""
        return [*keys_of(self.place), *(key for key in keys_of("anywhere") if key.id == "help")]

    # ── keys ───────────────────────────────────────────────────────────────────────────────────

    def places(self) -> list[Place]:
        """The page, and how to scroll through it."""
        return [self.place, "pane", *super().places()]

    def owner(self, place: Place) -> DOMNode:
        """The page, or what scrolls in it."""
        return self.query_one(Reading) if place == "pane" else super().owner(place)

    @property
    def _below(self) -> Keyed[Any] | None:
        """The place that it was opened from."""
        screens = self.app.screen_stack
        behind = screens[: screens.index(self)] if self in screens else []
        return next((s for s in reversed(behind) if isinstance(s, Keyed) and not s.is_modal), None)

    def acts(self) -> list[Key]:
        """What is to be done here; then what is to be done in the place below, for which it is closed."""
        own, below = self.keys_here(), self._below
        return [*own, *(key for key in below.acts() if key not in own)] if below else own

    def why_not(self, key: Key) -> str | None:
        """Why an act cannot be done now, here or below; None if it can."""
        if key.place in self.places() or self._below is None:
            return super().why_not(key)
        return self._below.why_not(key)

    async def run(self, key: Key) -> None:
        """Carry out an act, here or below."""
        below = self._below
        if key.place in self.places() or below is None:
            await super().run(key)
        else:
            self.dismiss(None)
            below.call_later(below.run, key)

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

    def why_not(self, key: Key) -> str | None:
        """It cannot be written where it is only to be read."""
        if key.id == "write-file" and self._write is None:
            return "This is only to be read."
        return super().why_not(key)

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

    def why_not(self, key: Key) -> str | None:
        """There may be no command in it."""
        return NO_COMMAND if key.id == "copy-code" and not self._commands else super().why_not(key)

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
