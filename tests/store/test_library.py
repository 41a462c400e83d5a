"""The folder of incidents: numbers, the list, moving incidents, small state."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from operator import attrgetter
from pathlib import Path

import pytest

from tests.faults.work import NOW, NUMBER, event, first_events, notes, write_file
from warroom.incident.events import Closed, Declared, Event, Noted
from warroom.incident.playbook import Playbook
from warroom.store import layout
from warroom.store.disk import is_network_filesystem
from warroom.store.index import Summary
from warroom.store.library import Library, NoSuchIncident
from warroom.store.log import Damaged, NotSaved
from warroom.store.transfer import NumberTaken


class Summariser:
    """A summary of no depth, and how many events it was asked to read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, events: Sequence[Event]) -> Summary:
        self.read += len(events)
        declared = events[0].fact
        assert isinstance(declared, Declared)
        closed = [e.recorded_at for e in events if isinstance(e.fact, Closed)]
        return Summary(
            declared.number, declared.title, "SEV2", "Mitigation", "closed" if closed else "active", False,
            events[0].recorded_at, closed[-1] if closed else None, "alice",
            len(events), events[-1].recorded_at, False,
        )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "home", Summariser())


def again(library: Library) -> tuple[Library, Summariser]:
    """The same folder, as another process would see it."""
    summariser = Summariser()
    return Library(library.home, summariser), summariser


def test_numbers_count_up_within_a_year(library: Library) -> None:
    for year in (2026, 2026, 2025):
        library.create(year, first_events).close()
    assert library.numbers() == ["INC-2025-0001", "INC-2026-0001", "INC-2026-0002"]
    library.path("INC-2026-0002").unlink()
    assert library.create(2026, first_events).path.stem == "INC-2026-0003"
    write_file(library.path("INC-2026-9999"))
    assert library.create(2026, first_events).path.stem == "INC-2026-10000"
    assert library.numbers()[-1] == "INC-2026-10000"


def test_many_at_once_get_numbers_of_their_own(library: Library) -> None:
    def declare(_: int) -> str:
        with closing(Library(library.home)) as own, own.create(2026, first_events) as journal:
            return journal.path.stem

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(declare, range(20)))
    assert sorted(numbers) == library.numbers() == [f"INC-2026-{i:04d}" for i in range(1, 21)]


def test_a_declaration_that_fails_leaves_nothing(library: Library) -> None:
    def fail(number: str) -> list[Event]:
        raise ValueError(number)

    with pytest.raises(ValueError, match=NUMBER):
        library.create(2026, fail)
    assert library.numbers() == []
    assert library.create(2026, first_events).path.stem == NUMBER


def test_what_is_not_there_says_what_is(library: Library) -> None:
    with pytest.raises(NoSuchIncident, match="none at all"):
        library.open(NUMBER)
    library.create(2026, first_events).close()
    for name in ("INC-2026-0002", "../../etc/passwd", ""):
        with pytest.raises(NoSuchIncident, match="there is INC-2026-0001"):
            library.open(name)
    library.open("inc-2026-0001 ").close()


def listed(library: Library) -> list[Summary]:
    return sorted(library.summaries(), key=attrgetter("number"))


def test_the_list_reads_only_what_changed(library: Library) -> None:
    for _ in range(3):
        library.create(2026, first_events).close()
    assert [s.number for s in listed(library)] == library.numbers()
    other, summariser = again(library)
    assert listed(other) == listed(library)
    assert summariser.read == 0
    with library.open(NUMBER) as journal:
        journal.append([*notes(4), event(Closed())])
    assert [s.status for s in listed(other)] == ["closed", "active", "active"]
    assert summariser.read == 6
    assert listed(again(library)[0]) == listed(other)


def test_a_tail_of_notes_needs_no_fold(library: Library) -> None:
    with library.create(2026, first_events) as journal:
        library.summaries()
        late = Event("late", 7, NOW + timedelta(hours=1), "bob", Noted("x"))
        journal.append([*notes(4), late])
    other, summariser = again(library)
    (summary,) = other.summaries()
    assert (summary.events, summary.updated_at, summariser.read) == (6, late.recorded_at, 0)


def test_a_lost_or_broken_index_is_made_anew(library: Library) -> None:
    library.create(2026, first_events).close()
    before = library.summaries()
    index = library.home / "index.json"
    for content in (b"", b"{", b'{"summaries": 3}', b"\xff\xfe", b'{"summaries": {"INC-2026-0001": {}}}'):
        index.write_bytes(content)
        assert again(library)[0].summaries() == before
    assert index.read_bytes().startswith(b'{"summaries":{"INC-2026-0001":')


