"""The incident itself: declared, classified, led from phase to phase, closed."""

from datetime import datetime
from typing import get_args

from msgspec.structs import replace

from warroom.incident import events as e
from warroom.incident.commands.outcome import (
    Outcome,
    Refused,
    fulfilling,
    linked,
    severity_table,
)
from warroom.incident.deeds import Deed, deeds_of
from warroom.incident.incident import Incident
from warroom.incident.playbook import Phase, Playbook
from warroom.incident.text import printable
from warroom.incident.timing import impossible, milestones, spoken, utc


def declare(
    number: str,
    title: str,
    playbook: Playbook,
    *,
    level: str = "",
    condition: str = "",
    exercise: bool = False,
    source: str = "",
) -> Outcome:
    """Declare an incident, with a severity where it is known. The timer starts here."""
    title = printable(title)
    if not title:
        return Refused("An incident needs a title: what is broken, in a few words.")
    declared = e.Declared(number, title, playbook, exercise, printable(source))
    deeds = deeds_of(playbook).items()
    started = fulfilling(item for item, deed in deeds if deed is Deed.START_TIMER)
    if not level:
        return (declared, *started)
    severity = playbook.severity(level)
    if severity is None:
        return _no_such_severity(playbook, level)
    fact = e.SeveritySet(severity.level, printable(condition) or _rationale(playbook, severity.level))
    classified = fulfilling((item for item, deed in deeds if deed is Deed.SEVERITY), severity.level)
    return (declared, *started, fact, *classified)


def rename(incident: Incident, at: datetime, title: str) -> Outcome:
    """Give the incident another title."""
    title = printable(title)
    if not title or title == incident.title:
        return Refused("That is no new title.")
    return (e.Renamed(title),)


def set_severity(incident: Incident, at: datetime, level: str, condition: str = "") -> Outcome:
    """Classify the severity, with the decision row that was the rationale."""
    severity = incident.playbook.severity(level)
    if severity is None:
        return _no_such_severity(incident.playbook, level)
    if incident.severity == severity.level:
        return Refused(f"The severity is {severity.level} already.")
    condition = printable(condition) or _rationale(incident.playbook, severity.level)
    fact = e.SeveritySet(severity.level, condition)
    return (fact, *linked(incident, Deed.SEVERITY, text=severity.level))


def _rationale(playbook: Playbook, level: str) -> str:
    table = severity_table(playbook)
    rows = table.rows if table else ()
    return next((row.condition for row in rows if row.choice.casefold() == level.casefold()), "")


def _no_such_severity(playbook: Playbook, level: str) -> Refused:
    known = ", ".join(severity.level for severity in playbook.severities)
    return Refused(f"No severity {printable(level)!r}; this playbook has {known or 'no severity levels'}.")


def still_open(incident: Incident, target: Phase) -> tuple[str, ...]:
    """The ids of the open mandatory actions that stand between the incident and a later phase."""
    between = incident.playbook.phases[incident.phase.number - 1 : target.number - 1]
    return tuple(item for phase in between if phase.mandatory for item in incident.open_actions(phase))


def enter_phase(incident: Incident, at: datetime, number: int | None = None, override: str = "") -> Outcome:
    """Enter a phase, by default the next. Going forward confirms the criteria between.

    Open mandatory actions refuse it unless a reason to override is given; then only what was done
    counts as confirmed. Going back is always possible; it opens the criteria between again.
    """
    here = incident.phase
    target = incident.playbook.phase(here.number + 1 if number is None else number)
    if target is None:
        last = len(incident.playbook.phases)
        what = "This is the last phase." if number is None else f"No phase {number}; there are {last}."
        return Refused(what)
    if target is here:
        return Refused(f"The incident is in {here.name} already.")
    if at < incident.phase_entered_at:
        since = utc(incident.phase_entered_at)
        return Refused(f"{here.name} was entered at {since}; a change of phase cannot be earlier.")
    override = printable(override)
    if target.number < here.number:
        return (e.PhaseEntered(target.number, override=override),)
    open_items = still_open(incident, target)
    if open_items and not override:
        count = f"{len(open_items)} mandatory action{'s are' if len(open_items) > 1 else ' is'} open"
        return Refused(
            f"{count} before {target.name}; do or skip them, or override with a reason.", open_items
        )
    if override:
        return (e.PhaseEntered(target.number, override=override, still_open=open_items),)
    confirmed = tuple(incident.playbook.criteria(here.number, target.number))
    return (e.PhaseEntered(target.number, confirmed=confirmed),)


