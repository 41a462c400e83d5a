"""Verbs that look after files: check, repair, copy out, take in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from warroom.cli.aloud import plain_option
from warroom.cli.complete import incidents
from warroom.cli.group import Refusal
from warroom.cli.here import front_desk
from warroom.cli.out import complain, say

if TYPE_CHECKING:
    from warroom.store.repair import Report


@click.command("verify")
@click.argument("number", required=False, metavar="[INC…]", shell_complete=incidents)
@plain_option
def verify_verb(number: str | None, aloud: bool) -> None:
    """Check every entry's checksum, of one incident or of all; exit with 1 when anything is unsound.

    \b
    Example:
      warroom verify INC-2026-0042
    """
    front = front_desk()
    unsound = []
    for each in [number.strip().upper()] if number else front.numbers():
        report = front.verify(each)
        found = f"{each}{': ' if aloud else '  '}{report.events:,} entries sound"
        say(found + ("" if report.sound else _findings(report)))
        if not report.sound:
            unsound.append(each)
    if unsound:
        raise Refusal(f"Unsound: {', '.join(unsound)}. Put right what can be: warroom repair {unsound[0]}")


def _findings(report: "Report") -> str:
    return "".join(f"\n  {damage}" for damage in report.damage)


@click.command("repair")
@click.argument("number", metavar="INC…", shell_complete=incidents)
def repair_verb(number: str) -> None:
    """Cut a torn end and set damaged entries aside, in a file beside; every other entry stays readable.

    \b
    Example:
      warroom repair INC-2026-0042
    """
    report = front_desk().repair(number)
    say("\n".join(report.done) if report.done else f"{report.events:,} entries sound; nothing to do")


@click.command("export")
@click.argument("number", metavar="INC…", shell_complete=incidents)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write.")
def export_verb(number: str, output: Path) -> None:
    """Write a whole incident to a file, which `import` takes in on any machine.

    \b
    Example:
      warroom export INC-2026-0042 -o INC-2026-0042.json
    """
    report = front_desk().export(number, output)
    for damage in report.damage:
        complain(f"left out of {output}: {damage}")
    say(f"{output}  {report.events:,} entries")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--renumber", is_flag=True, help="Under the next free number, if another incident has this one."
)
def import_verb(file: Path, renumber: bool) -> None:
    """Take an incident in from a file; of one that is here already, what is new in it. Nothing is lost.

    \b
    Example:
      warroom import INC-2026-0042.json
    """
    found = front_desk().take_in(file, renumber=renumber)
    for damage in found.report.damage:
        complain(f"left out of {file}: {damage}")
    say(f"{found.number}  {found.added:,} {'' if found.new else 'new '}entries taken in")
