"""One typed line: the entry line's meaning becomes the command it stands for."""

from datetime import datetime

from warroom.incident import events as e
from warroom.incident.commands.assignments import assign
from warroom.incident.commands.followup import open_action_item
from warroom.incident.commands.log import note, record_finding
from warroom.incident.commands.outcome import (
    Outcome,
)
from warroom.incident.entry import AssignmentLine, FindingLine, Line, MetricLine, NoteLine, TodoLine
from warroom.incident.incident import Incident


def enter(incident: Incident, at: datetime, line: Line) -> Outcome:
    """Log what a typed line means."""
    match line.meaning:
        case NoteLine(text):
            return note(incident, at, text)
        case AssignmentLine(who, task, timebox):
            return assign(incident, at, who, task, timebox)
        case TodoLine(text, owner, due):
            return open_action_item(incident, at, text, owner, due)
        case MetricLine(name, before, after):
            return (e.MetricObserved(name, before, after),)
        case FindingLine(finding, text):
            return record_finding(incident, at, finding, text)
