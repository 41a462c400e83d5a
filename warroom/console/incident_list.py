"""The list of incidents: number, severity, title, phase and clock, one row each."""

from typing import TYPE_CHECKING, cast

from warroom.console.pane import Pane
from warroom.console.rows import Line, Span, clipped, spread
from warroom.front_desk import Summary
from warroom.incident.timing import clock, spoken

if TYPE_CHECKING:
    from warroom.console.lobby import Lobby

_ROOMY = 96  # cells; in less, the title needs the room more than a duration does
_SMALL = 64  # cells; in less, it needs a line of its own


class Incidents(Pane):
    """The list of incidents."""

    title = "Incidents"

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.all: list[Summary] = []
        self.waiting: dict[str, str] = {}  # drills that are not over: how far they are
        self.exercises_too = False
        self._shown: list[Summary] = []
        self._search = ""

    def show(self, summaries: list[Summary], waiting: dict[str, str]) -> None:
        """Show these incidents, the cursor staying where it is."""
        kept = self.current
        self.all, self.waiting = summaries, waiting
        self._narrow()
        if kept:
            places = (i for i, summary in enumerate(self._shown) if summary.number == kept.number)
            self.set_reactive(Pane.cursor, next(places, 0))
        self.redraw()

    def look_for(self, text: str) -> None:
        """Show only those whose number, title, severity or commander has every word."""
        self._search = text
        self._narrow()
        self.set_reactive(Pane.cursor, 0)
        self.redraw()
        self.post_message(self.Moved())

    @property
    def why_none(self) -> str:
        """Why there is no incident to open."""
        return "No incident is found." if self._search else "There is no incident yet."

    def _narrow(self) -> None:
        words = self._search.casefold().split()

        def fits(s: Summary) -> bool:
            kind = "exercise" if s.exercise else ""
            said = f"{s.number} {s.title} {s.severity} {s.commander} {s.status} {kind}"
            return all(word in said.casefold() for word in words)

        self._shown = [summary for summary in self.offered if fits(summary)] if words else self.offered

    @property
    def offered(self) -> list[Summary]:
        """All that are to be seen, unless something is searched for: exercises only when asked for."""
        return [s for s in self.all if self.exercises_too or not s.exercise]

    @property
    def current(self) -> Summary | None:
        """The incident under the cursor."""
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def count(self) -> int:
        """How many are shown."""
        return len(self._shown)

    def heading(self) -> tuple[str, str]:
        """The title, and how many."""
        offered = self.offered
        if self._search:
            return "Incidents · search", f"{len(self._shown):,} of {len(offered):,}"
        active, hidden = sum(s.status == "active" for s in offered), len(self.all) - len(offered)
        exercises = (
            self.keymap.said(f" · {hidden:,} exercise{'s'[: hidden > 1]}: {{exercises}}") if hidden else ""
        )
        return self.title, f"{active} active · {len(offered):,} in all{exercises}" if offered else ""

    def row(self, index: int, width: int) -> list[Line]:
        """Number, severity, title, phase, clock; where there is little room, the title has its own line."""
        summary = self._shown[index]
        active = summary.status == "active"
        number: list[Span] = [
            (" ● " if active else "   ", "accent"),
            (f"{summary.number}  ", "" if active else "dim"),
            (f"{summary.severity or '–':<6}", _tone(summary.severity)),
        ]
        title: list[Span] = [(" EXERCISE ", "exercise"), (" ", "")] if summary.exercise else []
        title.append((summary.title, "strong" if active else ""))
        right: Span = (f"{self._when(summary, width)} ", "accent" if active else "dim")
        if width >= _SMALL:
            return [spread((*number, *title), ((clipped(right[0], width // 2), right[1]),), width)]
        return [spread(tuple(number), (right,), width), (("   ", ""), *spread(tuple(title), (), width - 4))]

    def _when(self, summary: Summary, width: int) -> str:
        """How far it is and how long it goes on, or when it was and how long it took."""
        if summary.number in self.waiting:  # its clock stands still
            return f"drill {self.waiting[summary.number]} · waits"
        if summary.status == "active":
            phase = f"{summary.phase}  " if width >= _SMALL else ""
            return f"{phase}{clock((self.now or summary.updated_at) - summary.declared_at, hours=True)}"
        took = spoken((summary.closed_at or summary.updated_at) - summary.declared_at)
        day = f"{summary.declared_at:%Y-%m-%d}"
        if width < _SMALL:
            return day
        said = [part for part in ("" if summary.finished else "post-mortem open", day, took) if part]
        return " · ".join(said if width >= _ROOMY else said[:2])

    def watch_now(self) -> None:
        """Bring the running clocks up to date."""
        if any(summary.status == "active" for summary in self._shown[:100]):
            self.redraw()

    def act_on_click(self) -> None:
        """What enter does."""
        cast("Lobby", self.screen).action_open_incident()


def _tone(severity: str) -> str:
    """Lists span playbooks: the level's own number says how severe it is."""
    digits = [int(sign) for sign in severity if sign.isdigit()]
    return f"sev{min(max(digits[0] - 1, 0), 3)}" if digits else "dim"
