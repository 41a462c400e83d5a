"""Verbs about playbooks: check, show, list, new, diff."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

GOOD = """\
# Queue

## Phases

### Phase 1: Look

#### Step 1.1: See

**Actions:**
- Look at the queue
- Count the messages

**Is Mandatory:** Yes

## Severity Levels

| Level | Response Time |
|---|---|
| P1 | 5 min |
"""
RUNBOOKS = sorted((Path(__file__).parents[1] / "playbooks" / "runbooks").glob("*.md"))
GUESSED = GOOD.replace("Yes", "perhaps")


@pytest.fixture
def good(tmp_path: Path) -> str:
    return written(tmp_path / "good.md", GOOD)


@pytest.fixture
def bad(tmp_path: Path) -> str:
    return written(tmp_path / "bad.md", "# Roses\n\nare red\n")


def written(path: Path, text: str) -> str:
    """A file's path, after writing it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


# ── check ──────────────────────────────────────────────────────────────────────────────────────


def test_check_says_what_a_good_one_holds(warroom: Cli, good: str) -> None:
    result = warroom("playbook", "check", good, "--strict")
    assert result.stdout == "good.md: Queue · 1 phase, 1 step, 2 actions\n"
    assert not result.stderr


def test_warnings_name_the_line_and_count_only_when_strict(warroom: Cli, tmp_path: Path) -> None:
    guessed = written(tmp_path / "guessed.md", GUESSED)
    for words, code in (([], 0), (["--strict"], 1)):
        said = warroom("playbook", "check", guessed, *words, code=code).stderr
        assert said.startswith(f"{guessed}:13: warning: ")
        assert "    **Is Mandatory:** perhaps\n" in said


def test_all_problems_of_all_files_are_said_at_once(
    warroom: Cli, good: str, bad: str, tmp_path: Path
) -> None:
    nothing = written(tmp_path / "elsewhere" / "empty.md", "")
    result = warroom("playbook", "check", bad, good, nothing, "no-such-name", code=2)
    places = [line.split(": ")[0] for line in result.stderr.splitlines() if not line.startswith(" ")]
    assert places == [bad, nothing, "no-such-name"]
    assert result.stdout.startswith("good.md: Queue")
    assert "expected" in result.stderr


