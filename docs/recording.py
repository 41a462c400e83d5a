"""Make the README's recording: a guided drill, typed into the real console, as one animated picture.

make pictures
"""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.widgets import Input

from warroom.console.app import Console
from warroom.console.drill_line import DrillLine
from warroom.console.themes import DEFAULT
from warroom.console.war_room import WarRoom
from warroom.front_desk import FrontDesk
from warroom.settings import Options, Settings

HERE = Path(__file__).parent
SIZE = (100, 30)
_CELL, _LINE, _FONT = 8.4, 17, 14

Row = tuple[Segment, ...]


class Frame(NamedTuple):
    """What the screen shows, and for how many seconds."""

    rows: tuple[Row, ...]
    seconds: float


class Recorder:
    """Takes frames of a console, on a clock that goes on with what is shown."""

    def __init__(self, home: Path) -> None:
        self._at = datetime(2026, 2, 2, 14, 23, tzinfo=UTC)
        front = FrontDesk(home, "maya", clock=lambda: self._at)
        self.console = Console(front, settings=Settings(home, home, "maya", Options(theme=DEFAULT)))
        self.frames: list[Frame] = []

    async def show(self, pilot: Pilot[None], seconds: float) -> None:
        """Show what is there for some seconds, and let them pass."""
        await self._rest(pilot)
        visible_screen_stack.set(self.console._background_screens)
        strips = self.console.screen._compositor.render_strips()
        self.frames.append(Frame(tuple(tuple(strip.simplify()) for strip in strips), seconds))
        self._at += timedelta(seconds=seconds)

    async def press(self, pilot: Pilot[None], *keys: str, seconds: float = 0.7) -> None:
        """Press keys, and show what each of them does."""
        for key in keys:
            await pilot.press(key)
            await self.show(pilot, seconds)

    async def type(self, pilot: Pilot[None], text: str) -> None:
        """Type a text, a few letters at a time."""
        for start in range(0, len(text), 4):
            await pilot.press(*("space" if sign == " " else sign for sign in text[start : start + 4]))
            await self.show(pilot, 0.2)

    async def wait(self, pilot: Pilot[None], seconds: float) -> None:
        """Let the drill go on, and read what it says."""
        while seconds > 0:
            await self.show(pilot, 0.5)
            seconds -= 0.5

    async def _rest(self, pilot: Pilot[None]) -> None:
        """Until nothing moves any more, whatever the machine's own clock says."""
        focused = self.console.screen.focused
        if isinstance(focused, Input):
            focused.cursor_blink = False
        for _ in range(4):
            for screen in self.console.screen_stack:
                if isinstance(screen, WarRoom):
                    screen.now = screen.desk.now()
                    screen.query_one(DrillLine).follow()
            while self.console.writer.pending or self.console.is_on_the_way():
                await pilot.pause()
            await pilot.pause()


async def record() -> list[Frame]:
    """The first minute of the built-in drill, as a newcomer would spend it."""
    with tempfile.TemporaryDirectory() as home:
        recorder = Recorder(Path(home))
        async with recorder.console.run_test(size=SIZE, tooltips=False) as pilot:
            await recorder.show(pilot, 2)
            await recorder.press(pilot, "x", seconds=1.5)
            await recorder.press(pilot, "1")
            await recorder.wait(pilot, 3)
            await recorder.press(pilot, "down", "space")
            await recorder.wait(pilot, 2)
            await recorder.press(pilot, "c")
            await recorder.type(pilot, "@maya")
            await recorder.press(pilot, "enter")
            await recorder.wait(pilot, 4)
            await recorder.press(pilot, "n")
            await recorder.type(pilot, "Database connection errors")
            await recorder.press(pilot, "enter", "escape")
            await recorder.wait(pilot, 3)
            await recorder.press(pilot, "d", "down", "enter", seconds=1)
            await recorder.wait(pilot, 3)
            await recorder.press(pilot, "right_square_bracket", seconds=2)
            await recorder.press(pilot, "y")
            await recorder.wait(pilot, 4)
        return recorder.frames


# ── as a picture ───────────────────────────────────────────────────────────────────────────────


