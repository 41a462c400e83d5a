"""The table that says how often each audience is told: by severity, and by how far the incident has come."""

from collections.abc import Sequence
from datetime import timedelta

from warroom.incident.playbook import UpdateRule
from warroom.playbooks.markdown import Remark, Row, Table
from warroom.playbooks.words import duration_of

TITLE = "Status Updates"
HEADERS = ("Severity", "Audience", "First", "Until mitigated", "Until resolved", "Until closed")

_WORDS = ("severity", "audience", "first", "mitigated", "resolved", "closed")
_AUDIENCES = ("internal", "executive", "external")
_NONE = frozenset({"", "-", "–", "—", "none", "never"})
_LEAST = timedelta(minutes=1)


def rules_of(table: Table, warnings: list[Remark]) -> list[UpdateRule] | None:
    """The rules of a table that names severity, audience and times; None for any other table."""
    places = [_place(table.headers, word) for word in _WORDS]
    level, audience = places[0], places[1]
    if level is None or audience is None or all(place is None for place in places[2:]):
        return None
    if not all(row.cells[audience].casefold() in _AUDIENCES for row in table.rows):
        return None
    rules = []
    for row in table.rows:
        first, *every = (_span(row, place, warnings) for place in places[2:])
        spans = [span if span and span >= _LEAST else None for span in every]
        start = first if first is not None else spans[0]
        if start is not None:  # else this audience is owed nothing
            rules.append(UpdateRule(row.cells[level], row.cells[audience].casefold(), start, *spans))
    return rules


def rows_of(rules: Sequence[UpdateRule]) -> list[tuple[str, ...]]:
    """The rows that say these rules."""
    return [
        (
            rule.severity,
            rule.audience,
            *map(_words, (rule.first, rule.unmitigated, rule.mitigated, rule.resolved)),
        )
        for rule in rules
    ]


def _place(headers: Sequence[str], word: str) -> int | None:
    return next((place for place, header in enumerate(headers) if word in header.casefold()), None)


def _span(row: Row, place: int | None, warnings: list[Remark]) -> timedelta | None:
    text = "" if place is None else row.cells[place].strip()
    if text.casefold() in _NONE:
        return None
    found = duration_of(text)
    if found is None:
        warnings.append(Remark(row.line, f"{text!r} taken as never, expected a time such as 30 min"))
    return found


def _words(span: timedelta | None) -> str:
    if span is None:
        return "-"
    seconds = int(span.total_seconds())
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"
