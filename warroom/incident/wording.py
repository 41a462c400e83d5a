"""Facts in words: how each event reads in the timeline, the record and the post-mortem."""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from warroom.incident import events as e
from warroom.incident.events import Event
from warroom.incident.incident import Impact, Incident
from warroom.incident.text import printable_lines
from warroom.incident.timing import spoken

_MARKS = re.compile(r"^\s*(?:#+|[-*])\s+|\*\*")
_NAMED = "**Incident:**"


class Wording(Struct, frozen=True):
    """A sign and one line of text. Neither depends on colour to be understood."""

    sign: str
    text: str


def wording(event: Event, incident: Incident) -> Wording:
    """An event as it reads now: edited entries in their latest wording."""
    sign, say = _WORDS[type(event.fact)]
    return Wording(sign, say(event, incident, event.fact))


def _item(incident: Incident, event: Event, item: str) -> str:
    return incident.playbook_of(event).text_of(item) or item


def _with(text: str, note: str, joint: str = " · ") -> str:
    return f"{text}{joint}{note}" if note else text


def _mitigation(incident: Incident, target: str) -> str:
    found = incident.mitigation(target)
    return found.strategy if found else "Mitigation"


def _action_item(incident: Incident, target: str) -> str:
    found = incident.action_item(target)
    return found.text if found else "Action item"


def _task(incident: Incident, target: str) -> str:
    found = incident.assignment(target)
    return f"{found.who} {found.task}" if found else "Assignment"


def _entry(incident: Incident, target: str) -> str:
    """What an entry says that was struck or pinned; nothing if it was undone."""
    found = incident.timeline.find(target)
    return wording(found, incident).text if found else ""


def _checked_back(incident: Incident, fact: e.AssignmentCheckedBack) -> str:
    said = f"{_task(incident, fact.target)}: {_with(fact.outcome, fact.to, ' to ')}"
    if fact.timebox:
        said += f"{' by' if fact.outcome == 'extended' else ' ·'} {spoken(fact.timebox)}"
    return _with(said, fact.note)


def _decision(fact: e.DecisionMade) -> str:
    said = {
        "proposal": fact.proposal,
        "risk": fact.risk,
        "objections": fact.objections,
        "owner": fact.owner,
        "to be verified after": spoken(fact.timebox) if fact.timebox else "",
    }
    parts = (f"{label}: {text}" for label, text in said.items() if text)
    return " · ".join((f"Decision: {fact.decision}", *parts))


def _verified(incident: Incident, fact: e.DecisionVerified) -> str:
    found = incident.decision(fact.target)
    return _with(f"{_with('Decision', found.decision if found else '', ': ')}: {fact.verdict}", fact.note)


def _plain(text: str) -> str:
    """A text of several lines as one, without its title, the incident's name and the marks of Markdown."""
    first, *rest = printable_lines(text).strip().split("\n")
    lines = rest if rest and first.startswith("#") else [first, *rest]
    said = (_MARKS.sub("", line).strip() for line in lines if not line.startswith(_NAMED))
    return " · ".join(filter(None, said))


def _every(fact: e.CadenceSet) -> str:
    return f"every {spoken(fact.every)}" if fact.every else "no more are owed"


def impact_in_words(impact: Impact) -> str:
    """What was assessed, in one line: "~5,000 users · API, Dashboard down · ~$2,000/hour"."""
    parts = []
    if impact.users is not None:
        parts.append(f"~{impact.users:,} users")
    if impact.systems is not None:
        parts.append(f"{', '.join(impact.systems)} down" if impact.systems else "no systems down")
    if impact.revenue_per_hour is not None:
        parts.append(f"~{money(impact.revenue_per_hour)}/hour")
    if impact.customer_facing is not None:
        parts.append("customer-facing" if impact.customer_facing else "not customer-facing")
    if impact.data_breach is not None:
        parts.append("data breach" if impact.data_breach else "no data breach")
    if impact.summary:
        parts.append(impact.summary)
    return " · ".join(parts)


def money(amount: float) -> str:
    """An amount as the workflow writes it: "$2,000"."""
    return f"${amount:,.0f}" if amount == round(amount) or amount >= 100 else f"${amount:,.2f}"


def _phase(incident: Incident, event: Event, fact: e.PhaseEntered) -> str:
    phase = incident.playbook_of(event).phase(fact.phase)
    name = f"Phase {fact.phase}: {phase.name}" if phase else f"Phase {fact.phase}"
    criteria = (_item(incident, event, item) for item in fact.confirmed)
    confirmed = ", ".join(dict.fromkeys(criteria))  # one phase's exit is often the next one's entry
    text = _with(name, confirmed)
    if not fact.override:
        return text
    left = f" with {len(fact.still_open)} open" if fact.still_open else ""
    return f"{text} · override{left}: {fact.override}"


def _due(fact: e.ActionItemOpened | e.ActionItemChanged) -> str:
    return "".join(f" {part}" for part in (fact.owner, fact.due.isoformat() if fact.due else "") if part)


def _impact(fact: e.ImpactAssessed) -> str:
    known = {name: getattr(fact, name) for name in fact.__struct_fields__}
    return f"Impact: {impact_in_words(Impact(**known))}"


def _latest(event: Event, incident: Incident, text: str) -> str:
    return incident.latest(event.id, text)


_Say = Callable[[Event, Incident, Any], str]