def stamp(incident: Incident, at: datetime, milestone: str) -> Outcome:
    """Set a milestone by hand to the time of this act. An impossible order is refused."""
    names: tuple[e.Milestone, ...] = get_args(e.Milestone)
    name = next((known for known in names if known == milestone.casefold()), None)
    if name is None:
        return Refused(f"No milestone {printable(milestone)!r}; there are {', '.join(names)}.")
    if name == "closed" and not incident.closed_at:
        return Refused("The incident is not closed; close it instead.")
    moved = replace(incident, **{f"{name}_at": at}) if name in {"declared", "closed"} else incident
    clash = impossible({**milestones(moved), name: at}, name)
    return Refused(clash) if clash else (e.MilestoneStamped(name),)


_GOES_ON_ELSEWHERE: tuple[e.Closure, ...] = ("duplicate", "superseded")


def close(
    incident: Incident, at: datetime, reason: e.Closure = "resolved", note: str = "", *, into: str = ""
) -> Outcome:
    """Close the incident: the timer stops. A duplicate names the incident that goes on in its place."""
    if incident.closed_at:
        return Refused(f"{incident.number} is closed already.")
    into = printable(into)
    if reason in _GOES_ON_ELSEWHERE and not into:
        return Refused(f"Closing as {reason} names the incident that goes on instead: INC-…")
    if into and reason not in _GOES_ON_ELSEWHERE:
        return Refused(f"An incident that is {reason} does not go on as {into}; close it as duplicate.")
    if into.casefold() == incident.number.casefold():
        return Refused(f"{incident.number} cannot go on as itself.")
    if clash := impossible({**milestones(incident), "closed": at}, "closed"):
        return Refused(clash)
    lasted = spoken(at - incident.declared_at)
    return (e.Closed(reason, printable(note), into), *linked(incident, Deed.CLOSE, text=lasted))


def cancel(incident: Incident, at: datetime, reason: str) -> Outcome:
    """Close an incident that was none, and say how that is known."""
    reason = printable(reason)
    if not reason:
        return Refused("Cancelling needs a reason: how is it known to be a false positive?")
    return close(incident, at, "false positive", reason)


def absorb(incident: Incident, at: datetime, number: str, title: str = "") -> Outcome:
    """Note that another incident was merged into this one: the other half of closing it as a duplicate.

    A desk notes this first and closes the other after, so that what is lost between the two is not
    the way to where the work goes on.
    """
    number = printable(number)
    if not number or number.casefold() == incident.number.casefold():
        return Refused("Name the other incident that is merged into this one.")
    if number in incident.absorbed:
        return Refused(f"{number} was merged into {incident.number} already.")
    return (e.Absorbed(number, printable(title)),)


def reopen(incident: Incident, at: datetime, reason: str = "") -> Outcome:
    """Take a closed incident up again: the timer goes on, and what closing it settled is open again."""
    if not incident.closed_at:
        return Refused(f"{incident.number} is not closed.")
    if at < incident.closed_at:
        return Refused(f"It was closed at {utc(incident.closed_at)}; it cannot be reopened before.")
    settled = (item for item in incident.asking_for(Deed.CLOSE) if item in incident.items)
    return (e.Reopened(printable(reason)), *map(e.Unticked, settled))
