"""Which part of a document is what: its title, its phases with their steps, and the sections around them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from warroom.playbooks.markdown import Block, Code, Document, Heading, Listing, Text
from warroom.playbooks.words import (
    Label,
    Name,
    Section,
    is_background,
    label_of,
    name_of,
    phase_of,
    section_of,
    step_of,
)

_DRAWINGS = frozenset({"mermaid", "plantuml", "puml", "dot", "graphviz"})
_CONTENTS = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[^\]]*\]\(#[^)]*\)\s*$|\s*$")
_BELOW_HEADINGS = 7  # Markdown has six levels


@dataclass
class Part:
    """A heading and the blocks below it, up to the next heading."""

    heading: Heading | None
    blocks: list[Block] = field(default_factory=list)
    runs: bool = False  # a list or code stands in it, or below a deeper heading of it

    @property
    def level(self) -> int:
        """The heading's level; 0 for what stands before any heading."""
        return self.heading.level if self.heading else 0

    @property
    def text(self) -> str:
        """The heading's words."""
        return self.heading.text if self.heading else ""


@dataclass
class StepDraft:
    """A step that is not read yet."""

    name: Name
    level: int
    line: int
    blocks: list[Block]


@dataclass
class PhaseDraft:
    """A phase that is not read yet: what stands before its first step, and its steps."""

    name: Name
    level: int
    line: int
    blocks: list[Block]
    steps: list[StepDraft] = field(default_factory=list)


@dataclass
class SectionDraft:
    """A section outside of the phases."""

    kind: Section
    title: str
    level: int
    line: int
    blocks: list[Block]


@dataclass
class Outline:
    """A document taken apart. `form` is false if no phase or step was found by name."""

    title: str
    form: bool
    stray_step: int = 0  # the line of a step that stands in no phase
    phases: list[PhaseDraft] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=list)


def outline(document: Document, name: str) -> Outline:
    """Take a document apart. `name` is its title if it gives itself none."""
    blocks = list(document.blocks())
    parts = _parts(blocks)
    title = _title(parts)
    form = _is_named(parts, title) or _has_container(parts)
    if not form and (bold := _parts(map(_bold_heading, blocks))) and _is_named(bold, _title(bold)):
        parts, title, form = bold, _title(bold), True
    builder = _Builder(Outline((title.text if title else "") or name, form), parts, title)
    for part in parts:
        builder.add(part)
    return builder.outline


def _parts(blocks: Iterable[Block]) -> list[Part]:
    parts = [Part(None)]
    for block in blocks:
        if isinstance(block, Heading):
            parts.append(Part(block))
        else:
            parts[-1].blocks.append(block)
    running: list[int] = []  # the levels above which something runs, from the end of the document
    for part in reversed(parts):
        own = any(_runs(block) for block in part.blocks)
        below = any(level > part.level for level in running)
        part.runs = own or below
        running = [level for level in running if level < part.level] + ([part.level] if part.runs else [])
    return parts


def _runs(block: Block) -> bool:
    """Whether a block is something to do: no drawing, no table of contents."""
    if isinstance(block, Listing):
        return not all(map(_CONTENTS.match, block.source.split("\n")))
    return isinstance(block, Code) and block.info not in _DRAWINGS


def _bold_heading(block: Block) -> Block:
    """A block, or the heading that a paragraph like `**Step 1: Renew**` stands for."""
    if not isinstance(block, Text) or block.lead or len(block.fields) != 1:
        return block
    label, value = block.fields[0].label, block.fields[0].value
    text = f"{label}: {value}" if value else label
    level = _BELOW_HEADINGS if phase_of(text) else _BELOW_HEADINGS + 1
    return Heading(block.line, block.source, level, text) if phase_of(text) or step_of(text) else block


def _is_named(parts: Sequence[Part], title: Part | None) -> bool:
    """Whether a heading says of itself that it is a phase or a step."""
    return any(phase_of(part.text) or step_of(part.text) for part in _unquoted(parts, title))


def _unquoted(parts: Sequence[Part], title: Part | None) -> Iterable[Part]:
    """The parts that are not below a heading like `Example Session`."""
    quoted = 0
    for part in parts:
        if quoted and part.level > quoted:
            continue
        quoted = part.level if section_of(part.text) is Section.QUOTED and part is not title else 0
        yield part


def _has_container(parts: Sequence[Part]) -> bool:
    """Whether a heading `Phases` stands right above deeper ones."""
    return any(
        section_of(part.text) is Section.PHASES and below.level > part.level
        for part, below in pairwise(parts)
    )


def _title(parts: Sequence[Part]) -> Part | None:
    """The part whose heading names the document: the first, if no other stands as high."""
    headed = [part for part in parts if part.heading]
    if not headed or phase_of(headed[0].text) or step_of(headed[0].text):
        return None
    first = headed[0]
    alone = all(part.level > first.level for part in headed[1:])
    own_words = section_of(first.text) is Section.OTHER
    if alone:
        return first if own_words or first.level == 1 else None
    return first if own_words and first.level == 1 and not first.runs else None


