"""From a playbook back to a document in the form of the built-in one, and to JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from warroom.incident.playbook import DecisionTable, Phase, Playbook, Severity, Step, UpdateRule
from warroom.playbooks.collect import MORE
from warroom.playbooks.inline import as_field, literal
from warroom.playbooks.markdown import fenced
from warroom.playbooks.updates import HEADERS, rows_of
from warroom.playbooks.updates import TITLE as UPDATES
from warroom.playbooks.words import Label, Section


def as_json(playbook: Playbook) -> dict[str, Any]:
    """A playbook as plain data."""
    return {
        "title": playbook.title,
        "overview": playbook.overview,
        "about": [{"label": label, "value": value} for label, value in playbook.about],
        "triggers": list(playbook.triggers),
        "examples": list(playbook.examples),
        "phases": [_phase_data(phase) for phase in playbook.phases],
        "severities": [_severity_data(severity) for severity in playbook.severities],
        "strategies": [{"name": strategy.name, "when": strategy.when} for strategy in playbook.strategies],
        "decisions": [_decision_data(table) for table in playbook.decisions],
        "escalations": [
            {"trigger": p.trigger, "to": p.to, "more": list(p.more)} for p in playbook.escalations
        ],
        "fallbacks": [
            {"condition": f.condition, "action": f.action, "more": list(f.more)} for f in playbook.fallbacks
        ],
        "updates": [_update_data(rule) for rule in playbook.updates],
        "impact_fields": list(playbook.impact_fields),
        "template": playbook.template,
        "reference": [{"title": reference.title, "text": reference.text} for reference in playbook.reference],
    }


def _phase_data(phase: Phase) -> dict[str, Any]:
    return {
        "number": phase.number,
        "name": phase.name,
        "description": phase.description,
        "entry": phase.entry,
        "exit": phase.exit,
        "mandatory": phase.mandatory,
        "condition": phase.condition,
        "detail": phase.detail,
        "steps": [_step_data(step) for step in phase.steps],
    }


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "number": step.id,
        "name": step.name,
        "mandatory": step.mandatory,
        "condition": step.condition,
        "actions": [
            {"number": action.id, "text": action.text, "detail": action.detail} for action in step.actions
        ],
        "outputs": [output.text for output in step.outputs],
        "detail": step.detail,
    }


def _severity_data(severity: Severity) -> dict[str, Any]:
    seconds = severity.response_time.total_seconds() if severity.response_time is not None else None
    return {
        "level": severity.level,
        "description": severity.description,
        "response": severity.response,
        "response_seconds": int(seconds) if seconds is not None and seconds.is_integer() else seconds,
    }


def _update_data(rule: UpdateRule) -> dict[str, Any]:
    return dict(
        zip(
            ("severity", "audience", "first", "unmitigated", "mitigated", "resolved"),
            rows_of([rule])[0],
            strict=True,
        )
    )


def _decision_data(table: DecisionTable) -> dict[str, Any]:
    rows = [{"condition": row.condition, "choice": row.choice, "more": list(row.more)} for row in table.rows]
    return {"name": table.name, "headers": list(table.headers), "rows": rows}


def as_markdown(playbook: Playbook) -> str:
    """A document that loads as this very playbook."""
    blocks = [
        f"# {literal(playbook.title, '# ')}",
        *_overview(playbook),
        *_triggers(playbook),
        *_collected(playbook),
        f"## {Section.PHASES}",
    ]
    for phase in playbook.phases:
        blocks += [*_phase(phase), "---"]
    blocks += [*_decisions(playbook.decisions), *_paths(playbook)]
    for reference in playbook.reference:
        blocks += [f"## {literal(reference.title, '# ')}", reference.text]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _overview(playbook: Playbook) -> Iterable[str]:
    if playbook.overview or playbook.about:
        yield from (f"## {Section.OVERVIEW}", playbook.overview)
    for label, value in playbook.about:
        yield as_field(label, value)  # in a paragraph of its own, as a mark in one can meet a mark in another


def _triggers(playbook: Playbook) -> Iterable[str]:
    if playbook.triggers:
        yield from (f"## {Section.TRIGGERS}", "This workflow is activated when:", _bullets(playbook.triggers))
    if playbook.examples:
        yield from (f"## {Section.EXAMPLES}", _bullets(f'"{example}"' for example in playbook.examples))


def _collected(playbook: Playbook) -> Iterable[str]:
    """What the built-in playbook has within its steps. Which step it was, a playbook does not remember."""
    if playbook.severities:
        rows = [(s.level, s.description, s.response) for s in playbook.severities]
        yield from (f"## {Section.SEVERITIES}", _table(("Level", "Description", "Response Time"), rows))
    if playbook.strategies:
        rows_of_two = [(s.name, s.when) for s in playbook.strategies]
        yield from (f"## {Section.STRATEGIES}", _table(("Strategy", "When to Use"), rows_of_two))
    if playbook.impact_fields:
        yield from (f"## {Section.IMPACT}", _bullets(playbook.impact_fields))
    if playbook.template:
        yield from (f"## {Section.TEMPLATE}", fenced(playbook.template, "markdown"))


def _phase(phase: Phase) -> Iterable[str]:
    shared = all(
        (step.mandatory, step.condition) == (phase.mandatory, phase.condition) for step in phase.steps
    )
    yield f"### Phase {phase.number}: {literal(phase.name, '# ')}"
    yield _field(Label.DESCRIPTION, phase.description)
    yield _field(Label.ENTRY, phase.entry)
    yield _field(Label.EXIT, phase.exit)
    if not shared:
        yield _mandate(phase)
    yield phase.detail
    for step in phase.steps:
        yield from _step(step)
        # One line at the end of a phase speaks for it and for all of its steps.
        if not shared or step is phase.steps[-1]:
            yield _mandate(step)


def _step(step: Step) -> Iterable[str]:
    yield f"#### Step {step.id}: {literal(step.name, '# ')}"
    yield step.detail
    if step.actions:
        items = "\n".join(_item(action.text, action.detail) for action in step.actions)
        yield f"**{Label.ACTIONS}:**\n\n{items}"
    if step.outputs:
        yield f"**{Label.OUTPUTS}:**\n\n{_bullets(output.text for output in step.outputs)}"


def _item(text: str, detail: str) -> str:
    if not detail:
        return f"- {literal(text)}"
    hung = "\n".join(f"  {line}".rstrip() for line in detail.split("\n"))
    return f"- {literal(text)}\n\n{hung}\n"


def _field(label: Label, value: str) -> str:
    return as_field(label, value) if value else ""


def _mandate(part: Phase | Step) -> str:
    said = "Yes" if part.mandatory else "No"
    return as_field(Label.MANDATORY, f"{said} ({part.condition})" if part.condition else said)


def _decisions(tables: Sequence[DecisionTable]) -> Iterable[str]:
    if tables:
        yield f"## {Section.DECISIONS}"
    for table in tables:
        yield f"### {Label.DECISION}: {literal(table.name, '# ')}"
        yield _table(
            table.headers,
            [(row.condition, row.choice, *row.more)[: len(table.headers)] for row in table.rows],
        )


def _paths(playbook: Playbook) -> Iterable[str]:
    escalations = [(path.trigger, path.to, *path.more) for path in playbook.escalations]
    fallbacks = [(fallback.condition, fallback.action, *fallback.more) for fallback in playbook.fallbacks]
    if escalations:
        yield from (f"## {Section.ESCALATIONS}", _table(("Trigger", "Escalate To"), escalations))
    if fallbacks:
        yield from (f"## {Section.FALLBACKS}", _table(("Condition", "Action"), fallbacks))
    if playbook.updates:
        yield from (f"## {UPDATES}", _table(HEADERS, rows_of(playbook.updates)))


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    width = max(len(headers), *map(len, rows))
    heads = [*headers, *[MORE] * (width - len(headers))]
    lines = [_row(heads, width), "|" + "---|" * width, *(_row(row, width) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str], width: int) -> str:
    filled = [*cells, *[""] * (width - len(cells))]
    return "| " + " | ".join(literal(cell).replace("|", "\\|") for cell in filled) + " |"


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {literal(text)}" for text in texts)
