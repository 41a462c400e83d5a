"""A pane: a bordered list, drawn line by line, of which only what is visible is ever laid out."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, MouseEvent, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from warroom.console.keys import KEYS, Place, keys_of
from warroom.console.rows import TONES, Line, flowed, shown, without_start
from warroom.incident.incident import Incident

if TYPE_CHECKING:
    from warroom.console.app import Console
    from warroom.console.remap import Keymap

_THUMB = "┃"
_FAR = 500  # rows; more do not come in between at once
_BUSY = 1.5  # seconds that may lie between the two clicks of one double click until both are looked at
_ACTIONS = frozenset(key.action for key in KEYS)


def bindings(place: Place) -> list[BindingType]:
    """The Textual bindings of a place, from the registry.

    They have priority, so that a key acts before the next one is looked at: otherwise it would go
    to the focused widget and come back only after what was typed behind it. `typing` keeps them
    from acting while a line of text has the focus.
    """
    return [
        Binding(
            key.key or key.unbound,
            key.action,
            key.label,
            id=key.id,
            show=False,
            tooltip=key.does,
            priority=True,
        )
        for key in keys_of(place)
    ]


def typing(screen: Screen[Any]) -> bool:
    """Whether keys are text just now."""
    return isinstance(screen.focused, Input)


def is_text(action: str, screen: Screen[Any]) -> bool:
    """Whether the key of an act is text just now."""
    return action in _ACTIONS and typing(screen)


class Drawn(Widget):
    """A widget drawn from lines of spans, in the tones of the style sheets."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tone--{tone}" for tone in TONES} | {"tone--cursor"}

    def notify_style_update(self) -> None:
        """Forget the resolved tones when the theme changes."""
        super().notify_style_update()
        self._tones: dict[str, Style] = {}

    def tone(self, names: str) -> Style:
        """The style of one or more tones, the later over the earlier."""
        cached = self.__dict__.setdefault("_tones", {})
        if names not in cached:
            classes = [f"tone--{name}" for name in names.split()]
            cached[names] = self.get_component_rich_style(*classes, partial=True) if classes else Style.null()
        return cached[names]  # type: ignore[no-any-return]

    @property
    def console(self) -> "Console":
        """The app, by its own type."""
        return cast("Console", self.app)

    @property
    def keymap(self) -> "Keymap":
        """The keys that are in force."""
        return self.console.keymap

    def strip(self, line: Line, width: int, under: str = "") -> Strip:
        """One line as a strip of exactly `width` cells, over the tone `under`."""
        base = self.rich_style + self.tone(under) if under else self.rich_style
        # The terminal's own colours, reversed, would each lie under their own text.
        over = self.tone(under) if under and self.app.native_ansi_color else Style.null()
        segments = [Segment(shown(text), base + self.tone(names) + over) for text, names in line]
        return Strip(segments).adjust_cell_length(width, base)


