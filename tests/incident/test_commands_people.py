"""Impact and people: who is affected, who responds."""

from collections.abc import Callable

import pytest

from tests.incident.worlds import World, at, reason, ticked
from warroom.incident import commands

# ── impact ─────────────────────────────────────────────────────────────────────────────────────


def test_each_figure_of_the_impact_ticks_its_own_action() -> None:
    world = World()
    assert ticked(world.do(5, commands.assess_impact, users=5000)) == {"2.1.2", "2.2.o1"}
    assert ticked(world.do(6, commands.assess_impact, systems=["API", "Dashboard"])) == {"2.1.1", "2.2.o1"}
    assert ticked(world.do(7, commands.assess_impact, revenue_per_hour=2000)) == {"2.1.3", "2.2.o1"}


def test_the_output_says_all_that_is_known_of_the_impact() -> None:
    world = World()
    world.do(5, commands.assess_impact, users=5000)
    world.do(6, commands.assess_impact, systems=["API", "Dashboard"], revenue_per_hour=2000)
    said = "~5,000 users · API, Dashboard down · ~$2,000/hour"
    assert world.incident.items["2.2.o1"].text == said


def test_one_undo_takes_an_assessment_and_its_ticks_back() -> None:
    world = World()
    before = world.incident
    world.do(5, commands.assess_impact, users=5000, revenue_per_hour=2000, customer_facing=True)
    world.undo()
    assert (world.incident.impact, world.incident.items) == (before.impact, before.items)


def test_what_is_not_given_stays_as_it_was() -> None:
    world = World()
    world.do(5, commands.assess_impact, users=5000, customer_facing=True)
    world.do(6, commands.assess_impact, systems=[])
    impact = world.incident.impact
    assert (impact.users, impact.systems, impact.customer_facing, impact.data_breach) == (
        5000,
        (),
        True,
        None,
    )


def test_an_assessment_entered_late_fills_gaps_and_changes_nothing_else() -> None:
    world = World()
    world.do(10, commands.assess_impact, users=5000)
    world.do(5, commands.assess_impact, users=100, data_breach=True)
    impact = world.incident.impact
    assert (impact.users, impact.data_breach, impact.assessed_at) == (5000, True, at(10))


@pytest.mark.parametrize("figure", [-1, float("nan"), float("inf"), 10**400])
def test_figures_that_cannot_be_are_refused(figure: float) -> None:
    assert "counted from zero" in reason(World().may(1, commands.assess_impact, revenue_per_hour=figure))
    assert "counted from zero" in reason(World().may(1, commands.assess_impact, users=figure))  # type: ignore[arg-type]


def test_nothing_is_no_assessment() -> None:
    assert "Nothing was assessed" in reason(World().may(1, commands.assess_impact))


# ── the response team ──────────────────────────────────────────────────────────────────────────


def test_paging_ticks_the_page_and_records_the_team() -> None:
    world = World()
    assert ticked(world.do(8, commands.page, "oncall engineer")) == {"2.2.1", "2.2.3", "2.2.o2"}
    assert world.incident.team["@oncall-engineer"].paged_at == at(8)
    world.do(9, commands.page, "@dba")
    assert world.incident.items["2.2.o2"].text == "@oncall-engineer, @dba"
    world.undo()
    world.undo()
    assert world.incident.team == {}
    assert not {"2.2.1", "2.2.3", "2.2.o2"} & set(world.incident.items)


def test_bob_is_bob_however_he_is_called() -> None:
    world = World()
    for name in ("bob", "@bob", " @ bob ", "@@bob"):
        world.do(1, commands.page, name)
    assert list(world.incident.team) == ["@bob"]


def test_somebody_must_be_named() -> None:
    world = World()
    assert "whom" in reason(world.may(1, commands.page, "@"))
    assert "Who joins" in reason(world.may(1, commands.join, " "))
    assert "Who takes" in reason(world.may(1, commands.assign_role, "", "Scribe"))
    assert "Nobody" in reason(world.may(1, commands.release, ""))
    assert "Nobody" in reason(world.may(1, commands.acknowledge_page, ""))


def test_a_page_is_acknowledged_once_by_whom_it_reached() -> None:
    world = World()
    assert "not paged" in reason(world.may(1, commands.acknowledge_page, "bob"))
    world.do(1, commands.page, "bob")
    world.do(2, commands.acknowledge_page, "bob")
    assert world.incident.team["@bob"].acknowledged_at == at(2)
    assert "already" in reason(world.may(3, commands.acknowledge_page, "bob"))


def test_a_page_repeated_waits_for_its_own_answer() -> None:
    world = World()
    world.do(1, commands.page, "bob")
    world.do(2, commands.acknowledge_page, "bob")
    world.do(9, commands.page, "bob")
    assert world.incident.team["@bob"].acknowledged_at is None


