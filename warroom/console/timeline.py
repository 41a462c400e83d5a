"""The timeline: everything that happened, in the order in which it happened."""

from datetime import datetime
from typing import Literal, get_args

from textual.message import Message

from warroom.console.pane import Pane, bindings
from warroom.console.rows import Line, wrapped
from warroom.incident import events as e
from warroom.incident.events import Event
from warroom.incident.incident import Incident, is_log_entry
from warroom.incident.timeline import Timeline as Entries
from warroom.incident.wording import wording

View = Literal["all", "log", "decisions", "pinned"]

_TONES: dict[type, str] = {
    e.Declared: "accent", e.PhaseEntered: "accent", e.Closed: "accent", e.Reopened: "accent",
    e.SeveritySet: "warn", e.MitigationStarted: "strong", e.MitigationAssessed: "strong",
    e.EscalationRaised: "warn", e.FallbackInvoked: "warn", e.FindingRecorded: "strong",
    e.Ticked: "dim", e.Unticked: "dim", e.Skipped: "dim", e.OutputRecorded: "dim",
}  # fmt: skip

_LOG = (e.Noted, e.MetricObserved, e.FindingRecorded, e.AssignmentGiven, e.UpdatePublished)
_DECISIONS = (
    e.SeveritySet, e.PhaseEntered, e.DecisionTaken, e.MitigationStarted, e.MitigationAssessed,
    e.EscalationRaised, e.FallbackInvoked, e.MetricObserved, e.Closed, e.Reopened, e.FindingRecorded,
)  # fmt: skip

_MOST_LINES = 8  # of one entry in the list; enter shows it whole
_MOST_OF_AN_UPDATE = 4  # of one status update: it repeats what stands above
_MARGIN = 10  # cells before the text: time and sign


