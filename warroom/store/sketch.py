"""The sketch of a long incident: what was so at one point of its file, shown while all of it is read."""

from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec.structs import replace
from rpds import HashTrieMap

from warroom import __version__
from warroom.incident.chronicle import Chronicle, History
from warroom.incident.events import Event, Retracted
from warroom.incident.evolve import fold, in_order
from warroom.incident.incident import Amendment, Incident, Metric
from warroom.incident.timeline import Timeline
from warroom.store import codec
from warroom.store.disk import make_private
from warroom.store.logfile import Cursor, LogFile

LONG = 1024 * 1024  # bytes: what is shorter is read before anybody has looked at the screen
_SHOWN = 200  # the latest entries and figures, which is all that fits on a screen


class _Sketch(msgspec.Struct, frozen=True):
    """An incident with nothing but its latest entries, and up to where in its file it is true."""

    version: str
    cursor: Cursor
    incident: Incident


class Sketches:
    """Sketches of the long incidents of a home. A cache: losing one costs one slow opening."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, path: Path) -> Incident | None:
        """What an incident's file adds up to as far as can be told quickly; None: read the file.

        Only to be shown for a moment: what is old may be missing, and nothing may be decided on it.
        """
        try:
            stat = path.stat()
            if stat.st_size < LONG:
                return None
            content = self._path(path).read_bytes()
            found = msgspec.json.decode(content, type=_Sketch, dec_hook=_revive)
            if found.version != __version__ or found.cursor.inode != stat.st_ino:
                return None
            return _brought_up_to_date(path, found)
        except (OSError, msgspec.MsgspecError, ValueError, TypeError):
            return None

    def keep(self, path: Path, cursor: Cursor, incident: Incident) -> None:
        """Keep what an incident's file adds up to at a cursor, where it is long enough."""
        if cursor.end < LONG:
            return
        small = replace(
            incident,
            timeline=Timeline().extend(list(incident.timeline.latest(_SHOWN))),
            metrics=History[Metric]().extend(incident.metrics.latest(_SHOWN)),
        )
        content = msgspec.json.encode(_Sketch(__version__, cursor, small), enc_hook=_plain)
        with suppress(OSError):  # without it the next opening takes longer, that is all
            make_private(self._folder)
            target = self._path(path)
            fresh = target.with_name(f".{target.name}.tmp")
            fresh.write_bytes(content)
            fresh.replace(target)

    def _path(self, path: Path) -> Path:
        return self._folder / path.name


def _brought_up_to_date(path: Path, sketch: _Sketch) -> Incident | None:
    log = LogFile(path, sketch.cursor)
    try:
        tail = codec.to_events(log.news())[0]
        if log.cursor is None or log.cursor.inode != sketch.cursor.inode:
            return None
        if any(isinstance(event.fact, Retracted) for event in tail):
            return None  # what an undo takes back may be older than the sketch
        return fold(sketch.incident, in_order(tail), frozenset())
    finally:
        log.close()


def _plain(value: Any) -> Any:
    if isinstance(value, Chronicle):
        return list(value)
    if isinstance(value, HashTrieMap):
        return dict(value.items())
    raise NotImplementedError(type(value))


def _revive(kind: Any, value: Any) -> Any:
    if kind is Timeline:
        return Timeline().extend(msgspec.convert(value, list[Event]))
    if kind is HashTrieMap:
        return HashTrieMap(msgspec.convert(value, dict[str, Amendment]))
    (of,) = get_args(kind)
    return History().extend(msgspec.convert(value, list[of]))  # type: ignore[valid-type]
