"""The line of a drill: what it asks of the commander, and the key that does it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from warroom.console.pane import Drawn, typing
from warroom.console.rows import clipped, spread, wrapped
from warroom.console.tour import Tour
from warroom.desk import Desk, Done
from warroom.incident.commands import Refused
from warroom.incident.incident import Incident
from warroom.incident.wording import wording

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom
    from warroom.drills import Progress

_BRIEFING = (
    "You command this invented incident. Others act by themselves; the line below says what to press, and"
    " {drill-step} does it for you."
)
_GOES_ON = "The drill goes on where it was left, at %s. Its clock stood still meanwhile."
_OVER = "The drill is over. {after-action} says what was late and what was left out; {lobby} leaves."
_TYPING = "{back} leaves the line. "  # before an act whose key would be text in it
_NOTE = "{note}, "  # which is where one is then

_BANNER = "EXERCISE · nothing here is real, and nothing counts"
_NARROW = 60  # below, how far the drill has come stands where else its name does
_MOST = 5  # lines
_ROOMY = 20  # lines of the screen from which on there is one for what others did last


class Player(Protocol):
    """A drill with a clock of its own: one that plays itself, or one that is taken part in."""

    @property
    def finished(self) -> bool:
        """Whether nothing more is to come."""
        ...

    @property
    def asks(self) -> bool:
        """Whether something is asked of the commander now."""
        ...

    @property
    def progress(self) -> "Progress":
        """Where it stands, for it to go on from there."""
        ...

    def clock(self) -> datetime:
        """The drill's time."""
        ...

    def follow(self, incident: Incident, by: str, /) -> Sequence[Any]:
        """The acts whose time has come, each once, in order."""
        ...

    def said(self, incident: Incident, /) -> tuple[str, str]:
        """What to say now, with the console's acts in braces; and how far the drill has come."""
        ...

    def carry_out(self, act: Any, desk: Desk) -> Done | Refused:
        """Do one of them."""
        ...

    def instead(self) -> Any | None:
        """What is asked of the commander, as the script has it; None if nothing is."""
        ...


class Banner(Drawn):
    """One line over the whole width that says what an exercise is."""

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        said = _BANNER if len(_BANNER) <= width else _BANNER.partition(" · ")[0]
        return self.strip(((f"{said:^{width}}", "exercise"),), width)


class DrillLine(Drawn):
    """What to do, above the entry line; not there when there is no drill.

    Where there is one pane at a time, what others did last stands above it: the timeline may be hidden.
    """

    said: reactive[tuple[str, str]] = reactive(("", ""), layout=True)
    news: reactive[str] = reactive("")

    def __init__(self, player: Player | None, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.player = player
        self.display = player is not None
        self._kept: tuple[int, Incident] | None = None
        self._pane = ""

    @property
    def _room(self) -> "WarRoom":
        return cast("WarRoom", self.screen)

    def on_mount(self) -> None:
        """Say what this is, and look five times a second."""
        if self.player is not None:
            self._welcome(self.player)
            if self._room.desk.is_read():
                self._say(self.player)
            self.follow()
            self.set_interval(0.2, self.follow)

    def on_unmount(self) -> None:
        """The drill's clock stands still until somebody comes back."""
        self.app.remove_class("-drill")
        if self.player is not None:
            self._keep(self.player)

    def _welcome(self, player: Player) -> None:
        progress = player.progress
        if progress.watched or isinstance(player, Tour) or self.app.size.height < _ROOMY:
            return  # the line says it all, or there is no room for more
        if progress.done and not progress.finished:
            self.notify(_GOES_ON % progress.said, timeout=8, markup=False)
        elif not progress.done:
            self.notify(self.keymap.said(_BRIEFING), timeout=12, markup=False)

    def follow(self) -> None:
        """See what was done, have done what others do by now, and say what comes next."""
        room, player = self._room, self.player
        if player is None or room.console.writer.pending or not room.desk.is_read():
            return  # what was done last is to be seen first
        for act in player.follow(room.desk.incident, room.desk.by):
            room.play(partial(player.carry_out, act))
        so_far = player.progress.done, room.desk.incident
        if self._kept is None or so_far[0] != self._kept[0] or so_far[1] is not self._kept[1]:
            self._kept = so_far
            self._keep(player)
        self._say(player)

    def _say(self, player: Player) -> None:
        room = self._room
        incident = room.desk.incident
        text, progress = player.said(incident)
        text = _OVER if player.finished else text
        if typing(room) and "{" in text:
            text = text.replace(_NOTE, "") if _NOTE in text else _TYPING + text
        self.said = (self.keymap.said(text), progress)
        self.news = self._news(incident)
        self.app.set_class(room.has_class("-narrow"), "-drill")
        if isinstance(player, Tour):
            self._show(player.pane)

    def let_do(self) -> None:
        """Have what is asked of the commander done as the script has it; on a tour, go on."""
        if isinstance(self.player, Tour) and not self.player.over:
            self.player.step()
            self.follow()
            return
        act = self.player.instead() if self.player is not None else None
        if self.player is not None and act is not None:
            self._room.play(partial(self.player.carry_out, act))

    def _keep(self, player: Player) -> None:
        room = self._room
        job = partial(player.progress.keep, room.console.front, room.desk.incident.number)
        room.console.writer.submit(job, lambda _: None, lambda _: None)  # it can be lost

    def _show(self, pane: str) -> None:
        if pane and pane != self._pane:
            self._room.focus_pane(pane)
        self._pane = pane

    def _news(self, incident: Incident) -> str:
        """What somebody else did last."""
        by = self._room.desk.by
        last = next((event for event in reversed(incident.timeline) if event.by != by), None)
        if last is None:
            return ""
        said = wording(last, incident)
        return f"{last.occurred_at:%H:%M} {last.by}  {said.sign} {said.text}"

    # ── drawing ────────────────────────────────────────────────────────────────────────────────

    def _laid_out(self, width: int) -> tuple[str, list[str], str]:
        """What stands before the text, the text line by line, and what stands behind it."""
        text, progress = self.said
        name = " TOUR " if isinstance(self.player, Tour) and not self.player.over else " DRILL "
        head, behind = (f" {progress} ", "") if width < _NARROW else (name, f"{progress} ")
        return head, wrapped(text, width - len(head) - len(behind) - 3)[:_MOST], behind

    @property
    def _tells(self) -> bool:
        """Whether there is a line for the news."""
        return self._room.has_class("-narrow") and self.app.size.height >= _ROOMY

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it needs; two at least where most need two, so that the panes stand still."""
        needed = len(self._laid_out(width)[1])
        return 1 + max(needed, 2) if self._tells else max(needed, 1)

    def render_line(self, y: int) -> Strip:
        """What others did; what to do, and how far the drill has come."""
        width = self.size.width
        head, lines, behind = self._laid_out(width)
        if self._tells:
            if not y:
                news = clipped(self.news, width - len(head) - 3)
                return self.strip(((" " * (len(head) + 2), ""), (news, "")), width)
            y -= 1
        text = (lines[y] if y < len(lines) else "", "strong")
        if y:
            return self.strip(((" " * (len(head) + 2), ""), text), width)
        return self.strip(
            spread(((" ", ""), (head, "exercise"), (" ", ""), text), ((behind, "dim"),), width), width
        )
