"""Verbs of the commander's instruments, and those that say what is due and who is on what."""

from datetime import datetime

import click

from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.here import desk, incident_option, json_option
from warroom.cli.out import plain, say, stamp, table, to_json
from warroom.cli.record import recording
from warroom.incident.board import board
from warroom.incident.matters import Matter, matters
from warroom.incident.short_id import shortened
from warroom.incident.timing import clock
from warroom.verbs import instruments, people


@click.command("due")
@json_option
@plain_option
@incident_option
def due_verb(as_json: bool, aloud: bool, incident: str | None) -> None:
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
    elif not found:
        say("Nothing is due.")
    else:
        say(
            "\n".join(_aloud(matter, now) for matter in found)
            if aloud
            else table(_due(m, now) for m in found)
        )


def _aloud(matter: Matter, now: datetime) -> str:
    said = f"{matter.text}, {_when(matter, now)}, at {stamp(matter.due_at)}, runs from {matter.clock}"
    return spoken.in_words(f"{said}, id {shortened(matter.id)}")


def _due(matter: Matter, now: datetime) -> tuple[str, ...]:
    return (
        _when(matter, now),
        stamp(matter.due_at),
        shortened(matter.id),
        f"{matter.text} (runs from {matter.clock})",
    )


def _when(matter: Matter, now: datetime) -> str:
    over = matter.overdue(now)
    span = clock(now - matter.due_at if over else matter.due_at - now)
    return f"{span} over" if over else f"in {span}"


@click.command("board")
@plain_option
@incident_option
def board_verb(aloud: bool, incident: str | None) -> None:
    """Say who is on what, and who is free.

    \b
    Example:
      warroom board
    """
    here = desk(incident, reading=True)
    rows: list[tuple[str, ...]] = []
    for line in board(here.incident):
        for task in line.assignments:
            due = f"check back {stamp(task.due_at)}" if task.due_at else "no time-box"
            rows.append((line.who, task.task, due))
        if not line.assignments:
            rows.append((line.who, "free"))
    say(spoken.rows(rows, aloud=aloud) if rows else "Nobody responds yet.")


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
choose_verb = recording(instruments.choose)
decide_verb = recording(instruments.decide)
verify_decision_verb = recording(instruments.verify_decision)
fallback_verb = recording(instruments.fallback)
snooze_verb = recording(instruments.snooze)
