"""Verbs of the commander's instruments, and those that say what is due, who is on what and what to tell."""

from datetime import datetime

import click

from warroom.cli.here import desk, incident_option, json_option
from warroom.cli.out import plain, say, stamp, table, to_json
from warroom.cli.record import recording
from warroom.composer import compose
from warroom.incident.board import board
from warroom.incident.briefing import briefing
from warroom.incident.cadence import AUDIENCES
from warroom.incident.events import Audience
from warroom.incident.matters import Matter, matters
from warroom.incident.timing import clock
from warroom.verbs import instruments, people


@click.command("due")
@json_option
@incident_option
def due_verb(as_json: bool, incident: str | None) -> None:
    """Say what is due and will be due, the most urgent first, and which clock it runs on.

    \b
    Example:
      warroom due
    """
    here = desk(incident, reading=True)
    now = here.now()
    found = matters(here.incident, now)
    if as_json:
        say(to_json([{"id": matter.id, **plain(matter), "overdue": matter.overdue(now)} for matter in found]))
    else:
        say(table([_due(matter, now) for matter in found]) if found else "Nothing is due.")


def _due(matter: Matter, now: datetime) -> tuple[str, ...]:
    over = matter.overdue(now)
    span = clock(now - matter.due_at if over else matter.due_at - now)
    when = f"{span} over" if over else f"in {span}"
    return (when, stamp(matter.due_at), matter.id, f"{matter.text} (runs from {matter.clock})")


@click.command("board")
@incident_option
def board_verb(incident: str | None) -> None:
    """Say who is on what, and who is free.

    \b
    Example:
      warroom board
    """
    here = desk(incident, reading=True)
    rows = []
    for line in board(here.incident):
        for task in line.assignments:
            due = f"check back {stamp(task.due_at)}" if task.due_at else "no time-box"
            rows.append((line.who, task.task, due))
        if not line.assignments:
            rows.append((line.who, "free", ""))
    say(table(rows) if rows else "Nobody responds yet.")


@click.command("draft")
@click.argument("audience", type=click.Choice(AUDIENCES, case_sensitive=False))
@incident_option
def draft_verb(audience: Audience, incident: str | None) -> None:
    """Draft a status update from what is so. Nothing goes out: read it, send it, then log it with `update`.

    \b
    Example:
      warroom draft external
    """
    here = desk(incident, reading=True)
    say(compose(here.incident, audience, here.now()).rstrip("\n"))


@click.command("briefing")
@incident_option
def briefing_verb(incident: str | None) -> None:
    """Print the briefing for a transfer of command.

    \b
    Example:
      warroom briefing
    """
    here = desk(incident, reading=True)
    say(briefing(here.incident, here.now()))


page_verb = recording(people.page)
answer_verb = recording(people.answer)
join_verb = recording(people.join)
release_verb = recording(people.release)
role_verb = recording(people.role)
escalate_verb = recording(people.escalate)
assign_verb = recording(people.assign)
check_back_verb = recording(people.check_back)
offer_command_verb = recording(people.offer_command)
accept_command_verb = recording(people.accept_command)
decline_command_verb = recording(people.decline_command)
update_verb = recording(instruments.update)
cadence_verb = recording(instruments.cadence)
decide_verb = recording(instruments.decide)
verify_decision_verb = recording(instruments.verify_decision)
fallback_verb = recording(instruments.fallback)
snooze_verb = recording(instruments.snooze)
