"""The console: the Textual app around lobby and war room."""

import gc
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event, InputEvent, Paste
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input, TextArea

from warroom.assets import STYLES
from warroom.console.ascii_only import Plainer, in_ascii, in_few_signs
from warroom.console.attention import Attention
from warroom.console.drill_line import Player
from warroom.console.in_order import InOrder
from warroom.console.keyboard import Keyboard
from warroom.console.keyed import Keyed
from warroom.console.keys import ACTS
from warroom.console.pane import bindings
from warroom.console.remap import remapped
from warroom.console.roster import RosterFile
from warroom.console.rows import shown
from warroom.console.terminal import mouse, signs, utf8
from warroom.console.themes import wardrobe
from warroom.console.writer import Writer
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.playbook import Playbook
from warroom.incident.text import printable_lines
from warroom.settings import Settings
from warroom.settings import settings as settings_of
from warroom.settings.options import zone

_MANY = 1 << 24  # colours
_PROBLEMS = 4  # of the settings, that are said at once
_A_SLOW_DISK = 0.25  # seconds after which keys no longer wait for what those before them asked for

T = TypeVar("T")


class Console(InOrder, inherit_bindings=False):
    """Lobby and war room over one front desk."""

    TITLE = "warroom"
    CSS_PATH = [STYLES / "console.tcss"]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-usual"), (160, "-wide")]  # noqa: RUF012

    BINDINGS = bindings("app")

    def __init__(
        self,
        front: FrontDesk,
        number: str | None = None,
        player: Player | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.front = front
        self.settings = settings or settings_of(str(front.home))
        self.keymap = remapped(self.settings)
        self.set_keymap(self.keymap.changed)
        self.roster = RosterFile(self.settings.roster, self._say_roster)
        self.writer = Writer()
        self.touched_at = monotonic()  # when the last key came
        self.attention = Attention(self)
        self._number = number
        # Those of the drills whose rooms are about to open.
        self._players: dict[str, Player] = {number: player} if number and player else {}
        self._on_the_way = False
        self._disk_hangs = False
        self._signs = () if signs().can else (Plainer(in_few_signs if utf8().can else in_ascii),)
        if self.settings.options.reduced_motion:
            self.animation_level = "none"
        self._wardrobe = wardrobe(self.settings)
        for theme in self._wardrobe.themes:
            self.register_theme(theme)
        wanted = (self.settings.options.theme, str(self.recall("theme") or ""))
        self.theme = self._wardrobe.choose(wanted, self._colours)

    def get_driver_class(self) -> type[Driver]:
        """What listens to the terminal."""
        driver = super().get_driver_class()
        return Keyboard if driver is LinuxDriver else driver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through before it is painted."""
        return [*super().get_line_filters(), *self._signs]

    async def on_event(self, event: Event) -> None:
        """Take note that somebody is here."""
        if isinstance(event, InputEvent | Paste):
            self.touched_at = monotonic()
        await super().on_event(event)

    def on_mount(self) -> None:
        """To the incident that was asked for, else to the lobby."""
        self.watch(self, "app_focus", self.attention.focus_changed, init=False)
        self.app_suspend_signal.subscribe(self, lambda _: self.attention.leave(), immediate=True)
        if self._number is None:
            self.push_screen(self._lobby())
        else:
            self.push_screen(self._room(self._opened(self._number)))
        self.call_after_refresh(self._say_problems)
        self.writer.submit(self.front.is_far_away, self._say_far_away, lambda _: None)

    def on_ready(self) -> None:
        """The first screen stands: garbage is collected from now on, and not looked for in what stands."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def _say_problems(self) -> None:
        """What is wrong with the settings, in one go; everything else is in force."""
        problems = sorted([*self.settings.problems, *self.keymap.problems, *self._wardrobe.problems])
        if problems:
            first = [
                str(problem).removeprefix(f"{self.settings.config}/") for problem in problems[:_PROBLEMS]
            ]
            said = "\n".join([*first, "All of it is said by: warroom config check"])
            self._warn("Settings", said)
        asked, there = self.settings.options.theme, self._wardrobe
        if asked in there.fitting(_MANY) and asked not in there.fitting(self._colours):
            said = f"{asked} needs more than 16 colours; this terminal is shown in its own."
            self._warn("Theme", f"{said}\nIf it has more, COLORTERM=truecolor says so.")

    def _say_roster(self, what: str) -> None:
        self._warn("Roster", shown(what))

    def _warn(self, title: str, said: str) -> None:
        """Say what is wrong around the console, for as long as it takes to read."""
        self.notify(said, title=title, severity="warning", timeout=20, markup=False)

    @property
    def zone(self) -> tzinfo | None:
        """The time zone shown beside UTC; None is this machine's own."""
        name = self.settings.options.time_zone
        return zone(name) if name else None

    def _say_far_away(self, far: bool) -> None:
        if far:
            said = "Locks and syncs promise less there; keep incidents on a local disk if you can."
            self._warn("Network filesystem", f"{shown(str(self.front.home))}\n{said}")

    @property
    def _colours(self) -> int:
        """How many colours the terminal has; one that does not say gets all of them."""
        return 16 if self.console.color_system == "standard" else _MANY

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
        return WarRoom(desk, self._players.pop(desk.incident.number, None))

    def _opened(self, number: str) -> Desk:
        desk = self.front.open(number, early=True)
        player = self._player(desk) if desk.incident.exercise else None
        if player is None:
            return desk
        desk.close()
        self._players[desk.incident.number] = player
        return self.front.open(number, player.clock, early=True)

    def _player(self, desk: Desk) -> Player | None:
        """The drill of an exercise: the one that was begun just now, else where it was left."""
        from warroom import drills

        number = desk.incident.number
        try:
            return self._players.get(number) or drills.go_on(
                self.front, number, (self.settings.drills,), self.front.now
            )
        except drills.DrillError as wrong:  # the record is there all the same
            self.call_later(self._warn, "Drill", shown(str(wrong)))
            return None

    # ── from place to place ────────────────────────────────────────────────────────────────────

    def open(self, number: str) -> None:
        """Go to an incident."""
        self._go(partial(self._opened, number))

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

    def leave(self) -> None:
        """End the console; what is being typed is kept."""
        from warroom.console.war_room import WarRoom

        for screen in self.screen_stack:
            if isinstance(screen, WarRoom):
                screen.keep_drafts()
        self.exit()

    async def action_quit(self) -> None:
        """Quit at once."""
        self.leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A text copies what is selected in it by itself."""
        return action != "copy_selected" or not isinstance(self.screen.focused, Input | TextArea)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Carry out an act; one that cannot be carried out now says why."""
        key, screen = ACTS.get(str(action)), self.screen
        owner = default_namespace or self
        if key and isinstance(screen, Keyed) and not isinstance(owner, Input | TextArea):
            reason = screen.why_not(key) if owner.check_action(key.action, ()) else None
            if reason:
                self.notify(shown(reason), severity="warning", timeout=4, markup=False)
                return True
        return await super().run_action(action, default_namespace, namespaces)

    async def carried_out(self) -> None:
        """Until what was decided is on the disk and on the screen, on which the next key may decide.

        A disk that hangs holds up one key for a moment; those behind it no longer wait.
        """
        if not self.writer.pending:
            self._disk_hangs = False
        elif not self._disk_hangs:
            self._disk_hangs = not await self.writer.idle(_A_SLOW_DISK)
            await self.rest()

    def is_on_the_way(self) -> bool:
        """Whether another place is about to open."""
        return self._on_the_way

    def to_lobby(self) -> None:
        """Go to the lobby."""
        self.remember("open", "")
        self._show(self._lobby())

    def declare(self) -> None:
        """Ask what is to be declared, and go there."""
        from warroom.console.declaration import Declaration

        names = self.front.playbooks()
        usual = self.settings.options.playbook
        loaded = self.front.playbook(usual if usual in names else "")

        def answered(answer: tuple[str, str, str] | None) -> None:
            if answer is not None:
                title, level, name = answer
                self._go(partial(self._declared, title, level, name))

        first = sorted(names, key=lambda name: name != usual)
        self.push_screen(Declaration(loaded.playbook, first), answered)

    def _declared(self, title: str, level: str, name: str) -> Desk | Refused:
        return self.front.declare(title, self.front.playbook(name).playbook, level=level, source=name)

    def drill(self) -> None:
        """Ask which drill is to be run, and run it."""
        from warroom.console.drill_menu import offer_drills

        offer_drills(self)

    def run_drill(self, path: Path, *, watched: bool) -> None:
        """Run a drill: take part in it, or watch how it plays itself."""
        self._go(partial(self._staged, path, watched))

    def _staged(self, path: Path, watched: bool) -> Desk | Refused:
        from warroom import drills

        script = drills.load(path)
        clock = self.front.now
        player = drills.Player(script, real=clock) if watched else drills.Guide(script, clock)
        desk = player.declare(self.front)
        if isinstance(desk, Desk):
            self._players[desk.incident.number] = player
        return desk

    def tour(self) -> None:
        """Show what each pane is for."""
        self._go(self._shown_round)

    def _shown_round(self) -> Desk | Refused:
        from warroom import drills
        from warroom.console.tour import MIDDLE, Tour

        begun = drills.begun(drills.load(drills.find()), MIDDLE, self.front, self.front.now)
        if isinstance(begun, Refused):
            return begun
        guide, number = begun
        self._players[number] = Tour(guide)
        return self._opened(number)

    def _failed(self, error: BaseException) -> None:
        self.notify(shown(str(error)), title="That did not work", severity="error", timeout=20, markup=False)

    # ── small things ───────────────────────────────────────────────────────────────────────────

    def more_commands(self) -> dict[str, Callable[[], None]]:
        """What the palette offers besides keys."""
        names = self._wardrobe.fitting(self._colours)
        return {f"Theme: {name}": partial(self._dress, name) for name in names}

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

    def action_copy_selected(self) -> None:
        """Copy what is selected with the mouse."""
        from warroom.console import clipboard

        clipboard.copy(self.screen, self.screen.get_selected_text() or "", "Copied.")

    def action_suspend(self) -> None:
        """Go to the shell until it sends us back."""
        if self._driver is not None and self._driver.can_suspend:
            self.action_suspend_process()
        else:
            self.notify("There is no shell to go to: none started this console.", severity="warning")

    def on_unmount(self) -> None:
        """Finish what is being written; the terminal gets its title back."""
        self.attention.leave()
        self.writer.close()


def run(
    front: FrontDesk,
    number: str | None = None,
    *,
    player: Player | None = None,
    settings: Settings | None = None,
) -> int:
    """Open the console and stay until it is left; the exit code."""
    # A terminal that is gone ends the console, even where it inherited that hang-ups are ignored.
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    console = Console(front, number, player, settings)
    console.run(mouse=mouse(console.settings).can)
    for what, error in console.writer.unsaid:  # nobody was left on the screen to be told
        print(printable_lines(f"warroom: NOT SAVED: {what}: {error}"), file=sys.stderr)  # noqa: T201
    return 1 if console.writer.unsaid else console.return_code or 0
