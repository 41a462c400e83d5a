"""The command bar: what the commander must always see, in two lines."""

from datetime import datetime, tzinfo
from typing import Literal

from textual.geometry import Region
from textual.reactive import var
from textual.strip import Strip

from warroom.console.pane import Drawn
from warroom.console.rows import Line, Span, spread
from warroom.incident import timing
from warroom.incident.incident import Incident

Saved = Literal["saved", "saving", "not saved"]


class CommandBar(Drawn):
    """Id, severity, title, commander; elapsed, phase, the clock that matters most, whether all is saved."""

    incident: var[Incident | None] = var(None, always_update=True)
    now: var[datetime | None] = var(None)
    saved: var[Saved] = var("saved")
    trouble: var[str] = var("")  # what is wrong with the file, said until it is mended

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
        left: list[Span] = [(f" {incident.number} ", "strong")]
        if incident.exercise:
            left.append((" EXERCISE ", "exercise"))
        if incident.severity:
            tone = f"sev{min(incident.playbook.rank(incident.severity), 3)} badge"
            left.append((f"▌{incident.severity}▐", tone))
        else:
            left.append(("▌no severity▐", "warn"))
        left.append((f" {incident.title}", "strong"))
        commander = incident.commander
        who = ("IC nobody", "warn") if commander is None else (f"IC {commander}", "")
        responding = len(incident.responding)
        wide = self.size.width >= 100
        team = f" · {responding} responding" if wide and responding else ""
        clock = f" · {now:%H:%M} UTC"
        local = now.astimezone(self._zone)
        if wide and local.utcoffset() != now.utcoffset():
            clock += f"  {local:%H:%M} {local:%Z}"
        return spread(tuple(left), (("  ", ""), who, (f"{team}{clock} ", "dim")), self.size.width)

    def _when(self, incident: Incident, now: datetime) -> Line:
        elapsed = timing.clock(timing.elapsed(incident, now), hours=True)
        phase = timing.clock(timing.in_phase(incident, now))
        left: list[Span] = [(f" ◷ {elapsed}", "strong"), (f"   {incident.phase.name} {phase}", "accent")]
        if incident.closed_at:
            left.append((f"   ■ closed: {incident.closure}", "good"))
        else:
            left += self._clocks(incident, now)
        if self.trouble:
            left.append((f"   {self.trouble}", "bad"))
        marks: dict[Saved, Span] = {
            "saved": ("✓ saved ", "good"),
            "saving": ("… saving ", "dim"),
            "not saved": (" ✗ NOT SAVED ", "bad badge"),
        }
        return spread(tuple(left), (marks[self.saved],), self.size.width)

    def _clocks(self, incident: Incident, now: datetime) -> list[Span]:
        said: list[Span] = []
        matters = timing.matters(incident, now)
        without = timing.unmitigated(incident, now)
        target = timing.response_target(incident)
        if without is None:
            said.append(("   mitigated", "good"))
        elif self.size.width >= 100 or not matters:
            over = any(
                m.kind == "escalate" and "unmitigated" in m.subject and m.overdue(now) for m in matters
            )
            said.append((f"   unmitigated {timing.clock(without)}", "bad" if over else ""))
        if target and target.met_at and target.met_at > target.due_at and self.size.width >= 120:
            said.append((f"   responded {timing.clock(target.met_at - target.due_at)} late", "warn"))
        if matters:
            first, more = matters[0], sum(m.overdue(now) for m in matters[1:])
            if first.overdue(now):
                others = f" +{more}" if more else ""
                said.append((f"   ▲ {first.text} · {timing.clock(now - first.due_at)} over{others}", "bad"))
            else:
                said.append((f"   {first.text} in {timing.clock(first.due_at - now)}", "warn"))
        return said
