"""The timeline agrees with a plain sorted list, whatever is added in whatever order."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incident.worlds import at, event
from warroom.incident import chronicle
from warroom.incident.events import Event, Noted
from warroom.incident.timeline import Timeline


@pytest.fixture(autouse=True, scope="module")
def _small_chunks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chronicle, "_CHUNK", 4)
        yield


def key(found: Event) -> tuple[datetime, int, str]:
    return (found.occurred_at, *found.order)


def noted(number: int, minute: int) -> Event:
    return event(number, Noted(f"note {number}"), at(100), at(minute))


# Each note's minute; its place in the list is its number, so that clocks and times disagree.
MINUTES = st.lists(st.integers(0, 12), max_size=60)


def events_at(minutes: list[int]) -> list[Event]:
    return [noted(number, minute) for number, minute in enumerate(minutes)]


@given(MINUTES)
@settings(deadline=None)
def test_adding_one_by_one_sorts(minutes: list[int]) -> None:
    found = Timeline()
    for new in events_at(minutes):
        found = found.add(new)
    assert list(found) == sorted(events_at(minutes), key=key)


@given(MINUTES, MINUTES, MINUTES)
@settings(deadline=None)
def test_extending_in_batches_sorts(first: list[int], second: list[int], third: list[int]) -> None:
    events = events_at(first + second + third)
    later = len(first) + len(second)
    found = Timeline().extend(events[: len(first)]).extend(events[len(first) : later]).extend(events[later:])
    assert list(found) == sorted(events, key=key)


@given(st.permutations(range(30)))
@settings(deadline=None)
def test_events_can_be_added_in_any_order(order: list[int]) -> None:
    events = [noted(number, number // 3) for number in range(30)]
    found = Timeline()
    for number in order:
        found = found.add(events[number])
    assert list(found) == events


@given(MINUTES.filter(bool), st.data())
@settings(deadline=None)
def test_it_reads_like_a_list(minutes: list[int], data: st.DataObject) -> None:
    events = sorted(events_at(minutes), key=key)
    found = Timeline().extend(events_at(minutes))
    assert len(found) == len(events)
    assert list(reversed(found)) == events[::-1]
    index = data.draw(st.integers(-len(events), len(events) - 1))
    assert found[index] is found[index % len(events)]
    assert found[index] == events[index]
    start, stop = data.draw(st.tuples(st.integers(-70, 70), st.integers(-70, 70)))
    assert found[start:stop] == tuple(events[start:stop])
    assert list(found.after(index % len(events))) == events[index % len(events) :]


@given(MINUTES)
@settings(deadline=None)
def test_every_event_is_found_in_its_place_and_no_other(minutes: list[int]) -> None:
    events = events_at(minutes)
    found = Timeline().extend(events[::2])
    for number, each in enumerate(events):
        if number % 2 == 0:
            place = found.place(each)
            assert place is not None
            assert found[place] is each
            assert found.find(each.id) is each
        else:
            assert found.place(each) is None
            assert found.find(each.id) is None


@pytest.mark.parametrize("size", range(14))
def test_chunk_borders_are_no_borders(size: int) -> None:
    events = [noted(2 * number, 2 * number) for number in range(size)]
    found = Timeline().extend(events)
    for minute in range(-1, 2 * size, 2):
        late = noted(1000, minute)
        assert list(found.add(late)) == sorted([*events, late], key=key)
        assert list(found.extend([late])) == sorted([*events, late], key=key)
    with pytest.raises(IndexError):
        found[size]
    with pytest.raises(IndexError):
        found[-size - 1]
    assert list(found.after(size)) == []


def test_an_older_timeline_does_not_change_when_another_grows_from_it() -> None:
    before = Timeline().extend(events_at([1, 2, 3, 4, 5]))
    kept = list(before)
    before.add(noted(9, 0)).extend([noted(10, 3)])
    assert list(before) == kept


@given(MINUTES, MINUTES)
@settings(deadline=None)
def test_what_two_timelines_share_is_really_the_same(minutes: list[int], more: list[int]) -> None:
    events = events_at(minutes + more)
    before = Timeline().extend(events[: len(minutes)])
    after = before
    for new in events[len(minutes) :]:
        after = after.add(new)
    shared = after.shared(before)
    assert shared <= len(before)
    assert after[:shared] == before[:shared]
    assert before.shared(before) == len(before)


def test_timelines_of_the_same_events_are_equal_however_they_were_made() -> None:
    events = events_at([3, 1, 2, 1, 5, 4, 0])
    one, other = Timeline().extend(events), Timeline()
    for new in reversed(events):
        other = other.add(new)
    assert one == other
    assert one != other.add(noted(99, 1))
    assert one != list(one)
    assert repr(one) == "Timeline(7)"
