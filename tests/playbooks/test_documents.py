"""Documents as teams write them, each with the whole tree that it loads as."""

from pathlib import Path

import pytest

from tests.playbooks.outlines import outline
from warroom.playbooks import as_markdown, load, parse

HERE = Path(__file__).parent
RUNBOOKS = sorted((HERE / "runbooks").glob("*.md"))  # whole ones, in the shapes that teams give theirs
DOCUMENTS = [*sorted((HERE / "documents").glob("*.md")), *RUNBOOKS]  # the others vary one thing each


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_loads_as_its_outline(path: Path) -> None:
    expected = path.with_suffix(".outline").read_text(encoding="utf-8")
    assert outline(load(path)) == expected.splitlines()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_survives_being_written_out(path: Path) -> None:
    playbook = load(path).playbook
    assert parse(as_markdown(playbook)).playbook == playbook


def test_there_are_enough_runbooks_of_various_shapes() -> None:
    assert len(RUNBOOKS) >= 15
