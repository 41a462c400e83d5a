"""A total outage, second by second: each reminder when it should come, none when it should not."""

from collections.abc import Callable
from datetime import timedelta

from tests.incident.worlds import World, at, minutes
from warroom.incident import commands
from warroom.incident.entry import parse
from warroom.incident.matters import matters, next_overdue

SECOND = timedelta(seconds=1)
Act = Callable[[World, float], object]


def do(command: Callable[..., commands.Outcome], *args: object, **kwargs: object) -> Act:
    """A command, carried out when its minute comes."""
    return lambda world, minute: world.do(minute, command, *args, **kwargs)


def log(typed: str) -> Act:
    """A line on the entry line."""
    return lambda world, minute: world.do(minute, commands.enter, parse(typed, at(minute)))  # type: ignore[arg-type]


def check_back(*args: object) -> Act:
    """What became of the one task that is given here."""
    return do(commands.check_back, "@bob", *args)


def answered(world: World, minute: float) -> None:
    """The first escalation is answered."""
    world.do(minute, commands.acknowledge_escalation, world.incident.escalations[0].id)


# What the commander does, and when. Everything else is what the clock says.
SCRIPT: dict[float, list[Act]] = {
    0.5: [do(commands.tick, "1.1.2")],
    2: [do(commands.escalate, "Engineering Manager, VP", "SEV1"), do(commands.page, "dba")],
    4: [answered],
    5.5: [do(commands.assign_role, "maya", "Incident Commander")],
    6: [do(commands.publish_update, "external", "We are aware of a problem.")],
    8: [do(commands.page, "dba-backup")],
    9: [do(commands.join, "dba-backup"), do(commands.release, "dba")],
    10: [do(commands.start_mitigation, "Scale", timebox=minutes(4)), log("@bob check web latency 3m")],
    13.25: [check_back("extended", minutes(4))],
    14.5: [do(commands.assess, "partial"), log("error rate: 45% -> 20%")],
    17.5: [check_back("done")],
    20: [
        do(commands.publish_update, "internal", "Scaled; 20 % errors left."),
        do(commands.publish_update, "executive", "Partly mitigated."),
    ],
    25: [do(commands.decide, "No failover yet", timebox=minutes(10))],
    31: [do(commands.snooze, "escalate:> 30", minutes(5))],
    34: [do(commands.start_mitigation, "Rollback", timebox=minutes(5))],
    35.5: [do(commands.verify_decision, "held")],
    36.5: [do(commands.publish_update, "external", "We are working on a mitigation.")],
    38: [do(commands.assess, "effective")],
}


def test_every_reminder_comes_to_the_second_and_goes_when_it_is_dealt_with() -> None:
    world = World(level="SEV1")
    shown: set[str] = set()
    log: list[tuple[str, str]] = []
    for second in range(50 * 60 + 1):
        now = at(0) + SECOND * second
        bell = next_overdue(world.incident, now - SECOND)
        acts = SCRIPT.get(second / 60, [])
        for act in acts:
            act(world, second / 60)
        overdue = {_named(matter.id) for matter in matters(world.incident, now) if matter.overdue(now)}
        clock = f"{second // 60:02}:{second % 60:02}"
        for what in sorted(overdue - shown):
            assert acts or bell == now, f"{what} came unannounced"
            log.append((clock, f"+ {what}"))
        log += [(clock, f"- {what}") for what in sorted(shown - overdue)]
        shown = overdue
    assert log == [
        ("00:00", "+ escalate:SEV1"),
        ("00:00", "+ response"),
        ("00:30", "- response"),
        ("02:00", "- escalate:SEV1"),
        ("05:00", "+ commander"),
        ("05:00", "+ update:external"),
        ("05:30", "- commander"),
        ("06:00", "- update:external"),
        ("07:00", "+ page:@dba"),
        ("09:00", "- page:@dba"),
        ("13:00", "+ check-back"),
        ("13:15", "- check-back"),
        ("14:00", "+ verify"),
        ("14:30", "- verify"),
        ("17:15", "+ check-back"),
        ("17:30", "- check-back"),
        ("30:00", "+ escalate:> 30 min unmitigated"),
        ("31:00", "- escalate:> 30 min unmitigated"),
        ("35:00", "+ verify"),
        ("35:30", "- verify"),
        ("36:00", "+ escalate:> 30 min unmitigated"),
        ("36:00", "+ update:external"),
        ("36:30", "- update:external"),
        ("38:00", "- escalate:> 30 min unmitigated"),
        ("50:00", "+ update:internal"),
    ]


def _named(ident: str) -> str:
    """A matter's id without the ids of events."""
    kind, _, subject = ident.partition(":")
    return kind if subject.isdigit() else ident
