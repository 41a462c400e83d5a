"""Every fact that an incident can hold, one frozen struct each, and the envelope that carries it.

A fact says what happened, never whether it was allowed: that was asked once, in `commands`.
Field names are the stored format; a new field needs a default.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from warroom.incident.playbook import Playbook

Instant = Annotated[datetime, Meta(tz=True)]
"""A time with its offset. A stored event without one is damaged: it could not be put in order."""

Outcome = Literal["effective", "partial", "ineffective", "regressed"]
Closure = Literal["resolved", "duplicate", "false positive", "superseded", "external"]
Audience = Literal["internal", "executive", "external"]
CheckBack = Literal["done", "extended", "reassigned", "escalated", "dropped"]
Verdict = Literal["held", "failed"]
FindingKind = Literal["root cause", "contributing factor", "lesson"]
Role = Literal[
    "Incident Commander",
    "Deputy",
    "Scribe",
    "Operations Lead",
    "Communications Lead",
    "Customer Liaison",
    "Internal Liaison",
    "Subject Matter Expert",
]
Milestone = Literal[
    "started", "detected", "declared", "acknowledged", "mitigated", "resolved", "recovered", "closed"
]


class Fact(Struct, frozen=True, omit_defaults=True, tag_field="kind", tag=str.lower):
    """What every fact derives from; the stored `kind` is the class name in lower case."""


# ── the incident itself ────────────────────────────────────────────────────────────────────────


class Declared(Fact, frozen=True):
    """The incident exists: its number, title and the playbook it runs by."""

    number: str
    title: str
    playbook: Playbook
    exercise: bool = False
    source: str = ""  # the name or file that the playbook was asked for by; empty for the built-in one


class PlaybookReloaded(Fact, frozen=True):
    """The playbook was read again from its document, which had changed meanwhile."""

    playbook: Playbook
    kept: tuple[tuple[str, str], ...] = ()  # places of what is the same, before and now: ("1.2.1", "1.3.1")
    source: str = ""


class Renamed(Fact, frozen=True):
    """The title was changed."""

    title: str


class SeveritySet(Fact, frozen=True):
    """The severity was set; the decision row that was the rationale is kept."""

    level: str
    condition: str = ""  # the row's left column, empty when set without the table


class PhaseEntered(Fact, frozen=True):
    """A phase was entered, forwards or back."""

    phase: int
    confirmed: tuple[str, ...] = ()  # ids of the criteria that were confirmed
    override: str = ""  # the reason, when something was still open
    still_open: tuple[str, ...] = ()  # ids of what was open


class MilestoneStamped(Fact, frozen=True):
    """A milestone was set by hand to the event's `occurred_at`."""

    milestone: Milestone


class Closed(Fact, frozen=True):
    """The incident is over: the timer stops."""

    reason: Closure = "resolved"
    note: str = ""
    into: str = ""  # the incident that this one is a duplicate of or superseded by


class Absorbed(Fact, frozen=True):
    """Another incident was closed as a duplicate of this one, or superseded by it."""

    number: str
    title: str = ""


class Reopened(Fact, frozen=True):
    """A closed incident goes on."""

    reason: str = ""


# ── the checklist ──────────────────────────────────────────────────────────────────────────────


class Ticked(Fact, frozen=True):
    """An action or criterion is done."""

    item: str
    linked: bool = False  # ticked because the thing it names was done


class Unticked(Fact, frozen=True):
    """A ticked or skipped item is open again."""

    item: str


class Skipped(Fact, frozen=True):
    """An item will not be done, and why."""

    item: str
    reason: str


class OutputRecorded(Fact, frozen=True):
    """A step's output exists; `text` says what or where it is."""

    item: str
    text: str = ""
    linked: bool = False


# ── the log ────────────────────────────────────────────────────────────────────────────────────


class Noted(Fact, frozen=True):
    """A note."""

    text: str


