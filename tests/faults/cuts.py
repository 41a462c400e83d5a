"""A file cut off at every byte, and a last write of which only some parts reached the disk."""

from itertools import pairwise
from pathlib import Path

from tests.faults.work import Tally, notes, write_file
from warroom.store import codec, layout
from warroom.store.layout import END


def cut_everywhere(folder: Path, batches: tuple[int, ...] = (1, 2, 1, 3, 1)) -> Tally:
    """Whatever was complete before the cut is there, a batch as a whole."""
    tally = Tally("cut at every byte")
    path = folder / "INC-2026-0001.json"
    appends = [notes(size) for size in batches]
    events = write_file(path, *appends)
    data = path.read_bytes()
    content = layout.parse(data)
    ends = _ends(data, content.lines)
    whole_at: dict[int, int] = {}  # how many events are sound if the file ends at this event's end
    complete = 1
    for batch in ([events[0]], *appends):
        for _ in batch[:-1]:
            whole_at[len(whole_at) + 1] = complete
        complete = len(whole_at) + 1
        whole_at[complete] = complete
    for size in range(ends[0], len(data)):
        path.write_bytes(data[:size])
        count = whole_at[sum(end <= size for end in ends)]
        present = tally.check(path, events[:count])
        assert present == events[:count], f"cut at {size}"
        tally.tried += 1
    return tally


def _ends(data: bytes, lines: list[bytes]) -> list[int]:
    return [data.index(line) + len(line) for line in lines]


def tear_everywhere(folder: Path) -> Tally:
    """A write of which only the last bytes landed, the first ones being what was there, or nothing at all."""
    tally = Tally("torn write, reordered")
    path = folder / "INC-2026-0001.json"
    for size in (1, 2):
        before = write_file(path, notes(1), notes(2))
        old = path.read_bytes()
        fresh = notes(size)
        lines = codec.seal_all([codec.to_document(e) for e in fresh], len(before) + 1)
        start = len(old) - len(END)
        blob = b",\n" + b",\n".join(lines) + END
        for split in range(1, len(blob)):
            for missing in (b"\0" * split, (END + b"\0" * len(blob))[:split]):
                path.write_bytes(old[:start] + missing + blob[split:])
                tally.check(path, before)
                tally.tried += 1
    return tally


def tear_blocks(folder: Path) -> Tally:
    """A long append of which any one sector did not reach the disk: nothing of it is there."""
    tally = Tally("torn write, a sector missing")
    path = folder / "INC-2026-0001.json"
    before = write_file(path, notes(1))
    old = path.read_bytes()
    fresh = notes(30)
    lines = codec.seal_all([codec.to_document(e) for e in fresh], len(before) + 1)
    start = len(old) - len(END)
    data = old[:start] + b",\n" + b",\n".join(lines) + END
    edges = [start, *range(start // 512 * 512 + 512, len(data), 512), len(data)]
    for left, right in pairwise(edges):
        path.write_bytes(data[:left] + b"\0" * (right - left) + data[right:])
        present = tally.check(path, before)
        assert present == before, f"part of an append is there: {left}-{right}"
        tally.tried += 1
    return tally
