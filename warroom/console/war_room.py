"""The war room: one incident on one screen."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.reactive import var
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from warroom.console import acts
from warroom.console.action_items import ActionItems
from warroom.console.checklist import Checklist
from warroom.console.command_bar import CommandBar
from warroom.console.decisions import Decisions, Tab
from warroom.console.dialogs import Ask, Choice, Menu
from warroom.console.entry_line import EntryLine, Line
from warroom.console.impact import ImpactPane
from warroom.console.key_line import KeyLine
from warroom.console.keys import KEYS, Key, Place, keys_of
from warroom.console.pane import Pane, bindings, typing
from warroom.console.pane_tabs import PaneTabs
from warroom.console.rows import shown
from warroom.console.team import Team
from warroom.console.timeline import Timeline
from warroom.console.writer import Watch
from warroom.desk import Desk, Done
from warroom.incident import commands, entry, timing
from warroom.incident.commands import Outcome, Refused
from warroom.incident.incident import Incident

if TYPE_CHECKING:
    from warroom.console.app import Console

P = ParamSpec("P")

PANES = ("checklist", "timeline", "decisions", "action-items", "team", "impact")
_WIDE, _HIGH = 100, 28  # from this size on, all panes are shown at once
_SEAM = " ⏎ "  # between lines that wait in the entry line to be logged again
_LOOK_AT_PLAYBOOK = 5.0  # seconds from one look at the playbook's document to the next
_DRAFT_AFTER = 0.5  # seconds without a key until a draft is kept


class WarRoom(Screen[None]):
    """All panes of one incident, live."""

    BINDINGS = [*bindings("room")]  # noqa: RUF012
    AUTO_FOCUS = "#checklist"

    incident: var[Incident | None] = var(None, always_update=True)
    now: var[datetime | None] = var(None)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pane = PANES[0]
        self._unsaved = False
        self._saving = 0  # acts on their way to the disk
        self._watches: list[Watch] = []
        self._draft = ""
        self._returned: list[str] = []  # lines in the entry line that could not be logged
        self._answers: dict[str, str] = {}  # what was answered last, by question, until it is saved

    @property
    def console(self) -> "Console":
        """The app, by its own type."""
        return cast("Console", self.app)

    @property
    def now_so(self) -> Incident:
        """The incident as it is."""
        return self.desk.incident

    # ── layout ─────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        """Command bar, panes, entry line, keys."""
        yield CommandBar(id="command-bar").data_bind(WarRoom.incident, WarRoom.now)
        yield PaneTabs(PANES, id="tabs")
        with Horizontal(id="panes"):
            yield Checklist(id="checklist").data_bind(WarRoom.incident)
            yield Timeline(id="timeline").data_bind(WarRoom.incident)
            with Vertical(id="side"):
                yield Decisions(id="decisions").data_bind(WarRoom.now, WarRoom.incident)
                yield ActionItems(id="action-items").data_bind(WarRoom.now, WarRoom.incident)
                yield Team(id="team").data_bind(WarRoom.now, WarRoom.incident)
                yield ImpactPane(id="impact").data_bind(WarRoom.now, WarRoom.incident)
        with Horizontal(id="entry-row"):
            yield Static("›", id="prompt", markup=False)
            yield EntryLine(
                id="entry", compact=True, placeholder="press n and type what you see", select_on_focus=False
            )
        yield KeyLine(self.why_not, id="keys")

    def on_mount(self) -> None:
        """Show the incident, and keep the clock and the file in view."""
        self.now = self.desk.now()
        self.incident = self.desk.incident
        self._fold_panes()
        self.set_interval(1, self._tick)
        self.query_one(CommandBar).trouble = self._damage
        front = self.console.front
        self._watches = [
            Watch(self.desk.changed, self._poll),
            Watch(lambda: front.edited(self.desk.incident), self._offer_reload, _LOOK_AT_PLAYBOOK),
        ]
        self._restore_draft()

    def on_resize(self, _: Resize) -> None:
        """Panes become tabs where there is no room for all."""
        self._fold_panes()

    def _fold_panes(self) -> None:
        narrow = self.app.size.width < _WIDE or self.app.size.height < _HIGH
        self.set_class(narrow, "-narrow")
        self.set_class(self.app.size.height < 16, "-low")
        self._show_current()

    def _show_current(self) -> None:
        for name in PANES:
            pane = self.query_one(f"#{name}", Pane)
            pane.set_class(name == self._pane, "-current")
        self.query_one("#side").set_class(self._pane in PANES[2:], "-current")
        tabs = self.query_one(PaneTabs)
        tabs.current = self._pane

    def focus_pane(self, name: str) -> None:
        """Go to a pane, at once, so that the next key is already its own."""
        self._pane = name
        self._show_current()
        self.set_focus(self.query_one(f"#{name}"))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the pane that has the focus, and its keys."""
        if event.widget.id in PANES and event.widget.id != self._pane:
            self._pane = str(event.widget.id)
            self._show_current()
        self._show_keys()

    def _show_keys(self) -> None:
        line = self.query_one(KeyLine)
        place = (
            cast("Place", self.focused.id) if self.focused is not None and self.focused.id in PANES else None
        )
        room = [key for key in keys_of("room") if key.footer]
        own = [key for key in keys_of(place) if key.footer] if place else []
        line.keys = [*room[:1], *own, *room[1:]]
        if not typing(self):
            line.hint = ("", "")

    # ── what is so, and when ───────────────────────────────────────────────────────────────────

    def _tick(self) -> None:
        self.now = self.desk.now()

    @property
    def _damage(self) -> str:
        """What is unsound in the file: the rest of it is shown and worked on."""
        count = len(self.desk.damage)
        return f"▲ {count} damaged part{'s' if count > 1 else ''} set aside" if count else ""

    def on_unmount(self) -> None:
        """Nobody looks any more; what was asked for is finished, then the file is let go of."""
        for watch in self._watches:
            watch.close()
        self.console.writer.submit(self.desk.close, lambda _: None, lambda _: None)

    def _offer_reload(self) -> None:
        if not self.is_attached:
            return
        self.notify(
            "R says what changed, and asks before anything is taken over.",
            title="The playbook was edited",
            timeout=20,
            markup=False,
        )

    def _poll(self) -> None:
        if not self.console.writer.pending:
            self.console.writer.submit(self.desk.poll, self._polled, self._poll_failed)

    def _polled(self, changed: bool) -> None:
        if changed:
            self._refresh()
        self.query_one(CommandBar).trouble = self._damage

    def _poll_failed(self, error: BaseException) -> None:
        self.query_one(CommandBar).trouble = f"cannot read the file: {error}"

    def _refresh(self) -> None:
        if not self.is_attached:
            return
        self.incident = self.desk.incident
        self.query_one(KeyLine).refresh()

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def do(
        self,
        command: Callable[Concatenate[Incident, datetime, P], Outcome],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Carry out a command; it is shown when it is on disk."""
        self._submit(partial(self.desk.do, command, *args, **kwargs))

    def do_then(self, then: Callable[[], None], command: Callable[..., Outcome], *args: Any) -> None:
        """Carry out a command, and go on when it is on disk."""
        self._submit(partial(self.desk.do, command, *args), then=then)

    def do_at(self, at: datetime, command: Callable[..., Outcome], *args: Any) -> None:
        """Carry out a command for something that happened at another time."""
        self._submit(partial(self.desk.do_at, at, command, *args))

    def log_all(self, lines: list[str]) -> None:
        """Log many lines with one sync."""
        desk = self.desk

        def job() -> Done | Refused:
            parsed = [line for typed in lines if (line := entry.parse(typed, desk.now()))]
            return desk.do_all((line.at, partial(commands.enter, line=line)) for line in parsed)

        self._submit(job, typed="\n".join(lines))

    def play(self, act: Callable[[Desk], Done | Refused]) -> None:
        """Carry out what a drill's script says."""
        self._submit(partial(act, self.desk))

    def _log(self, typed: str) -> None:
        line = entry.parse(typed, self.desk.now())
        if line is not None:
            self._submit(partial(self.desk.do_at, line.at, commands.enter, line), typed=typed)

    def _submit(
        self, job: Callable[[], Done | Refused], typed: str = "", then: Callable[[], None] | None = None
    ) -> None:
        self._saving += 1
        self.query_one(CommandBar).saved = "saving"
        self.console.writer.submit(job, partial(self._done, typed, then), partial(self._failed, typed))

    def _done(self, typed: str, then: Callable[[], None] | None, outcome: Done | Refused) -> None:
        self._saving -= 1
        if not self.is_attached:
            return
        if isinstance(outcome, Refused):
            self.say(outcome.reason, bad=True)
            self._give_back(typed)
        else:
            self._unsaved = self._unsaved and bool(self._returned)
            self._answers.clear()
            self._refresh()
        if not self._saving:
            self.query_one(CommandBar).saved = "not saved" if self._unsaved else "saved"
        if then is not None and not isinstance(outcome, Refused):
            then()

    def _failed(self, typed: str, error: BaseException) -> None:
        self._saving -= 1
        if not self.is_attached:
            return
        self._unsaved = True
        self.query_one(CommandBar).saved = "not saved"
        self._give_back(typed)
        self.app.notify(shown(str(error)), title="NOT SAVED", severity="error", timeout=30, markup=False)

    def _give_back(self, typed: str) -> None:
        """Put what could not be logged back in front of the person, before what is being typed."""
        if not typed:
            return
        line = self.query_one(EntryLine)
        typing_now = line.value.removeprefix(_SEAM.join(self._returned)).removeprefix(_SEAM)
        self._returned += typed.split("\n")
        line.value = _SEAM.join([*self._returned, typing_now])  # what is typed on is an entry of its own
        line.cursor_position = len(line.value)

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say something for a few seconds."""
        self.notify(
            shown(text), severity="warning" if bad else "information", timeout=6 if bad else 3, markup=False
        )

    def ask(self, screen: ModalScreen[Any], then: Callable[[Any], None]) -> None:
        """Ask a question; no answer does nothing. One that could not be saved is offered again."""
        if isinstance(screen, Ask):
            screen.value = self._answers.get(screen.question, screen.value)

        def answered(answer: Any) -> None:
            if answer is None:
                return
            if isinstance(screen, Ask):
                self._answers[screen.question] = answer
            then(answer)

        self.app.push_screen(screen, answered)

    # ── the entry line ─────────────────────────────────────────────────────────────────────────

    def on_line_finished(self, event: Line.Finished) -> None:
        """Log what was typed, and with it what could not be logged before."""
        self._returned = []
        lines = [line.strip() for line in event.text.split(_SEAM.strip()) if line.strip()]
        if len(lines) == 1:
            self._log(lines[0])
        elif lines:
            self.log_all(lines)
        self._keep_draft()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line will be, and keep it as a draft."""
        if event.input.id != "entry":
            return
        if typing(self):
            line = entry.parse(event.value, self.desk.now()) if len(event.value) < 4000 else None
            said = (
                entry.described(line, self.desk.now())
                or "@who task 5m · todo … @owner fri · 14:05 … · error rate: 45% -> 5%"
            )
            self.query_one(KeyLine).hint = (said, "enter logs · esc back")
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(_DRAFT_AFTER, self._keep_draft)

    _draft_timer: Any = None

    def _keep_draft(self) -> None:
        value = self.query_one(EntryLine).value
        if value != self._draft:
            self._draft = value
            self.console.remember(f"draft {self.now_so.number}", value)

    def _restore_draft(self) -> None:
        self._draft = str(self.console.recall(f"draft {self.now_so.number}") or "")
        if self._draft:
            line = self.query_one(EntryLine)
            line.value = self._draft
            line.cursor_position = len(self._draft)

    def on_entry_line_pasted(self, event: EntryLine.Pasted) -> None:
        """Ask about pasted lines."""
        acts.log_pasted(self, event.lines)

    # ── keys ───────────────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is being typed, keys are text; only escape leads back."""
        return action == "back" or not (action in _ACTIONS and typing(self))

    def why_not(self, key: Key) -> str | None:
        """Why an act cannot be done now; None if it can."""
        incident = self.now_so
        if key.id in {"mitigate", "escalate"} and incident.closed_at:
            return f"{incident.number} is closed."
        if key.id == "next-phase" and incident.finished:
            return "All phases are done."
        if key.id == "previous-phase" and incident.phase.number == 1:
            return "This is the first phase."
        if key.id == "close-incident" and incident.closed_at:
            return "It is closed already."
        if key.id == "reopen-incident" and not incident.closed_at:
            return "It is not closed."
        if key.id == "undo" and not self.desk.record.undoable(self.desk.by):
            return "There is nothing of yours to undo."
        if key.id == "redo" and self.desk.record.redoable(self.desk.by) is None:
            return "There is nothing to redo."
        if key.id == "due" and not timing.matters(incident, self.desk.now()):
            return "Nothing is due."
        return None

    def _may(self, key_id: str) -> bool:
        reason = self.why_not(_BY_ID[key_id])
        if reason:
            self.say(reason, bad=True)
        return reason is None

    def action_note(self) -> None:
        """To the entry line."""
        line = self.query_one(EntryLine)
        self.set_focus(line)
        line.cursor_position = len(line.value)
        said = entry.described(entry.parse(line.value, self.desk.now()), self.desk.now())
        hint = said or "@who task 5m · todo … @owner fri · 14:05 … · error rate: 45% -> 5%"
        self.query_one(KeyLine).hint = (hint, "enter logs · esc back")

    def action_back(self) -> None:
        """One level back: from the entry line to the pane, from a search to all, from one pane to all."""
        timeline = self.query_one(Timeline)
        if typing(self):
            self.query_one(KeyLine).hint = ("", "")
            self._keep_draft()
            self.focus_pane(self._pane)
        elif timeline.search and self._pane == "timeline":
            timeline.look_for("")
        elif self.has_class("-zoomed"):
            self.remove_class("-zoomed")

    def decide(self, tab: Tab) -> None:
        """To a decision table."""
        self.query_one(Decisions).turn_to(tab)
        self.focus_pane("decisions")

    def action_decide(self) -> None:
        """To the decision tables."""
        self.decide("severity")

    def action_mitigate(self) -> None:
        """To the mitigation table."""
        if self._may("mitigate"):
            self.decide("mitigation")

    def action_escalate(self) -> None:
        """To the escalation paths."""
        if self._may("escalate"):
            self.decide("escalate")

    def action_fallback(self) -> None:
        """To the fallback procedures."""
        self.decide("fallback")

    def action_team(self) -> None:
        """To the team."""
        self.focus_pane("team")

    def action_impact(self) -> None:
        """Assess the impact."""
        self.focus_pane("impact")
        acts.assess_impact(self)

    def action_update(self) -> None:
        """Publish a status update."""
        acts.publish_update(self)

    def action_action_item(self) -> None:
        """Open an action item."""
        acts.open_action_item(self)

    def action_commander(self) -> None:
        """Say who commands."""
        acts.appoint(self)

    def action_next_phase(self) -> None:
        """Through the gate."""
        if self._may("next-phase"):
            acts.next_phase(self)

    def action_previous_phase(self) -> None:
        """Back to the phase before."""
        if self._may("previous-phase"):
            self.do(commands.enter_phase, self.now_so.phase.number - 1)

    def action_close_incident(self) -> None:
        """Close it."""
        if self._may("close-incident"):
            acts.close(self)

    def action_reopen_incident(self) -> None:
        """Open it again."""
        if self._may("reopen-incident"):
            ask = Ask("Reopen this incident", placeholder="why? it goes into the record")
            self.ask(ask, lambda reason: self.do(commands.reopen, reason))

    def action_stamp(self) -> None:
        """Set a milestone."""
        acts.stamp(self)

    def action_rename(self) -> None:
        """Give it another title."""
        ask = Ask("Title", value=self.now_so.title)
        self.ask(ask, lambda title: self.do(commands.rename, title))

    def action_undo(self) -> None:
        """Take back the latest act, decided when all before it is on disk."""
        self._submit(self.desk.undo)

    def action_redo(self) -> None:
        """Do it again."""
        self._submit(self.desk.redo)

    def action_due(self) -> None:
        """To what is due first."""
        if not self._may("due"):
            return
        first = timing.matters(self.now_so, self.desk.now())[0]
        if first.kind in {"severity", "escalate"}:
            self.decide("severity" if first.kind == "severity" else "escalate")
        elif first.kind == "commander":
            acts.appoint(self)
        elif first.kind == "action item":
            self.focus_pane("action-items")
        elif first.kind in {"check-back", "page"}:
            self.focus_pane("team")
        else:
            self._show_acknowledgement()

    def _show_acknowledgement(self) -> None:
        from warroom.incident.deeds import Deed

        item = next(self.now_so.asking_for(Deed.ACKNOWLEDGE), None)
        self.focus_pane("checklist")
        if item is not None:
            self.query_one(Checklist).show_item(item)
        else:
            self.say("Somebody must respond: say who joined, or stamp it acknowledged with S.")

    def action_write_up(self) -> None:
        """Read the post-mortem as it stands."""
        from warroom.console.document import Document
        from warroom.incident.postmortem import post_mortem, render

        incident = self.now_so
        text = render(post_mortem(incident), incident.playbook.template)
        self.app.push_screen(
            Document(f"Post-mortem of {incident.number}", text, partial(acts.write_file, self, text))
        )

    def action_reference(self) -> None:
        """Read the playbook."""
        from warroom.console.document import Document

        text = self.console.playbook_text(self.now_so.playbook)
        self.app.push_screen(Document(f"Playbook of {self.now_so.number}", text))

    def action_reload_playbook(self) -> None:
        """Read the playbook again."""
        acts.reload_playbook(self)

    def action_zoom(self) -> None:
        """One pane, or all."""
        self.toggle_class("-zoomed")

    def action_lobby(self) -> None:
        """Leave to the lobby."""
        self._keep_draft()
        self.console.to_lobby()

    def action_help(self) -> None:
        """The keys of this place."""
        place = (
            cast("Place", self.focused.id) if self.focused is not None and self.focused.id in PANES else None
        )
        own = [*keys_of(place), *keys_of("pane")] if place else []
        self._menu("Keys", [*own, *keys_of("room")])

    def action_palette(self) -> None:
        """Every act."""
        panes = [key for name in PANES for key in keys_of(cast("Place", name))]
        self._menu("Commands", [*keys_of("room"), *panes], self.console.more_commands())

    def _menu(self, title: str, keys: list[Key], more: dict[str, Callable[[], None]] | None = None) -> None:
        choices = [Choice(f"{k.place}/{k.id}", k.label, k.shown, k.does, self.why_not(k) or "") for k in keys]
        choices += [Choice(name, name) for name in more or {}]

        def chosen(choice: str) -> None:
            if more and choice in more:
                more[choice]()
                return
            place, _, key_id = choice.partition("/")
            self.call_later(self._run, place, key_id)

        self.ask(Menu(title, choices, search=True), chosen)

    def _run(self, place: str, key_id: str) -> None:
        node: Screen[None] | Pane = self
        if place in PANES:
            self.focus_pane(place)
            node = self.query_one(f"#{place}", Pane)
        elif place == "pane":
            node = self.query_one(f"#{self._pane}", Pane)
        getattr(node, f"action_{_BY_ID[key_id].action}")()

    def on_key(self, event: Any) -> None:
        """Numbers and tab reach the panes."""
        if not typing(self) and event.character and event.character in "123456":
            event.stop()
            self.focus_pane(PANES[int(event.character) - 1])

    def key_tab(self, event: Any) -> None:
        """The next pane."""
        self._turn(event, 1)

    def key_shift_tab(self, event: Any) -> None:
        """The pane before."""
        self._turn(event, -1)

    def _turn(self, event: Any, by: int) -> None:
        if typing(self):
            return
        event.stop()  # or Textual would move the focus once more
        self.focus_pane(PANES[(PANES.index(self._pane) + by) % len(PANES)])

    # ── what the panes ask for ─────────────────────────────────────────────────────────────────

    def on_checklist_chosen(self, event: Checklist.Chosen) -> None:
        """An item of the checklist."""
        acts.choose_item(self, event.item, event.how)

    def on_timeline_asked(self, event: Timeline.Asked) -> None:
        """A log entry."""
        acts.with_entry(self, event.event, event.what)

    def on_timeline_search_asked(self, _: Timeline.SearchAsked) -> None:
        """What to look for."""
        timeline = self.query_one(Timeline)
        ask = Ask(
            "Search the timeline", value=timeline.search, required=False, hint="enter searches · esc leaves"
        )
        self.ask(ask, timeline.look_for)

    def on_decisions_chosen(self, event: Decisions.Chosen) -> None:
        """A row of a table."""
        acts.choose_row(self, event.row)

    def on_action_items_asked(self, event: ActionItems.Asked) -> None:
        """An action item."""
        acts.with_action_item(self, event.item, event.what)

    def on_team_chosen(self, event: Team.Chosen) -> None:
        """A person or assignment."""
        acts.with_member(self, event.subject)

    def on_team_page_asked(self, _: Team.PageAsked) -> None:
        """Somebody to page."""
        acts.page(self)

    def on_impact_pane_asked(self, _: ImpactPane.Asked) -> None:
        """The impact."""
        acts.assess_impact(self)

    def on_pane_tabs_chosen(self, event: PaneTabs.Chosen) -> None:
        """A tab was clicked."""
        self.focus_pane(event.name)


_BY_ID = {key.id: key for key in KEYS}
_ACTIONS = frozenset(key.action for key in KEYS)
