"""The lobby: every incident, active ones first with their clocks running; declare, open, search, drill."""

from datetime import datetime
from functools import partial

from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.events import DescendantFocus
from textual.reactive import var
from textual.strip import Strip
from textual.widgets import Input

from warroom.console.entry_line import Line as TypedLine
from warroom.console.incident_list import Incidents
from warroom.console.key_line import KeyLine
from warroom.console.keyed import Keyed
from warroom.console.keys import Key, Place, keys_of
from warroom.console.lookout import Lookout
from warroom.console.pane import Drawn, Pane, bindings
from warroom.console.rows import spread
from warroom.console.welcome import Welcome
from warroom.front_desk import Summary
from warroom.incident.commands.outcome import handle


class TitleLine(Drawn):
    """The first line: whose console this is, and what time it is for all who work on an incident."""

    now: var[datetime | None] = var(None)

    def __init__(self, who: str, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._who = who

    def watch_now(self, before: datetime | None, now: datetime | None) -> None:
        """The next minute."""
        if before is None or now is None or before.minute != now.minute:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        said = " · ".join(filter(None, (self._who, f"{self.now:%H:%M} UTC" if self.now else "")))
        line = spread(((" warroom", "strong accent"),), ((f"{said} ", "dim"),), self.size.width)
        return self.strip(line if not y else (), self.size.width)


class Lobby(Keyed[None]):
    """Where one arrives when no single incident is active."""

    BINDINGS = [*bindings("lobby")]  # noqa: RUF012
    AUTO_FOCUS = "#incidents"

    now: var[datetime | None] = var(None)

    def compose(self) -> ComposeResult:
        """Title, search, list, keys."""
        yield TitleLine(handle(self.console.front.by), id="lobby-title").data_bind(Lobby.now)
        yield TypedLine(id="lobby-search", compact=True, placeholder="search")
        yield Incidents(id="incidents").data_bind(Lobby.now)
        yield Welcome(id="welcome")
        line = KeyLine(self.why_not, id="keys")
        *own, leave = [key for key in keys_of("lobby") if key.footer]
        line.keys = [*own, *keys_of("anywhere"), leave]
        yield line

    def on_mount(self) -> None:
        """Show what there is, and keep it so."""
        self.query_one(TypedLine).display = False
        self.query_one(Incidents).exercises_too = bool(self.console.recall("exercises"))
        self._lookout = Lookout(self.console.attention)
        self.set_interval(1, self._tick)
        self.set_interval(2, self.reload)

    def watch_now(self, now: datetime | None) -> None:
        """Call for attention where one of the active incidents needs it."""
        if now is not None:
            self._lookout.look(now)

    def on_screen_resume(self) -> None:
        """What happened meanwhile."""
        self.reload()

    def _tick(self) -> None:
        self.now = self.console.front.now()

    def reload(self) -> None:
        """Ask for all incidents, off the screen's thread."""
        self.console.writer.submit(self._read, self._show, self._failed)

    def _read(self) -> tuple[list[Summary], dict[str, str]]:
        """All incidents; and the drills among them that are not over, with how far they are."""
        found = self.console.front.summaries()
        if not any(summary.exercise for summary in found):
            return found, {}
        from warroom.drills import waiting

        return found, waiting(self.console.front)

    def _show(self, found: tuple[list[Summary], dict[str, str]]) -> None:
        if not self.is_attached:
            return
        summaries, waiting = found
        read = partial(self._lookout.read, self.console.front, summaries)
        self.console.writer.submit(read, lambda _: None, lambda _: None)
        self.now = self.console.front.now()
        incidents, welcome = self.query_one(Incidents), self.query_one(Welcome)
        incidents.show(summaries, waiting)
        welcome.exercises, welcome.waiting = len(summaries), next(iter(waiting.values()), "")
        welcome.display = not incidents.offered
        incidents.display = bool(incidents.offered)
        self.query_one(KeyLine).refresh()
        if incidents.offered and self.focused is None:
            self.set_focus(incidents)

    def _failed(self, error: BaseException) -> None:
        self.notify(
            str(error), title="The incidents cannot be read", severity="error", timeout=20, markup=False
        )

    # ── keys ───────────────────────────────────────────────────────────────────────────────────

    def places(self) -> list[Place]:
        """The lobby, and the list in it."""
        return ["lobby", "pane", *super().places()]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is being typed, keys are text; only escape leads back."""
        return action == "lobby_back" or super().check_action(action, parameters)

    def why_not(self, key: Key) -> str | None:
        """Why an act cannot be done now; None if it can."""
        incidents = self.query_one(Incidents)
        if key.id == "search-incidents" and not incidents.offered:
            return incidents.why_none
        if key.id in {"open-incident", "lobby-jump"} and not incidents.count():
            return incidents.why_none
        if key.id == "exercises" and not any(summary.exercise for summary in incidents.all):
            return "There is no exercise yet."
        return super().why_not(key)

    def on_pane_moved(self, _: Pane.Moved) -> None:
        """Where nothing is found, nothing can be opened."""
        self.query_one(KeyLine).refresh()

    def owner(self, place: Place) -> DOMNode:
        """The lobby, or its list."""
        return self.query_one(Incidents) if place == "pane" else super().owner(place)

    def action_declare(self) -> None:
        """Declare an incident."""
        self.console.declare()

    def action_open_incident(self) -> None:
        """Open the one under the cursor."""
        summary = self.query_one(Incidents).current
        if summary is not None:
            self.console.open(summary.number)

    def action_search_incidents(self) -> None:
        """Type what to look for."""
        line = self.query_one("#lobby-search", TypedLine)
        line.display = True
        self.set_focus(line)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """While what to look for is typed, the keys of the list are text."""
        typed = isinstance(event.widget, TypedLine)
        searching = ("number, title, severity, commander", "{accept} to the list · {lobby-back} shows all")
        self.query_one(KeyLine).hint = searching if typed else ("", "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self.query_one(Incidents).look_for(event.value)

    def on_line_finished(self, _: TypedLine.Finished) -> None:
        """Into the list."""
        self.set_focus(self.query_one(Incidents))

    def action_lobby_back(self) -> None:
        """Show all again."""
        line = self.query_one("#lobby-search", TypedLine)
        line.value = ""
        line.display = False
        self.set_focus(self.query_one(Incidents))

    def action_drill(self) -> None:
        """Run a drill."""
        self.console.drill()

    def action_tour(self) -> None:
        """Take the tour."""
        self.console.tour()

    def action_lobby_jump(self) -> None:
        """Labels before the incidents: typing one goes there."""
        from warroom.console.jump import Jump, arrived

        self.app.push_screen(Jump([self.query_one(Incidents)]), arrived(self.set_focus))

    def action_exercises(self) -> None:
        """Show exercises too, or leave them out."""
        incidents = self.query_one(Incidents)
        incidents.exercises_too = not incidents.exercises_too
        self.console.remember("exercises", incidents.exercises_too)
        self._show((incidents.all, incidents.waiting))

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()
