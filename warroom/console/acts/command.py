"""Command: who has it, and its transfer: offered with a briefing, accepted explicitly, or declined."""

from typing import TYPE_CHECKING

from warroom.console.ask_who import AskWho
from warroom.console.dialogs import Ask
from warroom.console.team import What
from warroom.incident import commands
from warroom.incident.briefing import briefing
from warroom.incident.commands.outcome import handle
from warroom.incident.incident import COMMANDER, CommandOffer

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def to_command(room: "WarRoom") -> None:
    """Say who commands; where somebody does, offer the command, or answer the offer that is open."""
    if not room.may("commander"):
        return
    if room.now_so.command_offer:
        read_offer(room, room.now_so.command_offer)
    elif room.now_so.commander:
        offer(room)
    else:
        appoint(room)


def appoint(room: "WarRoom") -> None:
    """Ask who commands: whoever sits here, until somebody else is named."""
    first = handle(room.desk.by)
    ask = AskWho(COMMANDER, room.now_so, room.console.roster(), first=first, role=COMMANDER)
    room.ask(ask, lambda who: room.do(commands.assign_role, who, COMMANDER))


def offer(room: "WarRoom") -> None:
    """Ask to whom the command is offered, and show the briefing that goes with it."""
    incident = room.now_so
    taken = incident.command_offer
    without = [who for who in (incident.commander, taken.to if taken else None) if who]
    ask = AskWho("Offer the command to", incident, room.console.roster(), role=COMMANDER, without=without)
    room.ask(ask, lambda who: _read_over(room, handle(who)))


def _read_over(room: "WarRoom", who: str) -> None:
    """Show the briefing before it is offered: what was read is what is kept."""
    from warroom.console.briefing import Briefing

    text = briefing(room.now_so, room.desk.now())

    def answered(what: str | None) -> None:
        if what == "offer":
            room.do(commands.offer_command, who, text)

    room.app.push_screen(Briefing(f"{room.now_so.number} · to offer the command to {who}", text), answered)


def read_offer(room: "WarRoom", offered: CommandOffer) -> None:
    """Show the briefing of an open offer, to be accepted or declined."""
    from warroom.console.briefing import Briefing

    def answered(what: str | None) -> None:
        if what == "offer":
            offer(room)
        elif what == "accept":
            room.do(commands.accept_command, offered.to)
        elif what == "decline":
            decline(room, offered)

    title = f"{room.now_so.number} · command offered to {offered.to} at {offered.at:%H:%M} UTC"
    room.app.push_screen(Briefing(title, offered.briefing, offered.to), answered)


def decline(room: "WarRoom", offered: CommandOffer) -> None:
    """Ask why it is declined."""
    ask = Ask(f"{offered.to} declines the command", placeholder="why? (may be empty)", required=False)
    room.ask(ask, lambda reason: room.do(commands.decline_command, offered.to, reason))


def with_offer(room: "WarRoom", what: What, offered: CommandOffer) -> None:
    """Answer an open offer at once, or read it first."""
    if what == "arrive":
        room.do(commands.accept_command, offered.to)
    elif what == "release":
        decline(room, offered)
    elif what == "role":
        offer(room)
    else:
        read_offer(room, offered)
