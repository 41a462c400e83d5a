"""The verb that looks at where it runs: the terminal, the store, the settings."""

import os
import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from warroom.cli.aloud import plain_option
from warroom.cli.config import every_problem
from warroom.cli.here import front_desk, json_option, settings_in_use
from warroom.cli.in_force import colours, in_force
from warroom.cli.out import say, to_json
from warroom.settings import Settings
from warroom.settings.default import toml

if TYPE_CHECKING:
    from warroom.console.terminal import Ability

_SMALLEST = (40, 12)
_SPACE = 100 * 1024 * 1024  # bytes; an incident is a few hundred kilobytes
_MARKS = {"good": "", "note": "note: ", "bad": "BAD: "}


class Finding(NamedTuple):
    """One thing that was looked at, and how it is."""

    about: Literal["terminal", "store", "settings"]
    what: str
    found: str
    state: Literal["good", "note", "bad"] = "good"


@click.command("doctor")
@json_option
@plain_option
def doctor_verb(as_json: bool, aloud: bool) -> None:
    """Say what this terminal can do, whether the store is sound, which settings hold, and what is wrong.

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
        say("\n".join(_lines(findings, aloud=aloud)))
    click.get_current_context().exit(1 if bad else 0)


def _lines(findings: list[Finding], *, aloud: bool) -> Iterator[str]:
    for about, group in groupby(findings, lambda each: each.about):
        found = list(group)
        yield from ([""] if about != "terminal" else [])
        yield about.capitalize()
        width = max(len(each.what) for each in found)
        for each in found:
            said = f"{_MARKS[each.state]}{each.found}"
            yield from [f"{each.what}: {said}"] if aloud else _wrapped(f"  {each.what:<{width}}  ", said)


def _at_terminal() -> bool:
    return sys.stdout.isatty()


def _wrapped(name: str, said: str) -> list[str]:
    """What was found beside its name: as wide as the terminal, and one line where it is piped."""
    if not _at_terminal():
        return [name + said]
    width = max(shutil.get_terminal_size().columns, 2 * len(name))
    return wrap(
        said,
        width,
        initial_indent=name,
        subsequent_indent=" " * len(name),
        break_long_words=False,
        break_on_hyphens=False,
    )


# ── the terminal ───────────────────────────────────────────────────────────────────────────────


def _terminal(settings: Settings) -> Iterator[Finding]:
    from warroom.cli.enter import at_terminal
    from warroom.console.remap import remapped
    from warroom.console.terminal import (
        clipboard,
        mouse,
        multiplexer,
        notification,
        paste,
        signs,
        suspend,
        utf8,
    )  # fmt: skip

    if not at_terminal():
        yield Finding("terminal", "console", "no terminal here; every verb works without one", "note")
    size = shutil.get_terminal_size()
    roomy = size.columns >= _SMALLEST[0] and size.lines >= _SMALLEST[1]
    small = "" if roomy else f"; the console needs {_SMALLEST[0]} x {_SMALLEST[1]}"
    yield Finding("terminal", "size", f"{size.columns} x {size.lines}{small}", "good" if roomy else "note")
    yield Finding("terminal", "TERM", os.environ.get("TERM", "") or "not set")
    yield _colours()
    known, key = signs(), remapped(settings)["suspend"].shown
    yield _able("signs", known, "UTF-8", "UTF-8, few of them" if utf8().can else "ASCII only")
    yield Finding("terminal", "within", multiplexer() or "neither tmux nor screen")
    yield _able("clipboard", clipboard(), "likely", "unlikely; what is copied is written to copied.txt")
    yield _able("paste", paste(), "told from what is typed", "not told from what is typed")
    yield _able("suspend", suspend(), key or "on no key", "not here")
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


def _able(what: str, ability: "Ability", can: str, cannot: str) -> Finding:
    said = f"{can if ability.can else cannot} ({ability.why})"
    return Finding("terminal", what, said, "good" if ability.can else "note")


def _colours() -> Finding:
    """How many colours are taken to be there: nothing but these variables says so."""
    count = colours()
    term, more = os.environ.get("TERM") or "not set", os.environ.get("COLORTERM") or "not set"
    said = {0: "none", 16: "16, the terminal's own", 256: "256, the nearest to each"}.get(count, "16 million")
    hidden = ", shown without any (NO_COLOR)" if "NO_COLOR" in os.environ else ""
    return Finding("terminal", "colours", f"{said}{hidden} (TERM {term}, COLORTERM {more})")


# ── the store ──────────────────────────────────────────────────────────────────────────────────


def _store(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    there = _nearest(home)
    flag = click.get_current_context().find_root().params["home"]
    origin = "command line" if flag else "WARROOM_HOME" if os.environ.get("WARROOM_HOME") else "default"
    made = "" if there == home else ", made when it is needed"
    yield Finding("store", "folder", f"{home} ({origin}{made})")
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
    try:
        numbers, unsound = front.numbers(), 0
    except OSError as error:
        yield Finding("store", "incidents", f"cannot be listed: {error.strerror or error}", "bad")
        return
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


_UNSET = {"playbook": "the built-in one", "time-zone": "this machine's own", "playbook-folders": "none"}


def _settings(settings: Settings) -> Iterator[Finding]:
    there = "" if settings.file.exists() else " (not there: all is as usual)"
    yield Finding("settings", "file", f"{settings.file}{there}")
    for key, value, origin in in_force(settings):
        place = origin.replace(f"{settings.config}/", "")  # the file's folder is said above
        said = "as usual" if key == "keys" else toml(value) if value or key not in _UNSET else _UNSET[key]
        yield Finding("settings", key, f"{said} ({place})")
    for problem in every_problem(settings):
        yield Finding("settings", "problem", str(problem), "bad")
