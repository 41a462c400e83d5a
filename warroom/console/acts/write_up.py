"""The write-up: the post-mortem as it stands, read and written to a file."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from warroom.console.acts.files import ask_where
from warroom.incident import commands

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def read_write_up(room: "WarRoom") -> None:
    """Show the post-mortem as it stands."""
    from warroom.console.document import Document
    from warroom.incident.postmortem import post_mortem, render

    incident = room.now_so
    text = render(post_mortem(incident), incident.playbook.template)
    room.app.push_screen(Document(f"Post-mortem of {incident.number}", text, partial(write_file, room, text)))


def read_after_action(room: "WarRoom") -> None:
    """Show what was late, what was left out, and how long everything took."""
    if not room.may("after-action"):
        return
    from warroom.console.document import Document
    from warroom.incident.after_action import after_action, render

    text = render(after_action(room.desk.record, room.desk.now()))
    number = room.now_so.number
    name = f"{number}-after-action.md"
    write = partial(ask_where, room, "Write the after-action summary to", name, text)
    room.app.push_screen(Document(f"After-action of {number}", text, write))


def write_file(room: "WarRoom", text: str) -> None:
    """Ask where the post-mortem goes, and write it."""
    name = f"{room.now_so.number}-post-mortem.md"

    def written(path: Path) -> None:
        room.do(commands.post_mortem_written, path.name)

    ask_where(room, "Write the post-mortem to", name, text, written)
