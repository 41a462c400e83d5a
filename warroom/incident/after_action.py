"""After-action: what was late, what was left out, and how long everything took.

The record is gone through once more, act by act, with what was due then: a matter counts as late when
the act that settled it happened after its time. What is due as soon as it arises, an escalation or a
fallback, is late after `SETTLING_TIME`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from warroom.incident import events as e
from warroom.incident.events import Event, Milestone
from warroom.incident.evolve import fold, in_order, retracted_acts
from warroom.incident.incident import Incident
from warroom.incident.matters import SETTLING_TIME, Matter, agenda
from warroom.incident.postmortem import MISSING, escaped
from warroom.incident.timing import DEFINITIONS, Durations, after, durations, milestones, spoken

_AT_ONCE = ("escalate", "fallback")  # the kinds of matter that are due when they arise
_SETTLE_NOTHING = (e.Noted, e.MetricObserved)  # and nearly all events of a long incident are these


class Late(Struct, frozen=True):
    """A matter that was settled after its time, or not at all."""

    matter: Matter
    settled_at: datetime | None
    by: timedelta  # how much later; until now, or until it was closed, where it was never settled


class Left(Struct, frozen=True):
    """Something that was left out, and why, as far as that was said."""

    what: str
    why: str = ""


class AfterAction(Struct, frozen=True):
    """What there is to talk about afterwards."""

    number: str
    title: str
    late: tuple[Late, ...]
    in_time: int  # how many matters were settled in time
    left: tuple[Left, ...]
    milestones: dict[Milestone, datetime]
    durations: Durations


def after_action(events: Iterable[Event], now: datetime) -> AfterAction:
    """What there is to say about an incident, from all of its events."""
    ordered = in_order(events)
    undone = retracted_acts(event for event in ordered if type(event.fact) is e.Retracted)
    incident: Incident | None = None
    late: list[Late] = []
    in_time = 0
    due: dict[str, Matter] = {}
    for event in ordered:
        if type(event.fact) in _SETTLE_NOTHING or (event.act in undone and incident is not None):
            continue
        incident = fold(incident, (event,), undone)
        still = {matter.id: matter for matter in agenda(incident)}
        for matter in _settled(due, still, event.occurred_at):
            if found := _late(matter, event):
                late.append(found)
            elif type(event.fact) is not e.Closed:  # what is over with the incident was not settled
                in_time += 1
        due = still
    if incident is None:
        raise ValueError("no declaration among these events")
    late += [Late(matter, None, now - matter.due_at) for matter in due.values() if now > _late_from(matter)]
    times = milestones(incident)
    return AfterAction(
        number=incident.number,
        title=incident.title,
        late=tuple(sorted(late, key=lambda each: each.matter.due_at)),
        in_time=in_time,
        left=tuple(_left(incident)),
        milestones=times,
        durations=durations(times),
    )


def _settled(due: dict[str, Matter], still: dict[str, Matter], at: datetime) -> Iterator[Matter]:
    """Those that are no longer due, or not before a later time."""
    for name, matter in due.items():
        then = still.get(name)
        if then is None or (then.due_at != matter.due_at and then.due_at > at):
            yield matter


def _late_from(matter: Matter) -> datetime:
    return after(matter.due_at, SETTLING_TIME) if matter.kind in _AT_ONCE else matter.due_at


def _late(matter: Matter, event: Event) -> Late | None:
    at = event.occurred_at
    if at <= _late_from(matter):
        return None
    never = type(event.fact) is e.Closed and matter.kind != "action item"
    return Late(matter, None if never else at, at - matter.due_at)


def _left(incident: Incident) -> Iterator[Left]:
    playbook = incident.playbook
    for item, state in incident.items.items():
        if state.status == "skipped":
            yield Left(playbook.text_of(item) or item, state.text)
    entered = max(visit.phase for visit in incident.phases)
    for phase in playbook.phases:
        if phase.number < entered or incident.finished:
            reason = next((v.override for v in incident.phases if v.phase > phase.number and v.override), "")
            for item in incident.open_actions(phase):
                yield Left(playbook.text_of(item) or item, reason)


# ── in words ───────────────────────────────────────────────────────────────────────────────────


def render(found: AfterAction) -> str:
    """All of it as Markdown."""
    parts = [
        [f"# After-action: {found.number} · {escaped(found.title)}"],
        ["## What was late", "", *_late_in_words(found)],
        ["## What was left out", "", *_left_in_words(found)],
        ["## How long it took", "", *_durations_in_words(found)],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _late_in_words(found: AfterAction) -> Iterator[str]:
    verb = "was" if found.in_time == 1 else "were"
    in_time = f"{found.in_time} of {found.in_time + len(found.late)} matters {verb} settled in time."
    if not found.late:
        yield "Nothing. " + (in_time if found.in_time else "")
        return
    yield "| Matter | Due | Settled | Late by |"
    yield "|--------|-----|---------|---------|"
    for late in found.late:
        settled = f"{late.settled_at:%H:%M:%S}" if late.settled_at else "never"
        cells = (escaped(late.matter.text), f"{late.matter.due_at:%H:%M:%S}", settled, spoken(late.by))
        yield f"| {' | '.join(cells)} |"
    yield f"\n{in_time} Times are UTC."


def _left_in_words(found: AfterAction) -> Iterator[str]:
    for left in found.left:
        yield f"- {escaped(left.what)}: {escaped(left.why) if left.why else 'no reason given'}"
    if not found.left:
        yield "Nothing."


def _durations_in_words(found: AfterAction) -> Iterator[str]:
    yield "| | From → to | |"
    yield "|-|-----------|-|"
    lengths: dict[str, timedelta | None] = {**found.durations}  # type: ignore[dict-item]
    for key, (name, start, end) in DEFINITIONS.items():
        length = lengths[key]
        label = name if key == "duration" else f"{key.upper()} {name}"
        yield f"| {label} | {start} → {end} | {MISSING if length is None else spoken(length)} |"
