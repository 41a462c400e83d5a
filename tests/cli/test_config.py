"""The settings from the shell: `warroom config init|show|check|path`, and what they change."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from warroom.cli import main
from warroom.front_desk import FrontDesk
from warroom.settings.options import options


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_a_default_file_is_written_once_and_is_sound(warroom: Cli, home: Path) -> None:
    path = warroom("config", "init").stdout.strip()
    assert path == str(home / "config" / "config.toml") == warroom("config", "path").stdout.strip()
    written = Path(path).read_text()
    assert '#note = "n"' in written
    assert '#next-phase = "]"' in written
    assert '#down = ["down", "j"]' in written
    assert warroom("config", "check").stdout.endswith(": sound\n")
    assert "is there already" in warroom("config", "init", code=1).stderr
    assert Path(path).read_text() == written


def test_every_line_of_the_default_file_can_be_taken_up(warroom: Cli) -> None:
    path = Path(warroom("config", "init").stdout.strip())
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line if line.startswith("# ") else line.removeprefix("#") for line in lines))
    warroom("config", "check")


def test_without_a_file_all_is_as_usual(warroom: Cli) -> None:
    assert "is not there" in warroom("config", "check").stdout


def test_show_says_where_each_value_comes_from(
    warroom: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    file.write_text('# mine\ntheme = "warroom-light"\nbell = false\n')
    monkeypatch.setenv("WARROOM_BELL", "true")
    found = json.loads(warroom("--no-mouse", "config", "show", "--json").stdout)
    assert found["theme"] == {"value": "warroom-light", "from": f"{file}:2"}
    assert found["bell"] == {"value": True, "from": "WARROOM_BELL"}
    assert found["mouse"] == {"value": False, "from": "command line"}
    assert found["user"] == {"value": "maya", "from": "WARROOM_USER"}
    assert found["title"] == {"value": True, "from": "default"}
    said = warroom("config", "show").stdout
    assert f'theme                 "warroom-light"  {file}:2' in said


def test_an_option_counts_more_than_the_environment_and_that_more_than_the_file(
    warroom: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def now(*flags: str) -> dict[str, dict[str, str]]:
        found = json.loads(warroom(*flags, "config", "show", "--json").stdout)
        return {key: found[key] for key in ("user", "theme")}

    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("WARROOM_USER")
    assert now()["user"]["from"] == "login name"
    file.write_text('user = "sam"\ntheme = "warroom-light"\n')
    assert now() == {
        "user": {"value": "sam", "from": f"{file}:1"},
        "theme": {"value": "warroom-light", "from": f"{file}:2"},
    }
    monkeypatch.setenv("WARROOM_USER", "bob")
    monkeypatch.setenv("WARROOM_THEME", "warroom-high-contrast")
    assert now() == {
        "user": {"value": "bob", "from": "WARROOM_USER"},
        "theme": {"value": "warroom-high-contrast", "from": "WARROOM_THEME"},
    }
    assert now("--user", "ann", "--theme", "warroom-ansi") == {
        "user": {"value": "ann", "from": "command line"},
        "theme": {"value": "warroom-ansi", "from": "command line"},
    }


def test_who_writes_can_be_said_for_a_single_run(warroom: Cli) -> None:
    warroom("--user", "ann", "declare", "Checkout is down")
    warroom("log", "hello")
    assert [event["by"] for event in json.loads(warroom("show", "--json").stdout)["events"]][:1] == ["ann"]
    assert warroom("show").stdout.rstrip().endswith("hello  (maya)")


# Settings without an option for a single run, and why.
_NO_FLAG = {
    "playbook": "declare --playbook",
    "playbook_folders": "any FILE can be named instead of a playbook in them",
    "time_zone": "where somebody sits, which no run changes; WARROOM_TIME_ZONE for once",
    "bell": "what a terminal is to do, which no run changes; WARROOM_BELL for once",
    "title": "the same",
    "desktop_notification": "the same",
    "reduced_motion": "what a person needs, which no run changes",
    "keys": "a table",
}


def test_every_setting_has_an_option_or_a_reason_to_have_none() -> None:
    flags = {parameter.name.removeprefix("no_") for parameter in main.params if parameter.name}
    assert {name for name in options() if name not in flags} == set(_NO_FLAG)


def test_show_says_which_theme_and_keys_the_console_really_has(
    warroom: Cli, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def now() -> dict[str, dict[str, object]]:
        return dict(json.loads(warroom("config", "show", "--json").stdout))

    monkeypatch.setenv("COLORTERM", "truecolor")
    assert now()["theme"] == {"value": "warroom-dark", "from": "default"}
    assert now()["keys"] == {"value": {}, "from": "default"}
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    assert now()["theme"] == {"value": "warroom-ansi", "from": "default with so few colours"}
    monkeypatch.setenv("COLORTERM", "truecolor")
    warroom("declare", "Checkout is down")
    FrontDesk(home, "maya").remember("theme", "warroom-light")
    assert now()["theme"] == {"value": "warroom-light", "from": "chosen last in the console"}
    file.write_text(
        'theme = "nowhere"\n[keys]\nnote = "f9"\ndown = ["down", "ctrl+n"]\nundo = "d"\nzzz = "f8"\n'
    )
    found = now()
    assert found["theme"]["value"] == "warroom-light"  # there is no other that was asked for
    assert found["keys.note"] == {"value": "f9", "from": f"{file}:3"}
    assert found["keys.down"] == {"value": ["down", "ctrl+n"], "from": f"{file}:4"}
    assert not {"keys.undo", "keys.zzz", "keys"} & found.keys()  # one clashes, and one is no act


def test_what_is_misplaced_or_unknown_below_keys_is_said_in_a_line(warroom: Cli, file: Path) -> None:
    file.write_text('[keys]\nnote = "f9"\ntheme = "warroom-light"\nzzz = "f8"\n')
    first, second = warroom("config", "check", code=1).stderr.splitlines()
    assert first == f"{file}:3: theme is a setting and no act, expected it above [keys]"
    assert second.startswith(f"{file}:4: zzz is no act, expected one of ")
    assert second.endswith(" others")
    assert second.count(", ") == 3


def test_check_says_everything_at_once_with_line_and_what_was_expected(
    warroom: Cli, file: Path, home: Path
) -> None:
    themes = home / "config" / "themes"
    themes.mkdir()
    (themes / "mine.toml").write_text('muted = "grey"\n')
    file.write_text(
        'mouse = 1\ntheme = "warroom-lite"\n[keys]\nnote = "d"\nundoo = "u"\nteam = "2"\nsearch = "hyper+x"\n'
    )
    said = warroom("config", "check", code=1).stderr.splitlines()
    assert said == [
        f"{file}:1: mouse is a number, expected true or false",
        f'{file}:2: there is no theme "warroom-lite", expected warroom-light',
        f'{file}:4: "d" is the key of decide in the same place, expected a key that is free there',
        f"{file}:5: undoo is no act, expected undo",
        f'{file}:6: "2" is the key of pane-2 in the same place, expected a key that is free there',
        f'{file}:7: "hyper+x" is no key, '
        'expected a key such as "n", "N", "ctrl+n", "f2", "space" or "pagedown"',
        f'{themes / "mine.toml"}:1: muted is "grey", expected a colour such as #1a1d27',
    ]
    problems = json.loads(warroom("config", "check", "--json", code=1).stdout)["problems"]
    assert [problem["line"] for problem in problems] == [1, 2, 4, 5, 6, 7, 1]


def test_a_playbook_that_is_not_there(warroom: Cli, file: Path) -> None:
    file.write_text('playbook = "incident-respons"\n')
    said = warroom("config", "check", code=1).stderr
    assert said == f'{file}:1: there is no playbook "incident-respons", expected incident-response\n'


def test_the_roster_beside_the_settings_is_looked_at_too(warroom: Cli, file: Path) -> None:
    roster = file.with_name("roster.toml")
    roster.write_text('[[person]]\nhandle = "@bob"\nroles = ["Boss"]\n')
    (said,) = warroom("config", "check", code=1).stderr.splitlines()
    assert said.startswith(f"{roster}:3: unknown role 'Boss'; there are ")
    assert f"BAD: {roster}:3: " in warroom("doctor", code=1).stdout
    roster.write_text('[[person]]\nhandle = "@bob"\n')
    warroom("config", "check")


def test_a_mistake_in_the_settings_stops_nobody_from_logging(warroom: Cli, file: Path) -> None:
    file.write_text("mouse = maybe\n")
    warroom("declare", "Checkout is down")
    done = warroom("log", "error rate 45 %")
    assert "error rate 45 %" in done.stdout
    assert f"warroom: {file}:1: " in done.stderr


def test_the_playbook_and_the_folders_of_the_settings(warroom: Cli, file: Path, tmp_path: Path) -> None:
    runbooks = tmp_path / "runbooks"
    runbooks.mkdir()
    warroom("playbook", "new", str(runbooks / "checkout.md"))
    file.write_text(f'playbook = "checkout"\nplaybook-folders = ["{runbooks}"]\nuser = "sam"\n')
    assert "checkout" in warroom("playbook", "list").stdout
    warroom("declare", "Checkout is down")
    assert "Checkout" in warroom("show", "--json").stdout
    warroom("declare", "Database is down", "--playbook", "nowhere", code=1)
