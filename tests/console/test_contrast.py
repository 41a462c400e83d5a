"""Contrast as it is painted: every text on every screen can be read, in every theme that ships.

The Web Content Accessibility Guidelines ask 4.5:1 of text (AA) and 7:1 for more (AAA). They ask nothing of
what is no text (borders, bars of a sparkline), nor of what cannot be used now: the place behind a dialog.
What is merely greyed, such as a key that does nothing now, says why and is held to the same as the rest.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from rich.segment import Segment
from textual.geometry import Region

from tests.console.seat import MONDAY, Clock, Seat, declared, seated
from warroom.console.action_items import ActionItems
from warroom.console.backdrop import Above
from warroom.console.contrast import contrast
from warroom.console.document import Document
from warroom.console.pane import Pane
from warroom.console.paned import PANES
from warroom.console.themes import PALETTES, SIXTEEN
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident.commands import Refused
from warroom.incident.events import Noted
from warroom.settings import Options, Settings

# The terminal's own palette is whatever its owner made of it; there is nothing to measure.
THEMES = pytest.mark.parametrize("theme", [name for name in PALETTES if name != SIXTEEN])
_NO_TEXT = re.compile(r"[\s\u2500-\u259f]+")  # lines, corners, bars

_TOP = Region(0, 0, 1000, 2)  # the command bar, which is read while one answers

Pair = tuple[str, str]


def needed(theme: str) -> float:
    """What a theme promises."""
    return 7.0 if theme == "warroom-high-contrast" else 4.5


def pairs(seat: Seat) -> Iterator[tuple[Pair, str]]:
    """The colours of every text that is on the screen, and the text."""
    screen = seat.console.screen
    whole = [Region(0, 0, *screen.size)]
    asking = isinstance(screen, Above)
    regions = [_TOP, *(box.region for box in screen.query(".dialog, Toast"))] if asking else whole
    for y, strip in enumerate(seat.strips()):
        x = 0
        for segment in strip:
            text = _NO_TEXT.sub(" ", segment.text).strip()
            if text and any(region.contains(x, y) for region in regions):
                yield colours(segment), text
            x += segment.cell_length


def colours(segment: Segment) -> Pair:
    """What a segment is written in, and on."""
    style = segment.style
    assert style is not None, segment
    assert style.color is not None, segment
    assert style.bgcolor is not None, segment
    assert not style.dim, f"{segment.text!r} leaves it to the terminal how dark it is"
    ink, ground = (style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex)
    return (ground, ink) if style.reverse else (ink, ground)


class Measured:
    """What was painted so far that cannot be read."""

    def __init__(self, seat: Seat, theme: str) -> None:
        self.seat = seat
        self.count = 0
        self.failing: dict[Pair, str] = {}
        self._needed = needed(theme)

    def look(self, place: str) -> None:
        """Measure what is on the screen now."""
        for (ink, ground), text in pairs(self.seat):
            self.count += 1
            found = contrast(ink, ground)
            if found < self._needed:
                self.failing.setdefault((ink, ground), f"{found:.2f} at {place}: {text[:40]!r}")

    async def at(self, *keys: str, leave: Iterable[str] = ("escape",)) -> None:
        """Press keys, measure, and come back."""
        await self.seat.press(*keys)
        self.look(" ".join(keys))
        await self.seat.press(*leave)


_MARKDOWN = """# One

## Two

### Three

#### and four

