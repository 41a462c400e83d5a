"""What commands answer with, and what they share."""

from collections.abc import Iterable

from msgspec import Struct

from warroom.incident import events as e
from warroom.incident.deeds import Deed
from warroom.incident.incident import Incident
from warroom.incident.playbook import DecisionTable, Playbook
from warroom.incident.text import printable


class Refused(Struct, frozen=True):
    """Why something may not happen, as a sentence for the person who tried."""

    reason: str
    items: tuple[str, ...] = ()  # ids of what stands in the way


Facts = tuple[e.AnyFact, ...]
Outcome = Facts | Refused


def is_output(item: str) -> bool:
    return item.rpartition(".")[2].startswith("o")


def fulfilling(items: Iterable[str], text: str = "") -> Facts:
    """The facts that a deed brings about the items that ask for it."""
    return tuple(
        e.OutputRecorded(item, text, linked=True) if is_output(item) else e.Ticked(item, linked=True)
        for item in items
    )


def linked(incident: Incident, *deeds: Deed, text: str = "") -> Facts:
    """The same for what is still open, wherever it stands: what is done early is done.

    An output that was recorded this way before is recorded again when the deed now says something else.
    """

    def stands(item: str) -> bool:
        state = incident.items.get(item)
        stale = state and state.linked and is_output(item) and text and state.text != text
        return state is not None and not stale

    return fulfilling((item for item in incident.asking_for(*deeds) if not stands(item)), text)


def handle(who: str) -> str:
    """A person's name as it is kept: one handle, always with its sign, so that `bob` and `@bob` are one."""
    name = "-".join(printable(who).lstrip("@ ").split())
    return f"@{name}" if name else ""


def names(known: Iterable[str], new: str) -> str:
    """A list in words, with a name that may be new to it."""
    return ", ".join(dict.fromkeys((*known, new)))


def over(incident: Incident) -> Refused:
    return Refused(f"{incident.number} is closed; reopen it first.")


def severity_table(playbook: Playbook) -> DecisionTable | None:
    """The decision table whose choices are severity levels."""
    levels = {severity.level.casefold() for severity in playbook.severities}
    return _table_choosing(playbook, levels)


def strategy_table(playbook: Playbook) -> DecisionTable | None:
    """The decision table whose choices are mitigation strategies."""
    return _table_choosing(playbook, {strategy.name.casefold() for strategy in playbook.strategies})


def _table_choosing(playbook: Playbook, choices: set[str]) -> DecisionTable | None:
    def fits(table: DecisionTable) -> bool:
        return bool(table.rows) and any(row.choice.casefold() in choices for row in table.rows)

    return next(filter(fits, playbook.decisions), None)
