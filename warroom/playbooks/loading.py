"""From a text to a playbook, or to everything that is wrong with it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from warroom.assets import PLAYBOOKS
from warroom.incident.playbook import Playbook
from warroom.incident.text import printable
from warroom.playbooks.complaints import Complaint, PlaybookError
from warroom.playbooks.files import read
from warroom.playbooks.markdown import Document, Remark
from warroom.playbooks.outline import outline
from warroom.playbooks.reader import Reader

_NO_PHASES = (
    "no phases or steps, expected headings like `### Phase 1: Detection`"
    " and `#### Step 1.1: Acknowledge alert`, or headings with lists below them"
)


class Loaded(Struct, frozen=True):
    """A playbook, and what was guessed to make it one."""

    playbook: Playbook
    warnings: tuple[Complaint, ...] = ()
    source_name: str = "playbook"
    generic: bool = False  # no phase or step was found by name: headings and lists were taken as such


def load(path: Path) -> Loaded:
    """The playbook in a file."""
    return _parse(read(path), printable(path.name), printable(path.stem))


def parse(text: str, name: str = "playbook") -> Loaded:
    """The playbook that a Markdown text is. `name` is its file, and its title for want of one."""
    shown = printable(name) or "playbook"
    return _parse(text, shown, shown)


@cache
def builtin() -> Loaded:
    """The playbook that comes with warroom."""
    return load(PLAYBOOKS / "incident-response.md")


def _parse(text: str, name: str, title: str) -> Loaded:
    front, body = _without_front_matter(text.removeprefix("\ufeff"))
    document = Document(body)
    if not document.text.strip():
        raise PlaybookError([Complaint(0, "empty, expected a Markdown document", "", name)])
    taken_apart = outline(document, front or title)
    reader = Reader(document)
    playbook = reader.read(taken_apart)
    problems = [*document.problems, *reader.problems]
    other = "" if taken_apart.form else _other_format(document.text)
    if other or not taken_apart.phases:
        problems.append(Remark(0, other or _NO_PHASES))
    if problems:
        raise PlaybookError(_complaints(problems, document, name))
    warnings = tuple(_complaints([*document.warnings, *reader.warnings], document, name))
    return Loaded(playbook, warnings, name, generic=not taken_apart.form)


def _complaints(remarks: Iterable[Remark], document: Document, name: str) -> list[Complaint]:
    return [
        Complaint(line, what, printable(document.line_text(line)), name)
        for line, what in sorted(remarks, key=lambda remark: remark.line)
    ]


def _without_front_matter(text: str) -> tuple[str, str]:
    """The title that YAML front matter gives, and the text with blank lines in its place."""
    lines = text.splitlines()
    if len(lines) < 2 or lines[0].rstrip() != "---" or not lines[1].strip():
        return "", text
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), 0)
    if not end:
        return "", text
    given = (line.partition(":")[2] for line in lines[1:end] if line.startswith("title:"))
    return printable(printable(next(given, "")).strip("\"'")), "\n" * end + "\n".join(["", *lines[end + 1 :]])


def _other_format(text: str) -> str:
    """What a text without any phase looks like, if it is no Markdown at all."""
    lines = [line.strip() for line in text.splitlines()]
    said = [line for line in lines if line and not line.startswith("#") and line != "---"]
    if said and said[0][0] in "{[" and said[-1][-1] in "}]":
        return "JSON, expected a Markdown document"
    keys = sum(map(_is_key, said))
    if said and _is_key(said[0]) and not said[0].startswith("-") and keys > 0.6 * len(said):
        return "YAML, expected a Markdown document"
    return ""


def _is_key(line: str) -> bool:
    """Whether a line reads as `key: value`, be it in a list."""
    head, colon, rest = line.removeprefix("- ").partition(":")
    return bool(colon and head) and " " not in head and (not rest or rest.startswith(" "))
