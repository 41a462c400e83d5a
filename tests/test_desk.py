"""The desk: decide, persist, evolve, announce, in that order."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import count, pairwise

import pytest

from tests.incident.worlds import SEED, T0, TITLE, at, minutes
from warroom.desk import Desk, Done, declaration
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Outcome, Refused
from warroom.incident.events import AnyFact, Event
from warroom.incident.incident import Incident
from warroom.stamp import Stamp, new_id


class Paper:
    """The file that several desks write to."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.events = list(events)
        self.sketch: Incident | None = None


class Journal:
    """One desk's view of a file, which it has read up to some line."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.seen = 0
        self.broken: OSError | None = None
        self.syncs = 0

    def read(self) -> list[Event]:
        """All of it."""
        self.seen = 0
        return self.poll()

    def append_next(self, events: Sequence[Event]) -> list[Event] | None:
        """Keep events if there is nothing new, or raise what is broken."""
        if self.broken:
            raise self.broken
        if others := self.poll():
            return others
        self.paper.events.extend(events)
        self.seen, self.syncs = len(self.paper.events), self.syncs + 1
        return None

    def changed(self) -> bool:
        """Whether there is anything new."""
        return self.seen < len(self.paper.events)

    def poll(self) -> list[Event]:
        """What is new."""
        found, self.seen = self.paper.events[self.seen :], len(self.paper.events)
        return found

    damage: Sequence[object] = ()

    def wait(self, seconds: float) -> None:
        """Nobody else writes on this paper."""

    def glimpse(self) -> Incident | None:
        """What was noted by `sketch`."""
        return self.paper.sketch

    def sketch(self, incident: Incident) -> None:
        """Note what is so."""
        self.paper.sketch = incident

    def close(self) -> None:
        """Nothing to let go of."""


class Wall:
    """A clock on the wall that people set."""

    def __init__(self) -> None:
        self.time = T0

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def wall() -> Wall:
    """A clock that stands at the declaration."""
    return Wall()


@pytest.fixture
def paper(wall: Wall) -> Paper:
    """A file with a declared incident."""
    events = declaration(Stamp("@maya", wall), "INC-2026-0042", TITLE, SEED)
    assert not isinstance(events, Refused)
    return Paper(events)


@pytest.fixture
def journal(paper: Paper) -> Journal:
    """Maya's view of the file."""
    return Journal(paper)


@pytest.fixture
def desk(journal: Journal, wall: Wall) -> Desk:
    """Maya's desk."""
    return Desk(journal, Stamp("@maya", wall))


def notes(desk: Desk) -> list[str]:
    return [each.fact.text for each in desk.incident.timeline if isinstance(each.fact, e.Noted)]


def test_what_is_done_is_on_disk_in_memory_and_answered(desk: Desk, paper: Paper) -> None:
    done = desk.do(commands.note, "hello")
    assert isinstance(done, Done)
    assert done.incident is desk.incident
    assert paper.events[-1:] == list(done.events)
    assert notes(desk) == ["hello"]


def test_an_event_says_who_and_when(desk: Desk, wall: Wall) -> None:
    wall.time = at(3)
    done = desk.do(commands.note, "hello")
    assert isinstance(done, Done)
    (event,) = done.events
    assert (event.by, event.recorded_at, event.occurred_at) == (desk.by, at(3), at(3))
    assert desk.now() == at(3)


def test_the_facts_of_one_act_belong_together(desk: Desk) -> None:
    done = desk.do(commands.page, "bob")
    assert isinstance(done, Done)
    assert len(done.events) > 1
    assert {event.act for event in done.events} == {done.events[0].id}


def test_it_is_persisted_before_it_is_so(desk: Desk, journal: Journal) -> None:
    append = journal.append_next

    def look(events: Sequence[Event]) -> list[Event] | None:
        found = append(events)
        assert notes(desk) == []
        return found

    journal.append_next = look  # type: ignore[method-assign]
    desk.do(commands.note, "hello")
    assert notes(desk) == ["hello"]


