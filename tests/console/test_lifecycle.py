"""Undo and redo, closing and reopening, milestones, the post-mortem."""

from pathlib import Path

from tests.console.seat import Clock, Seat, seated
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands, timing
from warroom.incident import events as e


async def test_undo_takes_back_the_latest_act_with_its_consequences_and_redo_does_it_again(
    seat: Seat,
) -> None:
    await seat.press("d", "enter")
    assert seat.incident.done("1.2.4")
    await seat.press("z")
    assert seat.incident.severity is None
    assert not seat.incident.done("1.2.4")
    assert seat.shows("▌no severity▐")
    await seat.press("Z")
    assert seat.incident.severity == "SEV1"


async def test_undo_goes_back_step_by_step_and_ends_at_the_declaration(seat: Seat) -> None:
    await seat.note("one")
    await seat.note("two")
    await seat.press("z", "z")
    assert seat.facts(e.Noted) == []
    await seat.press("z")
    assert seat.said == ["There is nothing of yours to undo."]
    await seat.press("Z", "Z")
    assert len(seat.facts(e.Noted)) == 2
    await seat.press("Z")
    assert seat.said[-1] == "There is nothing to redo."


async def test_undo_works_over_a_restart(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    desk.do(commands.set_severity, "SEV1")
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("z")
        assert seat.incident.severity is None


async def test_undo_leaves_alone_what_others_did(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    other = FrontDesk(front.home, "bob", clock=clock).open(desk.incident.number)
    desk.do(commands.note, "mine")
    other.do(commands.note, "theirs")
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("z")
        assert [note.text for note in seat.facts(e.Noted)] == ["theirs"]


async def test_closing_names_the_incident_and_stops_the_timer(seat: Seat) -> None:
    await seat.tick(minutes=47)
    await seat.press("C")
    assert seat.shows(f"Close {seat.incident.number}", "The timer stops")
    await seat.press("r")
    await seat.tick(minutes=10)
    assert seat.shows("◷ 00:47:00", "■ closed: resolved")


async def test_a_closed_incident_is_taken_up_again_from_the_palette(seat: Seat) -> None:
    await seat.press("C", "r")
    await seat.press(":")
    await seat.types("reopen", "enter")
    await seat.types("it is back", "enter")
    assert seat.incident.closed_at is None
    assert seat.facts(e.Reopened) == [e.Reopened("it is back")]


async def test_reopening_what_is_open_says_so_in_the_palette(seat: Seat) -> None:
    await seat.press(":")
    await seat.types("reopen", "enter")
    assert seat.place == "Menu"
    assert seat.said == ["It is not closed."]


async def test_an_incident_is_renamed_from_the_palette(seat: Seat) -> None:
    await seat.press(":")
    await seat.types("rename", "enter")
    await seat.answer("Payments are down")
    assert seat.shows("Payments are down")


async def test_a_milestone_is_stamped_by_hand(seat: Seat) -> None:
    await seat.press("S")
    assert seat.shows("started not recorded")
    await seat.press("enter")
    await seat.types("14:05", "enter")
    assert f"{timing.milestones(seat.incident)['started']:%H:%M}" == "14:05"
    assert seat.shows("◷ 00:18:00")


async def test_a_milestone_at_no_time_at_all_is_refused_in_words(seat: Seat) -> None:
    await seat.press("S", "enter")
    await seat.types("teatime", "enter")
    assert seat.said == ["'teatime' is no time such as 14:05 or -12m."]


async def test_the_post_mortem_is_read_and_written_to_a_file(seat: Seat, tmp_path: Path) -> None:
    await seat.note("root cause: batch job holds connections")
    await seat.press("w")
    assert seat.place == "Document"
    assert seat.shows("Incident Post-Mortem", "batch job holds connections")
    await seat.press("w")
    assert seat.shows("Write the post-mortem to", "INC-2026-0001-post-mortem.md")
    await seat.press("enter")
    written = (tmp_path / "INC-2026-0001-post-mortem.md").read_text(encoding="utf-8")
    assert "batch job holds connections" in written
    assert seat.said == ["Written to INC-2026-0001-post-mortem.md"]
    await seat.press("escape")
    assert isinstance(seat.last, e.PostMortemWritten)
    assert seat.incident.done("6.1.2")


async def test_a_post_mortem_that_cannot_be_written_says_why(seat: Seat) -> None:
    await seat.press("w", "w")
    await seat.answer("/nowhere/at/all.md")
    assert seat.said == ["Not written: /nowhere/at/all.md: No such file or directory. Choose another place."]
    assert seat.facts(e.PostMortemWritten) == []


async def test_a_file_of_somebody_unknown_is_one_that_cannot_be_written(seat: Seat) -> None:
    await seat.press("w", "w")
    await seat.answer("~nobody-of-this-name/x.md")
    assert seat.said[-1].startswith("Not written: ~nobody-of-this-name/x.md: No such file")


async def test_a_file_that_is_there_is_replaced_only_when_that_is_said(seat: Seat, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    await seat.press("w", "w")
    await seat.answer("mine.md")
    assert seat.shows("mine.md is there already")
    await seat.press("enter")  # the first of the list: choose another place
    assert seat.shows("Write the post-mortem to", "mine.md")
    assert (tmp_path / "mine.md").read_text(encoding="utf-8") == "mine"
    await seat.press("enter", "y")
    assert seat.said == ["Written to mine.md"]
    assert "Post-Mortem" in (tmp_path / "mine.md").read_text(encoding="utf-8")


async def test_the_post_mortem_is_copied(seat: Seat) -> None:
    await seat.press("w", "y")
    assert "Incident Post-Mortem" in seat.console.clipboard


async def test_the_playbook_is_only_read(seat: Seat) -> None:
    await seat.press("v")
    assert seat.place == "Document"
    assert seat.shows("Trigger Conditions")
    await seat.press("w", "down", "pagedown", "end", "q")
    assert seat.place == "WarRoom"