def test_one_that_cannot_be_read_does_not_hide_the_others(library: Library) -> None:
    for _ in range(2):
        library.create(2026, first_events).close()
    library.path(NUMBER).write_bytes(b"nothing")
    assert [s.number for s in library.summaries()] == ["INC-2026-0002"]
    assert "no incident" in library.unreadable[NUMBER]


def test_an_incident_moves_and_moves_again(library: Library, tmp_path: Path) -> None:
    with library.create(2026, first_events) as journal:
        journal.append(notes(3))
        events = journal.read()
        file = tmp_path / "out.json"
        assert library.export(NUMBER, file).events == 4
        other = Library(tmp_path / "other")
        imported = other.import_(file)
        assert (imported.number, imported.added, imported.new) == (NUMBER, 4, True)
        assert other.import_(file).added == 0
        with other.open(NUMBER) as copy:
            ours, theirs = notes(2), notes(2)
            copy.append(theirs)
            journal.append(ours)
            other.export(NUMBER, file)
            assert library.import_(file).added == 2
            assert journal.poll() == theirs
            library.export(NUMBER, file)
            assert other.import_(file).added == 2
            assert {e.id for e in copy.read()} == {e.id for e in [*events, *ours, *theirs]}


def test_another_incident_of_the_same_number_is_not_mixed_in(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    for home in ("other", "home"):
        with closing(Library(tmp_path / home)) as one:
            one.create(2026, first_events).close()
    Library(tmp_path / "other").export(NUMBER, file)
    with pytest.raises(NumberTaken, match=NUMBER):
        library.import_(file)
    taken = library.import_(file, renumber=True)
    assert (taken.number, taken.added) == ("INC-2026-0002", 1)
    with library.open(taken.number) as journal:
        assert isinstance(fact := journal.read()[0].fact, Declared)
        assert fact.number == "INC-2026-0002"
    assert library.import_(file) == type(taken)("INC-2026-0002", 0, False, taken.report)


def test_what_is_no_incident_is_not_imported(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    for content in (b"", b"{}", b"x" * 9000, layout.whole(layout.head(NUMBER, "x"), [])):
        file.write_bytes(content)
        with pytest.raises(Damaged):
            library.import_(file)
    events = write_file(file)
    file.write_bytes(file.read_bytes().replace(NUMBER.encode(), b"../../../../x"))
    with pytest.raises(Damaged):
        library.import_(file)
    assert events
    assert library.numbers() == []


def test_an_import_brings_no_control_characters(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    write_file(file, [event("\x1b[31mred\x07 \u202eevil")])
    library.import_(file)
    with library.open(NUMBER) as journal:
        assert journal.read()[1].fact == Noted("red evil")


def test_a_damaged_file_gives_what_is_sound(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    write_file(file, notes(1), notes(1))
    file.write_bytes(file.read_bytes()[:-9])
    imported = library.import_(file)
    assert imported.added == 2
    assert not imported.report.sound


def test_state_is_kept_and_may_be_lost(library: Library) -> None:
    assert library.state.get("draft") is None
    library.state.set("draft", {"text": "é"})
    library.state.set("theme", "dark")
    library.state.set("draft", "x")
    other, _ = again(library)
    assert other.state.get("draft") == "x"
    library.state.set("draft", None)
    assert other.state.get("draft", 3) == 3
    (library.home / "state.json").write_bytes(b"{broken")
    assert other.state.get("theme", "light") == "light"
    other.state.set("theme", "dark")
    assert library.state.get("theme") == "dark"


def test_the_folder_may_be_full(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    library.create(2026, first_events).close()
    monkeypatch.setattr("warroom.store.disk.Disk.write", full)
    with pytest.raises(NotSaved, match="disk is full"):
        library.create(2026, first_events)
    assert len(library.summaries()) == 1


def test_a_network_filesystem_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_network_filesystem(tmp_path)
    mounts = (
        "1 0 0:1 / / rw - ext4 /dev/sda rw\n"
        f"2 1 0:2 / {tmp_path} rw shared:1 - nfs4 host:/export rw\n"
        f"3 1 0:3 / {tmp_path}/local rw - tmpfs none rw\n"
    )
    read: Callable[..., str] = lambda *_, **__: mounts  # noqa: E731
    monkeypatch.setattr(Path, "read_text", read)
    assert is_network_filesystem(tmp_path / "home")
    assert not is_network_filesystem(tmp_path / "local" / "home")
    assert not is_network_filesystem(tmp_path.with_name("elsewhere"))


def test_a_playbook_longer_than_a_block_is_no_hindrance(library: Library) -> None:
    def first(number: str) -> list[Event]:
        return [event(Declared(number, "T", Playbook("p", (), overview="o" * 200_000)))]

    with library.create(2026, first) as journal:
        journal.append(notes(1))
        assert len(journal.read()) == 2
