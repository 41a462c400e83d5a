"""What is due: one next thing in the command bar, the way to where it is dealt with, and putting it off."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.console.seat import NARROW, Clock, Seat, seated
from warroom.console.action_items import ActionItems
from warroom.console.decisions import Decisions
from warroom.console.team import Team
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.matters import KINDS, Kind, agenda


async def do(seat: Seat, command: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Carry out a command as the console does."""
    seat.room.do(command, *args, **kwargs)
    await seat.settled()


async def go_to(seat: Seat, kind: Kind) -> None:
    """Choose a matter of a kind from the list of all that is due."""
    place = [matter.kind for matter in agenda(seat.incident)].index(kind)
    await seat.press("o", *["down"] * place, "enter")


# ── one next thing ─────────────────────────────────────────────────────────────────────────────


async def test_the_bar_says_what_is_due_next_and_by_when(seat: Seat) -> None:
    assert seat.shows("classify severity in 05:00")
    await seat.tick(minutes=4, seconds=59)
    assert seat.shows("classify severity in 00:01")


async def test_what_is_overdue_longest_comes_first_with_how_many_more(seat: Seat) -> None:
    await seat.tick(minutes=6)
    assert seat.shows("▲ classify severity · 01:00 over +1 ! goes there")
    await seat.press("d", "down", "enter")
    assert seat.shows("▲ assign a commander · 01:00 over")


