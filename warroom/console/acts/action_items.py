"""Action items: opened, changed, finished, dropped."""

from functools import partial
from typing import TYPE_CHECKING, Literal

from warroom.console.action_items import ActionItems
from warroom.console.dialogs import Ask
from warroom.incident import commands, entry
from warroom.incident.incident import ActionItem

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


_HOW = "add pool monitoring @sre fri"


def open_action_item(room: "WarRoom", text: str = "", source: str = "") -> None:
    """Ask for an action item in one line: what, @owner, due."""
    ask = Ask("Action item", value=text, placeholder=_HOW, preview=partial(_preview, room))

    def typed(said: str) -> None:
        todo = _todo(room, said)
        room.do(commands.open_action_item, todo.text, todo.owner, todo.due, source)

    room.ask(ask, typed)


def to_row(room: "WarRoom", subject: str) -> None:
    """Go to an action item."""
    room.focus_pane("action-items")
    room.query_one(ActionItems).show(subject)


def change_action_item(room: "WarRoom", item: ActionItem) -> None:
    """Ask for its new wording, owner and due date, in one line."""
    value = " ".join(
        part for part in (item.text, item.owner, item.due.isoformat() if item.due else "") if part
    )
    ask = Ask("Action item", value=value, placeholder=_HOW, preview=partial(_preview, room))

    def typed(said: str) -> None:
        todo = _todo(room, said)
        room.do(commands.change_action_item, item.id, todo.text, todo.owner, todo.due)

    room.ask(ask, typed)


def _todo(room: "WarRoom", typed: str) -> entry.TodoLine:
    return entry.todo(typed, room.desk.now())


def _preview(room: "WarRoom", typed: str) -> str:
    if not typed.strip():
        return ""
    return entry.described(entry.Line(_todo(room, typed)), room.desk.now()).removesuffix(" · now")


def with_action_item(room: "WarRoom", item: ActionItem, what: Literal["finish", "change", "drop"]) -> None:
    """Finish, change or drop an action item."""
    if what == "finish":
        room.do(commands.toggle_action_item, item.id)
    elif what == "change":
        change_action_item(room, item)
    else:
        ask = Ask(f"Drop: {item.text}", placeholder="why? (may be empty)", required=False)
        room.ask(ask, lambda reason: room.do(commands.drop_action_item, item.id, reason))
