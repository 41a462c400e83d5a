"""Saving: what is asked for goes to the disk; what is there is shown, what failed is said and given back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from warroom.console.command_bar import CommandBar
from warroom.console.drafts import Draft
from warroom.console.entry_line import EntryLine
from warroom.console.rows import shown
from warroom.desk import Done
from warroom.incident.commands import Refused
from warroom.incident.text import printable_lines

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


class Saving:
    """The acts of a war room on their way to the disk, and what became of them."""

    def __init__(self, room: "WarRoom") -> None:
        self._room = room
        self._console = room.console
        self._pending = 0
        self._unsaved: set[str] = set()  # the questions whose answers failed; "" for anything else
        self._answering = ""
        self.answers: dict[str, Any] = {}  # what was typed last, by question, until it is saved
        self._draft = Draft(room, f"draft {room.desk.incident.number} answers", self.answers.copy)

    # ── answers ────────────────────────────────────────────────────────────────────────────────

    def restore(self) -> None:
        """What was being answered when a crash came."""
        found = self._draft.restore()
        self.answers.update(found if isinstance(found, dict) else {})

    def keep(self) -> None:
        """Keep what is being answered: the room is left."""
        self._draft.keep()

    def note(self, question: str, answer: Any) -> None:
        """Hold on to what is being typed as an answer."""
        self.answers[question] = answer
        self._draft.keep_soon()

    def answered(self, question: str, answer: Any, then: Callable[[Any], None]) -> None:
        """Go on with an answer, which is held until what came of it is on disk; None drops it."""
        self._answering = question
        if answer is not None:
            self.answers[question] = answer
            then(answer)
        if self._answering:  # nothing is to be saved
            self._answering = ""
            self._settle(question)
            if not self._pending:
                self._mark()

    def _settle(self, question: str) -> None:
        """What was answered is saved, or given up."""
        self._unsaved.discard(question)
        self.answers.pop(question, None)
        self._draft.keep()

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def submit(
        self, job: Callable[[], Done | Refused], typed: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Carry out a job off the screen's thread; `then` follows when it is on disk.

        What was `typed` for it goes back into the entry line when it fails or is refused.
        """
        self._pending += 1
        question, self._answering = self._answering, ""
        self._room.query_one(CommandBar).saved = "saving"
        done, failed = partial(self._done, question, typed, then), partial(self._failed, question, typed)
        self._console.writer.submit(job, done, failed, what=typed or "your last act")

    def _done(
        self, question: str, typed: str, then: Callable[[], None] | None, outcome: Done | Refused
    ) -> None:
        self._pending -= 1
        room = self._room
        if question and not isinstance(outcome, Refused):
            self._settle(question)
        if self._left:
            if isinstance(outcome, Refused):
                self._say_elsewhere(outcome.reason, "Not logged", typed)
            return
        line = room.query_one(EntryLine)
        room.show_incident()
        if isinstance(outcome, Refused):
            room.say(outcome.reason, bad=True)
            line.give_back(typed)
        elif not line.returned:
            self._unsaved.discard("")
        self._mark()
        if then is not None and not isinstance(outcome, Refused):
            then()

    def _failed(self, question: str, typed: str, error: BaseException) -> None:
        self._pending -= 1
        room = self._room
        if self._left:
            self._say_elsewhere(str(error), "NOT SAVED", typed)
            return
        self._unsaved.add(question)
        room.show_incident()
        room.query_one(EntryLine).give_back(typed)
        self._mark()
        room.notify(shown(str(error)), title="NOT SAVED", severity="error", timeout=30, markup=False)

    @property
    def _left(self) -> bool:
        """Whether the person is elsewhere; the room may still be there for a moment."""
        return self._room not in self._console.screen_stack

    def _mark(self) -> None:
        """Say whether all is saved."""
        bar = self._room.query_one(CommandBar)
        if self._unsaved:
            bar.saved = "not saved"
        elif not self._pending and bar.saved != "reading":
            bar.saved = "saved"

    def _say_elsewhere(self, why: str, title: str, typed: str) -> None:
        """Say what became of it where the person is now; the words wait in the line they were typed in."""
        console, number = self._console, self._room.desk.incident.number
        said = "\n".join(filter(None, (number, why, typed)))
        console.notify(printable_lines(said), title=title, severity="error", timeout=30, markup=False)
        if typed:
            draft = f"draft {number}"
            before = str(console.recall(draft) or "")
            console.remember(draft, " ".join(filter(None, (*typed.split("\n"), before))))
