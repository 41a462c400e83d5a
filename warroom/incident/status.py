"""Status updates: a draft for each audience, filled from what is so, to be read and sent by a person.

An external draft says what customers may know and nothing else: no names of people, no notes, no
causes, no strategies.
"""

from collections.abc import Iterable
from datetime import datetime

from warroom.incident import situation
from warroom.incident.cadence import every, last_update
from warroom.incident.events import Audience
from warroom.incident.incident import Incident
from warroom.incident.situation import Course
from warroom.incident.template import fill, joined
from warroom.incident.timing import elapsed, spoken, utc
from warroom.incident.wording import impact_in_words

_INSIDE: dict[Course, str] = {
    "not mitigated": "The impact is not mitigated.",
    "mitigation under way": "A mitigation is under way; the impact is not mitigated yet.",
    "partly mitigated": "The impact is partly mitigated.",
    "mitigated": "The impact is mitigated; the incident is not resolved yet.",
    "resolved": "The incident is resolved; recovery is being verified.",
    "recovered": "Normal operations are restored.",
    "closed": "The incident is closed.",
}
_OUTSIDE: dict[Course, str] = {
    "not mitigated": "We are investigating.",
    "mitigation under way": "We are working on a mitigation.",
    "partly mitigated": "The impact is reduced; we are working to end it.",
    "mitigated": "The problem is contained; we are working on a lasting fix.",
    "resolved": "The problem is fixed; we are verifying that all is well.",
    "recovered": "Service is back to normal.",
    "closed": "This incident is over.",
}


def template_name(incident: Incident, audience: Audience) -> str:
    """The template of an audience's next update; the first external one is a holding statement.

    Unless it comes so late that there is more to say than that somebody is looking into it.
    """
    begun = situation.course(incident) in {"not mitigated", "mitigation under way"}
    if audience == "external" and begun and last_update(incident, audience) is None:
        return "update-holding"
    return f"update-{audience}"


def draft(incident: Incident, audience: Audience, now: datetime, template: str) -> str:
    """An update for an audience as things stand, in the order of a template."""
    if audience == "external":
        warning = ["EXERCISE: not to be sent outside.", ""] if incident.exercise else []
        return _plain([*warning, *fill(template, _public(incident, now), {}).lines])
    known = _bullets(situation.conditions(incident, now))
    done = _bullets(_actions(incident, audience), "No action is recorded.")
    needed = _bullets(situation.needs(incident), "None recorded.")
    sections = {
        "conditions": known,
        "what we know": known,
        "actions": done,
        "what we do": done,
        "needs": needed,
        "what we need": needed,
        "next update": [next_at(incident, audience, now)],
    }
    return _plain(fill(template, _fields(incident, audience, now), sections).lines)


def _plain(lines: Iterable[str]) -> str:
    """Lines without the spaces at their ends that break lines in Markdown: chats keep line ends anyway."""
    return joined(line.rstrip() for line in lines)


def next_at(incident: Incident, audience: Audience, now: datetime) -> str:
    """When the update after this one is to be expected, if this one goes out now."""
    span = every(incident, audience)
    return utc(now + span) if span else "not scheduled"


def _actions(incident: Incident, audience: Audience) -> Iterable[str]:
    yield from situation.mitigations(incident)
    if audience == "internal":
        yield from situation.assignments(incident)


def _bullets(lines: Iterable[str], otherwise: str = "") -> list[str]:
    return [f"- {line}" for line in lines] or [otherwise]


def _fields(incident: Incident, audience: Audience, now: datetime) -> dict[str, str]:
    level = incident.severity_level
    severity = " · ".join(filter(None, (incident.severity, level.description if level else "")))
    exercise = " · exercise" if incident.exercise else ""
    return {
        "next": next_at(incident, audience, now),
        "incident": f"{incident.number} · {incident.title}{exercise}",
        "status": _INSIDE[situation.course(incident)],
        "severity": severity or "not classified",
        "phase": incident.phase.name,
        "impact": impact_in_words(incident.impact) or "not assessed",
        "commander": incident.commander or "not assigned",
        "duration": spoken(elapsed(incident, now)),
        "since": situation.began(incident),
    }


def _public(incident: Incident, now: datetime) -> dict[str, str]:
    systems = incident.impact.systems
    affected = "not determined yet" if systems is None else ", ".join(systems) or "nothing known"
    return {
        "next": next_at(incident, "external", now),
        "status": _OUTSIDE[situation.course(incident)],
        "affected": affected,
        "since": situation.began(incident),
    }
