"""Hints: what to press, such as "{accept} saves · {leave-dialog} leaves"; a click on the words presses it."""

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widgets import Static

from warroom.console.key_names import named
from warroom.console.rows import shown

if TYPE_CHECKING:
    from warroom.console.app import Console

_BETWEEN = " · "
_KEY = "press"  # under which a part of a hint knows its key


def parts(hint: str) -> list[tuple[str, str]]:
    """The parts of a hint, each with the key that it begins with; "" where that is no key."""
    words = [(part, named(part.partition(" ")[0]) or "") for part in hint.split(_BETWEEN)]
    return [part for word in words for part in ((_BETWEEN, ""), word)][1:]


class Hint(Static):
    """The last line of a dialog: what stands to be said, and what to press."""

    def __init__(self, press: str, said: str = "") -> None:
        super().__init__(markup=False, classes="dialog-hint")
        self._press = press
        self._said = said

    def on_mount(self) -> None:
        """With the keys that are in force."""
        self.say(self._said)

    def say(self, what: str, press: str = "") -> None:
        """Say something before what to press, or what else to press from now on."""
        self._press = press or self._press
        self.update(_buttons(what, cast("Console", self.app).keymap.said(self._press)))

    def on_click(self, event: Click) -> None:
        """The key whose words were clicked is pressed, once, in its turn after those before it."""
        if event.chain == 1 and (key := event.style.meta.get(_KEY)):
            cast("Console", self.app).press(key)


def _buttons(said: str, press: str) -> Content:
    """What is said is only words: no key is looked for in it."""
    before = [shown(said), _BETWEEN] if said else []
    return Content.assemble(
        *before, *((words, Style.from_meta({_KEY: key}) if key else "") for words, key in parts(press))
    )
