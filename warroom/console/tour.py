"""The tour: a walk over the panes of an incident in its middle, which one then commands oneself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from warroom.incident.incident import Incident

if TYPE_CHECKING:
    from warroom.desk import Desk, Done
    from warroom.drills import Act, Guide, Progress
    from warroom.incident.commands import Refused

MIDDLE = timedelta(minutes=16, seconds=30)
"""Where the built-in drill is when it is shown: something was tried, and every pane has something to show."""

# The pane that is spoken of, if it is one; and what is said, with the console's acts in braces.
_STOPS = (
    ("", "An invented incident, in its middle. {drill-step} goes on with the tour, {lobby} leaves it."),
    (
        "",
        "On top: how severe, what, who commands; below: how long, what is due next, ▲ what is overdue.",
    ),
    (
        "checklist",
        "1: the playbook, step by step. {tick} ticks a step, {next-phase} enters the next phase.",
    ),
    ("timeline", "2: all that happened, in order. Nothing is ever lost; {undo} takes back what you did."),
    ("decisions", "3: how severe it is ({decide}), what to try ({mitigate}), whom to call in ({escalate})."),
    ("action-items", "4: what must not be forgotten when it is over. {action-item} opens an action item."),
    ("team", "5: who was paged, who came, who does what until when. {commander} says who commands."),
    ("impact", "6: who feels it, and what it costs ({impact}). Status updates say it to others ({update})."),
    ("checklist", "In the line below you log what you see: {note}. It knows times, @names and “todo”."),
    ("", "{help} shows the keys of a place, {palette} finds every act. {drill-step}: the incident is yours."),
)


class Tour:
    """What is said from stop to stop, before a drill that is under way; after the last, that drill."""

    def __init__(self, guide: "Guide") -> None:
        self._guide = guide
        self._stop = 0

    @property
    def over(self) -> bool:
        """Whether all of it has been shown."""
        return self._stop >= len(_STOPS)

    @property
    def pane(self) -> str:
        """The pane that is spoken of, if it is one."""
        return "" if self.over else _STOPS[self._stop][0]

    def step(self) -> None:
        """To the next stop."""
        self._stop += 1

    # ── as a drill ─────────────────────────────────────────────────────────────────────────────

    @property
    def finished(self) -> bool:
        """Whether nothing more is to come."""
        return self.over and self._guide.finished

    @property
    def asks(self) -> bool:
        """Whether something is asked of whoever sits here: at least to go on."""
        return not self.over or self._guide.asks

    @property
    def progress(self) -> "Progress":
        """Where the drill behind it stands."""
        return self._guide.progress

    def clock(self) -> datetime:
        """The drill's time."""
        return self._guide.clock()

    def follow(self, incident: Incident, by: str) -> "Sequence[Act]":
        """Nothing happens while one looks round."""
        return self._guide.follow(incident, by) if self.over else ()

    def said(self, incident: Incident) -> tuple[str, str]:
        """What to say here, and how far one has come."""
        if self.over:
            return self._guide.said(incident)
        return _STOPS[self._stop][1], f"{self._stop + 1}/{len(_STOPS)}"

    def carry_out(self, act: "Act", desk: "Desk") -> "Done | Refused":
        """Do what the drill says."""
        return self._guide.carry_out(act, desk)

    def instead(self) -> "Act | None":
        """What the drill asks for, to be carried out as the script has it."""
        return self._guide.instead() if self.over else None
