"""A playbook as lines that a reader can compare with the document."""

from collections.abc import Iterator

from warroom.incident.playbook import Phase, Playbook, Step
from warroom.playbooks import Loaded
from warroom.playbooks.collect import USUAL_SCALE


def outline(loaded: Loaded) -> list[str]:
    """Everything that a playbook holds, and every warning, one a line."""
    return [*_playbook(loaded.playbook), *(f"warning {w.line}: {w.what}" for w in loaded.warnings)]


def _playbook(book: Playbook) -> Iterator[str]:
    yield f"# {book.title}"
    yield from _text("overview", book.overview)
    yield from (f"about {label}: {value}" for label, value in book.about)
    yield from (f"trigger {text}" for text in book.triggers)
    yield from (f"example {text}" for text in book.examples)
    for phase in book.phases:
        yield from _phase(phase)
    if book.severities == USUAL_SCALE:
        yield "severities as usual"
    for level in book.severities if book.severities != USUAL_SCALE else ():
        yield f"severity {level.level} / {level.description} / {level.response} / {level.response_time}"
    yield from (f"strategy {strategy.name} / {strategy.when}" for strategy in book.strategies)
    for table in book.decisions:
        yield f"decision {table.name}: {' / '.join(table.headers)}"
        yield from (f"  {' / '.join((row.condition, row.choice, *row.more))}" for row in table.rows)
    yield from (f"escalation {' / '.join((path.trigger, path.to, *path.more))}" for path in book.escalations)
    yield from (
        f"fallback {' / '.join((each.condition, each.action, *each.more))}" for each in book.fallbacks
    )
    yield from (f"impact {text}" for text in book.impact_fields)
    yield from _text("template", book.template)
    for reference in book.reference:
        yield from _text(f"reference {reference.title}", reference.text)


def _phase(phase: Phase) -> Iterator[str]:
    yield f"{phase.number} {phase.name}{_mandate(phase)}"
    if phase.description:
        yield f"  description {phase.description}"
    if phase.entry or phase.exit:
        yield f"  {phase.entry} → {phase.exit}"
    yield from _text("  detail", phase.detail)
    for step in phase.steps:
        yield f"  {step.id} {step.name}{_mandate(step)}"
        yield from _text("    detail", step.detail)
        for action in step.actions:
            yield f"    {action.id} {action.text}"
            yield from _text("      detail", action.detail)
        yield from (f"    {output.id} {output.text}" for output in step.outputs)


def _mandate(part: Phase | Step) -> str:
    said = "" if part.mandatory else " (optional)"
    return f"{said} [{part.condition}]" if part.condition else said


def _text(label: str, text: str) -> Iterator[str]:
    if text:
        yield f"{label} {text!r}"
