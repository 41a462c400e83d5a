"""The war room: one incident on one screen."""

import gc
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec
from zlib import crc32

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.events import DescendantFocus, Paste
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from warroom.console.action_items import ActionItems
from warroom.console.acts import (
    action_items,
    assignments,
    checklist,
    command,
    decisions,
    due,
    figures,
    impact,
    lifecycle,
    log,
    milestones,
    people,
    phases,
    playbook,
    undo,
    updates,
    verdicts,
    write_up,
)
from warroom.console.checklist import Checklist
from warroom.console.command_bar import CommandBar
from warroom.console.decisions import Decisions
from warroom.console.dialogs import Ask
from warroom.console.drafts import Draft
from warroom.console.drill_line import Banner, DrillLine, Player
from warroom.console.entry_line import EntryLine, pasted_lines
from warroom.console.form import Form
from warroom.console.impact import ImpactPane
from warroom.console.key_line import KeyLine
from warroom.console.keys import Key, Place, keys_of
from warroom.console.pane import Pane, bindings, is_text, typing
from warroom.console.pane_tabs import PaneTabs
from warroom.console.paned import PANES, Paned
from warroom.console.rows import shown
from warroom.console.saving import Saving
from warroom.console.team import Team
from warroom.console.timeline import Timeline
from warroom.console.why_not import why_not
from warroom.console.writer import Watch
from warroom.desk import Desk, Done
from warroom.incident import entry
from warroom.incident.commands import Outcome, Refused
from warroom.incident.incident import Incident
from warroom.incident.roster import complete

P = ParamSpec("P")

_LOOK_AT_PLAYBOOK = 5.0  # seconds from one look at the playbook's document to the next
_EXAMPLES = "@who task 5m · todo … @owner fri · 14:05 … · error rate: 45% -> 5%"


