"""The declaration: the questions that open an incident."""

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from warroom.console.dialogs import Choice, ChoiceList, Dialog
from warroom.console.entry_line import Line as TypedLine
from warroom.console.hint import Hint
from warroom.console.pane import Pane
from warroom.incident.commands import severity_table
from warroom.incident.playbook import Playbook
from warroom.incident.suggest import Offer, Suggestion, phrases, suggestion

if TYPE_CHECKING:
    from warroom.console.app import Console


class Declaration(Dialog[tuple[str, str, str] | None]):
    """Title, severity by the table, playbook: what an incident is declared with.

    The playbook that reads like the title is suggested; whoever has chosen one is not overruled.
    """

    def __init__(self, playbook: Playbook, playbooks: list[str]) -> None:
        super().__init__()
        self._playbook = playbook
        self._offers = [Offer(name) for name in playbooks]
        self._suggested: Suggestion | None = None
        self._usual = playbooks[0] if playbooks else ""
        self._put_on = self._usual  # the playbook that the dialog put the cursor on

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
            yield Hint("{accept} declares, and the timer starts · {leave-dialog} leaves")

    def on_mount(self) -> None:
        """Have the playbooks read, off the screen's thread."""
        if len(self._offers) > 1:
            console = cast("Console", self.app)
            console.writer.submit(console.front.offers, self._offer, lambda _: None)

    # ── playbooks ──────────────────────────────────────────────────────────────────────────────

    @property
    def _list(self) -> ChoiceList | None:
        found = self.query("#playbook")
        return found.first(ChoiceList) if found else None

    def _offer(self, offers: list[Offer]) -> None:
        if self.is_attached:
            self._offers = sorted(offers, key=lambda offer: offer.name != self._usual)
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

    def move(self, by: int) -> None:
        """Up and down move through the severities even while the title is typed."""
        playbooks = self._list
        in_playbooks = playbooks is not None and self.focused is playbooks
        choices = self.query_one("#playbook" if in_playbooks else "#severity", ChoiceList)
        choices.go_to(choices.cursor + by)
        self._follow()

    def turn(self, by: int) -> None:
        """A page further or back."""
        self.move(by * 10)

    def on_line_finished(self, event: TypedLine.Finished) -> None:
        """Declare."""
        self._declare(event.text)

    def action_accept(self) -> None:
        """Declare."""
        self._declare(self.query_one("#title", TypedLine).value)

    def _declare(self, title: str) -> None:
        if not title.strip():
            self._say("what is broken, in a few words?", "#title")
            return
        self._suggest(title)  # what was typed last may not have been looked at yet
        playbook = self._list.chosen if self._list else None
        if playbook and playbook.why_not:
            self._say(f"not a playbook: {playbook.why_not}", "#playbook")
            return
        severity = self.query_one("#severity", ChoiceList).chosen
        self.dismiss((title, severity.id if severity else "", playbook.id if playbook else ""))

    def _say(self, what: str, where: str) -> None:
        self.query_one(Hint).say(what)
        self.set_focus(self.query_one(where))


def _playbooks(offers: list[Offer], suggested: Suggestion | None) -> list[Choice]:
    return [
        Choice(offer.name, offer.name, note=_about(offer, suggested), why_not=offer.why_not)
        for offer in offers
    ]


def _about(offer: Offer, suggested: Suggestion | None) -> str:
    """Why a playbook is suggested, else what it is for; and whether its document was read as a checklist."""
    kind = ["generic checklist"] if offer.generic else []
    if suggested and suggested.name == offer.name:
        return " · ".join([f"suggested: “{suggested.phrase}”", *kind])
    found = phrases(offer.playbook) if offer.playbook else ()
    return " · ".join([*kind, *found[:3]])


def _severities(playbook: Playbook) -> list[Choice]:
    table = severity_table(playbook)
    choices = [Choice("", "Not known yet", note="classify it in the war room")]
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
