"""What was acknowledged is on disk; what is not on disk is said loudly, and stays in hand."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.console.seat import Clock, Seat, seated
from warroom.console.command_bar import CommandBar
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.events import Event


class Broken:
    """A disk that is full until it is mended."""

    def __init__(self, seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
        journal = seat.room.desk._journal
        self._append = journal.append_next
        self.full = True
        monkeypatch.setattr(journal, "append_next", self.append_next)

    def append_next(self, events: Sequence[Event]) -> list[Event] | None:
        if self.full:
            raise OSError(28, "No space left on device")
        return self._append(events)


async def test_a_full_disk_is_said_loudly_and_the_words_stay_in_the_line(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("n")
    await seat.types("error rate 45 %", "enter")
    assert seat.shows("✗ NOT SAVED")
    assert seat.said == ["NOT SAVED: [Errno 28] No space left on device"]
    assert seat.line.value == "error rate 45 % ⏎ "
    assert seat.facts(e.Noted) == []
    await seat.tick(minutes=1)
    assert seat.shows("✗ NOT SAVED")
    disk.full = False
    await seat.press("enter")
    assert seat.shows("✓ saved")
    assert [note.text for note in seat.facts(e.Noted)] == ["error rate 45 %"]


async def test_several_lines_that_fail_are_all_kept(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed faster than the disk can say no."""
    disk = Broken(seat, monkeypatch)
    seat.burst("n", *"first", "enter", *"second", "enter", *"third, half")
    await seat.settled()
    assert seat.line.value == "first ⏎ second ⏎ third, half"
    disk.full = False
    await seat.press("enter")
    assert [note.text for note in seat.facts(e.Noted)] == ["first", "second", "third, half"]


