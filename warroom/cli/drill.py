"""The verb that plays a drill."""

import math
from collections.abc import Sequence
from pathlib import Path

import click

from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.complete import drills
from warroom.cli.enter import at_terminal, console
from warroom.cli.group import WrongUsage
from warroom.cli.here import accepted, front_desk, settings_in_use
from warroom.cli.out import complain, say
from warroom.drills import SPEED, DrillError, Guide, Player, available, find, load


@click.command("drill")
@click.argument("name", required=False, default="", metavar="[NAME|FILE]", shell_complete=drills)
@click.option("--guided", is_flag=True, help="Take part: hints say what to do, and which key does it.")
@click.option(
    "--speed",
    type=click.IntRange(min=1),
    default=int(SPEED),
    show_default=True,
    help="How many minutes pass in one.",
)
@click.option("--list", "listing", is_flag=True, help="List the drills at hand.")
@plain_option
@click.pass_context
def drill_verb(
    context: click.Context, /, name: str, *, guided: bool, speed: int, listing: bool, aloud: bool
) -> None:
    """Play an incident as an exercise, by default the built-in one: watch it in quick motion, or take part.

    Without a terminal it is played to its end at once, and its number is printed. What was late in it, and
    what was left out, is said by `warroom after-action`.

    \b
    Examples:
      warroom drill --guided
      warroom drill region-failover --speed 120
      warroom drill --list
    """
    folders = (settings_in_use().drills,)
    if listing:
        say(_listed(folders, aloud=aloud))
    elif guided:
        _take_part(context, find(name, folders))
    else:
        _watch(context, find(name, folders), speed)


def _take_part(context: click.Context, path: Path) -> None:
    if not at_terminal():
        raise WrongUsage("To take part needs a terminal; without --guided the drill plays itself.")
    guide, front = Guide(load(path)), front_desk()
    opened = accepted(guide.declare(front))
    context.exit(console(front, opened.incident.number, guide))


def _watch(context: click.Context, path: Path, speed: int) -> None:
    player, front = Player(load(path), speed if at_terminal() else math.inf), front_desk()
    opened = accepted(player.declare(front))
    if at_terminal():
        context.exit(console(front, opened.incident.number, player))
    player.play_out(opened)
    say(opened.incident.number)


def _listed(folders: Sequence[Path], *, aloud: bool) -> str:
    rows = []
    for name, path in available(folders):
        try:
            rows.append((name, load(path).about))
        except DrillError as exc:
            complain(str(exc))
    return spoken.rows(rows, ": ", aloud=aloud)
