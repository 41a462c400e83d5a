"""What is written within a line: Markdown's marks to plain words, and plain words back to Markdown."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from warroom.incident.text import printable
from warroom.playbooks.words import label_of

# Emphasis and links take more than linear time on text made to hurt; no line that people write is this long.
_LONGEST_MARKED = 4000
_MARKED = MarkdownIt("commonmark")
_LONG = MarkdownIt("zero").enable(["escape", "entity", "newline"])

_MARK = re.compile(r"[\\`*_\[\]<>&!\n]")
_BREAKS = frozenset({"softbreak", "hardbreak"})
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_MARKUP = re.compile(r"([\\`*_\[\]<>&|])")

Env = dict[str, Any]  # markdown-it's own: the link definitions of the document


class Labelled(NamedTuple):
    """One label of a paragraph: the how-manieth line it stands on, and what follows."""

    offset: int
    label: str
    value: str


def plain(content: str, env: Env | None = None) -> str:
    """Inline Markdown as plain words. Emphasis goes, `code` keeps its ticks, links keep their address."""
    if not _MARK.search(content):
        return printable(content)
    return printable(_words(_parsed(content, env)))


def is_template(content: str) -> bool:
    """Whether `{{ … }}` or `{% … %}` stands in a text outside of code: a template that nobody rendered."""
    if "{{" not in content and "{%" not in content:
        return False
    said = "".join(token.content for token in _parsed(content, None) if token.type == "text")
    return ("{{" in said and "}}" in said) or ("{%" in said and "%}" in said)


def labelled(content: str, env: Env | None = None) -> tuple[str, list[Labelled]]:
    """A paragraph as the words before its first label and its labels with their values."""
    if not _may_have_label(content):
        return plain(content, env), []
    lead: list[str] = []
    found: list[tuple[int, str, list[str]]] = []
    for offset, tokens in enumerate(_lines(_parsed(content, env))):
        said = _label(tokens)
        if said and printable(said[0]):
            found.append((offset, printable(said[0]), [said[1]]))
        else:
            (found[-1][2] if found else lead).append(_words(tokens))
    fields = [Labelled(offset, label, printable(" ".join(words))) for offset, label, words in found]
    return printable(" ".join(lead)), fields


def escaped(text: str) -> str:
    """Plain text as Markdown in which no mark can meet one that stands before or behind it."""
    return _MARKUP.sub(r"\\\1", text)


def literal(text: str, before: str = "- ") -> str:
    """Markdown that reads back as this one line of plain text where it follows `before` and ends the line."""
    # A bracket may meet a link definition anywhere in the document, a last backslash the end of its line.
    if "[" not in text and not text.endswith("\\") and not is_template(text):
        if text[:1].isalpha() and not _PUNCTUATION.search(text.translate(_HARMLESS)):
            return text
        if _reads_back(text, text, before):
            return text
    if is_template(text) or not _reads_back(escaped(text), text, before):
        return _PUNCTUATION.sub(r"\\\1", text)
    return escaped(text)


def as_field(label: str, value: str) -> str:
    """A label with its value as Markdown."""
    name = f"**{escaped(label)}:**"
    return f"{name} {literal(value, '**x:** ')}" if value else name


def _reads_back(written: str, text: str, before: str) -> bool:
    usual = _BLOCKS.parse(before + _WORD)
    tokens = _BLOCKS.parse(before + written)
    if [token.type for token in tokens] != [token.type for token in usual]:
        return False
    found, expected = (plain(t.content) for t in (*tokens, *usual) if t.type == "inline")
    return found == expected.replace(_WORD, text)


_WORD = "qzq"
_HARMLESS = str.maketrans("", "", ",.;:'\"()/%?$-")
_BLOCKS = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])


def _parsed(content: str, env: Env | None) -> Sequence[Token]:
    md = _MARKED if len(content) <= _LONGEST_MARKED else _LONG
    tokens: list[Token] = []
    md.inline.parse(content, md, {} if env is None else env, tokens)
    return tokens


def _words(tokens: Sequence[Token]) -> str:
    """What a reader sees of some tokens."""
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "code_inline":
                out.append(f"`{token.content}`")
            case "softbreak" | "hardbreak":
                out.append(" ")
            case "html_inline":
                out.append(_html(token.content))
            case "image":
                out.append(_linked(_words(token.children or ()), str(token.attrs.get("src", ""))))
            case "link_open":
                links.append(("" if token.info == "auto" else str(token.attrs.get("href", "")), len(out)))
            case "link_close":
                href, start = links.pop()
                out[start:] = [_linked("".join(out[start:]), href)]
            case _:
                out.append(token.content)
    return "".join(out)


def _linked(shown: str, href: str) -> str:
    """A link's words with its address behind them, which every terminal can open."""
    if not href or href == shown or href.startswith("#"):
        return shown
    return f"{shown} ({href})" if shown.strip() else href


def _html(tag: str) -> str:
    if tag.startswith("<!--"):
        return ""
    # `<service>` is more often a placeholder than a tag, so it stays; a line break is meant.
    return " " if tag.casefold().startswith("<br") else tag


def _lines(tokens: Sequence[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.type in _BREAKS:
            lines.append([])
        else:
            lines[-1].append(token)
    return lines


def _may_have_label(content: str) -> bool:
    return "**" in content or "__" in content or ":" in content or "：" in content


def _label(tokens: Sequence[Token]) -> tuple[str, str] | None:
    """The label that a line begins with and its value, or None."""
    start = next((i for i, token in enumerate(tokens) if not _is_before_label(token)), len(tokens))
    if start < len(tokens) and tokens[start].type == "strong_open":
        return _bold_label(tokens[start:])
    return _known_label(_words(tokens))


def _is_before_label(token: Token) -> bool:
    """Whether a token may stand before a label: an emoji, an emphasis around it."""
    if token.type != "text":
        return token.type == "em_open"
    return not any(char.isalnum() or "!" <= char <= "~" for char in token.content)


def _bold_label(tokens: Sequence[Token]) -> tuple[str, str] | None:
    close = next(
        i for i, token in enumerate(tokens) if token.type == "strong_close" and token.level == tokens[0].level
    )
    label, value = _words(tokens[1:close]).strip(), _words(tokens[close + 1 :]).strip()
    if label.endswith((":", "：")):
        return label.rstrip(":： "), value
    if value.startswith((":", "：")):
        return label, value[1:].strip()
    if not value:
        return _known_label(label) or (label, "")
    return None


def _known_label(text: str) -> tuple[str, str] | None:
    """A label that is not bold: only the words of the format itself, with a colon."""
    head, colon, value = text.replace("：", ":").partition(":")
    return (head.strip(), value.strip()) if colon and label_of(head) else None
