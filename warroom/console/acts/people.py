"""People: paged, acknowledged, joined, in a role, released; and the rows of the team pane."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, get_args

from warroom.console.acts import assignments, command
from warroom.console.ask_who import AskWho
from warroom.console.dialogs import Choice, Menu
from warroom.console.team import Subject, Team, What, times
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.fallbacks import unreachable
from warroom.incident.incident import COMMANDER, Assignment, CommandOffer, Incident, Member
from warroom.incident.roster import span_warning

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def to_team(room: "WarRoom") -> None:
    """Go to the response team, to whoever waits first."""
    room.focus_pane("team")
    room.query_one(Team).show_waiting()


def to_row(room: "WarRoom", subject: str) -> None:
    """Go to a person or an assignment, and ask what became of it."""
    room.focus_pane("team")
    room.query_one(Team).show(subject)
    found = room.now_so.assignment(subject) or room.now_so.team.get(subject)
    if found:
        with_row(room, "ask", found)


def with_row(room: "WarRoom", what: What, subject: Subject | None) -> None:
    """Do something with a row of the team pane."""
    if what == "join":
        join(room)
    elif what == "page" or (what == "ask" and subject is None):
        page(room)
    elif subject is None:
        room.say("Nobody is there yet.")
    elif isinstance(subject, CommandOffer):
        command.with_offer(room, what, subject)
    elif isinstance(subject, Assignment):
        assignments.with_assignment(room, what, subject)
    else:
        _with_member(room, what, subject)


# ── somebody who may be new ────────────────────────────────────────────────────────────────────


def page(room: "WarRoom") -> None:
    """Ask whom, with the contacts of those who are on the roster."""
    body = [("Call them yourself; the console records the page.", "dim"), ("", "")]
    here = [member.who for member in room.now_so.responding]
    ask = AskWho("Page", room.now_so, room.console.roster(), last=here, body=body)
    room.ask(ask, lambda who: room.do(commands.page, who))


def join(room: "WarRoom") -> None:
    """Ask who joined."""
    ask = AskWho("Joined", room.now_so, room.console.roster())
    room.ask(ask, lambda who: _joined(room, who))


def _joined(room: "WarRoom", who: str) -> None:
    room.do_then(partial(_warn_of_span, room, span_warning(room.now_so)), commands.join, who)


def _warn_of_span(room: "WarRoom", before: str | None) -> None:
    """Say that more people respond than one person can lead, when somebody more has joined."""
    warning = span_warning(room.now_so)
    if warning and warning != before:
        room.say(f"{warning}.", bad=True)


# ── somebody of the team ───────────────────────────────────────────────────────────────────────


def _with_member(room: "WarRoom", what: What, member: Member) -> None:
    who = member.who
    if what == "arrive":
        room.do_then(partial(_warn_of_span, room, span_warning(room.now_so)), _arrived, who)
    elif what == "release":
        room.do(commands.release, who)
    elif what == "role":
        _ask_role(room, who)
    else:
        _ask_about(room, member)


def _arrived(incident: Incident, now: datetime, who: str) -> commands.Outcome:
    """Answered, then joined: decided when its turn comes, so that two quick presses are both."""
    member = incident.team.get(who)
    if member and member.unanswered:
        return commands.acknowledge_page(incident, now, who)
    return commands.join(incident, now, who)


def _ask_role(room: "WarRoom", who: str) -> None:
    roles = [Choice(role, role, str(number)) for number, role in enumerate(get_args(e.Role), 1)]
    room.ask(Menu(f"{who}: which role?", roles), lambda role: room.do(commands.assign_role, who, role))


def _ask_about(room: "WarRoom", member: Member) -> None:
    who, person = member.who, room.console.roster().person(member.who)
    known = (person.name, ", ".join(person.roles), person.contact) if person else ()
    said = ((" · ".join(filter(None, known)), "strong"), (" · ".join(t for t, _ in times(member)), "dim"))
    body = [*((text, tone) for text, tone in said if text), ("", "")]
    choices = [
        Choice("ack", "Acknowledged the page", "person-answered"),
        Choice("join", "Joined", "person-joined"),
        Choice(
            "commander", "Takes command at once", "person-commander", "without an offer: nobody can hand over"
        ),
        Choice("role", "Takes another role", "person-role"),
        Choice("assign", "Gets an assignment", "person-assignment", "with a time-box"),
        Choice("page", "Page again", "person-page"),
        Choice("release", "Released", "person-released"),
    ]
    backup = unreachable(room.now_so) if member.unanswered else None
    if backup:
        choices.insert(1, Choice("backup", f"Fallback: {backup.action}", "person-backup", backup.condition))

    def chosen(what: str) -> None:
        if what == "ack":
            room.do(commands.acknowledge_page, who)
        elif what == "join":
            _joined(room, who)
        elif what == "commander":
            room.do(commands.assign_role, who, COMMANDER)
        elif what == "role":
            _ask_role(room, who)
        elif what == "assign":
            assignments.assign(room, who)
        elif what == "page":
            room.do(commands.page, who)
        elif what == "backup" and backup:
            room.do(commands.invoke_fallback, backup.condition)
        else:
            room.do(commands.release, who)

    room.ask(Menu(who, choices, body=body), chosen)
