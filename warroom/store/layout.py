"""How a file is laid out, and what is still sound in one that is damaged.

    {"warroom":{"1":{"version":1,"number":"INC-2026-0042","incident":"…","crc":"…"}},
    "events":{
    "1":{"id":"…","clock":…,…,"crc":"0a1b2c3d"},
    "2":{"id":"…","clock":…,…,"crc":"4e5f6071"}
    }}

One valid TinyDB file, one document per line, `events` last. A raw newline cannot stand inside JSON text, so
lines are found without parsing.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

import msgspec

from warroom.store import codec

VERSION = 1
END = b"\n}}"
NO_EVENTS = b'"events":{'
HEADER_ROOM = 4096  # our header is never longer
_EVENTS = b'\n"events":{'
_START = b'{"warroom":{'
_BEGINNING = re.compile(rb'"[0-9]+":\{"id":"')
_NEVER_WRITTEN = b"\0" * 8  # a file that grew whose blocks did not reach the disk; JSON text holds no NUL
_SEALED = re.compile(rb',"crc":"[0-9a-f]{8}"\}')

_NOT_TABLES = (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError, AttributeError)

TORN = "torn tail"
ENTRY = "damaged entry"
PUNCTUATION = "damaged punctuation"
HEADER = "damaged header"
UNKNOWN = "entry of an unknown kind"
LAYOUT = "rewritten by another program"
ORDER = "document numbers out of order"
NOTHING = "no incident: nothing in it is sound"


class NewerVersion(Exception):
    """The file was written by a newer warroom; it is left alone."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"it was written by a newer warroom (format {version}, this one knows {VERSION}): update warroom"
        )
        self.version = version


class Damage(msgspec.Struct, frozen=True):
    """A place that was found unsound: what, where, and the bytes as they stand."""

    what: str
    offset: int  # in bytes from the beginning of the file
    line: int = 0  # 1-based; 0 where only the tail was read
    raw: bytes = b""

    def __str__(self) -> str:
        line = f"line {self.line}, " if self.line else ""
        size = f", {len(self.raw):,} bytes" if self.raw else ""
        return f"{line}byte {self.offset:,}: {self.what}{size}"


class Content(msgspec.Struct):
    """What a file, or a stretch of it, was found to hold."""

    lines: list[bytes]  # the sound ones, sealed, in file order
    end: int  # where the last sound line ends
    head: bytes = b""  # up to the first document
    damage: tuple[Damage, ...] = ()

    @property
    def unsound(self) -> bool:
        """Whether something is wrong that cutting the end off would not put right."""
        return any(damage != self.torn for damage in self.damage)

    @property
    def torn(self) -> Damage | None:
        """What a write that never ended left behind the last sound line, if there is any."""
        return self.damage[-1] if self.damage and self.damage[-1].what == TORN else None


def head(number: str, incident: str, others: Mapping[str, Any] | None = None) -> bytes:
    """The beginning of a file: our header, then tables that other programs keep in it, then the events."""
    header = {"version": VERSION, "number": number, "incident": incident}
    tables = [b"%s%s}" % (_START, codec.seal(1, header))]
    encode = codec.encoder().encode
    tables += [b"%s:%s" % (encode(name), encode(table)) for name, table in (others or {}).items()]
    return b",\n".join(tables) + b"," + _EVENTS


def whole(header: bytes, lines: Iterable[bytes]) -> bytes:
    """A complete file."""
    body = b",\n".join(lines)
    return b"%s\n%s%s" % (header, body, END) if body else header + END


def header_of(beginning: bytes) -> dict[str, Any] | None:
    """The header at the beginning of a file, or None where it is unsound; a newer one is refused."""
    line = beginning[len(_START) : beginning.find(b"}") + 1]
    if not beginning.startswith(_START) or not codec.is_sound(line):
        return None
    return _accept(codec.document_of(line))


def _accept(header: dict[str, Any]) -> dict[str, Any]:
    if header["version"] > VERSION:
        raise NewerVersion(header["version"])
    return header


def new_head(content: Content) -> bytes:
    """The beginning of the file that `content` came from, rebuilt from its first event if it was damaged."""
    header = header_of(content.head)
    if header is None:
        first = codec.document_of(content.lines[0]) if content.lines else {}
        header = {"number": first.get("fact", {}).get("number"), "incident": first.get("id")}
    return head(header.get("number") or "", header.get("incident") or "", _others(content.head))


def _others(top: bytes) -> dict[str, Any]:
    try:
        tables = msgspec.json.decode(top + b"}}")
        return {name: table for name, table in tables.items() if name not in ("warroom", "events")}
    except _NOT_TABLES:
        return {}


