"""A seat at the console, as a test holds it: keys go in, what the screen says comes out."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast

from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from warroom.console.app import Console
from warroom.console.checklist import Checklist
from warroom.console.command_bar import CommandBar
from warroom.console.dialogs import Menu
from warroom.console.drill_line import DrillLine
from warroom.console.entry_line import EntryLine
from warroom.console.war_room import WarRoom
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident.events import AnyFact, Event
from warroom.incident.incident import Incident
from warroom.settings import Settings

T = TypeVar("T")
W = TypeVar("W", bound=Widget)

MONDAY = datetime(2026, 2, 2, 14, 23, tzinfo=UTC)
TITLE = "Production database is throwing errors"
WIDE, NARROW, TINY = (120, 40), (80, 24), (40, 12)

_NAMES = {
    " ": "space", "]": "right_square_bracket", "[": "left_square_bracket", "?": "question_mark",
    ":": "colon", ".": "full_stop", "!": "exclamation_mark", "+": "plus", "/": "slash",
}  # fmt: skip
_PATIENCE = 20.0  # seconds: far more than anything takes, so that only what never comes fails


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def step(self, **span: float) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


def ids() -> Callable[[], str]:
    """Ids that are alike in every run."""
    numbers = count(1)
    return lambda: f"00000000-0000-7000-8000-{next(numbers):012x}"


def front_desk(home: Path, clock: Clock, by: str = "maya") -> FrontDesk:
    """A front desk of its own, with nothing of this machine or moment in it."""
    return FrontDesk(home, by, clock=clock, ids=ids())


def declared(front: FrontDesk, title: str = TITLE, level: str = "", *, exercise: bool = False) -> Desk:
    """An incident, declared without the console."""
    desk = front.declare(title, front.playbook().playbook, level=level, exercise=exercise)
    assert isinstance(desk, Desk), desk
    return desk


class Seat:
    """Console, pilot and clock in one hand."""

    def __init__(self, console: Console, pilot: Pilot[None], clock: Clock) -> None:
        self.console = console
        self.pilot = pilot
        self.clock = clock

    # ── keys ───────────────────────────────────────────────────────────────────────────────────

    def burst(self, *keys: str) -> None:
        """Keys that all arrive before the first of them is looked at, as over a slow line."""
        for key in keys:
            name = _NAMES.get(key, key)
            character = key if len(key) == 1 else " " if key == "space" else None
            self.console.post_message(Key(name, character))

    async def press(self, *keys: str) -> None:
        """One key after the other, each after what the one before it did."""
        for key in keys:
            self.burst(key)
            await self.settled()

    async def types(self, text: str, *then: str) -> None:
        """A text and perhaps keys, in one go."""
        self.burst(*text, *then)
        await self.settled()

    async def note(self, text: str) -> None:
        """Log a line."""
        await self.press("n")
        await self.types(text, "enter")
        await self.press("escape")

    async def answer(self, text: str) -> None:
        """Replace what stands in the line of a dialog, and press enter."""
        await self.types("", "end", "ctrl+u", *text, "enter")

    async def at(self, item: str, *keys: str) -> None:
        """Put the checklist's cursor on an item, and press keys there."""
        await self.press("1")
        self.get(Checklist).show_item(item)
        await self.press(*keys)

    async def paste(self, text: str) -> None:
        """A bracketed paste."""
        self.console.post_message(Paste(text))
        await self.settled()

    async def settled(self) -> None:
        """Until all that was asked is on disk, and all that came of it is on the screen."""
        calm = 0
        async with asyncio.timeout(_PATIENCE):
            while calm < 2:
                await self.console.rest()
                moving = self.console.serving or self.console.writer.pending
                calm = 0 if moving else calm + 1
                if moving:
                    await asyncio.sleep(0.001)
        self.console.screen._on_timer_update()

    async def until(self, holds: Callable[[], T]) -> T:
        """Until something holds that another thread or a timer brings about."""
        async with asyncio.timeout(_PATIENCE):
            while not (found := holds()):
                await self.settled()
        return found

    async def tick(self, **span: float) -> None:
        """Let time pass, and the screen notice."""
        self.clock.step(**span)
        self.room.now = self.clock()
        await self.settled()

    # ── what is to be seen ─────────────────────────────────────────────────────────────────────

    def strips(self) -> list[Strip]:
        """What is painted, line by line."""
        return self.console.screen._compositor.render_strips()

    @property
    def text(self) -> str:
        """What a person reads on the screen."""
        return "\n".join(strip.text for strip in self.strips())

    def shows(self, *texts: str) -> bool:
        """Whether all of these are to be read, whatever borders stand between."""
        seen = squeezed(self.text)
        return all(squeezed(text) in seen for text in texts)

    def drill_asks(self) -> bool:
        """Whether all that a drill says can be read, with nothing over it."""
        line = self.get(DrillLine)
        said, progress = line.said
        painted = self.text.splitlines()[line.region.y : line.region.bottom]
        return squeezed(said) in squeezed("\n".join(painted).replace(f" {progress} ", " "))

    def pane(self, name: str) -> str:
        """What one pane shows, as if it had no line breaks."""
        widget = self.room.query_one(f"#{name}")
        return squeezed("\n".join(widget.render_line(y).text for y in range(widget.content_size.height)))

    @property
    def said(self) -> list[str]:
        """What was said in passing, the oldest first."""
        return [f"{toast.title}: {toast.message}" if toast.title else toast.message for toast in self._toasts]

    @property
    def _toasts(self) -> Iterator[Any]:
        return iter(self.console._notifications)

    def hear(self) -> None:
        """Take note of what was said so far."""
        self.console.clear_notifications()

    # ── where we are ───────────────────────────────────────────────────────────────────────────

    @property
    def room(self) -> WarRoom:
        """The war room, even under a dialog."""
        return next(screen for screen in self.console.screen_stack if isinstance(screen, WarRoom))

    @property
    def incident(self) -> Incident:
        """What is so."""
        return self.room.desk.incident

    @property
    def severity(self) -> str:
        """The level in force, "" for none."""
        return self.incident.severity or ""

    @property
    def place(self) -> str:
        """What kind of screen is on top."""
        return type(self.console.screen).__name__

    @property
    def focus(self) -> str:
        """The id of what has the keys."""
        focused = self.console.screen.focused
        return (focused.id or "") if focused is not None else ""

    @property
    def line(self) -> EntryLine:
        """The entry line."""
        return self.room.query_one(EntryLine)

    @property
    def saved(self) -> str:
        """What the command bar says about the disk."""
        return self.room.query_one(CommandBar).saved

    def get(self, kind: type[W]) -> W:
        """A widget of the war room."""
        return self.room.query_one(kind)

    @property
    def choices(self) -> list[str]:
        """What the open menu offers."""
        return [choice.text for choice in cast("Menu", self.console.screen)._choices]

    # ── what was recorded ──────────────────────────────────────────────────────────────────────

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, in the order in which it was entered."""
        return tuple(sorted(self.incident.timeline, key=lambda event: event.order))

    def facts(self, kind: type[T]) -> list[T]:
        """The facts of a kind that stand."""
        return [event.fact for event in self.events if isinstance(event.fact, kind)]

    @property
    def last(self) -> AnyFact:
        """The latest fact that was not a consequence of another."""
        return [event.fact for event in self.events if not getattr(event.fact, "linked", False)][-1]


@asynccontextmanager
async def seated(
    front: FrontDesk,
    clock: Clock,
    number: str | None = None,
    size: tuple[int, int] = WIDE,
    settings: Settings | None = None,
    *,
    wait: bool = True,
    toasts: bool = False,
) -> AsyncIterator[Seat]:
    """Open the console at an incident, or in the lobby, and wait until it is at rest."""
    console = Console(front, number, settings=settings)
    async with console.run_test(size=size, tooltips=False, notifications=toasts) as pilot:
        seat = Seat(console, pilot, clock)
        await (seat.settled() if wait else console.rest())
        yield seat


def squeezed(text: str) -> str:
    """A text without borders and line breaks."""
    return re.sub(r"[\s│┃╭╮╰╯─]+", " ", text)
