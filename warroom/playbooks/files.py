"""Playbooks as files: found by name or path, read whatever their encoding."""

import codecs
from collections.abc import Sequence
from pathlib import Path

from warroom.assets import PLAYBOOKS
from warroom.incident.text import printable
from warroom.paths import expanded
from warroom.playbooks.complaints import Complaint, PlaybookError

_LARGEST = 16 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read(path: Path) -> str:
    """The text of a file."""
    name = printable(path.name)
    try:
        if not path.is_file():
            raise _refused(name, "not found, expected a Markdown file" if not path.exists() else "not a file")
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise _refused(name, f"cannot be read: {error.strerror or error}") from error
    if len(data) > _LARGEST:
        raise _refused(name, f"too large, expected at most {_LARGEST // 1024 // 1024} MB")
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8, or what their byte-order mark says."""
    mark, encoding = next(((mark, code) for mark, code in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    if encoding == "utf-8" and b"\0" in body:
        raise _refused(name, f"binary (a NUL at byte {data.index(bytes(1))}), expected Markdown text")
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        before, after = body[: error.start], body[error.start :]
        source = ""
        if encoding == "utf-8":
            around = before.rpartition(b"\n")[2] + after.partition(b"\n")[0]
            source = printable(around[:2000].decode(errors="replace"))
        line = before.decode(encoding, errors="replace").count("\n") + 1
        what = f"invalid {encoding.upper()} at byte {error.start + len(mark)}, expected UTF-8 text"
        raise PlaybookError([Complaint(line, what, source, name)]) from error


def find(name_or_path: str, folders: Sequence[Path] = ()) -> Path:
    """The file that is meant by a path or by the name of a playbook in these folders or the built-in one."""
    path = expanded(name_or_path)
    known = available(folders)
    if path.name == name_or_path and (found := _named(name_or_path, known)):
        return found
    if path.is_file():
        return path
    names = ", ".join(name for name, _ in known) or "none"
    raise _refused(
        printable(name_or_path), f"no such playbook, expected a file or one of these names: {names}"
    )


def _named(name: str, known: Sequence[tuple[str, Path]]) -> Path | None:
    wanted = name.removesuffix(".md").casefold()
    return next((path for known_name, path in known if known_name.casefold() == wanted), None)


def available(folders: Sequence[Path] = ()) -> list[tuple[str, Path]]:
    """Every playbook by name. An earlier folder hides names of a later; the built-in ones come last."""
    found: dict[str, Path] = {}
    for folder in (*folders, PLAYBOOKS):
        try:
            paths = sorted(folder.glob("*.md"))
        except OSError:
            continue
        for path in paths:
            found.setdefault(path.stem, path)
    return sorted(found.items())


def _refused(name: str, what: str) -> PlaybookError:
    return PlaybookError([Complaint(0, what, "", name)])
