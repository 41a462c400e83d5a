"""A TOML file that a person wrote: what stands in it, on which line, and what is wrong with it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from warroom.settings.problem import Problem

_FEW = 20  # names that can be listed in one line
Keys = tuple[str, ...]  # a key with the tables around it


class TomlFile:
    """A TOML file as it stands on the disk. One that cannot be read is a problem, and an empty table."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.table: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._text = ""
        self._read()

    def line(self, *keys: str) -> int:
        """The line on which a key stands; 0 when it is not there."""
        return self._lines.get(keys, 0)

    def wrong(self, keys: Keys, what: str, expected: str = "") -> None:
        """Note that something is wrong with a key."""
        self.problems.append(Problem(str(self.path), self.line(*keys), what, expected))

    @cached_property
    def _lines(self) -> dict[Keys, int]:
        return lines(self._text)

    def _read(self) -> None:
        try:
            self._text = self.path.read_bytes().decode("utf-8-sig")
            self.table = tomllib.loads(self._text)
        except OSError as error:
            self._unreadable(0, f"cannot be read ({error.strerror})", "a file")
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            self._unreadable(before.count(b"\n") + 1, "is no UTF-8", "text in UTF-8")
        except tomllib.TOMLDecodeError as error:
            what, _, place = str(error).removesuffix(")").rpartition(" (at ")
            self._unreadable(_line_in(place, self._text), what, "TOML; nothing of this file is in force")

    def _unreadable(self, line: int, what: str, expected: str) -> None:
        self.problems.append(Problem(str(self.path), line, what, expected))


def lines(text: str) -> dict[Keys, int]:
    """The line of every key of a TOML document.

    tomllib does not say where a key stands. A document cut after any line is either one that can be
    read, or ends inside a value: a key stands right behind the last cut that can be read without it.
    """
    found: dict[Keys, int] = {}
    read = 0  # the line after which the document was read last
    every = text.splitlines(keepends=True)
    for number in range(1, len(every) + 1):
        try:
            document = tomllib.loads("".join(every[:number]))
        except tomllib.TOMLDecodeError:
            continue
        for keys in _keys(document):
            found.setdefault(keys, read + 1)
        read = number
    return found


def _keys(table: Mapping[str, Any], above: Keys = ()) -> Iterator[Keys]:
    for key, value in table.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from _keys(value, (*above, key))


def _line_in(place: str, text: str) -> int:
    number = re.match(r"line (\d+)", place)
    return int(number[1]) if number else max(len(text.splitlines()), 1)  # else "end of document"


def one_of(names: Iterable[str], typed: str) -> str:
    """What was perhaps meant: the name that is most like it, else all of them, or the nearest of many."""
    known, said = list(names), typed.replace("_", "-").casefold()
    if near := get_close_matches(said, known, 1):
        return near[0]
    if len(known) <= _FEW:
        return f"one of {', '.join(known)}"
    nearest = get_close_matches(said, known, 3, 0.0)
    return f"one of {', '.join(nearest)} and {len(known) - len(nearest)} others"


def in_words(value: Any) -> str:
    """What kind of thing a TOML value is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:39]}…"'
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, list):
        return "a list of other things" if value else "an empty list"
    return "a table" if isinstance(value, dict) else "a date or time"
