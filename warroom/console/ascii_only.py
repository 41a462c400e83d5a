"""Signs for terminals that know only ASCII, or little more: each as wide as the one that it stands for."""

import unicodedata
from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    # what becomes of an action or an item
    "☐": "_", "☑": "x", "☒": "/", "◇": "o", "◆": "*", "✔": "x", "✓": "v", "✗": "X",
    # what an entry of the timeline is
    "●": "*", "■": "#", "▲": "!", "★": "*", "☎": "@", "✉": "=", "✎": "~", "✚": "+", "◎": "o", "∆": "d",
    "⇧": "^", "⇒": ">", "⟳": "%", "↺": "<", "↶": "<", "≡": "=", "◷": "@",
    # what leads on
    "›": ">", "‹": "<", "▸": ">", "▾": "v", "→": ">", "←": "<", "↑": "^", "↓": "v", "⏎": "|",
    # borders and bars
    "▌": "[", "▐": "]", "─": "-", "━": "-", "│": "|", "┃": "#",
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"), **dict.fromkeys("▁▂▃▄▅▆▇█▔▕▏▎▍▋▊▉", "#"),
    # what words are written with
    "·": "-", "…": "~", "–": "-", "—": "-", "•": "*", "×": "x", "“": '"', "”": '"', "„": '"',
    "‘": "'", "’": "'", "€": "E", "£": "L",
}  # fmt: skip


# What every font of the Linux console has; most hold 256 signs, and the kernel's own those of the first PC.
_IN_EVERY_FONT = "·•←↑→↓─│┌┐└┘├┤┬┴┼█■▲£"
_SQUARE = dict(zip("╭╮╰╯━┃", "┌┐└┘─│", strict=True))


class _Table(dict[int, str]):
    """What each character becomes; one that nobody thought of loses its accents, or is a question mark."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
        width = cell_len(sign)
        self[code] = found = sign if sign.isascii() else plain if len(plain) == width else "?" * width
        return found


_TABLE = _Table({ord(sign): ascii_sign for sign, ascii_sign in _SIGNS.items()})
_FEW = str.maketrans(
    {sign: _SQUARE.get(sign, plain) for sign, plain in _SIGNS.items() if sign not in _IN_EVERY_FONT}
)


def in_ascii(text: str) -> str:
    """A text in ASCII, cell for cell."""
    return text if text.isascii() else text.translate(_TABLE)


def in_few_signs(text: str) -> str:
    """A text with those of our signs that a Linux console can show; letters stay what they are."""
    return text if text.isascii() else text.translate(_FEW)


class Plainer(LineFilter):
    """Puts every line that is about to be painted into plainer signs."""

    def __init__(self, plainer: Callable[[str], str]) -> None:
        super().__init__()
        self._plainer = plainer

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """One line."""
        return [Segment(self._plainer(text), style, control) for text, style, control in segments]
