"""Drafts: what is being typed is kept, so that a crash does not take it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen
from textual.timer import Timer

if TYPE_CHECKING:
    from warroom.console.app import Console

_AFTER = 0.5  # seconds from a key until a draft is kept


class Draft:
    """The words of one line or dialog of a screen, under a name of their own."""

    def __init__(self, screen: Screen[Any], name: str, words: Callable[[], Any]) -> None:
        self._screen = screen
        self._name = name
        self._words = words
        self._kept: Any = ""
        self._timer: Timer | None = None

    @property
    def _console(self) -> "Console":
        return cast("Console", self._screen.app)

    def restore(self) -> Any:
        """What was kept last; "" when there is nothing."""
        self._kept = self._console.recall(self._name) or ""
        return self._kept

    def keep(self) -> None:
        """Keep the words as they are now."""
        self._timer = None
        words = self._words()
        if words != self._kept:
            self._kept = words
            self._console.remember(self._name, words or None)

    def keep_soon(self) -> None:
        """Keep the words in a moment, with whatever is typed until then."""
        if self._timer is None:
            self._timer = self._screen.set_timer(_AFTER, self.keep)