A word is **strong**, *weak* or ~~struck~~, is said in `code`, or is [a link](https://example.com).

* one of these
  * below it
1. or one
2. of those

- [ ] to be done

> Somebody else said so.

| a table | has |
|---|---|
| two | rows |

```sh
echo "five" | sort  # and a comment
```

---
"""

_COURSE: tuple[tuple[Any, ...], ...] = (
    (0, commands.assign_role, "maya", "Incident Commander"),
    (1, commands.tick, "1.1.2"),
    (1, commands.skip, "1.1.4", "no time"),
    (2, commands.set_severity, "SEV1"),
    (2, commands.note, "Error rate 45 % of requests"),
    (2, commands.note, "Nothing in the logs"),
    (3, commands.page, "oncall-db"),
    (4, commands.join, "oncall-db"),
    (5, commands.page, "network-lead"),
    (5, commands.join, "bob"),
    (6, commands.release, "bob"),
    (7, commands.assign, "oncall-db", "look at the connection pool", timedelta(minutes=10)),
    (7, commands.assign, "maya", "check web latency", timedelta(hours=2)),
    (8, commands.start_mitigation, "Scale", "", "connection pool 100 → 200"),
    (9, commands.assess, "ineffective"),
    (9, commands.start_mitigation, "Rollback"),
    (9, commands.escalate, "Engineering Manager", "> 30 min unmitigated"),
    (9, commands.decide, "Fail over to the replica"),
    (9, commands.offer_command, "carol"),
    (10, commands.open_action_item, "Add pool monitoring", "sre", date(2026, 1, 30)),
    (10, commands.open_action_item, "Tell the vendor", "bob", date(2026, 3, 2)),
    (10, commands.open_action_item, "Write the runbook", "bob"),
    (10, commands.open_action_item, "Buy a larger database"),
    (11, commands.enter_phase, 2, "too much is on fire"),
)  # fmt: skip


def with_everything(front: FrontDesk, clock: Clock) -> Desk:
    """An incident in which everything has happened that is drawn in a way of its own."""
    desk = declared(front)
    for minute, command, *said in _COURSE:
        clock.at = MONDAY + timedelta(minutes=minute)
        outcome = desk.do(command, *said)
        assert not isinstance(outcome, Refused), (command, outcome.reason)
    struck, pinned = (event.id for event in desk.incident.timeline if isinstance(event.fact, Noted))
    desk.do(commands.strike, struck)
    desk.do(commands.toggle_pinned, pinned)
    done, dropped = (item.id for item in desk.incident.action_items[2:])
    desk.do(commands.finish_action_item, done)
    desk.do(commands.drop_action_item, dropped)
    clock.step(minutes=45)
    return desk


def dressed(front: FrontDesk, theme: str) -> Settings:
    """The settings of somebody who chose a theme."""
    return Settings(front.home, front.home / "config", "maya", Options(theme=theme))


async def test_what_cannot_be_read_is_found(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    folder = front.home / "config" / "themes"
    folder.mkdir(parents=True)
    (folder / "faint.toml").write_text('muted = "#444455"\n')
    async with seated(front, clock, desk.incident.number, settings=dressed(front, "faint")) as seat:
        measured = Measured(seat, "faint")
        measured.look("the war room")
        assert {ink for ink, _ in measured.failing} == {"#444455"}


@THEMES
async def test_every_text_of_the_war_room(front: FrontDesk, clock: Clock, theme: str) -> None:
    """Every row of every pane, with and without the cursor on it."""
    desk = with_everything(front, clock)
    async with seated(front, clock, desk.incident.number, settings=dressed(front, theme)) as seat:
        measured = Measured(seat, theme)
        assert seat.get(ActionItems).count() == 4
        for number, name in enumerate(PANES, 1):
            await seat.press(str(number))
            pane = seat.room.query_one(f"#{name}", Pane)
            for row in range(pane.count()):
                pane.go_to(row)
                measured.look(f"{name} {row}")
        for tab in "dmeb":
            await measured.at(tab)
        await measured.at("n", *"@on")
        await measured.at("apostrophe")
        assert measured.failing == {}
        assert measured.count > 2000


@THEMES
async def test_every_text_of_dialogs_and_documents(front: FrontDesk, clock: Clock, theme: str) -> None:
    desk = with_everything(front, clock)
    async with seated(front, clock, desk.incident.number, settings=dressed(front, theme)) as seat:
        measured = Measured(seat, theme)
        for keys in ("]", "?", ":", "a", "S", "o", ".", "B", "i", "C", "D", "u", "F"):
            await measured.at(keys)
        await measured.at("i", "tab", "shift+tab", "shift+home")
        await measured.at("u", "i")
        await measured.at("u", "x", "e", leave=("escape", "escape"))
        seat.console.push_screen(Document("Everything that Markdown has", _MARKDOWN))
        await seat.settled()
        measured.look("a document")
        assert seat.shows("is said in `code`".replace("`", ""), "or one", "and four", "five")
        assert measured.failing == {}


@THEMES
async def test_every_text_of_the_lobby(front: FrontDesk, clock: Clock, theme: str) -> None:
    async with seated(front, clock, settings=dressed(front, theme), toasts=True) as seat:
        measured = Measured(seat, theme)
        measured.look("an empty lobby")
        await measured.at("n", *"Checkout")
        declared(front, "Checkout is down", "SEV1")
        declared(front, "Game day", "SEV2", exercise=True)
        declared(front, "Nobody knows yet")
        old = declared(front, "Mail is slow", "SEV4")
        old.do(commands.close, "resolved")
        await seat.press("e")
        for key in ("down", "down", "down"):
            await measured.at(key, leave=())
        await measured.at("/", *"checkout")
        await measured.at("x")
        for severity in ("information", "warning", "error"):
            seat.console.notify("what happened", title="A word", severity=severity)
        await seat.until(lambda: seat.text.count("A word") == 3)
        measured.look("toasts")
        assert measured.failing == {}


@pytest.mark.parametrize("theme", ["warroom-dark", SIXTEEN])
async def test_the_clock_above_a_dialog_runs_on_as_bright_as_ever(
    front: FrontDesk, clock: Clock, theme: str
) -> None:
    """Also where the terminal's own colours are not mixed, and the rest is dimmed by the terminal itself."""
    desk = with_everything(front, clock)
    async with seated(front, clock, desk.incident.number, settings=dressed(front, theme)) as seat:
        before = [list(strip) for strip in seat.strips()]
        await seat.press("a")
        assert [list(strip) for strip in seat.strips()[:2]] == before[:2]
        assert list(seat.strips()[3]) != before[3]
        await seat.tick(minutes=1)
        await seat.until(lambda: "00:57:00" in seat.strips()[1].text)
