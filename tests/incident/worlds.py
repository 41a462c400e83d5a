"""A playbook and incidents made by hand, for tests: no loader, no files, a clock that stands still."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec

from warroom.incident import commands
from warroom.incident.commands import Facts, Outcome, Refused
from warroom.incident.events import AnyFact, Event, Retracted
from warroom.incident.incident import Incident
from warroom.incident.playbook import (
    Action,
    DecisionRow,
    DecisionTable,
    EscalationPath,
    Fallback,
    Output,
    Phase,
    Playbook,
    Severity,
    Step,
    Strategy,
)
from warroom.incident.record import Record

P = ParamSpec("P")

T0 = datetime(2026, 2, 2, 14, 23, tzinfo=UTC)
"""When incidents are declared here: a Monday."""


TITLE = "Production database is throwing errors"


def minutes(count: float) -> timedelta:
    """A span of minutes."""
    return timedelta(minutes=count)


def at(count: float) -> datetime:
    """So many minutes after the declaration."""
    return T0 + minutes(count)


# ── the seed's workflow ────────────────────────────────────────────────────────────────────────


def step(ident: str, name: str, actions: str, outputs: str = "", *, mandatory: bool = True) -> Step:
    """A step from the wordings of its actions and outputs, one a line."""
    return Step(
        ident,
        name,
        mandatory,
        actions=tuple(Action(f"{ident}.{n}", text) for n, text in enumerate(_lines(actions), 1)),
        outputs=tuple(Output(f"{ident}.o{n}", text) for n, text in enumerate(_lines(outputs), 1)),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


TEMPLATE = """\
## Incident Post-Mortem

**Date:** YYYY-MM-DD
**Duration:** X hours
**Severity:** SEV-X
**Impact:** Description

### Timeline
- HH:MM - Event
- HH:MM - Event

### Root Cause
Description of root cause

### Contributing Factors
1. Factor 1
2. Factor 2

### Action Items
| Action | Owner | Due |
|--------|-------|-----|
| Item | Name | Date |

### Lessons Learned
- Lesson 1
- Lesson 2
"""

PHASES = (
    Phase(
        1,
        "Detection",
        "Confirm and characterize the incident.",
        "Alert or report received",
        "Incident confirmed",
        steps=(
            step(
                "1.1",
                "Acknowledge Alert",
                """Receive alert notification
                Acknowledge incident
                Start incident timer
                Create incident channel""",
            ),
            step(
                "1.2",
                "Initial Assessment",
                """Check monitoring dashboards
                Review error logs
                Confirm impact scope
                Classify severity""",
                """Incident ticket
                Severity classification""",
            ),
        ),
    ),
    Phase(
        2,
        "Triage",
        "Identify scope and impact.",
        "Incident confirmed",
        "Impact understood",
        steps=(
            step(
                "2.1",
                "Identify Impact",
                """Determine affected systems
                Count affected users
                Assess business impact
                Check related services""",
            ),
            step(
                "2.2",
                "Assemble Response Team",
                """Page on-call engineer
                Notify incident commander
                Gather subject experts
                Establish communication""",
                """Impact assessment
                Response team""",
            ),
        ),
    ),
    Phase(
        3,
        "Mitigation",
        "Reduce or eliminate impact.",
        "Impact understood",
        "Impact mitigated",
        steps=(
            step(
                "3.1",
                "Identify Mitigation Options",
                """Rollback recent changes?
                Scale up resources?
                Failover to backup?
                Block traffic?""",
            ),
            step(
                "3.2",
                "Execute Mitigation",
                """Implement chosen strategy
                Verify improvement
                Monitor stability
                Communicate status""",
                """Mitigation actions
                Status update""",
            ),
        ),
    ),
    Phase(
        4,
        "Resolution",
        "Fully resolve the incident.",
        "Impact mitigated",
        "Incident resolved",
        steps=(
            step(
                "4.1",
                "Root Cause Analysis",
                """Investigate root cause
                Review logs and metrics
                Trace error origin
                Identify fix""",
            ),
            step(
                "4.2",
                "Apply Fix",
                """Implement permanent fix
                Test fix
                Deploy to production
                Verify resolution""",
                """Root cause identified
                Fix deployed""",
            ),
        ),
    ),
    Phase(
        5,
        "Recovery",
        "Restore normal operations.",
        "Fix deployed",
        "Normal operations",
        steps=(
            step(
                "5.1",
                "Verify Recovery",
                """Check all systems healthy
                Verify metrics normalized
                Confirm user impact ended
                Test critical paths""",
            ),
            step(
                "5.2",
                "Close Incident",
                """Update incident ticket
                Notify stakeholders
                Stop incident timer
                Archive incident channel""",
                """Incident closed
                Duration recorded""",
            ),
        ),
    ),
    Phase(
        6,
        "Post-Mortem",
        "Learn from the incident.",
        "Incident closed",
        "Post-mortem complete",
        steps=(
            step(
                "6.1",
                "Conduct Post-Mortem",
                """Schedule blameless review
                Gather timeline
                Identify contributing factors
                Document lessons learned""",
            ),
            step(
                "6.2",
                "Create Action Items",
                """Define preventive measures
                Assign owners
                Set deadlines
                Track completion""",
                """Post-mortem document
                Action items""",
            ),
        ),
    ),
)

SEED = Playbook(
    "Incident Response Workflow",
    PHASES,
    severities=(
        Severity("SEV1", "Total outage", "Immediate", timedelta()),
        Severity("SEV2", "Major degradation", "15 min", minutes(15)),
        Severity("SEV3", "Partial impact", "1 hour", minutes(60)),
        Severity("SEV4", "Minor issue", "4 hours", minutes(240)),
    ),
    strategies=(
        Strategy("Rollback", "Recent deployment caused"),
        Strategy("Restart", "Service stuck"),
        Strategy("Failover", "Region/zone failure"),
        Strategy("Scale", "Capacity exhausted"),
        Strategy("Block", "Attack or abuse"),
    ),
    decisions=(
        DecisionTable(
            "Severity Assessment",
            ("Condition", "Severity"),
            (
                DecisionRow("Complete outage", "SEV1"),
                DecisionRow("Major feature down", "SEV2"),
                DecisionRow("Partial degradation", "SEV3"),
                DecisionRow("Minor issue", "SEV4"),
            ),
        ),
        DecisionTable(
            "Mitigation Strategy",
            ("Situation", "Strategy"),
            (
                DecisionRow("Recent deploy", "Rollback"),
                DecisionRow("Resource exhaustion", "Scale"),
                DecisionRow("Stuck service", "Restart"),
                DecisionRow("Region failure", "Failover"),
            ),
        ),
    ),
    escalations=(
        EscalationPath("SEV1", "Engineering Manager, VP"),
        EscalationPath("> 30 min unmitigated", "Engineering Manager"),
        EscalationPath("Customer-facing", "Customer Success"),
        EscalationPath("Data breach", "Security, Legal"),
    ),
    fallbacks=(
        Fallback("Monitoring unavailable", "Use manual checks"),
        Fallback("Team unreachable", "Escalate to backup"),
        Fallback("Root cause unknown", "Stabilize first, investigate after"),
        Fallback("Fix causes regression", "Immediate rollback"),
        Fallback("Communication system down", "Use backup channel"),
    ),
    impact_fields=("Users affected", "Revenue impact", "Systems down", "Duration so far"),
    template=TEMPLATE,
)

ACTIONS = {phase.number: [action.id for _, action in phase.actions()] for phase in PHASES}
"""The ids of each phase's actions."""


