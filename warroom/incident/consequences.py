"""Consequences: what each kind of fact changes about an incident, besides being an entry of its timeline."""

from bisect import insort
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from warroom.incident import events as e
from warroom.incident.deeds import deeds_of, milestones_of
from warroom.incident.events import Event, Fact
from warroom.incident.incident import (
    COMMANDER,
    ActionItem,
    Amendment,
    Assignment,
    Cadence,
    CommandOffer,
    Decision,
    Escalation,
    FallbackInForce,
    Finding,
    Incident,
    ItemState,
    Member,
    Mitigation,
    PhaseVisit,
    SeverityChange,
    Snooze,
    StatusUpdate,
)
from warroom.incident.playbook import Playbook

F = TypeVar("F", bound=Fact)
S = TypeVar("S", bound=Struct)
Changes = dict[str, Any]


CHANGES: dict[type, Callable[[Incident, Event, Any], Changes]] = {}
"""Kind of fact → what it changes. A kind that is not here changes nothing else."""


def _on(kind: type[F]) -> Callable[[Callable[[Incident, Event, F], Changes]], None]:
    def register(change: Callable[[Incident, Event, F], Changes]) -> None:
        CHANGES[kind] = cast("Callable[[Incident, Event, Any], Changes]", change)

    return register


def _sorted_in(history: tuple[S, ...], new: S) -> tuple[S, ...]:
    """A history with one more entry, by its time: what was entered late does not become the latest."""
    ordered = list(history)
    insort(ordered, new, key=_at)
    return tuple(ordered)


def _at(entry: Any) -> datetime:
    return cast("datetime", entry.at)


def _changed(items: tuple[S, ...], ident: str, **changes: Any) -> tuple[S, ...]:
    return tuple(replace(item, **changes) if cast("Any", item).id == ident else item for item in items)


# ── the incident itself ────────────────────────────────────────────────────────────────────────


@_on(e.PlaybookReloaded)
def _reloaded(incident: Incident, event: Event, fact: e.PlaybookReloaded) -> Changes:
    places = dict(fact.kept)
    return {
        "playbook": fact.playbook,
        "source": fact.source or incident.source,
        "former": (*incident.former, (event.order, incident.playbook)),
        "deeds": deeds_of(fact.playbook),
        "exits": milestones_of(fact.playbook),
        "items": {places[item]: state for item, state in incident.items.items() if item in places},
        "phases": tuple(
            replace(visit, phase=_phase_now(fact.playbook, places, visit.phase)) for visit in incident.phases
        ),
    }


def _phase_now(playbook: Playbook, places: dict[str, str], before: int) -> int:
    """A phase's number in a playbook that was read again; one that is gone leaves its number."""
    place = places.get(str(before), "")
    number = int(place) if place.isdecimal() else before
    return max(min(number, len(playbook.phases)), 1)


@_on(e.Renamed)
def _renamed(_: Incident, __: Event, fact: e.Renamed) -> Changes:
    return {"title": fact.title}


@_on(e.SeveritySet)
def _severity(incident: Incident, event: Event, fact: e.SeveritySet) -> Changes:
    change = SeverityChange(fact.level, event.occurred_at, fact.condition)
    return {"severities": _sorted_in(incident.severities, change)}


@_on(e.PhaseEntered)
def _phase(incident: Incident, event: Event, fact: e.PhaseEntered) -> Changes:
    if incident.playbook.phase(fact.phase) is None:
        return {}
    done = ItemState("done", event.occurred_at, event.by)
    going_back = incident.playbook.criteria(fact.phase, incident.phase.number)
    return {
        "phases": _sorted_in(incident.phases, PhaseVisit(fact.phase, event.occurred_at, fact.override)),
        "items": dict.fromkeys(fact.confirmed, done) | _without(incident.items, going_back),
    }


@_on(e.MilestoneStamped)
def _stamped(incident: Incident, event: Event, fact: e.MilestoneStamped) -> Changes:
    at = event.occurred_at
    if fact.milestone == "declared":
        return {"declared_at": at, "phases": _beginning(incident.phases, at)}
    if fact.milestone == "closed":
        return {"closed_at": at} if incident.closed_at else {}
    return {"stamps": {**incident.stamps, fact.milestone: at}}


