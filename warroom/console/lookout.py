"""The lookout: from the lobby, the active incidents are watched for what becomes overdue in them."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from warroom.console.attention import Attention
from warroom.front_desk import FrontDesk, Summary
from warroom.incident.incident import Incident

_AT_ONCE = 5  # incidents that are read in one go: the list is never kept waiting by them


class Lookout:
    """What is so in every active incident that is no exercise, as far as it has been read."""

    def __init__(self, attention: Attention) -> None:
        self._attention = attention
        self._known: dict[str, tuple[Summary, Incident]] = {}

    def read(self, front: FrontDesk, summaries: Sequence[Summary]) -> None:
        """Read those in which something happened; not on the screen's thread."""
        active = [each for each in summaries if each.status == "active" and not each.exercise]
        known = {each.number: self._known[each.number] for each in active if each.number in self._known}
        changed = [each for each in active if each.number not in known or known[each.number][0] != each]
        for summary in changed[:_AT_ONCE]:
            with suppress(Exception):  # whoever opens it is told
                known[summary.number] = summary, front.glimpse(summary.number)
        self._known = known

    def look(self, now: datetime) -> None:
        """Call for attention where it is needed."""
        self._attention.look([incident for _, incident in self._known.values()], now)
