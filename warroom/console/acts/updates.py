"""Status updates: for whom, in which words, how often."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from warroom.console.acts.files import ask_where
from warroom.console.countdown import countdown
from warroom.console.dialogs import Ask, Choice, Menu
from warroom.incident import commands, entry
from warroom.incident.cadence import AUDIENCES, every, last_update, next_update
from warroom.incident.events import Audience
from warroom.incident.timing import spoken

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom

_WHO: dict[Audience, str] = {"internal": "the responders", "executive": "management", "external": "customers"}


def publish_update(room: "WarRoom") -> None:
    """Ask for whom, those first who have waited longest, and compose it."""
    incident = room.now_so
    due = {audience: owed[0] for audience in AUDIENCES if (owed := next_update(incident, audience))}
    order = sorted(AUDIENCES, key=lambda audience: (audience not in due, due.get(audience)))
    choices = [_audience(room, audience) for audience in order]
    change = Choice("cadence", "Change how often …", "audience-cadence")

    def chosen(what: str) -> None:
        if what == "cadence":
            set_cadence(room)
        else:
            compose(room, cast("Audience", what))

    room.ask(Menu("Status update: for whom?", [*choices, change]), chosen)


def _audience(room: "WarRoom", audience: Audience) -> Choice:
    incident, now = room.now_so, room.desk.now()
    owed, last = next_update(incident, audience), last_update(incident, audience)
    over = owed is not None and now >= owed[0]
    due = f"{'▲' if over else 'due'} {countdown(owed[0], now)}" if owed else "none owed"
    told = f" · told {last.at:%H:%M}" if last else ""
    return Choice(
        audience, _named(audience), f"audience-{audience}", f"{due}{told}", tone="bad" if over else ""
    )


def _named(audience: Audience) -> str:
    return f"{audience.capitalize()}: {_WHO[audience]}"


def compose(room: "WarRoom", audience: Audience) -> None:
    """Draft an update for an audience, and have it read, reworded and published."""
    from warroom.composer import compose as drafted
    from warroom.console.composer import Composer

    incident = room.now_so
    name = f"draft {incident.number} update {audience}"

    def publish(text: str) -> None:
        room.do_then(partial(_published, room, audience, name), commands.publish_update, audience, text)

    def write(text: str) -> None:
        ask_where(room, "Write the update to", f"{incident.number}-update-{audience}.md", text)

    title = f"{incident.number} · status update to {_WHO[audience]} ({audience})"
    fresh = drafted(incident, audience, room.desk.now())
    room.app.push_screen(Composer(title, _WHO[audience], fresh, name=name, publish=publish, write=write))


def _published(room: "WarRoom", audience: Audience, draft: str) -> None:
    room.console.remember(draft, None)
    owed = next_update(room.now_so, audience)
    following = f"the next one is due at {owed[0]:%H:%M} UTC" if owed else "no more are owed"
    room.say(f"Logged as published to {_WHO[audience]}; {following}.")


# ── how often ──────────────────────────────────────────────────────────────────────────────────

_EVERY = ("15m", "20m", "30m", "1h")


def set_cadence(room: "WarRoom") -> None:
    """Ask which audience is to be told how often."""
    if not room.may("cadence"):
        return
    spans = {audience: every(room.now_so, audience) for audience in AUDIENCES}
    choices = [
        Choice(a, _named(a), f"audience-{a}", f"every {spoken(span)}" if span else "none owed")
        for a, span in spans.items()
    ]
    room.ask(Menu("How often is who told?", choices), lambda audience: _ask_span(room, audience))


def _ask_span(room: "WarRoom", audience: Audience) -> None:
    choices = [Choice(typed, f"Every {spoken(_span(typed))}", f"cadence-{typed}") for typed in _EVERY]
    choices += [
        Choice("none", "No more are owed", "cadence-none"),
        Choice("other", "Another span …", "cadence-other"),
    ]

    def set_to(span: timedelta | None) -> None:
        room.do(commands.set_cadence, audience, span)

    def said(typed: str) -> None:
        if span := entry.span(typed):
            set_to(span)
        else:
            room.say(f"{typed!r} is no span such as 45m or 2h.", bad=True)

    def chosen(what: str) -> None:
        if what == "other":
            room.ask(Ask(f"Updates to {_WHO[audience]} every", placeholder="45m · 2h"), said)
        else:
            set_to(None if what == "none" else _span(what))

    room.ask(Menu(f"Updates to {_WHO[audience]} ({audience})", choices), chosen)


def _span(typed: str) -> timedelta:
    span = entry.span(typed)
    assert span is not None, typed
    return span
