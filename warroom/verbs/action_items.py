"""Verbs about action items: opened, changed, done, reopened, dropped."""

from datetime import datetime

import click

from warroom.incident import commands
from warroom.incident.commands import Outcome, Refused
from warroom.incident.entry import due_date, todo
from warroom.incident.incident import Incident
from warroom.incident.text import printable
from warroom.verbs.grammar import ACTION_ITEM, Intention, family, intend, on, verb_of

action_item = family(
    "action-item",
    """Open, change, finish or drop an action item, named by the ID that `warroom status` prints.

    \b
    Example:
      warroom action-item done 3f2a91
    """,
)
_of_item = verb_of(action_item)
_ident = click.argument("ident", metavar="ID")


@_of_item
@click.argument("text")
def open_(text: str) -> Intention:
    """Open an action item: what is to be done, perhaps with @owner and due date, as behind `todo` in a log.

    \b
    Example:
      warroom action-item open "add pool monitoring @sre fri"
    """

    def opened(incident: Incident, at: datetime) -> Outcome:
        item = todo(text, at)
        return commands.open_action_item(incident, at, item.text, item.owner, item.due)

    return intend(opened)


@_of_item
@_ident
@click.option("--text", metavar="TEXT", help="Another wording.")
@click.option("--owner", metavar="WHO", help='Another owner; "" is nobody.')
@click.option("--due", metavar="DATE|none", help="Another due date: fri, 3d, 2026-03-01.")
def change(ident: str, text: str | None, owner: str | None, due: str | None) -> Intention:
    """Reword an action item, or give it another owner or due date; what is not given stays as it was.

    \b
    Example:
      warroom action-item change 3f2a91 --owner @dba --due fri
    """

    def changed(incident: Incident, at: datetime, target: str) -> Outcome:
        item = incident.action_item(target)
        assert item is not None  # its id was found among those that there are
        by = item.due if due is None else due_date(due, at)
        if due and due.casefold() != "none" and by is None:
            return Refused(f"{printable(due)!r} is no due date; write fri, 3d, 2026-03-01 or none.")
        said = item.text if text is None else text
        return commands.change_action_item(
            incident, at, target, said, item.owner if owner is None else owner, by
        )

    return on(ACTION_ITEM, ident, changed)


@_of_item
@_ident
def done(ident: str) -> Intention:
    """Finish an action item.

    \b
    Example:
      warroom action-item done 3f2a91
    """
    return on(ACTION_ITEM, ident, commands.finish_action_item)


@_of_item
@_ident
def reopen(ident: str) -> Intention:
    """Open a done or dropped action item again.

    \b
    Example:
      warroom action-item reopen 3f2a91
    """
    return on(ACTION_ITEM, ident, commands.reopen_action_item)


@_of_item
@_ident
@click.argument("reason", default="")
def drop(ident: str, reason: str) -> Intention:
    """Drop an action item, perhaps with a reason.

    \b
    Example:
      warroom action-item drop 3f2a91 "the service is retired"
    """
    return on(ACTION_ITEM, ident, lambda i, at, target: commands.drop_action_item(i, at, target, reason))
