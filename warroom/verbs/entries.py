"""Verbs about one entry of the log, named by the id that `warroom show` prints."""

from datetime import datetime

import click

from warroom.incident import commands
from warroom.incident.commands import Outcome
from warroom.incident.entry import todo
from warroom.incident.incident import Incident
from warroom.incident.wording import wording
from warroom.verbs.grammar import ENTRY, Intention, family, on, verb_of

entry = family(
    "entry",
    """Reword, strike, pin or promote an entry, named by the ID that `warroom show` prints.

    \b
    Example:
      warroom entry pin 7c41ab
    """,
)
_of_entry = verb_of(entry)
_ident = click.argument("ident", metavar="ID")


@_of_entry
@_ident
@click.argument("text")
def edit(ident: str, text: str) -> Intention:
    """Reword an entry of the log; every version is kept.

    \b
    Example:
      warroom entry edit 7c41ab "error rate 45 % of requests in the EU"
    """
    return on(ENTRY, ident, lambda i, at, target: commands.edit(i, at, target, text))


@_of_entry
@_ident
@click.argument("reason", default="")
def strike(ident: str, reason: str) -> Intention:
    """Strike a wrong entry of the log; it stays, marked as struck.

    \b
    Example:
      warroom entry strike 7c41ab "that was staging"
    """
    return on(ENTRY, ident, lambda i, at, target: commands.strike(i, at, target, reason))


@_of_entry
@_ident
def restore(ident: str) -> Intention:
    """Let a struck entry stand again.

    \b
    Example:
      warroom entry restore 7c41ab
    """
    return on(ENTRY, ident, commands.restore)


@_of_entry
@_ident
def pin(ident: str) -> Intention:
    """Make an entry a key event for the post-mortem.

    \b
    Example:
      warroom entry pin 7c41ab
    """
    return on(ENTRY, ident, commands.pin)


@_of_entry
@_ident
def unpin(ident: str) -> Intention:
    """Make an entry a key event no longer.

    \b
    Example:
      warroom entry unpin 7c41ab
    """
    return on(ENTRY, ident, lambda i, at, target: commands.pin(i, at, target, on=False))


@_of_entry
@_ident
@click.argument("text", default="")
def promote(ident: str, text: str) -> Intention:
    """Make an action item of an entry, in its words or in those of TEXT, perhaps with @owner and due date.

    \b
    Examples:
      warroom entry promote 7c41ab
      warroom entry promote 7c41ab "watch the pool @sre fri"
    """

    def promoted(i: Incident, at: datetime, target: str) -> Outcome:
        event = i.timeline.find(target)
        item = todo(text or (wording(event, i).text if event else ""), at)
        return commands.open_action_item(i, at, item.text, item.owner, item.due, target)

    return on(ENTRY, ident, promoted)
