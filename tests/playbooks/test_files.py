"""Playbooks as files: whatever their encoding, by path or by name."""

import codecs
import os
from pathlib import Path

import pytest

from warroom.playbooks import PlaybookError, available, builtin, find, load

TEXT = "# T\n\n## Phase 1: Café\n\n- a\n"


def complaint(path: Path) -> str:
    with pytest.raises(PlaybookError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "book.md"
    path.write_bytes(data)
    assert load(path).playbook.phases[0].name == "Café"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "book.md: empty, expected a Markdown document"),
        (b"# T\n\x00\x01", "book.md: binary (a NUL at byte 4), expected Markdown text"),
        (
            b"# T\ncaf\xe9\n",
            "book.md:2: invalid UTF-8 at byte 7, expected UTF-8 text\n    caf\N{REPLACEMENT CHARACTER}",
        ),
        (codecs.BOM_UTF8 + b"\xff", "book.md:1: invalid UTF-8 at byte 3"),
        (codecs.BOM_UTF16_LE + b"a\0\n\0b", "book.md:2: invalid UTF-16-LE at byte 6, expected UTF-8 text"),
        (b"a" * 17_000_000, "book.md: too large, expected at most 16 MB"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "book.md"
    path.write_bytes(data)
    assert complaint(path).startswith(said)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert complaint(tmp_path / "none.md") == "none.md: not found, expected a Markdown file"
    assert complaint(tmp_path) == f"{tmp_path.name}: not a file"
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    assert complaint(pipe) == "pipe.md: not a file"


def test_a_playbook_without_title_is_called_like_its_file(tmp_path: Path) -> None:
    path = tmp_path / "dns.md"
    path.write_text("## Phase 1: P\n- a\n## Phase 2: Q\n- b\n")
    loaded = load(path)
    assert (loaded.playbook.title, loaded.source_name) == ("dns", "dns.md")


def test_find_by_name_and_by_path(tmp_path: Path) -> None:
    (tmp_path / "dns.md").write_text(TEXT)
    assert find("dns", [tmp_path]) == tmp_path / "dns.md"
    assert find("DNS.md", [tmp_path]) == tmp_path / "dns.md"
    assert find(str(tmp_path / "dns.md")) == tmp_path / "dns.md"
    assert load(find("incident-response")) == builtin()


def test_own_playbooks_hide_the_built_in_one(tmp_path: Path) -> None:
    own = tmp_path / "incident-response.md"
    own.write_text(TEXT)
    assert available([tmp_path, tmp_path / "missing"]) == [("incident-response", own)]
    assert find("incident-response", [tmp_path]) == own


def test_an_unknown_name_lists_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "dns.md").write_text(TEXT)
    with pytest.raises(PlaybookError, match="one of these names: dns, incident-response"):
        find("database", [tmp_path])
    with pytest.raises(PlaybookError, match="no such playbook"):
        find("../dns.md", [tmp_path])
    with pytest.raises(PlaybookError, match="no such playbook"):
        find("a\0b" + "c" * 5000, [tmp_path])
