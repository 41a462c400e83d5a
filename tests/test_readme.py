"""The README says what the code says, and shows what the console shows."""

import re
from collections.abc import Iterator
from html import unescape
from time import tzset

import pytest

from docs import recording
from docs.pictures import HERE, PICTURES, README, SURROUNDINGS, taken, with_tables

_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)


@pytest.fixture
def _as_taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As they are taken wherever that is done."""
    with monkeypatch.context() as there:
        for name, value in SURROUNDINGS.items():
            there.setenv(name, value)
        tzset()
        yield
    tzset()


def words(svg: str) -> list[str]:
    """What is to be read on a picture."""
    return [unescape(text) for text in _TEXT.findall(svg)]


def test_its_tables_of_keys_are_the_registry() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text, "run `make pictures`"
    assert with_tables(text.replace("Log what you see", "")) == text


def test_every_picture_and_document_it_names_is_there() -> None:
    named = re.findall(r"\]\(([^):#]+)\)", README.read_text(encoding="utf-8"))
    assert len(named) > 10
    assert [name for name in named if not (README.parent / name).is_file()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_path_that_is_named_is_there(name: str) -> None:
    top = README.parent
    named = re.findall(r"`([\w.-]+/[\w./-]*)[`:]", (top / name).read_text(encoding="utf-8"))
    assert named
    made = {"themes/", "drills/", "incidents/"}  # by whoever uses it
    missing = [path for path in named if not ((top / path).exists() or (top / "warroom" / path).exists())]
    assert set(missing) <= made


@pytest.mark.usefixtures("_as_taken")
@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_shows_what_the_console_shows(name: str) -> None:
    committed = (HERE / f"{name}.svg").read_text(encoding="utf-8")
    assert words(await taken(PICTURES[name])) == words(committed), "run `make pictures`"


@pytest.mark.usefixtures("_as_taken")
async def test_the_recording_shows_what_the_console_shows() -> None:
    committed = (HERE / "drill.svg").read_text(encoding="utf-8")
    assert words(await recording.taken()) == words(committed), "run `make pictures`"
