"""The journal: append, read, poll, and what it refuses."""

import errno
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from tests.faults.work import NUMBER, assert_plain, event, first_events, notes, write_file
from warroom.incident.events import Event
from warroom.store import codec, layout
from warroom.store.disk import Disk
from warroom.store.library import Library
from warroom.store.log import AppendOnly, Journal, NewerVersion, NotSaved
from warroom.store.logfile import LogFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_file(tmp_path / f"{NUMBER}.json", notes(2))
    return tmp_path / f"{NUMBER}.json"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path) as journal:
        yield journal


def test_events_come_back_as_they_were(tmp_path: Path) -> None:
    events = write_file(tmp_path / "a.json", notes(2))
    with Journal(tmp_path / "a.json") as journal:
        assert journal.read() == events
        more = notes(3)
        assert journal.append(more) == []
        assert journal.read() == events + more
        assert not journal.damage
    assert_plain(tmp_path / "a.json", [e.id for e in events + more])


def test_what_others_wrote_comes_with_an_append_or_a_poll(path: Path) -> None:
    with Journal(path) as ours, Journal(path) as theirs:
        ours.read()
        theirs.read()
        first, second, third = notes(3)
        assert theirs.append([first]) == []
        assert ours.append([second]) == [first]
        assert theirs.poll() == [second]
        assert ours.poll() == theirs.poll() == []
        theirs.append([third])
        assert ours.poll() == [third]


def test_what_was_decided_before_others_wrote_is_not_written(path: Path) -> None:
    with Journal(path) as ours, Journal(path) as theirs:
        before = ours.read()
        first, second, third = notes(3)
        theirs.read()
        assert theirs.append_next([first]) is None
        assert ours.append_next([second]) == [first]
        assert ours.append_next([third]) is None
        assert theirs.poll() == [third]
        assert ours.poll() == []
    assert_plain(path, [e.id for e in [*before, first, third]])


def test_what_others_wrote_counts_even_where_it_cannot_be_understood(path: Path) -> None:
    with Journal(path) as ours, Journal(path) as theirs:
        ours.read()
        theirs.tinydb.insert({**codec.to_document(notes(1)[0]), "fact": {"type": "from a later version"}})
        assert ours.append_next(notes(1)) == []
        assert ours.append_next(notes(1)) is None


def test_a_journal_that_was_never_read_appends_without_reading(path: Path) -> None:
    with Journal(path) as journal:
        assert journal.append(notes(1)) == []
        assert journal.clock == 3 << 16
        assert journal.poll() == []


def test_an_event_that_another_just_wrote_is_not_written_twice(path: Path) -> None:
    with Journal(path) as ours, Journal(path) as theirs:
        before = ours.read()
        same = notes(1)
        theirs.append(same)
        assert ours.append(same) == same
        assert ours.read() == before + same


def test_many_threads_lose_nothing(path: Path, journal: Journal) -> None:
    before = journal.read()
    batches = [notes(2) for _ in range(40)]

    def write(batch: list[Event]) -> None:
        if len(batch[0].id) % 2:
            journal.append(batch)
        else:
            with Journal(path) as own:
                own.append(batch)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, batches))
    present = journal.read()
    assert present[: len(before)] == before
    assert {e.id for e in present[len(before) :]} == {e.id for batch in batches for e in batch}
    assert_plain(path, [e.id for e in present])


def test_the_event_table_only_grows(journal: Journal) -> None:
    table = journal.tinydb.table("events")
    assert len(table) == 3
    assert table.insert(codec.to_document(event("by table"))) == 4
    assert table.get(doc_id=4)["by"] == "alice"  # type: ignore[index]
    assert len(table.search(where("by") == "alice")) == 4
    for change in (table.truncate, lambda: table.update({"by": "x"}), lambda: table.remove(doc_ids=[1])):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        table.insert(Document({"id": "x"}, 1))
    with pytest.raises(AppendOnly):
        journal.tinydb.drop_tables()
    with pytest.raises(ValueError, match="Mapping"):
        table.insert("text")  # type: ignore[arg-type]
    assert len(journal.read()) == 4


def test_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    content = layout.parse(path.read_bytes())
    newer = codec.seal(1, {"version": 2, "number": NUMBER, "incident": "x"})
    path.write_bytes(b'{"warroom":{%s},\n"events":{\n' % newer + b",\n".join(content.lines) + layout.END)
    before = path.read_bytes()
    with pytest.raises(NewerVersion, match="format 2"):
        Journal(path)
    assert path.read_bytes() == before


