"""A playbook: the workflow that an incident follows, frozen as it was when the incident was declared."""

import re
from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct


class Action(Struct, frozen=True, omit_defaults=True):
    """One thing to do in a step. `id` is its place (`"3.1.2"`), never its printed number or text."""

    id: str
    text: str
    detail: str = ""  # Markdown that hung below it: nested bullets, commands


class Output(Struct, frozen=True, omit_defaults=True):
    """Something that a step leaves behind. `id` is its place (`"3.2.o1"`)."""

    id: str
    text: str


class Step(Struct, frozen=True, omit_defaults=True):
    """A step of a phase: actions to tick, outputs to record."""

    id: str  # "3.1"
    name: str
    mandatory: bool = True
    condition: str = ""  # "for production" in `Is Mandatory: Yes (for production)`
    actions: tuple[Action, ...] = ()
    outputs: tuple[Output, ...] = ()
    detail: str = ""  # Markdown kept where it stood: unknown labels, tables, code

    def items(self) -> Iterator[Action | Output]:
        """What can be ticked or recorded here: the actions, then the outputs."""
        yield from self.actions
        yield from self.outputs


class Phase(Struct, frozen=True, omit_defaults=True):
    """A phase: entered through its entry criterion, left through its exit criterion."""

    number: int  # 1-based place in the playbook
    name: str
    description: str = ""
    entry: str = ""
    exit: str = ""
    mandatory: bool = True
    condition: str = ""
    steps: tuple[Step, ...] = ()
    detail: str = ""

    @property
    def entry_id(self) -> str:
        """The id under which the entry criterion is ticked."""
        return f"{self.number}.entry"

    @property
    def exit_id(self) -> str:
        """The id under which the exit criterion is ticked."""
        return f"{self.number}.exit"

    def actions(self) -> Iterator[tuple[Step, Action]]:
        """Every action with its step, in order."""
        return ((step, action) for step in self.steps for action in step.actions)


class Severity(Struct, frozen=True, omit_defaults=True):
    """A severity level. `response_time` is None where the text is no duration ("Next sprint")."""

    level: str
    description: str = ""
    response: str = ""
    response_time: timedelta | None = None


class Strategy(Struct, frozen=True, omit_defaults=True):
    """A mitigation strategy and when to use it."""

    name: str
    when: str = ""


class DecisionRow(Struct, frozen=True, omit_defaults=True):
    """One row of a decision table: a condition and what follows from it."""

    condition: str
    choice: str
    more: tuple[str, ...] = ()  # columns after the second


class DecisionTable(Struct, frozen=True, omit_defaults=True):
    """A decision point: rows of condition → choice under the document's own headers."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[DecisionRow, ...]


class EscalationPath(Struct, frozen=True, omit_defaults=True):
    """Whom to escalate to, and when."""

    trigger: str
    to: str
    more: tuple[str, ...] = ()


class Fallback(Struct, frozen=True, omit_defaults=True):
    """What to do when something the workflow relies on fails."""

    condition: str
    action: str
    more: tuple[str, ...] = ()


class UpdateRule(Struct, frozen=True, omit_defaults=True):
    """By when an audience first hears of an incident of a severity, and how often after (None: no more)."""

    severity: str
    audience: str  # internal, executive or external
    first: timedelta
    unmitigated: timedelta | None = None
    mitigated: timedelta | None = None
    resolved: timedelta | None = None


class Reference(Struct, frozen=True, omit_defaults=True):
    """A section that the loader kept without understanding: shown as it stood."""

    title: str
    text: str  # Markdown


class Playbook(Struct, frozen=True, omit_defaults=True):
    """A whole workflow document."""

    title: str
    phases: tuple[Phase, ...]
    overview: str = ""
    about: tuple[tuple[str, str], ...] = ()  # ("Version", "1.0.0"), ("Created", …), ("Applies To", …)
    triggers: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    decisions: tuple[DecisionTable, ...] = ()
    escalations: tuple[EscalationPath, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    updates: tuple[UpdateRule, ...] = ()  # empty: the usual cadence
    impact_fields: tuple[str, ...] = ()  # "Users affected", "Revenue impact", …
    template: str = ""  # the post-mortem template, Markdown
    reference: tuple[Reference, ...] = ()

    def phase(self, number: int) -> Phase | None:
        """The phase at this 1-based place."""
        return self.phases[number - 1] if 0 < number <= len(self.phases) else None

    def severity(self, level: str) -> Severity | None:
        """The severity level of this name, in any case."""
        return next((s for s in self.severities if s.level.casefold() == level.casefold()), None)

    def strategy(self, name: str) -> Strategy | None:
        """The mitigation strategy of this name, in any case."""
        return next((s for s in self.strategies if s.name.casefold() == name.casefold()), None)

    def rank(self, level: str) -> int:
        """0 for the most severe level; an unknown level ranks below all."""
        levels = [s.level.casefold() for s in self.severities]
        return levels.index(level.casefold()) if level.casefold() in levels else len(levels)

    def item(self, item_id: str) -> Action | Output | None:
        """The action or output at a place, or None."""
        phase = self.phase_of(item_id)
        if phase is None:
            return None
        for step in phase.steps:
            for item in step.items():
                if item.id == item_id:
                    return item
        return None

    def phase_of(self, item_id: str) -> Phase | None:
        """The phase in which an action, output or criterion stands."""
        head = item_id.partition(".")[0]
        return self.phase(int(head)) if re.fullmatch(r"[1-9]\d{0,3}", head, re.ASCII) else None

    def criteria(self, start: int, end: int) -> Iterator[str]:
        """The ids of the criteria at the gates between two phases, on the way from one to the other."""
        for phase in self.phases[start - 1 : end]:
            if phase.number != start and phase.entry:
                yield phase.entry_id
            if phase.number != end and phase.exit:
                yield phase.exit_id

    def text_of(self, item_id: str) -> str | None:
        """The wording of an action, output or criterion, or None if there is no such item."""
        phase = self.phase_of(item_id)
        if phase is not None and item_id == phase.entry_id:
            return phase.entry or None
        if phase is not None and item_id == phase.exit_id:
            return phase.exit or None
        item = self.item(item_id)
        return item.text if item else None
