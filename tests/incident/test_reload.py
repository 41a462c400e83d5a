"""A playbook read again while the incident runs, and what changed from one version to another."""

from collections.abc import Callable
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.incident.worlds import SEED, World, at, reason, step
from warroom.incident import commands as c
from warroom.incident import events as e
from warroom.incident.changes import diff, kept, parts, same
from warroom.incident.evolve import replay
from warroom.incident.playbook import Action, EscalationPath, Phase, Playbook, Reference, Step
from warroom.incident.timing import in_phase, milestones
from warroom.incident.wording import wording


def playbook(text: str) -> Playbook:
    """A playbook in shorthand: phases, steps below them by two blanks, actions by four."""
    phases: list[Phase] = []
    for line in filter(str.strip, text.splitlines()):
        words, depth = line.strip(), len(line) - len(line.lstrip())
        if depth == 0:
            phases.append(Phase(len(phases) + 1, words))
            continue
        phase = phases[-1]
        if depth == 2:
            new = Step(f"{phase.number}.{len(phase.steps) + 1}", words)
            phases[-1] = replace(phase, steps=(*phase.steps, new))
            continue
        *before, last = phase.steps
        action = Action(f"{last.id}.{len(last.actions) + 1}", words)
        last = replace(last, actions=(*last.actions, action))
        phases[-1] = replace(phase, steps=(*before, last))
    return Playbook("Test", tuple(phases))


OLD = """
Detection
  Look
    Check the dashboards
    Check the logs
  Tell
    Page on-call
Repair
  Act
    Restart the service
    Verify
  Check
    Verify
"""


def said(new: str, old: str = OLD) -> list[str]:
    """What changed, in words."""
    return [str(change) for change in diff(playbook(old), playbook(new))]


# ── what changed ───────────────────────────────────────────────────────────────────────────────


def test_nothing_changed() -> None:
    assert said(OLD) == []


