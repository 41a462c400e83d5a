"""Strings from outside, made safe to store and to show."""

import re
import unicodedata

# A whole escape sequence goes, not only its ESC: what is left of "\x1b[31m" would read "[31m".
_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d).*?(?:\x07|\x1b\\|\x9c)"  # OSC … BEL or ST
    r"|(?:\x1b[P^_X]|[\x90\x98\x9e\x9f]).*?(?:\x1b\\|\x9c)"  # DCS, PM, APC, SOS … ST
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[ -/]*[0-~]",  # two-byte and charset sequences
    re.DOTALL,
)
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Cc control, Cf format (bidirectional overrides, zero-width, tags), Cs lone surrogates, Co private use.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def printable(text: str) -> str:
    """One line of text with nothing in it that could act on a terminal.

    Escape sequences, control characters, bidirectional overrides, byte-order marks and lone
    surrogates are taken out; tabs and line ends become single spaces; the ends are trimmed.
    """
    return " ".join(printable_lines(text).split("\n")).strip()


def printable_lines(text: str) -> str:
    """The same as `printable`, for text that may keep its line ends (as `\\n`) and indentation."""
    if text.isascii() and text.isprintable():
        return text
    text = _ESCAPES.sub("", text)
    text = _LINE_ENDS.sub("\n", text).expandtabs(4)
    return unicodedata.normalize("NFC", _UNSAFE.sub("", text))
