"""Drafts of status updates: what is not known is said to be so, and customers hear no internals."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incident.test_fold import LIVES
from tests.incident.worlds import SEED, TITLE, World, at, event, minutes
from warroom.incident import commands, entry
from warroom.incident.board import board
from warroom.incident.briefing import briefing
from warroom.incident.cadence import AUDIENCES
from warroom.incident.events import Audience
from warroom.incident.evolve import replay
from warroom.incident.series import attached
from warroom.incident.status import draft, template_name
from warroom.incident.wording import wording

TEMPLATES = Path(__file__).parents[2] / "data" / "templates"


def drafted(world: World, audience: Audience, minute: float) -> str:
    template = (TEMPLATES / f"{template_name(world.incident, audience)}.md").read_text(encoding="utf-8")
    return draft(world.incident, audience, at(minute), template)


def busy() -> World:
    """The seed's session at the moment at which the pool was made bigger."""
    world = World(level="SEV2")
    world.do(1, commands.assign_role, "maya", "Incident Commander")
    world.do(2, commands.note, "zebra said the connections leak")
    world.do(3, commands.assess_impact, users=5000, systems=["API", "Dashboard"], revenue_per_hour=2000)
    world.do(4, commands.page, "dba")
    world.do(10, commands.start_mitigation, "Scale", note="pool 100 → 200")
    world.do(11, commands.enter, _line("error rate: 45% -> 5%"))
    world.do(12, commands.assign, "bob", "check web latency", minutes(5))
    return world


def _line(typed: str) -> entry.Line:
    found = entry.parse(typed, at(0))
    assert found is not None
    return found


def test_an_internal_draft_says_conditions_actions_and_needs() -> None:
    assert (
        drafted(busy(), "internal", 13)
        == """\
## Status update

**Incident:** INC-2026-0042 · Production database is throwing errors
**Status:** A mitigation is under way; the impact is not mitigated yet.
**Severity:** SEV2 · Major degradation
**Phase:** Detection
**Commander:** @maya
**Duration so far:** 13 minutes

### Conditions: what we know

- Impact: ~5,000 users · API, Dashboard down · ~$2,000/hour
- Unmitigated for 13 minutes
- error rate: 45% → 5% (14:34 UTC)
- Root cause: not determined

### Actions: what we do

- Scale: pool 100 → 200 · under way since 14:33 UTC
- @bob check web latency · check back 14:40 UTC

### Needs

- An answer from @dba, paged 14:27 UTC

### Next update

2026-02-02 15:06 UTC
"""
    )


def test_an_executive_draft_leaves_out_who_does_what() -> None:
    said = drafted(busy(), "executive", 13)
    assert "**Impact:** ~5,000 users · API, Dashboard down · ~$2,000/hour" in said
    assert "- Scale: pool 100 → 200 · under way since 14:33 UTC" in said
    assert "check web latency" not in said
    assert said.endswith("2026-02-02 15:36 UTC\n")


def test_the_first_external_update_is_a_holding_statement() -> None:
    world = World(level="SEV1")
    assert (
        drafted(world, "external", 3)
        == """\
We are aware of a problem and are looking into it.

**Affected:** not determined yet
**Since:** 2026-02-02 14:23 UTC (noticed then; its start is not determined)
**Next update:** 2026-02-02 14:56 UTC
"""
    )
    world.do(4, commands.publish_update, "external", drafted(world, "external", 4))
    assert template_name(world.incident, "external") == "update-external"
    world.do(-8, commands.stamp, "started")
    world.do(6, commands.assess_impact, systems=["Checkout"])
    assert (
        drafted(world, "external", 7)
        == """\
**Status:** We are investigating.
**Affected:** Checkout
**Since:** 2026-02-02 14:15 UTC
**Next update:** 2026-02-02 15:00 UTC
"""
    )


def test_a_first_external_update_after_the_mitigation_says_more_than_that_somebody_looks() -> None:
    world = World(level="SEV1")
    world.do(5, commands.start_mitigation, "Rollback")
    assert template_name(world.incident, "external") == "update-holding"
    world.do(9, commands.assess, "effective")
    assert template_name(world.incident, "external") == "update-external"


