"""The tables of the playbook: severity, mitigations and what they did, fallback procedures."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal

from warroom.console.acts import escalations, verdicts
from warroom.console.decision_rows import Row, Tab
from warroom.console.decisions import Decisions
from warroom.console.dialogs import Ask, Choice, Menu
from warroom.incident import commands, entry, timing
from warroom.incident import events as e
from warroom.incident.commands.response import VERIFY_TIME
from warroom.incident.incident import Mitigation
from warroom.incident.series import attached

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def to_table(room: "WarRoom", tab: Tab) -> None:
    """Go to a decision table."""
    room.query_one(Decisions).turn_to(tab)
    room.focus_pane("decisions")


def to_severities(room: "WarRoom") -> None:
    """Go to the decision tables, the severities first."""
    to_table(room, "severity")


def to_mitigations(room: "WarRoom") -> None:
    """Go to the mitigation table."""
    if room.may("mitigate"):
        to_table(room, "mitigation")


def to_escalations(room: "WarRoom") -> None:
    """Go to the escalation paths, to the one that is due or waits for an answer."""
    if room.may("escalate"):
        to_table(room, "escalate")
        room.query_one(Decisions).show_waiting()


def to_fallbacks(room: "WarRoom") -> None:
    """Go to the fallback procedures."""
    to_table(room, "fallback")


def to_row(room: "WarRoom", tab: Tab, subject: str) -> None:
    """Go to the row of a table that is about something."""
    to_table(room, tab)
    room.query_one(Decisions).show(subject)


def choose_row(room: "WarRoom", row: Row, how: Literal["ask", "at once"]) -> None:
    """Do what a row of the decision tables stands for."""
    decision = room.now_so.decision(row.subject)
    if row.tab == "severity":
        room.do(commands.set_severity, row.choice, row.condition)
    elif row.tab == "mitigation":
        mitigation = room.now_so.mitigation(row.subject)
        if mitigation:
            assess(room, mitigation)
        else:
            mitigate(room, row.choice, row.condition)
    elif row.tab == "escalate":
        escalations.choose(room, row, how)
    elif row.tab == "fallback":
        room.do(commands.invoke_fallback, row.condition)
    elif decision:
        verdicts.ask_verdict(room, decision)
    else:
        room.do(commands.take_decision, row.subject, row.condition, row.choice)


# ── mitigations ────────────────────────────────────────────────────────────────────────────────


def mitigate(room: "WarRoom", strategy: str, condition: str = "") -> None:
    """Ask what exactly is done and when its outcome is to be asked for, and start the mitigation."""
    known = room.now_so.playbook.strategy(strategy)
    body = [(f"When to use it: {known.when}", "dim")] if known and known.when else []
    ask = Ask(
        f"Mitigation: {strategy}",
        placeholder="what exactly? connection pool 100 → 200 5m (may be empty)",
        required=False,
        body=body,
        hint="{accept} starts it · {leave-dialog} leaves",
        preview=_preview,
    )

    def start(typed: str) -> None:
        note, timebox = _with_timebox(typed)
        room.do(commands.start_mitigation, strategy, condition, note, timebox=timebox)

    room.ask(ask, start)


def _with_timebox(typed: str) -> tuple[str, timedelta | None]:
    """What was typed, and the time-box that stands last in it as in an assignment."""
    note, _, last = typed.strip().rpartition(" ")
    timebox = entry.span(last)
    return (note, timebox) if timebox else (typed, None)


def _preview(typed: str) -> str:
    _, timebox = _with_timebox(typed)
    asked = timing.spoken(timebox or VERIFY_TIME)
    return f"its outcome is asked for in {asked}"


_OUTCOMES: dict[e.Outcome, tuple[str, str]] = {
    "effective": ("impact is gone or reduced to what is acceptable", "good"),
    "partial": ("better, but the incident still counts as unmitigated", "warn"),
    "ineffective": ("no change", ""),
    "regressed": ("worse than before", "bad"),
}


def assess(room: "WarRoom", mitigation: Mitigation) -> None:
    """Ask what a mitigation did; when it made things worse, offer the fallback for that."""
    since = timing.clock(room.desk.now() - mitigation.started_at)
    choices = [
        Choice(name, name.capitalize(), f"outcome-{name}", note, tone=tone)
        for name, (note, tone) in _OUTCOMES.items()
    ]

    def assessed(outcome: str) -> None:
        if outcome == "regressed":
            room.do_then(partial(_after_regression, room), commands.assess, outcome, mitigation.id)
        else:
            room.do(commands.assess, outcome, mitigation.id)

    about = f"{mitigation.strategy}{f': {mitigation.note}' if mitigation.note else ''}"
    measured = attached(room.now_so).get(mitigation.id, ())
    figures = [(f"{metric.name}: {metric.before} → {metric.after}", "strong") for metric in measured[-5:]]
    body = [(f"started {since} ago", "dim"), *figures, ("", "")]
    room.ask(Menu(f"What did it do? {about}", choices, body=body), assessed)


def verify(room: "WarRoom", subject: str) -> None:
    """Ask what a mitigation did, or whether a decision held."""
    mitigation, decision = room.now_so.mitigation(subject), room.now_so.decision(subject)
    to_row(room, "mitigation" if mitigation else "other", subject)
    if mitigation:
        assess(room, mitigation)
    elif decision:
        verdicts.ask_verdict(room, decision)


# ── fallback procedures ────────────────────────────────────────────────────────────────────────


def _after_regression(room: "WarRoom") -> None:
    fallbacks = room.now_so.playbook.fallbacks
    found = next((f for f in fallbacks if "regress" in f.condition.casefold()), None)
    if found is not None:
        _offer_fallback(room, found.condition, found.action)


def offer_fallback(room: "WarRoom", condition: str) -> None:
    """Go to a fallback procedure whose condition is met, and ask whether it is invoked."""
    to_row(room, "fallback", condition)
    found = next((f for f in room.now_so.playbook.fallbacks if f.condition == condition), None)
    if found is not None:
        _offer_fallback(room, found.condition, found.action)


def _offer_fallback(room: "WarRoom", condition: str, action: str) -> None:
    menu = Menu(
        condition,
        [Choice("invoke", action, "fallback-invoke", "invoke the fallback procedure")],
        body=[("The playbook has a fallback for this.", "dim"), ("", "")],
    )
    room.ask(menu, lambda _: room.do(commands.invoke_fallback, condition))
