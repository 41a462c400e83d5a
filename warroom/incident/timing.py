"""Times derived from an incident's facts and the time now: clocks, milestones, durations, what is due.

Nothing here is counted or stored, so that a closed lid, a crash or a restart changes nothing.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, TypedDict, cast

from msgspec import Struct

from warroom.incident.deeds import Deed
from warroom.incident.events import Milestone
from warroom.incident.incident import Incident
from warroom.incident.playbook import EscalationPath

Times = Mapping[Milestone, datetime]

MILESTONES: tuple[Milestone, ...] = (
    "started", "detected", "declared", "acknowledged", "mitigated", "resolved", "recovered", "closed",
)  # fmt: skip

# What must not come after what.
_ORDER: tuple[tuple[Milestone, Milestone], ...] = (
    ("started", "detected"),
    ("started", "mitigated"),
    ("detected", "declared"),
    ("detected", "acknowledged"),
    ("detected", "resolved"),
    ("mitigated", "resolved"),
    ("resolved", "recovered"),
    ("declared", "closed"),
    ("recovered", "closed"),
)

SETTLING_TIME = timedelta(minutes=5)
"""How long an incident may go without a severity or a commander before that is overdue."""


class Durations(TypedDict):
    """The durations of one incident; None where a milestone is not recorded, never zero."""

    ttd: timedelta | None
    tta: timedelta | None
    ttm: timedelta | None
    ttr: timedelta | None
    duration: timedelta | None


DEFINITIONS: Mapping[str, tuple[str, Milestone, Milestone]] = {
    "ttd": ("time to detect", "started", "detected"),
    "tta": ("time to acknowledge", "detected", "acknowledged"),
    "ttm": ("time to mitigate", "started", "mitigated"),
    "ttr": ("time to resolve", "detected", "resolved"),
    "duration": ("duration", "declared", "closed"),
}
"""Each duration's name in words, and the milestones from and to which it runs: vendors differ."""


def milestones(incident: Incident) -> dict[Milestone, datetime]:
    """The milestones that are known, in order; one stamped by hand wins over what follows from the facts."""
    known: dict[Milestone, datetime | None] = {
        "declared": incident.declared_at,
        "detected": _first_done(incident, Deed.DETECT),
        "acknowledged": _first_done(incident, Deed.ACKNOWLEDGE),
        "closed": incident.closed_at,
    }
    for criterion, milestone in incident.exits.items():
        state = incident.items.get(criterion)
        known[milestone] = state.at if state and state.status == "done" else None
    known["mitigated"] = _mitigated_at(incident, known.get("mitigated"))
    merged = {**known, **incident.stamps}
    return {name: at for name in MILESTONES if (at := merged.get(name))}


def _first_done(incident: Incident, deed: Deed) -> datetime | None:
    times = [incident.items[item].at for item in incident.asking_for(deed) if incident.done(item)]
    return min(times, default=None)


def _mitigated_at(incident: Incident, confirmed: datetime | None) -> datetime | None:
    """An effective mitigation counts from its assessment, a partial one never; a regression takes it back."""
    effective = [m.assessed_at for m in incident.mitigations if m.outcome == "effective" and m.assessed_at]
    regressed = [m.assessed_at for m in incident.mitigations if m.outcome == "regressed" and m.assessed_at]
    since = max(regressed, default=None)
    held = [at for at in (*effective, confirmed) if at and (since is None or at > since)]
    return min(held, default=None)


def impossible(times: Times, about: Milestone) -> str | None:
    """Why a milestone cannot be at its time, given the others; None if it can."""
    for earlier, later in _ORDER:
        if (
            about in (earlier, later)
            and earlier in times
            and later in times
            and times[earlier] > times[later]
        ):
            first, second = (f"{name} {times[name]:%Y-%m-%d %H:%M} UTC" for name in (earlier, later))
            return f"An incident cannot be {first}, after it was {second}."
    return None


def durations(times: Times) -> Durations:
    """The durations between milestones, by `DEFINITIONS`."""

    def span(start: Milestone, end: Milestone) -> timedelta | None:
        return times[end] - times[start] if start in times and end in times else None

    spans = {name: span(start, end) for name, (_, start, end) in DEFINITIONS.items()}
    return cast("Durations", spans)


def impact_began(incident: Incident) -> datetime:
    """The clock that rules run on: when impact began, else was detected, else was declared."""
    times = milestones(incident)
    return times.get("started") or times.get("detected") or incident.declared_at


def elapsed(incident: Incident, now: datetime) -> timedelta:
    """The incident timer: from the start of impact until it was closed, or now."""
    return max((incident.closed_at or now) - impact_began(incident), timedelta())


def in_phase(incident: Incident, now: datetime, number: int | None = None) -> timedelta:
    """The time spent in a phase over all its visits, by default the current phase."""
    wanted = incident.phase.number if number is None else number
    ends = [visit.at for visit in incident.phases[1:]] + [now]
    spans = (
        end - visit.at for visit, end in zip(incident.phases, ends, strict=True) if visit.phase == wanted
    )
    return max(sum(spans, timedelta()), timedelta())


def unmitigated(incident: Incident, now: datetime) -> timedelta | None:
    """How long the impact has gone unmitigated; None once it is mitigated or the incident is over."""
    if incident.closed_at or "mitigated" in milestones(incident):
        return None
    return max(now - impact_began(incident), timedelta())


def revenue_lost(incident: Incident, now: datetime) -> float | None:
    """Revenue per hour over the time from impact until mitigated, else closed, else now; None if unknown."""
    rate = incident.impact.revenue_per_hour
    if rate is None:
        return None
    end = milestones(incident).get("mitigated") or incident.closed_at or now
    return rate * max((end - impact_began(incident)).total_seconds(), 0) / 3600


