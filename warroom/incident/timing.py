"""Times derived from an incident's facts and the time now: clocks, milestones, durations, targets.

Nothing here is counted or stored, so that a closed lid, a crash or a restart changes nothing.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypedDict, cast

from msgspec import Struct

from warroom.incident.deeds import Deed
from warroom.incident.events import Milestone
from warroom.incident.incident import Incident

Times = Mapping[Milestone, datetime]

MILESTONES: tuple[Milestone, ...] = (
    "started", "detected", "declared", "acknowledged", "mitigated", "resolved", "recovered", "closed",
)  # fmt: skip

# What must not come after what. Every pair is named, because what lies between may not be recorded.
_LATER: dict[Milestone, tuple[Milestone, ...]] = {
    "started": MILESTONES[1:],
    "detected": ("declared", "acknowledged", "resolved", "recovered", "closed"),
    "declared": ("closed",),
    "acknowledged": ("closed",),
    "mitigated": ("resolved", "recovered", "closed"),
    "resolved": ("recovered", "closed"),
    "recovered": ("closed",),
}


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
        "detected": _first_done(incident, Deed.DETECT, incident.declared_at),
        "acknowledged": _first_done(incident, Deed.ACKNOWLEDGE, incident.closed_at),
        "resolved": _confirmed_at(incident, "resolved"),
        "recovered": _confirmed_at(incident, "recovered"),
    }
    known.update(incident.stamps)
    known["declared"] = incident.declared_at
    known["mitigated"] = _mitigated_at(incident)
    known["closed"] = incident.closed_at
    return {name: at for name in MILESTONES if (at := known.get(name))}


def _first_done(incident: Incident, deed: Deed, latest: datetime | None = None) -> datetime | None:
    """When an action that names a deed was ticked, or the latest time that it can have been."""
    times = [incident.items[item].at for item in incident.asking_for(deed) if incident.done(item)]
    return min((*times, latest) if latest else times) if times else None


def _confirmed_at(incident: Incident, milestone: Milestone) -> datetime | None:
    """When a criterion was confirmed; what is confirmed after closing was so when it was closed."""
    exits = (item for item, named in incident.exits.items() if named == milestone and incident.done(item))
    at = min((incident.items[item].at for item in exits), default=None)
    return min(at, incident.closed_at) if at and incident.closed_at else at


def _mitigated_at(incident: Incident) -> datetime | None:
    """An effective mitigation counts once assessed, a partial one never; a regression takes all back."""
    assessed = [(m.outcome, m.assessed_at) for m in incident.mitigations if m.assessed_at]
    regressed = max((at for outcome, at in assessed if outcome == "regressed"), default=None)
    stamped, confirmed = incident.stamps.get("mitigated"), _confirmed_at(incident, "mitigated")
    effective = [at for outcome, at in assessed if outcome == "effective"]
    held = [at for at in (stamped, confirmed, *effective) if at and (regressed is None or at > regressed)]
    return stamped if stamped in held else min(held, default=None)


def impossible(times: Times, about: Milestone) -> str | None:
    """Why a milestone cannot be at its time, given the others; None if it can."""
    pairs = ((earlier, later) for earlier, laters in _LATER.items() for later in laters)
    for pair in pairs:
        earlier, later = (times.get(name) for name in pair)
        if about in pair and earlier and later and earlier > later:
            return f"It cannot be {pair[0]} at {utc(earlier)}, after it was {pair[1]} at {utc(later)}."
    return None


def durations(times: Times) -> Durations:
    """The durations between milestones, by `DEFINITIONS`. One that would run backwards is not known."""

    def span(start: Milestone, end: Milestone) -> timedelta | None:
        known = start in times and end in times and times[start] <= times[end]
        return times[end] - times[start] if known else None

    spans = {name: span(start, end) for name, (_, start, end) in DEFINITIONS.items()}
    return cast("Durations", spans)


class Since(NamedTuple):
    """The clock that a rule runs on: from when, and what that was."""

    at: datetime
    what: str


def impact_clock(incident: Incident) -> Since:
    """The clock of the unmitigated rule and the timer: impact start, else detection, else declaration."""
    times = milestones(incident)
    if began := times.get("started"):
        return Since(began, "impact start")
    return _detection(incident, times)


def _detection(incident: Incident, times: Times) -> Since:
    detected = times.get("detected")
    return Since(detected, "detection") if detected else Since(incident.declared_at, "declaration")


def impact_began(incident: Incident) -> datetime:
    """When impact began, else was detected, else was declared."""
    return impact_clock(incident).at


def elapsed(incident: Incident, now: datetime) -> timedelta:
    """The incident timer: from the start of impact until it was closed, or now."""
    return max((incident.closed_at or now) - impact_began(incident), timedelta())


def in_phase(incident: Incident, now: datetime, number: int | None = None) -> timedelta:
    """The time spent in a phase over all its visits, by default the current phase."""
    wanted = incident.phase.number if number is None else number
    closed = incident.closed_at
    end = closed if closed and closed >= incident.phase_entered_at else now  # a post-mortem comes after
    ends = [visit.at for visit in incident.phases[1:]] + [max(end, incident.phase_entered_at)]
    visits = zip(incident.phases, ends, strict=True)
    return sum((end - visit.at for visit, end in visits if visit.phase == wanted), timedelta())


def is_mitigated(incident: Incident) -> bool:
    """Whether the impact is mitigated; a partial mitigation does not make it so."""
    return _mitigated_at(incident) is not None


def unmitigated(incident: Incident, now: datetime) -> timedelta | None:
    """How long the impact has gone unmitigated; None once it is mitigated or the incident is over."""
    if incident.closed_at or is_mitigated(incident):
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

    since: Since
    due_at: datetime
    met_at: datetime | None


def response_target(incident: Incident) -> Target | None:
    """By when somebody must respond, and when somebody did; None where the severity sets no time.

    It runs from detection, else declaration; acknowledging the incident, the first answer to a page,
    or the first person joining, meets it.
    """
    level = incident.severity_level
    if level is None or level.response_time is None:
        return None
    times = milestones(incident)
    since = _detection(incident, times)
    responses = [at for at in (incident.responded_at, times.get("acknowledged")) if at]
    return Target(since, after(since.at, level.response_time), min(responses, default=None))


# ── times on the calendar ──────────────────────────────────────────────────────────────────────

_LAST = datetime.max.replace(tzinfo=UTC)


def after(at: datetime, span: timedelta) -> datetime:
    """A time so much later; the calendar's last moment where that lies beyond it."""
    try:
        return at + span
    except OverflowError:
        return _LAST


# ── times in words ─────────────────────────────────────────────────────────────────────────────


def utc(at: datetime) -> str:
    """A time in full: "2026-02-02 14:23 UTC"."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


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