def parse(data: bytes) -> Content:
    """Everything sound in a whole file, and what is not."""
    if header_of(data[:HEADER_ROOM]) is None and (rewritten := _foreign(data)) is not None:
        return rewritten
    start = data.find(_EVENTS)
    start = start + len(_EVENTS) if start >= 0 else 0
    content = scan(data[start:] if start else data, start)
    content.head = data[:start]
    if content.head != new_head(content):
        content.damage = (Damage(HEADER, 0, 1, content.head), *content.damage)
    if content.damage:
        content.damage = tuple(
            msgspec.structs.replace(d, line=data.count(b"\n", 0, d.offset) + 1) for d in content.damage
        )
    return content


def scan(data: bytes, base: int) -> Content:
    """Everything sound in the stretch of a file that begins at `base`, behind a document or the header."""
    if data == END:
        return Content([], base)
    glue = 2 if data[:1] == b"," else 1
    if data.endswith(END) and data[:glue] in (b",\n", b"\n"):
        lines = data[glue : -len(END)].split(b",\n")
        # The same as is_sound, without a call per line.
        if all(line[-18:] == b',"crc":"%08x"}' % crc32(line[:-18]) for line in lines):
            part, parts = codec.part_of(lines[-1])
            if part == parts and lines[0][:1] == b'"':
                return Content(lines, base + len(data) - len(END))
    return _search(data, base)


def _search(data: bytes, base: int) -> Content:
    """The sound lines of a stretch that has something unsound in it, wherever they begin."""
    found: list[tuple[int, int]] = []
    damage: list[Damage] = []
    behind, glue = 0, b",\n" if data[:1] == b"," else b"\n"
    for beginning in _BEGINNING.finditer(data):
        start = beginning.start()
        sealed = _SEALED.search(data, start) if start >= behind else None
        if sealed is None or not codec.is_sound(data[start : sealed.end()]):
            continue
        if data[behind:start] != glue:
            damage.append(_gap(data[behind:start], base + behind))
        found.append((start, sealed.end()))
        behind, glue = sealed.end(), b",\n"
    found = found[: len(found) - _incomplete(data, found)]
    end = found[-1][1] if found else 0
    damage = [d for d in damage if d.offset < base + end]
    if data[end:] != END:
        damage.append(Damage(TORN if _is_torn(data[end:]) else ENTRY, base + end, 0, data[end:]))
    return Content([data[start:stop] for start, stop in found], base + end, damage=tuple(damage))


def _gap(gap: bytes, offset: int) -> Damage:
    inner = gap.strip(b",\n")
    if not inner:
        return Damage(PUNCTUATION, offset, 0, gap)
    return Damage(ENTRY, offset + gap.index(inner), 0, inner)


def _is_torn(raw: bytes) -> bool:
    """Whether a write that never ended left this, not a flaw that came later."""
    return not raw.endswith(END) or _NEVER_WRITTEN in raw


def _incomplete(data: bytes, found: list[tuple[int, int]]) -> int:
    """How many of the last sound lines are pieces of an append that a crash tore.

    Pieces of an append that was damaged later may have been acknowledged: they stay.
    """
    pieces = codec.pieces(data[start:stop] for start, stop in reversed(found))
    begins = found[-pieces - 1][1] if pieces < len(found) else 0
    return pieces if _is_torn(data[begins:]) else 0


def _foreign(data: bytes) -> Content | None:
    """The content of a file that plain TinyDB wrote: the same documents in another layout."""
    try:
        tables = msgspec.json.decode(data)
        header = tables["warroom"]["1"]
        documents = tables["events"].items()
        checksum = header.pop("crc", "")
    except _NOT_TABLES:
        return None
    if not codec.seal(1, header).endswith(b'"%s"}' % str(checksum).encode()):
        return None
    _accept(header)
    lines, damage = [], [Damage(LAYOUT, 0, 1)]
    for key, document in documents:
        line = _reseal(key, document)
        if line is None:
            damage.append(Damage(ENTRY, 0, 1, codec.encoder().encode({key: document})))
        else:
            lines.append(line)
    others = {name: table for name, table in tables.items() if name not in ("warroom", "events")}
    top = head(header.get("number", ""), header.get("incident", ""), others)
    return Content(lines, len(data), top, tuple(damage))


def _reseal(key: str, document: Any) -> bytes | None:
    """The line that a document was before another program wrote it, if its checksum still says so."""
    if not isinstance(document, dict) or not key.isdecimal():
        return None
    fields = dict(document)
    checksum = fields.pop("crc", None)
    line = codec.seal(int(key), fields)
    return line if checksum == line[-10:-2].decode() else None


def tables(content: Content) -> dict[str, dict[str, Any]]:
    """All tables as plain TinyDB would read them, of what is sound."""
    result: dict[str, dict[str, Any]] = msgspec.json.decode(whole(new_head(content), content.lines))
    return result


def is_trace(raw: bytes) -> bool:
    """Whether unsound bytes are mere punctuation, nothing that anybody could miss."""
    return not raw.strip(b",\n}")
