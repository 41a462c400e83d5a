"""The lobby: every incident, active ones first with their clocks running; declare, open, search, drill."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from warroom.console.dialogs import Choice, ChoiceList, Menu
from warroom.console.entry_line import Line as TypedLine
from warroom.console.key_line import KeyLine
from warroom.console.keys import KEYS, Key, keys_of
from warroom.console.pane import Drawn, Pane, bindings, typing
from warroom.console.rows import Line, Span, clipped, spread
from warroom.front_desk import Summary
from warroom.incident.commands import severity_table
from warroom.incident.playbook import Playbook
from warroom.incident.suggest import Offer, Suggestion, phrases, suggestion
from warroom.incident.timing import clock, spoken

if TYPE_CHECKING:
    from warroom.console.app import Console


class Incidents(Pane):
    """The list of incidents."""

    title = "Incidents"

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._all: list[Summary] = []
        self._shown: list[Summary] = []
        self._search = ""

    def show(self, summaries: list[Summary]) -> None:
        """Show these incidents, the cursor staying where it is."""
        kept = self.current
        self._all = summaries
        self._narrow()
        if kept:
            places = (i for i, summary in enumerate(self._shown) if summary.number == kept.number)
            self.set_reactive(Pane.cursor, next(places, 0))
        self.redraw()

    def look_for(self, text: str) -> None:
        """Show only those whose number, title, severity or commander has every word."""
        self._search = text
        self._narrow()
        self.set_reactive(Pane.cursor, 0)
        self.redraw()

    def _narrow(self) -> None:
        words = self._search.casefold().split()

        def fits(s: Summary) -> bool:
            kind = "exercise" if s.exercise else ""
            said = f"{s.number} {s.title} {s.severity} {s.commander} {s.status} {kind}"
            return all(word in said.casefold() for word in words)

        self._shown = [summary for summary in self._all if fits(summary)] if words else self._all

    @property
    def current(self) -> Summary | None:
        """The incident under the cursor."""
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def count(self) -> int:
        """How many are shown."""
        return len(self._shown)

    def heading(self) -> tuple[str, str]:
        """The title, and how many."""
        active = sum(summary.status == "active" for summary in self._all)
        if self._search:
            return "Incidents · search", f"{len(self._shown):,} of {len(self._all):,}"
        return self.title, f"{active} active · {len(self._all):,} in all" if self._all else ""

    def row(self, index: int, width: int) -> list[Line]:
        """Number, severity, title, phase, clock."""
        summary = self._shown[index]
        active = summary.status == "active"
        severity: Span = (f"{summary.severity or '–':<6}", _tone(summary.severity))
        title: Span = (summary.title, "strong" if active else "")
        left: list[Span] = [
            (" ● " if active else "   ", "accent"),
            (f"{summary.number}  ", "" if active else "dim"),
            severity,
        ]
        if summary.exercise:
            left += [(" EXERCISE ", "exercise"), (" ", "")]
        now = self.now or summary.updated_at
        if active:
            right = f"{summary.phase}  {clock(now - summary.declared_at, hours=True)} "
        else:
            took = spoken((summary.closed_at or summary.updated_at) - summary.declared_at)
            unfinished = "" if summary.finished else "post-mortem open · "
            right = f"{unfinished}{summary.declared_at:%Y-%m-%d} · {took} "
        right = clipped(right, width // 2)
        return [spread((*left, title), ((right, "accent" if active else "dim"),), width)]

    def watch_now(self) -> None:
        """Bring the running clocks up to date."""
        if any(summary.status == "active" for summary in self._shown[:100]):
            self.redraw()

    def act_on_click(self) -> None:
        """What enter does."""
        cast("Lobby", self.screen).action_open_incident()


def _tone(severity: str) -> str:
    """Lists span playbooks: the level's own number says how severe it is."""
    digits = [int(sign) for sign in severity if sign.isdigit()]
    return f"sev{min(max(digits[0] - 1, 0), 3)}" if digits else "dim"


_WELCOME: tuple[tuple[str, str], ...] = (
    ("", ""),
    ("No incident yet.", "strong"),
    ("", ""),
    ("n   declare an incident: the timer starts, the playbook opens", ""),
    ("x   run a drill: watch a whole incident play itself in under a minute", ""),
    ("?   the keys of this place; every place has its own", ""),
    ("", ""),
    ("Everything is kept on this machine. No network is needed.", "dim"),
)


class Welcome(Drawn):
    """What an empty lobby says."""

    def render_line(self, y: int) -> Any:
        """One of its lines."""
        text, tone = _WELCOME[y] if y < len(_WELCOME) else ("", "")
        return self.strip((("   ", ""), (text, tone)), self.size.width)


