"""What two versions of a playbook have in common, and what changed between them."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from msgspec import Struct

from warroom.incident.deeds import milestones_of
from warroom.incident.playbook import Phase, Playbook, Step

Kind = Literal["phase", "entry", "step", "action", "output", "exit", "section"]
How = Literal["added", "removed", "moved", "reworded", "changed"]

SIGNS: dict[How, str] = {"added": "+", "removed": "-", "moved": ">", "reworded": "~", "changed": "*"}

_NEAR = 8  # how far from its old place a reworded item is looked for: keeps long lists linear


class Change(Struct, frozen=True, omit_defaults=True):
    """One difference between two versions of a playbook."""

    how: How
    kind: Kind
    before: str = ""  # its place in the old version, empty where it has none
    after: str = ""
    text: str = ""  # as it reads now; what was removed, as it read
    was: str = ""  # as it read before, where that differs
    about: str = ""  # what of it changed

    def __str__(self) -> str:
        places = dict.fromkeys(place for place in (self.before, self.after) if place)
        place = " → ".join(places if self.how == "moved" else list(places)[-1:])
        wording = f"{self.was} → {self.text}" if self.was else self.text
        said = f"{wording}: {self.about}" if self.about else wording
        return " ".join(filter(None, (SIGNS[self.how], self.kind, place, "", said)))


class Part(NamedTuple):
    """Something that has a place in a playbook, with the names of what it stands in."""

    kind: Kind
    id: str
    text: str
    step: str = ""
    phase: str = ""


def parts(playbook: Playbook) -> Iterator[Part]:
    """Phases, steps, criteria, actions and outputs, in order."""
    for phase in playbook.phases:
        yield Part("phase", str(phase.number), phase.name)
        if phase.entry:
            yield Part("entry", phase.entry_id, phase.entry, phase=phase.name)
        for step in phase.steps:
            yield Part("step", step.id, step.name, phase=phase.name)
            yield from (Part("action", a.id, a.text, step.name, phase.name) for a in step.actions)
            yield from (Part("output", o.id, o.text, step.name, phase.name) for o in step.outputs)
        if phase.exit:
            yield Part("exit", phase.exit_id, phase.exit, phase=phase.name)


# ── what is the same ───────────────────────────────────────────────────────────────────────────

# Two parts are the same when they agree in one of these; the first agreement counts. A step that moves takes
# its actions with it, so names come before places.
_AGREEMENTS: tuple[Callable[[Part], tuple[str, ...]], ...] = (
    lambda part: (part.kind, part.text, part.step, part.phase),
    lambda part: (part.kind, part.text, part.step),
    lambda part: (part.kind, part.text, part.phase),
    lambda part: (part.kind, part.text, part.id),
    lambda part: (part.kind, part.text),
    lambda part: (part.kind, part.text.casefold(), part.id),
)


def same(old: Playbook, new: Playbook) -> dict[str, str]:
    """Where everything that is the same stood and stands: old place → new place."""
    left, right = list(parts(old)), list(parts(new))
    found: dict[str, str] = {}
    for agreement in _AGREEMENTS:
        waiting: defaultdict[tuple[str, ...], deque[str]] = defaultdict(deque)
        for part in right:
            waiting[agreement(part)].append(part.id)
        found |= {part.id: there.popleft() for part in left if (there := waiting.get(agreement(part)))}
        taken = set(found.values())
        left = [part for part in left if part.id not in found]
        right = [part for part in right if part.id not in taken]
    return found


def kept(old: Playbook, new: Playbook) -> dict[str, str]:
    """Old place → new place of what keeps its state when a playbook is read again.

    Besides what is the same, that is a phase under another name, and a reworded criterion that stands for
    the same milestone: what was reached stays reached.
    """
    found = same(old, new)
    found |= _by_contents(found, "phase")
    taken, milestones = set(found.values()), milestones_of(new)
    for place, milestone in milestones_of(old).items():
        there = (new_place for new_place, other in milestones.items() if other == milestone)
        if place not in found and (now := next(there, "")) and now not in taken:
            found[place] = now
    return found


def _by_contents(found: dict[str, str], kind: Literal["phase", "step"]) -> dict[str, str]:
    """The phases or steps that have another name and for the most part the same contents."""
    depth = 1 if kind == "phase" else 2
    votes = Counter(
        (_within(before, depth), _within(after, depth))
        for before, after in found.items()
        if before.count(".") >= depth and after.count(".") >= depth
    )
    pairs: dict[str, str] = {}
    taken = set(found.values())
    for (before, after), _ in votes.most_common():
        if before not in found and before not in pairs and after not in taken:
            pairs[before] = after
            taken.add(after)
    return pairs


def _within(place: str, depth: int) -> str:
    return ".".join(place.split(".")[:depth])


# ── what changed ───────────────────────────────────────────────────────────────────────────────


def diff(old: Playbook, new: Playbook) -> tuple[Change, ...]:
    """What changed between two versions of a playbook, in the order of the new one; empty if nothing did."""
    before, after = ({part.id: part for part in parts(playbook)} for playbook in (old, new))
    found = same(old, new)
    reworded = _by_contents(found, "step")
    reworded |= _by_contents({**found, **reworded}, "phase")
    reworded |= _reworded(before, after, {**found, **reworded})
    found |= reworded
    taken = set(found.values())
    changes = [
        *(Change("removed", p.kind, p.id, "", p.text) for p in before.values() if p.id not in found),
        *(Change("added", p.kind, "", p.id, p.text) for p in after.values() if p.id not in taken),
        *(_rewording(before[a], after[b]) for a, b in found.items() if before[a].text != after[b].text),
        *(Change("moved", after[b].kind, a, b, after[b].text) for a, b in _moved(before, found)),
        *_changed(old, new, found),
    ]
    changes.sort(key=lambda change: _order(change.after or change.before))
    return (*changes, *_sections(old, new))


def _rewording(before: Part, after: Part) -> Change:
    return Change("reworded", after.kind, before.id, after.id, after.text, before.text)


def _reworded(before: dict[str, Part], after: dict[str, Part], found: dict[str, str]) -> dict[str, str]:
    """What is left over in the same step or phase on both sides and reads alike."""
    taken = set(found.values())
    over: defaultdict[tuple[str, Kind], list[Part]] = defaultdict(list)
    for part in after.values():
        if part.id not in taken:
            over[_parent(part.id), part.kind].append(part)
    pairs: dict[str, str] = {}
    for part in before.values():
        parent = _parent(part.id)
        if part.id in found or (parent and parent not in {**pairs, **found} if parent in pairs else parent and parent not in found):
            continue
        there = over.get((pairs.get(parent) or found.get(parent, ""), part.kind), [])
        alike = next((other for other in islice(there, _NEAR) if _alike(part, other)), None)
        if alike is not None:
            there.remove(alike)
            pairs[part.id] = alike.id
    return pairs
