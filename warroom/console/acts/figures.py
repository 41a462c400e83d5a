"""Figures: the severity over the course of the incident, and what was measured."""

from typing import TYPE_CHECKING

from warroom.console import terminal
from warroom.console.acts.files import ask_where

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def read_figures(room: "WarRoom") -> None:
    """Show time in each severity, why it changed, and each metric over the incident."""
    from warroom.console.document import Document
    from warroom.incident import series
    from warroom.incident.figures import figures

    incident = room.now_so
    signs = series.BLOCKS if terminal.utf8().can else series.ASCII
    text = figures(incident, room.desk.now(), signs)

    def write() -> None:
        ask_where(room, "Write the figures to", f"{incident.number}-figures.md", text)

    room.app.push_screen(Document(f"Figures of {incident.number}", text, write))