def _beginning(phases: tuple[PhaseVisit, ...], at: datetime) -> tuple[PhaseVisit, ...]:
    """The first visit begins with the declaration, but never after the second."""
    first, *rest = phases
    return (replace(first, at=min(at, rest[0].at) if rest else at), *rest)


@_on(e.Closed)
def _closed(_: Incident, event: Event, fact: e.Closed) -> Changes:
    return {"closed_at": event.occurred_at, "closure": fact.reason, "merged_into": fact.into}


@_on(e.Reopened)
def _reopened(_: Incident, event: Event, __: e.Reopened) -> Changes:
    return {"closed_at": None, "closure": None, "merged_into": "", "reopened_at": event.occurred_at}


@_on(e.Absorbed)
def _absorbed(incident: Incident, _: Event, fact: e.Absorbed) -> Changes:
    return {"absorbed": (*incident.absorbed, fact.number)}


# ── the checklist ──────────────────────────────────────────────────────────────────────────────


def _settled(incident: Incident, item: str, state: ItemState) -> Changes:
    return {"items": {**incident.items, item: state}}


@_on(e.Ticked)
def _ticked(incident: Incident, event: Event, fact: e.Ticked) -> Changes:
    return _settled(incident, fact.item, ItemState("done", event.occurred_at, event.by, linked=fact.linked))


@_on(e.Unticked)
def _unticked(incident: Incident, _: Event, fact: e.Unticked) -> Changes:
    return {"items": _without(incident.items, (fact.item,))}


def _without(items: dict[str, ItemState], opened: Iterable[str]) -> dict[str, ItemState]:
    dropped = set(opened)
    return {item: state for item, state in items.items() if item not in dropped}


@_on(e.Skipped)
def _skipped(incident: Incident, event: Event, fact: e.Skipped) -> Changes:
    return _settled(incident, fact.item, ItemState("skipped", event.occurred_at, event.by, fact.reason))


@_on(e.OutputRecorded)
def _output(incident: Incident, event: Event, fact: e.OutputRecorded) -> Changes:
    state = ItemState("done", event.occurred_at, event.by, fact.text, fact.linked)
    return _settled(incident, fact.item, state)


# ── the log ────────────────────────────────────────────────────────────────────────────────────


def _amend(incident: Incident, target: str, **changes: Any) -> Changes:
    amendment = incident.amended.get(target) or Amendment()
    return {"amended": incident.amended.insert(target, replace(amendment, **changes))}


@_on(e.Edited)
def _edited(incident: Incident, _: Event, fact: e.Edited) -> Changes:
    before = incident.amended.get(fact.target) or Amendment()
    return _amend(incident, fact.target, versions=(*before.versions, fact.text))


@_on(e.Struck)
def _struck(incident: Incident, _: Event, fact: e.Struck) -> Changes:
    return _amend(incident, fact.target, struck=fact.reason)


@_on(e.Unstruck)
def _unstruck(incident: Incident, _: Event, fact: e.Unstruck) -> Changes:
    return _amend(incident, fact.target, struck=None)


@_on(e.Pinned)
def _pinned(incident: Incident, _: Event, fact: e.Pinned) -> Changes:
    return _amend(incident, fact.target, pinned=fact.on)


@_on(e.FindingRecorded)
def _finding(incident: Incident, event: Event, fact: e.FindingRecorded) -> Changes:
    finding = Finding(event.id, fact.finding, fact.text, event.occurred_at)
    return {"findings": (*incident.findings, finding)}


# ── decisions and mitigation ───────────────────────────────────────────────────────────────────────


@_on(e.MitigationStarted)
def _mitigation(incident: Incident, event: Event, fact: e.MitigationStarted) -> Changes:
    at = event.occurred_at
    due = _after(at, fact.timebox)
    new = Mitigation(event.id, fact.strategy, at, fact.condition, fact.note, verify_at=due)
    return {"mitigations": (*incident.mitigations, new)}


@_on(e.DecisionMade)
def _decided(incident: Incident, event: Event, fact: e.DecisionMade) -> Changes:
    at = event.occurred_at
    said = (fact.proposal, fact.risk, fact.objections, fact.owner)
    new = Decision(event.id, fact.decision, at, *said, _after(at, fact.timebox))
    return {"decisions": (*incident.decisions, new)}


