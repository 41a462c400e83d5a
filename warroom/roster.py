"""The roster file: who can be called, read strictly, with errors that name the line."""

import re
import tomllib
from pathlib import Path

from warroom.incident.roster import Roster, RosterError, roster_of


class BadRoster(Exception):
    """Why a roster file cannot be used: the file, the line where it is known, and what is wrong."""

    def __init__(self, path: Path, what: str, line: int = 0) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {what}")
        self.what = what
        self.line = line


def read(path: Path) -> Roster:
    """The roster in a TOML file; an empty one where there is no file. Raises `BadRoster`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Roster()
    except UnicodeDecodeError:
        raise BadRoster(path, "not UTF-8 text") from None
    except OSError as exc:
        raise BadRoster(path, exc.strerror or str(exc)) from exc
    try:
        return roster_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as exc:
        what, _, place = str(exc).partition(" (at ")
        line = re.search(r"line (\d+)", place)
        raise BadRoster(path, what, int(line[1]) if line else len(text.splitlines())) from None
    except RosterError as exc:
        raise BadRoster(path, exc.what, _line(text, exc)) from None


_PERSON = re.compile(r"\s*\[\[\s*person\s*\]\]")


def _line(text: str, error: RosterError) -> int:
    """The line (from 1) on which an error's key stands, else its person's table; 0 where neither is found."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _PERSON.match(line)]
    begin, end = 0, len(lines)
    if error.person is not None:
        if error.person >= len(starts):
            return 0
        begin, *rest = starts[error.person :]
        end = rest[0] if rest else end
    key = re.compile(rf"\s*\[*\s*[\"']?{re.escape(error.key)}[\"']?\s*[].=]")
    found = (number for number in range(begin, end) if error.key and key.match(lines[number]))
    return next(found, begin if error.person is not None else -1) + 1
