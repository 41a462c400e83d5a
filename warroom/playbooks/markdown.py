"""A Markdown text as a flat row of blocks: headings, paragraphs with their labels, lists, tables, code."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from warroom.incident.text import printable, printable_lines
from warroom.playbooks.fences import fence_rule
from warroom.playbooks.inline import Env, is_template, labelled, plain


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
    end: int  # its last line


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
    """Code, or raw HTML. `source` is a fence that any Markdown parser closes where this one does."""

    line: int
    source: str
    content: str
    end: int  # its last line
    info: str = ""  # its language


class Other(NamedTuple):
    """Anything else that can be seen: a block quote."""

    line: int
    source: str


Block = Heading | Text | Listing | Table | Code | Other


class Remark(NamedTuple):
    """Something that the writer of a document should know about a line of it."""

    line: int
    what: str


_PARSER = MarkdownIt("commonmark").enable("table")
_PARSER.block.ruler.at("fence", fence_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
_CHECKBOX = re.compile(r"(?:\[[ xX]?\]\s+|[☐☑☒]\s*)+")
_TICKS = re.compile(r"`{3,}")
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_REFERRED = re.compile(r"\[([^\[\]]+)\]")


class Document:
    """A Markdown text, read block by block, so that memory holds blocks and never all tokens.

    `problems` and `warnings` fill while `blocks()` is consumed.
    """

    def __init__(self, text: str) -> None:
        self.text = _harmless(text)
        self.lines = self.text.split("\n")
        self.problems: list[Remark] = []
        self.warnings: list[Remark] = []
        self._env: Env = {}

    def blocks(self) -> Iterator[Block]:
        """Every top-level block that can be seen, in order."""
        if "]:" in self.text:  # Link definitions may stand below their use.
            for _ in self._runs():
                pass
        for tokens in self._runs():
            self._warn_of_unclosed(tokens)
            block = self._block(tokens)
            if block is not None:
                yield block

    def joined(self, sources: Iterable[str]) -> str:
        """Blocks put together to one Markdown text, with the link definitions that they refer to."""
        text = "\n\n".join(source for source in sources if source).strip("\n")
        definitions = self._env.get("references", {})
        if not definitions or "[" not in text:
            return text
        labels = {normalizeReference(label): label for label in reversed(_REFERRED.findall(text))}
        used = [
            _definition(shown, definitions[label]) for label, shown in labels.items() if label in definitions
        ]
        return "\n\n".join(filter(None, (text, "\n".join(sorted(used)))))

    def _runs(self) -> Iterator[list[Token]]:
        """The tokens of one top-level block at a time: what `markdown_it` does for all of them at once."""
        state = StateBlock(self.text, _PARSER, self._env, [])
        rules = _PARSER.block.ruler.getRules("")
        while (line := state.skipEmptyLines(state.line)) < state.lineMax:
            state.line = line
            any(rule(state, line, state.lineMax, False) for rule in rules)  # the last one takes any line
            if state.tokens:
                yield state.tokens
                state.tokens.clear()

    def _block(self, tokens: Sequence[Token]) -> Block | None:
        first = tokens[0]
        line, source = _start(first) + 1, self._source(first)
        match first.type:
            case "heading_open":
                return Heading(line, source, int(first.tag[1:]), self._plain(tokens[1].content, line))
            case "paragraph_open":
                return self._paragraph(tokens[1].content, line, source)
            case "bullet_list_open" | "ordered_list_open":
                return self._listing(tokens, line, source)
            case "table_open":
                return self._table(tokens, line, source)
            case "fence" | "code_block" | "html_block" if source:
                return Code(line, source, _trimmed(first.content), _end(first), first.info.strip().casefold())
            case _:
                return Other(line, source) if source else None

    def _paragraph(self, content: str, line: int, source: str) -> Text:
        self._refuse_template(content, line)
        lead, fields = labelled(content, self._env)
        return Text(
            line, source, lead, tuple(Field(line + offset, label, value) for offset, label, value in fields)
        )

    def _listing(self, tokens: Sequence[Token], line: int, source: str) -> Listing:
        items: list[Item] = []
        opened = 0
        for index, token in enumerate(tokens):
            if token.type == "list_item_open" and token.level == 1:
                opened = index
            elif token.type == "list_item_close" and token.level == 1:
                items += self._item(tokens[opened], tokens[opened + 1 : index])
        start = int(tokens[0].attrs.get("start", 1)) if tokens[0].type == "ordered_list_open" else 0
        return Listing(line, source, tuple(items), start, line + source.count("\n"))

    def _item(self, opening: Token, inside: Sequence[Token]) -> Iterator[Item]:
        line = _start(opening) + 1
        children = [token for token in inside if token.level == 2 and token.nesting >= 0]
        text = ""
        if children and children[0].type in {"paragraph_open", "heading_open"}:
            text = self._unticked(inside[1].content, line)
            del children[0]
        column = _content_column(opening, self.line_text(line))
        detail = "\n\n".join(filter(None, (self._source(child, column) for child in children)))
        if text := text or self._title(inside):
            yield Item(line, text, detail)

    def _title(self, inside: Sequence[Token]) -> str:
        """What to call an item without words of its own: its first command, or its first words further in."""
        for token in inside:
            if token.type in {"fence", "code_block"} and token.content.strip():
                command = printable(token.content.strip().partition("\n")[0])
                return command if "`" in command else f"`{command}`"
            if token.type == "inline" and (text := self._unticked(token.content, 0)):
                return text
        return ""

    def _unticked(self, content: str, line: int) -> str:
        """A line without its check box: nothing starts ticked."""
        text = self._plain(content, line)
        box = _CHECKBOX.match(text)
        return text[box.end() :] if box else text

    def _table(self, tokens: Sequence[Token], line: int, source: str) -> Table:
        headers: tuple[str, ...] = ()
        rows: list[Row] = []
        cells: list[str] = []
        row_line = line
        for index, token in enumerate(tokens):
            if token.type == "tr_open":
                cells, row_line = [], _start(token) + 1
            elif token.type in {"th_open", "td_open"}:
                cells.append(tokens[index + 1].content)
            elif token.type == "tr_close" and not headers:
                headers = tuple(self._plain(cell, row_line) for cell in cells)
            elif token.type == "tr_close":
                given = _cells(self.line_text(row_line))
                if len(given) > len(headers):  # The parser drops what has no header.
                    cells[-1] = " | ".join(cell.strip() for cell in given[len(headers) - 1 :])
                row = tuple(self._plain(cell, row_line) for cell in cells)
                if any(row):
                    rows.append(Row(row_line, row, len(given)))
        return Table(line, source, headers, tuple(rows))

    def line_text(self, line: int) -> str:
        """The source line with this 1-based number."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def _plain(self, content: str, line: int) -> str:
        self._refuse_template(content, line)
        return plain(content, self._env)

    def _refuse_template(self, content: str, line: int) -> None:
        if is_template(content):
            where = line + content[: content.find("{")].count("\n")
            self.problems.append(Remark(where, "an unrendered template, expected the text that it becomes"))

    def _source(self, token: Token, column: int = 0) -> str:
        """A block that begins at a column, as Markdown that means the same wherever it is put."""
        match token.type:
            case "fence" | "code_block":
                return fenced(token.content, token.info)
            case "html_block":
                return "" if _is_comment(token.content) else fenced(token.content, "html")
            case "hr":
                return ""
            case _:
                return _outdented(self.lines[_start(token) : _end(token)], column)

    def _warn_of_unclosed(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.meta.get("unclosed"):
                what = f"code fence is never closed, taken to end at line {_end(token)}"
            elif (
                token.type == "html_block"
                and token.content.lstrip().startswith("<!--")
                and "-->" not in token.content
            ):
                what = "HTML comment is never closed, it hides all that follows"
            else:
                continue
            self.warnings.append(Remark(_start(token) + 1, what))


def fenced(content: str, info: str = "") -> str:
    """Code in a fence that is longer than any in it, so that no Markdown parser ends it early."""
    longest = max((len(run) for run in _TICKS.findall(content)), default=2)
    fence = "`" * (longest + 1)
    body = _trimmed(content if content.endswith("\n") or not content else content + "\n")
    return f"{fence}{info.replace('`', '').strip()}\n{body}{fence}"


def _trimmed(code: str) -> str:
    return "\n".join(line.rstrip() for line in code.split("\n"))


def _harmless(text: str) -> str:
    """A text without anything that could act on a terminal, as it is or as a reference (`&#27;`)."""
    text = printable_lines(text)
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: found[0] if printable_lines(unescape(found[0])) else "", text)


