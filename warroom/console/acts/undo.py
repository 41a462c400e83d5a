"""Undo: the latest act of one's own is taken back, or done again."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def undo(room: "WarRoom") -> None:
    """Take back the latest act, decided when all before it is on disk."""
    room.saving.submit(room.desk.undo)


def redo(room: "WarRoom") -> None:
    """Do it again, decided when all before it is on disk."""
    room.saving.submit(room.desk.redo)
