"""The briefing at a transfer of command: read by both, offered by one, accepted or declined by the other."""

from warroom.console.document import Page
from warroom.console.keys import Key
from warroom.console.pane import bindings


class Briefing(Page):
    """A briefing to read; the answer is what is to be done about the command."""

    BINDINGS = bindings("briefing")
    place = "briefing"

    def __init__(self, title: str, text: str, offered_to: str = "") -> None:
        super().__init__(title, text)
        self._offered_to = offered_to  # "" before it is offered

    def why_not(self, key: Key) -> str | None:
        """What is not offered yet is not answered."""
        if key.id in {"accept-command", "decline-command"} and not self._offered_to:
            return "It is not offered yet."
        return super().why_not(key)

    def action_offer_command(self) -> None:
        """Offer the command; one that is offered, to somebody else."""
        self.dismiss("offer")

    def action_accept_command(self) -> None:
        """Whom it is offered to accepts."""
        self.dismiss("accept")

    def action_decline_command(self) -> None:
        """Whom it is offered to declines."""
        self.dismiss("decline")

    def action_copy_briefing(self) -> None:
        """Copy it as Markdown."""
        self._copy_all()

    def action_close_briefing(self) -> None:
        """Back; nothing has changed."""
        self.dismiss(None)
