"""Entries and action items are taken by the id that `show` and `status` print."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.incident.worlds import World, at
from warroom.incident import commands
from warroom.incident.commands import Refused
from warroom.incident.short_id import LENGTH, meant, short
from warroom.verbs.grammar import Kind, on

Status = Callable[..., Any]


@pytest.fixture
def number(warroom: Cli) -> str:
    return warroom("declare", "Checkout is down").stdout.strip()


def id_of(warroom: Cli, text: str) -> str:
    """The id at the beginning of the line of `show` that says this."""
    line = next(line for line in warroom("show").stdout.splitlines() if text in line)
    found = re.match(r"[0-9a-f]{6}  ", line)
    assert found, line
    return found[0].strip()


def item(status: Status) -> dict[str, Any]:
    (found,) = status()["action_items"]
    return dict(found)


# ── entries ────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_is_reworded(warroom: Cli, status: Status, number: str) -> None:
    warroom("log", "eror rate 45 %")
    said = warroom("entry", "edit", id_of(warroom, "eror"), "error rate 45 %").stdout
    assert said.endswith("✎ Edited: error rate 45 %\n")
    assert status()["timeline"][-1]["text"] == "error rate 45 %"


def test_an_entry_is_struck_and_stands_again(warroom: Cli, number: str) -> None:
    warroom("log", "that was staging")
    ident = id_of(warroom, "staging")
    said = warroom("entry", "strike", ident, "not production").stdout
    assert said.endswith("✗ Struck: not production · that was staging\n")
    assert "[struck]" in warroom("show").stdout
    assert "struck already" in warroom("entry", "strike", ident, code=1).stderr
    assert "Stands again · that was staging" in warroom("entry", "restore", ident.upper()).stdout
    assert "[struck]" not in warroom("show").stdout
    assert "not struck" in warroom("entry", "restore", ident, code=1).stderr


def test_any_entry_is_pinned_and_unpinned(warroom: Cli, number: str) -> None:
    ident = id_of(warroom, "Declared")
    assert "★ Pinned · Declared: Checkout is down" in warroom("entry", "pin", ident).stdout
    assert "[pinned]" in warroom("show").stdout
    assert "pinned already" in warroom("entry", "pin", ident, code=1).stderr
    warroom("entry", "unpin", ident)
    assert "[pinned]" not in warroom("show").stdout
    assert "not pinned" in warroom("entry", "unpin", ident, code=1).stderr


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], ("the pool is exhausted", "", None)),
        (["watch the pool @sre 2026-03-01"], ("watch the pool", "@sre", "2026-03-01")),
    ],
)
def test_an_entry_becomes_an_action_item(
    warroom: Cli, status: Status, number: str, words: list[str], found: tuple[str, str, str | None]
) -> None:
    warroom("log", "the pool is exhausted")
    warroom("entry", "promote", id_of(warroom, "exhausted"), *words)
    assert (item(status)["text"], item(status)["owner"], item(status)["due"]) == found


def test_what_was_done_is_undone_rather_than_struck(warroom: Cli, number: str) -> None:
    warroom("severity", "SEV2")
    ident = id_of(warroom, "SEV2 · ")
    assert "undo it instead" in warroom("entry", "strike", ident, code=1).stderr
    assert "undo it instead" in warroom("entry", "edit", ident, "SEV1", code=1).stderr


def test_an_entry_cannot_become_empty(warroom: Cli, number: str) -> None:
    warroom("log", "x")
    assert "cannot be empty" in warroom("entry", "edit", id_of(warroom, "  x  "), " ", code=1).stderr


@pytest.mark.parametrize("ident", ["000000", "0", "", "nonsense", "\x1b[31m"])
def test_an_id_that_there_is_not(warroom: Cli, number: str, ident: str) -> None:
    for verb in ("edit", "strike", "restore", "pin", "unpin", "promote"):
        said = warroom("entry", verb, ident, *(["text"] if verb == "edit" else []), code=1).stderr
        assert "No entry has the id" in said
        assert "`warroom show` prints them" in said
        assert "\x1b" not in said
    warroom("entry", "strike", code=2)
    warroom("entry", "explode", ident, code=2)


def test_the_whole_id_of_the_json_is_taken_too(warroom: Cli, status: Status, number: str) -> None:
    warroom("log", "seen")
    warroom("entry", "pin", status()["timeline"][-1]["id"])
    assert status()["timeline"][-1]["pinned"] is True


def test_what_was_undone_is_no_entry_any_more(warroom: Cli, number: str) -> None:
    warroom("log", "a slip")
    ident = id_of(warroom, "a slip")
    warroom("undo")
    assert "No entry has the id" in warroom("entry", "pin", ident, code=1).stderr


def test_short_ids() -> None:
    one, other, longer = "0198-aaaa-bcdef1", "0199-aaaa-bcdef2", "0200-aaaa-bcdef1"
    assert short(one) == "bcdef1"
    assert meant("BCDEF2 ", [one, other]) == [other]
    assert meant("bcdef1", [one, other, longer]) == [one, longer]
    assert meant(one, [one, longer]) == [one]
    assert meant("1", [one]) == []
    assert len(short(one)) == LENGTH


def test_an_end_that_two_ids_share_is_refused_with_both() -> None:
    shared = ["0198-aaaa-bcdef1", "0200-aaaa-bcdef1"]
    world = World()
    outcome = on(Kind("entry", lambda _: shared), "bcdef1", commands.pin).do(world.incident, at(1))
    assert isinstance(outcome, Refused)
    assert outcome.reason == f"'bcdef1' may be any of {', '.join(shared)}."


# ── action items ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ident(warroom: Cli, number: str) -> str:
    """The id of an action item, as `status` prints it."""
    warroom("action-item", "open", "add pool monitoring @sre 2026-03-01")
    (line,) = (line for line in warroom("status").stdout.splitlines() if "add pool monitoring · @sre" in line)
    return line.split()[0]


def test_an_action_item_is_finished_and_reopened(warroom: Cli, status: Status, ident: str) -> None:
    assert item(status)["status"] == "open"
    warroom("action-item", "done", ident)
    assert item(status)["status"] == "done"
    assert "done already" in warroom("action-item", "done", ident, code=1).stderr
    warroom("action-item", "reopen", ident)
    assert item(status)["status"] == "open"
    assert "It is open" in warroom("action-item", "reopen", ident, code=1).stderr


def test_an_action_item_is_dropped(warroom: Cli, status: Status, ident: str) -> None:
    warroom("action-item", "drop", ident, "the service is retired")
    assert (item(status)["status"], item(status)["note"]) == ("dropped", "the service is retired")
    assert "dropped already" in warroom("action-item", "done", ident, code=1).stderr


def test_what_is_not_given_stays_when_an_action_item_changes(
    warroom: Cli, status: Status, ident: str
) -> None:
    def now() -> tuple[str, str, str | None]:
        found = item(status)
        return found["text"], found["owner"], found["due"]

    warroom("action-item", "change", ident, "--owner", "dba")
    assert now() == ("add pool monitoring", "@dba", "2026-03-01")
    warroom("action-item", "change", ident, "--text", "watch the pool", "--due", "2026-04-01")
    assert now() == ("watch the pool", "@dba", "2026-04-01")
    warroom("action-item", "change", ident, "--owner", "", "--due", "none")
    assert now() == ("watch the pool", "", None)
    assert "Nothing was changed" in warroom("action-item", "change", ident, code=1).stderr
    assert "needs words" in warroom("action-item", "change", ident, "--text", " ", code=1).stderr
    assert "is no due date" in warroom("action-item", "change", ident, "--due", "someday", code=1).stderr


def test_an_action_item_needs_words_and_an_id_that_there_is(warroom: Cli, number: str) -> None:
    assert "needs words" in warroom("action-item", "open", " ", code=1).stderr
    for verb in ("change", "done", "reopen", "drop"):
        assert "No action item has the id" in warroom("action-item", verb, "abcdef", code=1).stderr


def test_action_items_are_worked_on_when_the_incident_is_closed(
    warroom: Cli, status: Status, ident: str
) -> None:
    warroom("close")
    warroom("action-item", "done", ident)
    assert item(status)["status"] == "done"


# ── mitigations, decisions, assignments ────────────────────────────────────────────────────────


def test_an_earlier_mitigation_is_assessed_by_its_id(warroom: Cli, status: Status, number: str) -> None:
    warroom("mitigate", "Scale")
    warroom("mitigate", "Restart")
    warroom("assess", "partial", id_of(warroom, "▲ Scale"))
    assert [m["outcome"] for m in status()["mitigations"]] == ["partial", None]
    assert "No mitigation has the id" in warroom("assess", "partial", "abcdef", code=1).stderr


def test_a_later_decision_is_verified_by_its_id(warroom: Cli, number: str) -> None:
    warroom("decide", "Scale the pool", "--verify", "5m")
    warroom("decide", "Tell the customers")
    warroom("verify-decision", "held", id_of(warroom, "Tell the customers"))
    assert "Tell the customers: held" in warroom("show").stdout


def test_one_of_several_assignments_is_named_by_its_id(warroom: Cli, number: str) -> None:
    warroom("assign", "@bob", "check web latency")
    warroom("assign", "@bob", "call the vendor")
    refused = warroom("check-back", "@bob", "done", code=1).stderr
    ident = id_of(warroom, "call the vendor")
    assert f"call the vendor ({ident})" in refused
    warroom("check-back", ident, "done")
    assert "@bob call the vendor: done" in warroom("show").stdout


def test_ids_are_in_json_as_a_whole(warroom: Cli, number: str) -> None:
    (found,) = json.loads(warroom("show", "--json").stdout)["events"][:1]
    assert found["id"].endswith(id_of(warroom, "Declared"))
