"""How the command line starts: what it loads, what it says without a terminal, what its help shows."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Cli
from warroom.cli import main
from warroom.verbs import VERBS as GRAMMAR

HEAVY = (
    "textual",
    "rich",
    "pendulum",
    "markdown_it",
    "jinja2",
    "asyncio",
    "warroom.console",
    "warroom.playbooks",
)


def verbs(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += verbs(command, *path, name)
    return found


VERBS = verbs(main)


def loaded_by(home: Path, *words: str) -> set[str]:
    """The modules that a run of the command line has loaded when it ends."""
    code = (
        "import sys\n"
        "from warroom.cli import main\n"
        f"main({list(words)!r}, standalone_mode=False)\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    env = {**os.environ, "WARROOM_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "words",
    [["log", "x"], ["tick", "1.1.1"], ["status"], ["list"], ["show", "--json"], ["postmortem"], ["undo"]],
)
def test_a_verb_loads_nothing_heavy(warroom: Cli, home: Path, words: list[str]) -> None:
    warroom("declare", "x")
    warroom("log", "y")
    assert loaded_by(home, *words).isdisjoint(HEAVY)


def test_a_note_loads_neither_the_incident_nor_what_decides(warroom: Cli, home: Path) -> None:
    warroom("declare", "x")
    warroom("list")  # what the list shows of it is kept from now on
    loaded = loaded_by(home, "log", "pool exhausted")
    assert loaded.isdisjoint({"warroom.desk", "warroom.verbs", "warroom.incident.incident", "rpds"})


@pytest.mark.parametrize("words", [[], ["open"], ["open", "INC-2026-0001"]])
def test_the_console_needs_a_terminal(home: Path, words: list[str]) -> None:
    env = {**os.environ, "WARROOM_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "warroom", *words], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "needs a terminal" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_has_help_with_an_example(warroom: Cli, verb: tuple[str, ...]) -> None:
    text = warroom(*verb, "--help").stdout
    assert "Example" in text
    assert f"warroom {' '.join(verb)}" in text.split("Example")[1]


def test_the_verbs_of_the_command_line(warroom: Cli) -> None:
    wanted = (
        "declare open list status show log tick severity phase mitigate assess impact stamp close postmortem"
        " playbook drill undo verify repair export import follow config doctor completion help"
        " due snooze page answer join release role assign check-back board escalate fallback decide"
        " verify-decision draft update cadence briefing offer-command accept-command decline-command"
        " cancel reopen redo untick skip output choose rename entry action-item checklist figures"
        " after-action"
    )
    assert {verb[0] for verb in VERBS} == set(wanted.split())
    text = warroom("--help").stdout
    assert "Declare an incident" in text


def test_every_recording_verb_says_when_and_where() -> None:
    for path in verbs(GRAMMAR):
        command: click.Command | None = main
        for name in path:
            assert isinstance(command, click.Group)
            command = command.get_command(click.Context(main), name)
        assert command is not None, path  # a drill's script and the command line call it the same
        options = {opt for param in command.params for opt in param.opts}
        assert isinstance(command, click.Group) or {"--at", "-i"} <= options, path


def test_version(warroom: Cli) -> None:
    from warroom import __version__

    assert warroom("--version").stdout == f"warroom {__version__}\n"


def test_an_unknown_verb_is_wrong_usage(warroom: Cli) -> None:
    assert "No such command" in warroom("explode", code=2).stderr


def test_what_nobody_foresaw_is_said_without_a_traceback(
    warroom: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("warroom.cli.here.FrontDesk", fail)
    assert "boom" in warroom("list", code=1).stderr


def test_output_that_knows_few_characters(home: Path) -> None:
    env = {**os.environ, "WARROOM_HOME": str(home), "PYTHONIOENCODING": "latin-1"}
    run = [sys.executable, "-m", "warroom"]
    subprocess.run([*run, "declare", "Größe → x"], env=env, check=True, capture_output=True)
    done = subprocess.run([*run, "status"], env=env, check=True, capture_output=True)
    assert "Größe ".encode("latin-1") + rb"\u2192 x" in done.stdout


def test_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from warroom.settings import settings

    for name in ("WARROOM_HOME", "WARROOM_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    if sys.platform == "linux":
        assert settings().home == tmp_path / "data" / "warroom"
        assert settings().playbooks == tmp_path / "config" / "warroom" / "playbooks"
    assert settings().user
    monkeypatch.setenv("WARROOM_HOME", str(tmp_path / "here"))
    monkeypatch.setenv("WARROOM_USER", "may\x1b[31ma")
    assert settings().home == tmp_path / "here"
    assert settings().config == tmp_path / "here" / "config"
    assert settings().user == "maya"
    assert settings(str(tmp_path / "there")).home == tmp_path / "there"


def test_somebody_without_a_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from warroom.settings import settings

    monkeypatch.delenv("WARROOM_USER", raising=False)
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid")))
    assert settings(str(tmp_path)).user == "unknown"
