"""Output that a screen reader reads well: words for signs, no columns, one fact a line."""

from collections.abc import Iterable

import click

from warroom.cli.out import table
from warroom.incident.text import printable

plain_option = click.option(
    "--plain", "aloud", is_flag=True, help="Words instead of signs and columns, for a screen reader."
)

# What a sign says that the words beside it do not.
_SIGNS = {
    "☑": "Done: ", "☐": "", "∆": "Metric: ", "◆": "Decided: ", "▲": "Mitigation: ", "→": "Assignment: ",
    " ": "Note: ",
}  # fmt: skip
_JOINTS = ((" · ", ", "), (" → ", " to "), ("~", "about "), ("…", "..."))


def line(sign: str, text: str, *, aloud: bool) -> str:
    """A fact with its sign, or with what the sign means."""
    return f"{_SIGNS.get(sign, '')}{in_words(text)}" if aloud else f"{sign} {text}"


def in_words(text: str) -> str:
    """A text without the signs that join its parts."""
    for sign, words in _JOINTS:
        text = text.replace(sign, words)
    return text


def rows(found: Iterable[tuple[str, ...]], joint: str = ", ", *, aloud: bool) -> str:
    """Rows in columns, or each as one phrase."""
    if not aloud:
        return table(found)
    return "\n".join(in_words(printable(joint.join(row))) for row in found)
