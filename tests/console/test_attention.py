"""The terminal calls when something becomes overdue while nobody looks: once for each, if at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

import pytest
from textual.events import AppBlur, AppFocus

from tests.console.seat import TITLE, Clock, Seat, declared, seated
from warroom.console import terminal
from warroom.console.lobby import Lobby
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.settings import Options, Settings

BELL = "\a"


class Heard:
    """What reaches the terminal beside what is painted."""

    def __init__(self, seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[str] = []
        monkeypatch.setattr(seat.console._driver, "write", self.sent.append)

    def take(self) -> list[str]:
        """What came since the last look."""
        sent, self.sent[:] = list(self.sent), []
        return sent


@asynccontextmanager
async def at_the_terminal(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch, options: Options
) -> AsyncIterator[tuple[Seat, Heard]]:
    """The console with these options, and what it sends."""
    settings = Settings(front.home, front.home / "config", "maya", options)
    async with seated(front, clock, desk.incident.number, settings=settings) as seat:
        yield seat, Heard(seat, monkeypatch)


@pytest.fixture
async def heard(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What the console of this seat sends."""
    return Heard(seat, monkeypatch)


async def leave(seat: Seat) -> None:
    """Another window comes to the front."""
    seat.console.post_message(AppBlur())
    await seat.settled()


async def come_back(seat: Seat) -> None:
    """The console is in front again."""
    seat.console.post_message(AppFocus())
    await seat.settled()


async def look_out(seat: Seat, **span: float) -> None:
    """Let time pass in the lobby, and what happened elsewhere be read."""
    seat.clock.step(**span)
    lobby = cast("Lobby", seat.console.screen)
    for _ in range(2):
        lobby.reload()
        await seat.settled()
    lobby.now = seat.clock()
    await seat.settled()


# ── in the lobby ───────────────────────────────────────────────────────────────────────────────


