"""Verbs that record, refuse and undo."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

Status = Callable[..., Any]


@pytest.fixture
def number(warroom: Cli) -> str:
    return warroom("declare", "Database is slow").stdout.strip()


def test_declare_prints_the_number_alone_on_its_line(warroom: Cli) -> None:
    result = warroom("declare", "Database is slow", "--severity", "sev2", "--at", "2026-02-02T14:23Z")
    assert result.stdout == "INC-2026-0001\n"
    assert result.stderr == ""


def test_declare_says_what_it_knows(warroom: Cli, status: Status) -> None:
    warroom("declare", "Database is slow", "--severity", "SEV1", "--exercise", "--at", "-12m")
    found = status()
    assert found["title"] == "Database is slow"
    assert found["severity"] == "SEV1"
    assert found["exercise"] is True
    assert 12 * 60 <= found["elapsed_seconds"] < 13 * 60


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["declare", "  "], "needs a title"),
        (["declare", "x", "--severity", "SEV9"], "SEV1, SEV2, SEV3, SEV4"),
        (["declare", "x", "--at", "2999-01-01T00:00Z"], "in the future"),
        (["declare", "x", "--playbook", "no-such"], "no such playbook"),
    ],
)
def test_declare_refuses(warroom: Cli, words: list[str], said: str) -> None:
    assert said in warroom(*words, code=1).stderr
    assert json.loads(warroom("list", "--all", "--json").stdout) == []


def test_declare_with_a_playbook_of_ones_own(warroom: Cli, status: Status, tmp_path: Path) -> None:
    runbook = tmp_path / "mine.md"
    runbook.write_text("# Mine\n\n### Phase 1: Look\n\n#### Step 1.1: Look\n\n**Actions:**\n- Look closely\n")
    warroom("declare", "Odd", "--playbook", str(runbook))
    assert status()["checklist"] == {"done": 0, "total": 1}


def test_log_takes_the_grammar_of_the_entry_line(warroom: Cli, status: Status, number: str) -> None:
    warroom("log", "Error", "rate", "45 %")
    warroom("log", "error rate: 45% -> 5%")
    warroom("log", "@bob check web latency 3m")
    warroom("log", "todo add monitoring @sre 2026-03-01")
    warroom("log", "-12m", "rolled back", "--force")
    warroom("log", "2026-02-02T14:05Z batch job deployed", "--at", "-1h")
    found = {entry["kind"]: entry for entry in status()["timeline"]}
    assert found["metricobserved"]["text"] == "error rate: 45% → 5%"
    assert found["assignmentgiven"]["text"] == "@bob check web latency · 3 minutes"
    texts = [entry["text"] for entry in status()["timeline"]]
    assert "Error rate 45 %" in texts
    assert "rolled back --force" in texts
    batch = next(entry for entry in status()["timeline"] if entry["text"] == "batch job deployed")
    assert batch["occurred_at"] == "2026-02-02T14:05:00Z"  # its own time counts more than --at
    assert status()["action_items"][0]["due"] == "2026-03-01"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["-1h lights in the rack went out"], "lights in the rack went out"),
        (["- an item in a list"], "- an item in a list"),
        (["restarted", "with", "--force"], "restarted with --force"),
        (["-5", "degrees", "in", "the", "rack"], "-5 degrees in the rack"),
        (["--", "-i", "is", "a", "flag"], "-i is a flag"),
        (["rolled back", "--at", "-12m"], "rolled back"),
    ],
)
def test_log_of_what_looks_like_options(
    warroom: Cli, status: Status, number: str, words: list[str], text: str
) -> None:
    warroom("log", *words)
    assert text in [entry["text"] for entry in status()["timeline"]]


def test_log_says_what_it_took_a_line_for(warroom: Cli, number: str) -> None:
    said = warroom("log", "14:05 error rate: 45% -> 5%").stdout
    assert said == f"{number}  14:05  ∆ error rate: 45% → 5%\n"


def test_log_of_nothing_is_refused(warroom: Cli, number: str) -> None:
    assert "nothing to log" in warroom("log", "  ", code=1).stderr
    assert "nothing to log" in warroom("log", "-", stdin="\n \n", code=1).stderr
    warroom("log", code=2)


def test_a_batch_is_kept_as_a_whole_or_not_at_all(warroom: Cli, status: Status, number: str) -> None:
    before = status()["timeline"]
    refused = warroom("log", "-", stdin="one\n2999-01-01T00:00Z two\nthree\n", code=1)
    assert "Entry 2" in refused.stderr
    assert status()["timeline"] == before


def test_a_batch_reckons_with_its_own_lines(warroom: Cli, status: Status, number: str) -> None:
    warroom("log", "-", stdin="todo one\ntodo two @sre\n")
    done = [entry["text"] for entry in status()["timeline"] if entry["kind"] in {"ticked", "outputrecorded"}]
    assert done.count("Define preventive measures") == 1
    assert "Assign owners" not in done  # the first has none


def test_a_batch_with_a_byte_order_mark_and_bad_bytes(warroom: Cli, status: Status, number: str) -> None:
    warroom("log", "-", stdin=b"\xef\xbb\xbfone\r\ntw\xff o\r\n")
    texts = [entry["text"] for entry in status()["timeline"] if entry["kind"] == "noted"]
    assert texts == ["one", "tw\ufffd o"]


def test_a_phase_is_refused_with_what_is_open(warroom: Cli, status: Status, number: str) -> None:
    refused = warroom("phase", "next", code=1)
    assert "mandatory actions are open" in refused.stderr
    assert "1.1.2  Acknowledge incident" in refused.stderr
    warroom("phase", "next", "--override", "no time")
    assert status()["phase"]["name"] == "Triage"
    warroom("phase", "1")
    assert status()["phase"]["name"] == "Detection"
    assert "No phase 9" in warroom("phase", "9", code=1).stderr
    warroom("phase", "later", code=2)


def test_a_phase_that_is_done_is_left_without_a_word(warroom: Cli, status: Status, number: str) -> None:
    for item in ("1.1.1", "1.1.2", "1.1.4", "1.2.1", "1.2.2", "1.2.3"):
        warroom("tick", item)
    warroom("severity", "sev3")
    warroom("tick", "1.2.o1")
    warroom("phase", "next")
    assert status()["phase"]["number"] == 2
    assert status()["checklist"] == {"done": 8, "total": 48}


def test_tick(warroom: Cli, number: str) -> None:
    assert "Acknowledge incident" in warroom("tick", "1.1.2").stdout
    assert "done already" in warroom("tick", "1.1.2", code=1).stderr
    assert "No action '9.9.9'" in warroom("tick", "9.9.9", code=1).stderr
    assert "Incident confirmed" in warroom("tick", "1.EXIT").stdout


def test_mitigation(warroom: Cli, status: Status, number: str) -> None:
    assert "No mitigation" in warroom("assess", "partial", code=1).stderr
    warroom("mitigate", "scale", "--note", "pool 100 -> 200")
    warroom("assess", "Partial", "--note", "better")
    assert [(m["strategy"], m["outcome"]) for m in status()["mitigations"]] == [("Scale", "partial")]
    warroom("assess", "splendid", code=2)


def test_impact(warroom: Cli, status: Status, number: str) -> None:
    warroom("impact", "--users", "5k", "--revenue", "2000/h", "--systems", "API, Dashboard")
    warroom("impact", "--customer-facing", "--no-data-breach")
    impact = status()["impact"]
    assert impact["users"] == 5000
    assert impact["revenue_per_hour"] == 2000
    assert impact["systems"] == ["API", "Dashboard"]
    assert (impact["customer_facing"], impact["data_breach"]) == (True, False)


@pytest.mark.parametrize(
    "words",
    [
        ["--users", "many"],
        ["--users", "5000/h"],
        ["--users", "9" * 40],
        ["--revenue", "2000/year"],
        ["--revenue", "nan"],
        ["--users", "-5"],
    ],
)
def test_impact_in_words_that_are_no_numbers(warroom: Cli, number: str, words: list[str]) -> None:
    warroom("impact", *words, code=2)


def test_impact_of_nothing_is_refused(warroom: Cli, number: str) -> None:
    assert "Nothing was assessed" in warroom("impact", code=1).stderr


def test_milestones(warroom: Cli, status: Status) -> None:
    warroom("declare", "Slow", "--at", "2026-02-02T14:23Z")
    warroom("stamp", "started", "--at", "2026-02-02T14:05Z")
    warroom("stamp", "detected", "--at", "20260202T1420Z")
    assert status()["milestones"]["started"] == "2026-02-02T14:05:00Z"
    assert status()["durations"]["ttd"] == 15 * 60
    assert "cannot be" in warroom("stamp", "started", "--at", "2026-02-02T14:30Z", code=1).stderr
    warroom("stamp", "noon", code=2)


def test_close(warroom: Cli, status: Status, number: str) -> None:
    warroom("close", "--reason", "False Positive")
    assert status()["status"] == "closed"
    assert status()["closure"] == "false positive"
    assert "closed already" in warroom("close", code=1).stderr
    warroom("close", "--reason", "boredom", code=2)


def test_undo_takes_back_ones_own_acts_one_by_one(
    warroom: Cli, status: Status, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    warroom("severity", "SEV2")
    warroom("log", "a slip")
    assert "undone: a slip" in warroom("undo").stdout
    monkeypatch.setenv("WARROOM_USER", "bob")
    assert "nothing of yours" in warroom("undo", code=1).stderr
    monkeypatch.setenv("WARROOM_USER", "maya")
    warroom("undo")
    assert status()["severity"] is None
    assert "[undone]" in warroom("show").stdout


@pytest.mark.parametrize("at", ["noon", "25:99", "", "14:05 or so", "2026-13-01T00:00Z"])
def test_a_time_that_is_none_is_wrong_usage(warroom: Cli, number: str, at: str) -> None:
    assert "is no time" in warroom("log", "x", "--at", at, code=2).stderr


def test_who_it_was(warroom: Cli, status: Status, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARROOM_USER", "bob")
    warroom("log", "hello")
    assert [entry["by"] for entry in status()["timeline"]][-1] == "bob"
