"""Where a verb works: the front desk of the home folder in use, and the incident that is meant."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from warroom.cli.complete import incidents
from warroom.cli.group import Refusal
from warroom.cli.out import complain
from warroom.front_desk import FrontDesk
from warroom.incident import entry
from warroom.incident.playbook import Playbook
from warroom.settings import Settings
from warroom.stamp import now

if TYPE_CHECKING:
    from warroom.desk import Desk
    from warroom.incident.commands import Refused

T = TypeVar("T")


def moment(_: click.Context, __: click.Parameter, typed: str | None) -> datetime | None:
    """A time as an option: ISO 8601, `14:05`, `yesterday 23:50`, `-12m`; UTC."""
    if typed is None:
        return None
    found = entry.moment(typed, now()) or _iso(typed)
    if found is None:
        raise click.BadParameter(f"{typed!r} is no time; write 2026-02-02T14:05Z, 14:05 or -12m.")
    return found


def _iso(typed: str) -> datetime | None:
    """The rarer shapes of ISO 8601, such as 20260202T1405Z or 2026-W06-1T14:05; UTC without an offset."""
    if "T" not in typed.upper() and " " not in typed.strip():
        return None  # a day or a year is no time
    import pendulum  # costs 100 ms, and hardly anybody needs it

    try:
        found = pendulum.parse(typed.strip(), tz="UTC")
    except (ValueError, OverflowError):
        return None
    if not isinstance(found, pendulum.DateTime):
        return None
    return datetime.fromtimestamp(found.timestamp(), UTC)


incident_option = click.option(
    "-i",
    "--incident",
    "incident",
    metavar="INC…",
    envvar="WARROOM_INCIDENT",
    shell_complete=incidents,
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
    """The front desk of the home folder in use, closed when the verb is done."""
    found = settings_in_use()
    front = FrontDesk(found.home, found.user, playbook_folders=found.playbook_folders)
    click.get_current_context().call_on_close(front.close)
    return front


def desk(incident: str | None, *, reading: bool = False) -> "Desk":
    """The desk of an incident that was named, else of the only one that can be meant; closed likewise."""
    front = front_desk()
    found = front.open(incident or front.the_one(finished_too=reading))
    click.get_current_context().call_on_close(found.close)
    for damage in found.damage:
        complain(f"{found.incident.number} is damaged, {damage}; what is sound was read")
    return found


def accepted(outcome: "T | Refused", playbook: Playbook | None = None) -> T:
    """What was done, or the refusal with what stands in the way."""
    from warroom.incident.commands import Refused

    if not isinstance(outcome, Refused):
        return outcome
    named = (f"  {item}  {playbook.text_of(item)}" for item in outcome.items) if playbook else ()
    raise Refusal("\n".join([outcome.reason, *named]))
