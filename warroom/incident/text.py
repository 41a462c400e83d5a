"""Strings from outside, made safe to store and to show."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby, islice

# A whole escape sequence goes, not only its ESC: what is left of "\x1b[31m" would read "[31m". Where the
# end of a sequence is missing only its beginning goes, so that no words are lost. A control character
# ends every search, which keeps the time linear for any input.
_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC … BEL or ST
    r"|(?:\x1b[P^_X]|[\x90\x98\x9e\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x1b\\|\x9c)"  # DCS, PM, APC, SOS … ST
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[ -/]*[0-~]"  # two-byte and charset sequences
)
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Control characters; bidirectional marks and overrides; what has no width of its own (joiners stay, scripts
# and emoji need them); tags; lone surrogates; what Unicode says is no character.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_MOST_MARKS = 30  # on one letter, as Unicode's stream-safe format has it


def printable(text: str) -> str:
    """One line of text with nothing in it that could act on a terminal.

    Escape sequences, control characters, bidirectional overrides, byte-order marks and lone
    surrogates are taken out; tabs and line ends become single spaces; the ends are trimmed.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return printable_lines(text.replace("\t", " ")).replace("\n", " ").strip()


def printable_lines(text: str) -> str:
    """The same as `printable`, for text that may keep its line ends (as `\\n`) and indentation."""
    if text.isascii() and text.isprintable():
        return text
    text = _ESCAPES.sub("", text)
    text = _LINE_ENDS.sub("\n", text).expandtabs(4)
    return _composed(_UNSAFE.sub("", text))


def _composed(text: str) -> str:
    """Text in the one form (NFC) in which what looks alike is alike."""
    if unicodedata.is_normalized("NFC", text):
        return text
    # Putting the marks on a letter in order takes time by the square of their number.
    return unicodedata.normalize("NFC", "".join(_few_marks(text)))


def _few_marks(text: str) -> Iterator[str]:
    for marks, run in groupby(text, key=lambda char: unicodedata.combining(char) > 0):
        yield from islice(run, _MOST_MARKS if marks else None)
