"""How an event becomes a line of the file, sealed with a checksum, and a line an event again.

The checksum covers the line up to itself, its number included. Documents that were appended together carry
`"part":[1,3]` … `"part":[3,3]`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Any
from zlib import crc32

import msgspec

from warroom.incident.events import Event

_SEAL = len(b',"crc":"00000000"}')
_CLOCK = re.compile(rb'"clock":([0-9]+)')
_PART = re.compile(rb',"part":\[([0-9]+),([0-9]+)\],"crc":"[0-9a-f]{8}"\}\Z')
_AT_ONCE = 2000  # lines decoded in one go, a few milliseconds in which no other thread has a turn
_ENVELOPE = ("part", "crc")  # what a document carries beside the event


# ── one line ───────────────────────────────────────────────────────────────────────────────────


def seal(doc_id: int, document: Mapping[str, Any]) -> bytes:
    """A document as a line, with its checksum."""
    line = b'"%d":%s' % (doc_id, encoder().encode(document)[:-1])
    return b'%s,"crc":"%08x"}' % (line, crc32(line))


def seal_all(documents: Sequence[Mapping[str, Any]], first: int) -> list[bytes]:
    """Documents that belong together as lines: all are there after a crash, or none."""
    if len(documents) == 1:
        return [seal(first, documents[0])]
    count = len(documents)
    return [seal(first + i, {**document, "part": (i + 1, count)}) for i, document in enumerate(documents)]


def is_sound(line: bytes) -> bool:
    """Whether a line is as it was written."""
    return line[-_SEAL:] == b',"crc":"%08x"}' % crc32(line[:-_SEAL]) and line[:1] == b'"'


def number_of(line: bytes) -> int:
    """The document id of a sound line."""
    return int(line[1 : line.index(b'"', 1)])


def part_of(line: bytes) -> tuple[int, int]:
    """Which of how many documents that were appended together a sound line is."""
    match = _PART.search(line, max(0, len(line) - 80))
    return (int(match[1]), int(match[2])) if match else (1, 1)


def id_of(line: bytes) -> str:
    """The id of a sound line's event."""
    start = line.index(b'"id":"') + 6
    return line[start : line.index(b'"', start)].decode()


def in_order(lines: list[bytes]) -> list[bytes]:
    """Lines by number, each number and each event once; numbered anew if they clash.

    What is left of a damaged append stands for itself from now on: a later crash must not take it for torn.
    """
    numbers = [number_of(line) for line in lines]
    if all(a < b for a, b in pairwise(numbers)):
        alone = len(lines) - pieces(reversed(lines))
        return [*lines[:alone], *(seal(number_of(line), document_of(line)) for line in lines[alone:])]
    lines = sorted(lines, key=number_of)
    unique = {id_of(line): document_of(line) for line in reversed(lines)}
    return [seal(i, document) for i, document in enumerate(reversed(unique.values()), 1)]


def pieces(lines: Iterable[bytes]) -> int:
    """How many of the last lines are pieces of an append of which others are missing; given last first."""
    count, parts, before = 0, 0, 0
    for line in lines:
        if not count:
            part, parts = part_of(line)
            before = number_of(line) - part
        if number_of(line) <= before:
            break
        count += 1
    return count if count < parts else 0


def clock_of(line: bytes) -> int:
    """The clock of a sound line's event."""
    match = _CLOCK.search(line)
    return int(match[1]) if match else 0


def document_of(line: bytes) -> dict[str, Any]:
    """A sound line's document, without what the envelope added."""
    document: dict[str, Any] = msgspec.json.decode(line[line.index(b":") + 1 :])
    for name in _ENVELOPE:
        document.pop(name, None)
    return document


# ── events ─────────────────────────────────────────────────────────────────────────────────────


def to_document(event: Event) -> dict[str, Any]:
    """An event as TinyDB keeps it."""
    document: dict[str, Any] = msgspec.to_builtins(event)
    return document


def kind_of(event: Event) -> str:
    """The name under which a fact's kind is stored."""
    return type(event.fact).__name__.lower()


def to_events(lines: Sequence[bytes]) -> tuple[list[Event], list[bytes]]:
    """The events of sound lines, each id once, and the lines of a kind that this version does not know."""
    events: list[Event] = []
    unknown: list[bytes] = []
    for start in range(0, len(lines), _AT_ONCE):
        known, strange = _batch(lines[start : start + _AT_ONCE])
        events += known
        unknown += strange
    if len(set(map(attrgetter("id"), events))) != len(events):
        events = list({event.id: event for event in reversed(events)}.values())[::-1]
    return events, unknown


def _batch(lines: Sequence[bytes]) -> tuple[list[Event], list[bytes]]:
    try:
        decoded = _events_decoder().decode(b"{%s}" % b",".join(lines))
    except msgspec.ValidationError:
        return _one_by_one(lines)
    if len(decoded) != len(lines):  # two documents had the same number
        return _one_by_one(lines)
    return list(decoded.values()), []


def _one_by_one(lines: Sequence[bytes]) -> tuple[list[Event], list[bytes]]:
    decode = _event_decoder().decode
    events: list[Event] = []
    unknown: list[bytes] = []
    for line in lines:
        try:
            events.append(decode(line[line.index(b":") + 1 :]))
        except msgspec.ValidationError:
            unknown.append(line)
    return events, unknown


@cache
def encoder() -> msgspec.json.Encoder:
    """The one encoder: what it makes of a document never varies."""
    return msgspec.json.Encoder()


@cache
def _event_decoder() -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(Event)


@cache
def _events_decoder() -> msgspec.json.Decoder[dict[str, Event]]:
    return msgspec.json.Decoder(dict[str, Event])
