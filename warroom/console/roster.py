"""The roster as the console has it: read when somebody is to be named, and again when it was edited."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.incident.roster import Roster


class RosterFile:
    """The roster in a person's own folder. What is wrong with it is said once, and the rest goes on."""

    def __init__(self, path: Path, complain: Callable[[str], None]) -> None:
        self.path = path
        self._complain = complain
        self._read_at: tuple[int, int] | None = None
        self._roster: Roster | None = None

    def __call__(self) -> "Roster":
        """Who can be called."""
        from warroom.incident.roster import Roster
        from warroom.roster import BadRoster, read

        stamp = self._stamp()
        if self._roster is None or stamp != self._read_at:
            self._read_at = stamp
            try:
                self._roster = read(self.path)
            except BadRoster as bad:
                self._roster = self._roster or Roster()
                self._complain(str(bad))
        return self._roster

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size