_WORDS: dict[type, tuple[str, _Say]] = {
    e.Declared: ("●", lambda v, i, f: f"Declared{' as an exercise' if f.exercise else ''}: {f.title}"),
    e.PlaybookReloaded: ("⟳", lambda v, i, f: _with("Playbook reloaded", f.playbook.title, ": ")),
    e.Renamed: ("●", lambda v, i, f: f"Renamed: {f.title}"),
    e.SeveritySet: ("◆", lambda v, i, f: _with(f.level, f.condition)),
    e.PhaseEntered: ("▸", lambda v, i, f: _phase(i, v, f)),
    e.MilestoneStamped: ("◷", lambda v, i, f: f"Milestone: {f.milestone}"),
    e.Closed: ("■", lambda v, i, f: _with(_with(f"Closed: {f.reason}", f.into, " → "), f.note)),
    e.Absorbed: ("●", lambda v, i, f: _with(f"{f.number} was merged into this incident", f.title, ": ")),
    e.Reopened: ("●", lambda v, i, f: _with("Reopened", f.reason, ": ")),
    e.Ticked: ("☑", lambda v, i, f: _item(i, v, f.item)),
    e.Unticked: ("☐", lambda v, i, f: f"Open again: {_item(i, v, f.item)}"),
    e.Skipped: ("☒", lambda v, i, f: f"Skipped: {_item(i, v, f.item)} · {f.reason}"),
    e.OutputRecorded: ("☑", lambda v, i, f: _with(_item(i, v, f.item), f.text, ": ")),
    e.Noted: (" ", lambda v, i, f: _latest(v, i, f.text)),
    e.Edited: ("✎", lambda v, i, f: f"Edited: {f.text}"),
    e.Struck: ("✗", lambda v, i, f: _with(_with("Struck", f.reason, ": "), _entry(i, f.target))),
    e.Unstruck: ("✎", lambda v, i, f: _with("Stands again", _entry(i, f.target))),
    e.Pinned: ("★", lambda v, i, f: _with("Pinned" if f.on else "Unpinned", _entry(i, f.target))),
    e.MetricObserved: ("∆", lambda v, i, f: f"{f.name}: {f.before} → {f.after}"),
    e.FindingRecorded: ("◇", lambda v, i, f: f"{f.finding.capitalize()}: {_latest(v, i, f.text)}"),
    e.DecisionTaken: ("◆", lambda v, i, f: f"{f.table}: {f.condition} → {f.choice}"),
    e.DecisionMade: ("◆", lambda v, i, f: _decision(f)),
    e.DecisionVerified: ("◆", lambda v, i, f: _verified(i, f)),
    e.MitigationStarted: ("▲", lambda v, i, f: _with(_with(f.strategy, f.note, ": "), f.condition)),
    e.MitigationAssessed: (
        "▲",
        lambda v, i, f: _with(f"{_mitigation(i, f.target)}: {f.outcome}", f.note),
    ),
    e.EscalationRaised: ("⇧", lambda v, i, f: _with(f"Escalated to {f.to}", f.trigger)),
    e.EscalationAcknowledged: (
        "⇧",
        lambda v, i, f: f"{found.to if (found := i.escalation(f.target)) else 'Escalation'} answered",
    ),
    e.FallbackInvoked: ("↺", lambda v, i, f: f"Fallback: {f.condition} → {f.action}"),
    e.ImpactAssessed: ("◎", lambda v, i, f: _impact(f)),
    e.Paged: ("☎", lambda v, i, f: f"{f.who} paged"),
    e.PageAcknowledged: ("☎", lambda v, i, f: f"{f.who} acknowledged"),
    e.Joined: ("☎", lambda v, i, f: f"{f.who} joined"),
    e.Released: ("☎", lambda v, i, f: f"{f.who} released"),
    e.RoleAssigned: ("☎", lambda v, i, f: f"{f.who} is {f.role}"),
    e.AssignmentGiven: (
        "→",
        lambda v, i, f: _with(f"{f.who} {f.task}", spoken(f.timebox) if f.timebox else ""),
    ),
    e.AssignmentCheckedBack: ("→", lambda v, i, f: _checked_back(i, f)),
    e.CommandOffered: ("☎", lambda v, i, f: f"Command offered to {f.to}"),
    e.CommandAccepted: ("☎", lambda v, i, f: f"{f.who} accepted command"),
    e.CommandDeclined: ("☎", lambda v, i, f: _with(f"{f.who} declined command", f.reason, ": ")),
    e.UpdatePublished: ("✉", lambda v, i, f: f"Status update ({f.audience}): {_plain(f.text)}"),
    e.CadenceSet: ("✉", lambda v, i, f: f"Status updates ({f.audience}): {_every(f)}"),
    e.Snoozed: ("◷", lambda v, i, f: f"Snoozed for {spoken(f.span)}: {f.text or f.matter}"),
    e.ActionItemOpened: ("✚", lambda v, i, f: f"Action item: {f.text}{_due(f)}"),
    e.ActionItemChanged: ("✚", lambda v, i, f: f"Action item now: {f.text}{_due(f)}"),
    e.ActionItemDone: ("✚", lambda v, i, f: f"Action item done: {_action_item(i, f.target)}"),
    e.ActionItemDropped: (
        "✚",
        lambda v, i, f: _with(f"Action item dropped: {_action_item(i, f.target)}", f.reason),
    ),
    e.ActionItemReopened: ("✚", lambda v, i, f: f"Action item open again: {_action_item(i, f.target)}"),
    e.PostMortemWritten: ("■", lambda v, i, f: f"Post-mortem written: {f.file}"),
    e.Retracted: ("↶", lambda v, i, f: "Undone"),
}
