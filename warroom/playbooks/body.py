"""What a step says, or a phase before its first step: actions, outputs, labels, and all that is detail."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from warroom.playbooks.collect import Collected, whole
from warroom.playbooks.inline import as_field, escaped, literal
from warroom.playbooks.markdown import (
    Block,
    Code,
    Field,
    Heading,
    Item,
    Listing,
    Remark,
    Table,
    Text,
)
from warroom.playbooks.words import Label, Mandate, Section, label_of, mandate_of

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
class Body:
    """What stands in a step, or in a phase before its first step."""

    actions: list[Item] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    fields: dict[Label, str] = field(default_factory=dict)
    mandates: list[Mandate] = field(default_factory=list)
    detail: list[str] = field(default_factory=list)


class BodyReader:
    """Reads the blocks of a step, or of a phase before its first step, one after the other."""

    def __init__(self, collected: Collected, name: str, *, of_phase: bool) -> None:
        self._collected = collected
        self._name = name
        self._of_phase = self._may_describe = of_phase
        self._body = Body()
        self._pieces: list[str | _List] = []  # in document order
        self._label: Label | None = None  # the last label, if it is a word of the format
        self._foreign = False  # the last label is none of those
        self._waiting = ""  # a label whose table, list or code has yet to come, as Markdown
        self._list: _List | None = None  # the last list since the last label
        self._list_place = self._list_end = 0  # among the pieces; its last line
        self._codes: list[str] = []

    def read(self, blocks: Sequence[Block], *, loose: bool) -> Body:
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
        elif (
            label in _TABLES_UNDER
            and self._waiting
            and self._collected.listing(listing, _TABLES_UNDER[label])
        ):
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
