"""Impact and people: who is affected, who responds."""

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from warroom.incident import events as e
from warroom.incident.commands.outcome import (
    Outcome,
    Refused,
    handle,
    linked,
    names,
    over,
)
from warroom.incident.deeds import Deed
from warroom.incident.incident import COMMANDER, Incident
from warroom.incident.text import printable
from warroom.incident.wording import impact_in_words

_MOST = 10**15


def assess_impact(
    incident: Incident,
    at: datetime,
    *,
    users: int | None = None,
    revenue_per_hour: float | None = None,
    systems: Sequence[str] | None = None,
    customer_facing: bool | None = None,
    data_breach: bool | None = None,
    summary: str | None = None,
) -> Outcome:
    """Record what is known of the impact; what is not given stays as it was."""
    if not all(0 <= figure < _MOST for figure in (users or 0, revenue_per_hour or 0)):
        return Refused("Impact is counted from zero, in figures that a person can read.")
    down = None if systems is None else tuple(filter(None, map(printable, systems)))
    text = None if summary is None else printable(summary)
    fact = e.ImpactAssessed(users, revenue_per_hour, down, customer_facing, data_breach, text)
    if fact == e.ImpactAssessed():
        return Refused("Nothing was assessed.")
    asked = {Deed.USERS: users, Deed.REVENUE: revenue_per_hour, Deed.SYSTEMS: down}
    deeds = [deed for deed, value in asked.items() if value is not None]
    known = impact_in_words(incident.impact.after(fact, at))
    return (fact, *linked(incident, *deeds, Deed.IMPACT, text=known))


def page(incident: Incident, at: datetime, who: str) -> Outcome:
    """Note that a person was paged."""
    who = handle(who)
    if not who:
        return Refused("Page whom?")
    if incident.closed_at:
        return over(incident)
    return (e.Paged(who), *linked(incident, Deed.PAGE, Deed.TEAM, text=names(incident.team, who)))


def acknowledge_page(incident: Incident, at: datetime, who: str) -> Outcome:
    """Note that a paged person answered."""
    who = handle(who)
    member = incident.team.get(who)
    if member is None or not member.paged_at:
        return Refused(f"{who or 'Nobody'} was not paged.")
    if member.acknowledged_at:
        return Refused(f"{who} has acknowledged already.")
    return (e.PageAcknowledged(who),)


def join(incident: Incident, at: datetime, who: str) -> Outcome:
    """Note that a person is responding."""
    who = handle(who)
    member = incident.team.get(who)
    if not who:
        return Refused("Who joins?")
    if member and member.joined_at and not member.released_at:
        return Refused(f"{who} has joined already.")
    return (e.Joined(who), *linked(incident, Deed.TEAM, text=names(incident.team, who)))


def release(incident: Incident, at: datetime, who: str) -> Outcome:
    """Note that a person was sent home. A commander hands over first."""
    who = handle(who)
    member = incident.team.get(who)
    if member is None or member.released_at:
        return Refused(f"{who or 'Nobody'} is not responding.")
    if COMMANDER in member.roles and not incident.closed_at:
        return Refused(f"{who} is in command; give the command to somebody else first.")
    return (e.Released(who),)


def assign_role(incident: Incident, at: datetime, who: str, role: str) -> Outcome:
    """Give a person a role. There is one Incident Commander; the one before is relieved."""
    who = handle(who)
    known: tuple[e.Role, ...] = get_args(e.Role)
    name = next((r for r in known if r.casefold() == role.casefold()), None)
    if not who:
        return Refused("Who takes the role?")
    if name is None:
        return Refused(f"No role {printable(role)!r}; there are {', '.join(known)}.")
    member = incident.team.get(who)
    if member and name in member.roles and not member.released_at:
        return Refused(f"{who} is {name} already.")
    deed = Deed.COMMANDER if name == COMMANDER else Deed.TEAM
    return (e.RoleAssigned(who, name), *linked(incident, deed, text=names(incident.team, who)))
