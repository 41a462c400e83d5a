"""Action items and the post-mortem: what remains to be done."""

from collections.abc import Sequence
from datetime import date, datetime

from warroom.incident import events as e
from warroom.incident.commands.outcome import (
    Facts,
    Outcome,
    Refused,
    handle,
    linked,
)
from warroom.incident.deeds import Deed
from warroom.incident.incident import ActionItem, Incident
from warroom.incident.text import printable


def open_action_item(
    incident: Incident, at: datetime, text: str, owner: str = "", due: date | None = None, source: str = ""
) -> Outcome:
    """Open an action item, perhaps from a log entry."""
    text, owner = printable(text), handle(owner)
    if not text:
        return Refused("An action item needs words: what is to be done?")
    fact = e.ActionItemOpened(text, owner, due, source)
    others = incident.action_items
    return (fact, *linked(incident, Deed.ACTION_ITEM), *_complete(incident, [*others, fact]))


def change_action_item(
    incident: Incident, at: datetime, target: str, text: str, owner: str = "", due: date | None = None
) -> Outcome:
    """Reword an action item, or give it another owner or due date."""
    item = incident.action_item(target)
    if item is None:
        return Refused("There is no such action item.")
    text, owner = printable(text), handle(owner)
    if not text:
        return Refused("An action item needs words; drop it instead.")
    if (text, owner, due) == (item.text, item.owner, item.due):
        return Refused("Nothing was changed.")
    fact = e.ActionItemChanged(target, text, owner, due)
    others = [other for other in incident.action_items if other.id != target]
    return (fact, *_complete(incident, [*others, fact]))


def _complete(
    incident: Incident, items: Sequence[ActionItem | e.ActionItemOpened | e.ActionItemChanged]
) -> Facts:
    """Owners and deadlines are assigned once every action item has its own."""
    kept = [item for item in items if getattr(item, "status", "open") != "dropped"]
    deeds = []
    if all(item.owner for item in kept):
        deeds.append(Deed.OWNERS)
    if all(item.due for item in kept):
        deeds.append(Deed.DUE_DATES)
    return linked(incident, *deeds)


def finish_action_item(incident: Incident, at: datetime, target: str) -> Outcome:
    """Finish an action item."""
    item = incident.action_item(target)
    if item is None or item.status != "open":
        return _not_open(item)
    return (e.ActionItemDone(target), *_settled(incident, target))


def _not_open(item: ActionItem | None) -> Refused:
    return Refused(f"It is {item.status} already." if item else "There is no such action item.")


def _settled(incident: Incident, target: str) -> Facts:
    """Completion is tracked to its end once no other action item is open."""
    last = all(other.status != "open" for other in incident.action_items if other.id != target)
    return linked(incident, Deed.COMPLETION) if last else ()


def drop_action_item(incident: Incident, at: datetime, target: str, reason: str = "") -> Outcome:
    """Drop an action item."""
    item = incident.action_item(target)
    if item is None or item.status != "open":
        return _not_open(item)
    return (e.ActionItemDropped(target, printable(reason)), *_settled(incident, target))


def reopen_action_item(incident: Incident, at: datetime, target: str) -> Outcome:
    """Open a done or dropped action item again."""
    item = incident.action_item(target)
    if item is None or item.status == "open":
        return Refused("It is open." if item else "There is no such action item.")
    return (e.ActionItemReopened(target),)


def toggle_action_item(incident: Incident, at: datetime, target: str) -> Outcome:
    """Finish an open action item, open a done or dropped one again."""
    item = incident.action_item(target)
    settled = item is not None and item.status != "open"
    return (reopen_action_item if settled else finish_action_item)(incident, at, target)


def post_mortem_written(incident: Incident, at: datetime, file: str) -> Outcome:
    """Note that the post-mortem was written to a file."""
    name = printable(file)
    return (e.PostMortemWritten(name), *linked(incident, Deed.POSTMORTEM, text=name))
