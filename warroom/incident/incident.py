"""The incident: everything that is so, as one frozen value folded from its events."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace
from rpds import HashTrieMap

from warroom.incident.chronicle import History
from warroom.incident.deeds import Deed
from warroom.incident.events import (
    Audience,
    CheckBack,
    Closure,
    Event,
    FindingKind,
    FindingRecorded,
    ImpactAssessed,
    MetricObserved,
    Milestone,
    Noted,
    Outcome,
    Role,
    Verdict,
)
from warroom.incident.playbook import Phase, Playbook, Severity
from warroom.incident.timeline import Timeline

COMMANDER: Role = "Incident Commander"


class SeverityChange(Struct, frozen=True):
    """A severity, from when, and the decision row that was the rationale."""

    level: str
    at: datetime
    condition: str = ""


class PhaseVisit(Struct, frozen=True):
    """A phase and when it was entered."""

    phase: int
    at: datetime
    override: str = ""


class ItemState(Struct, frozen=True):
    """What became of an action, output or criterion; one that is open has no state."""

    status: Literal["done", "skipped"]
    at: datetime
    by: str
    text: str = ""  # why it was skipped, or what the output is
    linked: bool = False  # settled because the thing it names was done


class Mitigation(Struct, frozen=True):
    """A mitigation and, once assessed, what it did."""

    id: str
    strategy: str
    started_at: datetime
    condition: str = ""
    note: str = ""
    outcome: Outcome | None = None
    assessed_at: datetime | None = None
    assessment: str = ""
    verify_at: datetime | None = None  # when its outcome is asked for


class Decision(Struct, frozen=True):
    """Something that was decided and, once verified, whether it held."""

    id: str
    decision: str
    at: datetime
    proposal: str = ""
    risk: str = ""
    objections: str = ""
    owner: str = ""
    verify_at: datetime | None = None
    verdict: Verdict | None = None
    verified_at: datetime | None = None
    finding: str = ""  # what was seen when it was verified


class Escalation(Struct, frozen=True):
    """An escalation and whether it was answered."""

    id: str
    to: str
    raised_at: datetime
    trigger: str = ""
    acknowledged_at: datetime | None = None
    after: str = ""  # the escalation that nobody answered, when this is the next contact


class FallbackInForce(Struct, frozen=True):
    """A fallback procedure that was invoked."""

    condition: str
    action: str
    at: datetime


class Impact(Struct, frozen=True):
    """What is known of the impact; None is not assessed."""

    users: int | None = None
    revenue_per_hour: float | None = None
    systems: tuple[str, ...] | None = None
    customer_facing: bool | None = None
    data_breach: bool | None = None
    summary: str | None = None
    assessed_at: datetime | None = None
    customer_facing_since: datetime | None = None
    data_breach_since: datetime | None = None

    def after(self, found: ImpactAssessed, at: datetime) -> "Impact":
        """What is known after an assessment; one that is entered late only fills gaps."""
        known = {
            name: value for name in found.__struct_fields__ if (value := getattr(found, name)) is not None
        }
        if self.assessed_at and at < self.assessed_at:
            known = {name: value for name, value in known.items() if getattr(self, name) is None}
        now: Impact = replace(self, **known, assessed_at=max(self.assessed_at or at, at))
        return replace(
            now,
            customer_facing_since=(self.customer_facing_since or at) if now.customer_facing else None,
            data_breach_since=(self.data_breach_since or at) if now.data_breach else None,
        )


class Member(Struct, frozen=True):
    """A person of the response team and their times."""

    who: str
    roles: tuple[Role, ...] = ()
    paged_at: datetime | None = None
    acknowledged_at: datetime | None = None
    joined_at: datetime | None = None
    released_at: datetime | None = None

    @property
    def unanswered(self) -> bool:
        """Whether this person was paged and has neither answered, joined nor been sent home."""
        return bool(self.paged_at) and not (self.acknowledged_at or self.joined_at or self.released_at)

    @property
    def responding(self) -> bool:
        """Whether this person is at work on the incident."""
        return self.released_at is None and bool(self.joined_at or self.roles)


class Assignment(Struct, frozen=True):
    """A task that a named person has, until its check-back."""

    id: str
    who: str
    task: str
    given_at: datetime
    due_at: datetime | None = None
    outcome: CheckBack | None = None  # one that was extended is open
    timebox: timedelta | None = None


class Metric(Struct, frozen=True):
    """A figure before and after, as typed."""

    id: str
    name: str
    before: str
    after: str
    at: datetime


class Finding(Struct, frozen=True):
    """Something learned."""

    id: str
    finding: FindingKind
    text: str
    at: datetime


class StatusUpdate(Struct, frozen=True):
    """A status update that went out."""

    audience: Audience
    text: str
    at: datetime


class Cadence(Struct, frozen=True):
    """How often an audience is told, as set during the incident, and since when."""

    every: timedelta | None
    at: datetime


class Snooze(Struct, frozen=True):
    """Until when a matter is not shown, as long as it is due when it was then."""

    until: datetime
    due_at: datetime | None = None


class CommandOffer(Struct, frozen=True):
    """An offer of the command that is neither accepted nor declined."""

    id: str
    to: str
    at: datetime
    briefing: str = ""


class ActionItem(Struct, frozen=True):
    """Something to do after the incident."""

    id: str
    text: str
    owner: str = ""
    due: date | None = None
    status: Literal["open", "done", "dropped"] = "open"
    note: str = ""


class Amendment(Struct, frozen=True):
    """What was changed about a log entry since it was made."""

    versions: tuple[str, ...] = ()  # every wording after the first
    struck: str | None = None  # the reason, "" without one, None when it stands
    pinned: bool = False


if TYPE_CHECKING:
    Amended = HashTrieMap[str, Amendment]
else:
    Amended = HashTrieMap  # at run time it takes no parameters, and what reads annotations would fail


class Incident(Struct, frozen=True):
    """Everything that is so about an incident. Made by `evolve` and `replay` only."""

    number: str
    title: str
    playbook: Playbook
    declared_at: datetime
    deeds: dict[str, Deed]  # item id → what it asks for
    exits: dict[str, Milestone]  # exit criterion id → milestone
    exercise: bool = False
    source: str = ""  # where the playbook came from
    former: tuple[tuple[tuple[int, str], Playbook], ...] = ()  # playbooks before, each up to an event's order
    severities: tuple[SeverityChange, ...] = ()
    phases: tuple[PhaseVisit, ...] = ()
    items: dict[str, ItemState] = {}
    stamps: dict[Milestone, datetime] = {}  # milestones set by hand
    decisions: tuple[Decision, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    fallbacks: tuple[FallbackInForce, ...] = ()
    impact: Impact = Impact()
    team: dict[str, Member] = {}
    responded_at: datetime | None = None  # when the first answered a page or joined
    assignments: tuple[Assignment, ...] = ()
    command_offer: CommandOffer | None = None
    metrics: History[Metric] = History()
    findings: tuple[Finding, ...] = ()
    updates: tuple[StatusUpdate, ...] = ()  # in the order in which they went out
    cadences: dict[Audience, Cadence] = {}  # as set during the incident
    snoozes: dict[str, Snooze] = {}  # matter id → its latest snooze
    action_items: tuple[ActionItem, ...] = ()
    closed_at: datetime | None = None
    closure: Closure | None = None
    merged_into: str = ""  # the number of the incident that goes on in its place
    absorbed: tuple[str, ...] = ()  # the numbers of those that were merged into this one
    reopened_at: datetime | None = None
    timeline: Timeline = Timeline()
    amended: Amended = HashTrieMap()
    last_event_at: datetime | None = None

    def playbook_of(self, event: Event) -> Playbook:
        """The playbook that was in force at an event: places in its facts are places in that one."""
        return next((playbook for order, playbook in self.former if event.order < order), self.playbook)

    @property
    def status(self) -> Literal["active", "closed"]:
        """Active until closed."""
        return "closed" if self.closed_at else "active"

    @property
    def severity(self) -> str | None:
        """The level in force, or None when not classified."""
        return self.severities[-1].level if self.severities else None

    @property
    def severity_level(self) -> Severity | None:
        """The playbook's row for the level in force."""
        return self.playbook.severity(self.severity) if self.severity else None

    @property
    def phase(self) -> Phase:
        """The phase that the incident is in."""
        return self.playbook.phases[self.phases[-1].phase - 1]

    @property
    def phase_entered_at(self) -> datetime:
        """When the current phase was last entered."""
        return self.phases[-1].at

    @property
    def commander(self) -> str | None:
        """Who is in command."""
        return next((m.who for m in self.team.values() if COMMANDER in m.roles and not m.released_at), None)

    @property
    def responding(self) -> tuple[Member, ...]:
        """The people at work, the commander included."""
        return tuple(member for member in self.team.values() if member.responding)

    @property
    def finished(self) -> bool:
        """Whether it is closed and its last phase is left, so that nothing remains to be done."""
        return self.closed_at is not None and self.done(self.playbook.phases[-1].exit_id)

    def done(self, item: str) -> bool:
        """Whether an action, output or criterion is done (not merely skipped)."""
        state = self.items.get(item)
        return state is not None and state.status == "done"

    def asking_for(self, *deeds: Deed) -> Iterator[str]:
        """The ids of the items that ask for any of these deeds."""
        return (item for item, deed in self.deeds.items() if deed in deeds)

    def open_actions(self, phase: Phase) -> tuple[str, ...]:
        """The ids of a phase's actions in mandatory steps that are neither done nor skipped."""
        return tuple(a.id for step, a in phase.actions() if step.mandatory and a.id not in self.items)

    def progress(self, phase: Phase | None = None) -> tuple[int, int]:
        """Actions settled (done or skipped) and actions in all, of one phase or of the playbook."""
        phases = (phase,) if phase else self.playbook.phases
        ids = [action.id for each in phases for _, action in each.actions()]
        return sum(1 for item in ids if item in self.items), len(ids)

    def mitigation(self, ident: str) -> Mitigation | None:
        """The mitigation of this id."""
        return next((m for m in self.mitigations if m.id == ident), None)

    def decision(self, ident: str) -> Decision | None:
        """The decision of this id."""
        return next((d for d in self.decisions if d.id == ident), None)

    def assignment(self, ident: str) -> Assignment | None:
        """The assignment of this id."""
        return next((a for a in self.assignments if a.id == ident), None)

    def escalation(self, ident: str) -> Escalation | None:
        """The escalation of this id."""
        return next((x for x in self.escalations if x.id == ident), None)

    def action_item(self, ident: str) -> ActionItem | None:
        """The action item of this id."""
        return next((item for item in self.action_items if item.id == ident), None)

    def is_struck(self, event_id: str) -> bool:
        """Whether a log entry was struck."""
        amendment = self.amended.get(event_id)
        return amendment is not None and amendment.struck is not None

    def is_pinned(self, event_id: str) -> bool:
        """Whether a log entry is a key event."""
        amendment = self.amended.get(event_id)
        return amendment is not None and amendment.pinned

    def standing(self, kind: FindingKind) -> tuple[str, ...]:
        """The findings of a kind that were not struck, in their latest wording."""
        return tuple(
            self.latest(f.id, f.text) for f in self.findings if f.finding == kind and not self.is_struck(f.id)
        )

    def latest(self, event_id: str, text: str) -> str:
        """The wording of a log entry after its edits."""
        amendment = self.amended.get(event_id)
        return amendment.versions[-1] if amendment and amendment.versions else text


Loggable = Noted | MetricObserved | FindingRecorded
"""The facts that are log entries, which can be edited (all but metrics) and struck."""


def is_log_entry(event: Event) -> bool:
    """Whether an event is something a person wrote in the log, to be edited or struck rather than undone."""
    return isinstance(event.fact, Loggable)
