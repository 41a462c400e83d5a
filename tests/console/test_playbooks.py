"""Playbooks in the console: offered and suggested, read, copied from, and read again."""

import os
from pathlib import Path

import pytest
from textual.widgets import Markdown

from tests.console.seat import NARROW, WIDE, Clock, Seat, seated, squeezed
from warroom.console.dialogs import ChoiceList
from warroom.console.document import Detail
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e

RUNBOOK = """\
# Checkout

## Trigger Conditions

**Trigger Examples:**

- "Checkout is down"
- "Orders time out"

## Phases

### Phase 1: Look

Look before anything else.

**Owner:** the shop team

#### Step 1.1: See

**Actions:**

- Look at the queue
- Drain the queue

  ```sh
  queue pause orders
  queue drain orders
  ```

  ```sh
  queue status
  ```

- Call the vendor

**Links:** the dashboard is on the wall

**Is Mandatory:** Yes

#### Step 1.2: Count (Optional)

**Actions:**

- Count the messages

  ```sh
  queue count
  ```

**Is Mandatory:** No (if nobody asks)

### Phase 2: Repair

#### Step 2.1: Act

**Actions:**

- Restart the consumer

## Severity Levels

| Level | Description | Response Time |
|---|---|---|
| P1 | Nobody can order | Immediate |
| P2 | Ordering is slow | Next sprint |

## Escalation Paths

| Trigger | Escalate To | Contact |
|---|---|---|
| P1 declared | Head of Shop | +49 30 1234 |
| Vendor is silent | Purchasing | +49 30 5678, and ask for the one who signed the contract |

## Who is who

Ask at the shop desk.
"""


GENERIC = """\
# Name resolution fails

## Background

Both resolvers are in [the same rack](https://wiki.example.com/racks#7). See [below](#mend).

## Look

- Ask both resolvers

  ```sh
  dig @ns1 example.com
  ```

## Mend

- Restart the broken one
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of somebody's own playbooks."""
    folder = tmp_path / "playbooks"
    folder.mkdir()
    (folder / "checkout.md").write_text(RUNBOOK, encoding="utf-8")
    (folder / "broken.md").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def front(tmp_path: Path, clock: Clock, shelf: Path) -> FrontDesk:
    return FrontDesk(tmp_path / "home", "maya", playbook_folders=(shelf,), clock=clock)


@pytest.fixture
def desk(front: FrontDesk) -> Desk:
    """An incident that goes by the runbook."""
    desk = front.declare("Checkout is down", front.playbook("checkout").playbook, source="checkout")
    assert isinstance(desk, Desk)
    return desk


def edited(shelf: Path, old: str, new: str) -> None:
    """Change the runbook's document, at another time than before."""
    path = shelf / "checkout.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    later = path.stat().st_mtime + 1
    os.utime(path, (later, later))


# ── declaring ──────────────────────────────────────────────────────────────────────────────────


def chosen(seat: Seat) -> str:
    """The playbook under the cursor of the dialog."""
    choice = seat.console.screen.query_one("#playbook", ChoiceList).chosen
    return choice.id if choice else ""


