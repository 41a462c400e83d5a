"""A screen whose keys are the registry's: it lists them, carries them out, and says why one cannot be."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode
from textual.screen import Screen, ScreenResultType

from warroom.console.keys import Key, Place, keys_of
from warroom.console.pane import bindings, is_text

if TYPE_CHECKING:
    from warroom.console.app import Console


class Keyed(Screen[ScreenResultType], inherit_bindings=False):
    """A screen with the keys of one or more places, and none besides."""

    BINDINGS = bindings("anywhere")

    @property
    def console(self) -> "Console":
        """The app, by its own type."""
        return cast("Console", self.app)

    # ── what a screen says ─────────────────────────────────────────────────────────────────────

    def places(self) -> Sequence[Place]:
        """The places whose keys act here now, the nearest first."""
        return ("anywhere", "app")

    def acts(self) -> Sequence[Key]:
        """What is to be done here or from here, for the palette."""
        return self.keys_here()

    def why_not(self, key: Key) -> str | None:
        """Why an act cannot be done now; None if it can."""
        if key.id == "copy-selected" and not self.get_selected_text():
            return self.console.keymap.said("Nothing is selected with the mouse. {quit} quits.")
        return None

    def owner(self, place: Place) -> DOMNode:
        """Who carries out the acts of a place, made ready for it."""
        return self.app if place == "app" else self

    # ── what comes of it ───────────────────────────────────────────────────────────────────────

    def keys_here(self) -> list[Key]:
        """The keys that act here now."""
        return [key for place in self.places() for key in keys_of(place)]

    async def run(self, key: Key) -> None:
        """Carry out an act as if its key had been pressed."""
        await self.app.run_action(key.action, self.owner(key.place))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is being typed, keys are text."""
        return not is_text(action, self)

    def action_help(self) -> None:
        """The keys of this place."""
        from warroom.console.key_menu import offer_keys

        offer_keys(self, "Keys", self.keys_here())

    def action_palette(self) -> None:
        """Every act."""
        from warroom.console.key_menu import offer_keys

        offer_keys(self, "Commands", self.acts(), self.more_commands())

    def more_commands(self) -> dict[str, Callable[[], None]]:
        """What the palette offers besides keys."""
        return self.console.more_commands()
