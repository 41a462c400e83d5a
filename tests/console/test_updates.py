"""Status updates: for whom, drafted from what is so, reworded, copied, written, published, and how often."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import TextArea

from tests.console.seat import NARROW, Clock, Seat, seated
from tests.console.test_saving import Broken
from warroom.console.composer import Words
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.cadence import every


async def do(seat: Seat, command: Callable[..., Any], *args: Any) -> None:
    """Carry out a command as the console does."""
    seat.room.do(command, *args)
    await seat.settled()


def words(seat: Seat) -> TextArea:
    """What is being written."""
    return seat.console.screen.query_one(Words)


# ── for whom ───────────────────────────────────────────────────────────────────────────────────


async def test_audiences_say_when_they_are_owed_an_update_the_first_due_first(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV1")
    await do(seat, commands.publish_update, "internal", "we look into it")
    await seat.tick(minutes=6)
    await seat.press("u")
    assert [text.split(":")[0] for text in seat.choices[:3]] == ["External", "Internal", "Executive"]
    assert seat.shows("External: customers ▲ 01:00 over")
    assert seat.shows("Internal: the responders due in 14:00 · told 14:23")


async def test_without_a_severity_none_is_owed(seat: Seat) -> None:
    await seat.press("u")
    assert seat.text.count("none owed") == 3


@pytest.mark.parametrize(("key", "audience"), [("i", "internal"), ("e", "executive"), ("x", "external")])
async def test_an_audience_is_chosen_by_one_key_and_published_to_by_another(
    seat: Seat, key: str, audience: str
) -> None:
    await seat.press("u", key)
    assert seat.place == "Composer"
    assert seat.shows(f"({audience})")
    await seat.press("P")
    assert seat.place == "WarRoom"
    published = seat.facts(e.UpdatePublished)
    assert [fact.audience for fact in published] == [audience]
    assert "✉ Status update" in seat.pane("timeline")


# ── drafted from what is so ────────────────────────────────────────────────────────────────────


async def test_it_is_filled_from_the_state(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV2")
    await seat.note("error rate: 45% -> 5%")
    await seat.note("@bob check web latency")
    await seat.press("u", "i")
    assert seat.shows("Severity: SEV2", "error rate: 45% → 5% (14:23 UTC)", "@bob check web latency")
    assert seat.shows("Next update 2026-02-02 14:53 UTC")


async def test_the_first_external_one_is_a_holding_statement_without_names(seat: Seat) -> None:
    await do(seat, commands.assign_role, "maya", "Incident Commander")
    await seat.press("u", "x")
    assert seat.shows("We are aware of a problem and are looking into it.", "status update to customers")
    assert "@maya" not in seat.text


async def test_enter_alone_publishes_nothing(seat: Seat) -> None:
    await seat.press("u", "i", "enter", "space", "p")
    assert seat.place == "Composer"
    assert seat.facts(e.UpdatePublished) == []


async def test_the_key_that_publishes_names_the_audience_even_where_it_is_narrow(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    async with seated(front, clock, desk.incident.number, NARROW) as seat:
        await seat.press("u", "x")
        assert seat.shows("P publish to customers", "esc back")


async def test_publishing_restarts_the_cadence(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV1")
    await seat.tick(minutes=21)
    await seat.press("u", "i", "P")
    assert seat.said[-1] == "Logged as published to the responders; the next one is due at 15:04 UTC."


async def test_a_published_update_is_taken_back(seat: Seat) -> None:
    await seat.press("u", "i", "P", "z")
    assert seat.incident.updates == ()


# ── reworded ───────────────────────────────────────────────────────────────────────────────────


async def test_it_is_reworded_in_place_and_every_letter_is_text(seat: Seat) -> None:
    await seat.press("u", "x", "e")
    await seat.types("Paying by card fails. P e y q w", "enter")
    assert words(seat).text.startswith("Paying by card fails. P e y q w\nWe are aware")
    await seat.press("escape")
    assert seat.shows("Paying by card fails. P e y q w", "P publish to customers")
    await seat.press("P")
    assert seat.facts(e.UpdatePublished)[0].text.startswith("Paying by card fails.")


async def test_a_burst_of_keys_loses_nothing(seat: Seat) -> None:
    seat.burst("u", "i", "e", *"All hands to #db.", "enter", "escape", "P", "n", *"told them", "enter")
    await seat.settled()
    assert seat.facts(e.UpdatePublished)[0].text.startswith("All hands to #db.\n")
    assert seat.facts(e.Noted)[0].text == "told them"


async def test_a_pasted_text_cannot_act_on_the_terminal(seat: Seat) -> None:
    await seat.press("u", "i", "e")
    await seat.paste("first\x1b]0;owned\x07\r\nsecond")
    assert words(seat).text.startswith("first")
    assert "\x1b" not in words(seat).text
    assert "\nsecond" in words(seat).text


async def test_what_was_written_is_still_there_after_a_crash(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("u", "x", "e")
        await seat.types("We are very ")
        await seat.until(lambda: front.recall(f"draft {desk.incident.number} update external"))
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("u", "x")
        assert seat.shows("We are very We are aware")
        assert seat.said == ["This is your draft from before."]
        await seat.press("P")
        await seat.press("u", "x")
        assert not seat.shows("We are very")


async def test_a_draft_that_was_left_is_gone_on_with_each_audience_its_own(seat: Seat) -> None:
    await seat.press("u", "x", "e")
    await seat.types("Half a ")
    await seat.press("escape", "escape")
    assert seat.place == "WarRoom"
    await seat.press("u", "i")
    assert not seat.shows("Half a")
    await seat.press("escape", "u", "x")
    assert seat.shows("Half a We are aware")


async def test_it_is_drafted_anew_and_what_was_written_comes_back(seat: Seat) -> None:
    await seat.press("u", "x", "e")
    await seat.types("Half a ")
    await seat.press("escape", "r")
    assert not seat.shows("Half a")
    await seat.press("r")
    assert seat.shows("Half a We are aware")


async def test_what_was_not_touched_has_nothing_to_go_back_to(seat: Seat) -> None:
    await seat.press("u", "x", "r")
    assert seat.said == ["It is as drafted from the record."]


async def test_an_empty_update_is_refused(seat: Seat) -> None:
    await seat.press("u", "x", "e", "f7", "delete", "escape", "P")
    assert seat.said[-1] == "A status update needs words."


async def test_what_could_not_be_saved_is_still_there(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("u", "x", "e")
    await seat.types("Cards fail. ")
    await seat.press("escape", "P")
    assert seat.saved == "not saved"
    disk.full = False
    await seat.press("u", "x")
    assert seat.shows("Cards fail. We are aware")
    await seat.press("P")
    assert seat.saved == "saved"


# ── out of here ────────────────────────────────────────────────────────────────────────────────


async def test_it_is_written_to_a_file(seat: Seat, tmp_path: Path) -> None:
    await seat.press("u", "x", "w", "enter")
    assert seat.place == "Composer"
    file = tmp_path / f"{seat.incident.number}-update-external.md"
    assert file.read_text().startswith("We are aware of a problem")
    assert seat.said == [f"Written to {file.name}"]


async def test_a_file_that_cannot_be_written_is_said(seat: Seat) -> None:
    await seat.press("u", "x", "w")
    await seat.answer("/nowhere/update.md")
    assert seat.said == ["Not written: /nowhere/update.md: No such file or directory. Choose another place."]


# ── how often ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("key", "minutes"), [("1", 15), ("2", 20), ("3", 30), ("6", 60)])
async def test_how_often_an_audience_is_told_is_changed_by_one_key_each(
    seat: Seat, key: str, minutes: int
) -> None:
    await seat.press("u", "c")
    assert seat.shows("Internal: the responders none owed")
    await seat.press("i", key)
    assert seat.last == e.CadenceSet("internal", timedelta(minutes=minutes))
    assert every(seat.incident, "internal") == timedelta(minutes=minutes)


async def test_no_more_may_be_owed(seat: Seat) -> None:
    await do(seat, commands.set_severity, "SEV1")
    await seat.press("u", "c", "x", "n")
    assert seat.last == e.CadenceSet("external", None)


async def test_any_span_may_be_typed(seat: Seat) -> None:
    await seat.press("u", "c", "e", "o")
    await seat.types("45m", "enter")
    assert every(seat.incident, "executive") == timedelta(minutes=45)
    await seat.press("u", "c", "e", "o")
    await seat.types("often", "enter")
    assert seat.said[-1] == "'often' is no span such as 45m or 2h."


async def test_a_closed_incident_owes_nobody(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    desk.do(commands.close)
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("u", "c")
        assert seat.said == [f"{desk.incident.number} is closed."]
