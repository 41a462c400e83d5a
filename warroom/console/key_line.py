"""The last line: the keys that act here now, those that cannot greyed; or what a line being typed will be."""

from collections.abc import Callable, Sequence

from textual.reactive import reactive
from textual.strip import Strip

from warroom.console.keys import Key
from warroom.console.pane import Drawn
from warroom.console.rows import Line, Span, clipped

# kept however narrow the screen is
ALWAYS = ("palette", "help", "leave", "leave-composer")


class KeyLine(Drawn):
    """Keys and labels of the registry's footer entries, as many as fit."""

    keys: reactive[Sequence[Key]] = reactive((), always_update=True)
    hint: reactive[tuple[str, str]] = reactive(
        ("", "")
    )  # shown instead of keys: text and, at the right, what to press

    def __init__(self, why_not: Callable[[Key], str | None], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._why_not = why_not

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y:
            return self.strip((), width)
        text, press = self.hint
        if text or press:
            room = max(width - len(press) - 3, 8)
            said = clipped(text, room)
            gap = max(width - len(said) - len(press) - 2, 1)
            return self.strip(((f" {said}", "accent"), (" " * gap, ""), (press, "dim")), width)
        return self.strip(self._line(width), width)

    def _line(self, width: int) -> Line:
        keys = [key for each in self.keys if (key := self.keymap[each.id]._replace(label=each.label)).key]
        kept = [key for key in keys if key.id in ALWAYS]
        room = width - 1 - sum(len(key.shown) + len(key.label) + 3 for key in kept)
        spans: list[Span] = [(" ", "")]
        for key in (*(key for key in keys if key.id not in ALWAYS), *kept):
            size = len(key.shown) + len(key.label) + 3
            if key.id not in ALWAYS:
                if size > room:
                    continue
                room -= size
            off = self._why_not(key) is not None
            spans += [
                (key.shown, "dim" if off else "strong accent"),
                (f" {key.label}  ", "dim" if off else ""),
            ]
        return tuple(spans)
