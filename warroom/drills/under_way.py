"""Drills that are under way: gone on with, or begun in the middle."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import structs

from warroom.drills.guide import Guide
from warroom.drills.player import Player
from warroom.drills.progress import Progress
from warroom.drills.reading import find, load
from warroom.drills.script import DrillError, Script
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.stamp import Clock, now


def go_on(
    front: FrontDesk, number: str, folders: Sequence[Path] = (), real: Clock = now
) -> Guide | Player | None:
    """The drill of an incident, where it was left; None if there is none.

    Raises `DrillError` when its script is gone, or is another one by now.
    """
    since = Progress.of(front, number)
    if since is None:
        return None
    script = load(find(since.source, folders))
    if len(script.lines) != since.lines:
        raise DrillError(f"{script.name}: was edited since {number} began; that drill cannot go on.")
    if since.watched:
        return Player(script, real=real, since=since)
    return Guide(script, real, since)


def waiting(front: FrontDesk) -> dict[str, str]:
    """Every drill that is not over by its incident's number, the latest first; how far it has come."""
    found = Progress.of_all(front)
    return {
        number: found[number].said for number in sorted(found, reverse=True) if not found[number].finished
    }


def begun(script: Script, at: timedelta, front: FrontDesk, real: Clock = now) -> tuple[Guide, str] | Refused:
    """A drill of which all up to a time has been done, whoever's it was; and its incident's number."""

    def then() -> datetime:
        return real() - left  # as far in the past as what is to come is long

    first = structs.replace(script, lines=tuple(line for line in script.lines if line.at <= at))
    left = script.length - first.length
    player = Player(first, math.inf, then)
    desk = player.declare(front)
    if isinstance(desk, Refused):
        return desk
    player.play_out(desk)
    credited = tuple(event.id for event in desk.incident.timeline)
    since = structs.replace(player.progress, lines=len(script.lines), credited=credited, watched=False)
    desk.close()
    return Guide(script, real, since), desk.incident.number
