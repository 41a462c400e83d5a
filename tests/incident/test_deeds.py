"""Deeds: which of a playbook's wordings the console can act on."""

from tests.incident.worlds import SEED
from warroom.incident.deeds import Deed, deed_of, deeds_of, milestones_of
from warroom.incident.playbook import Phase, Playbook


def test_what_the_seed_asks_for_is_what_the_console_does() -> None:
    assert deeds_of(SEED) == {
        "1.1.1": Deed.DETECT,
        "1.1.2": Deed.ACKNOWLEDGE,
        "1.1.3": Deed.START_TIMER,
        "1.2.4": Deed.SEVERITY,
        "1.2.o2": Deed.SEVERITY,
        "2.1.1": Deed.SYSTEMS,
        "2.1.2": Deed.USERS,
        "2.1.3": Deed.REVENUE,
        "2.2.1": Deed.PAGE,
        "2.2.2": Deed.COMMANDER,
        "2.2.3": Deed.TEAM,
        "2.2.o1": Deed.IMPACT,
        "2.2.o2": Deed.TEAM,
        "3.2.1": Deed.MITIGATE,
        "3.2.2": Deed.ASSESS,
        "3.2.4": Deed.UPDATE,
        "3.2.o1": Deed.MITIGATE,
        "3.2.o2": Deed.UPDATE,
        "4.1.1": Deed.ROOT_CAUSE,
        "4.2.o1": Deed.ROOT_CAUSE,
        "5.2.2": Deed.UPDATE,
        "5.2.3": Deed.CLOSE,
        "5.2.o1": Deed.CLOSE,
        "5.2.o2": Deed.CLOSE,
        "6.1.2": Deed.POSTMORTEM,
        "6.1.3": Deed.FACTOR,
        "6.1.4": Deed.LESSON,
        "6.2.1": Deed.ACTION_ITEM,
        "6.2.2": Deed.OWNERS,
        "6.2.3": Deed.DUE_DATES,
        "6.2.4": Deed.COMPLETION,
        "6.2.o1": Deed.POSTMORTEM,
        "6.2.o2": Deed.ACTION_ITEM,
    }


def test_exit_criteria_that_are_milestones() -> None:
    assert milestones_of(SEED) == {"3.exit": "mitigated", "4.exit": "resolved", "5.exit": "recovered"}


def test_a_criterion_may_name_no_milestone_or_its_opposite() -> None:
    phases = (Phase(1, "A", exit="Impact is still unmitigated"), Phase(2, "B"))
    assert milestones_of(Playbook("Other", phases)) == {}


def test_wordings_of_other_workflows() -> None:
    assert deed_of("Assess severity of the incident") is Deed.SEVERITY
    assert deed_of("Send a status update") is Deed.UPDATE
    assert deed_of("Write the post mortem") is Deed.POSTMORTEM
    assert deed_of("Turn the page over") is None
    assert deed_of("") is None
