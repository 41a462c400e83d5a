"""The command line: everything that the console does can be scripted."""

import os

import click

from warroom.cli.group import Verbs
from warroom.cli.out import complain
from warroom.settings import settings

_VERBS = {
    "Begin": {
        "declare": "warroom.cli.record",
        "open": "warroom.cli.enter",
        "list": "warroom.cli.look",
    },
    "See what is so": {
        "status": "warroom.cli.look",
        "checklist": "warroom.cli.checklist",
        "due": "warroom.cli.instruments",
        "board": "warroom.cli.instruments",
        "show": "warroom.cli.look",
        "follow": "warroom.cli.follow",
        "figures": "warroom.cli.documents",
    },
    "Log": {
        "log": "warroom.cli.log",
        "entry": "warroom.cli.record",
    },
    "Go by the playbook": {
        "tick": "warroom.cli.record",
        "untick": "warroom.cli.record",
        "skip": "warroom.cli.record",
        "output": "warroom.cli.record",
        "phase": "warroom.cli.record",
        "severity": "warroom.cli.record",
        "choose": "warroom.cli.instruments",
        "impact": "warroom.cli.record",
    },
    "Mitigate and decide": {
        "mitigate": "warroom.cli.record",
        "assess": "warroom.cli.record",
        "decide": "warroom.cli.instruments",
        "verify-decision": "warroom.cli.instruments",
        "escalate": "warroom.cli.instruments",
        "fallback": "warroom.cli.instruments",
        "snooze": "warroom.cli.instruments",
    },
    "Tell": {
        "draft": "warroom.cli.documents",
        "update": "warroom.cli.instruments",
        "cadence": "warroom.cli.instruments",
    },
    "Lead people": {
        "page": "warroom.cli.instruments",
        "answer": "warroom.cli.instruments",
        "join": "warroom.cli.instruments",
        "role": "warroom.cli.instruments",
        "release": "warroom.cli.instruments",
        "assign": "warroom.cli.instruments",
        "check-back": "warroom.cli.instruments",
        "briefing": "warroom.cli.documents",
        "offer-command": "warroom.cli.instruments",
        "accept-command": "warroom.cli.instruments",
        "decline-command": "warroom.cli.instruments",
    },
    "Correct": {
        "undo": "warroom.cli.record",
        "redo": "warroom.cli.record",
        "rename": "warroom.cli.record",
        "stamp": "warroom.cli.record",
    },
    "End and learn": {
        "close": "warroom.cli.record",
        "cancel": "warroom.cli.record",
        "reopen": "warroom.cli.record",
        "action-item": "warroom.cli.record",
        "postmortem": "warroom.cli.postmortem",
        "after-action": "warroom.cli.documents",
    },
    "Prepare": {
        "playbook": "warroom.cli.playbook",
        "drill": "warroom.cli.drill",
    },
    "Look after files and settings": {
        "verify": "warroom.cli.keep",
        "repair": "warroom.cli.keep",
        "export": "warroom.cli.keep",
        "import": "warroom.cli.keep",
        "config": "warroom.cli.config",
        "doctor": "warroom.cli.doctor",
        "completion": "warroom.cli.completion",
        "help": "warroom.cli.help",
    },
}  # in the order in which an incident needs them

_TELLS = {"config", "doctor"}  # verbs that say themselves what is wrong with the settings


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from warroom import __version__

        click.echo(f"warroom {__version__}")
        context.exit()


@click.group(cls=Verbs, verbs=_VERBS, invoke_without_command=True)
@click.option("--home", metavar="FOLDER", help="Where incidents are kept (else WARROOM_HOME).")
@click.option(
    "--user", metavar="NAME", help="Who is writing, in the record (else WARROOM_USER, the settings)."
)
@click.option("--theme", metavar="NAME", help="The console's colours (else WARROOM_THEME, the settings).")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="The version."
)
@click.pass_context
def main(
    context: click.Context, *, home: str | None, user: str | None, theme: str | None, no_mouse: bool
) -> None:
    """Run a production incident from the first alert to the post-mortem.

    Without a verb the console opens: at the one active incident, else in the lobby.

    \b
    Example:
      warroom declare "Production database is throwing errors" --severity SEV2
      warroom log "error rate: 45% -> 5%"
      warroom
    """
    mouse = False if no_mouse else None
    found = context.obj = settings(home, user=user, theme=theme, mouse=mouse)
    if context.invoked_subcommand not in _TELLS:
        for problem in found.problems:
            complain(str(problem))
    if context.invoked_subcommand is None:
        from warroom.cli.enter import enter

        context.exit(enter(os.environ.get("WARROOM_INCIDENT")))
