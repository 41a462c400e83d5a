"""Lines of styled text: what panes are drawn with."""

from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len, chop_cells

from warroom.incident.text import printable

Span = tuple[str, str]  # text and its tone: a name such as "dim" or "bad dim", styled in the style sheets
Line = tuple[Span, ...]

TONES = (
    "dim",
    "accent",
    "good",
    "warn",
    "bad",
    "strong",
    "struck",
    "badge",
    "sev0",
    "sev1",
    "sev2",
    "sev3",
    "exercise",
)


def shown(text: str) -> str:
    """Text as it may reach a terminal, whatever a file held."""
    return text if text.isprintable() else printable(text)


def wrapped(text: str, width: int, most: int = 0) -> list[str]:
    """Text broken into lines of at most `width` cells, at spaces where there are any.

    With `most`, at most so many lines: the last one says how much is left.
    """
    text, width = shown(text), max(width, 4)
    if most and len(text) > width * most:
        left = len(text) - width * (most - 1)
        return [*wrapped(text[: width * (most - 1)], width)[: most - 1], f"… {left:,} more characters"]
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    line, length = "", 0
    for word in text.split(" "):
        size = cell_len(word)
        if line and length + 1 + size <= width:
            line, length = f"{line} {word}", length + 1 + size
            continue
        if line:
            lines.append(line)
        if size > width:
            *full, rest = chop_cells(word, width)
            lines += full
            line, length = rest, cell_len(rest)
        else:
            line, length = word, size
    lines.append(line)
    return lines


def flowed(line: Line, width: int) -> list[Line]:
    """A line broken as `wrapped` breaks its text, every part in its own tone."""
    whole = "".join(shown(text) for text, _ in line)
    tones = [tone for text, tone in line for _ in shown(text)]
    lines: list[Line] = []
    at = 0
    for text in wrapped(whole, width):
        at = whole.index(text, at)  # behind the space at which it was broken
        parts = groupby(zip(text, tones[at:], strict=False), key=itemgetter(1))
        lines.append(tuple(("".join(sign for sign, _ in part), tone) for tone, part in parts))
        at += len(text)
    return lines


def clipped(text: str, width: int) -> str:
    """Text that fits into `width` cells, with an ellipsis where it does not."""
    text = shown(text)
    if cell_len(text) <= width:
        return text
    return f"{chop_cells(text, max(width - 1, 1))[0]}…" if width > 0 else ""


def spread(left: Line, right: Line, width: int) -> Line:
    """A line with one part at either end; the left one is clipped when both do not fit."""
    space = width - sum(cell_len(text) for text, _ in right)
    kept: list[Span] = []
    for text, tone in left:
        room = space - 1 - sum(cell_len(t) for t, _ in kept)
        if room <= 0:
            break
        kept.append((clipped(text, room), tone))
    gap = space - sum(cell_len(text) for text, _ in kept)
    return (*kept, (" " * max(gap, 0), ""), *right)


def without_start(line: Line, width: int) -> Line:
    """A line without its first cells; a sign of two cells that is cut through leaves a space."""
    kept: list[Span] = []
    for text, tone in line:
        while width > 0 and text:
            width -= cell_len(text[0])
            text = text[1:]  # noqa: PLW2901 - what is left of it
        kept.append((" " * -width + text, tone))
        width = max(width, 0)
    return tuple(kept)
