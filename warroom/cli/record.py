"""Verbs that record something."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from warroom import verbs
from warroom.cli.group import Refusal
from warroom.cli.here import accepted, at_option, desk, front_desk, incident_option
from warroom.cli.out import complain, say
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


class _Log(click.Command):
    """A command whose text may look like options: `-12m rolled back`, `--force was missing`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words. A NUL, which no argument can hold and no entry keeps, says that one is text."""
        return super().parse_args(ctx, [f"\0{word}" if _TEXT.match(word) else word for word in args])


_TEXT = re.compile(r"-[^-i]")  # -i is the only short option


@click.command("log", cls=_Log, context_settings={"ignore_unknown_options": True})
@click.argument("text", nargs=-1, required=True)
@at_option
@incident_option
def log_verb(text: tuple[str, ...], at: datetime | None, incident: str | None) -> None:
    """Log an entry; `-` reads one entry per line from standard input and keeps all of them or none.

    \b
    A line is taken as on the console's entry line:
      Error rate 45 % of requests            a note
      14:05 batch job deployed               a note about earlier; also -12m, yesterday 23:50, ISO 8601
      @bob check web latency 3m              an assignment with its time-box
      todo add pool monitoring @sre fri      an action item with owner and due date
      error rate: 45% -> 5%                  a metric, before and after
      root cause: batch job holds connections    a finding; also factor: … and lesson: …
      \\@bob said so                          a note, whatever it looks like

    A time at the beginning of a line counts more than --at.

    \b
    Examples:
      warroom log "error rate: 45% -> 5%"
      tail -n 20 notes.txt | warroom log -
    """
    if text == ("-",):
        _log_all(desk(incident), at)
        return
    here = desk(incident)
    found = verbs.entered(" ".join(text), here.now())
    if found is None:
        raise Refusal("There is nothing to log.")
    _carry_out(here, found, at)


def _log_all(here: Desk, at: datetime | None) -> None:
    now = here.now()
    found = [intention for line in _standard_input() if (intention := verbs.entered(line, now))]
    if not found:
        raise Refusal("There is nothing to log: standard input has no text.")
    done = accepted(here.do_all((intention.at or at, intention.do) for intention in found))
    say(f"{done.incident.number}: {len(found)} {'entries' if len(found) > 1 else 'entry'} logged")


def _standard_input() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")


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

    def carry_out(at: datetime | None, incident: str | None, **words: Any) -> None:
        assert plan is not None
        _carry_out(desk(incident), plan(**words), at)

    command = click.Command(verb.name, callback=carry_out, params=list(verb.params), help=verb.help)
    return at_option(incident_option(command))


def _carry_out(here: Desk, intention: Intention, at: datetime | None) -> None:
    outcome: Done | Refused = here.do_at(intention.at or at, intention.do)
    done = accepted(outcome, here.incident.playbook)
    for event in done.events:
        if not isinstance(event.fact, AMENDING):
            said = wording(event, done.incident)
            say(f"{done.incident.number}  {event.occurred_at:%H:%M}  {said.sign} {said.text}")


tick_verb = _recording(verbs.tick)
severity_verb = _recording(verbs.severity)
phase_verb = _recording(verbs.phase)
mitigate_verb = _recording(verbs.mitigate)
assess_verb = _recording(verbs.assess)
impact_verb = _recording(verbs.impact)
stamp_verb = _recording(verbs.stamp)
close_verb = _recording(verbs.close)