def test_what_cannot_be_kept_did_not_happen(desk: Desk, journal: Journal) -> None:
    before = desk.incident
    journal.broken = OSError(28, "No space left on device")
    with pytest.raises(OSError, match="No space left"):
        desk.do(commands.note, "hello")
    with pytest.raises(OSError, match="No space left"):
        desk.do_all([(None, lambda incident, when: commands.note(incident, when, "hello"))])
    assert desk.incident is before
    journal.broken = None
    desk.do(commands.note, "hello again")
    assert notes(desk) == ["hello again"]


def test_what_is_refused_leaves_no_trace(desk: Desk, journal: Journal) -> None:
    before = desk.incident
    assert isinstance(desk.do(commands.note, ""), Refused)
    assert desk.incident is before
    assert journal.syncs == 0


# ── other times ────────────────────────────────────────────────────────────────────────────────


def test_something_earlier_is_entered_now_and_dated_then(desk: Desk, wall: Wall) -> None:
    wall.time = at(30)
    done = desk.do_at(at(10), commands.note, "hello")
    assert isinstance(done, Done)
    assert (done.events[0].recorded_at, done.events[0].occurred_at) == (at(30), at(10))
    assert done.events[0].late


def test_times_are_kept_in_utc_wherever_they_come_from(desk: Desk, wall: Wall) -> None:
    wall.time = at(30)
    done = desk.do_at(at(10).astimezone(timezone(timedelta(hours=2))), commands.note, "hello")
    assert isinstance(done, Done)
    assert done.events[0].occurred_at == at(10)
    assert done.events[0].occurred_at.tzinfo is UTC


def test_a_command_is_told_the_time_at_which_it_happened(desk: Desk, wall: Wall) -> None:
    wall.time, seen = at(30), list[datetime]()

    def look(incident: Incident, when: datetime) -> Outcome:
        seen.append(when)
        return Refused("only looking")

    desk.do(look)
    desk.do_at(at(10), look)
    assert seen == [at(30), at(10)]


def test_the_future_is_refused_but_clocks_may_differ_a_little(desk: Desk) -> None:
    refused = desk.do_at(at(2), commands.note, "hello")
    assert isinstance(refused, Refused)
    assert refused.reason == "2026-02-02 14:25 UTC is in the future."
    assert isinstance(desk.do_at(at(0.5), commands.note, "hello"), Done)


def test_an_incident_cannot_be_declared_in_the_future(wall: Wall) -> None:
    stamp = Stamp("@maya", wall)
    assert isinstance(declaration(stamp, "INC-2026-0001", TITLE, SEED, at=at(5)), Refused)
    assert isinstance(declaration(stamp, "INC-2026-0001", "", SEED), Refused)
    events = declaration(stamp, "INC-2026-0001", TITLE, SEED, level="SEV2", at=at(-5))
    assert not isinstance(events, Refused)
    assert {event.occurred_at for event in events} == {at(-5)}
    assert {event.act for event in events} == {events[0].id}


# ── many at once ───────────────────────────────────────────────────────────────────────────────


def test_many_acts_are_kept_with_one_sync_each_an_act_of_its_own(
    desk: Desk, journal: Journal, wall: Wall
) -> None:
    wall.time = at(30)
    done = desk.do_all(
        [
            (at(10), lambda incident, when: commands.note(incident, when, "first")),
            (None, lambda incident, when: commands.tick(incident, when, "1.1.1")),
        ]
    )
    assert isinstance(done, Done)
    assert journal.syncs == 1
    assert [event.occurred_at for event in done.events] == [at(10), at(30)]
    assert len({event.act for event in done.events}) == 2
    desk.undo()
    assert notes(desk) == ["first"]


def test_each_of_many_acts_sees_those_before_it(desk: Desk) -> None:
    tick = [(None, lambda incident, when: commands.tick(incident, when, "1.1.1"))] * 2
    refused = desk.do_all(tick)
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("Entry 2: 1.1.1 is done already")


