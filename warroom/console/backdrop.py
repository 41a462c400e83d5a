"""Behind a dialog: the place where one is, dimmed, but for the lines that must be read meanwhile."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen

T = TypeVar("T")

_CLEAR = Color(0, 0, 0, 0)
_DIM = Style(dim=True)


class Above(ModalScreen[T]):
    """A screen over the place where it arose.

    What that place has at its very top stays as bright as it was: the clock runs on and things fall due
    while one answers.
    """

    def render(self) -> RenderableType:
        """The place behind."""
        behind = super().render()
        if not isinstance(behind, BackgroundScreen):
            return behind
        return _Backdrop(behind.screen, behind.color, self._place())

    def _place(self) -> int:
        """How many lines stay bright."""
        place = next(screen for screen in reversed(self.app.screen_stack) if not isinstance(screen, Above))
        return max((bar.region.bottom for bar in place.children if bar.styles.dock == "top"), default=0)


class _Backdrop(BackgroundScreen):
    """A screen, dimmed below its first lines: by a colour, or where none is mixed by the terminal itself."""

    def __init__(self, screen: Screen[object], color: Color, bright: int) -> None:
        super().__init__(screen, color)
        self._bright = bright

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The screen's lines."""
        lines = iter(Segment.split_lines(console.render(self.screen._compositor, options)))
        for line in islice(lines, self._bright):
            yield from self.process_segments(line, _CLEAR)
            yield Segment.line()
        for line in lines:
            yield from self.process_segments(line, self.color) if self.color.a else _dimmed(line)
            yield Segment.line()


def _dimmed(line: Iterable[Segment]) -> Iterable[Segment]:
    return Segment.apply_style(BackgroundScreen.process_segments(line, _CLEAR), post_style=_DIM)
