"""`warroom doctor` says what is wrong here, and its exit code says whether anything is."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.conftest import Cli


def findings(said: str) -> dict[str, dict[str, Any]]:
    """What was found, by what was looked at."""
    return {each["what"]: each for each in json.loads(said)["findings"]}


def test_where_all_is_well(warroom: Cli, home: Path) -> None:
    warroom("declare", "Checkout is down")
    said = warroom("doctor").stdout
    assert said.startswith("Terminal\n")
    assert f"folder       {home}\n" in said
    assert "incidents    1, all sound" in said
    assert "BAD" not in said


def test_a_home_that_is_still_to_be_made(warroom: Cli, home: Path) -> None:
    assert "made when it is needed" in warroom("doctor").stdout
    assert not home.exists()


def test_damage_is_bad(warroom: Cli, home: Path) -> None:
    number = warroom("declare", "Checkout is down").stdout.strip()
    (file,) = home.rglob(f"{number}*.json*")
    text = file.read_text()
    file.write_text(text.replace("Checkout is down", "Checkout is fine", 1))
    done = warroom("doctor", "--json", code=1)
    found = findings(done.stdout)
    assert found[number]["state"] == "bad"
    assert f"warroom repair {number}" in found[number]["found"]
    assert found["incidents"]["found"] == "1, 0 sound"


def test_settings_that_are_wrong_are_bad(warroom: Cli, home: Path) -> None:
    file = home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("mouse = 1\n")
    done = warroom("doctor", code=1)
    assert f"BAD: {file}:1: mouse is a number, expected true or false" in done.stdout
    assert done.stderr == ""


def test_what_the_terminal_can_do(warroom: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "screen")
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setenv("STY", "1.pts")
    monkeypatch.setenv("LC_ALL", "C")
    found = findings(warroom("doctor", "--json").stdout)
    assert found["colours"]["found"] == "16"
    assert found["signs"]["found"] == "ASCII only (LC_ALL=C)"
    assert found["within"]["found"] == "screen"
    assert found["clipboard"]["state"] == "note"
    assert found["mouse"]["found"].startswith("left to the terminal (with it, screen would hold esc back; ")
    monkeypatch.setenv("WARROOM_MOUSE", "true")
    said = findings(warroom("doctor", "--json").stdout)["mouse"]["found"]
    assert said == "listened to (WARROOM_MOUSE)"
    said = findings(warroom("--no-mouse", "doctor", "--json").stdout)["mouse"]["found"]
    assert said == "left to the terminal (command line)"


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"TERM": "xterm-kitty"}, "OSC 99: "),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "OSC 9: "),
        ({"TERM": "xterm-256color"}, "none known"),
        ({"TERM": "tmux-256color", "TMUX": "1", "TERM_PROGRAM": "iTerm.app"}, "none known"),
    ],
)
def test_whether_the_desktop_can_be_told(
    warroom: Cli, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], said: str
) -> None:
    for name in ("TERM_PROGRAM", "TMUX", "STY", "LC_TERMINAL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert findings(warroom("doctor", "--json").stdout)["desktop"]["found"].startswith(said)


def test_a_network_file_system_is_worth_a_note(warroom: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warroom.store.disk.is_network_filesystem", lambda _: True)
    assert findings(warroom("doctor", "--json").stdout)["file system"]["state"] == "note"


def test_a_full_disk_is_bad(warroom: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    assert findings(warroom("doctor", "--json", code=1).stdout)["free space"]["state"] == "bad"
