"""The fold: whatever the order and the batches in which facts arrive, the same is so."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incident.worlds import ACTIONS, SEED, World, at, event
from warroom.incident import commands as c
from warroom.incident import events as e
from warroom.incident import record
from warroom.incident.commands import Refused
from warroom.incident.events import AnyFact, Event
from warroom.incident.evolve import evolve, replay
from warroom.incident.incident import Incident
from warroom.incident.matters import matters
from warroom.incident.record import Record
from warroom.incident.timing import (
    MILESTONES,
    durations,
    elapsed,
    in_phase,
    milestones,
    revenue_lost,
)
from warroom.incident.wording import wording

# ── random incidents ───────────────────────────────────────────────────────────────────────────

ITEMS = [*ACTIONS[1], *ACTIONS[3], "1.2.o1", "3.2.o2", "1.exit", "3.exit", "4.exit", "5.exit", "9.9.9"]
WORDS = st.sampled_from(["x", "error rate 45 %", "[b]no[/b]", "y", "z", ""])
PEOPLE = st.sampled_from(["ann", "@bob", "maya"])
DATES = st.sampled_from([None, date(2026, 2, 6)])
ITEM = st.sampled_from(ITEMS)
SPANS = st.timedeltas(timedelta(minutes=1), timedelta(hours=24))


def intent(command: Any, *args: st.SearchStrategy[Any], **kwargs: st.SearchStrategy[Any]) -> Any:
    """A command with arguments to be drawn; `TARGET` stands for the id of something that exists."""
    return st.tuples(st.just(command), st.tuples(*args), st.fixed_dictionaries(kwargs))


class Target:
    """Stands for one of the ids at hand."""


TARGET = st.builds(Target)
INTENTS = st.one_of(
    intent(c.note, WORDS),
    intent(c.edit, TARGET, WORDS),
    intent(c.strike, TARGET, WORDS),
    intent(c.toggle_struck, TARGET),
    intent(c.toggle_pinned, TARGET),
    intent(c.record_finding, st.sampled_from(get_args(e.FindingKind)), WORDS),
    intent(c.rename, WORDS),
    intent(c.set_severity, st.sampled_from(["SEV1", "SEV2", "SEV3"])),
    intent(c.enter_phase, st.none() | st.integers(0, 7), WORDS),
    intent(c.stamp, st.sampled_from(MILESTONES)),
    intent(c.close),
    intent(c.close, st.sampled_from(get_args(e.Closure)), into=st.sampled_from(["", "INC-2026-0041"])),
    intent(c.absorb, st.sampled_from(["INC-2026-0043", "INC-2026-0044"]), WORDS),
    intent(c.reopen),
    intent(c.toggle, ITEM),
    intent(c.skip, ITEM, WORDS),
    intent(c.record_output, ITEM, WORDS),
    intent(c.start_mitigation, st.sampled_from(["Scale", "Rollback", "Pray"]), timebox=st.none() | SPANS),
    intent(c.assess, st.sampled_from(get_args(e.Outcome))),
    intent(c.escalate, PEOPLE, WORDS),
    intent(c.acknowledge_escalation, TARGET),
    intent(c.invoke_fallback, st.just("Fix causes regression")),
    intent(
        c.assess_impact,
        users=st.sampled_from([None, 0, 5000]),
        revenue_per_hour=st.sampled_from([None, 2000.0]),
        systems=st.sampled_from([None, (), ("API",)]),
        customer_facing=st.sampled_from([None, True, False]),
    ),
    intent(c.page, PEOPLE),
    intent(c.acknowledge_page, PEOPLE),
    intent(c.join, PEOPLE),
    intent(c.release, PEOPLE),
    intent(c.assign_role, PEOPLE, st.sampled_from(get_args(e.Role))),
    intent(c.assign, PEOPLE, WORDS, st.none() | st.timedeltas()),
    intent(
        c.check_back,
        TARGET,
        st.sampled_from(get_args(e.CheckBack)),
        st.none() | st.timedeltas(),
        to=PEOPLE,
        note=WORDS,
    ),
    intent(c.decide, WORDS, owner=st.just("") | PEOPLE, timebox=st.none() | st.timedeltas()),
    intent(c.verify_decision, st.sampled_from(get_args(e.Verdict))),
    intent(c.offer_command, PEOPLE),
    intent(c.accept_command, PEOPLE),
    intent(c.decline_command, PEOPLE, WORDS),
    intent(c.set_cadence, st.sampled_from(get_args(e.Audience)), st.none() | SPANS),
    intent(c.snooze, st.sampled_from(["severity", "commander", "escalate", "check-back", "update"]), SPANS),
    intent(c.publish_update, st.sampled_from(get_args(e.Audience)), WORDS),
    intent(c.open_action_item, WORDS, st.just("") | PEOPLE, DATES),
    intent(c.change_action_item, TARGET, WORDS, PEOPLE, DATES),
    intent(c.toggle_action_item, TARGET),
    intent(c.drop_action_item, TARGET, WORDS),
    intent(c.post_mortem_written, WORDS),
)
DO, UNDO, REDO = "do", "undo", "redo"
STEP = st.tuples(st.sampled_from([DO, DO, DO, UNDO, REDO]), INTENTS, st.integers(-3, 60), st.integers(0, 99))


def lived(steps: list[tuple[str, Any, int, int]], level: str) -> World:
    """An incident on which all of this was tried; what is refused leaves no trace."""
    world = World(level=level)
    world.do(1, c.note, "first")
    world.do(2, c.assign, "bob", "look")
    world.do(3, c.open_action_item, "fix it")
    world.do(4, c.page, "ann")
    world.do(5, c.escalate, "VP")
    world.do(6, c.start_mitigation, "Scale")
    for what, (command, args, kwargs), minute, pick in steps:
        if what == UNDO and world.record.undoable("@maya"):
            world.undo()
        elif what == REDO and world.record.redoable("@maya"):
            world.redo()
        else:
            ids = [each.id for each in world.events]
            chosen = [ids[pick % len(ids)] if isinstance(arg, Target) else arg for arg in args]
            outcome = command(world.incident, at(minute), *chosen, **kwargs)
            if not isinstance(outcome, Refused):
                world.tell(minute, *outcome)
    return world


LIVES = st.builds(lived, st.lists(STEP, min_size=5, max_size=30), st.sampled_from(["", "SEV2"]))


@pytest.fixture(autouse=True, scope="module")
def _often_a_checkpoint() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "_EVERY", 4)
        yield


def plain(incident: Incident) -> dict[str, Any]:
    """An incident without what says when it was last touched."""
    fields = {name: getattr(incident, name) for name in incident.__struct_fields__}
    return {**fields, "timeline": list(incident.timeline), "last_event_at": None}


# ── properties ─────────────────────────────────────────────────────────────────────────────────


@given(LIVES, st.randoms())
@settings(deadline=None, max_examples=80)
def test_any_order_and_any_batches_fold_to_what_replay_says(world: World, chance: Any) -> None:
    events = world.events
    expected = replay(events)
    assert world.incident == expected
    shuffled = events[1:]
    chance.shuffle(shuffled)
    assert replay([*shuffled, events[0], *shuffled]) == expected
    found = Record(events[:1])
    while shuffled:
        size = chance.randint(1, 4)
        batch, shuffled = shuffled[:size], shuffled[size:]
        found.add([*batch, *chance.sample(events, min(2, len(events)))])
    assert found.incident == expected
    assert list(found) == events


@given(LIVES)
@settings(deadline=None, max_examples=60)
def test_evolving_event_by_event_is_replaying(world: World) -> None:
    events = [each for each in world.events if not isinstance(each.fact, e.Retracted)]
    incident = replay(events[:1])
    for each in events[1:]:
        incident = evolve(incident, each)
    assert incident == replay(events)


@given(LIVES)
@settings(deadline=None, max_examples=60)
def test_undo_and_redo_give_the_very_same_incident(world: World) -> None:
    if world.record.undoable("@maya"):
        before = world.incident
        world.undo()
        world.redo()
        assert world.incident == before  # its last event too: an undo is none


@given(LIVES)
@settings(deadline=None, max_examples=60)
def test_undoing_everything_leads_back_to_the_declaration(world: World) -> None:
    declared = replay(each for each in world.events if each.act == world.events[0].id)
    while world.record.undoable("@maya"):
        world.undo()
    assert world.incident == declared


@given(LIVES)
@settings(deadline=None, max_examples=60)
def test_events_survive_being_written_and_read(world: World) -> None:
    lines = [msgspec.json.encode(each) for each in world.events]
    read = [msgspec.json.decode(line, type=Event) for line in lines]
    assert read == world.events
    assert replay(read) == world.incident


@given(LIVES)
@settings(deadline=None, max_examples=60)
def test_the_timeline_is_what_holds_sorted_by_when_it_happened(world: World) -> None:
    timeline = list(world.incident.timeline)
    assert timeline == sorted(timeline, key=lambda each: (each.occurred_at, *each.order))
    amending = (e.Edited, e.Struck, e.Unstruck, e.Pinned, e.Retracted)
    assert not any(isinstance(each.fact, amending) for each in timeline)
    assert {each.id for each in timeline} <= {each.id for each in world.events}


@given(LIVES)
@settings(deadline=None, max_examples=60)
def test_whatever_was_done_can_be_told_and_timed(world: World) -> None:
    incident = world.incident
    said = [wording(each, incident) for each in world.events]
    assert all(each.text and "\n" not in each.text for each in said)
    now = at(61)
    assert elapsed(incident, now) >= in_phase(incident, now, 99)
    spans = durations(milestones(incident))
    assert all(span is None or span >= timedelta() for span in (spans["ttd"], spans["ttm"], spans["ttr"]))
    assert list(milestones(incident)) == [name for name in MILESTONES if name in milestones(incident)]
    assert (revenue_lost(incident, now) or 0) >= 0
    due = [matter.due_at for matter in matters(incident, now)]
    assert due == sorted(due)


# ── what is so never refuses ───────────────────────────────────────────────────────────────────

ODD: list[AnyFact] = [
    e.Declared("INC-2026-0043", "again", SEED),
    e.PhaseEntered(0),
    e.PhaseEntered(99, confirmed=("9.9.9",)),
    e.PhaseEntered(-1),
    e.PhaseEntered(2, confirmed=("no such item",), still_open=("nor this",)),
    e.SeveritySet("SEV99"),
    e.MilestoneStamped("closed"),
    e.Reopened(),
    e.Ticked("9.9.9"),
    e.Ticked("9" * 5000),
    e.Unticked("no such item"),
    e.Skipped("no such item", ""),
    e.OutputRecorded("no such item", "x"),
    e.Edited("nowhere", "x"),
    e.Struck("nowhere"),
    e.Unstruck("nowhere"),
    e.Pinned("nowhere"),
    e.MitigationAssessed("nowhere", "regressed"),
    e.EscalationAcknowledged("nowhere"),
    e.PageAcknowledged("@nobody"),
    e.Released("@nobody"),
    e.AssignmentGiven("@bob", "wait", at(0) - at(-(10**9))),
    e.AssignmentCheckedBack("nowhere", "extended"),
    e.AssignmentCheckedBack("nowhere", "reassigned", to="@bob"),
    e.DecisionVerified("nowhere", "held"),
    e.CommandAccepted("nowhere", "@bob"),
    e.CommandDeclined("nowhere", "@bob"),
    e.CadenceSet("internal", timedelta.max),
    e.CadenceSet("internal", timedelta.min),
    e.DecisionMade("x", timebox=timedelta.max),
    e.MitigationStarted("x", timebox=timedelta.min),
    e.Snoozed("severity", timedelta.max),
    e.Snoozed("severity", timedelta.min, due=at(5)),
    e.ActionItemChanged("nowhere", "x"),
    e.ActionItemDone("nowhere"),
    e.ActionItemDropped("nowhere"),
    e.ActionItemReopened("nowhere"),
    e.Retracted("nowhere"),
    e.Retracted("000001"),
    e.Retracted("000003"),
]


@pytest.mark.parametrize("fact", ODD, ids=lambda fact: type(fact).__name__)
def test_a_fact_that_no_command_would_make_is_taken_as_it_stands(fact: AnyFact) -> None:
    declared, note = event(1, e.Declared("INC-2026-0042", "x", SEED)), event(2, e.Noted("a"))
    odd = event(3, fact, at(5))
    incident = replay([declared, note, odd])
    assert incident.title == "x"
    assert incident.status == "active"
    assert incident.phase.number in range(1, 7)
    assert wording(odd, incident).text
    assert matters(incident, at(60))


END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
AT_THE_END: list[AnyFact] = [
    e.SeveritySet("SEV1"),
    e.Paged("@bob"),
    e.EscalationRaised("VP"),
    e.CommandOffered("@bob"),
    e.CadenceSet("internal", timedelta(minutes=5)),
    e.UpdatePublished("internal", "x"),
    e.AssignmentGiven("@bob", "look", timedelta(minutes=5)),
    e.MitigationStarted("x", timebox=timedelta(minutes=5)),
    e.PhaseEntered(4),
    e.Snoozed("severity", timedelta(minutes=5)),
    e.MilestoneStamped("detected"),
    e.MilestoneStamped("declared"),
]


@pytest.mark.parametrize("fact", AT_THE_END, ids=lambda fact: type(fact).__name__)
def test_what_happens_at_the_end_of_the_calendar_stops_no_clock(fact: AnyFact) -> None:
    declared, odd = event(1, e.Declared("INC-2026-0042", "x", SEED)), event(3, fact, END)
    incident = replay([declared, event(2, e.SeveritySet("SEV2")), odd])
    assert matters(incident, at(60))
    assert matters(incident, END)


def test_a_stored_time_without_an_offset_is_damage() -> None:
    line = msgspec.json.encode(event(1, e.Noted("a"))).replace(b'Z"', b'"')
    with pytest.raises(msgspec.ValidationError, match="timezone"):
        msgspec.json.decode(line, type=Event)


def test_what_is_stored_is_short_and_named_by_its_kind() -> None:
    stored = msgspec.json.decode(msgspec.json.encode(event(1, e.Noted("a"))))
    assert stored == {
        "id": "000001",
        "clock": 1,
        "recorded_at": "2026-02-02T14:23:00Z",
        "by": "@maya",
        "fact": {"kind": "noted", "text": "a"},
    }