class Edited(Fact, frozen=True):
    """A note reads differently now; the versions before are kept."""

    target: str
    text: str


class Struck(Fact, frozen=True):
    """An entry was wrong: it stays, struck through."""

    target: str
    reason: str = ""


class Unstruck(Fact, frozen=True):
    """A struck entry stands again."""

    target: str


class Pinned(Fact, frozen=True):
    """An entry is a key event for the post-mortem (or no longer)."""

    target: str
    on: bool = True


class MetricObserved(Fact, frozen=True):
    """A figure changed from `before` to `after`, as typed."""

    name: str
    before: str
    after: str


class FindingRecorded(Fact, frozen=True):
    """Something learned: root cause, contributing factor or lesson."""

    finding: FindingKind
    text: str


# ── decisions and mitigation ───────────────────────────────────────────────────────────────────


class DecisionTaken(Fact, frozen=True):
    """A row of a decision table that is neither severity nor strategy was chosen."""

    table: str
    condition: str
    choice: str


class DecisionMade(Fact, frozen=True):
    """Something was decided, with what spoke against it. Its id is the event's id."""

    decision: str
    proposal: str = ""  # what was proposed, where the decision is another
    risk: str = ""
    objections: str = ""  # the strong ones: what somebody cannot live with
    owner: str = ""
    timebox: timedelta | None = None  # at its end the decision is verified


class DecisionVerified(Fact, frozen=True):
    """Whether a decision has done what it was made for."""

    target: str
    verdict: Verdict
    note: str = ""


class MitigationStarted(Fact, frozen=True):
    """A mitigation is under way. Its id is the event's id."""

    strategy: str
    condition: str = ""  # the decision row that was the rationale
    note: str = ""
    timebox: timedelta | None = None  # at its end its outcome is asked for


class MitigationAssessed(Fact, frozen=True):
    """What a mitigation did."""

    target: str
    outcome: Outcome
    note: str = ""


class EscalationRaised(Fact, frozen=True):
    """Somebody further up was called, by a path of the playbook or freely. Its id is the event's id."""

    to: str
    trigger: str = ""
    after: str = ""  # the escalation that nobody answered, when this is the next contact


class EscalationAcknowledged(Fact, frozen=True):
    """Whom we escalated to has answered."""

    target: str


class FallbackInvoked(Fact, frozen=True):
    """A fallback procedure is in force."""

    condition: str
    action: str


# ── impact and people ──────────────────────────────────────────────────────────────────────────


class ImpactAssessed(Fact, frozen=True):
    """What is known of the impact; a field that is None was not assessed this time."""

    users: int | None = None
    revenue_per_hour: float | None = None
    systems: tuple[str, ...] | None = None
    customer_facing: bool | None = None
    data_breach: bool | None = None
    summary: str | None = None


class Paged(Fact, frozen=True):
    """A person was paged."""

    who: str


class PageAcknowledged(Fact, frozen=True):
    """A paged person answered."""

    who: str


class Joined(Fact, frozen=True):
    """A person is responding."""

    who: str


class Released(Fact, frozen=True):
    """A person was sent home."""

    who: str


class RoleAssigned(Fact, frozen=True):
    """A person has a role. There is one Incident Commander; other roles may be shared."""

    who: str
    role: Role


class AssignmentGiven(Fact, frozen=True):
    """A named person has a task, with a time-box. Its id is the event's id."""

    who: str
    task: str
    timebox: timedelta | None = None


class AssignmentCheckedBack(Fact, frozen=True):
    """What became of an assignment at its check-back."""

    target: str
    outcome: CheckBack
    timebox: timedelta | None = None  # the further time, when extended; the new one, when reassigned
    note: str = ""
    to: str = ""  # when reassigned, who has it now (by the event's id); when escalated, to whom


class CommandOffered(Fact, frozen=True):
    """The commander offers the command to somebody, with a briefing. The offer's id is the event's id."""

    to: str
    briefing: str = ""


