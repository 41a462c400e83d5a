"""Files: where a text goes, and whether it got there."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from warroom.console.dialogs import Ask

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def ask_where(
    room: "WarRoom", question: str, name: str, text: str, then: Callable[[Path], None] | None = None
) -> None:
    """Ask where a text goes, and write it; `then` follows when it is there."""

    def write(typed: str) -> None:
        path = Path(typed.strip()).expanduser()
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            room.say(f"Not written: {path}: {error.strerror}. Choose another place.", bad=True)
            return
        room.say(f"Written to {path}")
        if then is not None:
            then(path)

    room.ask(Ask(question, value=name), write)
