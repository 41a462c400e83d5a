"""Output that a screen reader reads well: words for signs, no columns, one fact a line."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from warroom.cli.out import table
from warroom.incident.text import printable

if TYPE_CHECKING:
    from warroom.playbooks.markdown import Block

DRAWING = "text"  # the kind of code block in which a sparkline stands

plain_option = click.option(
    "--plain", "aloud", is_flag=True, help="Words instead of signs and columns, for a screen reader."
)

# What a sign says that the words beside it do not.
_SIGNS = {
    "☑": "Done: ", "∆": "Metric: ", "◆": "Decided: ", "▲": "Mitigation: ", "→": "Assignment: ", " ": "Note: ",
}  # fmt: skip
_JOINTS = (("From → to", "from"), (" · ", ", "), (" → ", " to "), ("…", "..."))
_ABOUT = re.compile(r"~(?=[$€£]?\d)")  # ~5,000, and not ~/logs


def line(sign: str, text: str, *, aloud: bool) -> str:
    """A fact with its sign, or with what the sign means."""
    return f"{_SIGNS.get(sign, '')}{in_words(text)}" if aloud else f"{sign} {text}"


def in_words(text: str) -> str:
    """A text without the signs that join its parts."""
    for sign, words in _JOINTS:
        text = text.replace(sign, words)
    return _ABOUT.sub("about ", text)


def rows(found: Iterable[tuple[str, ...]], joint: str = ", ", *, aloud: bool) -> str:
    """Rows in columns, or each as one phrase; a row may be short."""
    if aloud:
        return "\n".join(in_words(printable(joint.join(filter(None, row)))) for row in found)
    rows = list(found)
    width = max(map(len, rows), default=0)
    return table(row if len(row) == width else (*row, *("",) * (width - len(row))) for row in rows)


def document(markdown: str, *, aloud: bool) -> str:
    """A Markdown text as it stands, or read: a line for each point, and with each cell what it means."""
    if not aloud:
        return markdown.rstrip("\n")
    from warroom.playbooks.markdown import Document  # costs a Markdown parser

    parts = ("\n".join(_read(block)) for block in Document(markdown).blocks())
    return in_words("\n\n".join(filter(None, parts)))


def _read(block: "Block") -> Iterator[str]:
    from warroom.playbooks import markdown

    match block:
        case markdown.Heading(text=text):
            yield text
        case markdown.Text(lead=lead, fields=fields):
            yield from filter(None, (lead, *(f"{field.label}: {field.value}" for field in fields)))
        case markdown.Listing(items=items, start=start):
            for number, item in enumerate(items, start):
                yield f"{number}. {item.text}" if start else item.text
                yield from filter(None, item.detail.split("\n"))
        case markdown.Table(headers=headers, rows=found):
            for row in found:
                cells = ((head, cell) for head, cell in zip(headers, row.cells, strict=True) if cell)
                yield ", ".join(f"{head}: {cell}" if head else cell for head, cell in cells)
        case markdown.Code(content=content, info=info) if info != DRAWING:
            yield content.rstrip("\n")
        case markdown.Other(source=source):
            yield source
