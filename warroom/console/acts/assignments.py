"""Assignments: given with a time-box, and at its end done, extended, reassigned, escalated or dropped."""

from datetime import timedelta
from typing import TYPE_CHECKING

from warroom.console.ask_who import AskWho
from warroom.console.countdown import countdown
from warroom.console.dialogs import Ask, Choice, Menu
from warroom.console.team import What
from warroom.incident import commands, entry
from warroom.incident.board import BoardLine, board
from warroom.incident.incident import Assignment
from warroom.incident.timing import spoken

if TYPE_CHECKING:
    from datetime import datetime

    from warroom.console.war_room import WarRoom


def assign(room: "WarRoom", who: str) -> None:
    """Ask for a task, with its time-box last."""

    def typed(task: str) -> None:
        line = entry.parse(f"{who} {task}", room.desk.now())
        if line and isinstance(line.meaning, entry.AssignmentLine):
            given = line.meaning
            room.do(commands.assign, given.who, given.task, given.timebox)

    def preview(task: str) -> str:
        return entry.described(entry.parse(f"{who} {task}", room.desk.now()), room.desk.now())

    room.ask(Ask(f"Assignment for {who}", placeholder="check web latency 3m", preview=preview), typed)


def with_assignment(room: "WarRoom", what: What, assignment: Assignment) -> None:
    """Ask what became of an assignment, or say so at once."""
    if what == "arrive":
        room.do(commands.check_back, assignment.id, "done")
    elif what == "release":
        room.do(commands.check_back, assignment.id, "dropped")
    elif what == "role":
        _reassign(room, assignment)
    else:
        check_back(room, assignment)


def check_back(room: "WarRoom", assignment: Assignment) -> None:
    """Ask what became of an assignment."""
    choices = [
        Choice("done", "Done", "check-back-done"),
        Choice("found", "Done, and what was found …", "check-back-found"),
        Choice("5m", "Five minutes more", "check-back-5m"),
        Choice("15m", "Fifteen minutes more", "check-back-15m"),
        Choice("longer", "Another time more …", "check-back-longer"),
        Choice("reassign", "Reassign …", "check-back-reassign", "its time-box begins anew"),
        Choice("escalate", "Escalate …", "check-back-escalate"),
        Choice("dropped", "Dropped", "check-back-dropped"),
    ]

    def chosen(what: str) -> None:
        if what == "found":
            ask = Ask(f"What did {assignment.who} find?", placeholder="latency is normal since 14:50")
            room.ask(ask, lambda said: room.do(commands.check_back, assignment.id, "done", note=said))
        elif what == "longer":
            room.ask(Ask("How much longer?", placeholder="20m · 1h30m"), extended)
        elif what == "reassign":
            _reassign(room, assignment)
        elif what == "escalate":
            _escalate(room, assignment)
        elif more := entry.span(what):
            _extend(room, assignment, more)
        else:
            room.do(commands.check_back, assignment.id, what)

    def extended(typed: str) -> None:
        if more := entry.span(typed):
            _extend(room, assignment, more)
        else:
            room.say(f"{typed!r} is no span such as 20m or 1h30m.", bad=True)

    body = [(_clocks(assignment, room.desk.now()), "dim"), ("", "")]
    room.ask(Menu(f"{assignment.who} {assignment.task}", choices, body=body), chosen)


def _clocks(assignment: Assignment, now: "datetime") -> str:
    said = [f"given {assignment.given_at:%H:%M} UTC"]
    said += [f"time-box {spoken(assignment.timebox)}"] if assignment.timebox else []
    said += [f"check-back {countdown(assignment.due_at, now)}"] if assignment.due_at else []
    return " · ".join(said)


def _extend(room: "WarRoom", assignment: Assignment, more: timedelta) -> None:
    room.do(commands.check_back, assignment.id, "extended", more)


def _reassign(room: "WarRoom", assignment: Assignment) -> None:
    ask = AskWho(
        f"Reassign to: {assignment.task}", room.now_so, room.console.roster(), without=[assignment.who]
    )
    room.ask(ask, lambda who: room.do(commands.check_back, assignment.id, "reassigned", to=who))


def _escalate(room: "WarRoom", assignment: Assignment) -> None:
    paths = [path.to for path in room.now_so.playbook.escalations]
    ask = Ask(
        f"Escalate to whom? {assignment.task}",
        placeholder=" · ".join(paths[:2]) or "whom was it escalated to?",
        hint="{accept} logs it; call them yourself · {leave-dialog} leaves",
    )
    room.ask(ask, lambda whom: room.do(commands.check_back, assignment.id, "escalated", to=whom))


# ── the board ──────────────────────────────────────────────────────────────────────────────────


def show_board(room: "WarRoom") -> None:
    """List who is on what and who is free, the next check-back first, and go to one."""
    if not room.may("board"):
        return
    now, lines = room.desk.now(), board(room.now_so)
    found = {a.id: a for line in lines for a in line.assignments}
    choices = [choice for line in lines for choice in _line(line, now)]

    def chosen(what: str) -> None:
        if what in found:
            check_back(room, found[what])
        else:
            assign(room, what)

    body = [("Enter on a task asks what became of it, on a name gives them one.", "dim"), ("", "")]
    room.ask(Menu("Who is on what", choices, body=body), chosen)


def _line(line: BoardLine, now: "datetime") -> list[Choice]:
    if not line.assignments:
        return [Choice(line.who, line.who, note="free", tone="dim")]
    return [
        Choice(
            task.id,
            f"{line.who} {task.task}",
            note=_clock(task, now),
            tone="bad" if task.due_at and now >= task.due_at else "",
        )
        for task in line.assignments
    ]


def _clock(task: Assignment, now: "datetime") -> str:
    if task.due_at is None:
        return f"no time-box · since {task.given_at:%H:%M} UTC"
    mark = "▲ " if now >= task.due_at else ""
    return f"{mark}{countdown(task.due_at, now)} · check back {task.due_at:%H:%M} UTC"
