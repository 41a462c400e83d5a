"""The command bar: what the commander must always see, in two lines."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Literal

from rich.cells import cell_len
from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from warroom.console.countdown import countdown
from warroom.console.pane import Drawn
from warroom.console.rows import Line, Span, clipped, spread
from warroom.incident import timing
from warroom.incident.incident import Incident
from warroom.incident.matters import Matter, matters

Saved = Literal["saved", "saving", "not saved", "reading"]

_SMALL = 64  # cells; in less, there is room for severity and what is due next, and hardly for more
_SMALLEST = 48  # in less, the title needs the room more than the year does


class CommandBar(Drawn):
    """Id, severity, title, commander; elapsed, phase, the clock that matters most, whether all is saved."""

    incident: var[Incident | None] = var(None, always_update=True)
    now: var[datetime | None] = var(None)
    saved: var[Saved] = var("saved")
    trouble: var[str] = var("")  # what is wrong with the file, said until it is mended

    class Asked(Message):
        """What is due was clicked."""

    def __init__(self, *, zone: tzinfo | None = None, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._zone = zone
        self._said: tuple[Line, Line] = ((), ())

    def watch_incident(self) -> None:
        """Say what is so now."""
        self._say()

    def watch_now(self) -> None:
        """Say what time it is now."""
        self._say()

    def watch_saved(self) -> None:
        """Say whether all is saved."""
        self._say()

    def watch_trouble(self) -> None:
        """Say what is wrong."""
        self._say()

    def on_resize(self) -> None:
        """Fold to the new width."""
        self._say()

    def on_click(self, event: Click) -> None:
        """A click on what is due leads there."""
        if event.y == 1:
            self.post_message(self.Asked())

    def _say(self) -> None:
        if self.incident is None or self.now is None or not self.size.width:
            return
        said = (self._who(self.incident, self.now), self._when(self.incident, self.now))
        for y, (line, before) in enumerate(zip(said, self._said, strict=True)):
            if line != before:
                self.refresh(Region(0, y, self.size.width, 1))
        self._said = said

    def render_line(self, y: int) -> Strip:
        """One of the two lines."""
        return self.strip(self._said[y] if y < 2 else (), self.size.width)

    def _who(self, incident: Incident, now: datetime) -> Line:
        small = self.size.width < _SMALLEST
        number = incident.number.rpartition("-")[2] if small else incident.number
        if (
            incident.exercise
        ):  # unlike any other from the first cell: where the screen is low, no banner says it
            number = "" if self.size.width < _SMALL else f"{number} "
            left: list[Span] = [(f" {number}EXERCISE ", "exercise"), (" ", "")]
        else:
            left = [(f" {number} ", "strong")]
        if incident.severity:
            tone = f"sev{min(incident.playbook.rank(incident.severity), 3)} badge"
            left.append((f"▌{incident.severity}▐", tone))
        else:
            left.append(("▌SEV?▐" if small else "▌no severity▐", "warn"))
        left.append((f" {incident.title}", "strong"))
        commander = incident.commander
        who = ("IC nobody", "warn") if commander is None else (f"IC {commander}", "")
        if incident.command_offer:
            who = (f"{who[0]} ⇄ {incident.command_offer.to}?", "warn")
        responding = len(incident.responding)
        wide = self.size.width >= 100
        team = f" · {responding} responding" if wide and responding else ""
        clock = f" · {now:%H:%M} UTC" if self.size.width >= _SMALL else ""
        local = now.astimezone(self._zone)
        if wide and local.utcoffset() != now.utcoffset():
            clock += f"  {local:%H:%M} {local:%Z}"
        return spread(tuple(left), (("  ", ""), who, (f"{team}{clock} ", "dim")), self.size.width)

    def _when(self, incident: Incident, now: datetime) -> Line:
        elapsed = timing.clock(timing.elapsed(incident, now), hours=True)
        phase = timing.clock(timing.in_phase(incident, now))
        left: list[Span] = [(f" ◷ {elapsed}", "strong")]
        marks: dict[Saved, Span] = {
            "saved": ("✓ saved ", "good"),
            "saving": ("… saving ", "dim"),
            "reading": ("… reading ", "dim"),
            "not saved": (" ✗ NOT SAVED ", "bad badge"),
        }
        mark = marks[self.saved]
        due = matters(incident, now)
        if self.size.width >= _SMALL or not due:
            left.append((f"   {incident.phase.name} {phase}", "accent"))
        if incident.closed_at:
            into = f" · goes on as {incident.merged_into}" if incident.merged_into else ""
            left.append((f"   ■ closed: {incident.closure}{into}", "good"))
        else:
            left += self._clocks(incident, now, due)
        trouble: list[Span] = [(f"   {self.trouble}", "bad")] if self.trouble else []
        room = self.size.width - sum(cell_len(text) for text, _ in (*left, *trouble, mark))
        if due:
            left.append(_next(due, now, room))
            room -= cell_len(left[-1][0])
        for line in self._besides(incident, now, due):
            across = sum(cell_len(text) for text, _ in line)
            if across < room:
                left += line
                room -= across
        return spread((*left, *trouble), (mark,), self.size.width)

    def _clocks(self, incident: Incident, now: datetime, due: Sequence[Matter]) -> list[Span]:
        said: list[Span] = []
        without = timing.unmitigated(incident, now)
        if without is None:
            said += [("   mitigated", "good")] if self.size.width >= _SMALL else []
        elif self.size.width >= 100 or not due:
            over = any(m.kind == "escalate" and "unmitigated" in m.subject and m.overdue(now) for m in due)
            said.append((f"   unmitigated {timing.clock(without)}", "bad" if over else ""))
        return said

    def _besides(self, incident: Incident, now: datetime, due: Sequence[Matter]) -> Iterator[Line]:
        """What is said where there is room for it."""
        way = self.keymap["due"]
        if due and due[0].overdue(now) and way.key:
            yield ("   ", ""), (way.shown, "strong accent"), (" goes there", "dim")
        target = timing.response_target(incident)
        if target and target.met_at and target.met_at > target.due_at and not incident.closed_at:
            yield ((f"   responded {timing.clock(target.met_at - target.due_at)} late", "warn"),)


def _next(due: Sequence[Matter], now: datetime, width: int) -> Span:
    """The next thing to do; where there is little room its name is clipped, never its time."""
    first, others = due[0], sum(matter.overdue(now) for matter in due[1:])
    over, when = first.overdue(now), countdown(first.due_at, now)
    before, after = ("▲ ", f" · {when}{f' +{others}' if others else ''}") if over else ("", f" {when}")
    text = clipped(first.text, max(width - len(before) - len(after) - 4, 8))
    return f"   {before}{text}{after}", "bad" if over else "warn"