@_on(e.DecisionVerified)
def _verified(incident: Incident, event: Event, fact: e.DecisionVerified) -> Changes:
    changes = {"verdict": fact.verdict, "verified_at": event.occurred_at, "finding": fact.note}
    return {"decisions": _changed(incident.decisions, fact.target, **changes)}


@_on(e.MitigationAssessed)
def _assessed(incident: Incident, event: Event, fact: e.MitigationAssessed) -> Changes:
    at = event.occurred_at
    changes = {"outcome": fact.outcome, "assessed_at": at, "assessment": fact.note}
    mitigations = _changed(incident.mitigations, fact.target, **changes)
    if fact.outcome != "regressed":
        return {"mitigations": mitigations}
    taken_back = (
        item
        for item, milestone in incident.exits.items()
        if milestone == "mitigated" and (state := incident.items.get(item)) and state.at <= at
    )
    return {"mitigations": mitigations, "items": _without(incident.items, taken_back)}


@_on(e.EscalationRaised)
def _escalation(incident: Incident, event: Event, fact: e.EscalationRaised) -> Changes:
    new = Escalation(event.id, fact.to, event.occurred_at, fact.trigger, after=fact.after)
    return {"escalations": (*incident.escalations, new)}


@_on(e.EscalationAcknowledged)
def _answered(incident: Incident, event: Event, fact: e.EscalationAcknowledged) -> Changes:
    return {"escalations": _changed(incident.escalations, fact.target, acknowledged_at=event.occurred_at)}


@_on(e.FallbackInvoked)
def _fallback(incident: Incident, event: Event, fact: e.FallbackInvoked) -> Changes:
    new = FallbackInForce(fact.condition, fact.action, event.occurred_at)
    return {"fallbacks": (*incident.fallbacks, new)}


# ── impact and people ──────────────────────────────────────────────────────────────────────────


@_on(e.ImpactAssessed)
def _impact(incident: Incident, event: Event, fact: e.ImpactAssessed) -> Changes:
    return {"impact": incident.impact.after(fact, event.occurred_at)}


def _member(incident: Incident, who: str, **changes: Any) -> Changes:
    member = incident.team.get(who) or Member(who)
    return {"team": {**incident.team, who: replace(member, **changes)}}


@_on(e.Paged)
def _paged(incident: Incident, event: Event, fact: e.Paged) -> Changes:
    member = incident.team.get(fact.who)
    joined = member.joined_at if member and not member.released_at else None
    again = {"acknowledged_at": None, "joined_at": joined, "released_at": None}
    return _member(incident, fact.who, paged_at=event.occurred_at, **again)


@_on(e.PageAcknowledged)
def _page_acknowledged(incident: Incident, event: Event, fact: e.PageAcknowledged) -> Changes:
    answered = _member(incident, fact.who, acknowledged_at=event.occurred_at)
    return {**answered, **_responded(incident, event)}


@_on(e.Joined)
def _joined(incident: Incident, event: Event, fact: e.Joined) -> Changes:
    joined = _member(incident, fact.who, joined_at=event.occurred_at, released_at=None)
    return {**joined, **_responded(incident, event)}


def _responded(incident: Incident, event: Event) -> Changes:
    return {"responded_at": min(incident.responded_at or event.occurred_at, event.occurred_at)}


@_on(e.Released)
def _released(incident: Incident, event: Event, fact: e.Released) -> Changes:
    return _member(incident, fact.who, released_at=event.occurred_at, roles=())


@_on(e.RoleAssigned)
def _role(incident: Incident, event: Event, fact: e.RoleAssigned) -> Changes:
    team = dict(incident.team)
    if fact.role == COMMANDER:  # there is one
        for who, member in team.items():
            team[who] = replace(member, roles=tuple(r for r in member.roles if r != COMMANDER))
    member = team.get(fact.who) or Member(fact.who)
    roles = (*(r for r in member.roles if r != fact.role), fact.role)
    joined = event.occurred_at if member.released_at else member.joined_at or event.occurred_at
    team[fact.who] = replace(member, roles=roles, joined_at=joined, released_at=None)
    offer = {"command_offer": None} if fact.role == COMMANDER else {}  # given outright
    return {"team": team, **offer, **_responded(incident, event)}


