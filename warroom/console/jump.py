"""Jump: every pane and every row in view gets a label, and typing one goes there."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

from textual.events import Click
from textual.events import Key as KeyEvent
from textual.screen import ModalScreen

from warroom.console.pane import Pane

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"  # those under the fingers first


class Target(NamedTuple):
    """A place to jump to; without a row it is the pane itself."""

    pane: Pane
    row: int | None = None


class Jump(ModalScreen[Target | None], inherit_bindings=False):
    """Shows labels over the screen below until one was typed, or something that is none."""

    def __init__(self, panes: Sequence[Pane]) -> None:
        super().__init__()
        self._panes = [pane for pane in panes if pane.region.area]
        rows = [Target(pane, row) for pane in self._panes for row in pane.rows_in_view() if row >= 0]
        self.targets = dict(zip(labels(len(rows)), rows, strict=False))
        self.targets |= {str(n): Target(pane) for n, pane in enumerate(panes, 1)}
        self._typed = ""
        for pane in self._panes:
            own = {target.row: label for label, target in self.targets.items() if target.pane is pane}
            pane.show_labels(own)

    def on_unmount(self) -> None:
        """The labels go."""
        for pane in self._panes:
            pane.show_labels({})

    def on_key(self, event: KeyEvent) -> None:
        """One more letter of a label."""
        event.stop()
        event.prevent_default()
        self._typed += (event.character or "").lower() or event.key
        if self._typed in self.targets:
            self.dismiss(self.targets[self._typed])
        elif not any(label.startswith(self._typed) for label in self.targets):
            self.dismiss(None)

    def on_click(self, _: Click) -> None:
        """Whoever has a mouse needs no labels."""
        self.dismiss(None)


def labels(count: int) -> list[str]:
    """So many labels, all of the same length, so that none is the beginning of another."""
    length = 1
    while len(_LETTERS) ** length < count:
        length += 1
    return [
        "".join(letters) for letters, _ in zip(product(_LETTERS, repeat=length), range(count), strict=False)
    ]


def arrived(go: Callable[[Pane], None]) -> Callable[[Target | None], None]:
    """What follows a jump: go to the pane in the screen's own way, then to the row."""

    def then(target: Target | None) -> None:
        if target is not None:
            go(target.pane)
            if target.row is not None:
                target.pane.go_to(target.row)

    return then