async def test_the_dialog_offers_playbooks_with_what_they_are_for(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n")
        assert seat.shows("incident-response Production is down", "checkout Checkout is down · Orders time")
        assert seat.shows("broken broken.md: empty")
        assert chosen(seat) == "incident-response"


async def test_the_one_that_reads_like_the_title_is_suggested_and_says_why(
    front: FrontDesk, clock: Clock
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n")
        await seat.types("orders are stuck")
        assert chosen(seat) == "checkout"
        assert seat.shows("checkout suggested: “Orders time out”", "P2 Ordering is slow")
        await seat.press("enter")
        assert seat.incident.playbook.title == "Checkout"
        assert seat.incident.source == "checkout"


async def test_a_suggestion_is_made_even_when_enter_comes_with_the_words(
    front: FrontDesk, clock: Clock
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n")
        await seat.types("checkout", "enter")
        assert seat.incident.playbook.title == "Checkout"


async def test_who_has_chosen_is_not_overruled(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n", "tab", "tab", "down", "down", "up", "up", "down", "down")
        assert chosen(seat) == "checkout"
        await seat.press("shift+tab", "shift+tab")
        await seat.types("production database errors")
        assert chosen(seat) == "checkout"
        assert seat.shows("incident-response suggested: “Database errors spiking”")


async def test_the_severities_are_those_of_the_playbook(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n")
        assert seat.shows("SEV1")
        await seat.types("checkout", "down", "enter")
        assert seat.incident.severity == "P1"


async def test_a_broken_one_cannot_be_chosen_and_says_why(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n")
        await seat.types("the cat", "tab", "tab", "down", "enter")
        assert seat.place == "Declaration"
        assert seat.shows("not a playbook: broken.md: empty")
        await seat.press("down", "enter")
        assert seat.incident.playbook.title == "Checkout"


async def test_hostile_and_many_playbooks_do_no_harm(front: FrontDesk, clock: Clock, shelf: Path) -> None:
    hostile = "# [bold]x[/]\n\n- [@click=app.quit]y[/]\n"
    (shelf / "[red]x[bold] \u202e.md").write_text(hostile, encoding="utf-8")
    (shelf / "latin.md").write_bytes(b"\xff\xfe\x00")
    (shelf / "folder.md").mkdir()
    for number in range(60):
        (shelf / f"many-{number:02}.md").write_text(RUNBOOK, encoding="utf-8")
    for size in (WIDE, NARROW):
        async with seated(front, clock, None, size) as seat:
            await seat.press("n")
            await seat.types("checkout")
            assert seat.shows("Declare an incident", "enter declares")
            assert chosen(seat) == "checkout"
            await seat.press("escape")


async def test_a_runbook_without_phases_is_offered_as_what_it_is_and_can_be_classified(
    front: FrontDesk, clock: Clock, shelf: Path
) -> None:
    (shelf / "dns.md").write_text(GENERIC, encoding="utf-8")
    async with seated(front, clock) as seat:
        await seat.press("n")
        assert seat.shows("dns generic checklist · Name resolution fails")
        await seat.types("nothing resolves: name resolution")
        assert seat.shows("dns suggested: “Name resolution fails” · generic checklist")
        await seat.press("enter")
        assert seat.shows("1 Look", "☐ Ask both resolvers ≡", "2 Mend", "Total outage SEV1")
        await seat.press("d", "enter")
        assert seat.severity == "SEV1"
        assert seat.shows("acknowledge")  # the response target of SEV1: at once


# ── reading ────────────────────────────────────────────────────────────────────────────────────


async def test_a_sign_says_that_there_is_more_to_read(seat: Seat) -> None:
    assert seat.shows("1 Look ≡", "1.1 See ≡", "Drain the queue ≡", "1.2 Count (optional: if nobody asks)")
    assert not seat.shows("Look at the queue ≡")


async def test_enter_shows_what_stands_in_a_step_an_action_and_a_phase(seat: Seat) -> None:
    for place, texts in {
        "1.1": ["1.1 See", "the dashboard is on the wall", "Look at the queue", "queue drain orders"],
        "1.1.2": ["Drain the queue", "queue status"],
        "1.2": ["1.2 Count", "Optional: if nobody asks", "Count the messages"],
        "1": ["1 Look", "Look before anything else.", "the shop team"],
    }.items():
        await seat.at(place, "enter")
        assert seat.place == "Detail", place
        assert seat.shows(*texts), place
        await seat.press("escape")
        assert seat.place == "WarRoom"
    assert not seat.incident.items


async def test_an_action_with_nothing_below_is_ticked_by_enter_as_ever(seat: Seat) -> None:
    await seat.at("1.1.1", "enter")
    assert seat.incident.done("1.1.1")
    await seat.at("1.1.2", "space")
    assert seat.incident.done("1.1.2")
    await seat.at("2", "enter")
    assert not seat.shows("Restart the consumer")
    await seat.press("enter")
    assert seat.shows("Restart the consumer")


async def test_one_key_copies_the_only_command(seat: Seat) -> None:
    await seat.at("1.2", "y")
    assert seat.console.clipboard == "queue count"
    assert seat.said == ["Copied: queue count"]
    await seat.at("1.2.1", "enter", "y")
    assert seat.place == "Detail"
    assert seat.console.clipboard == "queue count"


async def test_of_several_commands_one_is_chosen(seat: Seat) -> None:
    await seat.at("1.1", "enter", "y")
    assert seat.choices == ["queue pause orders … 2 lines", "queue status"]
    await seat.press("1")
    assert seat.console.clipboard == "queue pause orders\nqueue drain orders"
    assert isinstance(seat.console.screen, Detail)
    await seat.press("y", "down", "enter")
    assert seat.console.clipboard == "queue status"
    await seat.press("Y")
    assert "Drain the queue" in seat.console.clipboard


async def test_where_no_command_stands_it_is_said(seat: Seat) -> None:
    await seat.at("1.1.1", "y")
    assert seat.said == ["No command stands here."]


async def test_other_sections_are_read_with_v(seat: Seat) -> None:
    await seat.press("v", "end")
    await seat.until(lambda: seat.shows("Who is who", "Ask at the shop desk."))


async def test_a_link_shows_where_it_leads_and_a_click_copies_that(
    front: FrontDesk, clock: Clock, shelf: Path
) -> None:
    (shelf / "dns.md").write_text(GENERIC, encoding="utf-8")
    desk = front.declare("x", front.playbook("dns").playbook, source="dns")
    assert isinstance(desk, Desk)
    async with seated(front, clock, desk.incident.number, (120, 60)) as seat:
        await seat.press("v")
        await seat.until(lambda: seat.shows("the same rack (https://wiki.example.com/racks#7). See below."))
        document = seat.console.screen.query_one(Markdown)
        document.post_message(Markdown.LinkClicked(document, "https://wiki.example.com/racks#7"))
        await seat.settled()
        assert seat.console.clipboard == "https://wiki.example.com/racks#7"
        assert seat.said == ["Copied: https://wiki.example.com/racks#7"]


async def test_an_escalation_shows_all_its_columns(seat: Seat) -> None:
    await seat.press("e")
    assert seat.shows("P1 declared Head of Shop", "Contact: +49 30 1234")
    seen = squeezed(seat.pane("decisions"))
    assert "Contact: +49 30 5678, and ask for the one who signed the contract" in seen
    await seat.press("down", "enter")
    assert seat.shows("Escalate to Purchasing?", "Contact: +49 30 5678")


async def test_a_playbook_without_strategies_hinders_no_mitigation(seat: Seat) -> None:
    await seat.press("m")
    assert seat.shows("The playbook names none Mitigation")
    await seat.press("enter")
    await seat.types("restarted the queue", "enter")
    assert seat.facts(e.MitigationStarted)[0].note == "restarted the queue"


# ── reading again ──────────────────────────────────────────────────────────────────────────────


async def test_a_reload_shows_what_changed_and_asks(seat: Seat, shelf: Path) -> None:
    await seat.at("1.1.1", "space")
    await seat.at("1.1.3", "space")
    edited(shelf, "- Look at the queue", "- Take a breath\n- Look at the queue")
    edited(shelf, "- Call the vendor", "- Write a letter")
    await seat.press("R")
    assert seat.shows("Go on by the new version of Checkout?", "+ action 1.1.1 Take a breath")
    assert seat.shows("- action 1.1.3 Call the vendor", "+ action 1.1.4 Write a letter")
    assert seat.shows("not in the new version; the record keeps it: 1.1.3 Call the vendor")
    assert seat.shows("1 of 2 settled items stay settled")
    await seat.press("escape")
    assert seat.incident.playbook.text_of("1.1.1") == "Look at the queue"
    await seat.press("R", "y")
    assert "☐ Take a breath" in seat.pane("checklist")
    assert "☑ Look at the queue" in seat.pane("checklist")
    assert "☐ Write a letter" in seat.pane("checklist")
    assert seat.shows("☑ Call the vendor", "Playbook reloaded: Checkout")
    await seat.press("z")
    assert "☑ Call the vendor" in seat.pane("checklist")
    await seat.press("Z")
    assert seat.incident.playbook.text_of("1.1.1") == "Take a breath"
    assert len(seat.facts(e.PlaybookReloaded)) == 1
    again = seat.console.front.open(seat.incident.number).incident
    assert again == seat.incident
    assert again.former


async def test_all_that_changed_can_be_read(seat: Seat, shelf: Path) -> None:
    many = "\n".join(f"- Do thing {number}" for number in range(60))
    edited(shelf, "- Restart the consumer", many)
    await seat.press("R")
    assert seat.shows("more lines")
    await seat.press("r")
    assert seat.place == "Detail"
    await seat.press("escape")
    assert seat.shows("Go on by the new version")


async def test_a_playbook_that_is_the_same_is_not_reloaded(seat: Seat) -> None:
    await seat.press("R")
    assert seat.said == ["The playbook has not changed."]
    assert seat.place == "WarRoom"


async def test_a_document_that_is_broken_now_says_so_and_may_be_named_anew(
    seat: Seat, shelf: Path, tmp_path: Path
) -> None:
    (shelf / "checkout.md").write_text("# Nothing\n\nto do\n", encoding="utf-8")
    other = tmp_path / "other.md"
    other.write_text(RUNBOOK.replace("Call the vendor", "Ask the vendor"), encoding="utf-8")
    await seat.press("R")
    assert seat.place == "Ask"
    assert seat.shows("checkout.md: no phases or steps")
    await seat.answer(str(other))
    await seat.press("y")
    assert seat.incident.playbook.text_of("1.1.3") == "Ask the vendor"
    assert seat.incident.source == str(other)


async def test_an_incident_that_does_not_know_its_document_asks_for_it(
    front: FrontDesk, clock: Clock
) -> None:
    desk = front.declare("x", front.playbook().playbook)
    assert isinstance(desk, Desk)
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("R")
        assert seat.shows("It is not known which document")
        await seat.types("checkout", "enter", "y")
        assert seat.incident.playbook.title == "Checkout"
        assert seat.incident.source == "checkout"


async def test_tables_that_the_new_version_has_not_are_left(seat: Seat, shelf: Path) -> None:
    await seat.press("e")
    text = (shelf / "checkout.md").read_text(encoding="utf-8")
    (shelf / "checkout.md").write_text(text.partition("## Escalation")[0], encoding="utf-8")
    await seat.press("R", "y", "d", "right", "left")
    assert seat.place == "WarRoom"


async def test_an_edit_is_offered_once_and_never_taken_over(
    front: FrontDesk, clock: Clock, desk: Desk, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warroom.console.war_room._LOOK_AT_PLAYBOOK", 0.02)
    async with seated(front, clock, desk.incident.number) as seat:
        edited(shelf, "- Call the vendor", "- Write a letter")
        await seat.until(lambda: seat.said)
        assert seat.said == [
            "The playbook was edited: R says what changed, and asks before anything is taken over."
        ]
        assert seat.incident.playbook.text_of("1.1.3") == "Call the vendor"
        edited(shelf, "## Phases", "## Phase")  # half written: nothing to offer
        edited(shelf, "- Write a letter", "- Call the vendor")
        edited(shelf, "## Phase\n", "## Phases\n")
        assert not front.edited(desk.incident)
        assert len(seat.said) == 1


async def test_phases_that_are_gone_leave_the_console_standing(seat: Seat, shelf: Path) -> None:
    await seat.press("]", "o")
    await seat.types("quick", "enter")
    text = (shelf / "checkout.md").read_text(encoding="utf-8")
    before, _, rest = text.partition("### Phase 2: Repair")
    (shelf / "checkout.md").write_text(
        before + "## Severity" + rest.partition("## Severity")[2], encoding="utf-8"
    )
    await seat.press("R", "y")
    assert seat.incident.phase.name == "Look"
    assert seat.shows("Look at the queue")


async def test_a_file_is_found_again_from_any_folder(
    front: FrontDesk, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shelf)
    loaded = front.playbook("./checkout.md")
    desk = front.declare("x", loaded.playbook, source="./checkout.md")
    assert isinstance(desk, Desk)
    monkeypatch.chdir(tmp_path)
    assert front.playbook(desk.incident.source).playbook == loaded.playbook
    assert not isinstance(desk.do(commands.note, "x"), commands.Refused)
