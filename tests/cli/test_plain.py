"""Under --plain everything is read as it is heard: no boxes, no columns, no signs, no colour."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_follow import following, line


@pytest.fixture
def incident(warroom: Cli, tmp_path: Path) -> str:
    """One in which everything that can be printed has happened, in words of ASCII."""
    number = warroom("declare", "Checkout is down", "--severity", "SEV2", "--at", "-2h").stdout.strip()
    for words in (
        ["tick", "1.1.1"],
        ["skip", "1.1.4", "the bot has created it"],
        ["output", "1.2.o1", "INC-7"],
        ["log", "error rate: 45% -> 5%"],
        ["log", "root cause: batch job holds connections"],
        ["log", "todo add pool monitoring @sre fri"],
        ["log", "a slip"],
        ["undo"],
        ["mitigate", "Scale", "--note", "pool 100 → 200"],
        ["assess", "partial"],
        ["impact", "--users", "5000", "--systems", "API"],
        ["decide", "Scale the pool", "--risk", "hides the leak", "--verify", "5m"],
        ["join", "@ann"],
        ["assign", "@bob", "check web latency", "3m"],
        ["page", "@dba"],
        ["escalate", "Engineering Manager"],
        ["fallback", "Communication system down"],
        ["update", "internal", "We are looking into it."],
        ["cadence", "external", "15m"],
        ["role", "maya", "Incident Commander"],
        ["offer-command", "@ann"],
        ["snooze", "update:external", "10m"],
        ["rename", "Checkout is slow"],
        ["phase", "next", "--override", "no time"],
    ):
        warroom(*words)
    return number


PLAIN = (
    "list", "status", "show", "checklist", "due", "board", "briefing", "draft internal", "figures",
    "after-action", "postmortem", "verify", "playbook show", "drill --list", "config show", "doctor",
    "help keys",
)  # fmt: skip

_COLUMNS = re.compile(r"\S {2,}\S")
_MARKDOWN = re.compile(r"\*\*|^#|\||^[-*] |```", re.MULTILINE)


@pytest.mark.parametrize("words", PLAIN)
def test_nothing_is_told_by_boxes_columns_signs_or_colour(warroom: Cli, incident: str, words: str) -> None:
    said = warroom(*words.split(), "--plain").stdout
    assert said.strip()
    assert "\x1b" not in said
    assert said.isascii(), [sign for sign in said if not sign.isascii()]
    assert not [found for found in said.splitlines() if _COLUMNS.search(found)]
    assert not _MARKDOWN.search(said)


@pytest.mark.parametrize("words", ["config path", "playbook list", "config check", "playbook check"])
def test_what_cannot_be_plain_is_plain_already(warroom: Cli, incident: str, words: str) -> None:
    said = warroom(*words.split()).stdout
    assert said
    assert not _COLUMNS.search(said)
    assert not _MARKDOWN.search(said)


def test_follow_is_heard_as_show_is(warroom: Cli, home: Path, incident: str) -> None:
    shown = warroom("show", "--plain").stdout.splitlines()[3:]  # the heading is not followed
    with following(home, "--plain") as process:
        told = [line(process).rstrip("\n") for _ in shown]
        assert told == shown
        warroom("log", "error rate: 5% -> 0.1%")
        new = line(process, "0.1%")
    assert "Metric: error rate: 5% to 0.1%, by maya, id " in new
    for each in (*told, new):
        assert each.isascii()
        assert not _COLUMNS.search(each)


def test_what_the_columns_said_is_said_in_words(warroom: Cli, incident: str) -> None:
    assert (
        "1.1.4, skipped: Create incident channel: the bot has created it"
        in warroom("checklist", "--plain").stdout
    )
    assert "@ann, free" in warroom("board", "--plain").stdout.splitlines()
    assert re.search(
        r"^add pool monitoring, in .* id action-item:[0-9a-f]{6}$",
        warroom("due", "--plain").stdout,
        re.MULTILINE,
    )
    assert f"{incident}: " in warroom("verify", "--plain").stdout
    assert "Level: SEV2, For: 2 hours" in warroom("figures", "--plain").stdout
    assert "Action: add pool monitoring, Owner: @sre, Due: " in warroom("postmortem", "--plain").stdout
    assert "In command: @maya" in warroom("briefing", "--plain").stdout.splitlines()
    assert 'user is "maya", from WARROOM_USER' in warroom("config", "show", "--plain").stdout.splitlines()
    assert "1.1.2: Acknowledge incident" in warroom("playbook", "show", "--plain").stdout.splitlines()
    assert "SEV2, Major degradation, 15 min" in warroom("playbook", "show", "--plain").stdout.splitlines()
    assert re.search(
        r"^region-failover: A whole region", warroom("drill", "--list", "--plain").stdout, re.MULTILINE
    )
    logged = "typed: `@bob check web latency 3m`, logged: an assignment with a three-minute time-box"
    assert logged in warroom("help", "logging", "--plain").stdout.splitlines()
    assert "n, note: Log what you see" in warroom("help", "keys", "--plain").stdout
    assert re.search(r"^size: \d+ x \d+", warroom("doctor", "--plain").stdout, re.MULTILINE)


def test_a_path_keeps_its_home(warroom: Cli) -> None:
    warroom("declare", "Checkout is down")
    warroom("log", "rm -r ~/cache on ~200 hosts")
    assert "rm -r ~/cache on about 200 hosts" in warroom("show", "--plain").stdout


def test_what_is_printed_can_act_on_no_terminal(warroom: Cli) -> None:
    warroom("declare", "Checkout \x1b[31mis down", "--severity", "SEV2")
    warroom("log", "root cause: \x1b]52;c;eA==\x07 <b>bold</b> | pipe")
    for words in PLAIN:
        assert "\x1b" not in warroom(*words.split(), "--plain").stdout
