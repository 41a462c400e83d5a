"""Verbs that record something."""

from datetime import datetime
from typing import Any

import click

from warroom import verbs
from warroom.cli.here import accepted, at_option, desk, front_desk, incident_option
from warroom.cli.out import complain, said, say
from warroom.desk import Desk, Done
from warroom.incident.commands import Refused
from warroom.incident.evolve import AMENDING
from warroom.incident.wording import wording
from warroom.verbs import Intention


@click.command("declare")
@click.argument("title")
@click.option("--severity", metavar="LEVEL", default="", help="The severity, where it is known.")
@click.option("--playbook", metavar="NAME|FILE", default="", help="Another playbook than the built-in one.")
@click.option("--exercise", is_flag=True, help="A drill: marked as such everywhere, counted nowhere.")
@at_option
def declare_verb(title: str, severity: str, playbook: str, exercise: bool, at: datetime | None) -> None:
    """Declare an incident and print its number, alone on its line.

    \b
    Example:
      warroom declare "Production database is throwing errors" --severity SEV2
    """
    front = front_desk()
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


def _recording(verb: click.Command) -> click.Command:
    """A recording verb as a command of its own: it says where and when, and is carried out at once."""
    plan = verb.callback

    def run(at: datetime | None, incident: str | None, **words: Any) -> None:
        assert plan is not None
        carry_out(desk(incident), plan(**words), at)

    command = click.Command(verb.name, callback=run, params=list(verb.params), help=verb.help)
    return at_option(incident_option(command))


def carry_out(here: Desk, intention: Intention, at: datetime | None) -> None:
    """Carry out an intention and say what came of it, a line for each fact."""
    outcome: Done | Refused = here.do_at(intention.at or at, intention.do)
    done = accepted(outcome, here.incident.playbook)
    for event in done.events:
        if not isinstance(event.fact, AMENDING):
            words = wording(event, done.incident)
            say(said(done.incident.number, event.occurred_at, words.sign, words.text))


tick_verb = _recording(verbs.tick)
severity_verb = _recording(verbs.severity)
phase_verb = _recording(verbs.phase)
mitigate_verb = _recording(verbs.mitigate)
assess_verb = _recording(verbs.assess)
impact_verb = _recording(verbs.impact)
stamp_verb = _recording(verbs.stamp)
close_verb = _recording(verbs.close)
