"""The response team: who was paged, who responds in which role, who is on what."""

from textual.message import Message

from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, spread, wrapped
from warroom.incident import timing
from warroom.incident.incident import COMMANDER, Assignment, Incident, Member

_SHORT = {
    COMMANDER: "IC",
    "Operations Lead": "Ops Lead",
    "Communications Lead": "Comms Lead",
    "Subject Matter Expert": "SME",
}


class Team(Pane):
    """People, the commander first, then open assignments."""

    BINDINGS = bindings("team")
    title = "Team"
    empty = "Nobody yet: p pages, c says who commands."

    class Chosen(Message):
        """A person or an assignment was chosen."""

        def __init__(self, subject: Member | Assignment) -> None:
            super().__init__()
            self.subject = subject

    class PageAsked(Message):
        """Somebody is to be paged."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[Member | Assignment] = []

    def update(self, incident: Incident) -> None:
        """Take in who is there."""
        members = sorted(
            incident.team.values(), key=lambda m: (m.released_at is not None, COMMANDER not in m.roles)
        )
        self._rows = [*members, *(a for a in incident.assignments if not a.outcome)]

    def count(self) -> int:
        """People and assignments."""
        return len(self._rows)

    def heading(self) -> tuple[str, str]:
        """The title, and how many respond."""
        return (
            self.title,
            f"{len(self.incident.responding)} responding" if self.incident and self._rows else "",
        )

    def row(self, index: int, width: int) -> list[Line]:
        """A person with roles and state, or an assignment with its time-box."""
        row = self._rows[index]
        if isinstance(row, Assignment):
            return self._assignment(row, width)
        roles = ", ".join(_SHORT.get(role, role) for role in row.roles)
        state, tone = self._state(row)
        name = "dim" if row.released_at else "strong"
        return [spread(((f" {row.who} ", name), (roles, "accent")), ((f"{state} ", tone),), width)]

    def _state(self, member: Member) -> tuple[str, str]:
        if member.released_at:
            return "released", "dim"
        if member.joined_at:
            return f"joined {member.joined_at:%H:%M}", "good"
        if member.acknowledged_at:
            return f"ack {member.acknowledged_at:%H:%M}", ""
        return (f"paged {member.paged_at:%H:%M}", "warn") if member.paged_at else ("", "")

    def _assignment(self, assignment: Assignment, width: int) -> list[Line]:
        left, tone = "", "dim"
        if assignment.due_at and self.now:
            over = self.now >= assignment.due_at
            left = (
                f"▲ {timing.clock(self.now - assignment.due_at)} over"
                if over
                else timing.clock(assignment.due_at - self.now)
            )
            tone = "bad" if over else "dim"
        first, *more = wrapped(f"→ {assignment.who} {assignment.task}", width - len(left) - 3)
        head = spread(((f" {first}", ""),), ((f"{left} ", tone),), width)
        return [head, *(((f"   {line}", ""),) for line in more)]

    def watch_now(self) -> None:
        """Bring the time-boxes up to date."""
        if any(isinstance(row, Assignment) and row.due_at for row in self._rows):
            self.redraw()

    def action_member(self) -> None:
        """Say what became of this person or assignment."""
        if self.cursor < len(self._rows):
            self.post_message(self.Chosen(self._rows[self.cursor]))
        else:
            self.post_message(self.PageAsked())

    def action_page(self) -> None:
        """Page somebody."""
        self.post_message(self.PageAsked())

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_member()
