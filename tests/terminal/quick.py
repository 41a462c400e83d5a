"""The console on a clock that goes on when it is told to: quick.py HOME CLOCK AWAY.

The time is when the file CLOCK was last changed. The console is the real one, but that it looks at its
clock more often than once a second, and that the file AWAY is there while its window is not in front.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from warroom.console.app import Console
from warroom.console.war_room import WarRoom
from warroom.front_desk import FrontDesk
from warroom.settings import settings

_EVERY = 0.02  # seconds from one look at the clock to the next


class QuickConsole(Console):
    """The console, for which time goes by quickly."""

    away: Path

    def on_load(self) -> None:
        """Look at the clock often, and say whether anybody looks."""
        self.set_interval(_EVERY, self._look)
        self.watch(self, "app_focus", self._left, init=False)

    def _left(self, focus: bool) -> None:
        if focus:
            self.away.unlink(missing_ok=True)
        else:
            self.away.touch()

    def _look(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, WarRoom):
                screen.now = screen.desk.now()


def main(home: str, clock: str, away: str) -> None:
    """Open the console in the lobby."""

    def now() -> datetime:
        return datetime.fromtimestamp(Path(clock).stat().st_mtime, UTC)

    front = FrontDesk(Path(home), "maya", clock=now)
    console = QuickConsole(front, settings=settings(home))
    console.away = Path(away)
    console.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
