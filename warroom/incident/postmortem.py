"""The post-mortem: an incident's facts in the order of its playbook's template, gaps stated as gaps."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from warroom.incident import events as e
from warroom.incident.events import Milestone
from warroom.incident.incident import COMMANDER, Incident
from warroom.incident.template import fill, joined, level
from warroom.incident.text import printable
from warroom.incident.timing import (
    DEFINITIONS,
    MILESTONES,
    Durations,
    durations,
    impact_began,
    milestones,
    revenue_lost,
    spoken,
)
from warroom.incident.wording import impact_in_words, money, wording

MISSING = "not recorded"


class TimelineEntry(Struct, frozen=True):
    """A line of the post-mortem's timeline."""

    at: datetime
    text: str
    key: bool = False  # pinned as a key event


class FollowUp(Struct, frozen=True):
    """An action item as the post-mortem lists it."""

    action: str
    owner: str
    due: date | None
    status: str


class PostMortem(Struct, frozen=True):
    """Everything that a post-mortem states. None and empty mean that the record does not say."""

    number: str
    title: str
    exercise: bool
    date: date
    severity: str | None
    severity_description: str
    impact: str
    revenue_lost: float | None  # until mitigated, else closed; None while it is not known
    commander: str | None
    milestones: dict[Milestone, datetime]
    durations: Durations
    timeline: tuple[TimelineEntry, ...]
    root_causes: tuple[str, ...]
    contributing_factors: tuple[str, ...]
    mitigations: tuple[str, ...]
    action_items: tuple[FollowUp, ...]
    lessons: tuple[str, ...]


def post_mortem(incident: Incident) -> PostMortem:
    """The post-mortem of an incident as its record stands."""
    times = milestones(incident)
    level = incident.severity_level
    kept = (item for item in incident.action_items if item.status != "dropped")
    return PostMortem(
        number=incident.number,
        title=incident.title,
        exercise=incident.exercise,
        date=impact_began(incident).date(),
        severity=incident.severity,
        severity_description=level.description if level else "",
        impact=impact_in_words(incident.impact),
        revenue_lost=revenue_lost(incident, incident.closed_at) if incident.closed_at else None,
        commander=_commander(incident),
        milestones=times,
        durations=durations(times),
        timeline=tuple(_entries(incident)),
        root_causes=incident.standing("root cause"),
        contributing_factors=incident.standing("contributing factor"),
        mitigations=tuple(f"{m.strategy}: {m.outcome or 'not assessed'}" for m in incident.mitigations),
        action_items=tuple(FollowUp(item.text, item.owner, item.due, item.status) for item in kept),
        lessons=incident.standing("lesson"),
    )


def _commander(incident: Incident) -> str | None:
    """Who was last in command, even if released since."""
    roles = (event.fact for event in reversed(incident.timeline) if isinstance(event.fact, e.RoleAssigned))
    return next((fact.who for fact in roles if fact.role == COMMANDER), None)


# Keeping the checklist is no event of the incident, nor is writing about it afterwards.
_HOUSEKEEPING = (
    e.Ticked, e.Unticked, e.OutputRecorded, e.Renamed, e.MilestoneStamped, e.PostMortemWritten,
    e.ActionItemOpened, e.ActionItemChanged, e.ActionItemDone, e.ActionItemDropped, e.ActionItemReopened,
    e.CadenceSet, e.Snoozed,
)  # fmt: skip


def _entries(incident: Incident) -> Iterator[TimelineEntry]:
    for event in incident.timeline:
        lesson = isinstance(event.fact, e.FindingRecorded) and event.fact.finding == "lesson"
        if isinstance(event.fact, _HOUSEKEEPING) or lesson or incident.is_struck(event.id):
            continue
        yield TimelineEntry(event.occurred_at, wording(event, incident).text, incident.is_pinned(event.id))


# ── as Markdown ────────────────────────────────────────────────────────────────────────────────

TEMPLATE = """\
## Incident Post-Mortem

**Date:** YYYY-MM-DD
**Duration:** X hours
**Severity:** SEV-X
**Impact:** Description

### Timeline
### Root Cause
### Contributing Factors
### Action Items
### Lessons Learned
"""
"""What is filled in when a playbook brings no template of its own."""


def render(found: PostMortem, template: str = "") -> str:
    """The post-mortem as Markdown, in the order of a template: its headings and its `**Label:**` lines.

    What the record holds and the template has no place for comes at the end. Everything from the
    record is escaped, so that it reads as it was typed.
    """
    template = template or TEMPLATE
    fields = {word: say(found) for word, say in _FIELDS.items()}
    bodies = {name: section.body(found) for name, section in _SECTIONS.items()}
    lines, left = fill(template, fields, bodies, [_title(found)])
    sign = level(template)
    for section in map(_SECTIONS.__getitem__, left):
        if section.holds(found):
            lines += ["", f"{sign} {section.title}", "", *section.body(found)]
    return joined([*lines, "", f"{sign} Milestones and durations", "", *_measures(found)])


