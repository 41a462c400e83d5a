"""From a document taken apart to a playbook: what a step says, what a phase says, what the sections say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from warroom.incident.playbook import Action, Output, Phase, Playbook, Reference, Step
from warroom.playbooks.collect import Collected, whole
from warroom.playbooks.inline import escaped, literal
from warroom.playbooks.markdown import (
    Block,
    Code,
    Document,
    Field,
    Heading,
    Item,
    Listing,
    Remark,
    Table,
    Text,
)
from warroom.playbooks.outline import Outline, PhaseDraft, SectionDraft, StepDraft
from warroom.playbooks.words import Label, Mandate, Name, Section, label_of, mandate_of

_LONGEST_CHECKLIST = 20
_TABLES_UNDER = {
    Label.SEVERITIES: Section.SEVERITIES,
    Label.STRATEGIES: Section.STRATEGIES,
    Label.DECISION: Section.DECISIONS,
}
_COLLECTED = frozenset({*_TABLES_UNDER, Label.IMPACT, Label.TEMPLATE})
_LISTED = frozenset({Label.ACTIONS, Label.OUTPUTS})
_SAID_ONCE = frozenset({Label.DESCRIPTION, Label.ENTRY, Label.EXIT, Label.MANDATORY, Label.OPTIONAL})
_OF_A_PHASE = frozenset({Label.DESCRIPTION, Label.ENTRY, Label.EXIT})


@dataclass(eq=False)
class _List:
    """A list of a step, and under what it stands: a label that is known, one that is not, or none."""

    given: Sequence[Item]
    source: str
    label: Label | None
    foreign: bool = False  # stands under a label that is no word of the format
    attached: list[str] = field(default_factory=list)  # what hangs below the last item without being indented
    chosen: bool = False  # its items are actions

    @property
    def items(self) -> list[Item]:
        """Its items with all that hangs below them."""
        *items, last = self.given
        return [*items, last._replace(detail="\n\n".join(filter(None, (last.detail, *self.attached))))]


@dataclass
class _Body:
    """What stands in a step, or in a phase before its first step."""

    actions: list[Item] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    fields: dict[Label, str] = field(default_factory=dict)
    mandates: list[Mandate] = field(default_factory=list)
    detail: list[str] = field(default_factory=list)


class _BodyReader:
    """Reads the blocks of a step, or of a phase before its first step, one after the other."""

    def __init__(self, collected: Collected, name: str, *, of_phase: bool) -> None:
        self._collected = collected
        self._name = name
        self._of_phase = self._may_describe = of_phase
        self._body = _Body()
        self._pieces: list[str | _List] = []  # in document order
        self._label: Label | None = None  # the last label, if it is a word of the format
        self._foreign = False  # the last label is none of those
        self._waiting = ""  # a label whose table, list or code has yet to come, as Markdown
        self._list: _List | None = None  # the last list since the last label
        self._list_place = self._list_end = 0  # among the pieces; its last line
        self._codes: list[str] = []

    def read(self, blocks: Sequence[Block], *, loose: bool) -> _Body:
        """Read all blocks. Where nothing is labelled as actions, `loose` makes them of what stands there."""
        self._may_describe = self._of_phase and not any(_describes(block) for block in blocks)
        for block in blocks:
            self._take(block)
        self._choose_actions(loose)
        body = self._body
        for piece in self._pieces:
            if isinstance(piece, str):
                body.detail.append(piece)
            elif piece.chosen:
                body.actions += piece.items
            elif piece.label is Label.OUTPUTS:
                body.outputs += [whole(item) for item in piece.items]
            else:
                body.detail += [piece.source, *piece.attached]
        return body

    def _choose_actions(self, loose: bool) -> None:
        lists = [piece for piece in self._pieces if isinstance(piece, _List)]
        chosen = [piece for piece in lists if piece.label is Label.ACTIONS]
        # Lists before the first step of a phase are there to be read, unless they leave something behind.
        loose = loose or any(piece.label is Label.OUTPUTS for piece in lists)
        if loose and not chosen:
            free = [piece for piece in lists if piece.label is None]
            chosen = [piece for piece in free if not piece.foreign] or free
        if loose and not chosen and self._codes:  # A step of nothing but commands is itself the thing to do.
            chosen = [_List([Item(0, self._name, "\n\n".join(self._codes))], "", None)]
            codes = set(self._codes)
            self._pieces = [*(piece for piece in self._pieces if piece not in codes), *chosen]
        for piece in chosen:
            piece.chosen = True

    def _take(self, block: Block) -> None:
        match block:
            case Text():
                self._take_text(block)
            case Heading():
                self._take_heading(block)
            case Listing():
                self._take_list(block)
            case Table():
                self._take_table(block)
            case Code():
                self._take_code(block)
            case _:
                self._add(block.source)

    def _take_text(self, text: Text) -> None:
        if not text.fields:
            self._take_prose(text.lead, text.source)
        elif not text.lead and all(self._is_foreign(each) for each in text.fields):
            self._add(text.source)
            self._open(None, foreign=True)
        else:
            if text.lead:
                self._take_prose(text.lead, literal(text.lead, ""))
            for each in text.fields:
                self._take_field(each)

    def _is_foreign(self, each: Field) -> bool:
        label = label_of(each.label)
        if label in _OF_A_PHASE:
            return not self._of_phase or bool(self._body.fields.get(label))
        return label in {None, Label.EXAMPLES} or (label in _COLLECTED and bool(each.value))

    def _take_field(self, each: Field) -> None:
        label = label_of(each.label)
        if self._is_foreign(each) or label is None:
            self._add(as_field(each.label, each.value))
            self._open(None, foreign=True)
            return
        self._open(label)
        if label in _COLLECTED:
            self._waiting, self._name = as_field(each.label, ""), each.label
        elif label in {Label.MANDATORY, Label.OPTIONAL}:
            self._take_mandate(each, label)
        elif label in _OF_A_PHASE:
            self._body.fields[label] = each.value
        elif each.value:
            self._pieces.append(_List([Item(each.line, each.value)], "", label))

    def _take_mandate(self, each: Field, label: Label) -> None:
        mandate = mandate_of(each.value)
        if mandate is None:
            what = f"“{each.value}” taken as mandatory, expected `Yes`, `No` or `Yes (condition)`"
            self._collected.warnings.append(Remark(each.line, what))
            mandate = Mandate(True, each.value)
        elif label is Label.OPTIONAL:
            mandate = mandate._replace(mandatory=not mandate.mandatory)
        self._body.mandates.append(mandate)

    def _take_heading(self, heading: Heading) -> None:
        if label_of(heading.text):
            self._take_field(Field(heading.line, heading.text, ""))
        else:
            self._add(f"**{escaped(heading.text)}**")
            self._open(None)

    def _open(self, label: Label | None, *, foreign: bool = False) -> None:
        self._label, self._foreign, self._list, self._waiting = label, foreign, None, ""

    def _add(self, source: str) -> str:
        piece = self._settled(source)
        self._pieces.append(piece)
        return piece

    def _settled(self, source: str) -> str:
        """Markdown with the label above it, if that announced something else."""
        label = self._waiting
        if not label:
            return source
        self._open(None, foreign=True)
        return f"{label}\n\n{source}"

    def _take_prose(self, words: str, source: str) -> None:
        fields, label = self._body.fields, self._label
        if words and label in _OF_A_PHASE and not fields.get(label):
            fields[label] = words
        elif (
            words
            and self._may_describe
            and not (self._foreign or self._list or fields.get(Label.DESCRIPTION))
        ):
            fields[Label.DESCRIPTION] = words
        else:
            self._add(source)
            if label is Label.OUTPUTS and self._list:
                self._open(None)

    def _take_list(self, listing: Listing) -> None:
        label = self._label
        if label in _OF_A_PHASE and not self._body.fields.get(label):
            self._body.fields[label] = "; ".join(whole(item) for item in listing.items)
        elif label is Label.IMPACT and self._waiting:
            self._collected.impact(listing)
            self._waiting = ""
        elif label not in _LISTED and (fields := _fields_in(listing)):
            for each in fields:
                self._take_field(each)
        elif listing.items:
            self._add_list(listing._replace(source=self._settled(listing.source)))

    def _add_list(self, listing: Listing) -> None:
        label, foreign = self._label if self._label in _LISTED else None, self._foreign
        if self._list and listing.start > 1:
            # "2." goes on with the list above: what stands between belongs to "1."
            label, foreign = self._list.label, self._list.foreign
            self._list.attached += map(str, self._pieces[self._list_place + 1 :])
            del self._pieces[self._list_place + 1 :]
        self._list, self._list_end = _List(listing.items, listing.source, label, foreign), listing.end
        self._list_place = len(self._pieces)
        self._pieces.append(self._list)

    def _take_table(self, table: Table) -> None:
        section = (
            _TABLES_UNDER.get(self._label, Section.OTHER) if self._label and self._waiting else Section.OTHER
        )
        if self._collected.table(table, section, self._name):
            self._waiting = ""
        else:
            self._add(table.source)

    def _take_code(self, code: Code) -> None:
        if self._label is Label.TEMPLATE and self._waiting and self._collected.take_template(code):
            self._waiting = ""
        elif self._list and self._pieces[-1] is self._list and self._list_end + 1 == code.line:
            self._list.attached.append(
                code.source
            )  # no blank line between them: the command of the last item
            self._list_end = code.end
        else:
            self._codes.append(self._add(code.source))


def _fields_in(listing: Listing) -> list[Field]:
    """The fields of a phase or step, where somebody made a list of them."""
    pairs = [(item.line, *item.text.partition(":")) for item in listing.items if not item.detail]
    fields = [Field(line, head, value.strip()) for line, head, _, value in pairs]
    known = all(each.value and label_of(each.label) in _SAID_ONCE for each in fields)
    return fields if known and len(fields) == len(listing.items) else []


def _describes(block: Block) -> bool:
    """Whether a block holds the label `Description`."""
    return isinstance(block, Text) and any(label_of(each.label) is Label.DESCRIPTION for each in block.fields)


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
            severities=tuple(found.severities),
            strategies=tuple(found.strategies),
            decisions=tuple(found.decisions),
            escalations=tuple(found.escalations),
            fallbacks=tuple(found.fallbacks),
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

    def _step(self, place: str, draft: StepDraft, body: _Body, mandate: Mandate) -> Step:
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
    ) -> _Body:
        return _BodyReader(self.collected, name, of_phase=of_phase).read(blocks, loose=loose)

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
        """Any other section: its tables and its template. What is left over is returned."""
        left: list[str] = []
        name = section.title
        for block in section.blocks:
            match block:
                case Table() if self.collected.table(block, section.kind, name):
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


def _own_mandate(name: Name, body: _Body) -> Mandate | None:
    """What a step or phase says of itself."""
    if body.mandates:
        return body.mandates[0]
    return None if name.mandatory is None else Mandate(name.mandatory, name.condition)


def _spread(
    phase: Mandate | None, steps: Sequence[Mandate | None], bodies: Sequence[_Body]
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


def as_field(label: str, value: str) -> str:
    """A label with its value as Markdown."""
    name = f"**{escaped(label)}:**"
    return f"{name} {literal(value, '**x:** ')}" if value else name


def _window(name: Name) -> list[str]:
    return [as_field("Time window", name.window)] if name.window else []


def _unquoted(text: str) -> str:
    """An example without the quotation marks around it."""
    quoted = len(text) > 1 and text[0] + text[-1] in {'""', "''", "“”", "„“", "«»", "‘’"}
    return text[1:-1].strip() if quoted else text
