"""Merging: what is told to both, whatever happens in between."""

from pathlib import Path

import pytest

from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident.commands import Refused
from warroom.merge import merge
from warroom.playbooks import builtin


@pytest.fixture
def front(tmp_path: Path) -> FrontDesk:
    return FrontDesk(tmp_path, "@maya")


def declared(front: FrontDesk, title: str) -> Desk:
    desk = front.declare(title, builtin().playbook)
    assert not isinstance(desk, Refused)
    return desk


def test_both_know_of_the_merge(front: FrontDesk) -> None:
    one, other = declared(front, "Database is slow"), declared(front, "Logins fail")
    done = merge(front, other, one.incident.number, note="same pool")
    assert not isinstance(done, Refused)
    assert (other.incident.closure, other.incident.merged_into) == ("duplicate", one.incident.number)
    one.poll()
    assert one.incident.absorbed == (other.incident.number,)


def test_a_refusal_leaves_no_trace_anywhere(front: FrontDesk) -> None:
    one, other = declared(front, "Database is slow"), declared(front, "Logins fail")
    other.do(commands.close)
    assert isinstance(merge(front, other, one.incident.number), Refused)
    one.poll()
    assert one.incident.absorbed == ()


def test_a_merge_that_was_cut_short_is_finished_by_merging_again(front: FrontDesk) -> None:
    one, other = declared(front, "Database is slow"), declared(front, "Logins fail")
    one.do(commands.absorb, other.incident.number, other.incident.title)
    assert not isinstance(merge(front, other, one.incident.number), Refused)
    one.poll()
    assert one.incident.absorbed == (other.incident.number,)
    assert other.incident.status == "closed"


def test_two_are_not_merged_into_each_other(front: FrontDesk) -> None:
    one, other = declared(front, "Database is slow"), declared(front, "Logins fail")
    merge(front, other, one.incident.number)
    one.poll()
    refused = merge(front, one, other.incident.number)
    assert isinstance(refused, Refused)
    assert "was itself merged into" in refused.reason
    assert one.incident.status == "active"
    assert other.incident.absorbed == ()


def test_it_goes_on_where_the_work_goes_on(front: FrontDesk) -> None:
    one, other, third = (declared(front, title) for title in ("Database is slow", "Logins fail", "Queue"))
    merge(front, other, one.incident.number)
    refused = merge(front, third, other.incident.number)
    assert isinstance(refused, Refused)
    assert "merge into that one" in refused.reason
    assert third.incident.status == "active"


def test_an_exercise_and_a_real_incident_stay_apart(front: FrontDesk) -> None:
    real = declared(front, "Database is slow")
    drill = front.declare("Game day", builtin().playbook, exercise=True)
    assert not isinstance(drill, Refused)
    for here, into in ((real, drill), (drill, real)):
        refused = merge(front, here, into.incident.number)
        assert isinstance(refused, Refused)
        assert f"{drill.incident.number} is an exercise" in refused.reason
        assert here.incident.status == "active"