def _title(found: PostMortem) -> str:
    exercise = " · exercise" if found.exercise else ""
    return f"**Incident:** {found.number} · {escaped(found.title)}{exercise}"


def _severity(found: PostMortem) -> str:
    return escaped(" · ".join(filter(None, (found.severity or MISSING, found.severity_description))))


def _impact(found: PostMortem) -> str:
    lost = f"~{money(found.revenue_lost)} in all" if found.revenue_lost else ""
    return escaped(" · ".join(filter(None, (found.impact or MISSING, lost))))


_FIELDS: dict[str, Callable[[PostMortem], str]] = {
    "date": lambda found: found.date.isoformat(),
    "duration": lambda found: _spoken(found.durations["duration"]),
    "severity": _severity,
    "impact": _impact,
    "commander": lambda found: escaped(found.commander or MISSING),
}


def _spoken(length: timedelta | None) -> str:
    return MISSING if length is None else spoken(length)


def _timeline(found: PostMortem) -> Iterator[str]:
    days = {entry.at.date() for entry in found.timeline}
    form = "%H:%M" if len(days) == 1 else "%Y-%m-%d %H:%M"
    for entry in found.timeline:
        text = escaped(entry.text)
        yield f"- {entry.at.strftime(form)} - {f'**{text}**' if entry.key else text}"


def _root_cause(found: PostMortem) -> Iterator[str]:
    for cause in found.root_causes:
        yield from (escaped(cause), "")
    if not found.root_causes:
        yield f"Root cause {MISSING}."


def _factors(found: PostMortem) -> Iterator[str]:
    for number, factor in enumerate(found.contributing_factors, 1):
        yield f"{number}. {escaped(factor)}"
    if not found.contributing_factors:
        yield f"Contributing factors {MISSING}."


def _action_items(found: PostMortem) -> Iterator[str]:
    if not found.action_items:
        yield f"Action items {MISSING}."
        return
    yield "| Action | Owner | Due |"
    yield "|--------|-------|-----|"
    for item in found.action_items:
        done = " (done)" if item.status == "done" else ""
        due = item.due.isoformat() if item.due else "no due date"
        yield f"| {escaped(item.action)}{done} | {escaped(item.owner) or 'no owner'} | {due} |"


def _lessons(found: PostMortem) -> Iterator[str]:
    yield from (f"- {escaped(lesson)}" for lesson in found.lessons)
    if not found.lessons:
        yield f"Lessons learned {MISSING}."


def _measures(found: PostMortem) -> Iterator[str]:
    yield "| Milestone | Time (UTC) |"
    yield "|-----------|------------|"
    for milestone in MILESTONES:
        at = found.milestones.get(milestone)
        yield f"| {milestone} | {at.strftime('%Y-%m-%d %H:%M') if at else MISSING} |"
    yield ""
    yield "| Duration | From → to | |"
    yield "|----------|-----------|-|"
    for (key, (name, start, end)), length in zip(DEFINITIONS.items(), _lengths(found), strict=True):
        label = name if key == "duration" else f"{key.upper()} {name}"
        yield f"| {label} | {start} → {end} | {_spoken(length)} |"


def _lengths(found: PostMortem) -> tuple[timedelta | None, ...]:
    spans = found.durations
    return (spans["ttd"], spans["tta"], spans["ttm"], spans["ttr"], spans["duration"])


class _Section(NamedTuple):
    title: str
    holds: Callable[[PostMortem], object]  # whether the record has anything to say here
    body: Callable[[PostMortem], Iterator[str]]


# The words that name each section in a template's headings.
_SECTIONS = {
    "timeline": _Section("Timeline", lambda found: found.timeline, _timeline),
    "root cause": _Section("Root Cause", lambda found: found.root_causes, _root_cause),
    "contributing factor": _Section(
        "Contributing Factors", lambda found: found.contributing_factors, _factors
    ),
    "action item": _Section("Action Items", lambda found: found.action_items, _action_items),
    "lesson": _Section("Lessons Learned", lambda found: found.lessons, _lessons),
}

# `_` and `~` act on words only where they touch an end of one.
_SPECIAL = re.compile(r"[\\`*\[\]<>|]|(?<![^\W_])_|_(?![^\W_])|(?<=\S)~|&(?=#?\w+;)|(?<=\s)#(?=#*$)")
_AT_START = re.compile(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|[=-]+$|\d+(?=[.)](?:\s|$))")


def escaped(text: str) -> str:
    """Text as one line of Markdown that reads exactly as it was typed."""
    text = _SPECIAL.sub(r"\\\g<0>", printable(text))
    match = _AT_START.match(text)
    if match is None:
        return text
    at = match.end() if match[0].isdigit() else 0  # of "1." the point is what makes it a list
    return f"{text[:at]}\\{text[at:]}"
