"""What the command line prints: plain text without control characters, and JSON of a steady shape."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import click
import msgspec

from warroom.incident.text import printable, printable_lines


def steady_output() -> None:
    """Let a terminal that knows few characters get escapes for the others rather than an error."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.encoding.casefold().startswith("utf"):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def say(text: str) -> None:
    """Print text that cannot act on a terminal, whoever wrote the file that it comes from."""
    click.echo(printable_lines(text))


def said(number: str, at: datetime, sign: str, text: str) -> str:
    """What was recorded, in one line."""
    return f"{number}  {at:%H:%M}  {sign} {text}"


def complain(text: str) -> None:
    """Print text beside the output."""
    click.echo(f"warroom: {printable_lines(text)}", err=True)


def to_json(value: Any) -> str:
    """JSON: times in ISO 8601, spans in seconds, all in ASCII, which can be shown and piped anywhere."""
    return json.dumps(plain(value), indent=2, default=_seconds)


def one_line(value: Any) -> str:
    """The same on one line, for output that never ends."""
    return json.dumps(plain(value), default=_seconds)


def plain(value: Any) -> Any:
    """Structs as dictionaries; spans are left as they are."""
    return msgspec.to_builtins(value, builtin_types=(timedelta,))


def _seconds(span: timedelta) -> float:
    seconds = span.total_seconds()
    return int(seconds) if seconds == int(seconds) else seconds


def table(rows: Iterable[Iterable[str]]) -> str:
    """Rows in columns, two spaces apart, each cell cleaned."""
    cells = [_cleaned(tuple(row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    line = "  ".join(f"{{:<{width}}}" for width in widths)
    return "\n".join(line.format(*row).rstrip() for row in cells)


def _cleaned(row: tuple[str, ...]) -> tuple[str, ...]:
    whole = "".join(row)  # one look instead of one for each cell, of which a list has tens of thousands
    return row if whole.isascii() and whole.isprintable() else tuple(map(printable, row))


def stamp(at: datetime) -> str:
    """A time of a day, UTC."""
    return at.isoformat(" ")[:16]
