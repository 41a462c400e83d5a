"""Matters: what must be dealt with by a time, and what is to be dealt with first.

The one rule of order: by the time at which a matter is or was due, so that what has been overdue
longest comes first and what is due later comes last; of those due at the same time, by `KINDS`,
then by subject. A matter is overdue from the second at which it is due. What is open at once, such as
an escalation whose trigger has become true, is due from the moment at which it arose.

Nothing here depends on the time now but what is overdue and what is snoozed; nothing looks at the
timeline.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Literal, get_args

from msgspec import Struct

from warroom.incident.cadence import AUDIENCES, last_update, next_update
from warroom.incident.escalation import (
    ANSWER_TIME,
    escalation_due,
    next_contact,
    raised,
    trigger_clock,
)
from warroom.incident.fallbacks import awaited, covered, offered, unreachable
from warroom.incident.incident import Incident
from warroom.incident.timing import after, response_target

SETTLING_TIME = timedelta(minutes=5)
"""How long an incident may go without a severity or a commander before that is overdue."""

Kind = Literal[
    "response", "severity", "commander", "escalate", "answer", "fallback", "page", "command", "verify",
    "check-back", "update", "action item",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds, in the order in which those due at the same time come."""


class Matter(Struct, frozen=True):
    """Something that must be dealt with by a time."""

    kind: Kind
    text: str
    due_at: datetime
    clock: str  # what its time runs from, in words
    subject: str = ""  # the id of what it is about

    @property
    def id(self) -> str:
        """What tells it from all others, and stays when its time changes."""
        kind = self.kind.replace(" ", "-")
        return f"{kind}:{self.subject}" if self.subject else kind

    def overdue(self, now: datetime) -> bool:
        """Whether its time has come."""
        return now >= self.due_at


def agenda(incident: Incident) -> tuple[Matter, ...]:
    """Every matter there is, snoozed or not, the most urgent first."""
    return tuple(sorted(_all(incident), key=_urgency))


def matters(incident: Incident, now: datetime) -> tuple[Matter, ...]:
    """What is due and will be due, the most urgent first, without what is snoozed."""
    return tuple(matter for matter in agenda(incident) if _shown_from(incident, matter, now) <= now)


def next_overdue(incident: Incident, now: datetime) -> datetime | None:
    """When the next matter will be shown as overdue that is not now; None if none will."""
    times = (_shown_from(incident, matter, matter.due_at) for matter in agenda(incident))
    return min((at for at in times if at > now), default=None)


def _urgency(matter: Matter) -> tuple[datetime, int, str]:
    return matter.due_at, KINDS.index(matter.kind), matter.subject


def _shown_from(incident: Incident, matter: Matter, otherwise: datetime) -> datetime:
    """The end of a matter's snooze if that is later; one that got another time since is not snoozed."""
    snooze = incident.snoozes.get(matter.id)
    return max(snooze.until, otherwise) if snooze and snooze.due_at == matter.due_at else otherwise


def _all(incident: Incident) -> Iterator[Matter]:
    yield from _action_items(incident)
    if not incident.closed_at:
        yield from _to_settle(incident)
        yield from _escalations(incident)
        yield from _people(incident)
        yield from _to_verify(incident)
        yield from _updates(incident)


def _action_items(incident: Incident) -> Iterator[Matter]:
    for item in incident.action_items:
        if item.status == "open" and item.due:
            end_of_day = datetime.combine(item.due, time.max, UTC)
            yield Matter("action item", item.text, end_of_day, "the end of its day, UTC", item.id)


def _to_settle(incident: Incident) -> Iterator[Matter]:
    target = response_target(incident)
    if target and not target.met_at:
        yield Matter("response", "acknowledge", target.due_at, target.since.what)
    due = after(incident.declared_at, SETTLING_TIME)
    if incident.severity is None and incident.playbook.severities:
        yield Matter("severity", "classify severity", due, "declaration")
    if incident.commander is None:
        yield Matter("commander", "assign a commander", due, "declaration")


def _escalations(incident: Incident) -> Iterator[Matter]:
    for path in incident.playbook.escalations:
        due, clock = escalation_due(incident, path), trigger_clock(incident, path)
        if due and clock and not raised(incident, path):
            yield Matter("escalate", f"escalate: {path.to}", due, clock.what, path.trigger)
    backup = unreachable(incident)
    for escalation in awaited(incident):
        instead = next_contact(incident, escalation) or (backup.action if backup else "")
        due = after(escalation.raised_at, ANSWER_TIME)
        text = _else(f"answer from {escalation.to}", instead)
        yield Matter("answer", text, due, "the escalation", escalation.id)
    for fallback in incident.playbook.fallbacks:
        condition = offered(incident, fallback)
        if condition and fallback is not backup:  # that one is offered where the answer is missing
            text = f"{fallback.condition}: {fallback.action}"
            yield Matter("fallback", text, condition.at, "its condition", fallback.condition)


def _else(text: str, instead: str) -> str:
    return f"{text}, else {instead}" if instead else text


def _people(incident: Incident) -> Iterator[Matter]:
    backup = unreachable(incident)
    for member in incident.team.values():
        if member.unanswered and member.paged_at:
            if covered(incident, member.paged_at):
                continue
            text = _else(f"answer from {member.who}", backup.action if backup else "")
            yield Matter("page", text, after(member.paged_at, ANSWER_TIME), "the page", member.who)
    for assignment in incident.assignments:
        if assignment.due_at and not assignment.outcome:
            text = f"check back: {assignment.who} {assignment.task}"
            yield Matter("check-back", text, assignment.due_at, "its time-box", assignment.id)
    offer = incident.command_offer
    if offer:
        due = after(offer.at, ANSWER_TIME)
        yield Matter("command", f"{offer.to} to accept command", due, "the offer", offer.id)


def _to_verify(incident: Incident) -> Iterator[Matter]:
    for mitigation in incident.mitigations:
        if mitigation.verify_at and not mitigation.outcome:
            text = f"outcome of {mitigation.strategy}"
            yield Matter("verify", text, mitigation.verify_at, "its start", mitigation.id)
    for decision in incident.decisions:
        if decision.verify_at and not decision.verdict:
            yield Matter(
                "verify", f"verify: {decision.decision}", decision.verify_at, "the decision", decision.id
            )


def _updates(incident: Incident) -> Iterator[Matter]:
    for audience in AUDIENCES:
        if owed := next_update(incident, audience):
            due, clock = owed
            holding = audience == "external" and last_update(incident, audience) is None
            text = "external holding statement" if holding else f"{audience} update"
            yield Matter("update", text, due, clock.what, audience)
