"""The last line: the keys that act here now, those that cannot greyed; or what a line being typed will be.

A click on a key presses it, or says why it cannot act.
"""

from collections.abc import Callable, Sequence
from functools import partial

from rich.cells import cell_len
from textual.events import Click
from textual.reactive import reactive
from textual.strip import Strip

from warroom.console.hint import parts
from warroom.console.keys import Key
from warroom.console.pane import Drawn
from warroom.console.rows import Span, clipped

Part = tuple[Span, Callable[[], object] | None]  # what it reads, and what a click on it does

# kept however narrow the screen is
ALWAYS = ("palette", "help", "leave", "leave-composer")


class KeyLine(Drawn):
    """Keys and labels of the registry's footer entries, as many as fit."""

    keys: reactive[Sequence[Key]] = reactive((), always_update=True)
    # Shown instead of keys: what is typed will be, and at the right what to press.
    hint: reactive[tuple[str, str]] = reactive(("", ""))

    def __init__(self, why_not: Callable[[Key], str | None], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._why_not = why_not

    def render_line(self, y: int) -> Strip:
        """The line."""
        return self.strip(() if y else tuple(span for span, _ in self._parts()), self.size.width)

    def on_click(self, event: Click) -> None:
        """The key that was clicked is pressed, once, in its turn after those before it."""
        end = 0
        for (text, _), press in self._parts():
            end += cell_len(text)
            if event.x < end:
                if press is not None and event.chain == 1:
                    press()
                return

    def _parts(self) -> list[Part]:
        """What the line reads, and what a click on each part of it does."""
        width = self.size.width
        text, press = self.hint
        return self._hint(text, self.keymap.said(press), width) if text or press else self._keys(width)

    def _hint(self, text: str, press: str, width: int) -> list[Part]:
        said = clipped(text, max(width - len(press) - 3, 8))
        gap = max(width - cell_len(said) - len(press) - 2, 1)
        spans: list[Part] = [((f" {said}", "accent"), None), ((" " * gap, ""), None)]
        for words, key in parts(press):
            spans.append(((words, "dim"), partial(self.console.press, key) if key else None))
        return spans

    def _keys(self, width: int) -> list[Part]:
        keys = [key for each in self.keys if (key := self.keymap[each.id]._replace(label=each.label)).key]
        kept = [key for key in keys if key.id in ALWAYS]
        room = width - 1 - sum(len(key.shown) + len(key.label) + 3 for key in kept)
        spans: list[Part] = [((" ", ""), None)]
        for key in (*(key for key in keys if key.id not in ALWAYS), *kept):
            size = len(key.shown) + len(key.label) + 3
            if key.id not in ALWAYS:
                if size > room:
                    continue
                room -= size
            off = self._why_not(key) is not None
            press = partial(self.console.press, key.key.split(",")[0])  # where it is greyed, that says why
            spans += [
                ((key.shown, "dim" if off else "strong accent"), press),
                ((f" {key.label}", "dim" if off else ""), press),
                (("  ", ""), None),
            ]
        return spans