def test_all_of_many_acts_or_none(desk: Desk, journal: Journal) -> None:
    acts = [
        (None, lambda incident, when: commands.note(incident, when, "fine")),
        (at(5), lambda incident, when: commands.note(incident, when, "tomorrow")),
    ]
    assert isinstance(desk.do_all(acts), Refused)
    assert journal.syncs == 0
    assert notes(desk) == []


# ── undo ───────────────────────────────────────────────────────────────────────────────────────


def test_undo_takes_back_an_act_with_all_that_followed_from_it(desk: Desk) -> None:
    before = desk.incident.items
    desk.do(commands.page, "bob")
    assert isinstance(desk.undo(), Done)
    assert desk.incident.items == before
    assert desk.incident.team == {}
    assert isinstance(desk.redo(), Done)
    assert "@bob" in desk.incident.team


def test_there_may_be_nothing_to_undo_or_redo(desk: Desk) -> None:
    assert isinstance(desk.undo(), Refused)
    assert isinstance(desk.redo(), Refused)


def test_undo_and_redo_go_on_after_a_restart(desk: Desk, paper: Paper, wall: Wall) -> None:
    desk.do(commands.note, "a")
    desk.do(commands.note, "b")
    desk.undo()
    again = Desk(Journal(paper), Stamp("@maya", wall))
    assert again.incident == desk.incident
    again.redo()
    assert notes(again) == ["a", "b"]
    again.undo()
    again.undo()
    assert notes(again) == []


def test_only_ones_own_acts_are_undone(desk: Desk, paper: Paper, wall: Wall) -> None:
    bobs = Desk(Journal(paper), Stamp("@bob", wall))
    desk.do(commands.note, "maya's")
    bobs.do(commands.note, "bob's")
    desk.poll()
    desk.undo()
    assert notes(desk) == ["bob's"]
    assert isinstance(desk.undo(), Refused)


# ── others ─────────────────────────────────────────────────────────────────────────────────────


def test_what_others_wrote_is_taken_in_when_looking(desk: Desk, paper: Paper, wall: Wall) -> None:
    bobs = Desk(Journal(paper), Stamp("@bob", wall))
    assert not desk.changed()
    assert not desk.poll()
    bobs.do(commands.note, "bob's")
    assert desk.changed()
    assert desk.poll()
    assert not desk.changed()
    assert notes(desk) == ["bob's"]
    assert not desk.poll()


def test_what_others_wrote_is_taken_in_when_writing(desk: Desk, paper: Paper, wall: Wall) -> None:
    bobs = Desk(Journal(paper), Stamp("@bob", wall))
    bobs.do(commands.note, "bob's")
    desk.do(commands.note, "maya's")
    bobs.poll()
    assert sorted(notes(desk)) == ["bob's", "maya's"]
    assert desk.incident == bobs.incident
    assert list(desk.record) == list(bobs.record)


# ── ids and clocks ─────────────────────────────────────────────────────────────────────────────

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def test_ids_are_uuids_of_version_seven_and_never_the_same() -> None:
    before = datetime.now(UTC)
    ids = [new_id() for _ in range(500)]
    assert all(UUID7.fullmatch(each) for each in ids)
    assert len(set(ids)) == 500
    made = int(ids[0].replace("-", "")[:12], 16)
    assert made >= int(before.timestamp() * 1000)
    assert ids[0][:13] <= ids[-1][:13]


def test_ids_are_given_by_whom_the_stamp_asks(wall: Wall) -> None:
    numbers = count(1)
    events = Stamp("@maya", wall, lambda: str(next(numbers))).events([e.Noted("a"), e.Noted("b")])
    assert [(event.id, event.first) for event in events] == [("1", ""), ("2", "1")]


