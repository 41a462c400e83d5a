"""The console: the Textual app around lobby and war room."""

import os
import signal
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from textual.screen import Screen

from warroom.assets import STYLES
from warroom.console.in_order import InOrder
from warroom.console.rows import shown
from warroom.console.themes import THEMES
from warroom.console.writer import Writer
from warroom.desk import Desk, Done
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.playbook import Playbook

T = TypeVar("T")


class Player(Protocol):
    """A drill that plays itself on a clock of its own."""

    def clock(self) -> datetime:
        """The drill's time."""
        ...

    def due(self, at: datetime) -> Sequence[Any]:
        """The acts whose time has come, each once, in order."""
        ...

    def carry_out(self, act: Any, desk: Desk) -> Done | Refused:
        """Do one of them."""
        ...


class Console(InOrder):
    """Lobby and war room over one front desk."""

    TITLE = "warroom"
    CSS_PATH = [STYLES / "console.tcss"]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, front: FrontDesk, number: str | None = None, player: Player | None = None) -> None:
        super().__init__()
        self.front = front
        self.writer = Writer()
        self._number = number
        self._player = player
        self._on_the_way = False
        for theme in THEMES:
            self.register_theme(theme)
        wanted = os.environ.get("WARROOM_THEME", "") or str(self.recall("theme") or "")
        self.theme = wanted if wanted in self.available_themes else "warroom-dark"

    def on_mount(self) -> None:
        """To the incident that was asked for, else to the lobby."""
        if self._number is None:
            self.push_screen(self._lobby())
        else:
            clock = self._player.clock if self._player else None
            self.push_screen(self._room(self.front.open(self._number, clock)))

    def _show(self, screen: Screen[Any]) -> None:
        # Not switch_screen: it leaves no screen at all for a moment, in which whatever asks for one fails.
        self.pop_screen()
        self.push_screen(screen)

    def _lobby(self) -> Screen[None]:
        from warroom.console.lobby import Lobby

        return Lobby()

    def _room(self, desk: Desk) -> Screen[None]:
        from warroom.console.war_room import WarRoom

        self.remember("open", desk.incident.number)
        room = WarRoom(desk)
        if self._player is not None:
            room.set_interval(0.2, partial(self._play, room, self._player))
            self._player = None
        return room

    def _play(self, room: Any, player: Player) -> None:
        for act in player.due(player.clock()):
            room.play(partial(player.carry_out, act))

    # ── from place to place ────────────────────────────────────────────────────────────────────

    def open(self, number: str) -> None:
        """Go to an incident."""
        self._go(partial(self.front.open, number))

    def _go(self, job: Callable[[], Desk | Refused]) -> None:
        self.fetch(job, self._entered, self._failed)

    def fetch(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Have something read that opens another place: what is typed meanwhile is meant for that."""
        self._on_the_way = True
        self.writer.submit(job, partial(self._arrived, done), partial(self._arrived, failed))

    def _arrived(self, then: Callable[[Any], None], what: Any) -> None:
        self._on_the_way = False
        then(what)

    def _entered(self, desk: Desk | Refused) -> None:
        if isinstance(desk, Refused):
            self.notify(shown(desk.reason), severity="warning", markup=False)
        else:
            self._show(self._room(desk))

    def is_on_the_way(self) -> bool:
        """Whether another place is about to open."""
        return self._on_the_way

    def to_lobby(self) -> None:
        """Go to the lobby."""
        self.remember("open", "")
        self._show(self._lobby())

    def declare(self) -> None:
        """Ask what is to be declared, and go there."""
        from warroom.console.lobby import Declaration

        loaded = self.front.playbook()

        def answered(answer: tuple[str, str, str] | None) -> None:
            if answer is not None:
                title, level, name = answer
                self._go(partial(self._declared, title, level, name))

        self.push_screen(Declaration(loaded.playbook, self.front.playbooks()), answered)

    def _declared(self, title: str, level: str, name: str) -> Desk | Refused:
        return self.front.declare(title, self.front.playbook(name).playbook, level=level, source=name)

    def drill(self) -> None:
        """Run the drill that ships with the console."""
        self._go(self._staged)

    def _staged(self) -> Desk | Refused:
        from warroom import drills

        player = drills.Player(drills.load(drills.find()))
        desk = player.declare(self.front)
        if isinstance(desk, Desk):
            self._player = player
        return desk

    def _failed(self, error: BaseException) -> None:
        self.notify(shown(str(error)), title="That did not work", severity="error", timeout=20, markup=False)

    # ── small things ───────────────────────────────────────────────────────────────────────────

    def more_commands(self) -> dict[str, Callable[[], None]]:
        """What the palette offers besides keys."""
        names = [theme.name for theme in THEMES]
        return {f"Theme: {name}": partial(self._dress, name) for name in names} | {"Quit": self.exit}

    def _dress(self, theme: str) -> None:
        self.theme = theme
        self.remember("theme", theme)

    def remember(self, key: str, value: Any) -> None:
        """Keep a small value, off the screen's thread."""
        self.writer.submit(partial(self.front.remember, key, value), lambda _: None, lambda _: None)

    def recall(self, key: str) -> Any:
        """What was kept."""
        return self.front.recall(key)

    def playbook_text(self, playbook: Playbook) -> str:
        """A playbook as Markdown."""
        return self.front.playbook_text(playbook)

    def on_unmount(self) -> None:
        """Finish what is being written."""
        self.writer.close()


def run(front: FrontDesk, number: str | None = None, *, player: Player | None = None) -> int:
    """Open the console and stay until it is left; the exit code."""
    # A terminal that is gone ends the console, even where it inherited that hang-ups are ignored.
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    console = Console(front, number, player)
    console.run()
    return console.return_code or 0