class Pane(Drawn, can_focus=True):
    """A list with a cursor. Subclasses say how many rows there are and how each reads."""

    BINDINGS = bindings("pane")
    title = ""
    empty = ""  # what to do when there is nothing here yet
    follows = False  # whether the cursor stays on the last row while it is there

    now: var[datetime | None] = var(None)
    incident: var[Incident | None] = var(None, always_update=True)
    cursor: var[int] = var(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of a pane are text while a line is being typed."""
        return not is_text(action, self.screen)

    class Moved(Message):
        """The cursor is on another row."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._top = 0
        self.number = ""  # the key that goes to this pane, in its title
        self._labels: dict[int | None, str] = {}  # of rows, and of the pane itself, while one jumps
        self._clicked_at = 0.0  # when a row was, with the first click of perhaps two
        self._layout: list[tuple[int, Line]] | None = None
        self._laid_out_for = Size(0, 0)
        self._heading = ("", "")
        self._painting_border = False
        self._thumb_painted = range(0)
        self._painted: dict[int, tuple[Line, str]] = {}  # what each line of the pane showed last

    # ── what a subclass says ───────────────────────────────────────────────────────────────────

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> list[Line]:
        """A row as one or more lines of at most `width` cells."""
        raise NotImplementedError

    def update(self, incident: Incident) -> None:
        """Take in what is so now, before being drawn."""

    def heading(self) -> tuple[str, str]:
        """The border's title and what stands at its right end."""
        return self.title, ""

    def why_not(self, key_id: str) -> str | None:
        """Why a key of this pane does nothing now; None if it does something."""
        return None

    def identity(self, index: int) -> object:
        """What tells a row from all others wherever it stands: there the cursor stays."""
        return index

    # ── following the incident ─────────────────────────────────────────────────────────────────

    def watch_incident(self, incident: Incident | None) -> None:
        """Draw the new incident."""
        if incident is None:
            return
        before, count = self.cursor, self.count()
        at_end = self.follows and before >= count - 1
        kept = self.identity(before) if before < count else None
        self.update(incident)
        last = max(self.count() - 1, 0)
        place = last if at_end else min(self.cursor, last)
        if not at_end and self.cursor == before and kept is not None:
            place = self._place_of(kept, place)
        self.set_reactive(Pane.cursor, place)
        self.redraw()

    def _place_of(self, kept: object, near: int) -> int:
        """Where a row stands now; what is gone, or was moved far away, leaves its place to another."""
        count = self.count()
        for distance in range(min(count, _FAR)):
            for place in (near + distance, near - distance):
                if 0 <= place < count and self.identity(place) == kept:
                    return place
        return near

    def redraw(self) -> None:
        """Lay out again, and paint what reads differently now."""
        title, right = self.heading()
        heading = (f"{self._labels.get(None, self.number)} {title}".lstrip(), right)
        if heading != self._heading:
            self._heading = heading
            self._painting_border = True
            self.border_title, self.border_subtitle = heading
            self._painting_border = False
        self._layout = None
        self._repaint()

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Paint again; Textual would paint all of a widget whose title changed."""
        if self._painting_border and not regions:
            width, height = self.content_size
            regions = (Region(-1, -1, width + 2, 1), Region(-1, height, width + 2, 1))
        return super().refresh(*regions, **how)

    def watch_cursor(self) -> None:
        """Draw the cursor where it is now."""
        self._layout = None
        self._repaint()
        self.post_message(self.Moved())

    def _repaint(self) -> None:
        """Paint the lines that read differently from what was last painted there."""
        width, height = self.content_size
        stale = [y for y in range(height) if self._painted.get(y) != self._says(y)]
        if stale:
            self.refresh(*(Region(0, y, width, 1) for y in stale))
        thumb = self._thumb()
        if thumb != self._thumb_painted:
            self._thumb_painted = thumb
            self.refresh(Region(width - (not self.gutter.right), 0, 1, height))

    def go_to(self, index: int) -> None:
        """Put the cursor on a row that exists."""
        self.cursor = max(0, min(index, self.count() - 1))

    # ── drawing ────────────────────────────────────────────────────────────────────────────────

    def on_resize(self, _: Resize) -> None:
        """Lay out again for the new size."""
        self._layout = None
        self._repaint()

    def in_view(self) -> list[tuple[int, Line]]:
        """The rows' lines that are in view: row number and line, from the top."""
        size = self.content_size
        # It is painted before it hears of a new size, and laid out before it has any.
        if not self._layout or self._laid_out_for != size:
            self._layout = self._lay_out(size.width, size.height)
            self._laid_out_for = size
        return self._layout

    def rows_in_view(self) -> list[int]:
        """The rows of which something is in view, from the top."""
        return list(dict.fromkeys(index for index, _ in self.in_view()))

    def show_labels(self, labels: dict[int | None, str]) -> None:
        """Show labels before rows, and under None before the title."""
        self._labels = labels
        self.redraw()

    def _lay_out(self, width: int, height: int) -> list[tuple[int, Line]]:
        count = self.count()
        if width <= 0 or height <= 0:
            return []
        if not count:
            said = flowed(self.keymap.told(self.empty), width - 2) if self.empty else []
            return [(-1, ((" ", ""), *line)) for line in said[:height]]
        rows: dict[int, list[Line]] = {}

        def lines(index: int) -> list[Line]:
            if index not in rows:
                rows[index] = self.row(index, width)[:height]
            return rows[index]

        cursor = min(self.cursor, count - 1)
        lowest, used = (
            cursor,
            len(lines(cursor)),
        )  # the lowest top from which the cursor's row is in view whole
        while lowest and used + len(lines(lowest - 1)) <= height:
            lowest -= 1
            used += len(lines(lowest))
        top = max(min(self._top, cursor), lowest)
        filled = sum(len(lines(i)) for i in range(top, min(top + height, count)))
        while top and filled + len(lines(top - 1)) <= height:  # no empty space below while rows are above
            top -= 1
            filled += len(lines(top))
        self._top = top
        shown: list[tuple[int, Line]] = []
        for index in range(top, count):
            shown += [(index, line) for line in lines(index)]
            if len(shown) >= height:
                break
        return shown[:height]

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        self._painted[y] = line, under = self._says(y)
        return self.strip(line, self.content_size.width, under)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The pane with its border, on which a bar says which part of a longer list is in view."""
        strips = super().render_lines(crop)
        thumb, edge = self._thumb(), self.gutter.right
        width = self.content_size.width + self.gutter.width
        if not thumb or crop.right < width:
            return strips
        tone = self.tone("accent" if self.has_focus else "dim")
        bar = Strip([Segment(_THUMB, self.rich_style + tone)], 1)
        for each in self.get_line_filters():
            bar = bar.apply_filter(each, self.background_colors[1])
        for line, y in enumerate(range(crop.y - self.gutter.top, crop.bottom - self.gutter.top)):
            rest, last = strips[line].divide([crop.width - 1, crop.width])
            if y in thumb and (edge or last.text == " "):
                strips[line] = Strip.join([rest, bar])
        return strips

    def _thumb(self) -> range:
        """The lines beside which the bar stands; none if the whole list is in view."""
        rows, count, height = self.rows_in_view(), self.count(), self.content_size.height
        if not rows or len(rows) >= count:
            return range(0)
        size = max(height * len(rows) // count, 1)
        top = (height - size) * rows[0] // (count - len(rows))
        return range(top, top + size)

    def _says(self, y: int) -> tuple[Line, str]:
        """What a line of the pane reads, and the tone that lies under it."""
        lines = self.in_view()
        if y >= len(lines):
            return (), ""
        index, line = lines[y]
        label = self._labels.get(index)
        if label and (not y or lines[y - 1][0] != index):
            line = ((label, "badge accent"), *without_start(line, len(label)))
        return line, "cursor" if index == self.cursor and self.shows_cursor else ""

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor is to be seen: only one pane has it."""
        return self.has_focus

    # ── moving ─────────────────────────────────────────────────────────────────────────────────

    def action_down(self) -> None:
        """One row down."""
        self.go_to(self.cursor + 1)

    def action_up(self) -> None:
        """One row up."""
        self.go_to(self.cursor - 1)

    def action_page_down(self) -> None:
        """As many rows down as are in view."""
        self.go_to(self.cursor + self._page())

    def action_page_up(self) -> None:
        """As many rows up as are in view."""
        self.go_to(self.cursor - self._page())

    def action_first(self) -> None:
        """To the first row."""
        self.go_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.go_to(self.count() - 1)

    def _page(self) -> int:
        return max(len({index for index, _ in self.in_view()}) - 1, 1)

    # ── the mouse ──────────────────────────────────────────────────────────────────────────────

    def on_click(self, event: Click) -> None:
        """A row was clicked."""
        offset = event.get_content_offset(self)
        lines = self.in_view()
        if offset is None or offset.y >= len(lines) or (index := lines[offset.y][0]) < 0:
            return
        self.clicked(index, event)

    def clicked(self, index: int, event: Click) -> None:
        """A click puts the cursor there; a double click does what enter does."""
        ours = event.time - self._clicked_at < _BUSY  # else the first was for a dialog that it closed
        if event.chain == 2 and ours:
            self.act_on_click()
        elif event.chain <= 2:
            self.go_to(index)
        self._clicked_at = event.time if event.chain == 1 else 0.0

    def act_on_click(self) -> None:
        """What a double click does."""

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Three rows further."""
        self._scroll(event, 3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Three rows back."""
        self._scroll(event, -3)

    def _scroll(self, event: MouseEvent, by: int) -> None:
        """Show other rows, the cursor staying in view; where all are, a wheel moves nothing."""
        rows = self.rows_in_view()
        if len(rows) >= self.count():
            return
        event.stop()
        self._top = max(rows[0] + by, 0)
        at_end = rows[0] == 0 if by < 0 else rows[-1] == self.count() - 1
        within = min(self.cursor, rows[-1] + by) if by < 0 else max(self.cursor, rows[0] + by)
        self.go_to(self.cursor + by if at_end else within)
        self.redraw()