class Lobby(Screen[None]):
    """Where one arrives when no single incident is active."""

    BINDINGS = [*bindings("lobby")]  # noqa: RUF012
    AUTO_FOCUS = "#incidents"

    now: var[datetime | None] = var(None)

    @property
    def console(self) -> "Console":
        """The app, by its own type."""
        return cast("Console", self.app)

    def compose(self) -> ComposeResult:
        """Title, search, list, keys."""
        yield Static(" warroom", id="lobby-title", markup=False)
        yield TypedLine(id="lobby-search", compact=True, placeholder="search")
        yield Incidents(id="incidents").data_bind(Lobby.now)
        yield Welcome(id="welcome")
        line = KeyLine(self.why_not, id="keys")
        line.keys = [key for key in keys_of("lobby") if key.footer]
        yield line

    def on_mount(self) -> None:
        """Show what there is, and keep it so."""
        self.query_one(TypedLine).display = False
        self.set_interval(1, self._tick)
        self.set_interval(2, self.reload)

    def on_screen_resume(self) -> None:
        """What happened meanwhile."""
        self.reload()

    def _tick(self) -> None:
        self.now = self.console.front.now()

    def reload(self) -> None:
        """Ask for all incidents, off the screen's thread."""
        self.console.writer.submit(self.console.front.summaries, self._show, self._failed)

    def _show(self, summaries: list[Summary]) -> None:
        if not self.is_attached:
            return
        self.now = self.console.front.now()
        self.query_one("#welcome").display = not summaries
        self.query_one(Incidents).display = bool(summaries)
        self.query_one(Incidents).show(summaries)
        self.query_one(KeyLine).refresh()
        if summaries and self.focused is None:
            self.set_focus(self.query_one(Incidents))

    def _failed(self, error: BaseException) -> None:
        self.notify(
            str(error), title="The incidents cannot be read", severity="error", timeout=20, markup=False
        )

    # ── keys ───────────────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is being typed, keys are text; only escape leads back."""
        return action == "lobby_back" or not (action in _ACTIONS and typing(self))

    def why_not(self, key: Key) -> str | None:
        """Why an act cannot be done now; None if it can."""
        empty = not self.query_one(Incidents).count()
        return (
            "There is no incident yet." if key.id in {"open-incident", "search-incidents"} and empty else None
        )

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

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()

    def action_lobby_help(self) -> None:
        """The keys of this place."""
        self._menu("Keys", {})

    def action_lobby_palette(self) -> None:
        """Every act."""
        self._menu("Commands", self.console.more_commands())

    def _menu(self, title: str, more: dict[str, Callable[[], None]]) -> None:
        keys = [*keys_of("lobby"), *(keys_of("pane") if not more else ())]
        choices = [Choice(key.id, key.label, key.shown, key.does, self.why_not(key) or "") for key in keys]
        choices += [Choice(name, name) for name in more]

        def chosen(choice: str | None) -> None:
            if choice in more:
                more[choice]()
            elif choice is not None:
                node = self.query_one(Incidents) if _BY_ID[choice].place == "pane" else self
                self.call_later(getattr(node, f"action_{_BY_ID[choice].action}"))

        self.app.push_screen(Menu(title, choices, search=True), chosen)


_BY_ID = {key.id: key for key in KEYS}
_ACTIONS = frozenset(key.action for key in KEYS)


