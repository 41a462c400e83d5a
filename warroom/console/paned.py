"""A screen of panes: side by side where there is room for all, else one of them behind tabs."""

from functools import partialmethod

from textual.events import DescendantFocus, Resize

from warroom.console.key_line import KeyLine
from warroom.console.keyed import Keyed
from warroom.console.keys import Place, keys_of
from warroom.console.pane import Pane, typing
from warroom.console.pane_tabs import PaneTabs

PANES: tuple[Place, ...] = ("checklist", "timeline", "decisions", "action-items", "team", "impact")
_WIDE, _HIGH = 100, 28  # from this size on, all panes are shown at once


class Paned(Keyed[None]):
    """Panes to go round in, by number, tab or click; the line of keys is that of the one in focus."""

    def __init__(self) -> None:
        super().__init__()
        self.pane: str = PANES[0]  # the one that is current, also while a line is being typed
        self._greyed: list[str] = []  # keys of the pane in focus that do nothing where its cursor is

    def on_mount(self) -> None:
        """Each pane says in its title which number goes to it."""
        for number, name in enumerate(PANES, 1):
            pane = self.query_one(f"#{name}", Pane)
            pane.number = self.console.keymap[f"pane-{number}"].shown
            if pane.incident is not None:
                pane.redraw()

    def on_resize(self, _: Resize) -> None:
        """Panes become tabs where there is no room for all."""
        self.fold_panes()

    def fold_panes(self) -> None:
        """Show all panes, or the current one alone."""
        narrow = self.app.size.width < _WIDE or self.app.size.height < _HIGH
        self.set_class(narrow, "-narrow")
        self.set_class(self.app.size.height < 16, "-low")
        self._show_current()

    def _show_current(self) -> None:
        for name in PANES:
            pane = self.query_one(f"#{name}", Pane)
            pane.set_class(name == self.pane, "-current")
        self.query_one("#side").set_class(self.pane in PANES[2:], "-current")
        for tabs in self.query(PaneTabs):
            tabs.current = self.pane

    def focus_pane(self, name: str) -> None:
        """Go to a pane, at once, so that the next key is already its own."""
        self.pane = name
        self._show_current()
        self.set_focus(self.query_one(f"#{name}"))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the pane that has the focus, and its keys."""
        if event.widget.id in PANES and event.widget.id != self.pane:
            self.pane = str(event.widget.id)
            self._show_current()
        self._show_keys()

    @property
    def place(self) -> Place | None:
        """The pane that has the keys."""
        focused = self.focused.id if self.focused is not None else None
        return next((name for name in PANES if name == focused), None)

    def _show_keys(self) -> None:
        line = self.query_one(KeyLine)
        place = self.place
        room = [key for key in (*keys_of("room"), *keys_of("anywhere")) if key.footer]
        own = [key for key in keys_of(place) if key.footer] if place else []
        line.keys = [*room[:1], *own, *room[1:]]
        if not typing(self):
            line.hint = ("", "")

    def on_pane_moved(self, _: Pane.Moved) -> None:
        """What can be done with another row may be something else."""
        place = self.place
        own = keys_of(place) if place else ()
        greyed = [key.id for key in own if key.footer and self.why_not(key)]
        if greyed != self._greyed:
            self._greyed = greyed
            self.query_one(KeyLine).refresh()

    def action_zoom(self) -> None:
        """One pane, or all."""
        self.toggle_class("-zoomed")

    def action_jump(self) -> None:
        """Labels over panes and rows: typing one goes there."""
        from warroom.console.jump import Jump, arrived

        panes = [self.query_one(f"#{name}", Pane) for name in PANES]
        self.app.push_screen(Jump(panes), arrived(lambda pane: self.focus_pane(str(pane.id))))

    # ── from pane to pane ──────────────────────────────────────────────────────────────────────

    action_pane_1 = partialmethod(focus_pane, PANES[0])
    action_pane_2 = partialmethod(focus_pane, PANES[1])
    action_pane_3 = partialmethod(focus_pane, PANES[2])
    action_pane_4 = partialmethod(focus_pane, PANES[3])
    action_pane_5 = partialmethod(focus_pane, PANES[4])
    action_pane_6 = partialmethod(focus_pane, PANES[5])

    def action_next_pane(self) -> None:
        """The next pane."""
        self._turn(1)

    def action_previous_pane(self) -> None:
        """The pane before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        self.focus_pane(PANES[(PANES.index(self.pane) + by) % len(PANES)])

    def on_pane_tabs_chosen(self, event: PaneTabs.Chosen) -> None:
        """A tab was clicked."""
        self.focus_pane(event.name)
