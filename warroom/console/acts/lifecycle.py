"""The incident as a whole: renamed, closed for a reason, merged into another, reopened."""

from functools import partial
from typing import TYPE_CHECKING, cast, get_args

from warroom.console.dialogs import Ask, Choice, Menu
from warroom.desk import Done
from warroom.front_desk import Summary
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Refused
from warroom.merge import merge

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom

_MEANT: dict[e.Closure, str] = {
    "resolved": "the cause is fixed, or as good as",
    "duplicate": "merge it into the incident that it is a duplicate of",
    "false positive": "cancel it: nothing was wrong; say how that is known",
    "superseded": "merge it into the incident that goes on in its place",
    "external": "somebody else's to resolve; say whose",
}


def rename(room: "WarRoom") -> None:
    """Ask for another title."""
    ask = Ask("Title", value=room.now_so.title)
    room.ask(ask, lambda title: room.do(commands.rename, title))


def close(room: "WarRoom") -> None:
    """Ask how the incident ended, and close it; one that is closed is taken up again."""
    incident = room.now_so
    if incident.closed_at:
        reopen(room)
        return
    reasons: tuple[e.Closure, ...] = get_args(e.Closure)
    menu = Menu(
        f"Close {incident.number}: {incident.title}",
        [Choice(reason, reason.capitalize(), _key(reason), _MEANT[reason]) for reason in reasons],
        body=[("The timer stops. The post-mortem and action items stay open to work on.", "dim"), ("", "")],
    )
    room.ask(menu, lambda reason: _closed_as(room, cast("e.Closure", reason)))


def _key(reason: e.Closure) -> str:
    return f"closing-{reason.replace(' ', '-')}"


def _closed_as(room: "WarRoom", reason: e.Closure) -> None:
    if reason == "resolved":
        room.do(commands.close, reason)
    elif reason in {"duplicate", "superseded"}:
        _ask_other(room, reason)
    elif reason == "false positive":
        ask = Ask("Cancel: a false positive", placeholder="how is that known? it goes into the record")
        room.ask(ask, lambda why: room.do(commands.cancel, why))
    else:
        ask = Ask("Close: external", placeholder="whose is it? (may be empty)", required=False)
        room.ask(ask, lambda note: room.do(commands.close, reason, note))


def reopen(room: "WarRoom") -> None:
    """Ask why a closed incident is taken up again."""
    if not room.may("reopen-incident"):
        return
    ask = Ask(f"Reopen {room.now_so.number}", placeholder="why? it goes into the record")
    room.ask(ask, lambda reason: room.do(commands.reopen, reason))


# ── merging ────────────────────────────────────────────────────────────────────────────────────


def _ask_other(room: "WarRoom", reason: e.Closure) -> None:
    """Ask which incident goes on instead; they are listed off the screen's thread."""

    def failed(error: BaseException) -> None:
        room.say(str(error), bad=True)

    room.console.fetch(room.console.front.summaries, partial(_list_others, room, reason), failed)


def _list_others(room: "WarRoom", reason: e.Closure, found: list[Summary]) -> None:
    here = room.now_so
    alike = [summary for summary in found if summary.exercise == here.exercise]  # no drill swallows a fire
    others = [summary for summary in alike if summary.number != here.number]
    if not others:
        room.say("There is no other incident that it could be merged into.", bad=True)
        return
    word = "a duplicate of" if reason == "duplicate" else "superseded by"
    choices = [Choice(other.number, f"{other.number}  {other.title}", note=_about(other)) for other in others]
    menu = Menu(
        f"{here.number} is {word}",
        choices,
        search=True,
        placeholder="its number or title",
        body=[("This one is closed, and an entry in each leads to the other.", "dim"), ("", "")],
    )
    room.ask(menu, lambda number: room.saving.submit(partial(_merged, room, number, reason)))


def _about(summary: Summary) -> str:
    exercise = "exercise" if summary.exercise else ""
    return " · ".join(filter(None, (summary.severity, summary.status, exercise)))


def _merged(room: "WarRoom", number: str, reason: e.Closure) -> Done | Refused:
    return merge(room.console.front, room.desk, number, reason=reason)
