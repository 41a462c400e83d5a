"""A Markdown text as a flat row of blocks: headings, paragraphs with their labels, lists, tables, code."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from warroom.incident.text import printable, printable_lines
from warroom.playbooks.fences import fence_rule
from warroom.playbooks.words import label_of


class Heading(NamedTuple):
    """A heading of any kind (`#` or underlined)."""

    line: int
    source: str
    level: int
    text: str


class Field(NamedTuple):
    """A label and what stands behind it on its line: `**Entry Criteria:** Alert received`."""

    line: int
    label: str
    value: str


class Text(NamedTuple):
    """A paragraph: the words before its first label, then its labels."""

    line: int
    source: str
    lead: str
    fields: tuple[Field, ...] = ()


class Item(NamedTuple):
    """One item of a list: its first paragraph as plain text, and what hangs below as Markdown."""

    line: int
    text: str
    detail: str = ""


class Listing(NamedTuple):
    """A list. `start` is the first printed number, 0 for bullets."""

    line: int
    source: str
    items: tuple[Item, ...]
    start: int
    end: int  # the line after its last one that is not blank


class Row(NamedTuple):
    """One row of a table: as many cells as there are headers. `given` is how many cells were written."""

    line: int
    cells: tuple[str, ...]
    given: int


class Table(NamedTuple):
    """A table with its headers."""

    line: int
    source: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


class Code(NamedTuple):
    """A code block; `source` is a fence that any Markdown parser closes where this one does."""

    line: int
    source: str
    content: str


class Other(NamedTuple):
    """Anything else that can be seen: a block quote, raw HTML."""

    line: int
    source: str


Block = Heading | Text | Listing | Table | Code | Other


class Remark(NamedTuple):
    """Something that a reader should know about a line."""

    line: int
    what: str


class Document:
    """A Markdown text, read block by block, so that memory holds blocks and never all tokens.

    `problems` and `warnings` fill while `blocks()` is consumed.
    """

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.problems: list[Remark] = []
        self.warnings: list[Remark] = []
        self._text = text
        self._env: dict[str, Any] = {}

    def blocks(self) -> Iterator[Block]:
        """Every top-level block that can be seen, in order."""
        state = StateBlock(self._text, _BLOCKS, self._env, [])
        rules = _BLOCKS.block.ruler.getRules("")
        while (line := state.skipEmptyLines(state.line)) < state.lineMax:
            state.line = line
            # The last rule takes any line as a paragraph, so one of them always matches.
            any(rule(state, line, state.lineMax, False) for rule in rules)
            self._warn_of_unclosed(state.tokens)
            block = self._block(state.tokens)
            if block is not None:
                yield block
            state.tokens.clear()

    def line_text(self, line: int) -> str:
        """The source line with this 1-based number."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    # Blocks ----------------------------------------------------------------------------------------------------------

    def _block(self, tokens: Sequence[Token]) -> Block | None:
        if not tokens:
            return None
        first = tokens[0]
        start, _ = _span(first)
        line, source = start + 1, self._source(first)
        match first.type:
            case "heading_open":
                return Heading(line, source, int(first.tag[1:]), self._plain(tokens[1].content, line))
            case "paragraph_open":
                return self._paragraph(tokens[1].content, line, source)
            case "bullet_list_open" | "ordered_list_open":
                return self._listing(tokens, line, source)
            case "table_open":
                return self._table(tokens, line, source)
            case "fence" | "code_block":
                return Code(line, source, first.content)
            case _:
                return Other(line, source) if source else None

    def _listing(self, tokens: Sequence[Token], line: int, source: str) -> Listing:
        items: list[Item] = []
        opened = 0
        for index, token in enumerate(tokens):
            if token.level != 1:
                continue
            if token.type == "list_item_open":
                opened = index
            elif token.type == "list_item_close":
                item = self._item(tokens[opened], tokens[opened + 1 : index])
                if item is not None:
                    items.append(item)
        start = int(tokens[0].attrs.get("start", 1)) if tokens[0].type == "ordered_list_open" else 0
        end = line + source.count("\n") + 1
        return Listing(line, source, tuple(items), start, end)

    def _item(self, opening: Token, inside: Sequence[Token]) -> Item | None:
        line = _span(opening)[0] + 1
        children = [token for token in inside if token.level == 2 and token.nesting >= 0]
        if not children:
            return None
        text, rest = "", children
        if children[0].type in {"paragraph_open", "heading_open"}:
            text, rest = self._plain(inside[1].content, line), children[1:]
            text = _CHECKBOX.sub("", text).strip()
        detail = self._with_definitions([self._source(child) for child in rest])
        text = text or self._title_of(inside)
        return Item(line, text, detail) if text else None

    def _title_of(self, inside: Sequence[Token]) -> str:
        """What to call an item that has no words of its own: its first command or its first words further in."""
        for token in inside:
            if token.type in {"fence", "code_block"} and token.content.strip():
                command = printable(token.content.strip().partition("\n")[0])
                return command if "`" in command else f"`{command}`"
            if token.type == "inline" and (text := self._plain(token.content, 0)):
                return _CHECKBOX.sub("", text).strip()
        return ""

    def _table(self, tokens: Sequence[Token], line: int, source: str) -> Table:
        headers: tuple[str, ...] = ()
        rows: list[Row] = []
        cells: list[str] = []
        for index, token in enumerate(tokens):
            if token.type in {"th_open", "td_open"}:
                cells.append(tokens[index + 1].content)
            elif token.type == "tr_open":
                cells, row_line = [], _span(token)[0] + 1
            elif token.type == "tr_close" and not headers:
                headers = tuple(self._plain(cell, row_line) for cell in cells)
            elif token.type == "tr_close":
                given = _cells(self.lines[row_line - 1])
                if len(given) > len(headers):  # The parser drops what has no header.
                    cells[-1] = " | ".join(given[len(headers) - 1 :])
                if any(cell.strip() for cell in cells):
                    rows.append(Row(row_line, tuple(self._plain(cell, row_line) for cell in cells), len(given)))
        return Table(line, source, headers, tuple(rows))

    # Source ----------------------------------------------------------------------------------------------------------

    def _source(self, token: Token) -> str:
        """A block as Markdown that means the same wherever it is put."""
        match token.type:
            case "fence" | "code_block":
                return fenced(token.content, token.info)
            case "html_block":
                return "" if _is_comment(token.content) else fenced(token.content, "html")
            case "hr":
                return ""
            case _:
                start, end = _span(token)
                return "\n".join(_outdented(self.lines[start:end]))

    def _warn_of_unclosed(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.meta.get("unclosed"):
                self.warnings.append(
                    Remark(_span(token)[0] + 1, f"unclosed code fence, taken to end before line {_span(token)[1] + 1}")
                )
            elif token.type == "html_block" and token.content.lstrip().startswith("<!--") and "-->" not in token.content:
                self.warnings.append(Remark(_span(token)[0] + 1, "unclosed HTML comment, it hides the rest"))

    def _with_definitions(self, sources: Sequence[str]) -> str:
        """Blocks put together, with the link definitions that they refer to."""
        text = "\n\n".join(source for source in sources if source)
        return text
