"""The response team: who was paged, who responds in which role, who is on what."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Literal

from textual.message import Message

from warroom.console.countdown import countdown
from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, Span, spread, wrapped
from warroom.incident import timing
from warroom.incident.escalation import ANSWER_TIME
from warroom.incident.fallbacks import covered
from warroom.incident.incident import COMMANDER, Assignment, CommandOffer, Incident, Member
from warroom.incident.roster import SPAN_OF_CONTROL, direct, span_warning

SHORT: dict[str, str] = {
    COMMANDER: "IC",
    "Operations Lead": "Ops Lead",
    "Communications Lead": "Comms Lead",
    "Subject Matter Expert": "SME",
}
"""Roles as they are written where there is little room."""

Subject = CommandOffer | Member | Assignment
What = Literal["ask", "page", "join", "arrive", "release", "role"]

_WIDE = 60  # cells from which on all times of a person are shown
_NEVER = datetime.max.replace(tzinfo=UTC)


def times(member: Member) -> list[Span]:
    """When a person was paged, answered, joined and was released, as far as that was."""
    known = (
        ("paged", member.paged_at, "warn"), ("ack", member.acknowledged_at, ""),
        ("joined", member.joined_at, "good"), ("released", member.released_at, "dim"),
    )  # fmt: skip
    return [(f"{name} {at:%H:%M}", tone) for name, at, tone in known if at]


class Team(Pane):
    """People, the commander first, each with their open assignments; an offer of command on top."""

    BINDINGS = bindings("team")
    title = "Team"
    empty = "Nobody yet: {team} {page} pages, {commander} says who commands."

    class Asked(Message):
        """Something is to be done with a person, an assignment or an offer, or with nobody in particular."""

        def __init__(self, what: What, subject: Subject | None) -> None:
            super().__init__()
            self.what = what
            self.subject = subject

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[Subject] = []

    def update(self, incident: Incident) -> None:
        """Take in who is there, and on what."""
        tasks: dict[str, list[Assignment]] = defaultdict(list)
        for assignment in sorted(incident.assignments, key=lambda a: a.due_at or _NEVER):
            if not assignment.outcome:
                tasks[assignment.who].append(assignment)
        members = sorted(
            incident.team.values(), key=lambda m: (m.released_at is not None, COMMANDER not in m.roles)
        )
        self._rows = [incident.command_offer] if incident.command_offer else []
        for member in members:
            self._rows += [member, *tasks.pop(member.who, [])]
        self._rows += [task for found in tasks.values() for task in found]

    def show(self, subject: str) -> None:
        """Put the cursor on a person, or on an assignment or offer by its id."""
        about = (row.who if isinstance(row, Member) else row.id for row in self._rows)
        self.go_to(next((i for i, name in enumerate(about) if name == subject), 0))

    def show_waiting(self) -> None:
        """Put the cursor on the first that waits: an offer, an unanswered page, a check-back that is due."""
        self.go_to(next((i for i, row in enumerate(self._rows) if self._waits(row)), self.cursor))

    def _waits(self, row: Subject) -> bool:
        if isinstance(row, Assignment):
            return bool(row.due_at and self.now and self.now >= row.due_at)
        return row.unanswered if isinstance(row, Member) else True

    def identity(self, index: int) -> object:
        """The person, or the assignment."""
        row = self._rows[index]
        return row.who if isinstance(row, Member) else row.id

    def count(self) -> int:
        """People and assignments."""
        return len(self._rows)

    def heading(self) -> tuple[str, str]:
        """The title, and how many respond; more than one person can lead is said."""
        if self.incident is None or not self._rows:
            return self.title, ""
        if span_warning(self.incident):
            return self.title, f"▲ {len(direct(self.incident))} direct, over {SPAN_OF_CONTROL}"
        return self.title, f"{len(self.incident.responding)} responding"

    # ── rows ───────────────────────────────────────────────────────────────────────────────────

    def row(self, index: int, width: int) -> list[Line]:
        """A person with roles and state, an assignment with its time-box, or an offer of the command."""
        row = self._rows[index]
        if isinstance(row, Assignment):
            return self._assignment(row, width)
        if isinstance(row, CommandOffer):
            said = f"offered {row.at:%H:%M} "
            return [spread(((f" ⇄ command to {row.to}?", "warn"),), ((said, "warn"),), width)]
        roles = ", ".join(SHORT.get(role, role) for role in row.roles)
        state, tone = self._state(row, width)
        name = "dim" if row.released_at else "strong"
        return [spread(((f" {row.who} ", name), (roles, "accent")), ((f"{state} ", tone),), width)]

    def _state(self, member: Member, width: int) -> Span:
        known = times(member)
        if member.unanswered and member.paged_at and self.now and self.incident:
            due = timing.after(member.paged_at, ANSWER_TIME)
            if self.incident.closed_at or covered(self.incident, member.paged_at):
                return "no answer", "dim"
            if self.now >= due:
                return f"▲ no answer {countdown(due, self.now)}", "bad"
        if not known:
            return "", ""
        if width >= _WIDE:
            return " · ".join(said for said, _ in known), known[-1][1]
        return ("released", "dim") if member.released_at else known[-1]

    def _assignment(self, assignment: Assignment, width: int) -> list[Line]:
        left, tone = "", "dim"
        if assignment.due_at and self.now:
            over = self.now >= assignment.due_at
            if over:
                left, tone = f"▲ {countdown(assignment.due_at, self.now)}", "bad"
            else:
                left = timing.clock(assignment.due_at - self.now)
        known = self.incident is not None and assignment.who in self.incident.team
        lead = "  → " if known else f" → {assignment.who} "
        first, *more = wrapped(f"{lead.strip()} {assignment.task}", width - len(left) - 5)
        indent = lead[: len(lead) - len(lead.lstrip())]
        head = spread(((f"{indent}{first}", ""),), ((f"{left} ", tone),), width)
        return [head, *(((f"{indent}  {line}", ""),) for line in more)]

    def watch_now(self) -> None:
        """Bring the clocks up to date."""
        if any(self._runs(row) for row in self._rows):
            self.redraw()

    def _runs(self, row: Subject) -> bool:
        if isinstance(row, Assignment):
            return row.due_at is not None
        return isinstance(row, Member) and row.unanswered

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def why_not(self, key_id: str) -> str | None:
        """What becomes of somebody needs somebody; a person is paged or joins at any time."""
        if key_id in {"arrive", "release", "role"} and not self._rows:
            return self.keymap.said(self.empty)
        return None

    def _ask(self, what: What) -> None:
        subject = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        self.post_message(self.Asked(what, subject))

    def action_member(self) -> None:
        """Ask what became of this person, assignment or offer."""
        self._ask("ask")

    def action_page(self) -> None:
        """Page somebody."""
        self._ask("page")

    def action_join(self) -> None:
        """Somebody joined."""
        self._ask("join")

    def action_arrive(self) -> None:
        """The next thing that is good: answered, joined, done, accepted."""
        self._ask("arrive")

    def action_release(self) -> None:
        """The end of it: released, dropped, declined."""
        self._ask("release")

    def action_role(self) -> None:
        """A role for this person, or somebody else for this assignment."""
        self._ask("role")

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_member()
