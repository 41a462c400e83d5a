"""The post-mortem: an incident's facts in the order of its playbook's template, gaps stated as gaps."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from warroom.incident import events as e
from warroom.incident.events import Milestone
from warroom.incident.incident import Incident
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
        commander=incident.commander,
        milestones=times,
        durations=durations(times),
        timeline=tuple(_entries(incident)),
        root_causes=incident.standing("root cause"),
        contributing_factors=incident.standing("contributing factor"),
        mitigations=tuple(f"{m.strategy}: {m.outcome or 'not assessed'}" for m in incident.mitigations),
        action_items=tuple(FollowUp(item.text, item.owner, item.due, item.status) for item in kept),
        lessons=incident.standing("lesson"),
    )


# Keeping the checklist is no event of the incident, nor is writing about it afterwards.
_HOUSEKEEPING = (
    e.Ticked, e.Unticked, e.OutputRecorded, e.Renamed, e.MilestoneStamped, e.PostMortemWritten,
    e.ActionItemOpened, e.ActionItemChanged, e.ActionItemDone, e.ActionItemDropped, e.ActionItemReopened,
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

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_FIELD = re.compile(r"\*\*([^*:]+):?\*\*:?")


def render(found: PostMortem, template: str = "") -> str:
    """The post-mortem as Markdown, in the order of a template: its headings and its `**Label:**` lines.

    Under a heading that the record knows nothing of, the template's own words stay, to be written
    by people. Everything from the record is escaped, so that it reads as it was typed.
    """
    sections = {name: list(body(found)) for name, body in _SECTIONS.items()}
    lines: list[str] = []
    keeping, titled = True, False
    for line in (template or TEMPLATE).splitlines():
        heading, field = _HEADING.match(line), _FIELD.match(line)
        if heading:
            name = next((name for name in sections if name in heading[2].casefold()), None)
            lines += ["", line] if lines and lines[-1] else [line]
            if not titled and name is None:
                exercise = " · exercise" if found.exercise else ""
                lines += ["", f"**Incident:** {found.number} · {escaped(found.title)}{exercise}  "]
            titled, keeping = True, name is None
            if name is not None:
                lines += ["", *sections.pop(name)]
        elif keeping and field:
            lines.append(f"**{field[1].strip()}:** {_field(found, field[1])}  ")
        elif keeping and (line or (lines and lines[-1] and not lines[-1].startswith("**Incident"))):
            lines.append(line)
    lines += ["", f"{_level(template or TEMPLATE)} Milestones and durations", "", *_measures(found), ""]
    return "\n".join(lines)


def _level(template: str) -> str:
    levels = [match[1] for line in template.splitlines() if (match := _HEADING.match(line))]
    return levels[-1] if levels else "##"


def _field(found: PostMortem, label: str) -> str:
    word = label.strip().casefold()
    if "date" in word:
        return found.date.isoformat()
    if "duration" in word:
        return _spoken(found.durations["duration"])
    if "severity" in word:
        return " · ".join(
            filter(None, (escaped(found.severity or MISSING), escaped(found.severity_description)))
        )
    if "impact" in word:
        lost = f" · ~{money(found.revenue_lost)} in all" if found.revenue_lost else ""
        return (escaped(found.impact) or MISSING) + escaped(lost)
    if "commander" in word:
        return escaped(found.commander or MISSING)
    return MISSING


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


_SECTIONS: dict[str, Callable[[PostMortem], Iterator[str]]] = {
    "timeline": _timeline,
    "root cause": _root_cause,
    "contributing factor": _factors,
    "action item": _action_items,
    "lesson": _lessons,
}

_SPECIAL = re.compile(r"([\\`*\[\]<>|])|((?<!\w)_|_(?!\w))|(~(?=~)|(?<=~)~)")
_AT_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+$|-+$|\d+(?=[.)](?:\s|$)))")


def escaped(text: str) -> str:
    """Text as Markdown that reads exactly as it was typed."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    if match := _AT_START.match(text):
        end = match.end()
        return f"{text[:end]}\\{text[end:]}" if match[1].isdigit() else f"\\{text}"
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)
