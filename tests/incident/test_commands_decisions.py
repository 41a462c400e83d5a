"""Decisions: rows of tables, and what is decided freely and verified when its time comes."""

import pytest

from tests.incident.worlds import SEED, World, at, minutes, reason
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Refused
from warroom.incident.playbook import DecisionRow, DecisionTable, Playbook


def test_a_decision_of_another_table_is_logged_with_its_row() -> None:
    table = DecisionTable("Who talks", ("When", "Who"), (DecisionRow("Customers ask", "Support"),))
    world = World(playbook=Playbook("With a table", SEED.phases, decisions=(table,)))
    taken = e.DecisionTaken("Who talks", "Customers ask", "Support")
    assert world.do(1, commands.take_decision, "Who talks", "Customers ask", "Support") == (taken,)
    assert isinstance(world.may(1, commands.take_decision, "Who talks", "Customers ask", "Sales"), Refused)
    assert isinstance(world.may(1, commands.take_decision, "Elsewhere", "Customers ask", "Support"), Refused)


# ── free decisions ─────────────────────────────────────────────────────────────────────────────


def decided(world: World, minute: float, what: str, timebox: float | None = None) -> str:
    span = None if timebox is None else minutes(timebox)
    world.do(minute, commands.decide, what, timebox=span)
    return world.incident.decisions[-1].id


def test_a_decision_keeps_what_was_proposed_what_spoke_against_it_and_who_owns_it() -> None:
    world = World()
    world.do(
        5,
        commands.decide,
        "Scale the pool first",
        proposal="Restart the database",
        risk="Slower to help",
        objections="@dba: a restart loses the evidence",
        owner="dba",
        timebox=minutes(10),
    )
    (decision,) = world.incident.decisions
    assert (decision.decision, decision.proposal) == ("Scale the pool first", "Restart the database")
    assert (decision.risk, decision.objections) == ("Slower to help", "@dba: a restart loses the evidence")
    assert (decision.owner, decision.at, decision.verify_at) == ("@dba", at(5), at(15))


def test_a_decision_needs_words() -> None:
    assert "what was decided" in reason(World().may(1, commands.decide, " \x07"))


@pytest.mark.parametrize("verdict", ["held", "Failed"])
def test_a_decision_is_verified_once(verdict: str) -> None:
    world = World()
    target = decided(world, 5, "Scale", 10)
    world.do(15, commands.verify_decision, verdict, target, "error rate fell")
    (decision,) = world.incident.decisions
    assert (decision.verdict, decision.verified_at) == (verdict.casefold(), at(15))
    assert decision.finding == "error rate fell"
    assert f"has {verdict.casefold()} already" in reason(
        world.may(16, commands.verify_decision, "held", target)
    )
    world.undo()
    assert world.incident.decisions[0].verdict is None


def test_the_decision_whose_time_comes_first_is_meant() -> None:
    world = World()
    decided(world, 1, "wait")
    decided(world, 2, "scale", 30)
    decided(world, 3, "block traffic", 10)
    for minute in (13, 14, 15):
        world.do(minute, commands.verify_decision, "held")
    found = {decision.decision: decision.verified_at for decision in world.incident.decisions}
    assert found == {"block traffic": at(13), "scale": at(14), "wait": at(15)}
    assert "No decision waits" in reason(world.may(16, commands.verify_decision, "held"))


def test_verifying_needs_a_verdict_a_decision_and_a_time_after_it() -> None:
    world = World()
    decided(world, 5, "Scale", 10)
    assert "has held or failed" in reason(world.may(9, commands.verify_decision, "perhaps"))
    assert "no such decision" in reason(world.may(9, commands.verify_decision, "held", "nowhere"))
    assert "cannot be verified before" in reason(world.may(4, commands.verify_decision, "held"))