def test_a_journal_in_use_refuses_a_version_that_became_newer(path: Path, journal: Journal) -> None:
    journal.read()
    test_a_newer_version_is_refused_and_left_alone(path)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(path.read_bytes())
    fresh.replace(path)
    assert journal.poll() == []
    with pytest.raises(NotSaved, match="newer warroom"):
        journal.append(notes(1))


def test_plain_tinydb_may_have_written_meanwhile(path: Path) -> None:
    with Journal(path) as journal:
        before = journal.read()
        with TinyDB(path) as plain:
            plain.table("tags").insert({"tag": "é"})
        assert journal.poll() == []
        fresh = notes(1)
        assert journal.append(fresh) == []
        assert journal.read() == before + fresh
        assert not journal.damage
    with TinyDB(path, access_mode="r") as plain:
        assert plain.table("tags").all() == [{"tag": "é"}]
    assert path.read_bytes().count(b"\n") == 7


def test_an_event_that_plain_tinydb_changed_is_set_aside(path: Path) -> None:
    with TinyDB(path) as plain:
        plain.table("events").update({"by": "mallory"}, doc_ids=[2])
    with Journal(path) as journal:
        assert len(journal.read()) == 2
        assert {damage.what for damage in journal.damage} == {layout.ENTRY, layout.LAYOUT}
        journal.append(notes(1))
        assert len(journal.read()) == 3
    assert "mallory" in path.with_suffix(".damaged").read_text()


def test_an_event_of_an_unknown_kind_is_kept_and_told(path: Path) -> None:
    document = {**codec.to_document(event("x")), "fact": {"kind": "teleported", "to": "Mars"}}
    with closing(LogFile(path)) as log:
        log.append([document])
    with Journal(path) as journal:
        assert len(journal.read()) == 3
        assert [damage.what for damage in journal.damage] == [layout.UNKNOWN]
        journal.append(notes(1))
    assert "teleported" in path.read_text()
    assert not path.with_suffix(".damaged").exists()


def test_the_number_of_a_lost_event_is_not_given_again(path: Path, journal: Journal) -> None:
    journal.read()
    journal.append(notes(1))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b',\n"4":')])
    journal.append(notes(1))
    assert [document.doc_id for document in journal.tinydb.table("events")] == [1, 2, 3, 5]


def test_a_file_that_is_gone_is_told(path: Path, journal: Journal) -> None:
    journal.read()
    path.unlink()
    assert journal.poll() == []
    with pytest.raises(NotSaved, match="moved or deleted"):
        journal.append(notes(1))
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\0" * 5000, b"{}", b"[1]", b'{"_default": {"1": {"a": 1}}}', b"\xff"]
)
def test_what_is_no_incident_is_not_written_to(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with Journal(path) as journal, pytest.raises(NotSaved, match="no incident"):
        journal.append(notes(1))
    assert path.read_bytes() == content


class _ReadOnly(Disk):
    def open(self, path: str | Path, flags: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return super().open(path, flags)


def test_a_file_that_may_not_be_written_is_read_and_the_refusal_says_why(path: Path) -> None:
    before = path.read_bytes()
    with Journal(path, _ReadOnly()) as journal:
        assert len(journal.read()) == 3
        with pytest.raises(NotSaved, match="read-only"):
            journal.append(notes(1))
        assert journal.poll() == []
    assert path.read_bytes() == before


def test_files_are_private(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "home")) as library:
        library.create(2026, first_events).close()
        library.state.set("key", 1)
    for found in [tmp_path / "home", *(tmp_path / "home").rglob("*")]:
        assert stat.S_IMODE(found.stat().st_mode) == (0o700 if found.is_dir() else 0o600), found


def test_a_checksum_survives_every_kind_of_text() -> None:
    odd = [
        "",
        "\\",
        '"',
        "\x00\x1f\x7f",
        "\u2028",
        "🔥",
        '"5":{"id":"x","crc":"00000000"}',
        "a\nb",
        "}}",
        'é,"part":[1,9]',
    ]
    events = [event(text) for text in odd]
    documents = [codec.to_document(e) for e in events]
    data = layout.whole(layout.head(NUMBER, "x"), codec.seal_all(documents, 1))
    content = layout.parse(data)
    assert not content.damage
    assert [codec.document_of(line) for line in content.lines] == documents
    assert codec.to_events(content.lines) == (events, [])


def test_nobody_waits_at_a_journal_that_is_closed(path: Path) -> None:
    journal = Journal(path)
    journal.close()
    journal.wait(60)  # returns at once
    assert journal._hint is None
