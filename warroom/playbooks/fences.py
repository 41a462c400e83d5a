"""Code fences as people really write them: inside each other, and not always closed."""

from typing import NamedTuple

from markdown_it.rules_block import StateBlock

# Looking past the end of a fence costs time. A text with more broken fences than this has no structure left
# to rescue, and is read by the letter of CommonMark, in linear time.
_MOST_RESCUES = 20
_PROSE = frozenset({"", "markdown", "md", "mdx", "text", "txt", "plain", "plaintext"})


class _Fence(NamedTuple):
    char: str
    length: int
    info: str


def fence_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The `fence` rule of markdown-it, except for where a fence ends.

    CommonMark ends a fence at the next bare one, so that a template in a fence that itself holds a fence of
    the same length ends too early, and what closes it opens another one that swallows the rest of the text.
    """
    fence = _fence_at(state, start)
    if fence is None or silent:
        return fence is not None
    stop, closed = _end(state, start, end, fence)
    state.line = stop + closed
    token = state.push("fence", "code", 0)
    token.info = fence.info
    token.markup = fence.char * fence.length
    token.content = state.getLines(start + 1, stop, state.sCount[start], True)
    token.map = [start, state.line]
    if not closed:
        token.content = token.content.rstrip("\n") + "\n"
        token.meta["unclosed"] = True
    return True


def _end(state: StateBlock, start: int, end: int, fence: _Fence) -> tuple[int, bool]:
    """The line that a fence ends at, and whether that line closes it."""
    strict = state.env.get("rescues", 0) >= _MOST_RESCUES
    depth, heading, bare, line = 1, 0, 0, start
    while (line := line + 1) < end:
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            break  # the list item or quote that holds the fence is over
        other = _fence_at(state, line)
        if other is None or other.char != fence.char or other.length < fence.length:
            heading = heading or (line if _is_heading(state, line) else 0)
        elif not other.info:
            depth -= 1
            bare = bare or line
            if depth == 0 or strict:
                return line, True
        elif heading and fence.info.partition(" ")[0].casefold() not in _PROSE:
            break  # a heading and then another opening: commands were never closed
        else:
            depth += 1
    if strict or not (heading or bare):
        return line, False
    state.env["rescues"] = state.env.get("rescues", 0) + 1
    return (heading, False) if heading else (bare, True)


def _fence_at(state: StateBlock, line: int) -> _Fence | None:
    """The fence mark on a line, or None."""
    at, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if at >= end or (char := state.src[at]) not in "`~" or state.is_code_block(line):
        return None
    after = min(state.skipCharsStr(at, char), end)
    info = state.src[after:end].strip()
    if after - at < 3 or (char == "`" and "`" in info):
        return None
    return _Fence(char, after - at, info)


def _is_heading(state: StateBlock, line: int) -> bool:
    """Whether a line reads as `## Heading` after a blank one. One `#` is more often a comment in a script."""
    at = state.bMarks[line] + state.tShift[line]
    return (
        state.src.startswith("##", at)
        and state.isEmpty(line - 1)
        and not state.is_code_block(line)
        and state.src[at : state.eMarks[line]].lstrip("#").startswith(" ")
    )
