"""Transfer of command: offered with a briefing, accepted by nobody but the incoming commander."""

from tests.incident.worlds import World, at, minutes, reason
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.briefing import briefing
from warroom.incident.matters import agenda


def led() -> World:
    world = World(level="SEV2")
    world.do(1, commands.assign_role, "maya", "Incident Commander")
    return world


def test_command_changes_hands_when_it_is_accepted_and_not_before() -> None:
    world = led()
    world.do(30, commands.offer_command, "bob")
    assert world.incident.commander == "@maya"
    facts = world.do(32, commands.accept_command, "@bob")
    assert isinstance(facts[0], e.CommandAccepted)
    assert world.incident.commander == "@bob"
    assert world.incident.team["@maya"].responding  # until released
    assert world.incident.command_offer is None
    world.undo()
    assert world.incident.commander == "@maya"
    assert world.incident.command_offer is not None


def test_only_whom_it_was_offered_to_can_answer() -> None:
    world = led()
    assert "not offered to anybody" in reason(world.may(29, commands.accept_command, "bob"))
    world.do(30, commands.offer_command, "bob")
    assert "only @bob can answer" in reason(world.may(31, commands.accept_command, "carol"))
    assert "only @bob can answer" in reason(world.may(31, commands.decline_command, "carol"))


def test_who_declines_leaves_the_command_where_it_is() -> None:
    world = led()
    world.do(30, commands.offer_command, "bob")
    world.do(31, commands.decline_command, "bob", "on a train")
    assert (world.incident.commander, world.incident.command_offer) == ("@maya", None)
    assert "not offered" in reason(world.may(32, commands.accept_command, "bob"))


def test_what_cannot_be_offered_says_why() -> None:
    world = World()
    assert "make @bob Incident Commander" in reason(world.may(1, commands.offer_command, "bob"))
    world = led()
    assert "to whom" in reason(world.may(2, commands.offer_command, " "))
    assert "in command already" in reason(world.may(2, commands.offer_command, "maya"))
    world.do(2, commands.offer_command, "bob")
    assert "already" in reason(world.may(3, commands.offer_command, "bob"))
    world.do(3, commands.offer_command, "carol")  # takes the offer's place
    assert "only @carol" in reason(world.may(4, commands.accept_command, "bob"))
    world.do(5, commands.close)
    for command in (commands.offer_command, commands.accept_command, commands.decline_command):
        assert "reopen it first" in reason(world.may(6, command, "carol"))


def test_an_offer_that_nobody_answers_comes_due() -> None:
    world = led()
    world.do(30, commands.offer_command, "bob")
    (found,) = (matter for matter in agenda(world.incident) if matter.kind == "command")
    assert (found.text, found.due_at, found.clock) == ("@bob to accept command", at(35), "the offer")
    world.do(36, commands.assign_role, "carol", "Incident Commander")  # given outright instead
    assert world.incident.command_offer is None


def test_the_briefing_is_kept_with_the_offer() -> None:
    world = led()
    world.do(30, commands.offer_command, "bob")
    offer = world.incident.command_offer
    assert offer is not None
    assert offer.briefing == briefing_before(world)
    world.do(31, commands.offer_command, "carol", "Read the ticket.\nCall me.")
    offer = world.incident.command_offer
    assert offer is not None
    assert offer.briefing == "Read the ticket.\nCall me."


def briefing_before(world: World) -> str:
    other = led()
    return briefing(other.incident, at(30))


def test_a_briefing_says_what_the_incoming_commander_must_know() -> None:
    world = led()
    world.do(2, commands.assess_impact, users=5000)
    world.do(3, commands.start_mitigation, "Restart")
    world.do(6, commands.assess, "ineffective", note="came back at once")
    world.do(7, commands.start_mitigation, "Scale", note="pool 100 → 200")
    world.do(8, commands.assign, "bob", "check web latency", minutes(5))
    world.do(9, commands.decide, "No failover", owner="maya", timebox=minutes(20))
    assert (
        briefing(world.incident, at(14))
        == """\
Briefing for the transfer of command, 2026-02-02 14:37 UTC

### Situation

- INC-2026-0042 · Production database is throwing errors
- Severity: SEV2 · Major degradation
- Phase: Detection · mitigation under way
- Going on for 14 minutes, since 2026-02-02 14:23 UTC (noticed then; its start is not determined)
- Impact: ~5,000 users
- Unmitigated for 14 minutes
- Root cause: not determined
- In command: @maya

### Tried

- Restart · ineffective · came back at once
- Scale: pool 100 → 200 · under way since 14:30 UTC

### Ruled out

- Restart · ineffective · came back at once

### Open assignments

- @bob check web latency · check back 14:36 UTC

### To be verified

- Outcome of Scale · 14:40 UTC
- Decision: No failover · @maya · 14:52 UTC

### Communications owed

- internal update: in 16:00
- executive update: in 46:00
- external update: in 16:00

### Needs

- none recorded

### Due next

- check back: @bob check web latency: 01:00 over
- outcome of Scale: in 03:00
- verify: No failover: in 15:00
- escalate: Engineering Manager: in 16:00
- external holding statement: in 16:00"""
    )


def test_a_briefing_of_an_incident_of_which_nothing_is_known_says_so() -> None:
    said = briefing(World().incident, at(1))
    for words in ("Severity: not classified", "Impact: not assessed", "Root cause: not determined", "nobody"):
        assert words in said
