"""The checklist from the shell: read, ticked, opened again, skipped; outputs and rows of tables."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

Status = Callable[..., Any]


@pytest.fixture
def number(warroom: Cli) -> str:
    return warroom("declare", "Checkout is down").stdout.strip()


def items(warroom: Cli) -> dict[str, Any]:
    phases = json.loads(warroom("checklist", "--json").stdout)
    return {item["id"]: item for phase in phases for item in phase["items"]}


def test_every_item_is_printed_with_its_number_and_what_became_of_it(warroom: Cli, number: str) -> None:
    warroom("tick", "1.1.2")
    warroom("skip", "1.1.4", "the bot has created it")
    warroom("output", "1.2.o1", "INC-7 in the tracker")
    lines = warroom("checklist").stdout.splitlines()
    assert lines[0] == f"{number}  no severity yet  active"
    assert "1 Detection: 3 of 8 settled, the phase the incident is in" in lines
    assert "    ☑ 1.1.2  Acknowledge incident" in lines
    assert "    ☒ 1.1.4  Create incident channel: the bot has created it" in lines
    assert "    ☑ 1.2.o1  Incident ticket: INC-7 in the tracker" in lines
    assert "  ☐ 1.exit  Incident confirmed" in lines
    assert "2 Triage: 0 of 8 settled" in lines


def test_the_checklist_as_json(warroom: Cli, number: str) -> None:
    warroom("skip", "1.1.4", "not needed")
    found = items(warroom)
    assert found["1.1.2"] == {
        "id": "1.1.2", "text": "Acknowledge incident", "status": "open", "state": None,
    }  # fmt: skip
    assert found["1.1.4"]["status"] == "skipped"
    assert found["1.1.4"]["state"]["text"] == "not needed"
    current = [
        phase["name"] for phase in json.loads(warroom("checklist", "--json").stdout) if phase["current"]
    ]
    assert current == ["Detection"]


def test_what_was_settled_is_opened_again(warroom: Cli, number: str) -> None:
    warroom("tick", "1.1.2")
    warroom("skip", "1.1.4", "not needed")
    assert "Open again: Acknowledge incident" in warroom("untick", "1.1.2").stdout
    warroom("untick", "1.1.4")
    assert {items(warroom)[item]["status"] for item in ("1.1.2", "1.1.4")} == {"open"}
    assert "open already" in warroom("untick", "1.1.2", code=1).stderr
    assert "No action '9.9.9'" in warroom("untick", "9.9.9", code=1).stderr


def test_skipping_takes_a_reason(warroom: Cli, number: str) -> None:
    warroom("skip", "1.1.2", code=2)
    assert "needs a reason" in warroom("skip", "1.1.2", "  ", code=1).stderr
    assert "No action" in warroom("skip", "9.9.9", "why", code=1).stderr
    warroom("skip", "1.1.2", "done by phone")
    assert "settled already" in warroom("skip", "1.1.2", "again", code=1).stderr


def test_an_output_gets_its_words(warroom: Cli, number: str) -> None:
    warroom("output", "1.2.O1", "INC-7")
    warroom("output", "1.2.o1", "INC-8")
    assert items(warroom)["1.2.o1"]["state"]["text"] == "INC-8"
    assert "No output '1.1.2'" in warroom("output", "1.1.2", "x", code=1).stderr


def test_what_was_undone_is_done_again(warroom: Cli, status: Status, number: str) -> None:
    assert "nothing to redo" in warroom("redo", code=1).stderr
    warroom("severity", "SEV2")
    warroom("undo")
    assert status()["severity"] is None
    assert "done again: SEV2" in warroom("redo").stdout
    assert status()["severity"] == "SEV2"
    warroom("undo")
    warroom("log", "something else")
    assert "nothing to redo" in warroom("redo", code=1).stderr


def test_a_row_of_a_table_is_chosen_with_its_rationale(warroom: Cli, status: Status, number: str) -> None:
    warroom("choose", "severity assessment", "Partial degradation")
    assert status()["severity"] == "SEV3"
    warroom("choose", "Mitigation Strategy", "resource exhaustion")
    (mitigation,) = status()["mitigations"]
    assert (mitigation["strategy"], mitigation["condition"]) == ("Scale", "Resource exhaustion")
    assert "there are Severity Assessment, Mitigation" in warroom("choose", "x", "y", code=1).stderr
    refused = warroom("choose", "Severity Assessment", "y", code=1).stderr
    assert "there are Complete outage; Major feature down;" in refused


def test_a_row_of_a_table_of_another_kind(warroom: Cli, tmp_path: Path) -> None:
    runbook = tmp_path / "mine.md"
    runbook.write_text(
        "# Mine\n\n### Phase 1: Look\n\n#### Step 1.1: Look\n\n**Actions:**\n- Look\n\n"
        "## Decision Points\n\n### Decision: Whom to tell\n\n"
        "| Condition | Tell |\n|---|---|\n| Payments fail | The bank |\n"
    )
    warroom("declare", "Odd", "--playbook", str(runbook))
    assert "The bank" in warroom("choose", "Whom to tell", "payments fail").stdout


def test_another_title(warroom: Cli, status: Status, number: str) -> None:
    warroom("rename", "Checkout is down in the EU")
    assert status()["title"] == "Checkout is down in the EU"
    assert "no new title" in warroom("rename", " ", code=1).stderr


def test_the_impact_in_a_sentence(warroom: Cli, status: Status, number: str) -> None:
    warroom("impact", "--summary", "every second customer cannot pay")
    assert status()["impact"]["summary"] == "every second customer cannot pay"
    assert "Nothing was assessed" in warroom("impact", "--summary", "", code=1).stderr


# ── the playbook, read again ───────────────────────────────────────────────────────────────────

_MINE = "# Mine\n\n### Phase 1: Look\n\n#### Step 1.1: Look\n\n**Actions:**\n- Look closely\n"


def test_an_incident_goes_on_by_its_playbook_as_it_is_written_now(warroom: Cli, tmp_path: Path) -> None:
    runbook = tmp_path / "mine.md"
    runbook.write_text(_MINE)
    warroom("declare", "Odd", "--playbook", str(runbook))
    warroom("tick", "1.1.1")
    assert "has not changed" in warroom("playbook", "reload", code=1).stderr
    runbook.write_text(_MINE.replace("- Look closely", "- Call somebody\n- Look closely"))
    said = warroom("playbook", "reload").stdout.splitlines()
    assert any("Call somebody" in line and line.startswith("+") for line in said)
    assert [(found["text"], found["status"]) for found in items(warroom).values()] == [
        ("Call somebody", "open"),
        ("Look closely", "done"),
    ]
    runbook.write_text("no playbook")
    assert "mine.md" in warroom("playbook", "reload", code=2).stderr


def test_a_playbook_of_unknown_origin_is_to_be_named(warroom: Cli, tmp_path: Path, number: str) -> None:
    assert "name it" in warroom("playbook", "reload", code=1).stderr
    runbook = tmp_path / "mine.md"
    runbook.write_text(_MINE)
    warroom("playbook", "reload", str(runbook))
    assert [found["text"] for found in items(warroom).values()] == ["Look closely"]


# ── read at the end ────────────────────────────────────────────────────────────────────────────


def test_figures(warroom: Cli, number: str) -> None:
    warroom("severity", "SEV2")
    warroom("log", "error rate: 45% -> 5%")
    said = warroom("figures").stdout
    assert "**Time in each level:** SEV2" in said
    assert "## error rate" in said


def test_the_after_action_summary(warroom: Cli, number: str) -> None:
    warroom("skip", "1.1.4", "the bot has created it")
    warroom("close")
    said = warroom("after-action").stdout
    assert "- Create incident channel: the bot has created it" in said
    found = json.loads(warroom("after-action", "--json").stdout)
    assert found["left"] == [{"what": "Create incident channel", "why": "the bot has created it"}]
