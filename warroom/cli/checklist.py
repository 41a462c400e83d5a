"""The verb that prints an incident's checklist, and what became of each item."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from warroom.cli.aloud import in_words, plain_option
from warroom.cli.here import desk, incident_option, json_option
from warroom.cli.look import head
from warroom.cli.out import say, to_json
from warroom.cli.playbook import mandate
from warroom.incident.incident import Incident, ItemState
from warroom.incident.playbook import Phase

_SIGNS = {"open": "☐", "done": "☑", "skipped": "☒"}


class Line(NamedTuple):
    """An action, output or criterion: how deep it stands, and what became of it."""

    depth: int
    number: str
    text: str
    state: ItemState | None

    @property
    def status(self) -> str:
        """What became of it, in a word."""
        return self.state.status if self.state else "open"


@click.command("checklist")
@json_option
@plain_option
@incident_option
def checklist_verb(as_json: bool, aloud: bool, incident: str | None) -> None:
    """Print the checklist: each item with the number that `tick` and `skip` take, and what became of it.

    \b
    Example:
      warroom checklist
    """
    found = desk(incident, reading=True).incident
    say(to_json(_phases(found)) if as_json else "\n".join(_lines(found, aloud=aloud)))


def _phases(incident: Incident) -> list[dict[str, Any]]:
    return [
        {
            "number": phase.number,
            "name": phase.name,
            "current": phase is incident.phase,
            "items": [
                {"id": line.number, "text": line.text, "status": line.status, "state": line.state}
                for line in _items(incident, phase)
                if isinstance(line, Line)
            ],
        }
        for phase in incident.playbook.phases
    ]


def _items(incident: Incident, phase: Phase) -> "Iterator[Line | str]":
    """The items of a phase, with the names of the steps between them."""

    def line(depth: int, number: str, text: str) -> Line:
        return Line(depth, number, text, incident.items.get(number))

    if phase.entry:
        yield line(1, phase.entry_id, phase.entry)
    for step in phase.steps:
        yield f"  {step.id} {step.name}{mandate(step)}"
        yield from (line(2, item.id, item.text) for item in step.items())
    if phase.exit:
        yield line(1, phase.exit_id, phase.exit)


def _lines(incident: Incident, *, aloud: bool) -> Iterator[str]:
    yield from head(incident, aloud=aloud)
    for phase in incident.playbook.phases:
        done, total = incident.progress(phase)
        here = ", the phase the incident is in" if phase is incident.phase else ""
        yield from ("", f"{phase.number} {phase.name}{mandate(phase)}: {done} of {total} settled{here}")
        for line in _items(incident, phase):
            if isinstance(line, str):
                yield line.strip() if aloud else line
            else:
                yield _aloud(line) if aloud else _shown(line)


def _shown(line: Line) -> str:
    return f"{'  ' * line.depth}{_SIGNS[line.status]} {line.number}  {line.text}{_said(line)}"


def _aloud(line: Line) -> str:
    return in_words(f"{line.number}, {line.status}: {line.text}{_said(line)}")


def _said(line: Line) -> str:
    """Why it was skipped, or what the output is."""
    return f": {line.state.text}" if line.state and line.state.text else ""
