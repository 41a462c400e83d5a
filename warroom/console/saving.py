"""Saving: what is asked for goes to the disk; what is there is shown, what failed is said and given back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from warroom.console.command_bar import CommandBar
from warroom.console.entry_line import EntryLine
from warroom.console.rows import shown
from warroom.desk import Done
from warroom.incident.commands import Refused

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


class Saving:
    """The acts of a war room on their way to the disk, and what became of them."""

    def __init__(self, room: "WarRoom") -> None:
        self._room = room
        self._pending = 0
        self._unsaved = False
        self.answers: dict[str, Any] = {}  # what was answered last, by question, until it is saved

    def submit(
        self, job: Callable[[], Done | Refused], typed: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Carry out a job off the screen's thread; `then` follows when it is on disk.

        What was `typed` for it goes back into the entry line when it fails or is refused.
        """
        self._pending += 1
        self._room.query_one(CommandBar).saved = "saving"
        self._room.console.writer.submit(job, partial(self._done, typed, then), partial(self._failed, typed))

    def _done(self, typed: str, then: Callable[[], None] | None, outcome: Done | Refused) -> None:
        self._pending -= 1
        room = self._room
        if not room.is_attached:
            return
        line = room.query_one(EntryLine)
        room.show_incident()
        if isinstance(outcome, Refused):
            room.say(outcome.reason, bad=True)
            line.give_back(typed)
        else:
            self._unsaved = self._unsaved and bool(line.returned)
            self.answers.clear()
        if not self._pending:
            room.query_one(CommandBar).saved = "not saved" if self._unsaved else "saved"
        if then is not None and not isinstance(outcome, Refused):
            then()

    def _failed(self, typed: str, error: BaseException) -> None:
        self._pending -= 1
        room = self._room
        if not room.is_attached:
            return
        self._unsaved = True
        room.show_incident()
        room.query_one(CommandBar).saved = "not saved"
        room.query_one(EntryLine).give_back(typed)
        room.notify(shown(str(error)), title="NOT SAVED", severity="error", timeout=30, markup=False)
