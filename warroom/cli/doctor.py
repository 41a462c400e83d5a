"""The verb that looks at where it runs: the terminal, the store, the settings."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import click

from warroom.cli.config import every_problem
from warroom.cli.here import front_desk, json_option, settings_in_use
from warroom.cli.out import say, table, to_json
from warroom.settings import Settings

_SMALLEST = (40, 12)
_SPACE = 100 * 1024 * 1024  # bytes; an incident is a few hundred kilobytes
_COLOURS = {None: "none", "standard": "16", "256": "256", "truecolor": "16 million"}
_MARKS = {"good": "", "note": "note: ", "bad": "BAD: "}


class Finding(NamedTuple):
    """One thing that was looked at, and how it is."""

    about: Literal["terminal", "store", "settings"]
    what: str
    found: str
    state: Literal["good", "note", "bad"] = "good"


@click.command("doctor")
@json_option
def doctor_verb(as_json: bool) -> None:
    """Say what this terminal can do, whether the store is sound, and what is wrong with the settings.

    Exits with 1 when something is bad; a note is only good to know.

    \b
    Example:
      warroom doctor
    """
    found = settings_in_use()
    findings = [*_terminal(found), *_store(found), *_settings(found)]
    bad = any(finding.state == "bad" for finding in findings)
    if as_json:
        say(to_json({"ok": not bad, "findings": [finding._asdict() for finding in findings]}))
    else:
        say("\n".join(_lines(findings)))
    click.get_current_context().exit(1 if bad else 0)


def _lines(findings: list[Finding]) -> Iterator[str]:
    rows = table((each.what, f"{_MARKS[each.state]}{each.found}") for each in findings).split("\n")
    before = ""
    for each, row in zip(findings, rows, strict=True):
        if each.about != before:
            yield from ([""] if before else [])
            yield each.about.capitalize()
            before = each.about
        yield f"  {row}"


# ── the terminal ───────────────────────────────────────────────────────────────────────────────


def _terminal(settings: Settings) -> Iterator[Finding]:
    from warroom.console.terminal import clipboard, mouse, multiplexer, notification, utf8

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield Finding("terminal", "console", "no terminal here; every verb works without one", "note")
    size = shutil.get_terminal_size()
    roomy = size.columns >= _SMALLEST[0] and size.lines >= _SMALLEST[1]
    small = "" if roomy else f"; the console needs {_SMALLEST[0]} x {_SMALLEST[1]}"
    yield Finding("terminal", "size", f"{size.columns} x {size.lines}{small}", "good" if roomy else "note")
    yield Finding("terminal", "TERM", os.environ.get("TERM", "") or "not set")
    yield _colours()
    signs = utf8()
    said = "UTF-8" if signs.can else "ASCII only"
    yield Finding("terminal", "signs", f"{said} ({signs.why})", "good" if signs.can else "note")
    yield Finding("terminal", "within", multiplexer() or "neither tmux nor screen")
    copies = clipboard()
    likely = "likely" if copies.can else "unlikely; what is copied can be written to a file"
    yield Finding("terminal", "clipboard", f"{likely} ({copies.why})", "good" if copies.can else "note")
    calls = notification()
    yield Finding(
        "terminal",
        "desktop",
        f"OSC {calls}: the desktop can say what is overdue"
        if calls
        else "none known; the bell and the title call",
        "good" if calls else "note",
    )
    listens = mouse(settings)
    why = f" ({listens.why})" if listens.why else ""
    yield Finding("terminal", "mouse", ("listened to" if listens.can else "left to the terminal") + why)


def _colours() -> Finding:
    from rich.console import Console

    said = _COLOURS.get(Console(force_terminal=True).color_system, "none")
    if "NO_COLOR" in os.environ:
        said += ", shown without any (NO_COLOR)"
    return Finding("terminal", "colours", said)


# ── the store ──────────────────────────────────────────────────────────────────────────────────


def _store(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    there = _nearest(home)
    yield Finding("store", "folder", str(home) + ("" if there == home else " (made when it is needed)"))
    writable = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    yield Finding("store", "writable", "yes" if writable else f"no: {there}", "good" if writable else "bad")
    free = shutil.disk_usage(there).free
    yield Finding("store", "free space", f"{free / 2**30:,.1f} GB", "good" if free > _SPACE else "bad")
    yield _filesystem(there)
    yield from _incidents()


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _filesystem(folder: Path) -> Finding:
    from warroom.store.disk import is_network_filesystem

    if is_network_filesystem(folder):
        said = "another machine's disk: locks and syncs promise less there"
        return Finding("store", "file system", said, "note")
    return Finding("store", "file system", "this machine's")


def _incidents() -> Iterator[Finding]:
    front = front_desk()
    numbers, unsound = front.numbers(), 0
    for number in numbers:
        try:
            damage = [str(each) for each in front.verify(number).damage]
        except Exception as error:  # whatever it is, the others are still to be looked at
            damage = [str(error)]
        if damage:
            unsound += 1
            said = f"{damage[0]}; put right what can be: warroom repair {number}"
            yield Finding("store", number, said, "bad")
    yield Finding(
        "store", "incidents", f"{len(numbers):,}, {'all' if not unsound else len(numbers) - unsound} sound"
    )


# ── the settings ───────────────────────────────────────────────────────────────────────────────


def _settings(settings: Settings) -> Iterator[Finding]:
    there = "" if settings.file.exists() else " (not there: all is as usual)"
    yield Finding("settings", "file", f"{settings.file}{there}")
    yield Finding("settings", "user", settings.user)
    changed = ", ".join(
        sorted(f"{name.replace('_', '-')} ({origin})" for name, origin in settings.origins.items())
    )
    yield Finding("settings", "set", changed or "nothing")
    for problem in every_problem(settings):
        yield Finding("settings", "problem", str(problem), "bad")
