"""The verb that explains: other verbs, the keys of the console, the settings, how a task is done."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.group import WrongUsage
from warroom.cli.out import say, table

if TYPE_CHECKING:
    from warroom.console.keys import Key

GUIDES = (
    "declaring", "logging", "deciding", "people", "updates", "closing",
    "drills", "playbooks", "scripting", "files", "settings",
)  # fmt: skip
_TOPICS = ("keys", *GUIDES)


@click.command("help")
@click.argument("topic", required=False, default="", metavar="[VERB|TOPIC]")
@plain_option
@click.pass_context
def help_verb(context: click.Context, topic: str, *, aloud: bool) -> None:
    """Explain a verb, the keys of the console, the settings or a task; without a topic, list the verbs.

    Topics are keys, declaring, logging, deciding, people, updates, closing, drills, playbooks, scripting,
    files and settings.

    \b
    Examples:
      warroom help keys
      warroom help log
    """
    root = context.find_root()
    if not topic:
        say(root.get_help())
    elif topic == "keys":
        say(_keys(aloud=aloud))
    elif topic in GUIDES:
        say(spoken.document(_guide(topic), aloud=aloud))
    else:
        assert isinstance(root.command, click.Group)
        verb = root.command.get_command(root, topic)
        if verb is None:
            raise WrongUsage(f"There is no verb or topic {topic!r}; topics are {', '.join(_TOPICS)}.")
        with click.Context(verb, info_name=topic, parent=root) as inner:
            say(verb.get_help(inner))


def _guide(topic: str) -> str:
    """A guide to a task, as Markdown; that to the settings ends with all of them."""
    from warroom import assets

    text = (assets.GUIDES / f"{topic}.md").read_text(encoding="utf-8").rstrip()
    if topic != "settings":
        return text
    from warroom.cli.config import default_file

    return f"{text}\n\n## Every setting\n\n```toml\n{default_file().rstrip()}\n```"


def _keys(*, aloud: bool) -> str:
    """The console's keys as they are in force, place by place."""
    from warroom.cli.here import settings_in_use
    from warroom.console.keys import KEYS
    from warroom.console.remap import remapped

    keymap = remapped(settings_in_use())
    rows = [(keymap[key.id].all_shown, key.id, key.does) for key in KEYS]
    said = [_heard(keymap[key.id]) for key in KEYS] if aloud else table(rows).split("\n")
    lines = iter(said)
    parts = []
    for place, keys in groupby(KEYS, lambda key: key.place):
        parts.append("\n".join([place, *(f"  {next(lines)}" for _ in keys)]))
    return "\n\n".join(parts)


def _heard(key: "Key") -> str:
    from warroom.console.key_names import written

    pressed = written(key.key.split(",")[0]) or "no key"
    return f"{pressed}, {key.id}: {key.does.replace(' ≡', '').replace(' ›', '')}"