CHANGES: list[tuple[str, Callable[[str], str], list[str]]] = [
    ("added", lambda t: t.replace("    Check the logs", "    Ask around\n    Check the logs"),
     ["+ action 1.1.2 Ask around"]),
    ("removed", lambda t: t.replace("    Check the dashboards\n", ""),
     ["- action 1.1.1 Check the dashboards"]),
    ("reworded", lambda t: t.replace("the logs", "the error logs"),
     ["~ action 1.1.2 Check the logs → Check the error logs"]),
    ("another action in its place", lambda t: t.replace("Check the logs", "Call the vendor"),
     ["- action 1.1.2 Check the logs", "+ action 1.1.2 Call the vendor"]),
    ("in another order", lambda t: t.replace(
        "Check the dashboards\n    Check the logs", "Check the logs\n    Check the dashboards"),
     ["> action 1.1.1 → 1.1.2 Check the dashboards"]),
    ("in another step", lambda t: t.replace("    Check the logs\n", "").replace(
        "    Page on-call", "    Page on-call\n    Check the logs"),
     ["> action 1.1.2 → 1.2.2 Check the logs"]),
    ("a step added, pushing others along",
     lambda t: t.replace("  Look", "  Breathe\n    Sit down\n  Look"),
     ["+ step 1.1 Breathe", "+ action 1.1.1 Sit down"]),
    ("a step renamed, with the same actions", lambda t: t.replace("  Look", "  First of all"),
     ["~ step 1.1 Look → First of all"]),
    ("a phase renamed, with the same steps", lambda t: t.replace("Detection", "Alarm"),
     ["~ phase 1 Detection → Alarm"]),
    ("a phase added in front", lambda t: "Before\n  Any\n    Thing\n" + t,
     ["+ phase 1 Before", "+ step 1.1 Any", "+ action 1.1.1 Thing"]),
    ("steps in another order", lambda t: t.replace("  Check\n    Verify\n", "").replace(
        "  Act", "  Check\n    Verify\n  Act"),
     ["> step 2.1 → 2.2 Act"]),
    ("one of two alike removed", lambda t: t.replace("    Verify\n  Check", "  Check"),
     ["- action 2.1.2 Verify"]),
    ("in other letters", lambda t: t.replace("Verify", "VERIFY"),
     ["~ action 2.1.2 Verify → VERIFY", "~ action 2.2.1 Verify → VERIFY"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CHANGES])
def test_a_change_is_said_once(change: Callable[[str], str], expected: list[str]) -> None:
    assert sorted(said(change(OLD))) == sorted(expected)


def test_what_means_something_else_under_the_same_wording() -> None:
    first, *others = SEED.phases
    one, two = first.steps
    one = replace(one, mandatory=False, actions=(replace(one.actions[0], detail="`x`"), *one.actions[1:]))
    new = replace(SEED, phases=(replace(first, description="Look.", steps=(one, two)), *others))
    assert [str(change) for change in diff(SEED, new)] == [
        "* phase 1 Detection: description",
        "* step 1.1 Acknowledge Alert: mandatory",
        "* action 1.1.1 Receive alert notification: detail",
    ]


def test_tables_and_other_sections() -> None:
    new = replace(
        SEED,
        escalations=(EscalationPath("SEV1", "Somebody else"),),
        reference=(Reference("Links", "x"),),
    )
    assert [str(change) for change in diff(SEED, new)] == [
        "* section Escalation paths",
        "+ section Links",
    ]
    assert [str(change) for change in diff(new, SEED)][-1] == "- section Links"


def test_entry_and_exit() -> None:
    first, *others = SEED.phases
    new = replace(SEED, phases=(replace(first, entry="", exit="We know what it is"), *others))
    assert [str(change) for change in diff(SEED, new)] == [
        "- entry 1.entry Alert or report received",
        "~ exit 1.exit Incident confirmed → We know what it is",
    ]


WORD = st.sampled_from(["a", "b", "c", "Verify", "Check the logs", "Check the error logs"])
TREES = st.lists(
    st.tuples(
        WORD,
        st.lists(st.tuples(WORD, st.lists(WORD, min_size=1, max_size=4)), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=3,
).map(
    lambda phases: playbook(
        "\n".join(
            line
            for phase, steps in phases
            for line in (
                phase,
                *(row for name, acts in steps for row in (f"  {name}", *(f"    {act}" for act in acts))),
            )
        )
    )
)


@given(TREES, TREES)
def test_any_two_playbooks(old: Playbook, new: Playbook) -> None:
    """Nothing is matched twice, nothing is missed, and only equals differ in nothing."""
    places, now = ({part.id: part for part in parts(each)} for each in (old, new))
    found = same(old, new)
    assert len(set(found.values())) == len(found)
    assert all(places[a].text.casefold() == now[b].text.casefold() for a, b in found.items())
    assert all(places[a].kind == now[b].kind for a, b in found.items())
    assert len(set(kept(old, new).values())) == len(kept(old, new))
    changes = diff(old, new)
    assert bool(changes) == (old != new)
    gone = len([x for x in changes if x.how == "removed"])
    come = len([x for x in changes if x.how == "added"])
    assert len(places) - gone == len(now) - come


def test_ten_thousand_steps_take_no_longer_than_they_must() -> None:
    steps = tuple(step(f"1.{n}", f"Step {n}", f"Do {n}\nVerify") for n in range(1, 10_001))
    old = Playbook("Long", (Phase(1, "All", steps=steps),))
    new = replace(old, phases=(replace(old.phases[0], steps=old.phases[0].steps[1:]),))
    other = tuple(step(f"1.{n}", f"Teil {n}", f"Tu {n}\nPrüfe") for n in range(1, 10_001))
    begin = perf_counter()
    assert [change.how for change in diff(old, new)] == ["removed"] * 3
    diff(old, replace(old, phases=(replace(old.phases[0], steps=other),)))
    assert perf_counter() - begin < 10


# ── reloading ──────────────────────────────────────────────────────────────────────────────────


def reloaded(world: World, change: Callable[[Playbook], Playbook]) -> None:
    """Read the playbook again, changed."""
    world.do(30, c.reload_playbook, change(world.incident.playbook))


def pushed_along(old: Playbook) -> Playbook:
    """The playbook with a step before all others in phase 1, and a phase before phase 3."""
    first, second, *others = old.phases

    def at_place(phase: Phase, number: int, after: int = 0) -> Phase:
        steps = []
        for n, each in enumerate(phase.steps, 1 + after):
            ident = f"{number}.{n}"
            actions = tuple(replace(a, id=f"{ident}.{i}") for i, a in enumerate(each.actions, 1))
            outputs = tuple(replace(o, id=f"{ident}.o{i}") for i, o in enumerate(each.outputs, 1))
            steps.append(replace(each, id=ident, actions=actions, outputs=outputs))
        return replace(phase, number=number, steps=tuple(steps))

    first = at_place(first, 1, after=1)
    first = replace(first, steps=(step("1.1", "Breathe", "Sit down"), *first.steps))
    new = Phase(3, "Call for help", steps=(step("3.1", "Call", "Call the vendor"),))
    later = [at_place(phase, phase.number + 1) for phase in others]
    return replace(old, phases=(first, second, new, *later))


def test_a_reload_of_the_same_is_refused() -> None:
    assert "not changed" in reason(World().may(5, c.reload_playbook, SEED))


def test_what_was_settled_goes_where_it_is_now() -> None:
    world = World()
    world.do(1, c.tick, "1.1.1")
    world.do(2, c.skip, "1.2.1", "no dashboards")
    world.do(3, c.record_output, "1.2.o1", "OPS-17")
    world.do(4, c.tick, "1.exit")
    before = world.incident.items
    reloaded(world, pushed_along)
    now = world.incident.items
    moved = {"1.1.1": "1.2.1", "1.2.1": "1.3.1", "1.2.o1": "1.3.o1", "1.exit": "1.exit", "1.1.3": "1.2.3"}
    assert now == {moved[item]: state for item, state in before.items()}
    assert world.incident.playbook.text_of("1.2.1") == "Receive alert notification"
    assert world.incident.deeds["1.2.2"] == "acknowledge the incident"
    assert "1.1.1" not in now


def test_what_is_another_action_is_open_and_the_record_still_says_what_was_ticked() -> None:
    world = World()
    world.do(1, c.tick, "1.1.1")
    ticked = world.events[-1]

    def change(old: Playbook) -> Playbook:
        first, *others = old.phases
        one, two = first.steps
        one = replace(one, actions=(Action("1.1.1", "Call the vendor"), *one.actions[1:]))
        return replace(old, phases=(replace(first, steps=(one, two)), *others))

    reloaded(world, change)
    assert "1.1.1" not in world.incident.items
    assert wording(ticked, world.incident).text == "Receive alert notification"
    world.do(31, c.tick, "1.1.1")
    assert wording(world.events[-1], world.incident).text == "Call the vendor"
    assert wording(ticked, world.incident).text == "Receive alert notification"


def test_phases_keep_their_times_under_their_new_numbers() -> None:
    world = World()
    world.do(4, c.enter_phase, 2, "quick")
    world.do(10, c.enter_phase, 3, "quick")
    reloaded(world, pushed_along)
    incident = world.incident
    assert incident.phase.name == "Mitigation"
    assert [visit.phase for visit in incident.phases] == [1, 2, 4]
    assert in_phase(incident, at(40), 2) == at(10) - at(4)
    assert wording(world.events[-2], incident).text.startswith("Phase 3: Mitigation")
    world.do(41, c.enter_phase, 5, "quick")
    assert world.incident.phase.name == "Resolution"


def test_a_phase_that_is_gone_leaves_its_number_and_the_last_stays_the_last() -> None:
    world = World()
    world.do(10, c.enter_phase, 6, "test")
    reloaded(world, lambda old: replace(old, phases=old.phases[:2]))
    assert world.incident.phase.number == 2
    reloaded(world, lambda old: replace(old, phases=(*old.phases, replace(SEED.phases[2]))))
    assert world.incident.phase.number == 2


def test_a_milestone_that_was_reached_stays_reached_when_its_criterion_is_reworded() -> None:
    world = World()
    world.do(10, c.enter_phase, 4, "test")
    world.do(20, c.tick, "3.exit")
    before = milestones(world.incident)["mitigated"]

    def change(old: Playbook) -> Playbook:
        third = replace(old.phases[2], exit="Impact is mitigated for all customers")
        return replace(old, phases=(*old.phases[:2], third, *old.phases[3:]))

    reloaded(world, change)
    assert milestones(world.incident)["mitigated"] == before


def test_undo_and_redo() -> None:
    world = World()
    world.do(1, c.tick, "1.1.1")
    before = world.incident
    reloaded(world, pushed_along)
    after = world.incident
    world.undo()
    assert (world.incident.playbook, world.incident.items) == (before.playbook, before.items)
    assert world.incident.former == ()
    world.redo()
    assert (world.incident.playbook, world.incident.items) == (after.playbook, after.items)


def test_the_source_is_kept_and_a_reload_from_elsewhere_changes_it() -> None:
    facts = c.declare("INC-2026-0001", "x", SEED, source="my\x1b[31m-runbook")
    assert isinstance(facts, tuple)
    assert isinstance(facts[0], e.Declared)
    assert facts[0].source == "my-runbook"
    world = World()
    assert world.incident.source == ""
    world.do(5, c.reload_playbook, pushed_along(SEED), "other.md")
    assert world.incident.source == "other.md"


def test_several_reloads_each_keep_what_they_replaced() -> None:
    world = World()
    world.do(1, c.tick, "1.1.1")
    for _ in range(3):
        reloaded(world, lambda old: replace(pushed_along(old), title=old.title + "!"))
    assert "1.4.1" in world.incident.items
    assert wording(world.events[2], world.incident).text == "Receive alert notification"
    assert all(a[0] < b[0] for a, b in pairwise(world.incident.former))


@given(TREES, st.lists(TREES, max_size=4), st.data())
def test_whatever_is_reloaded_the_fold_holds(
    first: Playbook, versions: list[Playbook], data: st.DataObject
) -> None:
    world = World(playbook=first)
    for version in versions:
        items = [part.id for part in parts(world.incident.playbook) if part.kind == "action"]
        for item in data.draw(st.lists(st.sampled_from(items), unique=True)):
            if item not in world.incident.items:
                world.do(1, c.tick, item)
        if len(world.incident.playbook.phases) > world.incident.phase.number:
            world.do(2, c.enter_phase, None, "test")
        if not isinstance(world.may(3, c.reload_playbook, version), c.Refused):
            world.do(3, c.reload_playbook, version)
        incident = world.incident
        assert incident.phase in incident.playbook.phases
        assert all(incident.playbook.text_of(item) for item in incident.items)
        assert replay(world.events) == incident
        assert all(wording(event, incident).text for event in incident.timeline)
