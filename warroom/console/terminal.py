"""What the terminal can do, as far as the environment says."""

import os
import signal
from collections.abc import Mapping
from typing import NamedTuple

from warroom.settings import Settings


class Ability(NamedTuple):
    """Something that a terminal can or cannot do, and why we think so."""

    can: bool
    why: str


def utf8(env: Mapping[str, str] = os.environ) -> Ability:
    """Whether signs beyond ASCII can be shown; they can where nothing is said, as is usual today."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):  # the first that is set decides, as POSIX has it
        if value := env.get(name):
            return Ability("utf8" in value.casefold().replace("-", ""), f"{name}={value}")
    return Ability(True, "no locale is set")


def signs(env: Mapping[str, str] = os.environ) -> Ability:
    """Whether all of our signs can be shown. The fonts of the Linux console have few of them."""
    known = utf8(env)
    if known.can and env.get("TERM") == "linux":
        return Ability(False, "TERM=linux")
    return known


def multiplexer(env: Mapping[str, str] = os.environ) -> str:
    """What stands between us and the terminal: tmux, screen, or nothing."""
    if env.get("TMUX"):
        return "tmux"
    return "screen" if env.get("STY") else ""


def clipboard(env: Mapping[str, str] = os.environ) -> Ability:
    """Whether what is copied is likely to arrive, by the sequence OSC 52."""
    term, program = env.get("TERM", ""), env.get("TERM_PROGRAM", "")
    between = multiplexer(env)
    if between == "tmux":
        return Ability(True, "tmux passes it on with: set -g set-clipboard on")
    if between == "screen":
        return Ability(False, "screen does not pass it on")
    if program == "Apple_Terminal" or term in {"linux", "dumb", "vt100", "vt220"}:
        return Ability(False, f"{program or term} does not know it")
    return Ability(True, "most terminals know it; some ask first, or want it allowed in their settings")


_NO_MARKS = {"linux", "dumb", "vt100", "vt102", "vt220"}


def paste(env: Mapping[str, str] = os.environ) -> Ability:
    """Whether the terminal is likely to mark what is pasted, so that it is told from what is typed."""
    term = env.get("TERM", "")
    if term in _NO_MARKS:
        return Ability(False, f"{term} does not mark it: its lines come as if they were typed")
    return Ability(True, "asked for, as most terminals know it: what is pasted is text, never keys")


def suspend() -> Ability:
    """Whether the shell can be gone to: there is none where this was started in its place."""
    if signal.getsignal(signal.SIGTSTP) == signal.SIG_IGN:
        return Ability(False, "whoever started this has it ignored")
    if os.getsid(0) == os.getpid():
        return Ability(False, "no shell runs here to go to")
    return Ability(True, "to the shell, and back with fg")


def mouse(settings: Settings, env: Mapping[str, str] = os.environ) -> Ability:
    """Whether the console listens to the mouse.

    While a program listens to the mouse, screen holds an escape back until the next key, and then hands on
    both as one key with alt. Escape leads out of every place: within screen the mouse is left alone, unless
    somebody set it.
    """
    wanted, origin = settings.options.mouse, settings.origins.get("mouse", "")
    if wanted and not origin and multiplexer(env) == "screen":
        return Ability(False, "with it, screen would hold esc back; mouse = true asks for it nevertheless")
    return Ability(wanted, origin)


_NOTIFYING = (
    ("TERM", "xterm-kitty", 99),
    ("TERM", "foot", 777),
    ("TERM", "xterm-ghostty", 777),
    ("TERM", "rxvt-unicode", 777),
    ("TERM_PROGRAM", "ghostty", 777),
    ("TERM_PROGRAM", "WezTerm", 777),
    ("TERM_PROGRAM", "iTerm.app", 9),
    ("TERM_PROGRAM", "WarpTerminal", 9),
    ("LC_TERMINAL", "iTerm2", 9),  # the one that iTerm2 sends over SSH
)


def notification(env: Mapping[str, str] = os.environ) -> int:
    """The OSC sequence by which the terminal is known to tell the desktop something; 0 where none is.

    A multiplexer passes it on only if it was told to, and hides what terminal is behind it.
    """
    if multiplexer(env):
        return 0
    return next((number for name, begins, number in _NOTIFYING if env.get(name, "").startswith(begins)), 0)
