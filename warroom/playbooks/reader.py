"""From a document taken apart to a playbook: its phases with their steps, and what the sections say."""

from collections.abc import Iterable, Sequence

from warroom.incident.playbook import Action, Output, Phase, Playbook, Reference, Step
from warroom.playbooks.body import Body, BodyReader
from warroom.playbooks.collect import Collected, whole
from warroom.playbooks.inline import as_field, literal
from warroom.playbooks.markdown import Block, Code, Document, Listing, Remark, Table, Text
from warroom.playbooks.outline import Outline, PhaseDraft, SectionDraft, StepDraft
from warroom.playbooks.words import Label, Mandate, Name, Section, label_of

_LONGEST_CHECKLIST = 20


class Reader:
    """Reads the parts of a document into a playbook. `problems` holds what makes it none."""

    def __init__(self, document: Document) -> None:
        self.collected = Collected()
        self.problems: list[Remark] = []
        self._document = document
        self._overview: list[str] = []
        self._about: list[tuple[str, str]] = []
        self._triggers: list[str] = []
        self._examples: list[str] = []

    @property
    def warnings(self) -> list[Remark]:
        """What was guessed."""
        return self.collected.warnings

    def read(self, outline: Outline) -> Playbook:
        """The playbook that a document is."""
        self._warn_of_guesses(outline)
        for section in outline.sections:
            self._section(section)
        phases = tuple(self._phase(draft, number) for number, draft in enumerate(outline.phases, 1))
        found = self.collected
        return Playbook(
            title=outline.title,
            phases=phases,
            overview=self._document.joined(self._overview),
            about=tuple(self._about),
            triggers=tuple(self._triggers),
            examples=tuple(self._examples),
            severities=found.scale(),
            strategies=tuple(found.strategies),
            decisions=tuple(found.decisions),
            escalations=tuple(found.escalations),
            fallbacks=tuple(found.fallbacks),
            updates=tuple(found.updates),
            impact_fields=tuple(found.impact_fields),
            template=found.template,
            reference=tuple(found.reference),
        )

    def _phase(self, draft: PhaseDraft, number: int) -> Phase:
        head = self._body(draft.blocks, draft.name.text, of_phase=True, loose=not draft.steps)
        bodies = [self._body(step.blocks, step.name.text) for step in draft.steps]
        own = [_own_mandate(step.name, body) for step, body in zip(draft.steps, bodies, strict=True)]
        mandate, own = _spread(_own_mandate(draft.name, head), own, bodies)
        drafts = list(draft.steps)
        detail = head.detail
        if head.actions or head.outputs:  # They stand in no step, so they make one.
            drafts.insert(0, StepDraft(Name(draft.name.text), draft.level, draft.line, []))
            bodies.insert(0, head)
            own.insert(0, None)
            detail = []
        steps = tuple(
            self._step(f"{number}.{place}", step, body, said or mandate)
            for place, (step, body, said) in enumerate(zip(drafts, bodies, own, strict=True), 1)
        )
        self._check(draft, steps)
        return Phase(
            number=number,
            name=draft.name.text,
            description=head.fields.get(Label.DESCRIPTION, ""),
            entry=head.fields.get(Label.ENTRY, ""),
            exit=head.fields.get(Label.EXIT, ""),
            mandatory=mandate.mandatory,
            condition=mandate.condition,
            steps=steps,
            detail=self._document.joined([*_window(draft.name), *detail]),
        )

    def _step(self, place: str, draft: StepDraft, body: Body, mandate: Mandate) -> Step:
        return Step(
            id=place,
            name=draft.name.text,
            mandatory=mandate.mandatory,
            condition=mandate.condition,
            actions=tuple(
                Action(f"{place}.{n}", item.text, self._document.joined([item.detail]))
                for n, item in enumerate(body.actions, 1)
            ),
            outputs=tuple(Output(f"{place}.o{n}", text) for n, text in enumerate(body.outputs, 1)),
            detail=self._document.joined([*_window(draft.name), *body.detail]),
        )

    def _body(
        self, blocks: Sequence[Block], name: str, *, of_phase: bool = False, loose: bool = True
    ) -> Body:
        return BodyReader(self.collected, name, of_phase=of_phase).read(blocks, loose=loose)

    def _check(self, draft: PhaseDraft, steps: Sequence[Step]) -> None:
        count = sum(len(step.actions) for step in steps)
        if not count:
            what = (
                f"phase “{draft.name.text}” has nothing to do, expected a list of actions in it or its steps"
            )
            self.problems.append(Remark(draft.line, what))
        elif count > _LONGEST_CHECKLIST:
            what = f"phase “{draft.name.text}” has {count} actions, expected at most {_LONGEST_CHECKLIST}"
            self.warnings.append(Remark(draft.line, what))

    def _warn_of_guesses(self, outline: Outline) -> None:
        if not outline.form:
            line = outline.phases[0].line if outline.phases else 0
            what = "no phases or steps, read as a generic checklist: headings are phases, lists are actions"
            self.warnings.append(Remark(line, what))
        if outline.stray_step:
            self.warnings.append(
                Remark(outline.stray_step, "step outside of any phase, put into a phase of its own")
            )
        seen: dict[str, int] = {}
        for draft in outline.phases:
            number = draft.name.number
            if number and number in seen:
                what = f"phase number {number} again, first at line {seen[number]}, counted by place instead"
                self.warnings.append(Remark(draft.line, what))
            elif number:
                seen[number] = draft.line

    def _section(self, section: SectionDraft) -> None:
        match section.kind:
            case Section.OVERVIEW:
                self._read_overview(section.blocks)
            case Section.QUOTED:
                self._refer(section, [block.source for block in section.blocks])
            case Section.TRIGGERS | Section.EXAMPLES | Section.IMPACT:
                self._refer(section, self._read_lists(section))
            case _:
                self._refer(section, self._read_tables(section))

    def _read_overview(self, blocks: Sequence[Block]) -> None:
        open_field = False
        for block in blocks:
            value = ""
            if isinstance(block, Listing):
                value = "; ".join(whole(item) for item in block.items)
            elif isinstance(block, Text) and not block.fields:
                value = block.lead
            if open_field and value:
                self._about[-1] = (self._about[-1][0], value)
                open_field = False
            elif isinstance(block, Text) and block.fields:
                self._overview += [literal(block.lead, "")] if block.lead else []
                self._about += [(each.label, each.value) for each in block.fields]
                open_field = not block.fields[-1].value
            elif not (isinstance(block, Table) and self.collected.table(block, Section.OTHER)):
                self._overview.append(block.source)

    def _read_lists(self, section: SectionDraft) -> list[str]:
        """Triggers, examples, impact fields. What is left over is returned."""
        left: list[str] = []
        examples = section.kind is Section.EXAMPLES
        for block in section.blocks:
            match block:
                case Listing() if section.kind is Section.IMPACT:
                    self.collected.impact(block)
                case Listing() if examples:
                    self._examples += [_unquoted(whole(item)) for item in block.items]
                case Listing():
                    self._triggers += [whole(item) for item in block.items]
                case Text(lead="", fields=[each]) if (
                    label_of(each.label) is Label.EXAMPLES and not each.value
                ):
                    examples = True
                case Text(fields=()) if block.lead.endswith((":", "：")):
                    pass  # "This workflow is activated when:" only leads to the list
                case _:
                    left.append(block.source)
        return left

    def _read_tables(self, section: SectionDraft) -> list[str]:
        """Any other section: its tables, lists like these, its template. What is left over is returned."""
        left: list[str] = []
        name = section.title
        for block in section.blocks:
            match block:
                case Table() if self.collected.table(block, section.kind, name):
                    continue
                case Listing() if self.collected.listing(block, section.kind):
                    continue
                case Code() if section.kind is Section.TEMPLATE and self.collected.take_template(block):
                    continue
                case Text(lead="", fields=[each]) if section.kind is Section.DECISIONS and not each.value:
                    name = each.label
            left.append(block.source)
        return left

    def _refer(self, section: SectionDraft, sources: Iterable[str]) -> None:
        text = self._document.joined(sources)
        if text:
            self.collected.reference.append(Reference(section.title, text))