def test_clocks_increase_even_when_the_wall_clock_goes_back(desk: Desk, paper: Paper, wall: Wall) -> None:
    for minute in (5, 5, -60, -60, 6, 0):
        wall.time = at(minute)
        desk.do(commands.page, f"engineer-{len(paper.events)}")
    assert all(one.clock < other.clock for one, other in pairwise(paper.events))
    assert list(desk.record) == paper.events


def test_a_clock_is_the_wall_clock_while_that_is_ahead(wall: Wall) -> None:
    facts: list[AnyFact] = [e.Noted("a"), e.Noted("b")]
    milliseconds = int(T0.timestamp() * 1000)
    first, second = Stamp("@maya", wall).events(facts)
    assert (first.clock, second.clock) == (milliseconds << 16, (milliseconds << 16) + 1)
    third, _ = Stamp("@maya", wall).events(facts, second.clock)
    assert third.clock == second.clock + 1
    wall.time += minutes(1)
    fourth, _ = Stamp("@maya", wall).events(facts, third.clock)
    assert fourth.clock >> 16 == milliseconds + 60_000


def test_a_desk_needs_a_declared_incident(wall: Wall) -> None:
    with pytest.raises(ValueError, match="no"):
        Desk(Journal(Paper()), Stamp("@maya", wall))


# ── before everything is read ──────────────────────────────────────────────────────────────────


def test_a_long_incident_is_looked_at_before_it_is_read(paper: Paper, wall: Wall) -> None:
    Desk(Journal(paper), Stamp("@maya", wall), early=True)  # leaves a sketch
    Desk(Journal(paper), Stamp("@bob", wall)).do(commands.note, "meanwhile")
    desk = Desk(Journal(paper), Stamp("@maya", wall), early=True)
    assert not desk.is_read()
    assert notes(desk) == []
    desk.read()
    assert desk.is_read()
    assert notes(desk) == ["meanwhile"]


@pytest.mark.parametrize("act", ["do", "do_all", "undo", "poll"])
def test_nothing_is_decided_on_a_glimpse(paper: Paper, wall: Wall, act: str) -> None:
    maya = Desk(Journal(paper), Stamp("@maya", wall), early=True)
    other = Desk(Journal(paper), Stamp("@maya", wall))
    other.do(commands.note, "first")
    other.do(commands.close)
    desk = Desk(Journal(paper), Stamp("@maya", wall), early=True)
    assert desk.incident.status == maya.incident.status == "active"
    acts = {
        "do": lambda: desk.do(commands.reopen, "not over"),
        "do_all": lambda: desk.do_all([(None, commands.reopen)]),
        "undo": desk.undo,
        "poll": desk.poll,
    }
    assert not isinstance(acts[act](), Refused)
    assert desk.is_read()
    assert desk.incident.status == ("closed" if act == "poll" else "active")


def test_without_a_glimpse_it_is_read_at_once(paper: Paper, wall: Wall) -> None:
    assert Desk(Journal(paper), Stamp("@maya", wall), early=True).is_read()
    assert Desk(Journal(paper), Stamp("@maya", wall)).is_read()  # even where there is a sketch by now


def test_two_who_do_the_same_at_once_do_it_once(desk: Desk, paper: Paper, wall: Wall) -> None:
    other = Desk(Journal(paper), Stamp("@bob", wall, new_id))
    assert isinstance(desk.do(commands.close), Done)
    assert isinstance(other.do(commands.close), Refused)


def test_who_was_quicker_by_a_moment_is_heard_first(desk: Desk, paper: Paper, wall: Wall) -> None:
    """The other one writes when this one has decided already."""
    other = Desk(Journal(paper), Stamp("@bob", wall, new_id))

    def close(incident: Incident, at: datetime) -> Outcome:
        outcome = commands.close(incident, at)
        other.do(commands.close)
        return outcome

    assert isinstance(desk.do(close), Refused)
    assert [event.by for event in paper.events if isinstance(event.fact, e.Closed)] == ["@bob"]
    assert desk.incident == Desk(Journal(paper), Stamp("@eve", wall)).incident