def test_who_is_here_stays_here_when_paged_again() -> None:
    world = World()
    world.do(1, commands.join, "bob")
    world.do(9, commands.page, "bob")
    assert world.incident.team["@bob"].responding


def test_who_went_home_and_is_paged_again_is_not_here_yet() -> None:
    world = World()
    world.do(1, commands.join, "bob")
    world.do(5, commands.release, "bob")
    world.do(9, commands.page, "bob")
    assert not world.incident.team["@bob"].responding


def test_joining_and_being_released() -> None:
    world = World()
    assert ticked(world.do(1, commands.join, "bob")) == {"2.2.3", "2.2.o2"}
    assert "joined already" in reason(world.may(2, commands.join, "bob"))
    world.do(3, commands.release, "bob")
    assert not world.incident.team["@bob"].responding
    assert "not responding" in reason(world.may(4, commands.release, "bob"))
    world.do(5, commands.join, "bob")
    assert [member.who for member in world.incident.responding] == ["@bob"]


def test_there_is_one_commander_and_assigning_them_ticks_the_action() -> None:
    world = World()
    assert ticked(world.do(1, commands.assign_role, "maya", "incident commander")) == {"2.2.2"}
    world.do(2, commands.assign_role, "maya", "Scribe")
    world.do(9, commands.assign_role, "bob", "Incident Commander")
    assert world.incident.commander == "@bob"
    assert world.incident.team["@maya"].roles == ("Scribe",)
    assert "already" in reason(world.may(10, commands.assign_role, "bob", "Incident Commander"))
    world.undo()
    assert world.incident.commander == "@maya"


def test_other_roles_may_be_shared() -> None:
    world = World()
    world.do(1, commands.assign_role, "ann", "Subject Matter Expert")
    world.do(2, commands.assign_role, "bob", "Subject Matter Expert")
    assert [member.roles[0] for member in world.incident.responding] == ["Subject Matter Expert"] * 2


def test_an_unknown_role_is_refused_and_names_those_there_are() -> None:
    assert "Incident Commander, Deputy" in reason(World().may(1, commands.assign_role, "bob", "Boss"))


def test_a_commander_hands_over_before_going_home() -> None:
    world = World()
    world.do(1, commands.assign_role, "maya", "Incident Commander")
    assert "in command" in reason(world.may(2, commands.release, "maya"))
    world.do(3, commands.close)
    world.do(4, commands.release, "maya")
    assert world.incident.commander is None


def test_who_comes_back_with_a_role_has_joined_anew() -> None:
    world = World()
    world.do(1, commands.join, "bob")
    world.do(2, commands.release, "bob")
    world.do(7, commands.assign_role, "bob", "Scribe")
    assert world.incident.team["@bob"].joined_at == at(7)


# ── status updates ─────────────────────────────────────────────────────────────────────────────


def test_an_update_ticks_what_asks_for_one_in_the_phases_up_to_this_one_only() -> None:
    world = World()
    assert ticked(world.do(1, commands.publish_update, "internal", "We are looking.")) == set()
    world.do(2, commands.enter_phase, 3, "no time")
    assert ticked(world.do(3, commands.publish_update, "internal", "Pool is bigger.")) == {"3.2.4", "3.2.o2"}
    assert world.incident.items["3.2.o2"].text == "Pool is bigger."
    world.do(4, commands.enter_phase, 5, "no time")
    assert ticked(world.do(5, commands.publish_update, "external", "All is well.")) == {"5.2.2"}
    assert [update.audience for update in world.incident.updates] == ["internal", "internal", "external"]


def test_an_update_needs_words() -> None:
    assert "needs words" in reason(World().may(1, commands.publish_update, "internal", "\x07"))


@pytest.mark.parametrize("command", [commands.page, commands.escalate, commands.start_mitigation])
def test_a_closed_incident_calls_nobody(command: Callable[..., commands.Outcome]) -> None:
    world = World()
    world.do(1, commands.close)
    assert "reopen it first" in reason(world.may(2, command, "bob"))


def test_the_team_is_recorded_by_joining_a_role_or_a_page() -> None:
    world = World()
    world.do(1, commands.assign_role, "ann", "Scribe")
    assert world.incident.items["2.2.o2"].text == "@ann"
    world.do(2, commands.join, "bob")
    assert world.incident.items["2.2.o2"].text == "@ann, @bob"


def test_who_joined_first_is_remembered_after_going_home() -> None:
    world = World()
    world.do(2, commands.join, "bob")
    world.do(3, commands.release, "bob")
    world.do(4, commands.page, "bob")
    assert world.incident.responded_at == at(2)
