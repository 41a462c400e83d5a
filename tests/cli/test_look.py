"""Verbs that look: list, status, show, postmortem, playbook."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def number(warroom: Cli) -> str:
    return warroom("declare", "Database is slow", "--severity", "SEV2").stdout.strip()


def test_list(warroom: Cli, number: str) -> None:
    line = warroom("list").stdout
    assert all(word in line for word in (number, "active", "SEV2", "Detection", "Database is slow"))
    (found,) = json.loads(warroom("list", "--json").stdout)
    assert found["id"] == number
    assert found["status"] == "active"
    assert found["exercise"] is False


def test_status_in_words(warroom: Cli, number: str) -> None:
    warroom("log", "todo add monitoring @sre")
    warroom("log", "todo look again")
    text = warroom("status").stdout
    assert f"{number}  SEV2  active" in text
    assert "add monitoring · @sre · no due date" in text
    assert "look again · no owner" in text


def test_status_as_json_has_its_keys(warroom: Cli, number: str) -> None:
    found = json.loads(warroom("status", "--json").stdout)
    wanted = "id title severity phase status elapsed_seconds milestones durations checklist timeline"
    assert {*wanted.split(), "action_items", "overdue"} <= found.keys()
    assert set(found["checklist"]) == {"done", "total"}
    assert set(found["timeline"][0]) == {
        "id", "occurred_at", "recorded_at", "by", "kind", "text", "struck", "pinned",
    }  # fmt: skip


def test_what_is_overdue(warroom: Cli) -> None:
    warroom("declare", "Slow", "--at", "-2h", "--severity", "SEV1")
    found = json.loads(warroom("status", "--json").stdout)["overdue"]
    assert {"escalate", "response", "commander"} <= {matter["kind"] for matter in found}
    assert "Overdue" in warroom("status").stdout


def test_show_keeps_what_was_undone(warroom: Cli, number: str) -> None:
    warroom("log", "a slip")
    warroom("undo")
    warroom("log", "-1h later")
    lines = warroom("show").stdout.splitlines()
    assert any("a slip" in line and line.endswith("[undone]") for line in lines)
    assert any("later" in line and "[entered " in line for line in lines)
    found = json.loads(warroom("show", "--json").stdout)
    slip = next(event for event in found["events"] if event["text"] == "a slip")
    assert slip["retracted"] is True
    assert slip["fact"] == {"kind": "noted", "text": "a slip"}
    assert found["events"][0]["fact"]["playbook"]["phases"]


def test_the_last_one_can_be_looked_at_though_it_is_finished(warroom: Cli, number: str) -> None:
    warroom("close")
    warroom("tick", "6.exit")
    assert number in warroom("status").stdout
    assert "No incident is active" in warroom("log", "x", code=1).stderr


# ── post-mortem ────────────────────────────────────────────────────────────────────────────────


def test_a_post_mortem_in_a_file(warroom: Cli, number: str, tmp_path: Path) -> None:
    file = tmp_path / "post-mortem.md"
    file.write_text("old")
    printed = warroom("postmortem").stdout
    warroom("postmortem", "-o", str(file))
    assert file.read_text(encoding="utf-8") == printed
    assert list(tmp_path.glob(".post*")) == []
    assert f"Post-mortem written: {file}" in warroom("show").stdout


def test_a_post_mortem_that_cannot_be_written_is_not_said_to_be(
    warroom: Cli, number: str, tmp_path: Path
) -> None:
    assert "No such file" in warroom("postmortem", "-o", str(tmp_path / "no" / "x.md"), code=1).stderr
    assert "Post-mortem written" not in warroom("show").stdout


def test_looking_at_a_post_mortem_records_nothing(warroom: Cli, number: str) -> None:
    before = warroom("show", "--json").stdout
    assert "Root cause not recorded." in warroom("postmortem").stdout
    assert json.loads(warroom("postmortem", "--format", "json").stdout)["root_causes"] == []
    assert warroom("show", "--json").stdout == before


# ── playbooks ──────────────────────────────────────────────────────────────────────────────────


def test_playbook_list(warroom: Cli, home: Path) -> None:
    own = home / "config" / "playbooks"
    own.mkdir(parents=True)
    (own / "mine.md").write_text(
        "# Mine\n\n### Phase 1: Look\n\n#### Step 1.1: Look\n\n**Actions:**\n- Look\n"
    )
    assert warroom("playbook", "list").stdout.split() == ["incident-response", "mine"]
    assert json.loads(warroom("playbook", "list", "--json").stdout) == ["incident-response", "mine"]
    assert "1.1.1  Look" in warroom("playbook", "show", "mine").stdout


def test_playbook_show(warroom: Cli) -> None:
    text = warroom("playbook", "show").stdout
    assert "1.1.2  Acknowledge incident" in text
    assert "SEV2  Major degradation  15 min" in text
    found: dict[str, Any] = json.loads(warroom("playbook", "show", "--json").stdout)
    assert set(found) >= {
        "title", "triggers", "examples", "phases", "severities", "strategies", "decisions",
        "escalations", "fallbacks", "reference",
    }  # fmt: skip
    phases = found["phases"]
    assert [len(phases), sum(len(phase["steps"]) for phase in phases)] == [6, 12]
    assert found["severities"][1]["response_seconds"] == 900


def test_playbook_check(warroom: Cli, tmp_path: Path) -> None:
    assert "6 phases, 12 steps, 48 actions" in warroom("playbook", "check", "--strict").stdout
    poem = tmp_path / "poem.md"
    poem.write_text("# Roses\n\nare red\n")
    assert "poem.md" in warroom("playbook", "check", str(poem), code=2).stderr
    found = json.loads(warroom("playbook", "check", str(poem), "--json", code=2).stdout)
    assert found["ok"] is False
    assert found["errors"]
    assert "no such playbook" in warroom("playbook", "show", "nothing", code=1).stderr
