"""The command line: everything that the console does can be scripted."""

import os

import click

from warroom.cli.group import Verbs
from warroom.cli.out import complain
from warroom.settings import settings

_VERBS = {
    "declare": "warroom.cli.record",
    "open": "warroom.cli.enter",
    "list": "warroom.cli.look",
    "status": "warroom.cli.look",
    "show": "warroom.cli.look",
    "follow": "warroom.cli.follow",
    "log": "warroom.cli.log",
    "tick": "warroom.cli.record",
    "severity": "warroom.cli.record",
    "phase": "warroom.cli.record",
    "mitigate": "warroom.cli.record",
    "assess": "warroom.cli.record",
    "impact": "warroom.cli.record",
    "stamp": "warroom.cli.record",
    "due": "warroom.cli.instruments",
    "snooze": "warroom.cli.instruments",
    "page": "warroom.cli.instruments",
    "answer": "warroom.cli.instruments",
    "join": "warroom.cli.instruments",
    "release": "warroom.cli.instruments",
    "role": "warroom.cli.instruments",
    "assign": "warroom.cli.instruments",
    "check-back": "warroom.cli.instruments",
    "board": "warroom.cli.instruments",
    "escalate": "warroom.cli.instruments",
    "fallback": "warroom.cli.instruments",
    "decide": "warroom.cli.instruments",
    "verify-decision": "warroom.cli.instruments",
    "draft": "warroom.cli.instruments",
    "update": "warroom.cli.instruments",
    "cadence": "warroom.cli.instruments",
    "briefing": "warroom.cli.instruments",
    "offer-command": "warroom.cli.instruments",
    "accept-command": "warroom.cli.instruments",
    "decline-command": "warroom.cli.instruments",
    "close": "warroom.cli.record",
    "cancel": "warroom.cli.record",
    "reopen": "warroom.cli.record",
    "undo": "warroom.cli.record",
    "postmortem": "warroom.cli.postmortem",
    "playbook": "warroom.cli.playbook",
    "drill": "warroom.cli.drill",
    "verify": "warroom.cli.keep",
    "repair": "warroom.cli.keep",
    "export": "warroom.cli.keep",
    "import": "warroom.cli.keep",
    "config": "warroom.cli.config",
    "doctor": "warroom.cli.doctor",
    "completion": "warroom.cli.completion",
    "help": "warroom.cli.help",
}

_TELLS = {"config", "doctor"}  # verbs that say themselves what is wrong with the settings


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from warroom import __version__

        click.echo(f"warroom {__version__}")
        context.exit()


@click.group(cls=Verbs, verbs=_VERBS, invoke_without_command=True)
@click.option("--home", metavar="FOLDER", help="Where incidents are kept (else WARROOM_HOME).")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="The version."
)
@click.pass_context
def main(context: click.Context, home: str | None, no_mouse: bool) -> None:
    """Run a production incident from the first alert to the post-mortem.

    Without a verb the console opens: at the one active incident, else in the lobby.

    \b
    Example:
      warroom declare "Production database is throwing errors" --severity SEV2
      warroom log "error rate: 45% -> 5%"
      warroom
    """
    found = context.obj = settings(home, mouse=False if no_mouse else None)
    if context.invoked_subcommand not in _TELLS:
        for problem in found.problems:
            complain(str(problem))
    if context.invoked_subcommand is None:
        from warroom.cli.enter import enter

        context.exit(enter(os.environ.get("WARROOM_INCIDENT")))
