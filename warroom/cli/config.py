"""Verbs about settings."""

from collections.abc import Iterator

import click

from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.group import Refusal
from warroom.cli.here import front_desk, json_option, settings_in_use
from warroom.cli.in_force import in_force
from warroom.cli.out import say, table, to_json
from warroom.incident.text import printable_lines
from warroom.settings import Problem, Settings


@click.group("config")
def config_verb() -> None:
    """Write, show and check your settings.

    \b
    Example:
      warroom config init
    """


@config_verb.command("path")
def path_verb() -> None:
    """Print where the settings file lies, whether it is there or not.

    \b
    Example:
      $EDITOR "$(warroom config path)"
    """
    say(str(settings_in_use().file))


@config_verb.command("init")
def init_verb() -> None:
    """Write a settings file with every key, its default and what it does; nothing is ever overwritten.

    \b
    Example:
      warroom config init
    """
    path = settings_in_use().file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(default_file())
    except FileExistsError:
        raise Refusal(f"{path} is there already.") from None
    say(str(path))


def default_file() -> str:
    """The settings file with everything as usual."""
    from warroom.console.key_names import written
    from warroom.console.keys import KEYS
    from warroom.settings.default import commented

    return commented(
        (key.id, [written(one) for one in filter(None, key.key.split(","))], key.does) for key in KEYS
    )


@config_verb.command("show")
@json_option
@plain_option
def show_verb(as_json: bool, aloud: bool) -> None:
    """Show what is in force, and where each value comes from: default, file and line, variable or flag.

    \b
    Example:
      warroom config show
    """
    from warroom.settings.default import toml

    found = list(in_force(settings_in_use()))
    if as_json:
        say(to_json({key: {"value": value, "from": origin} for key, value, origin in found}))
    elif aloud:
        said = ((f"{key} is {toml(value)}", f"from {origin}") for key, value, origin in found)
        say(spoken.rows(said, aloud=True))
    else:
        say(table((key, toml(value), origin) for key, value, origin in found))


@config_verb.command("check")
@json_option
def check_verb(as_json: bool) -> None:
    """Say everything that is wrong, as `file:line: what, what was expected`; exit with 1 if anything is.

    \b
    Example:
      warroom config check
    """
    found = settings_in_use()
    problems = sorted(every_problem(found))
    if as_json:
        say(to_json({"ok": not problems, "problems": [problem._asdict() for problem in problems]}))
    for problem in problems if not as_json else ():
        click.echo(printable_lines(str(problem)), err=True)
    if problems:
        click.get_current_context().exit(1)
    if not as_json:
        say(f"{found.file}: sound" if found.file.exists() else f"{found.file} is not there: all is as usual")


def every_problem(found: Settings) -> Iterator[Problem]:
    """What is wrong with the settings, the keys and themes that they name, and the roster beside them."""
    from warroom.console.remap import remapped
    from warroom.console.themes import wardrobe

    yield from found.problems
    yield from _playbook(found)
    yield from _folders(found)
    yield from remapped(found).problems
    yield from wardrobe(found).problems
    yield from _roster(found)


def _playbook(found: Settings) -> Iterator[Problem]:
    name, names = found.options.playbook, front_desk().playbooks()
    if name and name not in names:
        from warroom.settings.toml_file import one_of

        yield found.wrong(f'there is no playbook "{name}"', one_of(names, name), "playbook")


def _folders(found: Settings) -> Iterator[Problem]:
    _, *folders = found.playbook_folders  # a person's own need not be there
    for folder in folders:
        if not folder.is_dir():
            yield found.wrong(f'there is no folder "{folder}"', "a folder of playbooks", "playbook_folders")


def _roster(found: Settings) -> Iterator[Problem]:
    from warroom.roster import BadRoster, read

    try:
        read(found.roster)
    except BadRoster as bad:
        yield Problem(str(found.roster), bad.line, bad.what)
