"""The clipboard: the desktop's own where one can be reached, else that of the terminal, else a file.

The desktop's first, for it says whether it took the text; a terminal never answers OSC 52, many ignore it.
Over SSH the desktop is that of a machine nobody sits at: there only the terminal can be asked.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from warroom.console import terminal
from warroom.console.rows import shown

if TYPE_CHECKING:
    from warroom.console.app import Console

FILE = "copied.txt"  # in the folder of the incidents, where there is no clipboard

_PATIENCE = 2.0  # seconds; a tool that waits for a display that never answers is given up

_TOOLS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
)


def tool(
    env: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> tuple[str, ...]:
    """The command that fills the desktop's clipboard; () where there is none.

    Over SSH it would fill the clipboard of a machine that nobody sits at.
    """
    if env.get("SSH_CONNECTION") or env.get("SSH_TTY"):
        return ()
    if platform == "darwin" and which("pbcopy"):
        return ("pbcopy",)
    if which("clip.exe"):  # Windows, from within its Linux subsystem too
        return ("clip.exe",)
    return next((command for name, command in _TOOLS if env.get(name) and which(command[0])), ())


def copy(screen: Screen[Any], text: str, said: str) -> None:
    """Copy a text and say so; where there is no clipboard, say why, and in which file it lies instead."""
    command = tool()
    if command:
        screen.app.run_worker(_by_tool(screen, command, text, said))
    else:
        _by_terminal(screen, text, said)


async def _by_tool(screen: Screen[Any], command: tuple[str, ...], text: str, said: str) -> None:
    if not await _filled(command, text):
        _by_terminal(screen, text, said)
        return
    if terminal.multiplexer() == "tmux":  # it may have been begun here, and be looked at from elsewhere now
        screen.app.copy_to_clipboard(text)
    screen.notify(said, timeout=3, markup=False)


def _by_terminal(screen: Screen[Any], text: str, said: str) -> None:
    able = terminal.clipboard()
    if not able.can:
        _by_file(screen, text, f"There is no clipboard here: {able.why}.")
        return
    screen.app.copy_to_clipboard(text)
    hint = f" {able.why}" if terminal.multiplexer() else ""
    screen.notify(f"{said}{hint}", timeout=3, markup=False)


def _by_file(screen: Screen[Any], text: str, why: str) -> None:
    console = cast("Console", screen.app)
    path = console.front.home / FILE

    def written(_: None) -> None:
        said = f"{why} What you copied lies in {shown(str(path))}"
        console.notify(said, severity="warning", timeout=10, markup=False)

    def failed(error: BaseException) -> None:
        said = f"{why} Not written to {shown(str(path))} either: {shown(str(error))}"
        console.notify(said, severity="error", timeout=10, markup=False)

    console.writer.submit(partial(_write, path, text), written, failed)


def _write(path: Path, text: str) -> None:
    """Keep it where nobody else reads it, in the place of what was copied before."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


async def _filled(command: tuple[str, ...], text: str) -> bool:
    """Whether the command took the text."""
    data = text.encode("utf-16-le" if command == ("clip.exe",) else "utf-8")
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,  # these go on in the background, and must not hold our pipes
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(data), _PATIENCE)
    except (TimeoutError, OSError):
        with suppress(ProcessLookupError):  # it may have ended meanwhile
            process.kill()
        return False
    return process.returncode == 0
