"""Which incident a verb acts on, and in which home."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def declared(warroom: Cli, *words: str) -> str:
    return warroom("declare", *words).stdout.strip()


def test_without_any_the_way_on_is_said(warroom: Cli) -> None:
    assert "warroom declare TITLE" in warroom("log", "x", code=1).stderr
    assert "warroom declare TITLE" in warroom("list").stdout


def test_the_only_active_one_is_meant(warroom: Cli) -> None:
    first = declared(warroom, "one")
    warroom("close")
    second = declared(warroom, "two")
    assert warroom("log", "x").stdout.startswith(second)
    assert warroom("log", "x", "-i", first.lower()).stdout.startswith(first)


def test_several_are_listed(warroom: Cli) -> None:
    numbers = [declared(warroom, title) for title in ("database", "network")]
    refused = warroom("log", "x", code=1).stderr
    assert all(number in refused for number in numbers)
    assert "database" in refused


def test_the_environment_names_one(warroom: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (declared(warroom, title) for title in ("one", "two"))
    monkeypatch.setenv("WARROOM_INCIDENT", first)
    assert warroom("log", "x").stdout.startswith(first)
    assert warroom("log", "x", "-i", second).stdout.startswith(second)


@pytest.mark.parametrize("number", ["INC-2026-0042", "nonsense", "../../etc/passwd", "\x1b[31m"])
def test_one_that_is_not_there(warroom: Cli, number: str) -> None:
    declared(warroom, "one")
    refused = warroom("log", "x", "-i", number, code=1)
    assert "no incident" in refused.stderr
    assert "\x1b" not in refused.stderr


def test_exercises_give_way_to_real_ones(warroom: Cli) -> None:
    drill = declared(warroom, "drill", "--exercise")
    assert warroom("log", "x").stdout.startswith(drill)
    real = declared(warroom, "real")
    assert warroom("log", "x").stdout.startswith(real)
    assert [found["id"] for found in json.loads(warroom("list", "--json").stdout)] == [real]
    assert {found["id"] for found in json.loads(warroom("list", "--json", "--all").stdout)} == {drill, real}


def test_a_home_of_its_own(warroom: Cli, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    number = warroom("--home", other, "declare", "elsewhere").stdout.strip()
    assert number in warroom("--home", other, "list").stdout
    assert number not in warroom("list").stdout


def test_a_home_that_cannot_be_written(warroom: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = warroom("--home", str(tmp_path / "file" / "home"), "declare", "x", code=1)
    assert str(tmp_path / "file") in refused.stderr
    assert "report this" not in refused.stderr


def test_a_damaged_file_is_read_as_far_as_it_is_sound_and_said_to_be_damaged(
    warroom: Cli, home: Path
) -> None:
    number = declared(warroom, "one")
    warroom("log", "spoilt")
    warroom("log", "sound")
    path = home / "incidents" / f"{number}.json"
    path.write_bytes(path.read_bytes().replace(b"spoilt", b"spoiled"))
    result = warroom("show")
    assert "sound" in result.stdout
    assert "spoiled" not in result.stdout
    assert "damaged" in result.stderr


def test_a_file_that_is_no_incident(warroom: Cli, home: Path) -> None:
    number = declared(warroom, "one")
    (home / "incidents" / f"{number}.json").write_text("not at all")
    assert number in warroom("list").stderr
    refused = warroom("log", "x", "-i", number, code=1).stderr
    assert "report this" not in refused
