"""Incidents between machines: a whole one out to a file, and in again, as often as one likes."""

from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from warroom.incident.text import printable_lines
from warroom.store import codec, layout
from warroom.store.disk import write_fresh
from warroom.store.layout import Content
from warroom.store.library import NUMBER, Library
from warroom.store.logfile import Damaged, LogFile, not_saved
from warroom.store.repair import Report


class NumberTaken(Exception):
    """Another incident has this number here. Nothing was imported; it can be taken in under a new number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is another incident here; nothing was imported")
        self.number = number


class Imported(msgspec.Struct, frozen=True):
    """What an import brought."""

    number: str  # under which it is here
    added: int  # events that were not here before
    new: bool  # whether the incident was not here before
    report: Report  # what was found in the file


def export(library: Library, number: str, target: Path) -> Report:
    """Write a whole incident to a file that `import_`, warroom and plain TinyDB can read."""
    with library.open(number) as journal, closing(LogFile(journal.path)) as log:
        content = log.load()
    try:
        write_fresh(target, [layout.whole(layout.new_head(content), content.lines)])
    except OSError as error:
        raise not_saved(target, error) from error
    return Report(target, len(content.lines), content.damage)


def import_(library: Library, source: Path, *, renumber: bool = False) -> Imported:
    """Take an incident in from a file. One that is here already gets the events that it does not have."""
    content = layout.parse(source.read_bytes())
    header = layout.header_of(layout.new_head(content)) or {}
    number, incident = header.get("number", ""), header.get("incident", "")
    if not content.lines or not NUMBER.fullmatch(number):
        raise Damaged(f"{source} holds no incident")
    documents = [_clean(codec.document_of(line)) for line in content.lines]
    report = Report(source, len(content.lines), content.damage)
    try:
        with library.allocating():
            here = _find(library, incident, number)
            if here is not None:
                return Imported(here, _merge(library.path(here), documents), False, report)
            if library.path(number).exists():
                if not renumber:
                    raise NumberTaken(number)
                number = library.next_number(int(number[4:8]))
                documents = [_renumbered(document, number) for document in documents]
            lines = [codec.seal(i, document) for i, document in enumerate(documents, 1)]
            library.write_new(number, incident, lines)
            return Imported(number, len(lines), True, report)
    except OSError as error:
        raise not_saved(library.incidents, error) from error


def _find(library: Library, incident: str, number: str) -> str | None:
    """The number under which an incident is here: most likely its own."""
    for candidate in (number, *library.numbers()):
        if library.path(candidate).exists() and _incident_in(library.path(candidate)) == incident:
            return candidate
    return None


def _incident_in(path: Path) -> str:
    with closing(LogFile(path)) as log:
        try:
            header = log.header() or layout.header_of(layout.new_head(_content(log))) or {}
        except (layout.NewerVersion, Damaged):
            return ""
    return str(header.get("incident", ""))


def _content(log: LogFile) -> Content:
    return log.load()


def _merge(path: Path, documents: list[dict[str, Any]]) -> int:
    with closing(LogFile(path)) as log:
        return len(log.merge(documents))


def _renumbered(document: dict[str, Any], number: str) -> dict[str, Any]:
    fact = document.get("fact", {})
    if fact.get("kind") != "declared":
        return document
    return {**document, "fact": {**fact, "number": number}}


def _clean(value: Any) -> Any:
    """A document without anything that could act on a terminal: the file comes from somebody else."""
    if isinstance(value, str):
        return printable_lines(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value