class Picture:
    """Frames as one SVG: each row is drawn once, and every frame names the rows that it shows."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = _joined(frames)
        self._rows: dict[Row, int] = {}
        self._colours: dict[str, str] = {}
        last = [segment for row in self._frames[-1].rows for segment in row]
        grounds = [_colours(segment.style or Style())[1] for segment in last]
        self._ground = max(set(grounds), key=grounds.count)  # the colour behind most of it

    def svg(self) -> str:
        """The whole file."""
        width, height = SIZE[0] * _CELL, SIZE[1] * _LINE
        total = sum(frame.seconds for frame in self._frames)
        groups, rules, begun = [], [], 0.0
        for number, frame in enumerate(self._frames):
            uses = "".join(
                f'<use href="#r{self._number(row)}" y="{y * _LINE}"/>' for y, row in enumerate(frame.rows)
            )
            groups.append(f'<g id="f{number}">{uses}</g>')
            begin, end = 100 * begun / total, 100 * (begun + frame.seconds) / total
            rules.append(_visible(number, begin, end, total))
            begun += frame.seconds
        last = len(self._frames) - 1
        defs = "".join(f'<g id="r{number}">{self._drawn(row)}</g>' for row, number in self._rows.items())
        colours = "".join(f".{name}{{fill:{colour}}}" for colour, name in self._colours.items())
        style = (
            f"text{{font:{_FONT}px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}}"
            f".b{{font-weight:bold}}.u{{text-decoration:underline}}{colours}"
            f"g[id^=f]{{visibility:hidden}}{''.join(rules)}"
            "@media(prefers-reduced-motion:reduce){g[id^=f]{animation:none!important}"
            f"#f{last}{{visibility:visible}}}}"
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">'
            f"<title>The first minute of a guided drill</title><style>{style}</style><defs>{defs}</defs>"
            f'<rect width="100%" height="100%" rx="6" fill="{self._ground}"/>'
            f"{''.join(groups)}</svg>\n"
        )

    def _number(self, row: Row) -> int:
        return self._rows.setdefault(row, len(self._rows))

    def _drawn(self, row: Row) -> str:
        parts, texts, x = [], [], 0
        for text, style, _ in row:
            cells = cell_len(text)
            front, back = _colours(style or Style())
            left, across = f"{x * _CELL:.4g}", f"{cells * _CELL:.4g}"
            if back != self._ground:
                parts.append(
                    f'<rect x="{left}" width="{across}" height="{_LINE}" class="{self._class(back)}"/>'
                )
            if text.strip():
                marks = f"{' b' if style and style.bold else ''}{' u' if style and style.underline else ''}"
                texts.append(
                    f'<text x="{left}" y="{_FONT - 1}" textLength="{across}" '
                    f'class="{self._class(front)}{marks}">{_kept(text)}</text>'
                )
            x += cells
        return "".join((*parts, *texts))

    def _class(self, colour: str) -> str:
        return self._colours.setdefault(colour, f"c{len(self._colours)}")


def _kept(text: str) -> str:
    """A text whose spaces are kept."""
    return escape(text).replace(" ", "\u00a0")


def _joined(frames: Sequence[Frame]) -> list[Frame]:
    """Frames in a row that look alike as one."""
    found: list[Frame] = []
    for frame in frames:
        if found and found[-1].rows == frame.rows:
            found[-1] = found[-1]._replace(seconds=found[-1].seconds + frame.seconds)
        else:
            found.append(frame)
    return found


def _colours(style: Style) -> tuple[str, str]:
    """What is in front and what is behind, as the web writes colours."""
    front, back = (_hex(style.color, True), _hex(style.bgcolor, False))
    if style.reverse:
        front, back = back, front
    return front, back


def _hex(colour: Color | None, in_front: bool) -> str:
    return (colour or Color.default()).get_truecolor(DEFAULT_TERMINAL_THEME, in_front).hex


def _visible(number: int, begin: float, end: float, total: float) -> str:
    hidden = "" if not begin else "0%{visibility:hidden}"
    after = "" if end >= 100 else f"{end:.5g}%{{visibility:hidden}}"
    frames = f"{hidden}{begin:.5g}%{{visibility:visible}}{after}"
    last = "" if after else "100%{visibility:visible}"
    steps = f"@keyframes k{number}{{{frames}{last}}}"
    return f"{steps}#f{number}{{animation:k{number} {total:g}s step-end infinite}}"


async def taken() -> str:
    """The recording as SVG."""
    return Picture(await record()).svg()
