"""The playbook: read, a command of it copied, and taken over when it was edited."""

from functools import partial
from typing import TYPE_CHECKING

from warroom.console.dialogs import Ask, Choice, Menu
from warroom.console.rows import clipped
from warroom.incident import changes, commands
from warroom.incident.playbook import Playbook
from warroom.incident.text import printable_lines

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def read_playbook(room: "WarRoom") -> None:
    """Show the whole playbook."""
    from warroom.console.document import Document

    text = room.console.playbook_text(room.now_so.playbook)
    room.app.push_screen(Document(f"Playbook of {room.now_so.number}", text))


def read_place(room: "WarRoom", place: str, *, copy: bool) -> None:
    """Show what stands in a phase, step or action, or copy a command of it."""
    from warroom.console.document import Detail, copy_command

    front = room.console.front
    text = printable_lines(front.excerpt(room.now_so.playbook, place))
    found = front.commands_in(text)
    if copy:
        copy_command(room, found)
    else:
        room.app.push_screen(Detail(f"{place} · {room.now_so.playbook.title}", text, found))


def say_edited(room: "WarRoom") -> None:
    """Say that the playbook's document is another one now."""
    if room.is_attached:
        room.notify(
            room.console.keymap.said(
                "{reload-playbook} says what changed, and asks before anything is taken over."
            ),
            title="The playbook was edited",
            timeout=20,
            markup=False,
        )


def reload_playbook(room: "WarRoom") -> None:
    """Read the playbook's document again; ask which, where it is not known."""
    source = room.now_so.source
    if source:
        _read_again(room, source)
    else:
        _ask_source(room, "", [("It is not known which document this incident's playbook came from.", "dim")])


def _ask_source(room: "WarRoom", source: str, body: list[tuple[str, str]]) -> None:
    ask = Ask(
        "Reload the playbook from",
        value=source,
        placeholder="the name of a playbook, or a file",
        body=[*body, ("", "")],
        hint="{accept} reads it, and says what changed · {leave-dialog} leaves",
    )
    room.ask(ask, lambda typed: _read_again(room, typed.strip()))


def _read_again(room: "WarRoom", source: str) -> None:
    front = room.console.front

    def failed(error: BaseException) -> None:
        _ask_source(room, source, [(line, "warn") for line in str(error).split("\n")])

    room.console.fetch(lambda: front.playbook(source).playbook, partial(_show_changes, room, source), failed)


def _show_changes(room: "WarRoom", source: str, playbook: Playbook) -> None:
    incident = room.now_so
    found = changes.diff(incident.playbook, playbook)
    if not found:
        room.say("The playbook has not changed.")
        return
    kept = changes.kept(incident.playbook, playbook)
    lost = [item for item in incident.items if item not in kept]
    lines = list(map(str, found))
    if lost:
        lines += ["", "Settled, and not in the new version; the record keeps it:"]
        lines += [f"  {item} {incident.playbook.text_of(item) or ''}" for item in lost]
    width, height = min(room.app.size.width, 92) - 6, max(room.app.size.height // 2 - 3, 4)
    body = [(clipped(line, width), "") for line in lines[:height]]
    body += [(f"… and {len(lines) - height:,} more lines", "dim")] if len(lines) > height else []
    stay = f"{len(incident.items) - len(lost)} of {len(incident.items)} settled items stay settled"
    menu = Menu(
        f"Go on by the new version of {playbook.title}?",
        [
            Choice("reload", "Go on by the new version", "reload-take-over", stay if incident.items else ""),
            Choice("read", "Read all that changed", "reload-read"),
        ],
        body=[*body, ("", "")],
    )

    def answered(choice: str) -> None:
        if choice == "reload":
            room.do(commands.reload_playbook, playbook, room.console.front.source(source))
            return
        from warroom.console.document import Detail

        page = Detail(f"What changed in {playbook.title}", "\n".join(f"    {line}" for line in lines))
        room.app.push_screen(page, lambda _: _show_changes(room, source, playbook))

    room.ask(menu, answered)
