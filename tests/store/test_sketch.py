"""The sketch of a long incident agrees with what the whole file adds up to, or is not used."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.faults.work import NOW, NUMBER, event
from tests.incident.worlds import SEED, TITLE
from warroom.incident.events import (
    AnyFact,
    Declared,
    Edited,
    Event,
    MetricObserved,
    Noted,
    Pinned,
    PlaybookReloaded,
    Retracted,
    RoleAssigned,
    SeveritySet,
    Ticked,
)
from warroom.incident.evolve import replay
from warroom.incident.incident import Incident
from warroom.store import sketch
from warroom.store.library import Library
from warroom.store.log import Journal

FACTS: list[AnyFact] = [
    SeveritySet("SEV2", "Major feature down"),
    RoleAssigned("@maya", "Incident Commander"),
    Ticked("1.1.1"),
    MetricObserved("error rate", "45 %", "5 %"),
    PlaybookReloaded(SEED, (("1", "1"), ("1.1", "1.1"), ("1.1.1", "1.1.1"))),
    *(Noted(f"note {i}") for i in range(300)),
]


@pytest.fixture(autouse=True)
def _everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "LONG", 0)
    monkeypatch.setattr("warroom.store.log._SKETCH_EVERY", 0)


def made(facts: Sequence[AnyFact], after: int = 0) -> list[Event]:
    return [
        replace(event(fact, after + i + 2), recorded_at=NOW + timedelta(seconds=after + i))
        for i, fact in enumerate(facts)
    ]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def journal(library: Library) -> Journal:
    journal = library.create(2026, lambda number: [event(Declared(number, TITLE, SEED))])
    journal.append(made(FACTS))
    return journal


def sketched(journal: Journal) -> Incident:
    incident = replay(journal.read())
    journal.sketch(incident)
    return incident


def alike(glimpse: Incident | None, incident: Incident) -> bool:
    assert glimpse is not None
    latest = len(glimpse.timeline)
    assert 200 <= latest <= len(incident.timeline)
    assert list(glimpse.timeline) == list(incident.timeline)[-latest:]
    return replace(glimpse, timeline=incident.timeline) == incident


def test_it_shows_what_is_so_and_the_latest_entries(library: Library, journal: Journal) -> None:
    incident = sketched(journal)
    assert alike(library.open(NUMBER).glimpse(), incident)


def test_what_was_written_since_is_in_it(library: Library, journal: Journal) -> None:
    sketched(journal)
    note = journal.read()[-1]
    more: list[AnyFact] = [SeveritySet("SEV1"), Noted("later"), Edited(note.id, "reworded"), Pinned(note.id)]
    journal.append(made(more, after=1000))
    assert alike(library.open(NUMBER).glimpse(), replay(journal.read()))


def test_an_undo_since_makes_it_useless(library: Library, journal: Journal) -> None:
    sketched(journal)
    journal.append(made([Retracted(journal.read()[3].id)], after=1000))
    assert library.open(NUMBER).glimpse() is None


def test_a_file_that_is_another_one_has_none(library: Library, journal: Journal) -> None:
    sketched(journal)
    path = library.path(NUMBER)
    path.with_suffix(".copy").write_bytes(path.read_bytes())
    path.with_suffix(".copy").replace(path)
    assert library.open(NUMBER).glimpse() is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'{"version": "0"}'])
def test_a_broken_one_is_none(library: Library, journal: Journal, content: bytes) -> None:
    sketched(journal)
    (library.home / "sketches" / f"{NUMBER}.json").write_bytes(content)
    assert library.open(NUMBER).glimpse() is None


def test_one_of_another_version_is_none(
    library: Library, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    sketched(journal)
    monkeypatch.setattr(sketch, "__version__", "99.0")
    assert library.open(NUMBER).glimpse() is None


def test_where_it_cannot_be_kept_nothing_is_lost(library: Library, journal: Journal) -> None:
    (library.home / "sketches").write_text("in the way")
    sketched(journal)
    assert library.open(NUMBER).glimpse() is None
    assert len(journal.read()) == len(FACTS) + 1


def test_a_short_incident_has_none(
    library: Library, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sketch, "LONG", 1024 * 1024)
    sketched(journal)
    assert not (library.home / "sketches").exists()
