"""How an incident ends: resolved, cancelled, somebody else's, or merged into another; and taken up again."""

from collections.abc import Iterator

import pytest

from tests.console.seat import Seat, declared
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import events as e


@pytest.fixture
def other(front: FrontDesk) -> Iterator[Desk]:
    """An incident besides, INC-2026-0002 where the one at hand was declared first."""
    desk = declared(front, "Checkout is slow")
    yield desk
    desk.close()


async def test_each_reason_says_what_it_means(seat: Seat) -> None:
    await seat.press("C")
    for reason in ("Resolved", "Duplicate", "False positive", "Superseded", "External"):
        assert seat.shows(reason)
    await seat.press("escape")
    assert seat.incident.closed_at is None


async def test_a_false_positive_is_cancelled_with_a_reason(seat: Seat) -> None:
    await seat.press("C", "f", "enter")
    assert seat.shows("this needs words")
    await seat.types("the alert was a test", "enter")
    assert seat.last == e.Closed("false positive", "the alert was a test")


async def test_what_is_external_may_say_whose_it_is(seat: Seat) -> None:
    await seat.press("C", "e")
    await seat.types("the provider's", "enter")
    assert seat.last == e.Closed("external", "the provider's")


@pytest.mark.parametrize(("key", "reason"), [("d", "duplicate"), ("s", "superseded")])
async def test_it_is_merged_into_another_with_an_entry_in_both(
    desk: Desk, other: Desk, seat: Seat, key: str, reason: str
) -> None:
    await seat.press("C", key)
    assert seat.shows("INC-2026-0002 Checkout is slow")
    await seat.types("0002", "enter")
    (closed,) = seat.facts(e.Closed)
    assert (closed.reason, closed.into) == (reason, "INC-2026-0002")
    assert seat.incident.merged_into == "INC-2026-0002"
    assert seat.shows(f"■ closed: {reason} · goes on as INC-2026-0002")
    other.poll()
    assert other.incident.absorbed == (desk.incident.number,)


async def test_the_incident_itself_is_not_offered(desk: Desk, other: Desk, seat: Seat) -> None:
    await seat.press("C", "d")
    assert [choice.split()[0] for choice in seat.choices] == ["INC-2026-0002"]


async def test_a_number_that_there_is_not_closes_nothing(desk: Desk, other: Desk, seat: Seat) -> None:
    await seat.press("C", "d")
    await seat.types("INC-2026-0999", "enter")
    assert seat.shows("Nothing matches.")
    await seat.press("escape")
    assert seat.incident.closed_at is None


async def test_where_there_is_no_other_incident_it_says_so(seat: Seat) -> None:
    await seat.press("C", "d")
    assert seat.said == ["There is no other incident that it could be merged into."]


async def test_a_closed_one_is_taken_up_again_by_the_same_key(seat: Seat) -> None:
    await seat.press("C", "r", "C")
    assert seat.shows(f"Reopen {seat.incident.number}")
    await seat.types("errors are back", "enter")
    assert seat.facts(e.Reopened) == [e.Reopened("errors are back")]
    assert seat.incident.closed_at is None