def test_an_error_shows_its_source_line(warroom: Cli, tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes(GOOD.replace("queue", "caf\xe9").encode("latin-1"))
    said = warroom("playbook", "check", str(path), code=2).stderr
    assert said.startswith(f"{path}:10: invalid UTF-8 at byte")
    assert "\n    - Look at the caf" in said


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_check_says_of_any_teams_runbook_what_it_holds_and_what_was_guessed(warroom: Cli, path: Path) -> None:
    result = warroom("playbook", "check", str(path))
    assert re.match(
        re.escape(f"{path.name}: ") + r".+ · \d+ phases?, \d+ steps?, \d+ actions?\n", result.stdout
    )
    outline = path.with_suffix(".outline").read_text(encoding="utf-8").splitlines()
    expected = [line.removeprefix("warning ") for line in outline if line.startswith("warning ")]
    said = [line.replace(": warning: ", ": ") for line in result.stderr.splitlines() if line[0] != " "]
    assert said == [f"{path}:{line}".replace(":0: ", ": ") for line in expected]
    warroom("playbook", "check", "--strict", str(path), code=1 if expected else 0)


def test_check_as_json_has_one_shape(warroom: Cli, good: str, bad: str) -> None:
    found = json.loads(warroom("playbook", "check", good, bad, "--json", code=2).stdout)
    assert set(found) == {"ok", "errors", "warnings"}
    assert (found["ok"], found["errors"][0]["name"]) == (False, bad)
    assert json.loads(warroom("playbook", "check", good, "--json").stdout) == {
        "ok": True, "errors": [], "warnings": [],
    }  # fmt: skip


# ── show and list ──────────────────────────────────────────────────────────────────────────────


def test_show_has_every_column_and_every_condition(warroom: Cli, tmp_path: Path) -> None:
    text = GOOD.replace("Yes", "No (if not applicable)") + (
        "\n## Escalation Paths\n\n| Trigger | Escalate To | Contact |\n|---|---|---|\n"
        "| SEV1 declared | Manager | +49 30 1234 |\n| Stuck | Director |\n"
    )
    said = warroom("playbook", "show", written(tmp_path / "three.md", text)).stdout
    assert "1.1 See (optional: if not applicable)" in said
    assert "SEV1 declared  Manager   Contact: +49 30 1234" in said
    assert "Stuck          Director" in said


def test_show_hides_nothing_that_it_has_no_room_for(warroom: Cli) -> None:
    path = next(path for path in RUNBOOKS if path.stem == "postgres-failover")
    said = warroom("playbook", "show", str(path)).stdout
    assert "1.1.1  Stop writes: ≡" in said
    assert "1.1.4  Point the pooler at it, and resume\n" in said
    assert said.endswith("For reference\n  Prerequisites\n  Rollback\n")


def test_list_names_what_is_none_beside_what_is(warroom: Cli, home: Path) -> None:
    written(home / "config" / "playbooks" / "fine.md", GOOD)
    written(home / "config" / "playbooks" / "broken.md", "")
    result = warroom("playbook", "list")
    assert result.stdout.split() == ["incident-response", "fine"]
    assert "broken.md: empty" in result.stderr


# ── new ────────────────────────────────────────────────────────────────────────────────────────


def test_new_writes_a_playbook_that_is_found_by_name(warroom: Cli, home: Path) -> None:
    said = warroom("playbook", "new", "checkout-service").stdout
    assert said == f"{home / 'config' / 'playbooks' / 'checkout-service.md'}\n"
    assert (
        "Checkout service · 3 phases" in warroom("playbook", "check", "checkout-service", "--strict").stdout
    )
    number = warroom("declare", "Checkout is down", "--playbook", "checkout-service").stdout
    assert number.startswith("INC-")


def test_new_writes_to_a_path_and_overwrites_nothing(
    warroom: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert warroom("playbook", "new", "here.md").stdout == "here.md\n"
    warroom("playbook", "new", "docs/runbooks/there")
    assert Path("docs/runbooks/there").is_file()
    Path("here.md").write_text("mine")
    assert "here.md is there already" in warroom("playbook", "new", "here.md", code=1).stderr
    assert Path("here.md").read_text() == "mine"


def test_new_does_not_overwrite_what_a_link_points_to(warroom: Cli, tmp_path: Path) -> None:
    (tmp_path / "target.md").write_text("mine")
    (tmp_path / "link.md").symlink_to(tmp_path / "target.md")
    warroom("playbook", "new", str(tmp_path / "link.md"), code=1)
    assert (tmp_path / "target.md").read_text() == "mine"


def test_a_starter_with_an_odd_name_is_still_a_playbook(warroom: Cli, tmp_path: Path) -> None:
    for number, name in enumerate(("{{x}}", "-- >", "#", "1. x", "ünïcode 🔥", "<!--")):
        path = tmp_path / str(number) / f"{name}.md"
        warroom("playbook", "new", str(path))
        warroom("playbook", "check", str(path), "--strict")


def test_the_example_in_the_documentation_is_one(warroom: Cli, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text(encoding="utf-8")
    example = text.partition("````markdown\n")[2].partition("\n````")[0]
    warroom("playbook", "check", written(tmp_path / "example.md", example), "--strict")


# ── diff ───────────────────────────────────────────────────────────────────────────────────────


def test_diff_of_the_same_says_nothing(warroom: Cli, good: str, tmp_path: Path) -> None:
    again = written(tmp_path / "again.md", GOOD.replace("- ", "* "))
    assert warroom("playbook", "diff", good, again).output == ""


def test_diff_says_what_changed(warroom: Cli, good: str, tmp_path: Path) -> None:
    text = GOOD.replace("- Count the messages", "- Restart the consumer\n- Count all the messages")
    changed = written(tmp_path / "changed.md", text)
    assert warroom("playbook", "diff", good, changed, code=1).stdout.splitlines() == [
        "+ action 1.1.2 Restart the consumer",
        "~ action 1.1.3 Count the messages → Count all the messages",
    ]
    found = json.loads(warroom("playbook", "diff", good, changed, "--json", code=1).stdout)
    assert [change["how"] for change in found] == ["added", "reworded"]


def test_diff_with_what_is_none_is_trouble(warroom: Cli, good: str, bad: str) -> None:
    assert "bad.md" in warroom("playbook", "diff", good, bad, code=2).stderr
