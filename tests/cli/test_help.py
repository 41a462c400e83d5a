"""`warroom help` explains verbs and more."""

from pathlib import Path

from tests.cli.conftest import Cli
from warroom.console.keys import KEYS


def test_a_verb_is_explained_as_by_its_own_help(warroom: Cli) -> None:
    assert warroom("help", "log").stdout.strip() == warroom("log", "--help").stdout.strip()
    assert warroom("help").stdout.strip() == warroom("--help").stdout.strip()


def test_the_keys_are_those_in_force(warroom: Cli, home: Path) -> None:
    file = home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[keys]\nnote = "f9"\n')
    said = warroom("help", "keys").stdout
    assert "  f9" in said
    assert all(key.does in said for key in KEYS)


def test_the_settings_end_with_the_file_that_init_writes(warroom: Cli) -> None:
    said = warroom("help", "settings").stdout
    assert Path(warroom("config", "init").stdout.strip()).read_text().strip() in said


def test_what_there_is_no_help_for(warroom: Cli) -> None:
    assert "topics are keys, declaring," in warroom("help", "nothing", code=2).stderr
