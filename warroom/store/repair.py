"""Look an incident's file over, and put right what can be put right, saying exactly what was done."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path

import msgspec

from warroom.store import codec, layout
from warroom.store.layout import Content, Damage
from warroom.store.logfile import Damaged, LogFile


class Report(msgspec.Struct, frozen=True):
    """What was found in a file, and what was done about it."""

    path: Path
    events: int  # sound ones
    damage: tuple[Damage, ...] = ()
    done: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was wrong."""
        return not self.damage


def verify(path: Path) -> Report:
    """Check every event's checksum and the layout; changes nothing. Raises `NewerVersion`."""
    with closing(LogFile(path)) as log:
        try:
            content = log.load()
        except Damaged:
            return Report(path, 0, (Damage(layout.NOTHING, 0, 1),))
        return Report(path, len(content.lines), _findings(content))


def repair(path: Path) -> Report:
    """Lay a damaged file out anew with all that is sound; what is not goes to the `.damaged` file beside it.

    Raises `NotSaved` where that cannot be done, also where nothing in the file is sound; it stays as it was.
    """
    with closing(LogFile(path)) as log, log.repairing() as content:
        findings = _findings(content)
        # An entry of an unknown kind is sound: it waits for a warroom that knows it.
        if any(damage.what != layout.UNKNOWN for damage in findings):
            log.rewrite(content)
        return Report(
            path, len(content.lines), findings, tuple(_done(findings, log.aside, len(content.lines)))
        )


def _findings(content: Content) -> tuple[Damage, ...]:
    found = list(content.damage)
    found += [Damage(layout.UNKNOWN, 0, 0, line) for line in codec.to_events(content.lines)[1]]
    numbers = [codec.number_of(line) for line in content.lines]
    if any(a >= b for a, b in pairwise(numbers)):
        found.append(Damage(layout.ORDER, 0))
    return tuple(found)


def _done(findings: tuple[Damage, ...], aside: Path, events: int) -> list[str]:
    kept = f"kept in {aside.name}"
    done = []
    for damage in findings:
        where = f"line {damage.line} (byte {damage.offset:,})"
        match damage.what:
            case layout.TORN if layout.is_trace(damage.raw):
                done.append(f"ended the file properly at {where}")
            case layout.TORN:
                done.append(f"cut a torn tail of {len(damage.raw):,} bytes at {where}, {kept}")
            case layout.ENTRY:
                done.append(f"took a damaged entry of {len(damage.raw):,} bytes out of {where}, {kept}")
            case layout.PUNCTUATION:
                done.append(f"put a separator right at {where}")
            case layout.HEADER:
                done.append("wrote the header anew")
            case layout.LAYOUT:
                done.append(
                    "laid the file out again, one event per line, after another program had rewritten it"
                )
            case layout.ORDER:
                done.append("numbered the documents anew")
    return [*done, f"{events:,} events are sound and in place"] if done else []
