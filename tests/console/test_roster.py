"""The roster: who can be called is offered with contacts, and names are completed as they are typed."""

from pathlib import Path

import pytest

from tests.console.seat import Clock, Seat, declared, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e

ROSTER = """
[[person]]
handle = "@bob"
name = "Bob Smith"
contact = "+49 170 555 0100"

[[person]]
handle = "@carol"
name = "Carol Chen"
roles = ["Incident Commander"]
contact = "#ops-primary"
"""


@pytest.fixture
def file(front: FrontDesk) -> Path:
    """A roster of two."""
    path = front.home / "config" / "roster.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ROSTER, encoding="utf-8")
    return path


@pytest.fixture
def desk(front: FrontDesk, file: Path) -> Desk:
    """An incident in a house that has a roster."""
    return declared(front)


async def test_whom_to_page_is_offered_with_their_contacts(seat: Seat) -> None:
    await seat.press("t", "p")
    assert seat.shows("@bob +49 170 555 0100 · Bob Smith", "@carol #ops-primary · Carol Chen · IC")
    await seat.types("ca", "enter")
    assert seat.last == e.Paged("@carol")


@pytest.mark.parametrize("typed", ["@bo", "bob", "smi", "BOB"])
async def test_handle_or_name_will_do(seat: Seat, typed: str) -> None:
    await seat.press("t", "p")
    await seat.types(typed, "enter")
    assert seat.last == e.Paged("@bob")


async def test_somebody_who_is_not_on_the_roster_can_be_paged(seat: Seat) -> None:
    await seat.press("t", "p")
    await seat.types("bo")
    assert seat.shows("@bo not on the roster")
    await seat.types("", "down", "enter")
    assert seat.last == e.Paged("@bo")


async def test_who_can_command_comes_first(seat: Seat) -> None:
    await seat.press("c", "enter")
    assert seat.shows("IC @maya")
    await seat.press("c", "enter")
    assert seat.shows("to offer the command to @carol")


async def test_a_person_is_shown_with_what_the_roster_knows(seat: Seat) -> None:
    await seat.press("t", "p")
    await seat.types("bob", "enter")
    await seat.press("enter")
    assert seat.shows("Bob Smith · +49 170 555 0100", "paged 14:23")


async def test_a_roster_that_was_edited_is_in_force_at_once(seat: Seat, file: Path) -> None:
    await seat.press("t", "p", "escape")
    file.write_text(ROSTER + '\n[[person]]\nhandle = "@dan"\n', encoding="utf-8")
    await seat.press("p")
    assert seat.shows("@dan")


async def test_what_is_wrong_with_it_is_said_once_with_the_line(seat: Seat, file: Path) -> None:
    file.write_text('[[person]]\nhandle = "@bob"\nphone = "1"\n', encoding="utf-8")
    await seat.press("t", "p", "escape", "p", "escape")
    (said,) = seat.said
    assert said == f"Roster: {file}:3: unknown key 'phone'; a person has handle, name, roles, contact"


async def test_no_roster_is_fine(seat: Seat, file: Path) -> None:
    file.unlink()
    await seat.press("t", "p")
    assert seat.shows("Type a name, such as @bob.")
    await seat.types("dba", "enter")
    assert seat.last == e.Paged("@dba")
    assert seat.said == []


# ── a person's course ──────────────────────────────────────────────────────────────────────────


async def test_one_key_is_the_next_thing_that_happens_with_a_person(seat: Seat) -> None:
    await seat.press("t", "p")
    await seat.types("bob", "enter")
    await seat.press("y")
    assert "@bob ack 14:23" in seat.pane("team")
    await seat.press("y")
    assert "@bob joined 14:23" in seat.pane("team")
    await seat.press("y")
    assert seat.said == ["@bob has joined already."]
    await seat.press("x")
    assert "@bob released" in seat.pane("team")


async def test_in_an_empty_team_there_is_nobody_to_release(seat: Seat) -> None:
    await seat.press("t", "x")
    assert seat.said == ["Nobody yet: t p pages, c says who commands."]


async def test_a_role_by_its_number(seat: Seat) -> None:
    await seat.press("t", "J")
    await seat.types("bob", "enter")
    await seat.press("r", "3")
    assert seat.last == e.RoleAssigned("@bob", "Scribe")


async def test_nobody_answering_a_page_stands_out(seat: Seat) -> None:
    await seat.press("t", "p")
    await seat.types("bob", "enter")
    await seat.tick(minutes=6)
    assert "@bob ▲ no answer 01:00 over" in seat.pane("team")


async def test_where_nobody_answers_the_backup_is_one_key_away(seat: Seat) -> None:
    await seat.press("t", "p")
    await seat.types("bob", "enter")
    await seat.press("enter", "f")
    assert seat.last == e.FallbackInvoked("Team unreachable", "Escalate to backup")


async def test_once_the_backup_is_called_nobody_is_waited_for(seat: Seat) -> None:
    await seat.press("t", "p")
    await seat.types("bob", "enter")
    await seat.press("enter", "f")
    await seat.tick(minutes=6)
    assert "@bob no answer" in seat.pane("team")
    assert "▲" not in seat.pane("team")


async def test_answered_and_joined_by_two_quick_keys_on_a_slow_disk(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warroom.console.app._A_SLOW_DISK", 0.0)
    await seat.press("t", "p")
    await seat.types("bob", "enter")
    seat.burst("y", "y")
    await seat.settled()
    assert seat.facts(e.PageAcknowledged)
    assert seat.facts(e.Joined) == [e.Joined("@bob")]


async def test_those_who_are_here_already_are_paged_last(seat: Seat) -> None:
    await seat.press("t", "J")
    await seat.types("bob", "enter")
    await seat.press("p", "enter")
    assert seat.last == e.Paged("@carol")


async def test_more_than_one_person_can_lead_is_said(seat: Seat) -> None:
    for number in range(7):
        seat.room.desk.do(commands.join, f"@dev{number}")
    seat.room.show_incident()
    await seat.press("t", "J")
    assert seat.shows("7 responding")
    await seat.types("dev7", "enter")
    assert seat.said == ["8 direct responders, more than 7: appoint a lead, or release somebody."]
    assert seat.shows("▲ 8 direct, over 7")


# ── names in the entry line ────────────────────────────────────────────────────────────────────


async def test_names_are_offered_behind_an_at_sign_and_completed_by_tab(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("@")
    assert seat.shows("@bob · @carol", "tab completes")
    await seat.types("ca", "tab")
    assert seat.line.value == "@carol "
    await seat.types("check web 3m")
    assert seat.shows("assignment for @carol: check web · check back in 3 minutes")


async def test_a_name_within_a_line_is_completed_too(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("todo add monitoring @bo", "tab", *"fri", "enter")
    assert seat.facts(e.ActionItemOpened)[0].owner == "@bob"


async def test_tab_loses_nothing_where_nobody_fits(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("@zoe", "tab")
    assert seat.line.value == "@zoe"
    assert seat.focus == "entry"


async def test_the_roster_is_not_looked_at_before_somebody_is_named(
    front: FrontDesk, clock: Clock, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(front, clock, desk.incident.number) as seat:
        looked: list[str] = []

        def names(typed: str) -> tuple[str, ...]:
            looked.append(typed)
            return ()

        monkeypatch.setattr(seat.line, "names", names)
        await seat.press("n")
        await seat.types("mail to ops@example.org bounced")
        assert looked == []
        await seat.types(" @b")
        assert looked[-1] == "@b"
