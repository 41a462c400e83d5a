"""Verify and repair: what is wrong, and exactly what was done about it."""

import json
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.faults.work import NUMBER, assert_plain, notes, write_file
from warroom.store import layout
from warroom.store.log import Journal, NotSaved
from warroom.store.repair import repair, verify


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / f"{NUMBER}.json"


def test_a_sound_file_is_left_alone(path: Path) -> None:
    write_file(path, notes(2))
    before = path.stat()
    assert verify(path).sound
    report = repair(path)
    assert (report.events, report.damage, report.done) == (3, (), ())
    assert path.stat().st_ino == before.st_ino


def test_a_torn_tail_is_cut_and_kept(path: Path) -> None:
    events = write_file(path, notes(1), notes(1))
    path.write_bytes(path.read_bytes()[:-40])
    (damage,) = verify(path).damage
    assert (damage.what, damage.line) == (layout.TORN, 4)
    report = repair(path)
    assert report.damage == (damage,)
    assert "torn tail" in report.done[0]
    assert report.done[-1] == "2 events are sound and in place"
    assert_plain(path, [e.id for e in events[:2]])
    kept = json.loads(path.with_suffix(".damaged").read_text())["text"]
    assert kept.encode("utf-8", "surrogateescape") == damage.raw


def test_a_damaged_event_is_taken_out_and_the_others_stay(path: Path) -> None:
    events = write_file(path, notes(1), notes(1), notes(1))
    data = bytearray(path.read_bytes())
    place = data.index(b'"text":', data.index(b'\n"3":'))
    data[place] ^= 0x80
    path.write_bytes(data)
    report = repair(path)
    assert [(d.what, d.line) for d in report.damage] == [(layout.ENTRY, 5)]
    assert "line 5" in report.done[0]
    assert path.with_suffix(".damaged").name in report.done[0]
    assert_plain(path, [e.id for e in events if e is not events[2]])
    kept = json.loads(path.with_suffix(".damaged").read_text())["text"]
    assert kept.encode("utf-8", "surrogateescape") in bytes(data)


def test_another_layout_is_put_right(path: Path) -> None:
    events = write_file(path, notes(1))
    with TinyDB(path) as plain:
        plain.table("tags").insert({"a": 1})
    assert [d.what for d in verify(path).damage] == [layout.LAYOUT]
    assert "another program" in repair(path).done[0]
    assert verify(path).sound
    assert_plain(path, [e.id for e in events])


def test_a_damaged_header_is_made_anew(path: Path) -> None:
    write_file(path, notes(1))
    sound = path.read_bytes()
    path.write_bytes(sound.replace(b'"number":"INC-2026-0001"', b'"number":"INC-2026-0007"', 1))
    assert [d.what for d in verify(path).damage] == [layout.HEADER]
    repair(path)
    assert path.read_bytes() == sound


def test_documents_out_of_order_are_numbered_anew(path: Path) -> None:
    events = write_file(path, notes(1), notes(1), notes(1))
    content = layout.parse(path.read_bytes())
    lines = content.lines
    path.write_bytes(layout.whole(content.head, [lines[0], lines[2], lines[1], lines[2], lines[3]]))
    assert [d.what for d in verify(path).damage] == [layout.ORDER]
    assert "numbered" in repair(path).done[0]
    assert_plain(path, [e.id for e in events])


def test_a_file_with_nothing_sound_is_not_touched(path: Path) -> None:
    path.write_bytes(b"\0" * 1000)
    assert [d.what for d in verify(path).damage] == [layout.NOTHING]
    with pytest.raises(NotSaved, match="no incident"):
        repair(path)
    assert path.read_bytes() == b"\0" * 1000


def test_a_journal_in_use_goes_on_after_a_repair(path: Path) -> None:
    events = write_file(path, notes(1), notes(1))
    path.write_bytes(path.read_bytes()[:-40])
    with Journal(path) as journal, Journal(path) as other:
        assert journal.read() == other.read() == events[:2]
        repair(path)
        fresh = notes(2)
        assert other.append(fresh[:1]) == []
        assert journal.append(fresh[1:]) == fresh[:1]
        assert other.poll() == fresh[1:]
