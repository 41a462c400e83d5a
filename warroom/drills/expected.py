"""What a drill expects of the commander: how it is put into words, and when it was done.

It was done when the record says so, however it came about: by key, by palette, by click, or from the
shell.
"""

from datetime import datetime

from warroom.drills.script import Line
from warroom.incident import events as e
from warroom.incident.commands import Refused
from warroom.incident.events import Event, Fact
from warroom.incident.incident import Incident
from warroom.verbs import Intention

# What to do for a fact, with the acts of the console in braces, which the console knows the keys of.
_HINTS: dict[type[Fact], str] = {
    e.Noted: "Log it: {note}, type “%s”, enter",
    e.MetricObserved: "Log the figure: {note}, type “%s”, enter",
    e.FindingRecorded: "Log what was found: {note}, type “%s”, enter",
    e.AssignmentGiven: "Give a task to somebody: {note}, type “%s”, enter",
    e.ActionItemOpened: "Open an action item: {note}, type “%s”, enter",
    e.SeveritySet: "Classify the severity: {decide}, go to the row that fits with ↑ ↓, {choose}",
    e.RoleAssigned: "Say who is in command: {commander}, type your name, enter",
    e.ImpactAssessed: "Assess the impact: {impact}, fill in what you know, enter",
    e.Paged: "Page whom you need: {team}, {page}, type a name such as %s, enter",
    e.MitigationStarted: "Start a mitigation: {mitigate}, go to a strategy, {choose}, say what it is, enter",
    e.MitigationAssessed: "Say what it did: {mitigate}, {choose} on the line “assess”, then its outcome",
    e.EscalationRaised: "Escalate: {escalate}, go to the path whose trigger holds, {choose}, and confirm",
    e.FallbackInvoked: "Put a fallback procedure into force: {fallback}, {choose}",
    e.UpdatePublished: "Tell them how things stand: {update}, choose %s, read the draft, {publish}",
    e.Closed: "Close the incident, which stops the timer: {close-incident}, then why",
}

# What else must be alike for two facts of a kind to be the same act.
_ALIKE: dict[type[Fact], str] = {
    e.UpdatePublished: "audience",
    e.RoleAssigned: "role",
    e.FindingRecorded: "finding",
    e.MilestoneStamped: "milestone",
    e.Ticked: "item",
}


def hint(line: Line, intention: Intention, incident: Incident, at: datetime) -> str:
    """What to do, with the acts of the console in braces."""
    if line.hint:
        return line.hint
    verb, _, rest = line.words.partition(" ")
    if verb == "phase":
        outcome = intention.do(incident, at)
        if isinstance(outcome, Refused) and outcome.items:  # it was undone, or only half of it was done
            return f"Something is still open. {_ticked(outcome.items[0], incident)}"
        return "Go on to the next phase: {next-phase}, and confirm that the criteria hold"
    if verb == "tick":
        return _ticked(rest.strip(), incident)
    fact = _wanted(intention, incident, at)
    text = rest if verb == "log" else rest.split(" ")[0]
    said = _HINTS.get(type(fact), "") if fact else ""
    return said.replace("%s", text) or f"Do this: {line.words}"


def _ticked(item: str, incident: Incident) -> str:
    text = incident.playbook.text_of(item) or item
    return f"In the checklist (1), go to “{text}” with ↑ ↓ and press {{tick}}"


def fulfilled(
    line: Line, intention: Intention, incident: Incident, at: datetime, acts: list[Event]
) -> Event | bool:
    """The one of these acts that was it; or whether nothing needs to be done (any more)."""
    verb, _, rest = line.words.partition(" ")
    if verb == "tick":
        return rest.strip().casefold() in incident.items
    if verb == "phase" and rest.strip().isdigit():
        return any(visit.phase >= int(rest) for visit in incident.phases)
    wanted = _wanted(intention, incident, at)
    if wanted is None:  # it would be refused, so it is not to be had: somebody went another way
        return verb != "phase"
    return next((event for event in acts if _same(event.fact, wanted)), False)


def _wanted(intention: Intention, incident: Incident, at: datetime) -> Fact | None:
    outcome = intention.do(incident, at)
    return None if isinstance(outcome, Refused) else outcome[0]


def _same(fact: Fact, wanted: Fact) -> bool:
    name = _ALIKE.get(type(wanted))
    return type(fact) is type(wanted) and (not name or getattr(fact, name) == getattr(wanted, name))
