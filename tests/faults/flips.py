"""Every single bit of a file turned over."""

from contextlib import closing
from pathlib import Path

from tests.faults.work import Tally, assert_plain, event, notes, write_file
from warroom.store.log import Journal
from warroom.store.repair import repair, verify


def flip_everywhere(folder: Path, step: int = 1) -> Tally:
    """A flip is found, costs one event at most, and after a repair plain TinyDB reads what is left."""
    tally = Tally("bit flips")
    path = folder / "INC-2026-0001.json"
    events = write_file(path, notes(1), notes(3), notes(1))
    data = path.read_bytes()
    for bit in range(0, len(data) * 8, step):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        report = verify(path)
        assert not report.sound, f"bit {bit} went unnoticed"
        with closing(Journal(path)) as journal:
            present = journal.read()
            assert journal.damage
            missing = [e for e in events if e not in present]
            assert len(missing) <= 1
            assert [e for e in events if e not in missing] == present, f"bit {bit}"
            tally.acknowledged += len(events)
            if missing:  # it is the one that was hit, and its bytes are told
                assert any(len(damage.raw) > 50 for damage in journal.damage), f"bit {bit}"
            more = event("after the flip", 9)
            if bit % 2:  # whoever goes on, or repairs, leaves a sound file
                assert repair(path).done
            journal.append([more])
            assert journal.read() == [*present, more], f"bit {bit}"
            assert not journal.damage
        assert verify(path).sound
        assert_plain(path, [e.id for e in (*present, more)])
        path.with_suffix(".damaged").unlink(missing_ok=True)
        tally.tried += 1
    return tally
