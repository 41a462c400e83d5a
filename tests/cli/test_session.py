"""The seed's example session, entered after the fact through the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Cli

DAY = "2026-02-02T"

# (time, verb and its words) as in the example session of the incident response workflow.
SESSION = (
    ("14:23", "tick", "1.1.1"),
    ("14:23", "tick", "1.1.2"),
    ("14:24", "log", "Error rate: 45% of requests"),
    ("14:24", "log", "Database connection errors"),
    ("14:25", "log", "Multiple services affected"),
    ("14:25", "severity", "SEV2"),
    ("14:26", "phase", "next", "--override", "confirmed by the on-call engineer"),
    ("14:28", "impact", "--users", "~5,000", "--systems", "API,Dashboard", "--revenue", "$2,000/hour"),
    ("14:30", "log", r"\@oncall-engineer paged"),
    ("14:31", "log", r"\@dba notified"),
    ("14:31", "log", "#incident-2026-0042 channel created"),
    ("14:32", "phase", "next", "--override", "team is assembled"),
    ("14:33", "log", "Options: restart database (low risk), failover to replica, scale connection pool"),
    ("14:35", "mitigate", "scale", "--note", "Pool size: 100 → 200"),
    ("14:40", "log", "error rate: 45% -> 5%"),
    ("14:41", "assess", "partial"),
    ("14:42", "phase", "next", "--override", "stable at 5 %"),
    ("14:50", "log", "Recent deploy: new batch job"),
    ("14:52", "log", "root cause: Batch job holding connections until the pool was exhausted"),
    ("14:58", "log", "Added connection timeout"),
    ("15:00", "log", "Deployed fix"),
    ("15:01", "log", "error rate: 5% -> 0.1%"),
    ("15:02", "phase", "next", "--override", "fix verified"),
    ("15:04", "log", "All services healthy"),
    ("15:05", "log", "Metrics normalized"),
    ("15:06", "log", "User complaints stopped"),
    ("15:10", "close"),
    ("15:11", "phase", "next", "--override", "closed"),
    ("15:12", "log", "todo Add connection pool monitoring @sre"),
    ("15:12", "log", "todo Batch job review process @lead"),
    ("15:12", "log", "todo Load test connection limits @qa"),
)


@pytest.fixture
def number(warroom: Cli) -> str:
    declared = warroom("declare", "Production database is throwing errors", "--at", f"{DAY}14:23Z")
    for at, *words in SESSION:
        warroom(*words, "--at", f"{DAY}{at}Z")
    return declared.stdout.strip()


def test_its_post_mortem_has_what_happened(warroom: Cli, number: str) -> None:
    text = warroom("postmortem", "-i", number).stdout
    assert "**Date:** 2026-02-02" in text
    assert "**Duration:** 47 minutes" in text
    assert "**Severity:** SEV2 · Major degradation" in text
    assert "~5,000 users · API, Dashboard down · ~$2,000/hour" in text
    assert "| Add connection pool monitoring | @sre | no due date |" in text
    assert "| Batch job review process | @lead | no due date |" in text
    assert "| Load test connection limits | @qa | no due date |" in text
    assert "Batch job holding connections until the pool was exhausted" in text.split("### Root Cause")[1]


def test_its_timeline_is_in_order(warroom: Cli, number: str) -> None:
    text = warroom("postmortem", "-i", number).stdout
    lines = [line for line in text.splitlines() if line.startswith("- ") and line[4:5] == ":"]
    times = [line[2:7] for line in lines]
    assert times == sorted(times)
    assert times[0] == "14:23"
    for said in ("error rate: 45% → 5%", "error rate: 5% → 0.1%", "@dba notified", "Pool size: 100 → 200"):
        assert any(said in line for line in lines), said
    assert not any("Action item" in line for line in lines)


def test_it_as_json(warroom: Cli, number: str) -> None:
    found = json.loads(warroom("postmortem", "--format", "json", "-i", number).stdout)
    assert found["severity"] == "SEV2"
    assert found["durations"]["duration"] == 47 * 60
    assert found["durations"]["ttd"] is None
    assert [(item["owner"], item["due"]) for item in found["action_items"]] == [
        ("@sre", None),
        ("@lead", None),
        ("@qa", None),
    ]


def test_its_status(status: Callable[..., Any], number: str) -> None:
    found = status()  # the only one whose post-mortem is still open
    assert found["id"] == number
    assert found["status"] == "closed"
    assert found["elapsed_seconds"] == 47 * 60
    assert found["durations"] == {"ttd": None, "tta": 0, "ttm": None, "ttr": None, "duration": 47 * 60}
    assert found["milestones"]["closed"] == "2026-02-02T15:10:00Z"
    assert found["phase"] == {"number": 6, "name": "Post-Mortem"}
    occurred = [entry["occurred_at"] for entry in found["timeline"]]
    assert occurred == sorted(occurred)
    assert number.startswith("INC-2026-")


def test_the_same_session_from_standard_input(warroom: Cli, status: Callable[..., Any]) -> None:
    warroom("declare", "Production database is throwing errors", "--at", f"{DAY}14:23Z")
    lines = [f"{DAY}{at}Z {words[1]}" for at, *words in SESSION if words[0] == "log"]
    said = warroom("log", "-", stdin="\n".join([*lines, "", "  "])).stdout
    assert f"{len(lines)} entries logged" in said
    found = status()
    assert len(found["action_items"]) == 3
    ticks = [entry for entry in found["timeline"] if entry["kind"] == "ticked"]
    assert len(ticks) == len({entry["text"] for entry in ticks})  # no action is ticked twice