@_on(e.AssignmentGiven)
def _assignment(incident: Incident, event: Event, fact: e.AssignmentGiven) -> Changes:
    return {"assignments": (*incident.assignments, _given(event, fact.who, fact.task, fact.timebox))}


def _given(event: Event, who: str, task: str, timebox: timedelta | None) -> Assignment:
    at = event.occurred_at
    return Assignment(event.id, who, task, at, _after(at, timebox), timebox=timebox)


@_on(e.AssignmentCheckedBack)
def _checked_back(incident: Incident, event: Event, fact: e.AssignmentCheckedBack) -> Changes:
    if fact.outcome == "extended":
        due = _after(event.occurred_at, fact.timebox)
        return {"assignments": _changed(incident.assignments, fact.target, due_at=due)}
    assignments = _changed(incident.assignments, fact.target, outcome=fact.outcome)
    before = incident.assignment(fact.target)
    if fact.outcome == "reassigned" and before:
        assignments = (*assignments, _given(event, fact.to, before.task, fact.timebox))
    return {"assignments": assignments}


@_on(e.CommandOffered)
def _offered(_: Incident, event: Event, fact: e.CommandOffered) -> Changes:
    return {"command_offer": CommandOffer(event.id, fact.to, event.occurred_at, fact.briefing)}


def _offer_answered(incident: Incident, _: Event, fact: e.CommandAccepted | e.CommandDeclined) -> Changes:
    offer = incident.command_offer
    return {"command_offer": None} if offer and offer.id == fact.offer else {}


_on(e.CommandAccepted)(_offer_answered)
_on(e.CommandDeclined)(_offer_answered)


def _after(at: datetime, timebox: timedelta | None) -> datetime | None:
    try:
        return at + timebox if timebox else None
    except OverflowError:  # further away than the calendar goes: never
        return None


@_on(e.UpdatePublished)
def _update(incident: Incident, event: Event, fact: e.UpdatePublished) -> Changes:
    new = StatusUpdate(fact.audience, fact.text, event.occurred_at)
    return {"updates": _sorted_in(incident.updates, new)}


_A_YEAR = timedelta(days=365)  # a cadence that no command would set is none


@_on(e.CadenceSet)
def _cadence(incident: Incident, event: Event, fact: e.CadenceSet) -> Changes:
    span = fact.every if fact.every and timedelta() < fact.every < _A_YEAR else None
    before, new = incident.cadences.get(fact.audience), Cadence(span, event.occurred_at)
    if before and before.at > new.at:  # entered late: what was set since holds
        return {}
    return {"cadences": {**incident.cadences, fact.audience: new}}


@_on(e.Snoozed)
def _snoozed(incident: Incident, event: Event, fact: e.Snoozed) -> Changes:
    until = _after(event.occurred_at, fact.span) or event.occurred_at
    return {"snoozes": {**incident.snoozes, fact.matter: Snooze(until, fact.due)}}


# ── action items ───────────────────────────────────────────────────────────────────────────────


@_on(e.ActionItemOpened)
def _opened(incident: Incident, event: Event, fact: e.ActionItemOpened) -> Changes:
    return {"action_items": (*incident.action_items, ActionItem(event.id, fact.text, fact.owner, fact.due))}


@_on(e.ActionItemChanged)
def _reworded(incident: Incident, _: Event, fact: e.ActionItemChanged) -> Changes:
    changes = {"text": fact.text, "owner": fact.owner, "due": fact.due}
    return {"action_items": _changed(incident.action_items, fact.target, **changes)}


@_on(e.ActionItemDone)
def _item_done(incident: Incident, _: Event, fact: e.ActionItemDone) -> Changes:
    return {"action_items": _changed(incident.action_items, fact.target, status="done")}


@_on(e.ActionItemDropped)
def _item_dropped(incident: Incident, _: Event, fact: e.ActionItemDropped) -> Changes:
    changes = {"status": "dropped", "note": fact.reason}
    return {"action_items": _changed(incident.action_items, fact.target, **changes)}


@_on(e.ActionItemReopened)
def _item_reopened(incident: Incident, _: Event, fact: e.ActionItemReopened) -> Changes:
    return {"action_items": _changed(incident.action_items, fact.target, status="open", note="")}