def _own_mandate(name: Name, body: Body) -> Mandate | None:
    """What a step or phase says of itself."""
    if body.mandates:
        return body.mandates[0]
    return None if name.mandatory is None else Mandate(name.mandatory, name.condition)


def _spread(
    phase: Mandate | None, steps: Sequence[Mandate | None], bodies: Sequence[Body]
) -> tuple[Mandate, list[Mandate | None]]:
    """Whether a phase must be done, and what each of its steps says, None for what the phase says.

    A line at the end of a phase stands in its last step, yet speaks for the phase. It speaks for the step
    alone where each of several steps has a line.
    """
    own = list(steps)
    last = bodies[-1].mandates if bodies else []
    if phase is None and last and (len(last) > 1 or len(own) == 1 or None in own):
        phase = last[-1]
        if len(last) == 1:
            own[-1] = None
    if phase is None:
        said = {mandate or Mandate() for mandate in own}
        phase = (
            said.pop() if len(said) == 1 else Mandate(not said or any(mandate.mandatory for mandate in said))
        )
    return phase, own


def _window(name: Name) -> list[str]:
    return [as_field("Time window", name.window)] if name.window else []


def _unquoted(text: str) -> str:
    """An example without the quotation marks around it."""
    quoted = len(text) > 1 and text[0] + text[-1] in {'""', "''", "“”", "„“", "«»", "‘’"}
    return text[1:-1].strip() if quoted else text
