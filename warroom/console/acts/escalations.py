"""Escalations: raised by a path of the playbook or freely, answered, passed on to the next contact."""

from typing import TYPE_CHECKING, Literal

from warroom.console.countdown import countdown
from warroom.console.decision_rows import Row
from warroom.console.dialogs import Choice, Menu
from warroom.incident import commands, timing
from warroom.incident.escalation import ANSWER_TIME, next_contact
from warroom.incident.fallbacks import unreachable
from warroom.incident.incident import Escalation

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def choose(room: "WarRoom", row: Row, how: Literal["ask", "at once"]) -> None:
    """Raise an escalation, or say what became of the one that waits for an answer.

    At once: whom the row names was called, or has answered.
    """
    escalation = room.now_so.escalation(row.subject)
    waiting = escalation is not None and escalation.acknowledged_at is None
    if waiting and how == "at once":
        room.do(commands.acknowledge_escalation, row.subject)
    elif waiting:
        ask_answer(room, row.subject)
    elif how == "at once":
        room.do(commands.escalate, row.choice, row.condition)
    else:
        ask_to_raise(room, row.choice, row.condition, row.more)


def ask_to_raise(room: "WarRoom", to: str, trigger: str, more: str = "") -> None:
    """Name whom it goes to and what the playbook says besides, and ask for an explicit key."""
    said = [(more, "strong")] if more else []
    menu = Menu(
        f"Escalate to {to}?",
        [Choice("raise", f"Raised: {to} was called", "escalation-raised", trigger)],
        body=[*said, ("The console records it; call them yourself.", "dim"), ("", "")],
    )
    room.ask(menu, lambda _: room.do(commands.escalate, to, trigger))


def offer(room: "WarRoom", trigger: str) -> None:
    """Ask whether the path is taken whose trigger has become true."""
    path = next((path for path in room.now_so.playbook.escalations if path.trigger == trigger), None)
    if path is not None:
        ask_to_raise(room, path.to, path.trigger, " · ".join(path.more))


def ask_answer(room: "WarRoom", subject: str) -> None:
    """Ask whether an escalation was answered, or who is called instead."""
    escalation = room.now_so.escalation(subject)
    if escalation is None:
        return
    behind, backup = next_contact(room.now_so, escalation), unreachable(room.now_so)
    choices = [Choice("answered", f"{escalation.to} answered", "escalation-answered")]
    if behind:
        choices.append(
            Choice("next", f"Next contact: {behind} was called", "escalation-next", "call them yourself")
        )
    if backup:
        choices.append(Choice("backup", f"Fallback: {backup.action}", "escalation-backup", backup.condition))

    def chosen(what: str) -> None:
        if what == "answered":
            room.do(commands.acknowledge_escalation, subject)
        elif what == "next" and behind:
            room.do(commands.escalate, behind, escalation.trigger)
        elif backup:
            room.do(commands.invoke_fallback, backup.condition)

    body = [(_how_long(room, escalation), "dim"), ("", "")]
    room.ask(Menu(f"Escalated to {escalation.to}", choices, body=body), chosen)


def _how_long(room: "WarRoom", escalation: Escalation) -> str:
    now = room.desk.now()
    since = timing.clock(now - escalation.raised_at)
    due = timing.after(escalation.raised_at, ANSWER_TIME)
    waits = "nobody answered" if now >= due else f"the next contact is due {countdown(due, now)}"
    return f"raised {since} ago; {waits}"
