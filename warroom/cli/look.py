"""Verbs that look and change nothing."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.here import desk, front_desk, incident_option, json_option
from warroom.cli.out import complain, plain, say, stamp, to_json
from warroom.incident import timing
from warroom.incident.events import Event
from warroom.incident.incident import ActionItem, Incident
from warroom.incident.matters import matters
from warroom.incident.record import Record
from warroom.incident.short_id import short
from warroom.incident.text import printable
from warroom.incident.wording import impact_in_words, wording

_NONE = "No incidents yet. Declare one: warroom declare TITLE"
_LATEST = 8  # entries that `status` prints


# ── list ───────────────────────────────────────────────────────────────────────────────────────


@click.command("list")
@click.option("--all", "everything", is_flag=True, help="Exercises too.")
@json_option
@plain_option
def list_verb(everything: bool, as_json: bool, aloud: bool) -> None:
    """List incidents, active ones first, then the latest first. Exercises are left out without --all.

    \b
    Example:
      warroom list --all
    """
    front = front_desk()
    all_of_them = front.summaries()
    found = [summary for summary in all_of_them if everything or not summary.exercise]
    for number, why in front.unreadable.items():
        complain(f"{number} cannot be read: {why}")
    if as_json:
        say(to_json([_renamed(plain(summary)) for summary in found]))
        return
    if not found:
        say("No incidents but exercises: warroom list --all" if all_of_them else _NONE)
        return
    rows = (
        (
            summary.number,
            "exercise" if summary.exercise and summary.status == "active" else summary.status,
            summary.severity or "-",
            summary.phase,
            stamp(summary.declared_at),
            summary.title,
        )
        for summary in found
    )
    click.echo(spoken.rows(rows, aloud=aloud))  # clean already, and it may be long


def _renamed(summary: dict[str, Any]) -> dict[str, Any]:
    return {"id": summary.pop("number"), **summary}


# ── status ─────────────────────────────────────────────────────────────────────────────────────


@click.command("status")
@json_option
@plain_option
@incident_option
def status_verb(as_json: bool, aloud: bool, incident: str | None) -> None:
    """Say where an incident stands.

    \b
    Examples:
      warroom status
      warroom status --json | jq .severity
    """
    here = desk(incident, reading=True)
    found, now = here.incident, here.now()
    say(to_json(status(found, now)) if as_json else "\n".join(_status_lines(found, now, aloud=aloud)))


def status(incident: Incident, now: datetime) -> dict[str, Any]:
    """Where an incident stands, as `status --json` prints it."""
    done, total = incident.progress()
    return {
        "id": incident.number,
        "title": incident.title,
        "severity": incident.severity,
        "phase": {"number": incident.phase.number, "name": incident.phase.name},
        "status": incident.status,
        "exercise": incident.exercise,
        "closure": incident.closure,
        "commander": incident.commander,
        "elapsed_seconds": int(timing.elapsed(incident, now).total_seconds()),
        "milestones": timing.milestones(incident),
        "durations": timing.durations(timing.milestones(incident)),
        "impact": incident.impact,
        "checklist": {"done": done, "total": total},
        "mitigations": incident.mitigations,
        "action_items": incident.action_items,
        "overdue": [matter for matter in matters(incident, now) if matter.overdue(now)],
        "timeline": [entry(event, incident) for event in incident.timeline],
    }


def entry(event: Event, incident: Incident) -> dict[str, Any]:
    """One event as JSON has it."""
    return {
        "id": event.id,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "by": event.by,
        "kind": kind(event),
        "text": wording(event, incident).text,
        "struck": incident.is_struck(event.id),
        "pinned": incident.is_pinned(event.id),
    }


def kind(event: Event) -> str:
    """The name that a fact has in the file."""
    return str(event.fact.__struct_config__.tag)


def _status_lines(incident: Incident, now: datetime, *, aloud: bool) -> Iterator[str]:
    done, total = incident.progress()
    yield from head(incident, aloud=aloud)
    yield ""
    yield spoken.rows(
        (
            ("Phase", f"{incident.phase.number} {incident.phase.name} · {done} of {total} actions settled"),
            ("Elapsed", timing.clock(timing.elapsed(incident, now), hours=True)),
            ("Commander", incident.commander or "nobody"),
            ("Impact", impact_in_words(incident.impact) or "not assessed"),
            (
                "Mitigation",
                ", ".join(f"{m.strategy} ({m.outcome or 'under way'})" for m in incident.mitigations)
                or "none",
            ),
        ),
        ": ",
        aloud=aloud,
    )
    overdue = [printable(matter.text) for matter in matters(incident, now) if matter.overdue(now)]
    yield from _section("Overdue", overdue)
    yield from _section("Action items", (_action_item(item, aloud=aloud) for item in incident.action_items))
    latest = incident.timeline[-_LATEST:]
    yield from _section("Latest", (line(event, incident, aloud=aloud) for event in latest))


def head(incident: Incident, *, aloud: bool) -> Iterator[str]:
    """Which incident it is, how severe, and what it is called."""
    severity = printable(incident.severity or "") or "no severity yet"
    exercise = "exercise" if incident.exercise else ""
    joint = ", " if aloud else "  "
    yield joint.join(filter(None, (incident.number, severity, incident.status, exercise)))
    yield printable(incident.title)


def _section(title: str, lines: Any) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *(f"  {line}" for line in found))


def _action_item(item: ActionItem, *, aloud: bool) -> str:
    due = f"due {item.due}" if item.due else "no due date"
    said = printable(f"{item.text} · {item.owner or 'no owner'} · {due}")
    if aloud:
        return f"{item.status}: {spoken.in_words(said)}, id {short(item.id)}"
    return f"{short(item.id)}  {item.status:7}  {said}"


def line(event: Event, incident: Incident, *, aloud: bool, more: str = "") -> str:
    """The id of what happened, when it was, what it was, and more about it; the id last where it is heard."""
    said = wording(event, incident)
    text = printable(said.text)  # line ends in a doctored file must not look like further entries
    shown, ident = f"{spoken.line(said.sign, text, aloud=aloud)}{more}", printable(short(event.id))
    when = stamp(event.occurred_at)
    return f"{when}, {shown}, id {ident}" if aloud else f"{ident}  {when}  {shown}"


# ── show ───────────────────────────────────────────────────────────────────────────────────────


@click.command("show")
@json_option
@plain_option
@incident_option
def show_verb(as_json: bool, aloud: bool, incident: str | None) -> None:
    """Print the whole record, in the order in which it was entered; what was undone is marked.

    Each entry has its id first, by which `warroom entry` takes it.

    \b
    Example:
      warroom show -i INC-2026-0042
    """
    record = desk(incident, reading=True).record
    say(to_json(_record(record)) if as_json else "\n".join(_record_lines(record, aloud=aloud)))


def _record(record: Record) -> dict[str, Any]:
    incident, undone = record.incident, record.undone
    events = [
        {
            **entry(event, incident),
            "act": event.act,
            "clock": event.clock,
            "retracted": event.act in undone,
            "fact": plain(event.fact),
        }
        for event in record
    ]
    return {"id": incident.number, "title": incident.title, "events": events}


def _record_lines(record: Record, *, aloud: bool) -> Iterator[str]:
    yield from head(record.incident, aloud=aloud)
    yield ""
    for event in record:
        yield record_line(event, record.incident, record.undone, aloud=aloud)


def record_line(event: Event, incident: Incident, undone: frozenset[str], *, aloud: bool) -> str:
    """One event of the record, by whom, and what became of it."""
    marks = (
        ("undone", event.act in undone),
        ("struck", incident.is_struck(event.id)),
        ("pinned", incident.is_pinned(event.id)),
        (f"entered {stamp(event.recorded_at)}", event.late),
    )
    found = [mark for mark, holds in marks if holds]
    by = printable(event.by)
    if aloud:
        return line(event, incident, aloud=True, more=", ".join([f", by {by}", *found]))
    return line(event, incident, aloud=False, more=f"  ({by}){''.join(f'  [{mark}]' for mark in found)}")