class Declaration(ModalScreen[tuple[str, str, str] | None]):
    """Title, severity by the table, playbook: what an incident is declared with.

    The playbook that reads like the title is suggested; whoever has chosen one is not overruled.
    """

    BINDINGS = [*Menu.BINDINGS]  # noqa: RUF012

    def __init__(self, playbook: Playbook, playbooks: list[str]) -> None:
        super().__init__()
        self._playbook = playbook
        self._offers = [Offer(name) for name in playbooks]
        self._suggested: Suggestion | None = None
        self._put_on = playbooks[0] if playbooks else ""  # the playbook that the dialog put the cursor on

    def compose(self) -> ComposeResult:
        """The title's line, the severities, the playbooks where there are several."""
        with Vertical(classes="dialog wide"):
            yield Static("Declare an incident", markup=False, classes="dialog-title")
            yield Static("What is broken?", markup=False, classes="field-label")
            yield TypedLine(id="title", compact=True, placeholder="Production database is throwing errors")
            yield Static("How severe? ↑ ↓", markup=False, classes="field-label")
            yield ChoiceList(_severities(self._playbook), id="severity")
            if len(self._offers) > 1:
                yield Static("By which playbook? tab, then ↑ ↓", markup=False, classes="field-label")
                yield ChoiceList(_playbooks(self._offers, None), id="playbook")
            yield Static(
                "enter declares, and the timer starts · esc leaves", markup=False, classes="dialog-hint"
            )

    def on_mount(self) -> None:
        """Have the playbooks read, off the screen's thread."""
        if len(self._offers) > 1:
            console = cast("Console", self.app)
            console.writer.submit(console.front.offers, self._offer, lambda _: None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter is the line's own while the title is typed."""
        return not (action == "choose" and typing(self))

    # ── playbooks ──────────────────────────────────────────────────────────────────────────────

    @property
    def _list(self) -> ChoiceList | None:
        found = self.query("#playbook")
        return found.first(ChoiceList) if found else None

    def _offer(self, offers: list[Offer]) -> None:
        if self.is_attached:
            self._offers = offers
            self._suggest(self.query_one("#title", TypedLine).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Suggest the playbook that reads like the title."""
        self._suggest(event.value)

    def _suggest(self, title: str) -> None:
        """Show why which playbook is suggested, and put the cursor on it unless somebody moved it."""
        choices = self._list
        if choices is None:
            return
        at = choices.chosen.id if choices.chosen else ""
        by_hand = at != self._put_on
        self._suggested = suggestion(title, self._offers)
        if not by_hand:
            usual = next((offer.name for offer in self._offers if not offer.why_not), at)
            at = self._put_on = self._suggested.name if self._suggested else usual
        choices.show(_playbooks(self._offers, self._suggested))
        choices.go_to(next((i for i, offer in enumerate(self._offers) if offer.name == at), 0))
        self._follow()

    def _follow(self) -> None:
        """Offer the severities of the playbook under the cursor, the chosen level staying where it is."""
        name = self._list.chosen.id if self._list and self._list.chosen else ""
        playbook = next((offer.playbook for offer in self._offers if offer.name == name), None)
        if playbook is None or playbook is self._playbook:
            return
        self._playbook = playbook
        severities = self.query_one("#severity", ChoiceList)
        level = severities.chosen.id if severities.chosen else ""
        severities.show(_severities(playbook))
        severities.go_to(next((i for i, c in enumerate(severities.choices) if c.id == level), 0))
        severities.refresh(layout=True)

    def on_pane_moved(self, _: Pane.Moved) -> None:
        """The cursor moved, perhaps by a click."""
        self._follow()

    # ── answering ──────────────────────────────────────────────────────────────────────────────

    def action_move(self, by: int) -> None:
        """Up and down move through the severities even while the title is typed."""
        playbooks = self._list
        in_playbooks = playbooks is not None and self.focused is playbooks
        choices = self.query_one("#playbook" if in_playbooks else "#severity", ChoiceList)
        choices.go_to(choices.cursor + by)
        self._follow()

    def on_line_finished(self, event: TypedLine.Finished) -> None:
        """Declare."""
        self._declare(event.text)

    def action_choose(self) -> None:
        """Declare."""
        self._declare(self.query_one("#title", TypedLine).value)

    def _declare(self, title: str) -> None:
        if not title.strip():
            self._say("what is broken, in a few words? · esc leaves", "#title")
            return
        self._suggest(title)  # what was typed last may not have been looked at yet
        playbook = self._list.chosen if self._list else None
        if playbook and playbook.why_not:
            self._say(f"not a playbook: {playbook.why_not}", "#playbook")
            return
        severity = self.query_one("#severity", ChoiceList).chosen
        self.dismiss((title, severity.id if severity else "", playbook.id if playbook else ""))

    def _say(self, what: str, where: str) -> None:
        self.query_one(".dialog-hint", Static).update(Content(what))
        self.set_focus(self.query_one(where))

    def action_cancel(self) -> None:
        """Leave things as they were."""
        self.dismiss(None)


def _playbooks(offers: list[Offer], suggested: Suggestion | None) -> list[Choice]:
    return [
        Choice(offer.name, offer.name, note=_about(offer, suggested), why_not=offer.why_not)
        for offer in offers
    ]


def _about(offer: Offer, suggested: Suggestion | None) -> str:
    """Why a playbook is suggested, else what it is for."""
    if suggested and suggested.name == offer.name:
        return f"suggested: “{suggested.phrase}”"
    found = phrases(offer.playbook) if offer.playbook else ()
    return " · ".join(found[:3])


def _severities(playbook: Playbook) -> list[Choice]:
    table = severity_table(playbook)
    choices = [Choice("", "Not known yet", note="classify it in the war room with d")]
    for severity in playbook.severities:
        conditions = (
            [r.condition for r in table.rows if r.choice.casefold() == severity.level.casefold()]
            if table
            else []
        )
        said = " · ".join(conditions) or severity.description
        note = f"respond: {severity.response}" if severity.response else ""
        tone = f"sev{min(playbook.rank(severity.level), 3)}"
        choices.append(Choice(severity.level, f"{severity.level}  {said}", note=note, tone=tone))
    return choices
