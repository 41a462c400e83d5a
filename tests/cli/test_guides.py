"""The guides: what they tell people to type is there, and `warroom help` prints them."""

import re
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Cli
from warroom.assets import GUIDES
from warroom.cli import main
from warroom.cli.help import _GUIDES
from warroom.console.keys import KEYS
from warroom.drills import load

_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
_VERB = re.compile(r"(?:^|&& |\| |\$\()warroom ((?:[a-z][\w-]* ?)+)([^#|&)\n]*)", re.MULTILINE)


@pytest.mark.parametrize("name", _GUIDES)
def test_every_verb_and_option_in_a_guide_is_there(name: str) -> None:
    text = (GUIDES / f"{name}.md").read_text(encoding="utf-8")
    found = [line for block in _BLOCK.findall(text) for line in _VERB.findall(block)]
    assert found
    for words, rest in found:
        command: click.Command = main
        with click.Context(main) as context:
            for word in words.split():
                if isinstance(command, click.Group):
                    inner = command.get_command(context, word)
                    assert inner is not None, (name, word)
                    command = inner
        known = {
            option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for option in re.findall(r"(?<=\s)--?[a-z][\w-]*", f" {words} {rest}"):
            assert option in known, (name, words, option)


@pytest.mark.parametrize("name", _GUIDES)
def test_a_guide_is_a_topic(name: str, warroom: Cli) -> None:
    said = warroom("help", name).stdout
    assert said.startswith("# ")
    assert name in warroom("help", "--help").stdout


def test_the_drill_in_the_guide_is_one(tmp_path: Path) -> None:
    text = (GUIDES / "drills.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "mine.toml"
    path.write_text(written, encoding="utf-8")
    found = load(path)
    assert (found.title, len(found.lines)) == ("Checkout is down", 4)


def test_every_act_that_a_drill_names_is_one() -> None:
    from warroom.drills import available

    acts = {key.id for key in KEYS}
    for _, path in available():
        for line in load(path).lines:
            assert set(re.findall(r"\{([a-z-]+)\}", line.hint)) <= acts
