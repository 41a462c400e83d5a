"""The clipboard: the desktop's own where one can be reached, else that of the terminal."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from textual.screen import Screen

from warroom.console import terminal

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


def copy(screen: Screen[Any], text: str, said: str, otherwise: Callable[[], None] | None = None) -> None:
    """Copy a text and say so; where there is no clipboard at all, say why, and `otherwise` follows."""
    command = tool()
    if command:
        screen.app.run_worker(_by_tool(screen, command, text, said, otherwise))
    else:
        _by_terminal(screen, text, said, otherwise)


def _by_terminal(screen: Screen[Any], text: str, said: str, otherwise: Callable[[], None] | None) -> None:
    able = terminal.clipboard()
    if able.can:
        screen.app.copy_to_clipboard(text)  # a terminal never says whether it did
        hint = f" {able.why}" if terminal.multiplexer() else ""
        screen.notify(f"{said}{hint}", timeout=3, markup=False)
        return
    screen.notify(f"There is no clipboard here: {able.why}.", severity="warning", markup=False)
    if otherwise is not None:
        otherwise()


async def _by_tool(
    screen: Screen[Any], command: tuple[str, ...], text: str, said: str, otherwise: Callable[[], None] | None
) -> None:
    if await _filled(command, text):
        screen.notify(said, timeout=3, markup=False)
    else:
        _by_terminal(screen, text, said, otherwise)


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