async def test_in_a_narrow_bar_the_name_is_clipped_and_never_the_time(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    desk.do(commands.set_severity, "SEV4")
    desk.do(commands.assign_role, "maya", "Incident Commander")
    desk.do(commands.join, "maya")
    task = "find out why every second request of the checkout service is answered by an old version"
    desk.do(commands.assign, "bob", task, timedelta(minutes=3))
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await seat.tick(minutes=4)
        second_line = seat.text.split("\n")[1]
        assert "▲ check back: @bob find" in second_line
        assert "… · 01:00 over" in second_line
        assert "✓ saved" in second_line


async def test_action_items_stay_due_after_closing(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    desk.do(commands.open_action_item, "add pool monitoring", "@sre", clock.at.date())
    desk.do(commands.close)
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.tick(hours=10)
        assert seat.shows("■ closed: resolved", "▲ add pool monitoring · 23:00 over")
        await seat.press("!")
        assert seat.focus == "action-items"


async def test_the_bar_is_clicked_to_go_where_it_points(seat: Seat) -> None:
    await seat.pilot.click("#command-bar", offset=(60, 0))
    assert seat.focus == "checklist"
    await seat.pilot.click("#command-bar", offset=(60, 1))
    await seat.settled()
    assert seat.focus == "decisions"


async def test_where_nothing_is_due_it_says_so(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    desk.do(commands.close)
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("!", ".", "o")
        assert seat.said == ["Nothing is due.", "Nothing is due.", "Nothing is due, now or later."]


# ── the way there ──────────────────────────────────────────────────────────────────────────────


async def test_what_is_due_is_listed_in_order_with_its_clock(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV1")
    await seat.tick(minutes=6)
    await seat.press("o")
    assert seat.choices == [matter.text for matter in agenda(seat.incident)]
    assert seat.shows("▲ 01:00 over · 14:28 UTC · clock: declaration", "clock: severity")
    await seat.press("escape")
    assert seat.place == "WarRoom"


async def test_a_number_in_the_list_goes_there(seat: Seat) -> None:
    await seat.press("o", "2")
    assert seat.shows("Incident Commander")


async def _open(seat: Seat) -> None:
    """An incident in which everything is due."""
    await seat.tick(minutes=1)
    await do(seat, commands.escalate, "Engineering Manager", "> 30 min unmitigated")
    await do(seat, commands.page, "oncall")
    await do(seat, commands.assign, "bob", "check web latency", timedelta(minutes=3))
    await do(seat, commands.decide, "Freeze deploys", owner="maya", timebox=timedelta(minutes=5))
    await do(seat, commands.start_mitigation, "Rollback")
    await do(seat, commands.assess, "regressed")
    await seat.tick(minutes=1)
    await do(seat, commands.start_mitigation, "Scale")
    await do(seat, commands.open_action_item, "first", "", None)
    await do(seat, commands.open_action_item, "add pool monitoring", "", seat.clock.at.date())


async def test_a_response_is_given_where_the_alert_is_acknowledged(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV1")
    await go_to(seat, "response")
    assert seat.focus == "checklist"
    await seat.press("x")
    assert "response" not in {matter.kind for matter in agenda(seat.incident)}


async def test_a_severity_is_chosen_from_its_table(seat: Seat) -> None:
    await go_to(seat, "severity")
    assert seat.get(Decisions).tab == "severity"


async def test_a_commander_is_asked_for(seat: Seat) -> None:
    await go_to(seat, "commander")
    await seat.press("enter")
    assert seat.incident.commander == "@maya"


async def test_an_escalation_is_raised_from_its_row(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV1")
    await do(seat, commands.assess_impact, customer_facing=True)
    await seat.tick(minutes=1)
    matter = next(m for m in agenda(seat.incident) if m.subject == "Customer-facing")
    await seat.press("o", *["down"] * agenda(seat.incident).index(matter), "enter")
    await seat.press("enter", "y")
    assert seat.facts(e.EscalationRaised) == [e.EscalationRaised("Customer Success", "Customer-facing")]


@pytest.mark.parametrize(("key", "fact"), [("a", e.EscalationAcknowledged), ("n", e.EscalationRaised)])
async def test_an_escalation_that_nobody_answers_goes_on(seat: Seat, key: str, fact: type) -> None:
    await _open(seat)
    await go_to(seat, "answer")
    assert seat.shows("Escalated to Engineering Manager", "Next contact: VP was called")
    await seat.press(key)
    assert isinstance(seat.last, fact)
    first = seat.incident.escalations[0].id
    assert first not in {matter.subject for matter in agenda(seat.incident)}
    if isinstance(seat.last, e.EscalationRaised):
        assert (seat.last.to, seat.last.after) == ("VP", first)


async def test_behind_the_last_contact_stands_the_fallback_for_a_team_that_nobody_reaches(seat: Seat) -> None:
    await do(seat, commands.escalate, "VP")
    await go_to(seat, "answer")
    assert seat.shows("Fallback: Escalate to backup")
    await seat.press("f")
    assert seat.last == e.FallbackInvoked("Team unreachable", "Escalate to backup")
    assert "answer" not in {matter.kind for matter in agenda(seat.incident)}


async def test_a_fallback_is_invoked_from_its_row(seat: Seat) -> None:
    await do(seat, commands.start_mitigation, "Rollback")
    await seat.tick(minutes=1)
    await do(seat, commands.assess, "regressed")
    await go_to(seat, "fallback")
    await seat.press("enter")
    assert seat.last == e.FallbackInvoked("Fix causes regression", "Immediate rollback")


async def test_a_page_is_asked_after(seat: Seat) -> None:
    await _open(seat)
    await go_to(seat, "page")
    assert seat.focus == "choices"
    await seat.press("a")
    assert seat.last == e.PageAcknowledged("@oncall")


async def test_a_check_back_is_asked_for(seat: Seat) -> None:
    await _open(seat)
    await go_to(seat, "check-back")
    assert seat.shows("@bob check web latency")
    await seat.press("d")
    assert seat.incident.assignments[0].outcome == "done"
    assert seat.get(Team).has_focus


async def test_the_outcome_of_a_mitigation_is_asked_for(seat: Seat) -> None:
    await _open(seat)
    await do(seat, commands.verify_decision, "held")
    await go_to(seat, "verify")
    assert seat.shows("What did it do? Scale")
    await seat.press("e")
    assert seat.incident.mitigations[-1].outcome == "effective"


@pytest.mark.parametrize(("key", "verdict"), [("h", "held"), ("f", "failed")])
async def test_whether_a_decision_held_is_asked_for(seat: Seat, key: str, verdict: str) -> None:
    await _open(seat)
    await go_to(seat, "verify")
    assert seat.shows("Did it hold? Freeze deploys", "Owner: @maya")
    await seat.press(key)
    assert seat.incident.decisions[0].verdict == verdict


async def test_an_update_is_composed(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV1")
    await go_to(seat, "update")
    assert seat.place == "Composer"
    assert seat.shows("status update to customers (external)")


async def test_an_action_item_is_gone_to(seat: Seat) -> None:
    await _open(seat)
    await go_to(seat, "action item")
    assert seat.get(ActionItems).cursor == 1


async def test_an_offer_of_command_leads_to_the_team(seat: Seat) -> None:
    await do(seat, commands.assign_role, "maya", "Incident Commander")
    await do(seat, commands.offer_command, "bob")
    await go_to(seat, "command")
    assert seat.focus == "team" or seat.place != "WarRoom"


def test_every_kind_of_matter_leads_somewhere() -> None:
    """Each of these is tried above."""
    assert set(KINDS) == {
        "response", "severity", "commander", "escalate", "answer", "fallback", "page", "command", "verify",
        "check-back", "update", "action item",
    }  # fmt: skip


# ── put off ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("key", "minutes"), [("5", 5), ("1", 10), ("3", 30), ("6", 60)])
async def test_what_is_due_first_is_snoozed_by_one_key_and_one_for_how_long(
    seat: Seat, key: str, minutes: int
) -> None:
    await seat.tick(minutes=6)
    await seat.press(".")
    assert seat.shows("Snooze", "classify severity · 01:00 over")
    await seat.press(key)
    assert seat.last == e.Snoozed(
        "severity", timedelta(minutes=minutes), "classify severity", agenda(seat.incident)[0].due_at
    )
    assert seat.shows("▲ assign a commander · 01:00 over")
    assert "Snoozed for" in seat.pane("timeline")
    await seat.tick(minutes=minutes)
    assert seat.shows("▲ classify severity")


async def test_a_snooze_may_be_of_any_length(seat: Seat) -> None:
    await seat.press(".", "o")
    await seat.types("20m", "enter")
    assert seat.facts(e.Snoozed)[0].span == timedelta(minutes=20)


async def test_each_matter_can_be_snoozed_not_only_the_first(seat: Seat) -> None:
    await seat.press(".", "w", "2")
    assert seat.shows("assign a commander · in 05:00")
    await seat.press("3")
    assert seat.facts(e.Snoozed)[0].matter == "commander"


async def test_a_snooze_needs_a_span(seat: Seat) -> None:
    await seat.press(".", "o")
    await seat.types("later", "enter")
    assert seat.facts(e.Snoozed) == []
    assert "'later' is no span" in seat.said[-1]


async def test_what_is_snoozed_is_listed_last_and_says_until_when(seat: Seat) -> None:
    await seat.press(".", "1", "o")
    assert (seat.choices[0], seat.choices[-1]) == ("assign a commander", "classify severity")
    assert seat.shows("snoozed until 14:33 UTC")


async def test_a_snooze_is_taken_back(seat: Seat) -> None:
    await seat.press(".", "1", "z")
    assert seat.shows("classify severity in 05:00")
