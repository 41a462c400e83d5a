"""What two versions of a playbook have in common, and what changed between them."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from msgspec import Struct

from warroom.incident.deeds import milestones_of
from warroom.incident.playbook import Playbook

Kind = Literal["phase", "entry", "step", "action", "output", "exit", "section"]
How = Literal["added", "removed", "moved", "reworded", "changed"]

_SIGNS: dict[How, str] = {"added": "+", "removed": "-", "moved": ">", "reworded": "~", "changed": "*"}
_NEAR = 8  # how many places a reworded item is looked for in: keeps long lists linear


class Change(Struct, frozen=True, omit_defaults=True):
    """One difference between two versions of a playbook."""

    how: How
    kind: Kind
    before: str = ""  # its place in the old version, empty where it has none
    after: str = ""
    text: str = ""  # as it reads now; what was removed, as it read
    was: str = ""  # as it read before, where that differs
    about: str = ""  # what of it changed, besides its wording

    def __str__(self) -> str:
        place = self.after or self.before
        if self.how == "moved":
            place = f"{self.before} → {self.after}"
        wording = f"{self.was} → {self.text}" if self.was else self.text
        said = f"{wording}: {self.about}" if self.about else wording
        return " ".join(filter(None, (_SIGNS[self.how], self.kind, place, said)))


class Part(NamedTuple):
    """Something that has a place in a playbook, with the names of what it stands in."""

    kind: Kind
    id: str
    text: str
    step: str = ""
    phase: str = ""


def parts(playbook: Playbook) -> Iterator[Part]:
    """Phases, criteria, steps, actions and outputs, each after what it stands in."""
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


def _parent(place: str) -> str:
    return place.rpartition(".")[0]


# ── what is the same ───────────────────────────────────────────────────────────────────────────

# Two parts are the same when they agree in one of these; the first agreement counts. Names come before
# places, because a new step renumbers all that follow it.
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

    Besides what is the same, that is a phase under another name, and a reworded criterion that stands
    for the same milestone: what was reached stays reached.
    """
    found = same(old, new)
    found |= _by_contents(found, "phase")
    taken, milestones = set(found.values()), milestones_of(new)
    for place, milestone in milestones_of(old).items():
        there = next((now for now, other in milestones.items() if other == milestone), "")
        if place not in found and there and there not in taken:
            found[place] = there
            taken.add(there)
    return found


def _by_contents(found: dict[str, str], kind: Literal["phase", "step"]) -> dict[str, str]:
    """The phases or steps that have another name and for the most part the same contents."""
    depth = 1 if kind == "phase" else 2
    votes = Counter(
        (_within(before, depth), _within(after, depth))
        for before, after in found.items()
        if before.count(".") >= depth
    )
    taken = set(found.values())
    pairs: dict[str, str] = {}
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
    if old == new:
        return ()
    before, after = ({part.id: part for part in parts(playbook)} for playbook in (old, new))
    found = same(old, new)
    found |= _by_contents(found, "step")
    found |= _by_contents(found, "phase")
    found = _with_reworded(before, after, found)
    taken = set(found.values())
    changes = [
        *(Change("removed", p.kind, p.id, "", p.text) for p in before.values() if p.id not in found),
        *(Change("added", p.kind, "", p.id, p.text) for p in after.values() if p.id not in taken),
        *(
            Change("reworded", after[now].kind, was, now, after[now].text, before[was].text)
            for was, now in found.items()
            if before[was].text != after[now].text
        ),
        *(Change("moved", after[now].kind, was, now, after[now].text) for was, now in _moved(before, found)),
        *_changed(old, new, after, found),
    ]
    changes.sort(key=lambda change: _order(change.after or change.before))
    return (*changes, *_sections(old, new))


