"""The menu of keys: help and palette list what can be done, say why it cannot, and do it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from warroom.console.dialogs import Choice, Menu
from warroom.console.keyed import Keyed
from warroom.console.keys import Key


def offer_keys(
    screen: Keyed[Any],
    title: str,
    keys: Sequence[Key],
    more: Mapping[str, Callable[[], None]] | None = None,
) -> None:
    """Let one of these keys, or of `more` that has none, be searched for and run."""
    besides = more or {}
    offered = {key.id: key for key in keys}
    choices = [_choice(screen, key) for key in offered.values()]
    choices += [Choice(name, name) for name in besides]

    def chosen(choice: str | None) -> None:
        if choice is not None and choice in offered:
            screen.call_later(screen.run, offered[choice])
        elif choice is not None:
            besides[choice]()

    screen.app.push_screen(Menu(title, choices, search=True), chosen)


def _choice(screen: Keyed[Any], key: Key) -> Choice:
    pressed = screen.console.keymap[key.id]
    return Choice(
        key.id,
        key.label,
        pressed.all_shown if pressed.key else "",
        key.does,
        screen.why_not(key) or "",
    )
