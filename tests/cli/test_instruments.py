"""The commander's instruments from the shell: what is due, who is on what, updates, command."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Cli

Status = Callable[..., Any]


@pytest.fixture
def number(warroom: Cli) -> str:
    """A total outage, declared ten minutes ago."""
    return warroom("declare", "Database is slow", "--severity", "SEV1", "--at", "-10m").stdout.strip()


def due(warroom: Cli) -> dict[str, Any]:
    return {matter["id"]: matter for matter in json.loads(warroom("due", "--json").stdout)}


def texts(status: Status, *words: str) -> list[str]:
    return [entry["text"] for entry in status(*words)["timeline"]]


def test_what_is_due_is_listed_with_its_clock_and_can_be_snoozed(warroom: Cli, number: str) -> None:
    found = due(warroom)
    assert list(found)[:2] == ["response", "escalate:SEV1"]
    assert found["update:external"]["overdue"] is True
    assert found["update:external"]["clock"] == "severity"
    assert "external holding statement (runs from severity)" in warroom("due").stdout
    said = warroom("snooze", "update:external", "10m").stdout
    assert "Snoozed for 10 minutes: external holding statement" in said
    assert "update:external" not in due(warroom)
    warroom("undo")
    assert "update:external" in due(warroom)
    assert "to 1 day" in warroom("snooze", "response", "25h", code=1).stderr
    assert "no length of time" in warroom("snooze", "response", "soon", code=2).stderr


def test_what_is_due_is_snoozed_by_the_short_id_that_is_printed(warroom: Cli, number: str) -> None:
    warroom("assign", "@bob", "check web latency", "3m")
    (line,) = (line for line in warroom("due").stdout.splitlines() if "check-back:" in line)
    ident = next(word for word in line.split() if word.startswith("check-back:"))
    assert len(ident) == len("check-back:7c41ab")
    assert "Snoozed for 10 minutes" in warroom("snooze", ident, "10m").stdout
    assert not any(matter.startswith("check-back:") for matter in due(warroom))


def test_nothing_is_due_once_it_is_closed(warroom: Cli, number: str) -> None:
    warroom("cancel", "a test alert")
    assert warroom("due", "-i", number).stdout == "Nothing is due.\n"


def test_the_board_and_the_check_backs(warroom: Cli, status: Status, number: str) -> None:
    warroom("join", "@ann")
    warroom("assign", "@bob", "check web latency", "3m")
    assert [line.split() for line in warroom("board").stdout.splitlines()][1] == ["@ann", "free"]
    warroom("check-back", "@bob", "extended", "5m")
    warroom("check-back", "@bob", "reassigned", "--to", "carol", "--note", "bob sleeps")
    warroom("check-back", "carol", "escalated", "--to", "Database vendor")
    assert "@bob check web latency: reassigned to @carol · 3 minutes · bob sleeps" in texts(status)
    warroom("answer", "Database vendor")
    assert "Database vendor answered" in texts(status)
    assert "waits for an answer" in warroom("answer", "nobody", code=1).stderr


def test_pages_are_answered_by_name(warroom: Cli, status: Status, number: str) -> None:
    warroom("page", "@dba")
    warroom("answer", "dba")
    warroom("join", "dba")
    warroom("role", "dba", "Operations Lead")
    warroom("release", "dba")
    assert texts(status)[-1] == "@dba released"


def test_an_update_is_drafted_then_logged_and_owed_again(warroom: Cli, status: Status, number: str) -> None:
    draft = warroom("draft", "external").stdout
    assert draft.startswith("We are aware of a problem")
    warroom("update", "external", draft)
    assert "update:external" in due(warroom)
    assert due(warroom)["update:external"]["overdue"] is False
    assert warroom("draft", "external").stdout.startswith("**Status:** We are investigating.")
    warroom("cadence", "external", "none")
    assert "update:external" not in due(warroom)
    warroom("cadence", "internal", "15m")
    assert "Status updates (internal): every 15 minutes" in texts(status)


def test_decisions_are_recorded_and_verified(warroom: Cli, status: Status, number: str) -> None:
    warroom("decide", "Scale the pool", "--risk", "hides the leak", "--owner", "dba", "--verify", "10m")
    assert any(matter["text"] == "verify: Scale the pool" for matter in due(warroom).values())
    warroom("verify-decision", "held", "--note", "error rate stays at 5 %")
    assert texts(status)[-1] == "Decision: Scale the pool: held · error rate stays at 5 %"
    warroom("fallback", "communication system down")
    assert texts(status)[-1] == "Fallback: Communication system down → Use backup channel"


def test_a_mitigation_is_asked_for_its_outcome(warroom: Cli, number: str) -> None:
    warroom("mitigate", "Scale", "--verify", "5m", "--at", "-6m")
    (found,) = (matter for ident, matter in due(warroom).items() if ident.startswith("verify:"))
    assert (found["text"], found["overdue"]) == ("outcome of Scale", True)


def test_an_escalation_names_its_trigger(warroom: Cli, number: str) -> None:
    warroom("escalate", "Engineering Manager, VP", "--trigger", "SEV1")
    assert "escalate:SEV1" not in due(warroom)


def test_command_is_offered_and_accepted(warroom: Cli, status: Status, number: str) -> None:
    assert "Nobody is in command" in warroom("offer-command", "bob", code=1).stderr
    warroom("role", "maya", "Incident Commander")
    warroom("offer-command", "bob")
    warroom("decline-command", "bob", "--reason", "on a train")
    warroom("offer-command", "bob")
    assert "only @bob" in warroom("accept-command", "carol", code=1).stderr
    warroom("accept-command", "bob")
    assert status()["commander"] == "@bob"
    assert "In command: @bob" in warroom("briefing").stdout


def test_a_duplicate_is_merged_into_the_one_that_goes_on(warroom: Cli, status: Status, number: str) -> None:
    other = warroom("declare", "Logins fail").stdout.strip()
    assert "names the incident" in warroom("close", "-i", other, "--reason", "duplicate", code=1).stderr
    warroom("close", "-i", other, "--reason", "duplicate", "--into", "INC-2020-0001", code=1)
    assert status("-i", other)["status"] == "active"
    warroom("close", "-i", other, "--reason", "duplicate", "--into", number.lower())
    assert status("-i", other)["closure"] == "duplicate"
    assert f"Closed: duplicate → {number}" in texts(status, "-i", other)
    assert f"{other} was merged into this incident: Logins fail" in texts(status, "-i", number)
    warroom("reopen", "not the same", "-i", other)
    assert status("-i", other)["status"] == "active"
