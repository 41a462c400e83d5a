"""Transfer of command: offered with a briefing, accepted explicitly or declined."""

import pytest

from tests.console.seat import Clock, Seat, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.incident import COMMANDER


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Maya is in command, and bob is there."""
    desk.do(commands.assign_role, "maya", COMMANDER)
    desk.do(commands.join, "bob")
    desk.do(commands.tick, "1.1.2")
    return desk


async def offer(seat: Seat, to: str = "bob") -> None:
    await seat.press("c")
    await seat.types(to, "enter")
    await seat.press("o")


async def test_the_command_is_offered_with_the_briefing_that_was_read(seat: Seat) -> None:
    await seat.press("c")
    assert seat.shows("Offer the command to")
    await seat.types("bob", "enter")
    assert seat.place == "Briefing"
    assert seat.shows("to offer the command to @bob", "Situation", "In command: @maya")
    assert seat.incident.command_offer is None
    await seat.press("o")
    (offered,) = seat.facts(e.CommandOffered)
    assert offered.to == "@bob"
    assert "In command: @maya" in offered.briefing
    assert seat.incident.commander == "@maya"


async def test_whoever_is_in_command_is_not_offered_it(seat: Seat) -> None:
    await seat.press("c")
    assert seat.choices == []
    assert seat.shows("@bob responds")
    assert not seat.shows("@maya is IC")


async def test_reading_the_briefing_offers_nothing(seat: Seat) -> None:
    await seat.press("c")
    await seat.types("bob", "enter")
    await seat.press("a", "x")
    assert seat.said == ["It is not offered yet."] * 2
    await seat.press("escape")
    assert seat.place == "WarRoom"
    assert seat.facts(e.CommandOffered) == []


async def test_an_open_offer_is_seen_and_accepted_explicitly(seat: Seat) -> None:
    await offer(seat)
    assert seat.shows("IC @maya ⇄ @bob?")
    assert "⇄ command to @bob? offered 14:23" in seat.pane("team")
    await seat.press("c")
    assert seat.shows("command offered to @bob at 14:23 UTC", "Situation")
    await seat.press("a")
    assert seat.facts(e.CommandAccepted)[0].who == "@bob"
    assert seat.shows("IC @bob")
    assert "@bob accepted command" in seat.pane("timeline")


async def test_it_is_declined_with_a_reason_and_the_commander_stays(seat: Seat) -> None:
    await offer(seat)
    await seat.press("c", "x")
    await seat.types("on a train", "enter")
    assert seat.facts(e.CommandDeclined)[0].reason == "on a train"
    assert seat.incident.commander == "@maya"
    assert "⇄" not in seat.pane("team")


async def test_it_is_offered_to_somebody_else_instead(seat: Seat) -> None:
    await offer(seat)
    await seat.press("c", "o")
    await seat.types("carol", "enter")
    await seat.press("o")
    assert seat.incident.command_offer is not None
    assert seat.incident.command_offer.to == "@carol"


async def test_the_team_pane_answers_it_by_one_key(seat: Seat) -> None:
    await offer(seat)
    await seat.press("t", "y")
    assert seat.incident.commander == "@bob"


async def test_the_team_pane_reads_and_declines_it_too(seat: Seat) -> None:
    await offer(seat)
    await seat.press("t", "enter")
    assert seat.place == "Briefing"
    await seat.press("escape", "x", "enter")
    assert seat.facts(e.CommandDeclined)[0].who == "@bob"


async def test_nobody_answering_an_offer_becomes_due_and_leads_to_it(seat: Seat, clock: Clock) -> None:
    for audience in ("internal", "executive", "external"):
        seat.room.desk.do(commands.set_cadence, audience, None)
    seat.room.desk.do(commands.set_severity, "SEV3")
    await offer(seat)
    await seat.tick(minutes=5)
    assert seat.shows("▲ @bob to accept command · 00:00 over")
    await seat.press("!")
    assert seat.place == "Briefing"


async def test_the_incoming_commander_accepts_at_a_console_of_their_own(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    desk.do(commands.offer_command, "bob")
    theirs = FrontDesk(front.home, "bob", clock=clock)
    async with seated(theirs, clock, desk.incident.number) as seat:
        await seat.press("c", "a")
        assert seat.incident.commander == "@bob"
        assert seat.events[-1].by == "bob"
    theirs.close()


async def test_the_briefing_is_copied(seat: Seat) -> None:
    await seat.press("c")
    await seat.types("bob", "enter")
    await seat.press("y")
    assert "Briefing for the transfer of command" in seat.console.clipboard


async def test_command_can_be_taken_at_once_where_nobody_can_hand_over(seat: Seat) -> None:
    await seat.press("t", "down", "enter", "c")
    assert seat.incident.commander == "@bob"


async def test_nobody_commands_what_is_closed(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    desk.do(commands.close)
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("c")
        assert seat.said == [f"{desk.incident.number} is closed."]