def test_an_external_draft_holds_no_internals() -> None:
    world = busy()
    world.do(13, commands.record_finding, "root cause", "zebra's batch job")
    world.do(14, commands.assess, "partial", note="zebra thinks so")
    world.do(14, commands.assess_impact, summary="zebra is on it")
    for _ in range(2):  # the holding statement, then an update
        said = drafted(world, "external", 15).casefold()
        for internal in ("zebra", "maya", "bob", "dba", "scale", "pool", "batch", "database", "$", "@"):
            assert internal not in said
        world.do(15, commands.publish_update, "external", said)


def test_the_draft_of_an_exercise_says_that_it_is_one() -> None:
    facts = commands.declare("INC-2026-0042", TITLE, SEED, exercise=True)
    assert not isinstance(facts, commands.Refused)
    incident = replay(event(number, fact) for number, fact in enumerate(facts, 1))
    template = (TEMPLATES / "update-holding.md").read_text(encoding="utf-8")
    assert draft(incident, "external", at(1), template).startswith(
        "EXERCISE: not to be sent outside.\n\nWe are"
    )
    assert "throwing errors · exercise" in draft(incident, "internal", at(1), "**Incident:** x")


def test_every_draft_says_what_is_not_known_instead_of_inventing_it() -> None:
    world = World()
    said = drafted(world, "internal", 2)
    assert "**Severity:** not classified" in said
    assert "**Commander:** not assigned" in said
    assert "- Impact: not assessed" in said
    assert "- Root cause: not determined" in said
    assert "No action is recorded." in said
    assert "- An Incident Commander\n- A severity" in said
    assert said.endswith("not scheduled\n")


@pytest.mark.parametrize(
    ("milestone", "inside", "outside"),
    [
        ("mitigated", "not resolved yet", "contained"),
        ("resolved", "being verified", "verifying"),
        ("recovered", "Normal operations are restored", "back to normal"),
    ],
)
def test_a_draft_says_how_far_it_has_come(milestone: str, inside: str, outside: str) -> None:
    world = World(level="SEV1")
    world.do(4, commands.publish_update, "external", "We know.")
    world.do(20, commands.stamp, milestone)
    assert inside in drafted(world, "internal", 21)
    assert outside in drafted(world, "external", 21)


def test_a_struck_figure_and_a_regression_are_not_good_news() -> None:
    world = busy()
    metric = world.incident.metrics[0].id
    world.do(13, commands.strike, metric)
    world.do(14, commands.assess, "regressed", note="errors doubled")
    said = drafted(world, "internal", 15)
    assert "45%" not in said
    assert "The impact is not mitigated." in said
    assert "- Scale: pool 100 → 200 · regressed · errors doubled" in said


def test_a_closed_incident_promises_no_further_update() -> None:
    world = World(level="SEV1")
    world.do(47, commands.close)
    for audience in AUDIENCES:
        assert "not scheduled" in drafted(world, audience, 48)


def test_a_template_of_ones_own_keeps_what_the_record_knows_nothing_of() -> None:
    said = draft(World().incident, "internal", at(1), "## Ours\n\n**Ticket:** ask\n\n### Jokes\n- none\n")
    assert said == "## Ours\n\n**Ticket:** ask\n\n### Jokes\n\n- none\n"


def test_what_goes_out_keeps_its_lines_and_reads_as_one_in_the_timeline() -> None:
    world = World(level="SEV1")
    world.do(1, commands.publish_update, "external", "One.\nTwo.\x07\n\n")
    assert world.incident.updates[0].text == "One.\nTwo."
    assert wording(world.events[-1], world.incident).text == "Status update (external): One. · Two."


# ── properties ─────────────────────────────────────────────────────────────────────────────────


@given(LIVES, st.integers(-60, 240))
@settings(deadline=None, max_examples=60)
def test_whatever_happened_can_be_told_to_everybody(world: World, minute: int) -> None:
    for audience in AUDIENCES:
        said = drafted(world, audience, minute)
        assert said.endswith("\n")
        assert not said.startswith("\n")
    outside = drafted(world, "external", minute)
    assert not any(who in outside for who in ("@", "ann", "bob", "maya", "error rate", "Scale", "Rollback"))
    assert briefing(world.incident, at(minute)).count("### ") == 8
    assert {line.who for line in board(world.incident)} >= {m.who for m in world.incident.responding}
    assert set(attached(world.incident)) <= {mitigation.id for mitigation in world.incident.mitigations}
