"""Asking for a person: names are completed from the response team and the roster, contacts are shown."""

from collections.abc import Sequence

from warroom.console.dialogs import Choice, ChoiceList, Menu
from warroom.console.team import SHORT
from warroom.incident.commands.outcome import handle
from warroom.incident.events import Role
from warroom.incident.incident import Incident
from warroom.incident.roster import Roster, complete


class AskWho(Menu):
    """A name to type; enter takes the person under the cursor, which is the first that fits.

    `first`, whoever sits here, is offered before all, then those who can take the `role`; those in `last`
    come behind, those in `without` not at all.
    """

    def __init__(
        self,
        title: str,
        incident: Incident,
        roster: Roster,
        *,
        first: str = "",
        role: Role | None = None,
        without: Sequence[str] = (),
        last: Sequence[str] = (),
        body: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(
            title,
            (),
            body=body,
            search=True,
            # Not a name: at a glance it would read as the one that was chosen.
            placeholder="type a name, or choose one",
            empty="Type a name, such as @bob.",
        )
        self._incident = incident
        self._roster = roster
        self._first = first
        self._role = role
        self._without = without
        self._last = last

    def on_mount(self) -> None:
        """Everybody who is known, until something is typed."""
        self._narrow("")
        super().on_mount()

    def found(self, typed: str) -> list[Choice]:
        """Those whose handle or name begins with what was typed; last, somebody of that very name."""
        names = list(complete(typed.strip(), self._roster, self._incident))
        if self._first and not typed.strip():
            names.insert(0, self._first)
        fits = {person.handle for person in self._roster.for_role(self._role)} if self._role else set()
        names.sort(key=lambda name: (name != self._first, name not in fits, name in self._last))
        meant = handle(typed)
        if meant and meant.casefold() not in map(str.casefold, names):
            names.append(meant)
        return [self._choice(name) for name in dict.fromkeys(names) if name not in self._without]

    def _choice(self, name: str) -> Choice:
        person, member = self._roster.person(name), self._incident.team.get(name)
        said = [person.name, ", ".join(SHORT.get(role, role) for role in person.roles)] if person else []
        if member and member.released_at:
            said.append("released")
        elif member and member.roles:
            said.append(f"is {', '.join(SHORT.get(role, role) for role in member.roles)}")
        elif member:
            said.append("responds" if member.joined_at else "was paged" if member.paged_at else "")
        if person:
            said.insert(0, person.contact)
        unknown = "you" if name == self._first else "not on the roster" if self._roster.people else ""
        return Choice(name, name, note=" · ".join(filter(None, said)) or unknown)

    def _narrow(self, typed: str) -> None:
        super()._narrow(typed)
        self.query_one(ChoiceList).refresh(layout=True)