async def test_in_the_lobby_every_active_incident_calls_once(
    front: FrontDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared(front, "the one")
    async with seated(front, clock) as seat:
        heard = Heard(seat, monkeypatch)
        await leave(seat)
        await look_out(seat, minutes=4)
        assert not heard.take()
        declared(front, "the other")
        await look_out(seat, seconds=61)
        sent = heard.take()
        assert sent.count(BELL) == 1
        assert any("▲ INC-2026-0001 overdue: classify severity" in each for each in sent)
        await look_out(seat, seconds=61)
        assert BELL not in heard.take()
        await look_out(seat, minutes=4)
        assert heard.take().count(BELL) == 1


async def test_in_the_lobby_exercises_and_what_was_overdue_on_coming_there_are_silent(
    front: FrontDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared(front, exercise=True)
    desk = declared(front)
    clock.step(minutes=6)
    async with seated(front, clock) as seat:
        heard = Heard(seat, monkeypatch)
        await leave(seat)
        await look_out(seat)
        await look_out(seat, minutes=1)
        assert BELL not in heard.take()
        desk.do(commands.cancel, "it was nothing")
        await look_out(seat)
        await look_out(seat, minutes=30)
        assert BELL not in heard.take()


# ── the bell ───────────────────────────────────────────────────────────────────────────────────


async def test_the_bell_rings_to_the_second_in_the_background_and_once(seat: Seat, heard: Heard) -> None:
    await leave(seat)
    await seat.tick(minutes=4, seconds=59)
    assert BELL not in heard.take()
    await seat.tick(seconds=1)
    assert heard.take().count(BELL) == 1
    await seat.tick(seconds=1)
    await seat.tick(minutes=20)
    assert BELL not in heard.take()


async def test_in_front_it_is_silent_and_what_was_seen_there_is_not_called_later(
    seat: Seat, heard: Heard
) -> None:
    await leave(seat)
    await come_back(seat)
    await seat.tick(minutes=6)
    await leave(seat)
    await seat.tick(minutes=1)
    assert BELL not in heard.take()


async def test_each_matter_calls_for_itself(seat: Seat, heard: Heard) -> None:
    seat.room.do(commands.assign, "bob", "check web latency", timedelta(minutes=8))
    await seat.settled()
    await leave(seat)
    await seat.tick(minutes=5)
    assert heard.take().count(BELL) == 1
    await seat.tick(minutes=3)
    assert heard.take().count(BELL) == 1


async def test_what_was_snoozed_calls_again_when_its_snooze_is_over(seat: Seat, heard: Heard) -> None:
    await leave(seat)
    await seat.tick(minutes=5)
    seat.room.do(commands.snooze, "severity", timedelta(minutes=10))
    await seat.settled()
    heard.take()
    await seat.tick(minutes=9, seconds=59)
    assert BELL not in heard.take()
    await seat.tick(seconds=1)
    assert BELL in heard.take()


async def test_what_is_overdue_on_coming_here_is_seen_on_coming_here(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.step(minutes=20)
    async with at_the_terminal(front, clock, desk, monkeypatch, Options()) as (seat, heard):
        await leave(seat)
        await seat.tick(minutes=1)
        assert BELL not in heard.take()


async def test_a_machine_that_slept_for_an_hour_calls_once(seat: Seat, heard: Heard) -> None:
    await leave(seat)
    await seat.tick(hours=1)
    assert heard.take().count(BELL) == 1


async def test_a_terminal_that_never_says_is_taken_to_be_looked_at_while_keys_come(
    seat: Seat, heard: Heard
) -> None:
    await seat.press("1")
    await seat.tick(minutes=6)
    assert BELL not in heard.take()


async def test_after_a_minute_without_a_key_nobody_is_taken_to_look(seat: Seat, heard: Heard) -> None:
    seat.console.touched_at -= 61
    await seat.tick(minutes=6)
    assert BELL in heard.take()


# ── the title ──────────────────────────────────────────────────────────────────────────────────


async def test_the_title_says_which_incident_this_is_and_what_is_overdue(seat: Seat, heard: Heard) -> None:
    await seat.tick(minutes=5)
    assert heard.take() == ["\x1b]2;▲ INC-2026-0001 overdue: classify severity\x1b\\"]
    seat.room.do(commands.assign_role, "maya", "Incident Commander")
    seat.room.do(commands.snooze, "severity", timedelta(minutes=5))
    await seat.settled()
    await seat.tick(seconds=1)
    assert heard.take() == [f"\x1b]2;INC-2026-0001 {TITLE}\x1b\\"]


async def test_the_title_that_was_is_kept_and_given_back(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(front, clock, wait=False) as seat:
        heard = Heard(seat, monkeypatch)
        seat.console.open(desk.incident.number)
        await seat.until(lambda: seat.place == "WarRoom")
        begun = "".join(heard.take())
        title = "\x1b]2;INC-2026-0001 Production database is throwing errors\x1b\\"
        assert begun.startswith(f"\x1b[22;2t{title}")
        await seat.press("q")
        await seat.until(lambda: seat.place == "Lobby")
        assert "".join(heard.take()).endswith("\x1b]2;\x1b\\\x1b[23;2t")


async def test_a_title_cannot_act_on_the_terminal(seat: Seat, heard: Heard) -> None:
    seat.room.do(commands.assign, "bob", "look \x1b]0;owned\x07 here \x9c", timedelta(minutes=1))
    await seat.settled()
    await seat.tick(minutes=2)
    (title,) = heard.take()
    assert title == "\x1b]2;▲ INC-2026-0001 overdue: check back: @bob look  here\x1b\\"


async def test_a_title_is_ascii_where_nothing_else_can_be_shown(
    seat: Seat, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    await seat.tick(minutes=5)
    assert heard.take() == ["\x1b]2;! INC-2026-0001 overdue: classify severity\x1b\\"]


# ── the desktop ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("TERM_PROGRAM", "iTerm.app", "\x1b]9;INC-2026-0001 overdue: classify severity +1\x1b\\"),
        ("TERM_PROGRAM", "WezTerm", "\x1b]777;notify;INC-2026-0001 overdue;classify severity +1\x1b\\"),
        (
            "TERM",
            "xterm-kitty",
            "\x1b]99;i=warroom:d=0;INC-2026-0001 overdue\x1b\\"
            "\x1b]99;i=warroom:d=1:p=body;classify severity +1\x1b\\",
        ),
    ],
)
async def test_the_desktop_is_told_in_the_terminals_own_way(
    front: FrontDesk,
    clock: Clock,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    sent: str,
) -> None:
    monkeypatch.setenv(name, value)
    options = Options(desktop_notification=True, bell=False, title=False)
    async with at_the_terminal(front, clock, desk, monkeypatch, options) as (seat, heard):
        await leave(seat)
        await seat.tick(minutes=5)
        assert heard.take() == [sent]


async def test_what_parts_a_sequence_is_taken_out_of_what_it_says(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "foot")
    desk.do(commands.assign, "bob", "one; two", timedelta(minutes=1))
    options = Options(desktop_notification=True, bell=False, title=False)
    async with at_the_terminal(front, clock, desk, monkeypatch, options) as (seat, heard):
        await leave(seat)
        await seat.tick(minutes=1)
        assert heard.take() == ["\x1b]777;notify;INC-2026-0001 overdue;check back: @bob one, two\x1b\\"]


@pytest.mark.parametrize(
    ("env", "number"),
    [
        ({"TERM": "xterm-256color"}, 0),
        ({"TERM": "xterm-kitty"}, 99),
        ({"TERM": "foot-extra"}, 777),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, 777),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, 9),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, 0),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x", "LC_TERMINAL": "iTerm2"}, 0),
        ({"TERM": "screen", "STY": "1.x", "TERM_PROGRAM": "WezTerm"}, 0),
    ],
)
def test_only_what_is_known_to_tell_the_desktop_is_asked_to(env: dict[str, str], number: int) -> None:
    assert terminal.notification(env) == number


async def test_everything_can_be_switched_off(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM_PROGRAM", "WezTerm")
    options = Options(desktop_notification=False, bell=False, title=False)
    async with at_the_terminal(front, clock, desk, monkeypatch, options) as (seat, heard):
        await leave(seat)
        await seat.tick(minutes=30)
        assert heard.take() == []
