"""The table of keystrokes: each act is done by exactly the keys that it names, two at most, and its text."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from docs.keystrokes import COMMONEST, OTHERS, Act
from tests.console.seat import Clock, Seat, declared, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.commands import Refused
from warroom.incident.incident import COMMANDER

ACTS = (*COMMONEST, *OTHERS)


class Scene:
    """An incident in which only what a test sets up is due."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        self.do(commands.assign_role, "maya", COMMANDER)
        self.do(commands.join, "bob")
        self.do(commands.tick, "1.1.2")

    def do(self, command: Callable[..., object], *args: object, **more: object) -> None:
        """Something that happens before the keys are pressed."""
        done = self.desk.do(command, *args, **more)  # type: ignore[arg-type]
        assert not isinstance(done, Refused), done.reason

    def quiet(self, level: str = "SEV4") -> None:
        """Classified, and nobody is to be told anything."""
        self.do(commands.set_severity, level)
        for audience in ("internal", "executive", "external"):
            self.do(commands.set_cadence, audience, None)

    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.clock.step(minutes=minutes)


def nothing(_: Scene) -> None:
    """Where no more is needed."""


def assigned(scene: Scene) -> None:
    scene.quiet()
    scene.do(commands.assign, "bob", "check web latency", timedelta(minutes=3))
    scene.wait(4)


def ready(scene: Scene) -> None:
    incident = scene.desk.incident
    for item in commands.still_open(incident, incident.playbook.phases[1]):
        scene.do(commands.tick, item)


def mitigating(scene: Scene) -> None:
    scene.quiet()
    scene.do(commands.start_mitigation, "Rollback")
    scene.wait(11)


def paged(scene: Scene) -> None:
    scene.do(commands.page, "dba")


def to_escalate(scene: Scene) -> None:
    scene.quiet("SEV1")


def escalated(scene: Scene) -> None:
    scene.quiet("SEV1")
    scene.do(commands.escalate, "Engineering Manager", "SEV1")
    scene.wait(6)


def told(scene: Scene) -> None:
    scene.quiet()
    scene.do(commands.set_cadence, "internal", timedelta(minutes=15))
    scene.wait(16)


def decided(scene: Scene) -> None:
    scene.quiet()
    scene.do(commands.decide, "fail over", timebox=timedelta(minutes=5))
    scene.wait(6)


def regressed(scene: Scene) -> None:
    mitigating(scene)
    scene.do(commands.assess, "regressed")


def offered(scene: Scene) -> None:
    scene.do(commands.offer_command, "bob")


def closed(scene: Scene) -> None:
    scene.do(commands.close)


def latest(kind: type[e.Fact], **said: object) -> Callable[[Seat], bool]:
    """Whether the latest fact of a kind says this."""

    def holds(seat: Seat) -> bool:
        found = seat.facts(kind)
        return bool(found) and all(getattr(found[-1], name) == value for name, value in said.items())

    return holds


CASES: dict[str, tuple[Callable[[Scene], None], Callable[[Seat], bool]]] = {
    "Log what you see": (nothing, latest(e.Noted, text="error rate 45 % of requests")),
    "Log a figure before and after": (nothing, latest(e.MetricObserved, after="5%")),
    "Give an assignment with a time-box": (nothing, latest(e.AssignmentGiven, who="@bob")),
    "Check back on the assignment that is due: done": (
        assigned, latest(e.AssignmentCheckedBack, outcome="done"),
    ),
    "Tick an action": (nothing, latest(e.Ticked, item="1.1.1")),
    "Enter the next phase": (ready, latest(e.PhaseEntered, phase=2)),
    "Classify the severity": (nothing, latest(e.SeveritySet, level="SEV1")),
    "Assess the impact": (nothing, latest(e.ImpactAssessed, users=5000)),
    "Start a mitigation": (nothing, latest(e.MitigationStarted, note="connection pool 100 → 200")),
    "Say what it did, when that is asked for": (
        mitigating, latest(e.MitigationAssessed, outcome="effective"),
    ),
    "Record a decision": (nothing, latest(e.DecisionMade, decision="fail over to the replica")),
    "Page somebody": (nothing, latest(e.Paged, who="@bob")),
    "Note the answer to a page": (paged, latest(e.PageAcknowledged, who="@dba")),
    "Escalate, when that is due": (to_escalate, latest(e.EscalationRaised, trigger="SEV1")),
    "Publish the update that is due": (told, latest(e.UpdatePublished)),
    "Put off what is due first": (assigned, latest(e.Snoozed, span=timedelta(minutes=5))),
    "Open an action item": (nothing, latest(e.ActionItemOpened, owner="@sre")),
    "Offer the command, with a briefing": (nothing, latest(e.CommandOffered, to="@bob")),
    "Take back your latest act": (paged, lambda seat: not seat.facts(e.Paged)),
    "Close the incident": (nothing, latest(e.Closed, reason="resolved")),
    "Give the assignment that is due five minutes more": (
        assigned, latest(e.AssignmentCheckedBack, outcome="extended", timebox=timedelta(minutes=5)),
    ),
    "Give it to somebody else": (assigned, latest(e.AssignmentCheckedBack, to="@carol")),
    "Escalate it": (assigned, latest(e.EscalationRaised, to="Database vendor")),
    "Call the next contact, when nobody answers": (escalated, latest(e.EscalationRaised, to="VP")),
    "Say whether a decision held, when that is asked for": (
        decided, latest(e.DecisionVerified, verdict="held"),
    ),
    "Invoke the fallback procedure whose condition is met": (
        regressed, latest(e.FallbackInvoked, condition="Fix causes regression"),
    ),
    "Accept the command that was offered": (offered, lambda seat: seat.incident.commander == "@bob"),
    "Release somebody": (paged, latest(e.Released, who="@dba")),
    "Set a milestone": (nothing, latest(e.MilestoneStamped, milestone="started")),
    "Cancel a false positive": (nothing, latest(e.Closed, reason="false positive")),
    "Merge a duplicate into another incident": (nothing, latest(e.Closed, into="INC-2026-0002")),
    "Reopen a closed incident": (closed, latest(e.Reopened, reason="errors are back")),
}  # fmt: skip


@pytest.fixture
def other(desk: Desk, front: FrontDesk) -> Iterator[Desk]:
    """An incident besides."""
    other = declared(front, "Checkout is slow")
    yield other
    other.close()


def test_the_commonest_are_twenty_and_none_takes_more_than_two_keys() -> None:
    assert len(COMMONEST) == 20
    assert [act.does for act in ACTS if len(act.keys) > 2] == []


def test_each_act_of_the_table_is_tried() -> None:
    assert [act.does for act in ACTS] == list(CASES)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.does)
async def test_the_keys_of_the_table_do_it(
    front: FrontDesk, clock: Clock, desk: Desk, other: Desk, act: Act
) -> None:
    prepare, done = CASES[act.does]
    prepare(Scene(desk, clock))
    async with seated(front, clock, desk.incident.number) as seat:
        if act.keys[-1] == "tick":
            await seat.at("1.1.1")
        assert not done(seat)
        for press in act.presses:
            if press == act.text:
                await seat.types(press)
            else:
                await seat.press(press)
        assert done(seat), [seat.last, seat.said]
        assert seat.place == "WarRoom"
