"""The guides: what they tell people to type is there, and `warroom help` prints them."""

import json
import re
import shlex
from functools import reduce
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Cli
from warroom import assets
from warroom.cli import main
from warroom.cli.help import GUIDES
from warroom.console.keys import KEYS
from warroom.drills import load

_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
_INLINE = re.compile(r"`(warroom [^`]*)`")
_VERB = re.compile(r"(?:^|&& |\| |\$\()warroom ((?:[a-z][\w-]* ?)+)([^#|&)\n]*)", re.MULTILINE)


@pytest.mark.parametrize("name", GUIDES)
def test_every_verb_and_option_in_a_guide_is_there(name: str) -> None:
    text = (assets.GUIDES / f"{name}.md").read_text(encoding="utf-8")
    found = [line for said in (*_BLOCK.findall(text), *_INLINE.findall(text)) for line in _VERB.findall(said)]
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


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_a_topic(name: str, warroom: Cli) -> None:
    said = warroom("help", name).stdout
    assert said.startswith("# ")
    assert name in warroom("help", "--help").stdout


def test_the_drill_in_the_guide_is_one(tmp_path: Path) -> None:
    text = (assets.GUIDES / "drills.md").read_text(encoding="utf-8")
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


# ── every line of README and guides, run as it stands ──────────────────────────────────────────

_LINE = re.compile(r"(?:^|&& |\| |=\$\()(warroom [^|&#)\n]*)", re.MULTILINE)
_NOT_RUN = {  # the first goes on until it is interrupted, the others take as long as they play
    "warroom follow INC-2026-0042",
    "warroom drill", "warroom drill --guided", "warroom drill region-failover",
}  # fmt: skip
_ONE_WHERE_THEY_DIFFER = "warroom playbook diff"
_DOCUMENTS = {
    "README": assets.GUIDES.parent / "README.md",
    **{name: assets.GUIDES / f"{name}.md" for name in GUIDES},
}


def lines_of(document: Path) -> list[str]:
    """The lines of a document's shell examples that are warroom's."""
    blocks = _BLOCK.findall(document.read_text(encoding="utf-8"))
    return [line.strip() for block in blocks for line in _LINE.findall(block)]


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_every_line_does_what_it_says(
    name: str, warroom: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its order, at an incident that is under way, with the files that the examples take for granted."""
    monkeypatch.chdir(tmp_path)
    other = warroom("declare", "Payments fail").stdout.strip()
    here = warroom("declare", "Checkout is down", "--severity", "SEV2").stdout.strip()
    monkeypatch.setenv("WARROOM_INCIDENT", here)
    warroom("export", here, "-o", "inc.json")
    for path in ("my-runbook.md", "runbooks/checkout.md", "checkout.md", "checkout-next.md"):
        warroom("playbook", "new", path)
    warroom("log", "error rate 45 %")
    warroom("log", "todo add pool monitoring @sre fri")
    status = json.loads(warroom("status", "--json").stdout)
    real = {
        "INC-2026-0042": here,
        "INC-2026-0041": other,
        "7c41ab": next(entry["id"][-6:] for entry in status["timeline"] if entry["kind"] == "noted"),
        "3f2a91": status["action_items"][0]["id"][-6:],
    }
    lines = lines_of(_DOCUMENTS[name])
    if "warroom playbook new checkout" not in lines:
        warroom("playbook", "new", "checkout")
    for line in lines:
        if line in _NOT_RUN:
            continue
        words = shlex.split(reduce(lambda text, example: text.replace(*example), real.items(), line))[1:]
        words = [
            each for word in words for each in (map(str, tmp_path.glob(word)) if "*" in word else [word])
        ]
        words = [{"$1": "Orders fail", "$number": here}.get(word, word) for word in words]
        piped = "ERROR pool exhausted\n" if words[-1] == "-" else None
        warroom(*words, stdin=piped, code=1 if line.startswith(_ONE_WHERE_THEY_DIFFER) else 0)
    assert lines
