"""Transfer of command: offered with a briefing, and in force once the incoming commander accepts."""

from datetime import datetime

from warroom.incident import events as e
from warroom.incident.briefing import briefing
from warroom.incident.commands.outcome import Outcome, Refused, handle, over
from warroom.incident.commands.people import assign_role
from warroom.incident.incident import COMMANDER, CommandOffer, Incident
from warroom.incident.text import printable, printable_lines


def offer_command(incident: Incident, at: datetime, to: str, text: str = "") -> Outcome:
    """Offer the command to somebody, with the briefing of the moment unless another is given.

    Nothing changes hands until they accept; an offer that is open is replaced.
    """
    to = handle(to)
    if not to:
        return Refused("Offer the command to whom?")
    if incident.closed_at:
        return over(incident)
    if incident.commander is None:
        return Refused(f"Nobody is in command, so there is nothing to hand over: make {to} {COMMANDER}.")
    if to == incident.commander:
        return Refused(f"{to} is in command already.")
    if incident.command_offer and incident.command_offer.to == to:
        return Refused(f"The command is offered to {to} already; it waits for {to} to accept.")
    return (e.CommandOffered(to, printable_lines(text).strip() or briefing(incident, at)),)


def accept_command(incident: Incident, at: datetime, who: str) -> Outcome:
    """Take the command that was offered; only whom it was offered to can."""
    offer = _offer_to(incident, who)
    if isinstance(offer, Refused):
        return offer
    assigned = assign_role(incident, at, offer.to, COMMANDER)
    if isinstance(assigned, Refused):
        return assigned
    return (e.CommandAccepted(offer.id, offer.to), *assigned)


def decline_command(incident: Incident, at: datetime, who: str, reason: str = "") -> Outcome:
    """Decline the command that was offered; the commander stays."""
    offer = _offer_to(incident, who)
    if isinstance(offer, Refused):
        return offer
    return (e.CommandDeclined(offer.id, offer.to, printable(reason)),)


def _offer_to(incident: Incident, who: str) -> CommandOffer | Refused:
    offer = incident.command_offer
    if incident.closed_at:
        return over(incident)
    if offer is None:
        return Refused("The command is not offered to anybody; the commander offers it first.")
    if handle(who) != offer.to:
        return Refused(f"The command is offered to {offer.to}; only {offer.to} can answer.")
    return offer
