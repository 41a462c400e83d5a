"""What a document says outside of its checklist, wherever it stands: tables, fields, the template."""

from collections.abc import Sequence
from datetime import timedelta

from warroom.incident.playbook import (
    DecisionRow,
    DecisionTable,
    EscalationPath,
    Fallback,
    Reference,
    Severity,
    Strategy,
    UpdateRule,
)
from warroom.playbooks.lists import as_table, expected
from warroom.playbooks.markdown import Code, Item, Listing, Remark, Row, Table
from warroom.playbooks.updates import rules_of
from warroom.playbooks.words import Section, duration_of, name_of

MORE = "More"  # the header of a column that has no header of its own

# What a document without a scale goes by, so that any incident can be classified and has its times.
USUAL_SCALE = (
    Severity("SEV1", "Total outage", "Immediate", timedelta(0)),
    Severity("SEV2", "Major degradation", "15 min", timedelta(minutes=15)),
    Severity("SEV3", "Partial impact", "1 hour", timedelta(hours=1)),
    Severity("SEV4", "Minor issue", "4 hours", timedelta(hours=4)),
)

_LEVEL = ("level", "severity", "priority", "sev")
_RESPONSE = ("response time", "response", "respond", "sla", "target", "acknowledge", "ack")
_MEANING = ("description", "definition", "meaning", "criteria", "impact", "what")
_STRATEGY = ("strategy", "mitigation", "option")
_WHEN = ("when", "use if", "use for")
_TRIGGER = (
    "trigger",
    "condition",
    "when",
    "situation",
    "if",
    "criteria",
    "event",
    "severity",
    "reason",
    "level",
    "after",
)
_WHOM = ("escalate", "whom", "who", "contact", "notify", "page", "person", "role", "team", "owner", "to")
_FAILURE = ("condition", "failure", "when", "if", "situation", "problem", "scenario", "trigger")
_REMEDY = ("action", "fallback", "procedure", "do", "response", "alternative", "then")


class Collected:
    """Everything of a playbook but its phases. Warnings name what was guessed."""

    def __init__(self) -> None:
        self.severities: list[Severity] = []
        self.strategies: list[Strategy] = []
        self.decisions: list[DecisionTable] = []
        self.escalations: list[EscalationPath] = []
        self.fallbacks: list[Fallback] = []
        self.updates: list[UpdateRule] = []
        self.impact_fields: list[str] = []
        self.template = ""
        self.reference: list[Reference] = []
        self.warnings: list[Remark] = []
        self._decided: tuple[int, tuple[Severity, ...]] = (0, ())  # where a decision leads to levels; those

    def table(self, table: Table, section: Section, name: str = "") -> bool:
        """Take a table if it is one of a playbook's own; `section` is what the heading above it says."""
        rules = rules_of(table, self.warnings) if section in {Section.OTHER, Section.SEVERITIES} else None
        if rules is not None:
            self.updates += rules
            self._warn_of_odd_rows(table)
            return True
        kind = _kind(table.headers, section)
        if not table.rows or kind is Section.OTHER or (kind is Section.SEVERITIES and self.severities):
            return False
        match kind:
            case Section.DECISIONS:
                self._add_decision(table, name)
            case Section.ESCALATIONS:
                pairs = _pairs(table, _TRIGGER, _WHOM)
                self.escalations += [EscalationPath(first, second, more) for first, second, more in pairs]
            case Section.FALLBACKS:
                pairs = _pairs(table, _FAILURE, _REMEDY)
                self.fallbacks += [Fallback(first, second, more) for first, second, more in pairs]
            case Section.STRATEGIES:
                pairs = _pairs(table, _STRATEGY, _WHEN)
                self.strategies += [
                    Strategy(first, " · ".join(filter(None, (second, *more))))
                    for first, second, more in pairs
                ]
            case _:
                self._add_severities(table)
        self._warn_of_odd_rows(table)
        return True

    def listing(self, listing: Listing, section: Section) -> bool:
        """Take a list that says what a table of this section would."""
        table = as_table(listing, section, MORE)
        if table is None or not self.table(table, section):
            return False
        what = f"list read as {section.casefold()}, expected {expected(section)}"
        self.warnings.append(Remark(listing.line, what))
        return True

    def scale(self) -> tuple[Severity, ...]:
        """The severity levels; for want of them those that a decision leads to, else the usual ones."""
        if self.severities:
            return tuple(self.severities)
        line, decided = self._decided
        known = {level.level.casefold() for level in USUAL_SCALE}
        taken = USUAL_SCALE if {level.level.casefold() for level in decided} <= known else decided
        names = ", ".join(level.level for level in taken)
        what = f"no severity levels, expected {expected(Section.SEVERITIES)}; {names} taken instead"
        self.warnings.append(Remark(line, what))
        return taken

    def impact(self, listing: Listing) -> None:
        """Take the fields of an impact assessment: what stands before each colon."""
        self.impact_fields += filter(None, (item.text.partition(":")[0].strip() for item in listing.items))

    def take_template(self, code: Code) -> bool:
        """Take the post-mortem template. The first one counts."""
        if self.template or not code.content.strip():
            return False
        self.template = code.content.strip("\n")
        return True

    def _add_decision(self, table: Table, name: str) -> None:
        rows = tuple(
            DecisionRow(row.cells[0], row.cells[1] if len(row.cells) > 1 else "", row.cells[2:])
            for row in table.rows
        )
        self.decisions.append(
            DecisionTable(decision_name(name) or " → ".join(table.headers), table.headers, rows)
        )
        if not self._decided[1] and _column(table.headers[1:2], _LEVEL[1:]) is not None:
            levels = {
                row.choice.casefold(): Severity(row.choice, row.condition) for row in rows if row.choice
            }
            self._decided = (table.line, tuple(levels.values()))

    def _add_severities(self, table: Table) -> None:
        level = _column(table.headers, _LEVEL, -1)
        level = 0 if level is None else level
        response = _column(table.headers, _RESPONSE, level)
        meaning = _column(table.headers, _MEANING, level, response)
        if meaning is None:
            meaning = next((i for i in range(len(table.headers)) if i not in {level, response}), None)
        for row in table.rows:
            said = row.cells[response] if response is not None else ""
            described = [row.cells[meaning]] if meaning is not None else []
            described += _more(table.headers, row, level, response, meaning)
            self.severities.append(
                Severity(row.cells[level], " · ".join(filter(None, described)), said, duration_of(said))
            )

    def _warn_of_odd_rows(self, table: Table) -> None:
        for row in table.rows:
            if row.given != len(table.headers):
                size = "short" if row.given < len(table.headers) else "long"
                what = f"{size} row, expected {len(table.headers)} cells and found {row.given}"
                self.warnings.append(Remark(row.line, what))


