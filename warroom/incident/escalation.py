"""Escalation: when the playbook's triggers become true, and whom to call when nobody answers."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from warroom.incident.incident import Escalation, Incident
from warroom.incident.playbook import EscalationPath
from warroom.incident.timing import Since, after, impact_clock, is_mitigated

ANSWER_TIME = timedelta(minutes=5)
"""How long a page, an escalation or an offer of command may go unanswered: time to wake up and log in."""

_UNMITIGATED = re.compile(r"\b(unmitigated|not mitigated)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(\d{1,5})\s?(?:(m|min|mins|minutes?)|(?:h|hr|hrs|hours?))\b", re.IGNORECASE)


# ── triggers ───────────────────────────────────────────────────────────────────────────────────


def unmitigated_limit(path: EscalationPath) -> timedelta | None:
    """The time in a trigger such as "> 30 min unmitigated"; None if it is another kind of trigger."""
    match = _LIMIT.search(path.trigger) if _UNMITIGATED.search(path.trigger) else None
    if match is None:
        return None
    return timedelta(minutes=int(match[1])) if match[2] else timedelta(hours=int(match[1]))


def escalation_due(incident: Incident, path: EscalationPath) -> datetime | None:
    """When a path's trigger became or will become true; None while that cannot be known."""
    since, limit = trigger_clock(incident, path), unmitigated_limit(path)
    return after(since.at, limit or timedelta()) if since else None


def trigger_clock(incident: Incident, path: EscalationPath) -> Since | None:
    """The clock that a trigger runs on; None while it does not run or cannot be known.

    The unmitigated rule runs on impact start, else detection, else declaration.
    """
    if unmitigated_limit(path) is not None:
        return None if incident.closed_at or is_mitigated(incident) else impact_clock(incident)
    since = None
    for change in incident.severities:
        since = (since or change.at) if _names(path, change.level) else None
    if since:
        return Since(since, "severity")
    trigger, impact = path.trigger.casefold(), incident.impact
    if "customer" in trigger and impact.customer_facing_since:
        return Since(impact.customer_facing_since, "customer impact")
    if "breach" in trigger and impact.data_breach_since:
        return Since(impact.data_breach_since, "data breach")
    return None


def _names(path: EscalationPath, level: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(level)}(?!\w)", path.trigger, re.IGNORECASE) is not None


def raised(incident: Incident, path: EscalationPath) -> bool:
    """Whether a path was taken already."""
    return any(escalation.trigger == path.trigger for escalation in incident.escalations)


# ── when nobody answers ────────────────────────────────────────────────────────────────────────


def contacts(to: str) -> list[str]:
    """Whom a path names, in the order in which they are called: "Engineering Manager, VP"."""
    return [name for part in re.split(r"[,;]", to) if (name := part.strip())]


def unanswered(incident: Incident) -> Iterator[Escalation]:
    """The escalations that wait for an answer; calling the next contact passes the waiting on."""
    followed = {escalation.after for escalation in incident.escalations}
    return (x for x in incident.escalations if not x.acknowledged_at and x.id not in followed)


def next_contact(incident: Incident, escalation: Escalation) -> str | None:
    """Who stands behind the contact that was called last, on its own path or else on another."""
    called = [name.casefold() for name in contacts(escalation.to)][-1:]
    for path in sorted(incident.playbook.escalations, key=lambda path: path.trigger != escalation.trigger):
        names = contacts(path.to)
        behind = (after for name, after in pairwise(names) if [name.casefold()] == called)
        if found := next(behind, None):
            return found
    return None