def _start(token: Token) -> int:
    return token.map[0] if token.map else 0


def _end(token: Token) -> int:
    return token.map[1] if token.map else 0


def _outdented(lines: Sequence[str], width: int = 0) -> str:
    """Lines moved left by some columns, without blanks at the ends of lines and of the block."""
    moved = [line[width:].rstrip() for line in lines[:1]]  # it may begin behind the marker of its list item
    for line in lines[1:]:
        words = line.strip(" ")
        lazy = (
            words and len(line) - len(line.lstrip(" ")) < width
        )  # a paragraph that goes on outside of its list
        moved.append(f" {words}" if lazy else f"\n{line[width:].rstrip()}")
    return "".join(moved).rstrip("\n")


def _definition(label: str, given: Env) -> str:
    title = given["title"].replace("\\", "\\\\").replace('"', '\\"')
    return f"[{label}]: <{given['href']}>" + (f' "{" ".join(title.split())}"' if title else "")


def _content_column(item: Token, line: str) -> int:
    """Where the content of a list item begins on its line."""
    words = line.lstrip(" ")
    marker = len(item.info) + 1
    gap = len(words[marker:]) - len(words[marker:].lstrip(" "))
    usual = words[marker:].strip() and 1 <= gap <= 4
    return len(line) - len(words) + marker + (gap if usual else 1)


def _cells(line: str) -> list[str]:
    cells = escapedSplit(line.strip())
    first = 1 if cells and not cells[0] else 0
    return cells[first : len(cells) - 1 if len(cells) > 1 and not cells[-1] else None]


def _is_comment(html: str) -> bool:
    html = html.strip()
    return html.startswith("<!--") and html.find("-->", 4) == len(html) - 3