class Target(Struct, frozen=True):
    """The severity's response-time target."""

    due_at: datetime
    met_at: datetime | None


def response_target(incident: Incident) -> Target | None:
    """By when somebody must respond, and when somebody did; None where the severity sets no time.

    It runs from detection, else declaration; acknowledging the incident, or the first person
    joining, meets it.
    """
    level = incident.severity_level
    if level is None or level.response_time is None:
        return None
    times = milestones(incident)
    since = times.get("detected") or incident.declared_at
    responses = [m.joined_at for m in incident.team.values() if m.joined_at]
    if "acknowledged" in times:
        responses.append(times["acknowledged"])
    return Target(since + level.response_time, min(responses, default=None))


# ── escalation ─────────────────────────────────────────────────────────────────────────────────

_UNMITIGATED = re.compile(r"(\d+)\s*(m|h)\w*\s+unmitigated", re.IGNORECASE)


def unmitigated_limit(path: EscalationPath) -> timedelta | None:
    """The time in a trigger such as "> 30 min unmitigated"; None if it is another kind of trigger."""
    match = _UNMITIGATED.search(path.trigger)
    if match is None:
        return None
    count = int(match[1])
    return timedelta(hours=count) if match[2].lower() == "h" else timedelta(minutes=count)


def escalation_due(incident: Incident, path: EscalationPath, now: datetime) -> datetime | None:
    """When a path's trigger became or will become true; None while that cannot be known."""
    trigger = path.trigger.casefold()
    if limit := unmitigated_limit(path):
        return None if unmitigated(incident, now) is None else impact_began(incident) + limit
    reached = [
        change.at
        for change in incident.severities
        if re.search(rf"\b{re.escape(change.level.casefold())}\b", trigger)
    ]
    if reached:
        return reached[0] if incident.severity and incident.severity.casefold() in trigger else None
    impact = incident.impact
    if ("customer" in trigger and impact.customer_facing) or ("breach" in trigger and impact.data_breach):
        return impact.assessed_at
    return None


def raised(incident: Incident, path: EscalationPath) -> bool:
    """Whether a path was taken already."""
    return any(escalation.trigger == path.trigger for escalation in incident.escalations)


# ── what is due ────────────────────────────────────────────────────────────────────────────────

Kind = Literal["response", "severity", "commander", "check-back", "assess", "escalate", "page", "action item"]


class Matter(Struct, frozen=True):
    """Something that must be dealt with by a time."""

    kind: Kind
    text: str
    due_at: datetime
    subject: str = ""  # the id of what it is about

    def overdue(self, now: datetime) -> bool:
        """Whether its time has come."""
        return now >= self.due_at


def matters(incident: Incident, now: datetime) -> tuple[Matter, ...]:
    """What is due, the most urgent first.

    The one rule of order: by the time at which each is or was due, so that what has been overdue
    longest comes first and what is due later comes last; ties keep the order in `_matters`.
    """
    return tuple(sorted(_matters(incident, now), key=lambda matter: matter.due_at))


def _matters(incident: Incident, now: datetime) -> Iterator[Matter]:
    for item in incident.action_items:
        if item.status == "open" and item.due:
            midnight = datetime(item.due.year, item.due.month, item.due.day, tzinfo=now.tzinfo)
            yield Matter("action item", item.text, midnight + timedelta(days=1), item.id)
    if incident.closed_at:
        return
    target = response_target(incident)
    if target and not target.met_at:
        yield Matter("response", "acknowledge", target.due_at)
    if incident.severity is None and incident.playbook.severities:
        yield Matter("severity", "classify severity", incident.declared_at + SETTLING_TIME)
    for path in incident.playbook.escalations:
        due = escalation_due(incident, path, now)
        if due and not raised(incident, path):
            yield Matter("escalate", f"escalate: {path.to}", due, path.trigger)
    for assignment in incident.assignments:
        if assignment.due_at and not assignment.outcome:
            yield Matter("check-back", f"check back: {assignment.who}", assignment.due_at, assignment.id)
    for member in incident.team.values():
        if member.paged_at and not (member.acknowledged_at or member.joined_at or member.released_at):
            yield Matter("page", f"no answer: {member.who}", member.paged_at + SETTLING_TIME, member.who)
    if incident.commander is None:
        yield Matter("commander", "assign a commander", incident.declared_at + SETTLING_TIME)


# ── spans in words ─────────────────────────────────────────────────────────────────────────────


def spoken(span: timedelta) -> str:
    """A span in words, to the minute: "47 minutes", "1 hour 12 minutes", "2 days 3 hours"."""
    minutes = round(span.total_seconds()) // 60
    if minutes < 1:
        return _count(max(round(span.total_seconds()), 0), "second")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [_count(n, unit) for n, unit in ((days, "day"), (hours, "hour"), (minutes, "minute")) if n]
    return " ".join(parts[:2])


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def clock(span: timedelta, *, hours: bool = False) -> str:
    """A span as a running clock: `12:40`, from an hour (or always, with `hours`) `01:12:40`."""
    total = int(span.total_seconds())
    days, rest = divmod(abs(total), 86400)
    hour, rest = divmod(rest, 3600)
    minute, second = divmod(rest, 60)
    shown = f"{hour:02}:{minute:02}:{second:02}" if hours or hour or days else f"{minute:02}:{second:02}"
    return f"{'-' if total < 0 else ''}{f'{days}d ' if days else ''}{shown}"
