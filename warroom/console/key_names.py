"""What keys are called: by Textual, by whoever writes them into the settings, and on the screen."""

import re
import unicodedata

_NAMED = {
    "space", "enter", "tab", "escape", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown",
    "up", "down", "left", "right", *(f"f{number}" for number in range(1, 25)),
}  # fmt: skip
_SHORT = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
_MODIFIERS = re.compile(r"(?:(?:ctrl|alt|shift)\+)*")
# Textual's own names; every other sign goes by its Unicode name.
_CALLED = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_SHOWN = {
    "escape": "esc", "left": "←", "right": "→", "down": "↓", "up": "↑", "pagedown": "PgDn", "pageup": "PgUp",
}  # fmt: skip


def named(typed: str) -> str | None:
    """A key as Textual calls it, from what a person writes; None if it is no key."""
    before = match[0] if (match := _MODIFIERS.match(typed)) else ""
    rest = typed[len(before) :]
    if len(rest) == 1 and rest.isprintable():
        return before + _of_sign(rest)
    name = _SHORT.get(rest.casefold(), rest.casefold())
    return before + name if name in _NAMED or name in _SIGNS else None


def written(name: str) -> str:
    """A key as a person writes it."""
    before = match[0] if (match := _MODIFIERS.match(name)) else ""
    rest = name[len(before) :]
    return before + _SIGNS.get(rest, rest)


def shown(name: str) -> str:
    """A key as it stands on the screen."""
    return _SHOWN.get(name) or written(name)


def _of_sign(sign: str) -> str:
    if sign.isalnum():
        return sign
    name = unicodedata.name(sign, sign).casefold().replace("-", "_").replace(" ", "_")
    return _CALLED.get(name, name)


_SIGNS = {_of_sign(sign): sign for sign in map(chr, range(33, 127))}  # those of every keyboard