class Timeline(Pane):
    """The log. It stays at its end while the cursor is there."""

    BINDINGS = bindings("timeline")
    title = "Timeline"
    empty = "Nothing yet: press {note} and type what you see."
    follows = True

    class Asked(Message):
        """Something is to be done with an entry."""

        def __init__(
            self, event: Event, what: Literal["show", "edit", "strike", "pin", "promote", "copy"]
        ) -> None:
            super().__init__()
            self.event = event
            self.what = what

    class SearchAsked(Message):
        """A search is to be typed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.view: View = "all"
        self.search = ""
        self._shown: list[Event] = []
        self._seen = Entries()

    def update(self, incident: Incident) -> None:
        """Take in new entries; what is shown of the others stays as it is."""
        if self.view == "pinned" or self.search:
            self._shown = [event for event in incident.timeline if self._wanted(incident, event)]
        else:
            same = self._seen.shared(incident.timeline)
            if same < len(self._seen):
                gone = {event.id for event in self._seen[same:]}
                while self._shown and self._shown[-1].id in gone:
                    self._shown.pop()
            new = incident.timeline.after(same)
            self._shown += [event for event in new if self._wanted(incident, event)]
        self._seen = incident.timeline

    def _wanted(self, incident: Incident, event: Event) -> bool:
        fact = event.fact
        if getattr(fact, "linked", False):
            return False
        if self.search and self.search.casefold() not in wording(event, incident).text.casefold():
            return False
        if self.view == "log":
            return isinstance(fact, _LOG)
        if self.view == "decisions":
            return isinstance(fact, _DECISIONS)
        return self.view != "pinned" or incident.is_pinned(event.id)

    def _filter(self) -> None:
        """Show what is wanted now, keeping the entry under the cursor where it is still shown."""
        if self.incident is None:
            return
        kept = self.current
        self.empty = (
            "Nothing matches: {back} shows all."
            if self.search
            else "Nothing here: {filter} shows other entries."
        )
        self._shown, self._seen = [], Entries()
        self.update(self.incident)
        places = [i for i, event in enumerate(self._shown) if kept is not None and event.id == kept.id]
        self.set_reactive(Pane.cursor, places[0] if places else max(len(self._shown) - 1, 0))
        self.redraw()
        self.post_message(self.Moved())

    @property
    def current(self) -> Event | None:
        """The entry under the cursor."""
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def look_for(self, text: str) -> None:
        """Show only what contains a text; "" shows everything again."""
        self.search = text
        self._filter()

    def identity(self, index: int) -> object:
        """The entry."""
        return self._shown[index].id

    def count(self) -> int:
        """The entries that are shown."""
        return len(self._shown)

    def heading(self) -> tuple[str, str]:
        """The title, what is shown, and how many entries."""
        if self.incident is None:
            return self.title, ""
        title = self.title if self.view == "all" else f"{self.title} · {self.view}"
        total = len(self.incident.timeline)
        if self.search:
            return f"{title} · search", f"{len(self._shown):,} of {total:,}"
        return title, f"{len(self._shown):,}"

    def row(self, index: int, width: int) -> list[Line]:
        """Time, sign and text; the day where it changes."""
        event = self._shown[index]
        incident = self.incident
        assert incident is not None
        said = wording(event, incident)
        tone = _TONES.get(type(event.fact), "")
        text = said.text
        sign = "★" if incident.is_pinned(event.id) else said.sign
        if incident.is_struck(event.id):
            tone, sign = "struck", "✗"
        late = event.late and not getattr(event.fact, "linked", False)
        amendment = incident.amended.get(event.id)
        notes = [
            *(["edited"] if amendment and amendment.versions else []),
            *(["entered late"] if late else []),
        ]
        most = _MOST_OF_AN_UPDATE if isinstance(event.fact, e.UpdatePublished) else _MOST_LINES
        lines = wrapped(text + (f" ({', '.join(notes)})" if notes else ""), width - _MARGIN - 1, most)
        at = event.occurred_at
        head: Line = ((f" {at:%H:%M}  ", "dim"), (f"{sign} ", tone or "accent"), (lines[0], tone))
        rows = [head, *(((" " * _MARGIN, ""), (line, tone)) for line in lines[1:])]
        if self._new_day(index, at):
            rows.insert(0, ((f" {at:%a %Y-%m-%d} UTC", "dim strong"),))
        return rows

    def _new_day(self, index: int, at: datetime) -> bool:
        if index:
            return self._shown[index - 1].occurred_at.date() != at.date()
        return self._shown[-1].occurred_at.date() != at.date()

    # ── acts ───────────────────────────────────────────────────────────────────────────────────

    def why_not(self, key_id: str) -> str | None:
        """What records a deed is not reworded; where no entry is shown, nothing is done with one."""
        event = self.current
        if key_id in {"filter", "search"}:
            return None
        if event is None:
            return self.keymap.said(self.empty)
        if key_id in {"edit", "strike"} and not is_log_entry(event):
            return self.keymap.said("This records what was done; take it back with {undo}.")
        if key_id == "edit" and isinstance(event.fact, e.MetricObserved):
            return "A metric cannot be edited; strike it and enter it again."
        return None

    def _ask(self, what: Literal["show", "edit", "strike", "pin", "promote", "copy"]) -> None:
        if self.current is not None:
            self.post_message(self.Asked(self.current, what))

    def action_show_entry(self) -> None:
        """Show the whole entry."""
        self._ask("show")

    def action_edit(self) -> None:
        """Reword it."""
        self._ask("edit")

    def action_strike(self) -> None:
        """Strike it, or let it stand again."""
        self._ask("strike")

    def action_pin(self) -> None:
        """Pin it, or no longer."""
        self._ask("pin")

    def action_promote(self) -> None:
        """Make an action item of it."""
        self._ask("promote")

    def action_copy(self) -> None:
        """Copy it."""
        self._ask("copy")

    def action_filter(self) -> None:
        """Show the next selection."""
        views: tuple[View, ...] = get_args(View)
        self.view = views[(views.index(self.view) + 1) % len(views)]
        self._filter()

    def action_search(self) -> None:
        """Type what to look for."""
        self.post_message(self.SearchAsked())

    def act_on_click(self) -> None:
        """What enter does."""
        self.action_show_entry()
