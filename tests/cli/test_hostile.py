"""What an outsider can send: stored cleaned, printed literally, and never a control sequence."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.incident.worlds import World
from warroom.cli.look import record_line
from warroom.incident import events as e

MARKUP = "[red]x[/red] [/] [@click=app.quit]"
SEQUENCES = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \x1b]8;;http://x\x1b\\link \x00 \u202egnp.exe \u2066 \x08"
)
HOSTILE = f"{MARKUP} {SEQUENCES}"
_UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def safe(text: str) -> str:
    assert not _UNSAFE.search(text), ascii(text)
    return text


@pytest.fixture
def number(warroom: Cli) -> str:
    return warroom("declare", HOSTILE).stdout.strip()


LOOKING = (
    ["list"], ["list", "--json"], ["status"], ["status", "--json"], ["show"], ["show", "--json"],
    ["postmortem"], ["postmortem", "--format", "json"],
)  # fmt: skip


def test_everywhere_that_text_goes_in(warroom: Cli, number: str) -> None:
    for words in (
        ["log", HOSTILE],
        ["log", f"@{HOSTILE} do it"],
        ["log", f"todo {HOSTILE} @sre"],
        ["log", f"root cause: {HOSTILE}"],
        ["log", f"{SEQUENCES}: 1 -> {HOSTILE}"],
        ["phase", "next", "--override", HOSTILE],
        ["mitigate", HOSTILE, "--note", HOSTILE],
        ["assess", "partial", "--note", HOSTILE],
        ["impact", "--systems", f"{HOSTILE},{HOSTILE}"],
    ):
        safe(warroom(*words).output)
    for words in LOOKING:
        shown = safe(warroom(*words).output)
        assert MARKUP in shown.replace("\\", "")


def test_standard_input(warroom: Cli, status: Callable[..., Any], number: str) -> None:
    safe(warroom("log", "-", stdin=f"{HOSTILE}\n".encode()).output)
    text = status()["timeline"][-1]["text"]
    assert safe(text).startswith(MARKUP)
    assert "red" in text
    assert "title" not in text


def test_a_line_of_a_megabyte(warroom: Cli, status: Callable[..., Any], number: str) -> None:
    warroom("log", "-", stdin=b"\x1b[1m" + b"x" * 1_000_000 + b"\n")
    assert status()["timeline"][-1]["text"] == "x" * 1_000_000
    safe(warroom("show").stdout)


@pytest.mark.parametrize(
    "words",
    [
        [HOSTILE],
        [f"--{HOSTILE}"],
        ["show", HOSTILE],
        ["close", "--reason", HOSTILE],
        ["stamp", HOSTILE],
        ["log", "x", "--at", HOSTILE],
        ["impact", "--users", HOSTILE],
        ["phase", HOSTILE],
        ["status", f"--{HOSTILE}"],
        ["drill", "--speed", HOSTILE],
    ],
)
def test_wrong_usage_is_said_safely(warroom: Cli, number: str, words: list[str]) -> None:
    safe(warroom(*words, code=2).output)


@pytest.mark.parametrize(
    "words",
    [
        ["tick", HOSTILE],
        ["severity", HOSTILE],
        ["log", "x", "-i", HOSTILE],
        ["declare", "x", "--playbook", HOSTILE],
        ["playbook", "show", HOSTILE],
        ["drill", HOSTILE],
    ],
)
def test_refusals_are_said_safely(warroom: Cli, number: str, words: list[str]) -> None:
    assert "report this" not in safe(warroom(*words, code=1).output)


def test_who_one_says_one_is(
    warroom: Cli, status: Callable[..., Any], number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARROOM_USER", f"{MARKUP}\x1b[31m\u202e")
    warroom("log", "x")
    assert status()["timeline"][-1]["by"] == MARKUP


def test_a_playbook_from_somewhere(warroom: Cli, tmp_path: Path) -> None:
    runbook = tmp_path / "mine.md"
    lines = (
        "# Mine",
        "### Phase 1: Look",
        "#### Step 1.1: \x1b[31mLook\u202e",
        "**Actions:**",
        "- \x9b2J[red]go[/red]",
    )
    runbook.write_text("\n\n".join(lines), encoding="utf-8")
    for words in (["playbook", "show", str(runbook)], ["playbook", "show", str(runbook), "--json"]):
        assert "[red]go[/red]" in safe(warroom(*words).stdout)


def test_a_file_that_somebody_else_wrote_is_cleaned_on_its_way_out(
    warroom: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checksum is right and the text is not: nothing that was cleaned on its way in can be relied on."""
    monkeypatch.setattr("warroom.incident.commands.log.printable", lambda text: text)
    monkeypatch.setattr("warroom.incident.entry.printable", lambda text: text)
    monkeypatch.setattr("warroom.front_desk.printable", lambda text: text)
    warroom("declare", "x")
    warroom("log", f"tampered {SEQUENCES}")
    raw = json.loads(warroom("show", "--json").stdout)["events"][-1]["fact"]["text"]
    assert "\x1b" in raw
    for words in LOOKING:
        assert "tampered" in safe(warroom(*words).output) or words[0] == "list"


def test_an_entry_of_several_lines_is_printed_as_one() -> None:
    world = World()  # whatever wrote the file, it was not us
    world.tell(1, e.Noted("harmless\n2026-02-02 14:05  FORGED (maya)"), by="eve\n2026-02-02 14:06  FORGED")
    *_, event = world.record
    for aloud in (False, True):
        said = record_line(event, world.incident, frozenset(), aloud=aloud)
        assert "FORGED" in said
        assert len(said.splitlines()) == 1


# ── a home folder of nobody ────────────────────────────────────────────────────────────────────

NOBODY = "~nobody-of-this-name/x"


def test_a_folder_of_somebody_unknown_stands_in_nobodys_way(warroom: Cli, home: Path, number: str) -> None:
    config = home / "config" / "config.toml"
    config.parent.mkdir(exist_ok=True)
    config.write_text(f'playbook-folders = ["{NOBODY}"]\n')
    for words in (["status"], ["playbook", "list"], ["declare", "Another"]):
        warroom(*words)
    said = warroom("config", "check", code=1).output
    assert f'config.toml:1: there is no folder "{NOBODY}", expected a folder of playbooks' in said


@pytest.mark.parametrize(
    "words",
    [
        ["declare", "x", "--playbook", NOBODY],
        ["playbook", "show", NOBODY],
        ["drill", NOBODY],
        ["playbook", "new", f"{NOBODY}/mine.md"],
    ],
)
def test_a_path_of_somebody_unknown_is_refused(
    warroom: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = warroom(*words, code=1).output
    assert NOBODY in said
    assert "report this" not in said
    assert not list(tmp_path.glob("~*"))


def test_a_home_of_somebody_unknown_is_one_where_nothing_is(
    warroom: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "No incidents yet" in warroom("--home", NOBODY, "list").output