class _Builder:
    """Puts one part after the other where it belongs."""

    def __init__(self, target: Outline, parts: Sequence[Part], title: Part | None) -> None:
        self.outline = target
        self._title = title
        self._named = any(phase_of(part.text) for part in _unquoted(parts, title))
        levels = [
            p.level for p in parts if p.heading and p is not title and section_of(p.text) is Section.OTHER
        ]
        self._top = min(levels, default=1)  # where the phases of a generic runbook stand
        self._container = 0  # the level of a heading `Phases`
        self._phase: PhaseDraft | None = None
        self._section: SectionDraft | None = None

    def add(self, part: Part) -> None:
        """Put the next part of the document where it belongs."""
        if self._section and part.level <= self._section.level:
            self._section = None
        if part.heading is None or part is self._title:
            self._add_front(part)
        elif self._is_inside_section(part):
            self._extend_section(part)
        elif name := self._phase_name(part):
            self._open_phase(part, name)
        elif name := step_of(part.text):
            self._open_step(part, name)
        elif self._phase and part.level > self._phase.level:
            self._add_to_phase(self._phase, part)
        else:
            self._phase = None
            self._open_section(part)

    def _add_front(self, part: Part) -> None:
        if not part.blocks:
            return
        line = part.blocks[0].line
        if not self.outline.form and any(
            isinstance(block, Listing) and _runs(block) for block in part.blocks
        ):
            self.outline.phases.append(PhaseDraft(name_of(self.outline.title), 0, line, part.blocks))
        else:
            self.outline.sections.append(SectionDraft(Section.OVERVIEW, "Overview", 1, line, part.blocks))

    def _is_inside_section(self, part: Part) -> bool:
        """Whether a part only goes on with a section that is kept as it stands."""
        section = self._section
        if section is None or section.kind is Section.QUOTED:
            return section is not None
        return section.kind is Section.OTHER and part.level > 2 and self._is_unknown(part)

    def _is_unknown(self, part: Part) -> bool:
        known = self._phase_name(part) or step_of(part.text) or section_of(part.text) is not Section.OTHER
        return not known

    def _extend_section(self, part: Part) -> None:
        if self._section and part.heading:
            self._section.blocks += [part.heading, *part.blocks]

    def _open_section(self, part: Part) -> None:
        kind = section_of(part.text)
        if kind is Section.PHASES:
            self._container = part.level
        self._section = SectionDraft(kind, part.text, part.level, _line(part), part.blocks)
        self.outline.sections.append(self._section)

    def _phase_name(self, part: Part) -> Name | None:
        """The name of the phase that a heading opens, or None."""
        if self.outline.form:
            if name := phase_of(part.text):
                return name
            below = self._container and not self._named and part.level == self._container + 1
            return name_of(part.text) if below and not step_of(part.text) else None
        runs = part.level <= self._top and part.runs and not is_background(part.text)
        return name_of(part.text) if runs and section_of(part.text) is Section.OTHER else None

    def _open_phase(self, part: Part, name: Name) -> None:
        self._section = None
        self._phase = PhaseDraft(name, part.level, _line(part), part.blocks)
        self.outline.phases.append(self._phase)

    def _open_step(self, part: Part, name: Name) -> None:
        phase = self._phase or self._phase_for(part)
        self._section, self._phase = None, phase
        phase.steps.append(StepDraft(name, part.level, _line(part), part.blocks))

    def _phase_for(self, part: Part) -> PhaseDraft:
        """A phase for a step that stands in none: the section around it, else one of its own."""
        section = self._section
        if section and section.kind is Section.OTHER:
            self.outline.sections.pop()  # it was opened last
            phase = PhaseDraft(name_of(section.title), section.level, section.line, section.blocks)
        else:
            self.outline.stray_step = self.outline.stray_step or _line(part)
            phase = PhaseDraft(name_of(self.outline.title), part.level, _line(part), [])
        self.outline.phases.append(phase)
        return phase

    def _add_to_phase(self, phase: PhaseDraft, part: Part) -> None:
        """A heading in a phase: a label, a step of its own, or a heading within a step."""
        step = phase.steps[-1] if phase.steps else None
        if section_of(part.text) is Section.QUOTED:
            self._open_section(part)
        elif _is_label(part):
            self._append(step or phase, part)
        elif part.runs and (step is None or part.level <= step.level):
            self._open_step(part, name_of(part.text))
        elif self.outline.form or part.runs:
            self._append(step or phase, part)
        else:
            self._open_section(part)  # prose of a generic runbook is no part of its checklist

    def _append(self, draft: PhaseDraft | StepDraft, part: Part) -> None:
        if part.heading:
            draft.blocks += [part.heading, *part.blocks]


def _line(part: Part) -> int:
    return part.heading.line if part.heading else 0


def _is_label(part: Part) -> bool:
    """Whether a heading in a phase is a label like `**Actions:**`, not a step called "Impact assessment"."""
    label = label_of(part.text)
    first = part.blocks[0] if part.blocks else None
    match label:
        case None | Label.EXAMPLES | Label.OPTIONAL:
            return False
        case Label.SEVERITIES | Label.STRATEGIES | Label.TEMPLATE | Label.DECISION:
            return not isinstance(first, Listing)
        case Label.IMPACT:
            return isinstance(first, Listing) and all(":" in item.text for item in first.items)
        case _:
            return True
