"""Deeds: what the console can do that a playbook's wording may ask for."""

import re
from enum import StrEnum

from warroom.incident.events import Milestone
from warroom.incident.playbook import Playbook


class Deed(StrEnum):
    """Something the console does. Doing it ticks the actions and records the outputs that name it."""

    DETECT = "receive the alert"
    ACKNOWLEDGE = "acknowledge the incident"
    START_TIMER = "start the timer"
    SEVERITY = "classify the severity"
    USERS = "count the affected users"
    SYSTEMS = "name the affected systems"
    REVENUE = "assess the business impact"
    IMPACT = "assess the impact"
    PAGE = "page somebody"
    COMMANDER = "assign the incident commander"
    TEAM = "gather the response team"
    MITIGATE = "start a mitigation"
    ASSESS = "assess the mitigation"
    UPDATE = "publish a status update"
    ROOT_CAUSE = "record the root cause"
    CLOSE = "close the incident"
    POSTMORTEM = "write the post-mortem"
    FACTOR = "record a contributing factor"
    LESSON = "record a lesson"
    ACTION_ITEM = "open an action item"
    OWNERS = "give every action item an owner"
    DUE_DATES = "give every action item a due date"
    COMPLETION = "complete the action items"


# The first pattern that matches an item's wording names its deed.
_WORDINGS: tuple[tuple[Deed, re.Pattern[str]], ...] = tuple(
    (deed, re.compile(pattern, re.IGNORECASE))
    for deed, pattern in (
        (Deed.DETECT, r"^receive\b.*\b(alert|report)"),
        (Deed.ACKNOWLEDGE, r"^acknowledge\b.*\b(incident|alert)"),
        (Deed.START_TIMER, r"^start\b.*\btimer"),
        (Deed.SEVERITY, r"^(classify|set|assess|determine)\b.*\bseverity|^severity classification"),
        (Deed.USERS, r"\b(affected users|users affected)\b"),
        (Deed.SYSTEMS, r"\baffected (systems|services)\b"),
        (Deed.REVENUE, r"\b(business|revenue) impact\b"),
        (Deed.IMPACT, r"^impact assessment|^assess\b.*\bimpact"),
        (Deed.PAGE, r"^page\b"),
        (Deed.COMMANDER, r"^(notify|assign|appoint)\b.*\bincident commander"),
        (Deed.TEAM, r"^(gather|assemble)\b.*\b(experts|team)|^response team$"),
        (Deed.MITIGATE, r"^(choose|implement|apply)\b.*\bstrategy|^mitigation actions?$"),
        (Deed.ASSESS, r"^verify (improvement|mitigation)"),
        (Deed.UPDATE, r"^communicate status|^notify stakeholders|^status update|^(send|publish)\b.*\bupdate"),
        (Deed.ROOT_CAUSE, r"^(investigate|identify|document)\b.*\broot cause|^root cause( identified)?$"),
        (Deed.CLOSE, r"^stop\b.*\btimer|^incident closed$|^close incident|^duration recorded$"),
        (Deed.POSTMORTEM, r"^gather timeline|^post-?\s?mortem document|^write\b.*\bpost-?\s?mortem"),
        (Deed.FACTOR, r"\bcontributing factors?\b"),
        (Deed.LESSON, r"\blessons? learned\b"),
        (Deed.ACTION_ITEM, r"^define\b.*\b(measures|action items)|^(create )?action items$"),
        (Deed.OWNERS, r"^assign\b.*\bowners?"),
        (Deed.DUE_DATES, r"^set\b.*\b(deadlines?|due dates?)"),
        (Deed.COMPLETION, r"^track completion"),
    )
)

_CRITERIA: tuple[tuple[Milestone, re.Pattern[str]], ...] = (
    ("mitigated", re.compile(r"\bmitigated\b", re.IGNORECASE)),
    ("resolved", re.compile(r"\bresolved\b", re.IGNORECASE)),
    ("recovered", re.compile(r"\b(recovered|normal operations?)\b", re.IGNORECASE)),
)


def deed_of(wording: str) -> Deed | None:
    """The deed that an action's or output's wording names, if it names one."""
    return next((deed for deed, pattern in _WORDINGS if pattern.search(wording)), None)


def deeds_of(playbook: Playbook) -> dict[str, Deed]:
    """Every action and output of a playbook that names a deed: item id → deed."""
    found = {
        item.id: deed_of(item.text)
        for phase in playbook.phases
        for step in phase.steps
        for item in step.items()
    }
    return {item: deed for item, deed in found.items() if deed}


def milestones_of(playbook: Playbook) -> dict[str, Milestone]:
    """The exit criteria whose confirmation is a milestone: item id → milestone."""
    return {
        phase.exit_id: milestone
        for phase in playbook.phases
        for milestone, pattern in _CRITERIA
        if pattern.search(phase.exit)
    }
