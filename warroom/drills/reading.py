"""Scripts as files: found by name or path, read, and every line of them understood."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from warroom.assets import DRILLS
from warroom.drills.script import DrillError, Line, Script
from warroom.incident.text import printable
from warroom.incident.timing import clock
from warroom.paths import expanded
from warroom.stamp import now

BUILTIN = "database-pool-exhaustion"
_OTHERS = "drill"  # who did what a step injects without saying by whom
_OF_SCRIPT = ("title", "about", "playbook", "step")
_OF_STEP = ("at", "do", "inject", "by", "hint")
_STEP = re.compile(r"\s*\[\[\s*step\s*\]\]")


def available(folders: Sequence[Path] = ()) -> list[tuple[str, Path]]:
    """Every drill by name: those in these folders, and the built-in ones that they do not replace."""
    found: dict[str, Path] = {}
    for folder in (*folders, DRILLS):
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return sorted(found.items())


def find(name: str = "", folders: Sequence[Path] = ()) -> Path:
    """The file of a drill, by its name or path; by default the built-in one."""
    known = dict(available(folders))
    path = known.get(name or BUILTIN) or expanded(name)
    if not path.is_file():
        raise DrillError(f"{printable(name)}: no such drill; there are {', '.join(known)}, or name a file.")
    return path


def load(path: Path) -> Script:
    """The script in a file, every line of it understood."""
    return _Reader(path).script()


class _Reader:
    """One file on its way to a script; whatever is wrong is raised with its line."""

    def __init__(self, path: Path) -> None:
        self._name = printable(path.name)
        self._source = path.stem if path.parent == DRILLS else str(path.absolute())
        try:
            self._text = path.read_bytes().decode("utf-8-sig")
            self._read = tomllib.loads(self._text)
        except OSError as exc:
            raise DrillError(f"{self._name}: cannot be read: {exc.strerror or exc}") from exc
        except ValueError as exc:  # tomllib says the line itself
            raise DrillError(f"{self._name}: not a TOML file: {exc}") from exc

    def script(self) -> Script:
        """The script."""
        self._known(self._read, _OF_SCRIPT, 0)
        found = Script(
            name=self._name,
            title=self._line_of_text(self._read, "title", 0),
            lines=tuple(self._lines()),
            about=self._line_of_text(self._read, "about", 0, default=""),
            playbook=self._line_of_text(self._read, "playbook", 0, default=""),
            source=self._source,
        )
        began = now()
        for line in found.lines:
            found.meant(line, began + line.at)
        return found

    def _lines(self) -> Iterator[Line]:
        steps = self._read.get("step")
        if not isinstance(steps, list) or not steps:
            raise self._wrong(0, "expected steps, each as [[step]] with `at` and `do` or `inject`")
        before = timedelta()
        for number, step in enumerate(steps, 1):
            if not isinstance(step, dict):
                raise self._wrong(number, "expected [[step]] with `at` and `do` or `inject`")
            self._known(step, _OF_STEP, number)
            at = self._offset(step.get("at"), number)
            if at < before:
                raise self._wrong(number, f"{clock(at, hours=True)} is before the step above it", "at")
            before = at
            yield from self._happens(step, number, at)

    def _happens(self, step: dict[str, Any], number: int, at: timedelta) -> Iterator[Line]:
        if ("do" in step) == ("inject" in step):
            raise self._wrong(number, "expected either `do` or `inject`")
        kind = "do" if "do" in step else "inject"
        said = step[kind]
        words = [said] if isinstance(said, str) else said
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            expected = f'expected `{kind}` as text such as "severity SEV2", or a list of such'
            raise self._wrong(number, expected, kind)
        if kind == "do" and "by" in step:
            raise self._wrong(number, "`do` is what the commander does; what others do is an `inject`", "by")
        by = self._line_of_text(step, "by", number, default=_OTHERS) if kind == "inject" else ""
        hint = self._line_of_text(step, "hint", number, default="")
        for word in words:
            yield Line(number, at, printable(word), by, hint, self._place(number, word))

    def _known(self, table: dict[str, Any], names: tuple[str, ...], step: int) -> None:
        for key in table:
            if key not in names:
                raise self._wrong(step, f"`{printable(key)}` is none of {', '.join(names)}", key)

    def _line_of_text(self, table: dict[str, Any], key: str, step: int, default: str | None = None) -> str:
        text = table.get(key, default)
        if not isinstance(text, str) or (default is None and not printable(text)):
            raise self._wrong(step, f"expected `{key}` as text", key)
        return printable(text)

    def _offset(self, at: Any, step: int) -> timedelta:
        try:
            found = time.fromisoformat(at) if isinstance(at, str) else at
        except ValueError:
            found = None
        if not isinstance(found, time) or found.tzinfo:
            expected = 'expected `at` as a time since the declaration such as "00:07:30"'
            raise self._wrong(step, expected, "at")
        return timedelta(hours=found.hour, minutes=found.minute, seconds=found.second)

    # ── where ──────────────────────────────────────────────────────────────────────────────────

    def _wrong(self, step: int, what: str, near: str = "") -> DrillError:
        number = self._place(step, near)
        place = f"{self._name}:{number}" if number else self._name
        return DrillError(f"{place}: step {step}: {what}" if step else f"{place}: {what}")

    def _place(self, step: int, near: str) -> int:
        """The line of the file on which a text stands in a step, else that on which the step begins.

        tomllib keeps no places; a step begins with its header, and nearly always stands as it is read.
        """
        lines = self._text.splitlines()
        begins = [number for number, line in enumerate(lines, 1) if _STEP.match(line)]
        if step > len(begins):
            return 0  # written in another of TOML's ways
        first = begins[step - 1] if step else 1
        last = begins[step] if step < len(begins) else len(lines) + 1
        stands = (number for number in range(first, last) if near and near in lines[number - 1])
        return next(stands, first if step else 0)
