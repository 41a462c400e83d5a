"""The fold: an incident and an event make the next incident. It never refuses."""

from collections.abc import Iterable
from itertools import islice
from operator import attrgetter, ge

from msgspec.structs import replace

from warroom.incident import events as e
from warroom.incident.consequences import CHANGES
from warroom.incident.deeds import deeds_of, milestones_of
from warroom.incident.events import Event
from warroom.incident.incident import Incident, Metric, PhaseVisit

# Facts about other entries; they change how those read and are no entries themselves.
AMENDING = (e.Edited, e.Struck, e.Unstruck, e.Pinned)


def replay(events: Iterable[Event]) -> Incident:
    """The incident that a list of events adds up to, whatever order they came in.

    The earliest event must be the declaration. Raises ValueError when there is none.
    """
    ordered = in_order(events)
    undone = retracted_acts([event for event in ordered if type(event.fact) is e.Retracted])
    return fold(None, ordered, undone)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events in the order that every replica agrees on, each once."""
    found = list(events)
    if len(set(map(attrgetter("id"), found))) < len(found):
        found = list({event.id: event for event in found}.values())
    clocks = [event.clock for event in found]
    if any(map(ge, clocks, islice(clocks, 1, None))):  # a file written by one process is in order already
        found.sort(key=lambda event: event.order)
    return found


def evolve(incident: Incident, event: Event) -> Incident:
    """The incident after one more event, the latest in order. A retraction needs `replay` or a `Record`."""
    return fold(incident, (event,), frozenset())


def retracted_acts(retractions: Iterable[Event]) -> frozenset[str]:
    """The acts that do not hold, from the retractions in order; a retraction can be retracted itself."""
    undone: set[str] = set()
    for event in reversed(list(retractions)):
        if event.act not in undone and isinstance(event.fact, e.Retracted):
            undone.add(event.fact.act)
    return frozenset(undone)


def fold(incident: Incident | None, ordered: Iterable[Event], undone: frozenset[str]) -> Incident:
    """Carry an incident (None: not declared yet) over events that are in order, leaving out undone acts."""
    entries: list[Event] = []
    observed: list[Metric] = []
    for event in ordered:
        fact = event.fact
        kind = type(fact)
        if kind is e.Retracted or (undone and event.act in undone and kind is not e.Declared):
            continue
        # Nearly all events of a long incident are notes and figures, on which no other fact depends.
        if isinstance(fact, e.MetricObserved):
            observed.append(Metric(event.id, fact.name, fact.before, fact.after, event.occurred_at))
        elif kind is not e.Noted:
            if incident is None:
                incident = _declare(event)
            elif (change := CHANGES.get(kind)) is not None:
                incident = replace(incident, **change(incident, event, fact))
            if kind in AMENDING:
                continue
        entries.append(event)
    if incident is None:
        raise ValueError("no declaration among these events")
    if not entries:
        return incident
    timeline = incident.timeline
    timeline = timeline.add(entries[0]) if len(entries) == 1 else timeline.extend(entries)
    metrics = incident.metrics.extend(observed)
    return replace(incident, timeline=timeline, metrics=metrics, last_event_at=entries[-1].recorded_at)


def _declare(event: Event) -> Incident:
    fact = event.fact
    if not isinstance(fact, e.Declared):
        raise ValueError(f"the first event is {type(fact).__name__}, not a declaration")
    return Incident(
        number=fact.number,
        title=fact.title,
        playbook=fact.playbook,
        exercise=fact.exercise,
        source=fact.source,
        declared_at=event.occurred_at,
        deeds=deeds_of(fact.playbook),
        exits=milestones_of(fact.playbook),
        phases=(PhaseVisit(1, event.occurred_at),),
    )
