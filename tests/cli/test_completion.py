"""The shell completes verbs, incidents and playbooks, and never prints an error into the line being typed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from tests.cli.conftest import Cli
from warroom.cli import main


def offered(*words: str, typed: str = "") -> list[str]:
    """What is offered behind these words, for what was typed so far."""
    completions = ShellComplete(main, {}, "warroom", "_WARROOM_COMPLETE").get_completions(list(words), typed)
    return [each.value for each in completions]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_every_shell(warroom: Cli, tmp_path: Path, shell: str) -> None:
    script = warroom("completion", shell).stdout
    assert "_WARROOM_COMPLETE" in script
    if program := shutil.which(shell):
        file = tmp_path / "script"
        file.write_text(script)
        subprocess.run([program, "-n", str(file)], check=True)


def test_verbs_and_their_options(warroom: Cli) -> None:
    assert "declare" in offered(typed="dec")
    assert offered("config", typed="s") == ["show"]
    assert "--plain" in offered("status", typed="--")


@pytest.mark.parametrize(
    "words", [("open",), ("verify",), ("follow",), ("export",), ("log", "-i"), ("tick", "-i")], ids=" ".join
)
def test_incidents(warroom: Cli, words: tuple[str, ...]) -> None:
    first = warroom("declare", "Checkout is down").stdout.strip()
    second = warroom("declare", "Game day", "--exercise").stdout.strip()
    assert offered(*words, typed="") == [first, second]
    assert offered(*words, typed=first[-4:]) == [first]
    assert offered(*words, typed="inc") == [first, second]


def test_playbooks_then_files(warroom: Cli) -> None:
    warroom("playbook", "new", "checkout")
    assert offered("declare", "x", "--playbook", typed="ch") == ["checkout"]
    assert offered("playbook", "show", typed="ch") == ["checkout"]
    assert offered("playbook", "check", typed="docs/my") == ["docs/my"]


def test_the_home_that_was_named_is_looked_into(warroom: Cli, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    number = warroom("--home", elsewhere, "declare", "Checkout is down").stdout.strip()
    assert offered("open") == []
    assert offered("--home", elsewhere, "open") == [number]


def test_a_store_that_cannot_be_read_offers_nothing(warroom: Cli, home: Path) -> None:
    home.write_text("no folder")
    assert offered("open") == []
