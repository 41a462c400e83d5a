"""The composer: a status update, drafted from what is so, to be read, reworded, copied and published."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.events import Paste
from textual.widgets import Markdown, Static, TextArea

from warroom.console import clipboard
from warroom.console.document import Page, Reading, parser
from warroom.console.drafts import Draft
from warroom.console.key_line import KeyLine
from warroom.console.keys import Key
from warroom.console.pane import bindings
from warroom.incident.text import printable_lines


class Words(TextArea):
    """The text, while it is being written."""

    def on_mount(self) -> None:
        """Nothing blinks here."""
        self.cursor_blink = False

    async def _on_paste(self, event: Paste) -> None:
        event.text = printable_lines(event.text)
        await super()._on_paste(event)


class Composer(Page):
    """An update to an audience: read as it will look, or written. Nothing leaves this machine by itself."""

    BINDINGS = bindings("composer")
    place = "composer"

    def __init__(
        self,
        title: str,
        audience: str,
        fresh: str,
        *,
        name: str,
        publish: Callable[[str], None],
        write: Callable[[str], None],
    ) -> None:
        super().__init__(title, fresh)
        self._audience = audience
        self._fresh = self._text  # as drafted from the record
        self._other = ""  # what was put aside for it
        self._publish = publish
        self._write = write
        self._draft = Draft(self, name, self._own)

    def compose(self) -> ComposeResult:
        """Title, the text to read and to write, keys. What was written here before is gone on with."""
        self._text = printable_lines(str(self._draft.restore())) or self._fresh
        yield Static(self._title, markup=False, id="document-title")
        with Reading(id="document"):
            yield Markdown(_with_line_ends(self._text), parser_factory=parser, open_links=False)
        yield Words(id="words", compact=True)
        yield KeyLine(self.why_not, id="keys")

    def on_mount(self) -> None:
        """Say whose words these are, and what can be done with them."""
        super().on_mount()
        if self._text != self._fresh:
            self.notify("This is your draft from before.", timeout=5)
        self.query_one(KeyLine).keys = [self._named(key) for key in self.in_footer()]

    def _named(self, key: Key) -> Key:
        return key._replace(label=f"publish to {self._audience}") if key.id == "publish" else key

    def _own(self) -> str:
        """What a person wrote; "" while it is as drafted from the record."""
        text = self.query_one(Words).text if self.writing else self._text
        return "" if text == self._fresh else text

    @property
    def writing(self) -> bool:
        """Whether keys are text just now."""
        return self.has_class("-writing")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is being written, keys are text; only escape leads back."""
        return action == "leave_composer" or not self.writing

    def why_not(self, key: Key) -> str | None:
        """Before anything is written, there is nothing to put aside."""
        if key.id == "start-over" and self._text == self._fresh and not self._other:
            return "It is as drafted from the record."
        return super().why_not(key)

    def _read(self) -> None:
        """Show it as it will look."""
        self.remove_class("-writing")
        self.query_one(KeyLine).hint = ("", "")
        self.query_one(Markdown).update(_with_line_ends(self._text))
        self.set_focus(self.query_one("#document"))

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def action_write_words(self) -> None:
        """Reword it."""
        words = self.query_one(Words)
        words.load_text(self._text)
        self.add_class("-writing")
        said = f"Rewording the update to {self._audience}"
        self.query_one(KeyLine).hint = (said, "{leave-composer} reads it over")
        self.set_focus(words)

    def on_text_area_changed(self, _: TextArea.Changed) -> None:
        """Keep it as a draft."""
        if self.writing:
            self._draft.keep_soon()

    def action_leave_composer(self) -> None:
        """From writing to reading, from reading back to the war room."""
        if self.writing:
            self._text = printable_lines(self.query_one(Words).text)
            self._draft.keep()
            self._read()
        else:
            self.dismiss(None)

    def action_publish(self) -> None:
        """Log it as published."""
        self._draft.keep()
        self._publish(self._text)
        self.dismiss(None)

    def action_copy_update(self) -> None:
        """Copy it."""
        clipboard.copy(self, self._text, f"Copied, for {self._audience}.")

    def action_write_update(self) -> None:
        """Write it to a file."""
        self._write(self._text)

    def action_start_over(self) -> None:
        """What the record says, instead of what was written; and back."""
        if self._text != self._fresh:
            self._text, self._other = self._fresh, self._text
        else:
            self._text = self._other
        self._draft.keep()
        self._read()


def _with_line_ends(text: str) -> str:
    """Markdown in which a line's end is one, as in the chats and mails that an update goes to."""
    return "\n".join(f"{line}  " if line else "" for line in text.split("\n"))
