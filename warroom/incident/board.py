"""The board: who is on what, and who is free."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import NamedTuple

from warroom.incident.incident import Assignment, Incident

_NEVER = datetime.max.replace(tzinfo=UTC)


class BoardLine(NamedTuple):
    """A person and their open assignments, the next check-back first."""

    who: str
    assignments: tuple[Assignment, ...]


def board(incident: Incident) -> tuple[BoardLine, ...]:
    """Everybody who responds or has a task: the next check-back first, those who are free last."""
    tasks: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in incident.assignments:
        if not assignment.outcome:
            tasks[assignment.who].append(assignment)
    for member in incident.responding:
        tasks.setdefault(member.who, [])
    lines = (BoardLine(who, tuple(sorted(found, key=_due))) for who, found in tasks.items())
    return tuple(sorted(lines, key=_next))


def _due(assignment: Assignment) -> datetime:
    return assignment.due_at or _NEVER


def _next(line: BoardLine) -> tuple[bool, datetime, str]:
    return not line.assignments, min(map(_due, line.assignments), default=_NEVER), line.who
