"""Lists that say what a table would: `- SEV1: total outage`, `- If the rollback fails, scale up`."""

import re
from collections.abc import Sequence

from warroom.playbooks.markdown import Listing, Row, Table
from warroom.playbooks.words import Section, duration_of

_HEADERS = {
    Section.SEVERITIES: ("Level", "Description", "Response Time"),
    Section.STRATEGIES: ("Strategy", "When to Use"),
    Section.ESCALATIONS: ("Trigger", "Escalate To"),
    Section.FALLBACKS: ("Condition", "Action"),
}
_BETWEEN = re.compile(r" ?(?:→|->|=>) ?|: | [–—-] ")
_CONDITION = re.compile(r"(?:if|when|once|after|unless)\b", re.IGNORECASE)
_COMMA = re.compile(r", ")
_REMARK = re.compile(r"\(([^()]*)\)$")
_ORDINALS = ("1st", "2nd", "3rd", *(f"{n}th" for n in range(4, 21)))  # no level is called so


_Pair = tuple[str, str]


def as_table(listing: Listing, section: Section, more: str) -> Table | None:
    """A list as the table that its section should hold, or None where its items are no such pairs.

    What hangs below an item goes into a column of the name `more`.
    """
    headers = _HEADERS.get(section)
    pairs = _pairs(listing, section) if headers else []
    if headers is None or not pairs:
        return None
    cells: Sequence[tuple[str, ...]] = _levels(pairs) if section is Section.SEVERITIES else pairs
    rows = tuple(
        Row(item.line, (*row, " ".join(item.detail.split())), len(headers) + 1)
        for item, row in zip(listing.items, cells, strict=True)
    )
    return Table(listing.line, listing.source, (*headers, more), rows)


def expected(section: Section) -> str:
    """What stands for sure where a list had to be guessed at."""
    *names, last = _HEADERS[section]
    return f"a table with the columns {', '.join(names)} and {last}"


def _pairs(listing: Listing, section: Section) -> list[_Pair]:
    """What each item says of what, or nothing where not all of them do."""
    items = listing.items
    found = [pair for item in items if (pair := _pair(item.text))]
    if len(found) == len(items):
        return found
    if section is Section.STRATEGIES:
        return [_pair(item.text) or (item.text, "") for item in items]
    if section is Section.ESCALATIONS and listing.start and len(items) <= len(_ORDINALS):
        return [(_ORDINALS[place], item.text) for place, item in enumerate(items)]  # the rungs of a ladder
    return []


def _pair(text: str) -> _Pair | None:
    """What stands before and behind the first arrow, colon or dash; or the first comma of a condition."""
    found = _BETWEEN.search(text) or (_COMMA.search(text) if _CONDITION.match(text) else None)
    if found is None:
        return None
    first, second = text[: found.start()].strip(), text[found.end() :].strip()
    return (first, second) if first and second else None


def _levels(pairs: Sequence[_Pair]) -> list[tuple[str, str, str]]:
    """Level, description and response time. Where one level has nothing but a time, the others have too."""
    timed = any(duration_of(second) is not None for _, second in pairs)
    return [_level(first, second, timed=timed) for first, second in pairs]


def _level(first: str, second: str, *, timed: bool) -> tuple[str, str, str]:
    remark = _REMARK.search(first)  # `SEV1 (Critical)`
    level, said = (first[: remark.start()].strip(), remark[1]) if remark else (first, "")
    if not level:
        level, said = first, ""
    if timed:
        return level, said, second
    if duration_of(said) is not None:
        return level, second, said
    return level, f"{said}: {second}" if said else second, ""