def whole(item: Item) -> str:
    """An item and what hangs below it in one line, where there is room for no more."""
    return " ".join([item.text, *item.detail.split()])


def decision_name(heading: str) -> str:
    """`Decision: Severity Assessment` without its first word."""
    head, colon, rest = heading.partition(":")
    named = rest if colon and head.strip().casefold().startswith("decision") else heading
    return name_of(named).text if named.strip() else ""


def _kind(headers: Sequence[str], section: Section) -> Section:
    if section in {Section.DECISIONS, Section.ESCALATIONS, Section.FALLBACKS}:
        return section
    words = [header.casefold() for header in headers]
    if any("escalate" in word for word in words):
        return Section.ESCALATIONS
    if any("fallback" in word for word in words):
        return Section.FALLBACKS
    if section is Section.STRATEGIES or (
        any("strateg" in w for w in words) and any("when" in w for w in words)
    ):
        return Section.STRATEGIES
    level = _column(headers, _LEVEL, -1)
    if level is not None and (
        section is Section.SEVERITIES or _column(headers, _RESPONSE, level) is not None
    ):
        return Section.SEVERITIES
    return Section.OTHER


def _column(headers: Sequence[str], words: Sequence[str], *taken: int | None) -> int | None:
    """The place of the first free header that has one of these words, the likeliest word first."""
    split = [set(header.casefold().replace("/", " ").split()) for header in headers]
    for word in words:
        for place, header in enumerate(headers):
            if place not in taken and (word in split[place] or (len(word) > 3 and word in header.casefold())):
                return place
    return None


def _pairs(
    table: Table, first: Sequence[str], second: Sequence[str]
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each row as its two main cells and the others, each with its header before it."""
    headers = table.headers
    to = _column(headers, second)
    if to == _column(headers, first) or to is None:
        to = None
    left = _column(headers, first, to)
    if left is None:
        left = next((i for i in range(len(headers)) if i != to), 0)
    if to is None:
        to = _column(headers, second, left)
    if to is None:
        to = next((i for i in range(len(headers)) if i != left), None)
    return [
        (row.cells[left], row.cells[to] if to is not None else "", tuple(_more(headers, row, left, to)))
        for row in table.rows
    ]


def _more(headers: Sequence[str], row: Row, *taken: int | None) -> list[str]:
    cells = [
        (header, cell)
        for i, (header, cell) in enumerate(zip(headers, row.cells, strict=True))
        if i not in taken
    ]
    return [cell if header in {"", MORE} else f"{header}: {cell}" for header, cell in cells if cell]
