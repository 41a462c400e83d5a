"""The clipboard: the desktop's own, else the terminal's, else a file; the same for all that is copied."""

import stat
from pathlib import Path

import pytest

from tests.console.seat import Seat
from warroom.console import clipboard

_UPDATE = "We are aware of a problem"


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A desktop whose clipboard is a file, on the machine that one sits at."""
    kept = tmp_path / "clipboard"
    monkeypatch.delenv("SSH_TTY")
    monkeypatch.setattr(clipboard, "tool", lambda: ("tee", str(kept)))
    return kept


async def copied(seat: Seat) -> None:
    """Copy an update to customers."""
    await seat.press("u", "x", "y")
    await seat.until(lambda: seat.said)


# ── the desktop's ──────────────────────────────────────────────────────────────────────────────


async def test_at_a_desktop_its_own_tool_is_asked_and_the_terminal_is_not(seat: Seat, local: Path) -> None:
    await copied(seat)
    assert seat.said == ["Copied, for customers."]
    assert local.read_text().startswith(_UPDATE)
    assert seat.console.clipboard == ""


async def test_within_tmux_the_terminal_is_filled_too_for_it_may_be_another_machines(
    seat: Seat, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-1000/default,1,0")
    await copied(seat)
    assert local.read_text() == seat.console.clipboard


@pytest.mark.parametrize("command", [("false",), ("no-such-tool-here",)])
async def test_a_tool_that_fails_leaves_it_to_the_terminal(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(clipboard, "tool", lambda: command)
    await copied(seat)
    assert seat.console.clipboard.startswith(_UPDATE)


async def test_a_tool_that_ends_just_when_it_is_given_up_fails_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Gone:
        async def communicate(self, _: bytes) -> None:
            raise BrokenPipeError

        def kill(self) -> None:
            raise ProcessLookupError

    async def started(*_: object, **__: object) -> Gone:
        return Gone()

    monkeypatch.setattr("asyncio.create_subprocess_exec", started)
    assert not await clipboard._filled(("tee",), "text")


_EVERYTHING = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("env", "platform", "there", "found"),
    [
        ({}, "darwin", {"pbcopy"}, "pbcopy"),
        (_EVERYTHING, "linux", {"wl-copy", "xclip", "xsel"}, "wl-copy"),
        (_EVERYTHING, "linux", {"xclip", "xsel"}, "xclip"),
        ({"DISPLAY": ":0"}, "linux", {"wl-copy", "xsel"}, "xsel"),
        ({}, "linux", {"wl-copy", "xclip", "xsel"}, ""),
        ({}, "linux", {"clip.exe"}, "clip.exe"),
        ({"SSH_TTY": "/dev/pts/1", **_EVERYTHING}, "linux", {"xclip"}, ""),
        ({"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, "darwin", {"pbcopy"}, ""),
    ],
)
def test_which_tool_fills_the_clipboard(
    env: dict[str, str], platform: str, there: set[str], found: str
) -> None:
    tool = clipboard.tool(env, platform, lambda name: name if name in there else None)
    assert tool[:1] == ((found,) if found else ())


# ── the terminal's ─────────────────────────────────────────────────────────────────────────────


async def test_over_ssh_the_terminal_is_asked_for_only_it_is_where_one_sits(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")  # of the far machine
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    await copied(seat)
    assert seat.said == ["Copied, for customers."]
    assert seat.console.clipboard.startswith(_UPDATE)


# ── a file ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("2", "G", "y"), "SEV2"),  # an entry of the timeline
        (("2", "G", "enter", "y"), "SEV2"),  # the same, from its menu
        (("w", "y"), "## Incident Post-Mortem"),  # a document
        (("c", "@maya", "c", "@bob", "y"), "Briefing for the transfer"),
        (("u", "x", "y"), _UPDATE),
        (("v", "y"), "Detection"),
    ],
)
async def test_where_there_is_no_clipboard_everything_goes_into_the_same_file(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], text: str
) -> None:
    monkeypatch.setenv("TERM", "linux")
    file = seat.console.front.home / "copied.txt"
    await seat.press("d", "down", "enter")
    await seat.settled()
    for key in keys:
        await (seat.types(key, "enter") if key.startswith("@") else seat.press(key))
    await seat.settled()
    assert text in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    no_clipboard = "There is no clipboard here: linux does not know it."
    assert seat.said[-1] == f"{no_clipboard} What you copied lies in {file}"
    assert seat.console.clipboard == ""


async def test_what_is_copied_next_takes_its_place(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    file = seat.console.front.home / "copied.txt"
    for text in ("a rather long first entry", "short"):
        clipboard.copy(seat.console.screen, text, "Copied.")
        await seat.settled()
        assert file.read_text() == text


async def test_a_file_that_cannot_be_written_is_said(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TERM", "linux")
    (seat.console.front.home / "copied.txt").mkdir()
    clipboard.copy(seat.console.screen, "text", "Copied.")
    await seat.settled()
    (said,) = seat.said
    assert "There is no clipboard here" in said
    assert "copied.txt either: " in said
    assert "Is a directory" in said
