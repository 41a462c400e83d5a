"""The roster: the people who can be called, and how a name that is being typed is completed."""

from collections.abc import Iterator
from typing import Any, get_args

from msgspec import Struct

from warroom.incident.events import Role
from warroom.incident.incident import COMMANDER, Incident, Member
from warroom.incident.text import printable

SPAN_OF_CONTROL = 7
"""How many people one person can lead directly: what the field has learned, in fires and in outages."""


class Person(Struct, frozen=True):
    """Somebody who can be called."""

    handle: str  # with its sign: "@bob"
    name: str = ""
    roles: tuple[Role, ...] = ()  # those that this person can take
    contact: str = ""


class Roster(Struct, frozen=True):
    """Everybody who can be called, in the order of the file."""

    people: tuple[Person, ...] = ()

    def person(self, handle: str) -> Person | None:
        """The person of this handle, in any case."""
        return next((p for p in self.people if p.handle.casefold() == handle.casefold()), None)

    def for_role(self, role: Role) -> tuple[Person, ...]:
        """Those who can take a role."""
        return tuple(person for person in self.people if role in person.roles)


class RosterError(ValueError):
    """What is wrong with a roster: with which person (counted from 0; None: with none) and which key."""

    def __init__(self, what: str, person: int | None = None, key: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.person = person
        self.key = key


_KEYS = ("handle", "name", "roles", "contact")
_ROLES: tuple[Role, ...] = get_args(Role)


def roster_of(data: dict[str, Any]) -> Roster:
    """The roster that a file's tables describe. Raises `RosterError`."""
    for key in data:
        if key != "person":
            raise RosterError(
                f"unknown table or key {printable(key)!r}; a roster has [[person]] tables", key=key
            )
    tables = data.get("person", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RosterError("people are [[person]] tables, in double brackets", key="person")
    people: list[Person] = []
    for number, table in enumerate(tables):
        person = _person(table, number)
        if any(person.handle.casefold() == other.handle.casefold() for other in people):
            raise RosterError(f"{person.handle} is on the roster already", number, "handle")
        people.append(person)
    return Roster(tuple(people))


def _person(table: dict[str, Any], number: int) -> Person:
    for key, value in table.items():
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise RosterError(f"unknown key {printable(key)!r}; a person has {known}", number, key)
        if key != "roles" and not isinstance(value, str):
            raise RosterError(f"{key} must be text in quotes", number, key)
    handle = printable(table.get("handle", "")).lstrip("@")
    if not handle or any(char.isspace() for char in handle):
        what = "a person needs a handle" if not handle else f"{handle!r} has a space in it"
        raise RosterError(f'{what}; write handle = "@bob"', number, "handle")
    roles = tuple(_roles(table.get("roles", []), number))
    return Person(f"@{handle}", printable(table.get("name", "")), roles, printable(table.get("contact", "")))


def _roles(given: Any, number: int) -> Iterator[Role]:
    if not isinstance(given, list) or not all(isinstance(role, str) for role in given):
        raise RosterError(f'roles are a list of texts: roles = ["{_ROLES[0]}"]', number, "roles")
    for each in given:
        role = next((known for known in _ROLES if known.casefold() == each.strip().casefold()), None)
        if role is None:
            what = f"unknown role {printable(each)!r}; there are {', '.join(_ROLES)}"
            raise RosterError(what, number, "roles")
        yield role


# ── in an incident ─────────────────────────────────────────────────────────────────────────────


def complete(prefix: str, roster: Roster, incident: Incident) -> tuple[str, ...]:
    """The handles that a name being typed may become: the response team's first, then the roster's.

    Handles that begin with it come before people whose name has a word that does.
    """
    start = prefix.lstrip("@").casefold()
    handles = dict.fromkeys((*sorted(incident.team), *(person.handle for person in roster.people)))
    begins = [handle for handle in handles if handle[1:].casefold().startswith(start)]
    named = [
        person.handle
        for person in roster.people
        if start and any(word.startswith(start) for word in person.name.casefold().split())
    ]
    return tuple(dict.fromkeys((*begins, *named)))


def direct(incident: Incident) -> tuple[Member, ...]:
    """Whom the commander leads directly: everybody at work but the commander."""
    return tuple(member for member in incident.responding if COMMANDER not in member.roles)


def span_warning(incident: Incident) -> str | None:
    """What to say when more people respond than one person can lead; None while they do not."""
    count = len(direct(incident))
    if incident.closed_at or count <= SPAN_OF_CONTROL:
        return None
    return f"{count} direct responders, more than {SPAN_OF_CONTROL}: appoint a lead, or release somebody"
