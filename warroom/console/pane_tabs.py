"""The row of pane names that a narrow screen shows instead of the panes; in brief where it is low too."""

from collections.abc import Sequence

from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from warroom.console.pane import Drawn
from warroom.console.rows import Span

_NAMES = {
    "checklist": "Checklist",
    "timeline": "Timeline",
    "decisions": "Decide",
    "action-items": "Actions",
    "team": "Team",
    "impact": "Impact",
}


class PaneTabs(Drawn):
    """Names with the keys that reach them."""

    current: reactive[str] = reactive("", layout=True)

    class Chosen(Message):
        """A name was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, panes: Sequence[str], *, brief: bool = False, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._panes = panes
        self._brief = brief  # only the current one's name

    def _spans(self) -> list[tuple[str, Span]]:
        narrow = self.size.width < 64
        spans = []
        for number, name in enumerate(self._panes, 1):
            label = _NAMES[name][:4] if narrow and not self._brief else _NAMES[name]
            key = self.keymap[f"pane-{number}"].shown
            brief = bool(key) and self._brief and name != self.current
            said = f" {key}" if brief else f" {key} {label} " if key else f" {label} "
            spans.append((name, (said, "strong accent" if name == self.current else "dim")))
        return spans

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the names are."""
        return sum(len(text) for _, (text, _) in self._spans())

    def render_line(self, y: int) -> Strip:
        """The line."""
        return self.strip(tuple(span for _, span in self._spans()) if not y else (), self.size.width)

    def on_click(self, event: Click) -> None:
        """Go to the pane whose name was clicked."""
        x = 0
        for name, (text, _) in self._spans():
            x += len(text)
            if event.x < x:
                self.post_message(self.Chosen(name))
                return
