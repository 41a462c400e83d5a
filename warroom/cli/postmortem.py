"""The post-mortem, printed or written to a file."""

import os
from pathlib import Path

import click

from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.here import accepted, desk, incident_option
from warroom.cli.out import say, to_json
from warroom.incident import commands
from warroom.incident.postmortem import post_mortem, render
from warroom.incident.text import printable_lines


@click.command("postmortem")
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to a file, replacing what is there, and note in the record that it was written.",
)
@plain_option
@incident_option
def postmortem_verb(form: str, file: Path | None, aloud: bool, incident: str | None) -> None:
    """Print the post-mortem from the record; what the record does not say is stated as missing.

    \b
    Examples:
      warroom postmortem
      warroom postmortem -o INC-2026-0042.md
    """
    here = desk(incident, reading=True)
    found = post_mortem(here.incident)
    text = to_json(found) if form == "json" else render(found, here.incident.playbook.template)
    text = printable_lines(text).rstrip("\n")
    if file is None:
        say(spoken.document(text, aloud=aloud and form == "md"))
        return
    _replace(file, f"{text}\n")
    accepted(here.do(commands.post_mortem_written, str(file)))
    say(f"{here.incident.number}  post-mortem written to {file}")


def _replace(file: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    target = file.resolve()  # a symbolic link stays one
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