def _with_reworded(before: dict[str, Part], after: dict[str, Part], found: dict[str, str]) -> dict[str, str]:
    """What was found, and what is left over in the same step or phase on both sides and reads alike."""
    found, taken = dict(found), set(found.values())
    over: defaultdict[tuple[str, Kind], list[Part]] = defaultdict(list)
    for part in after.values():
        if part.id not in taken:
            over[_parent(part.id), part.kind].append(part)
    for part in before.values():  # parents first, so that theirs are known
        if part.id in found:
            continue
        there = over[found.get(_parent(part.id), ""), part.kind]
        alike = next((other for other in islice(there, _NEAR) if _alike(part, other)), None)
        if alike is not None:
            there.remove(alike)
            found[part.id] = alike.id
    return found


def _alike(one: Part, other: Part) -> bool:
    """Whether one is the other in other words: criteria are, others if most words are shared."""
    if one.kind in {"entry", "exit"}:
        return True
    words, others = (set(re.findall(r"\w+", part.text.casefold())) for part in (one, other))
    return 2 * len(words & others) > min(len(words), len(others))


def _moved(before: dict[str, Part], found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What stands in another step or phase, or in another order; not what others pushed along."""
    rows: defaultdict[tuple[str, Kind], list[tuple[str, str]]] = defaultdict(list)
    for was in before:
        now = found.get(was)
        if now is None:
            continue
        if found.get(_parent(was), "") != _parent(now):
            yield was, now
        else:
            rows[_parent(now), before[was].kind].append((was, now))
    for row in rows.values():
        staying = _longest_rise([_order(now) for _, now in row])
        yield from (pair for i, pair in enumerate(row) if i not in staying)


def _longest_rise(places: Sequence[tuple[int, ...]]) -> set[int]:
    """The indexes of a longest rising run, gaps allowed: what need not move for the rest to be in order."""
    ends: list[tuple[int, ...]] = []  # the lowest end of a run of each length
    at: list[int] = []
    came_from: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        came_from.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [index]
    found: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        found.add(index)
        index = came_from[index]
    return found


def _changed(old: Playbook, new: Playbook, after: dict[str, Part], found: dict[str, str]) -> Iterator[Change]:
    """What reads as before and means something else: mandate, description, what hangs below."""
    was_so, is_so = _attributes(old), _attributes(new)
    for was, now in found.items():
        then, here = was_so.get(was, {}), is_so.get(now, {})
        about = [name for name in here if then.get(name) != here[name]]
        if about:
            yield Change("changed", after[now].kind, was, now, after[now].text, about=", ".join(about))


def _attributes(playbook: Playbook) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for phase in playbook.phases:
        mandate = (phase.mandatory, phase.condition)
        found[str(phase.number)] = {
            "description": phase.description,
            "mandatory": mandate,
            "detail": phase.detail,
        }
        for step in phase.steps:
            found[step.id] = {"mandatory": (step.mandatory, step.condition), "detail": step.detail}
            found |= {action.id: {"detail": action.detail} for action in step.actions}
    return found


_SECTIONS = {
    "title": "Title",
    "overview": "Overview",
    "about": "About",
    "triggers": "Trigger conditions",
    "examples": "Trigger examples",
    "severities": "Severity levels",
    "strategies": "Mitigation strategies",
    "decisions": "Decision tables",
    "escalations": "Escalation paths",
    "fallbacks": "Fallback procedures",
    "updates": "Status updates",
    "impact_fields": "Impact assessment",
    "template": "Post-mortem template",
}


def _sections(old: Playbook, new: Playbook) -> Iterator[Change]:
    for field, name in _SECTIONS.items():
        if getattr(old, field) != getattr(new, field):
            yield Change("changed", "section", text=name)
    texts, now = ({each.title: each.text for each in p.reference} for p in (old, new))
    for title in {**texts, **now}:
        if texts.get(title) != now.get(title):
            how: How = "added" if title not in texts else "removed" if title not in now else "changed"
            yield Change(how, "section", text=title)


_LAST = 1 << 30


def _order(place: str) -> tuple[int, ...]:
    """Where a place stands among others: entry before the steps, outputs after the actions, exit last."""
    return tuple(_rank(name) for name in place.split("."))


def _rank(name: str) -> int:
    if name in {"entry", "exit"}:
        return 0 if name == "entry" else _LAST
    return int(name) if name.isdecimal() else _LAST // 2 + int(name[1:])
