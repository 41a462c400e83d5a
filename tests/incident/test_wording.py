"""Facts in words: each reads as one line with a sign."""

from datetime import date
from typing import get_args

import pytest

from tests.incident.worlds import World, event, minutes
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.events import AnyFact, Fact
from warroom.incident.incident import Impact
from warroom.incident.wording import _WORDS, impact_in_words, money, wording


def test_every_kind_of_fact_is_known_and_worded() -> None:
    kinds = set(get_args(AnyFact))
    defined = {kind for kind in vars(e).values() if isinstance(kind, type) and issubclass(kind, Fact)}
    assert kinds == defined - {Fact}
    assert set(_WORDS) == kinds


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (e.Renamed("Database down"), "Renamed: Database down"),
        (e.SeveritySet("SEV2", "Major feature down"), "SEV2 · Major feature down"),
        (e.SeveritySet("SEV2"), "SEV2"),
        (
            e.PhaseEntered(2, confirmed=("1.exit", "2.entry")),
            "Phase 2: Triage · Incident confirmed",
        ),
        (
            e.PhaseEntered(2, override="no time", still_open=("1.1.1", "1.1.2")),
            "Phase 2: Triage · override with 2 open: no time",
        ),
        (e.PhaseEntered(9), "Phase 9"),
        (e.MilestoneStamped("started"), "Milestone: started"),
        (e.Closed("duplicate", "of 41"), "Closed: duplicate · of 41"),
        (e.Closed("duplicate", into="INC-2026-0041"), "Closed: duplicate → INC-2026-0041"),
        (e.Absorbed("INC-2026-0043"), "INC-2026-0043 was merged into this incident"),
        (e.Reopened("it is back"), "Reopened: it is back"),
        (e.Ticked("1.1.1"), "Receive alert notification"),
        (e.Ticked("9.9.9"), "9.9.9"),
        (e.Unticked("1.1.1"), "Open again: Receive alert notification"),
        (e.Skipped("1.1.4", "no chat"), "Skipped: Create incident channel · no chat"),
        (e.OutputRecorded("1.2.o1", "OPS-17"), "Incident ticket: OPS-17"),
        (e.OutputRecorded("1.2.o1"), "Incident ticket"),
        (e.Noted("[b]x[/b]"), "[b]x[/b]"),
        (e.MetricObserved("error rate", "45%", "5%"), "error rate: 45% → 5%"),
        (e.FindingRecorded("root cause", "batch job"), "Root cause: batch job"),
        (e.DecisionTaken("Who talks", "Customers ask", "Support"), "Who talks: Customers ask → Support"),
        (
            e.MitigationStarted("Scale", "Resource exhaustion", "pool 100 → 200"),
            "Scale: pool 100 → 200 · Resource exhaustion",
        ),
        (e.MitigationAssessed("nowhere", "partial", "5 % left"), "Mitigation: partial · 5 % left"),
        (e.EscalationRaised("VP", "SEV1"), "Escalated to VP · SEV1"),
        (e.EscalationAcknowledged("nowhere"), "Escalation answered"),
        (e.ImpactAssessed(users=5000), "Impact: ~5,000 users"),
        (e.Paged("@bob"), "@bob paged"),
        (e.RoleAssigned("@bob", "Scribe"), "@bob is Scribe"),
        (e.AssignmentGiven("@bob", "look", minutes(3)), "@bob look · 3 minutes"),
        (e.AssignmentCheckedBack("nowhere", "extended", minutes(5)), "Assignment: extended by 5 minutes"),
        (e.CommandOffered("@bob", "briefing"), "Command offered to @bob"),
        (e.CommandAccepted("x", "@bob"), "@bob accepted command"),
        (e.CommandDeclined("x", "@bob", "on a train"), "@bob declined command: on a train"),
        (e.UpdatePublished("external", "We know."), "Status update (external): We know."),
        (
            e.UpdatePublished(
                "external", "## Update\n\n**Incident:** INC-1\n**Since:** noon\n\n- All *is* 2 * 2"
            ),
            "Status update (external): Since: noon · All *is* 2 * 2",
        ),
        (e.CadenceSet("internal", minutes(20)), "Status updates (internal): every 20 minutes"),
        (e.CadenceSet("external"), "Status updates (external): no more are owed"),
        (
            e.Snoozed("severity", minutes(10), "classify severity"),
            "Snoozed for 10 minutes: classify severity",
        ),
        (e.Snoozed("severity", minutes(10)), "Snoozed for 10 minutes: severity"),
        (e.DecisionMade("Scale"), "Decision: Scale"),
        (
            e.DecisionMade("Scale", "Restart", "slow", "loses evidence", "@dba", minutes(10)),
            "Decision: Scale · proposal: Restart · risk: slow · objections: loses evidence · owner: @dba"
            " · to be verified after: 10 minutes",
        ),
        (e.DecisionVerified("nowhere", "held", "fewer errors"), "Decision: held · fewer errors"),
        (
            e.ActionItemOpened("add monitoring", "@sre", date(2026, 2, 6)),
            "Action item: add monitoring @sre 2026-02-06",
        ),
        (e.ActionItemDone("nowhere"), "Action item done: Action item"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Fact) else "",
)
def test_how_a_fact_reads(fact: AnyFact, text: str) -> None:
    assert wording(event(9, fact), World().incident).text == text


def test_facts_about_something_name_it() -> None:
    world = World()
    world.do(1, commands.start_mitigation, "Scale")
    world.do(2, commands.assess, "effective")
    world.do(3, commands.assign, "bob", "look")
    world.do(4, commands.check_back, world.incident.assignments[0].id, "done")
    world.do(5, commands.open_action_item, "add monitoring")
    world.do(6, commands.finish_action_item, world.incident.action_items[0].id)
    world.do(7, commands.escalate, "VP")
    world.do(8, commands.acknowledge_escalation, world.incident.escalations[0].id)
    said = {wording(each, world.incident).text for each in world.events}
    assert said > {"Scale: effective", "@bob look: done", "Action item done: add monitoring", "VP answered"}


def test_an_edited_entry_reads_as_its_latest_version() -> None:
    world = World()
    world.do(1, commands.note, "Error rate 45 %")
    note = world.events[-1]
    world.do(2, commands.edit, note.id, "Error rate 46 %")
    assert wording(note, world.incident).text == "Error rate 46 %"


@pytest.mark.parametrize(
    ("impact", "said"),
    [
        (Impact(), ""),
        (
            Impact(5000, 2000, ("API", "Dashboard")),
            "~5,000 users · API, Dashboard down · ~$2,000/hour",
        ),
        (Impact(0, systems=()), "~0 users · no systems down"),
        (Impact(customer_facing=True, data_breach=False), "customer-facing · no data breach"),
        (Impact(summary="logins fail"), "logins fail"),
    ],
)
def test_impact_in_words(impact: Impact, said: str) -> None:
    assert impact_in_words(impact) == said


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "$0"), (2000, "$2,000"), (0.5, "$0.50"), (99.99, "$99.99"), (1566.67, "$1,567")]
)
def test_money_as_the_workflow_writes_it(amount: float, said: str) -> None:
    assert money(amount) == said