class CommandAccepted(Fact, frozen=True):
    """Whom the command was offered to has accepted it; the role is assigned by the same act."""

    offer: str
    who: str


class CommandDeclined(Fact, frozen=True):
    """Whom the command was offered to has declined; the commander stays."""

    offer: str
    who: str
    reason: str = ""


class UpdatePublished(Fact, frozen=True):
    """A status update went out to an audience."""

    audience: Audience
    text: str


class CadenceSet(Fact, frozen=True):
    """How often an audience is told, from now on; None: no more updates are owed."""

    audience: Audience
    every: timedelta | None = None


class Snoozed(Fact, frozen=True):
    """A matter is not shown until a span has passed, unless it gets another time before."""

    matter: str  # its id
    span: timedelta
    text: str = ""  # what it said
    due: Instant | None = None  # when it was due


# ── afterwards ─────────────────────────────────────────────────────────────────────────────────


class ActionItemOpened(Fact, frozen=True):
    """Something to do after the incident. Its id is the event's id."""

    text: str
    owner: str = ""
    due: date | None = None
    source: str = ""  # the log entry that it came from


class ActionItemChanged(Fact, frozen=True):
    """An action item's wording, owner and due date as they are from now on."""

    target: str
    text: str
    owner: str = ""
    due: date | None = None


class ActionItemDone(Fact, frozen=True):
    """An action item is done."""

    target: str


class ActionItemDropped(Fact, frozen=True):
    """An action item will not be done."""

    target: str
    reason: str = ""


class ActionItemReopened(Fact, frozen=True):
    """A done or dropped action item is open again."""

    target: str


class PostMortemWritten(Fact, frozen=True):
    """The post-mortem was written to a file."""

    file: str


class Retracted(Fact, frozen=True):
    """An act was undone: none of its facts hold. Retracting a retraction is redo."""

    act: str


AnyFact = (
    Declared | PlaybookReloaded | Renamed | SeveritySet | PhaseEntered | MilestoneStamped
    | Closed | Absorbed | Reopened
    | Ticked | Unticked | Skipped | OutputRecorded
    | Noted | Edited | Struck | Unstruck | Pinned | MetricObserved | FindingRecorded
    | DecisionTaken | DecisionMade | DecisionVerified | MitigationStarted | MitigationAssessed
    | EscalationRaised | EscalationAcknowledged | FallbackInvoked | ImpactAssessed
    | Paged | PageAcknowledged | Joined | Released | RoleAssigned
    | AssignmentGiven | AssignmentCheckedBack | CommandOffered | CommandAccepted | CommandDeclined
    | UpdatePublished | CadenceSet | Snoozed
    | ActionItemOpened | ActionItemChanged | ActionItemDone | ActionItemDropped | ActionItemReopened
    | PostMortemWritten | Retracted
)  # fmt: skip


class Event(Struct, frozen=True, omit_defaults=True):
    """A fact with who, when and where it stands in the order.

    `clock` is a hybrid logical clock: UTC milliseconds × 2¹⁶ plus a counter, never less than any
    seen before, so that `(clock, id)` sorts alike on every replica and after what it knew of.
    """

    id: str  # UUIDv7
    clock: int
    recorded_at: Instant  # when it was entered, UTC
    by: str
    fact: AnyFact
    occurred: Instant | None = None  # when it happened, if that was not when it was entered
    first: str = ""  # the id of the act's first event, if that is another one

    @property
    def occurred_at(self) -> datetime:
        """When it happened, UTC."""
        return self.occurred or self.recorded_at

    @property
    def act(self) -> str:
        """The act (one intention, undone as a whole) that this event belongs to."""
        return self.first or self.id

    @property
    def order(self) -> tuple[int, str]:
        """The key that sorts events alike everywhere."""
        return (self.clock, self.id)

    @property
    def late(self) -> bool:
        """Whether it was entered at least a minute after it happened."""
        return (self.recorded_at - self.occurred_at).total_seconds() >= 60