# ── incidents ──────────────────────────────────────────────────────────────────────────────────


def event(
    number: int,
    fact: AnyFact,
    recorded: datetime = T0,
    occurred: datetime | None = None,
    *,
    by: str = "@maya",
    first: str = "",
) -> Event:
    """The event of this number: its id and its clock follow from it."""
    return Event(f"{number:06}", number, recorded, by, fact, occurred, first)


class World:
    """An incident that commands are carried out on at times counted in minutes from its declaration."""

    def __init__(
        self, title: str = TITLE, playbook: Playbook = SEED, *, level: str = "", began: datetime = T0
    ) -> None:
        facts = commands.declare("INC-2026-0042", title, playbook, level=level)
        assert not isinstance(facts, Refused), facts
        self.count = 0
        self.began = began
        self.record = Record(self._events(facts, began))

    def at(self, minute: float) -> datetime:
        """So many minutes after this incident's declaration."""
        return self.began + minutes(minute)

    @property
    def incident(self) -> Incident:
        """What is so."""
        return self.record.incident

    @property
    def events(self) -> list[Event]:
        """Every event so far."""
        return list(self.record)

    def _events(self, facts: Iterable[AnyFact], when: datetime, by: str = "@maya") -> list[Event]:
        made: list[Event] = []
        for fact in facts:
            self.count += 1
            made.append(event(self.count, fact, when, by=by, first=made[0].id if made else ""))
        return made

    def tell(self, minute: float, *facts: AnyFact, by: str = "@maya") -> str:
        """Let facts be so without asking any rule; the act's id."""
        made = self._events(facts, self.at(minute), by)
        self.record.add(made)
        return made[0].id

    def may(
        self,
        minute: float,
        command: Callable[Concatenate[Incident, datetime, P], Outcome],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Outcome:
        """What a command answers, without carrying it out."""
        return command(self.incident, self.at(minute), *args, **kwargs)

    def do(
        self,
        minute: float,
        command: Callable[Concatenate[Incident, datetime, P], Outcome],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Facts:
        """Carry out a command that must be allowed; the facts that it made."""
        outcome = command(self.incident, self.at(minute), *args, **kwargs)
        assert not isinstance(outcome, Refused), outcome
        self.tell(minute, *outcome)
        return outcome

    def last_id(self) -> str:
        """The id of the latest act."""
        return self.events[-1].act

    def undo(self, by: str = "@maya") -> None:
        """Take the latest act back."""
        self.tell(0, Retracted(self.record.undoable(by)[0].act), by=by)

    def redo(self, by: str = "@maya") -> None:
        """Take the latest undo back."""
        retraction = self.record.redoable(by)
        assert retraction is not None
        self.tell(0, Retracted(retraction.act), by=by)

    def tick_all(self, minute: float, *phases: int) -> None:
        """Tick every action of these phases that is still open."""
        for number in phases:
            for item in ACTIONS[number]:
                if item not in self.incident.items:
                    self.do(minute, commands.tick, item)


def reason(outcome: Outcome) -> str:
    """Why a command was refused; it must have been."""
    assert isinstance(outcome, Refused), outcome
    return outcome.reason


def ticked(facts: Facts) -> set[str]:
    """The items that facts settle because the thing that they name was done."""
    return {fact.item for fact in facts if getattr(fact, "linked", False) and hasattr(fact, "item")}
