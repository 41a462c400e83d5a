"""The verb that plays a drill."""

import math
from collections.abc import Sequence
from pathlib import Path

import click

from warroom.cli.enter import at_terminal, console
from warroom.cli.here import accepted, front_desk, settings_in_use
from warroom.cli.out import complain, say, table
from warroom.drills import SPEED, DrillError, Player, available, find, load


@click.command("drill")
@click.argument("name", required=False, default="", metavar="[NAME|FILE]")
@click.option(
    "--speed",
    type=click.IntRange(min=1),
    default=int(SPEED),
    show_default=True,
    help="How many minutes pass in one.",
)
@click.option("--list", "listing", is_flag=True, help="List the drills at hand.")
@click.pass_context
def drill_verb(context: click.Context, name: str, speed: int, listing: bool) -> None:
    """Play an incident as an exercise, by default the built-in one, in quick motion on the console.

    Without a terminal it is played to its end at once, and its number is printed.

    \b
    Examples:
      warroom drill
      warroom drill --speed 120
    """
    folders = (settings_in_use().drills,)
    if listing:
        say(_listed(folders))
        return
    player = Player(load(find(name, folders)), speed if at_terminal() else math.inf)
    front = front_desk()
    desk = accepted(player.declare(front))
    if at_terminal():
        context.exit(console(front, desk.incident.number, player))
    player.play_out(desk)
    say(desk.incident.number)


def _listed(folders: Sequence[Path]) -> str:
    rows = []
    for name, path in available(folders):
        try:
            rows.append((name, load(path).about))
        except DrillError as exc:
            complain(str(exc))
    return table(rows)
