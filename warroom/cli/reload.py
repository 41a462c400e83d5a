"""The verb that has an incident go on by its playbook as that is written now."""

import click

from warroom.cli.complete import playbooks
from warroom.cli.group import Refusal, WrongUsage
from warroom.cli.here import desk, front_desk, incident_option
from warroom.cli.out import say
from warroom.cli.record import carry_out
from warroom.incident import commands
from warroom.incident.changes import diff
from warroom.verbs import intend


@click.command("reload")
@click.argument("name", required=False, default="", metavar="[NAME|FILE]", shell_complete=playbooks)
@incident_option
def reload_verb(name: str, incident: str | None) -> None:
    """Have an incident go on by its playbook as that is written now, or by another; say what changed.

    What is the same keeps its state, wherever it stands now. `warroom undo` takes it back.

    \b
    Examples:
      warroom playbook reload
      warroom playbook reload my-runbook.md -i INC-2026-0042
    """
    from warroom.playbooks import PlaybookError

    here, front = desk(incident), front_desk()
    source = name or here.incident.source
    if not source:
        raise Refusal("It is not known which document this incident's playbook came from; name it.")
    try:
        playbook = front.playbook(source).playbook
    except PlaybookError as error:
        raise WrongUsage(str(error)) from None
    for change in diff(here.incident.playbook, playbook):
        say(str(change))
    carry_out(here, intend(commands.reload_playbook, playbook, front.source(source)), None)
