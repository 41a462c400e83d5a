"""`warroom doctor` says what is wrong here, and its exit code says whether anything is."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.conftest import Cli


def findings(said: str) -> dict[str, dict[str, Any]]:
    """What was found, by what was looked at; of the mouse what the terminal has, not what is set."""
    return {each["what"]: each for each in reversed(json.loads(said)["findings"])}


def test_where_all_is_well(warroom: Cli, home: Path) -> None:
    warroom("declare", "Checkout is down")
    said = warroom("doctor").stdout
    assert said.startswith("Terminal\n")
    assert f"folder       {home} (WARROOM_HOME)\n" in said
    assert f"folder       {home} (command line)\n" in warroom("--home", str(home), "doctor").stdout
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
    assert found["colours"]["found"] == "16, the terminal's own (TERM screen, COLORTERM not set)"
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
    ("term", "more", "said"),
    [
        ("xterm", "", "16, the terminal's own"),
        ("xterm-256color", "", "256, the nearest to each"),
        ("xterm-256color", "truecolor", "16 million"),
        ("dumb", "", "none"),
    ],
)
def test_how_many_colours_there_are_and_what_says_so(
    warroom: Cli, monkeypatch: pytest.MonkeyPatch, term: str, more: str, said: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", more)
    monkeypatch.delenv("NO_COLOR", raising=False)
    found = findings(warroom("doctor", "--json").stdout)["colours"]["found"]
    assert found == f"{said} (TERM {term}, COLORTERM {more or 'not set'})"
    monkeypatch.setenv("NO_COLOR", "1")
    found = findings(warroom("doctor", "--json").stdout)["colours"]["found"]
    assert "shown without any (NO_COLOR)" in found


def test_whether_a_paste_is_told_from_typing(warroom: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    assert findings(warroom("doctor", "--json").stdout)["paste"]["state"] == "note"
    monkeypatch.setenv("TERM", "xterm-256color")
    assert findings(warroom("doctor", "--json").stdout)["paste"]["state"] == "good"


def test_whether_there_is_a_shell_to_go_to(home: Path) -> None:
    run = [sys.executable, "-m", "warroom", "--home", str(home), "doctor", "--json"]
    alone = subprocess.run(run, check=True, capture_output=True, text=True, start_new_session=True)
    assert findings(alone.stdout)["suspend"]["found"] == "not here (no shell runs here to go to)"
    shell = ["/bin/sh", "-c", f"{shlex.join(run)}; exit $?"]
    within = subprocess.run(shell, check=True, capture_output=True, text=True, start_new_session=True)
    assert findings(within.stdout)["suspend"]["found"] == "ctrl+z (to the shell, and back with fg)"
    ignored = ["/bin/sh", "-c", f"trap '' TSTP; {shlex.join(run)}; exit $?"]
    deaf = subprocess.run(ignored, check=True, capture_output=True, text=True, start_new_session=True)
    assert "has it ignored" in findings(deaf.stdout)["suspend"]["found"]


def test_the_settings_that_hold_with_where_each_comes_from(
    warroom: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('bell = false\ntheme = "warroom-light"\n[keys]\nnote = "f9"\nsuspend = "f10"\n')
    monkeypatch.setenv("WARROOM_TITLE", "false")
    found = findings(warroom("--no-mouse", "--theme", "warroom-ansi", "doctor", "--json").stdout)
    said = {
        "file": str(file),
        "user": '"maya" (WARROOM_USER)',
        "playbook": "the built-in one (default)",
        "time-zone": "this machine's own (default)",
        "theme": '"warroom-ansi" (command line)',
        "title": "false (WARROOM_TITLE)",
        "bell": "false (config.toml:1)",
        "keys.note": '"f9" (config.toml:4)',
    }
    assert {what: found[what]["found"] for what in said} == said
    assert found["suspend"]["found"].startswith(("f10 ", "not here"))


def test_it_can_be_read_at_80_columns(warroom: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('playbook-folders = ["/one", "/two", "/three"]\n[keys]\nzzz = "n"\n')
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("warroom.cli.doctor._at_terminal", lambda: True)
    lines = warroom("doctor", code=1).stdout.splitlines()
    words = [line.split() for line in lines if len(line) > 80]
    assert all(max(map(len, found)) > 40 for found in words)  # nothing but a path, which is never broken
    names = [line[2:].split("  ")[0] for line in lines if line.startswith("  ") and line[2] != " "]
    assert {"colours", "paste", "theme", "problem"} <= set(names)


def test_a_home_that_is_no_folder_is_bad_and_the_rest_is_said(warroom: Cli, home: Path) -> None:
    home.write_text("no folder")
    found = findings(warroom("doctor", "--json", code=1).stdout)
    assert found["incidents"]["state"] == "bad"
    assert found["theme"]["state"] == "good"


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
