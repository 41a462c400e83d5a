"""How often each audience is told: by severity and how far the incident has come, to the second."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.incident.worlds import SEED, World, at, minutes, reason
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.cadence import AUDIENCES, every, next_update
from warroom.incident.events import Audience
from warroom.incident.matters import agenda, matters
from warroom.incident.playbook import UpdateRule


def owed(world: World, audience: Audience) -> datetime | None:
    found = next_update(world.incident, audience)
    return found[0] if found else None


def spans(world: World) -> list[timedelta | None]:
    return [every(world.incident, audience) for audience in AUDIENCES]


# ── the defaults ───────────────────────────────────────────────────────────────────────────────


def test_an_incident_without_a_severity_owes_nothing_but_a_severity() -> None:
    assert spans(World()) == [None, None, None]


@pytest.mark.parametrize(
    ("level", "unmitigated", "mitigated", "resolved"),
    [
        ("SEV1", (20, 30, 30), (30, 60, 60), (60, 60, 60)),
        ("SEV2", (30, 60, 30), (60, None, 60), (None, None, None)),
        ("SEV3", (60, None, None), (None, None, None), (None, None, None)),
        ("SEV4", (None, None, None), (None, None, None), (None, None, None)),
    ],
)
def test_the_cadence_follows_the_severity_and_how_far_the_incident_has_come(
    level: str,
    unmitigated: tuple[int | None, ...],
    mitigated: tuple[int | None, ...],
    resolved: tuple[int | None, ...],
) -> None:
    world = World(level=level)
    for wanted, milestone in ((unmitigated, "mitigated"), (mitigated, "resolved"), (resolved, "closed")):
        assert spans(world) == [None if m is None else minutes(m) for m in wanted]
        if milestone == "closed":
            world.do(10, commands.close)
        else:
            world.do(9, commands.stamp, milestone)
    assert spans(world) == [None, None, None]


def test_a_total_outage_wants_a_holding_statement_within_five_minutes() -> None:
    world = World(level="SEV1")
    (found,) = (matter for matter in agenda(world.incident) if matter.id == "update:external")
    assert (found.text, found.due_at, found.clock) == ("external holding statement", at(5), "severity")
    assert not found.overdue(at(5) - timedelta(seconds=1))
    assert found.overdue(at(5))


def test_a_publish_restarts_the_clock() -> None:
    world = World(level="SEV1")
    world.do(4, commands.publish_update, "external", "We are looking into it.")
    assert owed(world, "external") == at(34)
    (found,) = (matter for matter in agenda(world.incident) if matter.id == "update:external")
    assert (found.text, found.clock) == ("external update", "the update before")
    world.do(30, commands.publish_update, "external", "Still looking.")
    assert owed(world, "external") == at(60)
    assert owed(world, "internal") == at(20)


def test_an_update_that_is_entered_late_does_not_pass_a_later_one() -> None:
    world = World(level="SEV1")
    world.do(30, commands.publish_update, "internal", "Now.")
    world.do(10, commands.publish_update, "internal", "Twenty minutes ago.")
    assert owed(world, "internal") == at(50)
    world.undo()
    world.undo()
    assert owed(world, "internal") == at(20)


def test_mitigating_slows_the_cadence_from_the_update_before() -> None:
    world = World(level="SEV1")
    world.do(10, commands.publish_update, "internal", "We are scaling.")
    assert owed(world, "internal") == at(30)
    world.do(20, commands.stamp, "mitigated")
    assert owed(world, "internal") == at(40)


def test_another_severity_brings_the_first_update_forward_and_never_puts_it_off() -> None:
    world = World(level="SEV3")
    assert owed(world, "external") is None
    world.do(10, commands.set_severity, "SEV2")
    assert owed(world, "external") == at(40)
    world.do(20, commands.set_severity, "SEV1")
    assert owed(world, "external") == at(25)
    world.do(22, commands.set_severity, "SEV2")
    assert owed(world, "external") == at(25)
    assert owed(world, "internal") == at(40)
    world.do(23, commands.set_severity, "SEV4")
    assert owed(world, "external") is None


def test_the_public_is_owed_nothing_about_what_customers_do_not_notice() -> None:
    world = World(level="SEV1")
    world.do(2, commands.assess_impact, customer_facing=False)
    assert owed(world, "external") is None
    world.do(3, commands.assess_impact, customer_facing=True)
    assert owed(world, "external") == at(5)


def test_nothing_is_owed_after_closing_and_reopening_starts_anew() -> None:
    world = World(level="SEV1")
    world.do(4, commands.publish_update, "internal", "We are looking.")
    world.do(47, commands.close)
    assert [matter for matter in matters(world.incident, at(500)) if matter.kind == "update"] == []
    world.do(500, commands.reopen, "errors are back")
    assert owed(world, "internal") == at(520)


# ── the playbook's own ─────────────────────────────────────────────────────────────────────────


def test_a_playbook_that_says_how_often_is_gone_by_and_nothing_else() -> None:
    rules = (
        UpdateRule("sev1", "internal", minutes(10), minutes(15), None, None),
        UpdateRule("SEV1", "external", minutes(0), minutes(45)),
    )
    world = World(level="SEV1", playbook=replace(SEED, updates=rules))
    assert spans(world) == [minutes(15), None, minutes(45)]
    assert (owed(world, "internal"), owed(world, "external")) == (at(10), at(0))
    world.do(9, commands.stamp, "mitigated")
    assert spans(world) == [None, None, None]
    world.do(10, commands.set_cadence, "internal", minutes(20))
    assert owed(world, "internal") == at(30)
    world.do(11, commands.set_severity, "SEV2")
    assert every(world.incident, "external") is None


# ── set during the incident ────────────────────────────────────────────────────────────────────


def test_a_cadence_set_by_hand_holds_whatever_the_severity_says() -> None:
    world = World(level="SEV1")
    world.do(2, commands.set_cadence, "internal", minutes(10))
    assert owed(world, "internal") == at(12)
    world.do(11, commands.publish_update, "internal", "So far.")
    assert owed(world, "internal") == at(21)
    world.do(12, commands.set_severity, "SEV3")
    assert owed(world, "internal") == at(21)


def test_a_shorter_cadence_is_due_at_once_rather_than_long_ago() -> None:
    world = World(level="SEV1")
    world.do(1, commands.publish_update, "internal", "So far.")
    world.do(19, commands.set_cadence, "internal", minutes(10))
    assert owed(world, "internal") == at(19)


def test_an_audience_can_be_told_no_more_and_be_told_again() -> None:
    world = World(level="SEV1")
    world.do(2, commands.set_cadence, "external", None)
    assert owed(world, "external") is None
    assert "already" in reason(world.may(3, commands.set_cadence, "external", None))
    world.do(30, commands.set_cadence, "external", minutes(15))
    assert owed(world, "external") == at(45)
    world.undo()
    assert owed(world, "external") is None
    world.undo()
    assert owed(world, "external") == at(5)


def test_a_cadence_that_is_entered_late_does_not_replace_a_later_one() -> None:
    world = World(level="SEV1")
    world.tell(10, e.CadenceSet("internal", minutes(15)))
    world.tell(5, e.CadenceSet("internal", minutes(45)))
    assert every(world.incident, "internal") == minutes(15)


@pytest.mark.parametrize("span", [minutes(0), minutes(-5), timedelta(seconds=59), timedelta(days=8)])
def test_a_cadence_has_its_limits(span: timedelta) -> None:
    assert "every 1 minute at most" in reason(World().may(1, commands.set_cadence, "internal", span))


def test_a_closed_incident_has_no_cadence() -> None:
    world = World()
    world.do(1, commands.close)
    assert "reopen it first" in reason(world.may(2, commands.set_cadence, "internal", minutes(5)))
