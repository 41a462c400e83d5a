"""The front desk: what it does without sitting anybody down at an incident."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident.events import Noted
from warroom.playbooks import builtin
from warroom.store.library import NoSuchIncident
from warroom.store.log import Journal

NOW = datetime(2026, 2, 2, 14, 23, tzinfo=UTC)


@pytest.fixture
def front(tmp_path: Path) -> FrontDesk:
    return FrontDesk(tmp_path, "maya", clock=lambda: NOW)


@pytest.fixture
def desk(front: FrontDesk) -> Desk:
    desk = front.declare("Database down", builtin().playbook)
    assert isinstance(desk, Desk)
    return desk


def test_a_note_is_logged_without_reading_the_incident(
    front: FrontDesk, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Journal, "read", lambda _: pytest.fail("it read the incident"))
    event = front.note("inc-2026-0001", "pool exhausted", NOW - timedelta(minutes=5))
    assert desk.poll()
    assert desk.incident.timeline[0] == event
    assert event.fact == Noted("pool exhausted")
    assert event.late


def test_a_note_comes_behind_everything_in_the_file(front: FrontDesk, desk: Desk, tmp_path: Path) -> None:
    fast = FrontDesk(tmp_path, "joe", clock=lambda: NOW + timedelta(days=1)).open("INC-2026-0001")
    fast.do(commands.note, "by a machine whose clock is a day ahead")
    event = front.note("INC-2026-0001", "by one whose clock is right")
    desk.poll()
    assert [each.id for each in desk.record][-1] == event.id


def test_a_note_can_be_undone(front: FrontDesk, desk: Desk) -> None:
    event = front.note("INC-2026-0001", "wrong window")
    desk.poll()
    desk.undo()
    assert desk.incident.timeline.find(event.id) is None


@pytest.mark.parametrize(("text", "ahead"), [(" \x1b[31m ", 0), ("x", 5)])
def test_a_note_of_nothing_or_of_tomorrow_is_refused(
    front: FrontDesk, desk: Desk, text: str, ahead: int
) -> None:
    with pytest.raises(ValueError, match=r"nothing to log|in the future"):
        front.note("INC-2026-0001", text, NOW + timedelta(minutes=ahead))
    assert not desk.poll()


def test_a_note_for_an_incident_that_is_not_there(front: FrontDesk, desk: Desk) -> None:
    with pytest.raises(NoSuchIncident, match="INC-2026-0001"):
        front.note("INC-2026-0002", "x")
