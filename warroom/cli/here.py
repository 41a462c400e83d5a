"""Where a verb works: the front desk of the home folder in use, and the incident that is meant."""

from typing import TypeVar

import click

from warroom.cli.group import Refusal
from warroom.cli.out import complain
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.incident.playbook import Playbook
from warroom.settings import Settings
from warroom.verbs import moment

T = TypeVar("T")

incident_option = click.option(
    "-i",
    "--incident",
    "incident",
    metavar="INC…",
    envvar="WARROOM_INCIDENT",
    help="Which incident (else WARROOM_INCIDENT, else the only active one).",
)
at_option = click.option(
    "--at",
    callback=moment,
    metavar="TIME",
    help="When it happened, if not now: 2026-02-02T14:05Z, 14:05 (UTC), -12m.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")


def settings_in_use() -> Settings:
    """The settings that the options and the environment gave."""
    found = click.get_current_context().find_object(Settings)
    assert found is not None  # the group's callback puts it there
    return found


def front_desk() -> FrontDesk:
    """The front desk of the home folder in use."""
    found = settings_in_use()
    return FrontDesk(found.home, found.user, playbook_folders=(found.playbooks,))


def desk(incident: str | None, *, reading: bool = False) -> Desk:
    """The desk of an incident that was named, else of the only one that can be meant."""
    front = front_desk()
    found = front.open(incident or front.the_one(finished_too=reading))
    for damage in found.damage:
        complain(f"{found.incident.number} is damaged, {damage}; what is sound was read")
    return found


def accepted(outcome: T | Refused, playbook: Playbook | None = None) -> T:
    """What was done, or the refusal with what stands in the way."""
    if not isinstance(outcome, Refused):
        return outcome
    named = (f"  {item}  {playbook.text_of(item)}" for item in outcome.items) if playbook else ()
    raise Refusal("\n".join([outcome.reason, *named]))
