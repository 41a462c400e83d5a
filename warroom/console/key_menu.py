"""The menu of keys: help and palette list what can be done, say why it cannot, and do it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from warroom.console.dialogs import Choice, Menu
from warroom.console.keys import KEYS, Key

if TYPE_CHECKING:
    from warroom.console.lobby import Lobby
    from warroom.console.war_room import WarRoom


def offer_keys(
    screen: "Lobby | WarRoom",
    title: str,
    keys: Sequence[Key],
    run: Callable[[Key], None],
    more: Mapping[str, Callable[[], None]] | None = None,
) -> None:
    """Let one of these keys, or of `more` that has none, be searched for and run."""
    besides = more or {}
    shown = {key.id: screen.console.keymap[key.id].shown for key in keys}
    choices = [Choice(key.id, key.label, shown[key.id], key.does, screen.why_not(key) or "") for key in keys]
    choices += [Choice(name, name) for name in besides]

    def chosen(choice: str | None) -> None:
        if choice is None:
            return
        if choice in besides:
            besides[choice]()
        else:
            screen.call_later(run, _BY_ID[choice])

    screen.app.push_screen(Menu(title, choices, search=True), chosen)


_BY_ID = {key.id: key for key in KEYS}
