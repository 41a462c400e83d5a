"""Countdown: how long until something is due, or since when it is overdue."""

from datetime import datetime

from warroom.incident.timing import clock


def countdown(due_at: datetime, now: datetime) -> str:
    """The time that is left, "in 04:10", or that it is over, "03:00 over"."""
    return f"{clock(now - due_at)} over" if now >= due_at else f"in {clock(due_at - now)}"