class WarRoom(Paned):
    """All panes of one incident, live."""

    BINDINGS = [*bindings("room")]  # noqa: RUF012
    AUTO_FOCUS = "#checklist"

    incident: var[Incident | None] = var(None, always_update=True)
    now: var[datetime | None] = var(None)

    def __init__(self, desk: Desk, player: Player | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._player = player
        self.saving = Saving(self)
        self._watches: list[Watch] = []
        self._draft = Draft(self, f"draft {desk.incident.number}", lambda: self.query_one(EntryLine).value)

    @property
    def now_so(self) -> Incident:
        """The incident as it is."""
        return self.desk.incident

    # ── layout ─────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        """Command bar, panes, entry line, keys."""
        bar = CommandBar(zone=self.console.zone, id="command-bar")
        yield bar.data_bind(WarRoom.incident, WarRoom.now)
        yield Banner(id="exercise")
        yield PaneTabs(PANES, id="tabs")
        with Horizontal(id="panes"):
            yield Checklist(id="checklist").data_bind(WarRoom.incident)
            yield Timeline(id="timeline").data_bind(WarRoom.incident)
            with Vertical(id="side"):
                yield Decisions(id="decisions").data_bind(WarRoom.now, WarRoom.incident)
                yield ActionItems(id="action-items").data_bind(WarRoom.now, WarRoom.incident)
                yield Team(id="team").data_bind(WarRoom.now, WarRoom.incident)
                yield ImpactPane(id="impact").data_bind(WarRoom.now, WarRoom.incident)
        yield DrillLine(self._player, id="drill")
        with Horizontal(id="entry-row"):
            yield Static("›", id="prompt", markup=False)
            yield EntryLine(id="entry", compact=True, select_on_focus=False)
            yield PaneTabs(PANES, brief=True, id="tabs-in-brief")
        yield KeyLine(self.why_not, id="keys")

    def on_mount(self) -> None:
        """Show the incident, and keep the clock and the file in view."""
        self.now = self.desk.now()
        self.incident = self.desk.incident
        self.set_class(self.desk.incident.exercise, "-exercise")
        self.set_class(self._player is not None, "-drill")
        self.fold_panes()
        self.set_interval(1, self._tick)
        self.query_one(EntryLine).names = self._names
        self.query_one(CommandBar).trouble = self._damage
        self.call_after_refresh(self._read)  # it would keep the first screen from being painted
        front = self.console.front
        self._watches = [
            Watch(self.desk.changed, self._poll, wait=self.desk.wait),
            Watch(
                lambda: front.edited(self.desk.incident),
                partial(playbook.say_edited, self),
                _LOOK_AT_PLAYBOOK,
            ),
        ]
        self.saving.restore()
        if draft := str(self._draft.restore()):
            self.query_one(EntryLine).go_on_from(draft)

    def fold_panes(self) -> None:
        """Where the line is too short to say what it is for, the key that leads to it says it."""
        super().fold_panes()
        said = self.console.keymap.said("press {note} and type what you see")
        room = self.app.size.width - (28 if self.has_class("-low") else 4)
        self.query_one(EntryLine).placeholder = said if len(said) <= room else ""

    # ── what is so, and when ───────────────────────────────────────────────────────────────────

    def _read(self) -> None:
        """Have a long incident read, of which the screen shows so far what a glimpse told."""
        if self.desk.is_read():
            return
        bar = self.query_one(CommandBar)

        def over(_: None) -> None:
            gc.freeze()  # what was read stays: looking for garbage in it would be felt
            bar.saved = "saved" if bar.saved == "reading" else bar.saved
            self._polled(True)

        bar.saved = "reading"
        self.console.writer.submit(self.desk.read, over, self._poll_failed)

    def _tick(self) -> None:
        self.now = self.desk.now()

    def watch_now(self, now: datetime | None) -> None:
        """Call for attention where it is needed."""
        if now is not None:
            incident = self.desk.incident
            self.console.attention.look([incident], now, f"{incident.number} {incident.title}")

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

    def _poll(self) -> None:
        if not self.console.writer.pending:
            self.console.writer.submit(self.desk.poll, self._polled, self._poll_failed)

    def _polled(self, changed: bool) -> None:
        if not self.is_attached:
            return
        if changed:
            self.show_incident()
        self.query_one(CommandBar).trouble = self._damage

    def _poll_failed(self, error: BaseException) -> None:
        if self.is_attached:
            self.query_one(CommandBar).trouble = f"cannot read the file: {error}"

    def show_incident(self) -> None:
        """Show the incident as it is now."""
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
        self.saving.submit(partial(self.desk.do, command, *args, **kwargs))

    def do_then(self, then: Callable[[], None], command: Callable[..., Outcome], *args: Any) -> None:
        """Carry out a command, and go on when it is on disk."""
        self.saving.submit(partial(self.desk.do, command, *args), then=then)

    def do_at(self, at: datetime, command: Callable[..., Outcome], *args: Any) -> None:
        """Carry out a command for something that happened at another time."""
        self.saving.submit(partial(self.desk.do_at, at, command, *args))

    def play(self, act: Callable[[Desk], Done | Refused]) -> None:
        """Carry out what a drill's script says."""
        self.saving.submit(partial(act, self.desk))

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say something for a few seconds."""
        self.notify(
            shown(text), severity="warning" if bad else "information", timeout=6 if bad else 3, markup=False
        )

    def ask(self, screen: ModalScreen[Any], then: Callable[[Any], None]) -> None:
        """Ask a question; no answer does nothing. One that could not be saved is offered again.

        What is being typed survives a crash, and is there when the same is asked again.
        """
        about = ""
        if isinstance(screen, Ask | Form):
            # The same question about something else begins with something else.
            about = f"{screen.question} {crc32(repr(screen.value).encode()):08x}"
            screen.value = self.saving.answers.get(about, screen.value)
            screen.changed = lambda: self.saving.note(about, screen.value)

        def answered(answer: Any) -> None:
            if isinstance(screen, Ask | Form):
                self.saving.answered(about, answer, then)
            elif answer is not None:
                then(answer)

        self.app.push_screen(screen, answered)

    # ── the entry line ─────────────────────────────────────────────────────────────────────────

    def on_entry_line_entered(self, event: EntryLine.Entered) -> None:
        """Log what was typed."""
        log.enter(self, event.lines)
        self._draft.keep()

    def keep_drafts(self) -> None:
        """Keep what is being typed: the console is left."""
        self._draft.keep()
        self.saving.keep()

    def on_entry_line_pasted(self, event: EntryLine.Pasted) -> None:
        """Ask about pasted lines."""
        log.log_pasted(self, event.lines)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line will be, and keep it as a draft."""
        if event.input.id != "entry":
            return
        if typing(self):
            self._show_hint(event.value)
        self._draft.keep_soon()

    def _names(self, typed: str) -> tuple[str, ...]:
        return complete(typed, self.console.roster(), self.now_so)

    def _show_hint(self, typed: str) -> None:
        if "@" in typed and (names := self.query_one(EntryLine).named()):
            press = "{complete-name} completes · {accept} logs · {back} back"
            self.query_one(KeyLine).hint = (" · ".join(names), press)
            return
        line = entry.parse(typed, self.desk.now()) if len(typed) < 4000 else None
        said = entry.described(line, self.desk.now()) or _EXAMPLES
        self.query_one(KeyLine).hint = (said, "{accept} logs · {back} back")

    # ── keys ───────────────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is being typed, keys are text; only escape leads back."""
        return action == "back" or not is_text(action, self)

    def why_not(self, key: Key) -> str | None:
        """Why an act cannot be done now; None if it can."""
        if key.place in PANES or key.place == "pane":
            return self._pane(key.place).why_not(key.id)
        if key.id == "complete-name":
            return None if self.query_one(EntryLine).named() else "No name is being typed that is known here."
        if key.id == "drill-step":
            return None if self._player and self._player.asks else "No drill asks for anything now."
        if key.id in {"undo", "redo"} and self.console.writer.pending:
            return None  # decided when all before it is on disk
        return why_not(self.desk, key.id) or super().why_not(key)

    def may(self, key_id: str) -> bool:
        """Whether an act can be done now; says why where it cannot."""
        reason = why_not(self.desk, key_id)
        if reason:
            self.say(reason, bad=True)
        return reason is None

    # The acts of the registry, each carried out by the module of its topic.
    action_decide = decisions.to_severities
    action_mitigate = decisions.to_mitigations
    action_escalate = decisions.to_escalations
    action_fallback = decisions.to_fallbacks
    action_update = updates.publish_update
    action_cadence = updates.set_cadence
    action_action_item = action_items.open_action_item
    action_team = people.to_team
    action_board = assignments.show_board
    action_record_decision = verdicts.record_decision
    action_commander = command.to_command
    action_impact = impact.to_impact
    action_next_phase = phases.next_phase
    action_previous_phase = phases.previous_phase
    action_due = due.to_first_due
    action_agenda = due.list_due
    action_snooze = due.snooze_first
    action_close_incident = lifecycle.close
    action_reopen_incident = lifecycle.reopen
    action_stamp = milestones.show
    action_rename = lifecycle.rename
    action_figures = figures.read_figures
    action_write_up = write_up.read_write_up
    action_after_action = write_up.read_after_action
    action_reference = playbook.read_playbook
    action_reload_playbook = playbook.reload_playbook
    action_undo = undo.undo
    action_redo = undo.redo

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Whichever way one came to the entry line, it says what it takes."""
        if isinstance(event.widget, EntryLine):
            self._show_hint(event.widget.value)
        self.query_one("#tabs-in-brief").set_class(typing(self), "-aside")

    def action_note(self) -> None:
        """To the entry line."""
        line = self.query_one(EntryLine)
        self.set_focus(line)
        line.cursor_position = len(line.value)
        self._show_hint(line.value)

    def on_paste(self, event: Paste) -> None:
        """Wherever one is, what is pasted goes into the line from which notes are logged; enter logs it."""
        event.stop()
        self.action_note()
        self.query_one(EntryLine).take(pasted_lines(event.text))

    def action_drill_step(self) -> None:
        """Let the drill do what it asks for."""
        self.query_one(DrillLine).let_do()

    def action_back(self) -> None:
        """One level back: from the entry line to the pane, from a search to all, from one pane to all."""
        timeline = self.query_one(Timeline)
        if typing(self):
            self.query_one(KeyLine).hint = ("", "")
            self._draft.keep()
            self.focus_pane(self.pane)
        elif timeline.search and self.pane == "timeline":
            timeline.look_for("")
        elif self.has_class("-zoomed"):
            self.remove_class("-zoomed")

    def action_lobby(self) -> None:
        """Leave to the lobby."""
        self._draft.keep()
        self.console.to_lobby()

    # ── help and palette ───────────────────────────────────────────────────────────────────────

    def places(self) -> list[Place]:
        """The pane that has the keys, and what acts in all of them."""
        own: list[Place] = [self.place, "pane"] if self.place else []
        return [*own, "room", *super().places()]

    def acts(self) -> list[Key]:
        """What is to be done in the room, in every pane and in the entry line."""
        places: list[Place] = ["room", *PANES, "entry", "pane", *super().places()]
        return [key for place in places for key in keys_of(place)]

    def more_commands(self) -> dict[str, Callable[[], None]]:
        """What the palette offers besides keys; the tour has its key in the lobby."""
        return {"Tour": self.console.tour, **super().more_commands()}

    def owner(self, place: Place) -> DOMNode:
        """The room, or one of its panes, or the entry line."""
        if place in PANES:
            self.focus_pane(place)
        if place == "entry":
            self.action_note()
            return self.query_one(EntryLine)
        return self._pane(place) if place in PANES or place == "pane" else super().owner(place)

    def _pane(self, place: Place) -> Pane:
        return self.query_one(f"#{self.pane if place == 'pane' else place}", Pane)

    # ── what command bar and panes ask for ─────────────────────────────────────────────────────────────────

    def on_command_bar_asked(self, _: CommandBar.Asked) -> None:
        """What the bar says is due."""
        due.to_first_due(self)

    def on_checklist_chosen(self, event: Checklist.Chosen) -> None:
        """An item of the checklist."""
        checklist.choose_item(self, event.item, event.how)

    def on_timeline_asked(self, event: Timeline.Asked) -> None:
        """A log entry."""
        log.with_entry(self, event.event, event.what)

    def on_timeline_search_asked(self, _: Timeline.SearchAsked) -> None:
        """What to look for."""
        log.search(self)

    def on_decisions_chosen(self, event: Decisions.Chosen) -> None:
        """A row of a table."""
        decisions.choose_row(self, event.row, event.how)

    def on_action_items_asked(self, event: ActionItems.Asked) -> None:
        """An action item."""
        action_items.with_action_item(self, event.item, event.what)

    def on_team_asked(self, event: Team.Asked) -> None:
        """A person, an assignment or an offer of the command."""
        people.with_row(self, event.what, event.subject)

    def on_impact_pane_asked(self, _: ImpactPane.Asked) -> None:
        """The impact."""
        impact.assess_impact(self)
