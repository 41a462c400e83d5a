"""Why an act cannot be done now: it greys a key, and is said when the key is pressed all the same."""

from warroom.desk import Desk
from warroom.incident.board import board
from warroom.incident.matters import agenda, matters


def why_not(desk: Desk, key_id: str) -> str | None:
    """Why an act of the war room cannot be done now; None if it can."""
    incident = desk.incident
    match key_id:
        case "mitigate" | "escalate" | "cadence" | "commander" if incident.closed_at:
            return f"{incident.number} is closed."
        case "next-phase" if incident.finished:
            return "All phases are done."
        case "previous-phase" if incident.phase.number == 1:
            return "This is the first phase."
        case "reopen-incident" if not incident.closed_at:
            return "It is not closed."
        case "undo" | "redo" | "after-action" if not desk.is_read():
            return "The incident is still being read."
        case "undo" if not desk.record.undoable(desk.by):
            return "There is nothing of yours to undo."
        case "redo" if desk.record.redoable(desk.by) is None:
            return "There is nothing to redo."
        case "due" | "snooze" if not matters(incident, desk.now()):
            return "Nothing is due."
        case "board" if not board(incident):
            return "Nobody is responding yet, and nobody has a task."
        case "agenda" if not agenda(incident):
            return "Nothing is due, now or later."
    return None
