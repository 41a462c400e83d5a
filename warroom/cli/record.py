"""Verbs that record something."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from warroom.cli import complete
from warroom.cli.complete import playbooks
from warroom.cli.here import accepted, at_option, desk, front_desk, incident_option, settings_in_use
from warroom.cli.out import complain, said, say
from warroom.desk import Desk, Done
from warroom.incident import commands
from warroom.incident.commands import Refused
from warroom.incident.events import Closure, Retracted
from warroom.incident.wording import wording
from warroom.merge import merge
from warroom.verbs import Intention, action_items, checklist, course, entries


@click.command("declare")
@click.argument("title")
@click.option("--severity", metavar="LEVEL", default="", help="The severity, where it is known.")
@click.option(
    "--playbook",
    metavar="NAME|FILE",
    default="",
    shell_complete=playbooks,
    help="Another playbook than the usual one.",
)
@click.option("--exercise", is_flag=True, help="A drill: marked as such everywhere, counted nowhere.")
@at_option
def declare_verb(title: str, severity: str, playbook: str, exercise: bool, at: datetime | None) -> None:
    """Declare an incident and print its number, alone on its line.

    \b
    Example:
      warroom declare "Production database is throwing errors" --severity SEV2
    """
    front = front_desk()
    playbook = playbook or settings_in_use().options.playbook
    loaded = front.playbook(playbook)
    for warning in loaded.warnings:
        complain(str(warning))
    declared = front.declare(
        title, loaded.playbook, level=severity, exercise=exercise, source=playbook, at=at
    )
    say(accepted(declared).incident.number)


@click.command("undo")
@incident_option
def undo_verb(incident: str | None) -> None:
    """Take back your latest act. It stays in the record, marked as undone.

    \b
    Example:
      warroom undo
    """
    here = desk(incident)
    before = here.record.undoable(here.by)
    was = here.incident
    accepted(here.undo())
    for event in before:
        say(f"{was.number}  undone: {wording(event, was).text}")


@click.command("redo")
@incident_option
def redo_verb(incident: str | None) -> None:
    """Do again what your latest undo took back, unless you did something since.

    \b
    Example:
      warroom redo
    """
    here = desk(incident)
    retraction = here.record.redoable(here.by)
    done = accepted(here.redo())
    assert retraction is not None  # else it would have been refused
    assert isinstance(retraction.fact, Retracted)
    for event in here.record:
        if event.act == retraction.fact.act:
            say(f"{done.incident.number}  done again: {wording(event, done.incident).text}")


def recording(verb: click.Command) -> click.Command:
    """A recording verb as a command of its own: it says where and when, and is carried out at once."""
    plan = verb.callback

    def run(at: datetime | None, incident: str | None, **words: Any) -> None:
        assert plan is not None
        carry_out(desk(incident), plan(**words), at)

    return _as_command(verb, run)


def recordings(family: click.Group, offered: Callable[..., Any]) -> click.Group:
    """The recording verbs of a family as commands of their own; the shell completes what they are about."""
    commands = {name: recording(verb) for name, verb in family.commands.items()}
    ident = click.Argument(["ident"], metavar="ID", shell_complete=offered)
    for command in commands.values():
        command.params = [ident if each.name == ident.name else each for each in command.params]
    return click.Group(family.name, help=family.help, commands=commands)


def _as_command(verb: click.Command, run: Callable[..., None]) -> click.Command:
    command = click.Command(verb.name, callback=run, params=list(verb.params), help=verb.help)
    return at_option(incident_option(command))


def carry_out(here: Desk, intention: Intention, at: datetime | None) -> None:
    """Carry out an intention and say what came of it, a line for each fact."""
    outcome: Done | Refused = here.do_at(intention.at or at, intention.do)
    _tell(accepted(outcome, here.incident.playbook))


def _tell(done: Done) -> None:
    for event in done.events:
        words = wording(event, done.incident)
        say(said(done.incident.number, event.occurred_at, words.sign, words.text))


def _close(at: datetime | None, incident: str | None, reason: Closure, note: str, into: str) -> None:
    here, other = desk(incident), into.strip().upper()
    if other:  # it is told too
        _tell(accepted(merge(front_desk(), here, other, reason=reason, note=note, at=at)))
    else:
        _tell(accepted(here.do_at(at, commands.close, reason, note)))


tick_verb = recording(checklist.tick)
untick_verb = recording(checklist.untick)
skip_verb = recording(checklist.skip)
output_verb = recording(checklist.output)
severity_verb = recording(course.severity)
phase_verb = recording(course.phase)
mitigate_verb = recording(course.mitigate)
assess_verb = recording(course.assess)
impact_verb = recording(course.impact)
rename_verb = recording(course.rename)
stamp_verb = recording(course.stamp)
close_verb = _as_command(course.close, _close)
cancel_verb = recording(course.cancel)
reopen_verb = recording(course.reopen)
entry_verb = recordings(entries.entry, complete.entries)
action_item_verb = recordings(action_items.action_item, complete.action_items)
