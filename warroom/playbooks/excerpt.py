"""One phase, step or action of a playbook, as a person reads it, and the commands that stand in it."""

from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt

from warroom.incident.playbook import Action, Output, Phase, Playbook, Step
from warroom.playbooks.inline import literal

_PARSER = MarkdownIt("commonmark")


def excerpt(playbook: Playbook, place: str) -> str:
    """What stands at a place, as Markdown: its name, what holds for it, and all that was kept there."""
    return "\n\n".join(block for block in _blocks(playbook, place) if block)


def commands_in(text: str) -> list[str]:
    """Every code block of a Markdown text, without its last line end: pasting it runs nothing by itself."""
    tokens = _PARSER.parse(text)
    found = (token.content.strip("\n") for token in tokens if token.type in {"fence", "code_block"})
    return [command for command in found if command.strip()]


def _blocks(playbook: Playbook, place: str) -> Iterable[str]:
    phase = playbook.phase_of(place)
    if phase is None:
        return ()
    if place == str(phase.number):
        return _phase(phase)
    step = next((step for step in phase.steps if step.id == place), None)
    if step is not None:
        return _step(step)
    item = playbook.item(place)
    detail = item.detail if isinstance(item, Action) else ""
    return (f"## {literal(item.text, '## ')}", detail) if item is not None else ()


def _phase(phase: Phase) -> Iterator[str]:
    yield f"## {phase.number} {literal(phase.name, '## ')}"
    yield _mandate(phase)
    yield literal(phase.description, "")
    yield f"**Entry:** {literal(phase.entry, 'x ')}" if phase.entry else ""
    yield f"**Exit:** {literal(phase.exit, 'x ')}" if phase.exit else ""
    yield phase.detail


def _step(step: Step) -> Iterator[str]:
    yield f"## {step.id} {literal(step.name, '## ')}"
    yield _mandate(step)
    yield step.detail
    yield "\n".join(map(_item, step.actions))
    yield "**Leaves behind:**" if step.outputs else ""
    yield "\n".join(map(_item, step.outputs))


def _item(item: Action | Output) -> str:
    detail = item.detail if isinstance(item, Action) else ""
    if not detail:
        return f"- {literal(item.text)}"
    hung = "\n".join(f"  {line}".rstrip() for line in detail.split("\n"))
    return f"- {literal(item.text)}\n\n{hung}\n"


def _mandate(part: Phase | Step) -> str:
    said = "Mandatory" if part.mandatory else "Optional"
    if part.condition:
        return f"*{said}: {literal(part.condition, 'x ')}*"
    return "" if part.mandatory else f"*{said}*"
