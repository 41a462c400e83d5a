"""The line of a drill: what it asks of the commander, and the key that does it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from warroom.console.pane import Drawn
from warroom.console.rows import spread, wrapped
from warroom.desk import Desk, Done
from warroom.incident.commands import Refused
from warroom.incident.incident import Incident

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom

_OVER = "The drill is over. {after-action} says what was late and what was left out; {lobby} leaves."


_BANNER = "EXERCISE · nothing here is real, and nothing counts"
_NARROW = 60  # below, how far the drill has come stands where else its name does
_MOST = 3  # lines


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
    """One line, two where it is narrow, above the entry line; not there when there is no drill."""

    said: reactive[tuple[str, str]] = reactive(("", ""), layout=True)

    def __init__(self, player: Player | None, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.player = player
        self.display = player is not None

    @property
    def _room(self) -> "WarRoom":
        return cast("WarRoom", self.screen)

    def on_mount(self) -> None:
        """Look five times a second."""
        if self.player is not None:
            self.follow()
            self.set_interval(0.2, self.follow)

    def follow(self) -> None:
        """See what was done, have done what others do by now, and say what comes next."""
        room, player = self._room, self.player
        if player is None or room.console.writer.pending or not room.desk.is_read():
            return  # what was done last is to be seen first
        for act in player.follow(room.desk.incident, room.desk.by):
            room.play(partial(player.carry_out, act))
        text, progress = player.said(room.desk.incident)
        self.said = (self.keymap.said(_OVER if player.finished else text), progress)

    def let_do(self) -> None:
        """Have what is asked of the commander done as the script has it."""
        act = self.player.instead() if self.player is not None else None
        if self.player is not None and act is not None:
            self._room.play(partial(self.player.carry_out, act))

    # ── drawing ────────────────────────────────────────────────────────────────────────────────

    def _laid_out(self, width: int) -> tuple[str, list[str], str]:
        """What stands before the text, the text line by line, and what stands behind it."""
        text, progress = self.said
        head, behind = (f" {progress} ", "") if width < _NARROW else (" DRILL ", f"{progress} ")
        return head, wrapped(text, width - len(head) - len(behind) - 3)[:_MOST], behind

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it needs."""
        return max(len(self._laid_out(width)[1]), 1)

    def render_line(self, y: int) -> Strip:
        """What to do, and how far the drill has come."""
        width = self.size.width
        head, lines, behind = self._laid_out(width)
        text = (lines[y] if y < len(lines) else "", "strong")
        if y:
            return self.strip(((" " * (len(head) + 2), ""), text), width)
        return self.strip(
            spread(((" ", ""), (head, "exercise"), (" ", ""), text), ((behind, "dim"),), width), width
        )
