"""Attention: the terminal calls when something becomes overdue while nobody is looking at it."""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from warroom.console import terminal
from warroom.console.ascii_only import in_ascii
from warroom.console.rows import clipped
from warroom.incident.incident import Incident
from warroom.incident.matters import Matter, matters
from warroom.settings import Options

if TYPE_CHECKING:
    from warroom.console.app import Console

_IDLE = 60.0
"""Seconds without a key after which nobody is taken to look, where the terminal does not say.

Whoever works in the room presses keys more often than that; whoever only watches is called once.
"""
_SAID = 100  # cells of a title or a notification
_BELL = "\a"
_Mark = tuple[str, str, datetime, datetime | None]
_KEEP_TITLE, _TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"


class Attention:
    """What calls for attention, about one incident or many: the bell, the terminal's title, the desktop."""

    def __init__(self, console: "Console") -> None:
        self._console = console
        self._known: set[_Mark] = set()
        self._met: set[str] = set()  # incidents that were looked at: what was overdue on coming here is seen
        self._title = ""
        self._reports_focus = False

    @property
    def _options(self) -> Options:
        return self._console.settings.options

    # ── whether anybody looks ──────────────────────────────────────────────────────────────────

    def focus_changed(self, focus: bool) -> None:
        """The terminal said whether it is in front; from now on that is believed."""
        self._reports_focus = True

    @property
    def away(self) -> bool:
        """Whether the console is in the background, as far as can be known."""
        if self._reports_focus:
            return not self._console.app_focus
        return monotonic() - self._console.touched_at > _IDLE

    # ── what there is to call about ────────────────────────────────────────────────────────────

    def look(self, incidents: Sequence[Incident], now: datetime, title: str = "") -> None:
        """Say in the title what is overdue, else this; call about what became overdue, once for each."""
        overdue = [
            (incident, matter)
            for incident in incidents
            for matter in matters(incident, now)
            if matter.overdue(now)
        ]
        first = f"▲ {overdue[0][0].number} overdue: {overdue[0][1].text}" if overdue else ""
        self._entitle(first or title)
        marks = {_mark(*each): each for each in overdue}
        new = [each for mark, each in marks.items() if mark not in self._known]
        new = [(incident, matter) for incident, matter in new if incident.number in self._met]
        self._known |= marks.keys()
        self._met |= {incident.number for incident in incidents}
        if new and self.away:
            self._call(new)

    def _call(self, new: Sequence[tuple[Incident, Matter]]) -> None:
        if self._options.bell:
            self._send(_BELL)
        if self._options.desktop_notification:
            more = f" +{len(new) - 1}" if new[1:] else ""
            incident, matter = new[0]
            self._send(_notification(f"{incident.number} overdue", f"{matter.text}{more}"))

    # ── the title ──────────────────────────────────────────────────────────────────────────────

    def _entitle(self, said: str) -> None:
        title = _plain(said)
        if not self._options.title or title == self._title:
            return
        if not title:
            self.leave()
            return
        keep = "" if self._title else _KEEP_TITLE
        self._send(f"{keep}\x1b]2;{title}\x1b\\")
        self._title = title

    def leave(self) -> None:
        """Give the terminal its title back; one that cannot remember it gets an empty one."""
        if self._title:
            self._send(f"\x1b]2;\x1b\\{_TITLE_BACK}")
            self._title = ""

    def _send(self, sequence: str) -> None:
        driver = self._console._driver
        if driver is not None:
            driver.write(sequence)


def _mark(incident: Incident, matter: Matter) -> _Mark:
    """What tells a matter from itself at another time: it is due anew, or was snoozed since."""
    snooze = incident.snoozes.get(matter.id)
    return incident.number, matter.id, matter.due_at, snooze.until if snooze else None


def _notification(title: str, body: str) -> str:
    title, body = (_plain(text).replace(";", ",") for text in (title, body))  # which parts a sequence
    match terminal.notification():
        case 9:
            return f"\x1b]9;{title}: {body}\x1b\\"
        case 99:
            return f"\x1b]99;i=warroom:d=0;{title}\x1b\\\x1b]99;i=warroom:d=1:p=body;{body}\x1b\\"
        case 777:
            return f"\x1b]777;notify;{title};{body}\x1b\\"
    return ""


def _plain(text: str) -> str:
    said = clipped(text, _SAID)
    return said if terminal.utf8().can else in_ascii(said)
