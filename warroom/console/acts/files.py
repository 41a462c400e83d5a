"""Files: where a text goes, and whether it got there."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from warroom.console.dialogs import Ask, Choice, Menu
from warroom.paths import expanded

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def ask_where(
    room: "WarRoom", question: str, name: str, text: str, then: Callable[[Path], None] | None = None
) -> None:
    """Ask where a text goes, and write it; `then` follows when it is there.

    What is there already is replaced only when that is said too.
    """

    def write(path: Path, mode: Literal["x", "w"] = "x") -> None:
        try:
            with path.open(mode, encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            if isinstance(error, FileExistsError) and path.is_file():
                ask_whether_to_replace(path)
                return
            room.say(f"Not written: {path}: {error.strerror}. Choose another place.", bad=True)
            return
        room.say(f"Written to {path}")
        if then is not None:
            then(path)

    def ask_whether_to_replace(path: Path) -> None:
        def chosen(what: str) -> None:
            if what == "replace":
                write(path, "w")
            else:
                ask_where(room, question, str(path), text, then)

        choices = [
            Choice("elsewhere", "Choose another place", "file-elsewhere"),
            Choice("replace", "Replace it", "file-replace"),
        ]
        room.ask(Menu(f"{path} is there already", choices), chosen)

    room.ask(Ask(question, value=name), lambda typed: write(expanded(typed.strip())))