async def test_it_says_not_saved_while_a_line_waits_to_be(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("n")
    await seat.types("a note", "enter", "escape")
    disk.full = False
    await seat.press("x")
    assert seat.incident.done("1.1.1")
    assert seat.saved == "not saved"
    await seat.press("n", "enter")
    assert seat.saved == "saved"


async def test_pasted_lines_that_fail_are_offered_again_one_entry_each(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("n")
    await seat.paste("one\ntwo\nthree")
    await seat.press("y")
    assert seat.saved == "not saved"
    assert all(words in seat.line.value for words in ("one", "two", "three"))
    disk.full = False
    await seat.press("enter")
    assert [note.text for note in seat.facts(e.Noted)] == ["one", "two", "three"]


async def test_an_act_that_fails_changes_nothing(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("d", "enter")
    assert seat.severity == ""
    assert seat.saved == "not saved"
    disk.full = False
    await seat.press("enter")
    assert seat.severity == "SEV1"
    assert seat.saved == "saved"


async def test_words_typed_into_a_dialog_are_not_lost_either(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("a")
    await seat.types("watch the pool @sre", "enter")
    assert seat.saved == "not saved"
    disk.full = False
    await seat.press("a")
    assert seat.shows("watch the pool @sre")
    await seat.press("enter")
    assert seat.incident.action_items[0].text == "watch the pool"


async def test_an_answer_that_failed_outlives_what_is_saved_after_it(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Broken(seat, monkeypatch)
    await seat.press("a")
    await seat.types("watch the pool @sre", "enter")
    disk.full = False
    await seat.press("d", "enter")
    assert seat.severity == "SEV1"
    assert seat.saved == "not saved"
    await seat.press("a", "enter")
    assert seat.incident.action_items[0].text == "watch the pool"
    assert seat.saved == "saved"


async def test_what_was_being_answered_survives_a_crash_until_it_is_saved(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    number = desk.incident.number
    async with seated(front, clock, number) as seat:
        await seat.press("D")
        await seat.types("fail over")
        await seat.until(lambda: "fail over" in str(front.recall(f"draft {number} answers")))
    async with seated(front, clock, number) as seat:
        await seat.press("D")
        assert seat.shows("fail over")
        await seat.press("enter")
        assert seat.last == e.DecisionMade("fail over")
        await seat.until(lambda: front.recall(f"draft {number} answers") is None)
        await seat.press("D")
        assert not seat.shows("Decision fail over")


async def test_what_was_refused_is_put_back(seat: Seat) -> None:
    await seat.press("n")
    await seat.types("2099-01-01T00:00Z from the future", "enter")
    assert "in the future" in seat.said[-1]
    assert seat.line.value.startswith("2099-01-01T00:00Z from the future")


async def test_saved_is_said_only_when_it_is(seat: Seat) -> None:
    bar = seat.get(CommandBar)
    seen: list[str] = []

    def hear(saved: str) -> None:
        seen.append(saved)

    bar.watch(bar, "saved", hear, init=False)
    await seat.note("a note")
    assert seen == ["saving", "saved"]


async def test_what_another_process_enters_appears(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    other = FrontDesk(front.home, "bob", clock=clock).open(desk.incident.number)
    async with seated(front, clock, desk.incident.number) as seat:
        other.do(commands.note, "from the other side")
        await seat.until(lambda: "from the other side" in seat.pane("timeline"))
        await seat.note("answer")
        other.poll()
        texts = [v.fact.text for v in other.incident.timeline if isinstance(v.fact, e.Noted)]
        assert texts == ["from the other side", "answer"]


async def test_a_file_that_cannot_be_read_is_said_until_it_can(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = seat.room.desk._journal
    poll = journal.poll

    def broken() -> list[Event]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(journal, "changed", lambda: True)
    monkeypatch.setattr(journal, "poll", broken)
    await seat.until(lambda: seat.shows("cannot read the file"))
    monkeypatch.setattr(journal, "poll", poll)
    await seat.until(lambda: not seat.shows("cannot read the file"))


async def test_leaving_finishes_what_is_being_written(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("n")
        seat.burst(*"last words", "enter", "escape", "q", "q")
        await seat.until(lambda: seat.console._exit)
    again = FrontDesk(front.home, "maya", clock=clock).open(desk.incident.number)
    assert [v.fact.text for v in again.incident.timeline if isinstance(v.fact, e.Noted)] == ["last words"]


async def test_a_damaged_file_says_so_and_the_room_goes_on(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    for text in ("one", "two", "three"):
        desk.do(commands.note, text)
    (file,) = front.home.rglob("INC-*.json")
    file.write_bytes(file.read_bytes().replace(b'"two"', b'"twp"'))
    async with seated(front, clock, desk.incident.number) as seat:
        assert seat.shows("▲ 1 damaged part set aside")
        await seat.note("four")
        assert [note.text for note in seat.facts(e.Noted)] == ["one", "three", "four"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists a process's open files so")
async def test_going_in_and_out_of_incidents_leaves_no_file_open(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    async with seated(front, clock, desk.incident.number) as seat:
        await seat.press("q", "enter")
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(5):
            await seat.press("q", "enter")
        assert seat.place == "WarRoom"
        assert len(list(Path("/proc/self/fd").iterdir())) <= before


async def test_a_network_filesystem_is_said_at_the_start(
    front: FrontDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warroom.store.disk.is_network_filesystem", lambda path: path == front.home)
    async with seated(front, clock) as seat:
        said = await seat.until(lambda: seat.said)
        assert said[0].startswith(f"Network filesystem: {front.home}")


async def test_a_file_of_a_newer_version_is_refused_and_stays_as_it_is(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = front.home / "incidents" / f"{desk.incident.number}.json"
    before = path.read_bytes()
    async with seated(front, clock) as seat:
        monkeypatch.setattr("warroom.store.layout.VERSION", 0)
        await seat.press("enter")
        assert seat.place == "Lobby"
        assert "written by a newer warroom" in "".join(seat.said)
    assert path.read_bytes() == before


async def test_a_disk_that_hangs_holds_up_one_key_and_no_more(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed while nothing comes back from the disk is on the screen all the same."""
    monkeypatch.setattr("warroom.console.app._A_SLOW_DISK", 0.05)
    hangs, waits = threading.Event(), []
    journal, idle = seat.room.desk._journal, seat.console.writer.idle
    append = journal.append_next

    def hang(events: Sequence[Event]) -> list[Event] | None:
        assert hangs.wait(20)
        return append(events)

    async def count(limit: float) -> bool:
        waits.append(limit)
        return await idle(limit)

    monkeypatch.setattr(journal, "append_next", hang)
    monkeypatch.setattr(seat.console.writer, "idle", count)
    seat.burst("n", *"first", "enter", *"second line")
    async with asyncio.timeout(20):
        while seat.line.value != "second line":
            await asyncio.sleep(0.01)
    assert len(waits) == 1
    assert seat.shows("… saving")
    hangs.set()
    await seat.settled()
    assert [note.text for note in seat.facts(e.Noted)] == ["first"]
