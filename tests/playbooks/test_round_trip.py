"""Any playbook written out and loaded again is the same; no text makes the loader fail in another way."""

import codecs
import contextlib
import gc
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warroom.incident.playbook import (
    Action,
    DecisionRow,
    DecisionTable,
    EscalationPath,
    Fallback,
    Output,
    Phase,
    Playbook,
    Reference,
    Severity,
    Step,
    Strategy,
    UpdateRule,
)
from warroom.incident.text import printable
from warroom.playbooks import PlaybookError, as_markdown, parse
from warroom.playbooks.files import decode

Row = TypeVar("Row", EscalationPath, Fallback)
MARKUP = "\\`*_[]<>&!#-+.|~=:{}()0123456789 \"'"
words = st.text(st.one_of(st.sampled_from(MARKUP), st.characters()), min_size=1, max_size=20).map(printable)
# A check box, a quoted example and a colon in an impact field are read, not kept.
texts = words.filter(lambda text: text and not text.startswith(("[", "☐", "☑", "☒")))
names = st.from_regex(r"[A-Z][a-z]{1,8} [a-z*_`<&]{1,8} [a-z]{1,8}", fullmatch=True)
details = st.sampled_from(
    ["", "- nested\n  - more", "```sh\nls -l\n\n  indented\n```", "> quoted", "Prose.\n\n1. one"]
)
mandates = st.sampled_from([(True, ""), (False, ""), (True, "for production"), (False, "if (really) needed")])


@st.composite
def steps(draw: st.DrawFn, place: str) -> Step:
    mandatory, condition = draw(mandates)
    actions = draw(st.lists(st.tuples(texts, details), min_size=1, max_size=3))
    outputs = draw(st.lists(texts, max_size=2))
    return Step(
        id=place,
        name=draw(names),
        mandatory=mandatory,
        condition=condition,
        actions=tuple(Action(f"{place}.{n}", text, detail) for n, (text, detail) in enumerate(actions, 1)),
        outputs=tuple(Output(f"{place}.o{n}", text) for n, text in enumerate(outputs, 1)),
        detail=draw(
            st.sampled_from(["", "**Note:** careful", "- read\n- this", "| a | b |\n|---|---|\n| 1 | 2 |"])
        ),
    )


@st.composite
def phases(draw: st.DrawFn, number: int) -> Phase:
    mandatory, condition = draw(mandates)
    return Phase(
        number=number,
        name=draw(names),
        description=draw(texts),
        entry=draw(st.one_of(st.just(""), texts)),
        exit=draw(st.one_of(st.just(""), texts)),
        mandatory=mandatory,
        condition=condition,
        steps=tuple(draw(steps(f"{number}.{n}")) for n in range(1, draw(st.integers(1, 3)) + 1)),
        detail=draw(st.sampled_from(["", "**Owner:** storage", "> Read this first."])),
    )


REFERENCE = ["Prose.", "- a\n- b", "| a | b |\n|---|---|\n| 1 | 2 |", "### Deeper\n\n```sh\nls\n```"]


def rows_of(kind: Callable[..., Row]) -> st.SearchStrategy[list[Row]]:
    """Rows of a table, all of them with one more column or none."""
    two = st.lists(st.builds(kind, texts, texts), max_size=2)
    three = st.lists(st.builds(kind, texts, texts, st.tuples(texts)), max_size=2)
    return st.one_of(two, three)


every = st.none() | st.integers(1, 600).map(lambda minutes: timedelta(minutes=minutes))
updates = st.builds(
    UpdateRule,
    texts,
    st.sampled_from(["internal", "executive", "external"]),
    st.integers(0, 5000).map(lambda seconds: timedelta(seconds=seconds)),
    every,
    every,
    every,
)


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    severity = st.builds(
        lambda level, minutes: Severity(level, "bad", f"{minutes} min", timedelta(minutes=minutes)),
        texts,
        st.integers(0, 500),
    )
    rows = st.lists(st.tuples(texts, texts, texts).map(lambda t: DecisionRow(t[0], t[1], t[2:])), min_size=1)
    decisions = st.builds(DecisionTable, names, st.tuples(texts, texts, texts), rows.map(tuple))
    return Playbook(
        title=draw(names),
        phases=tuple(draw(phases(n)) for n in range(1, draw(st.integers(1, 3)) + 1)),
        overview=draw(st.sampled_from(["", "How we work.\n\n- fast\n- calm"])),
        about=tuple(draw(st.lists(st.tuples(names, texts), max_size=2))),
        triggers=tuple(draw(st.lists(texts, max_size=2))),
        examples=tuple(draw(st.lists(texts, max_size=2))),
        severities=tuple(draw(st.lists(severity, min_size=1, max_size=3))),
        strategies=tuple(draw(st.lists(st.builds(Strategy, texts, texts), max_size=2))),
        decisions=tuple(draw(st.lists(decisions, max_size=2))),
        escalations=tuple(draw(rows_of(EscalationPath))),
        fallbacks=tuple(draw(rows_of(Fallback))),
        updates=tuple(draw(st.lists(updates, max_size=2))),
        impact_fields=tuple(draw(st.lists(names, max_size=2))),
        template=draw(st.sampled_from(["", "## T\n\n```sh\n# no\n```\n\n- x"])),
        reference=tuple(draw(st.lists(st.builds(Reference, names, st.sampled_from(REFERENCE)), max_size=2))),
    )


@settings(max_examples=60, deadline=None)
@given(playbooks())
def test_a_playbook_written_out_loads_as_itself(playbook: Playbook) -> None:
    assert parse(as_markdown(playbook)).playbook == playbook


PIECES = [
    *("# T", "## Phases", "### Phase 1: A", "### Phase 2: B (Optional)", "#### Step 1.1: X", "#### Step 2"),
    *(
        "##### Sub",
        "#### Notes",
        "## Step 3: Z",
        "### Phase 3: C (0-15 min)",
        "# H1",
        "===",
        "---",
        "### deeper",
    ),
    *(
        "**Actions:**",
        "**Outputs:**",
        "**Foo:** bar",
        "**Foo:**",
        "**Entry Criteria:** e",
        "**Exit Criteria:**",
    ),
    *(
        "**Description:** d",
        "**Is Mandatory:** No (if x)",
        "**Is Mandatory:** dunno",
        "**Impact Assessment:**",
    ),
    *(
        "**Post-Mortem Template:**",
        "🚨 **Actions**",
        "Actions:",
        "__L__: v",
        "text",
        "text: more",
        "Lead:",
        "a\\",
    ),
    *(
        "- a",
        "- b [x](http://y)",
        "  - n",
        "1. one",
        "2. two",
        "   more",
        "- [x] **b** `c`",
        "- - deep",
        "- # h",
    ),
    *(
        "-",
        "- ```\n  cmd\n  ```",
        "- Users: X",
        "- SEV1: bad",
        "- If so, x → y",
        "- P1 (15 min): z",
        "+ p",
        "* s",
        "  x",
        "*e* _f_ &amp; &#27; \\* <b>",
        "**a**b",
    ),
    *(
        "```",
        "```bash",
        "```markdown",
        "~~~",
        "    code",
        "  ```",
        "> q",
        "lazy",
        "<!-- c -->",
        "<!--",
        "<div>",
    ),
    *(
        "[d]: http://u",
        "see [d] x",
        "- see [d]",
        "| a | b |",
        "|---|---|",
        "| Level | Response |",
        "|---|---|---|",
    ),
    *(
        "| 1 | 15 min | x |",
        "| Strategy | When |",
        "| Trigger | Escalate To | W |",
        "| x |",
        "{{ a }}",
        "{% b %}",
    ),
    *(
        "## Severity Levels",
        "## Overview",
        "## Notes",
        "## Example Session",
        "## Escalation Paths",
        "## Fallback",
        "**Severity Levels:**",
        "**Step 1: B**",
        "**Phase 2:** C",
        "- [s](#s)",
        "```mermaid",
        "| What | Severity |",
    ),
    *(
        "## Decision Points",
        "### Decision: D",
        "## Impact Assessment",
        "## Trigger Conditions",
        "\x1b[31m",
        "\ufeff",
    ),
    *("## Post-Mortem Template", "", "", "", ""),
]


def check(text: str) -> None:
    """What loads, loads again as the same; what does not, says why."""
    with contextlib.suppress(PlaybookError):
        playbook = parse(text).playbook
        assert parse(as_markdown(playbook)).playbook == playbook


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("\n".join))
def test_pieces_of_documents_in_any_order(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.text(), st.sampled_from(PIECES)), max_size=8).map("\n".join))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(PIECES).map(str.encode),
                st.sampled_from(
                    [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE]
                ),
            )
        ).map(b"\n".join),
    )
)
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(PlaybookError):
        check(decode(data, "any.md"))


HEAD = "# T\n\n## Phase 1: P\n\n- a\n\n"
REPEATED = {
    "steps": lambda n: HEAD + "### Step 1: S\n\n**Actions:**\n- a\n- b\n\n**Outputs:**\n- c\n\n" * (n // 8),
    "items": lambda n: HEAD + "- a\n" * n,
    "lazy lines": lambda n: HEAD + "- a\n  - b\n" + "c\n" * n,
    "continued labels": lambda n: HEAD + "**Foo:** a\n" + "c\n" * n,
    "code below an action": lambda n: HEAD + "- a\n" + "```\n```\n" * (n // 2),
    "interrupted numbers": lambda n: HEAD + "2. a\n\n```\nls\n```\n\n" * (n // 6),
    "fences never closed": lambda n: HEAD + "```sh\n\n## x\n" * (n // 3),
    "fences in fences": lambda n: HEAD + "```md\n\n## x\n```sh\n```\n" * (n // 5),
    "ever longer fences": lambda n: (
        HEAD + "".join(f"{'`' * k}md\n\n## x\n" for k in range(3, 3 + int(n**0.5)))
    ),
    "nested lists": lambda n: HEAD + "".join(" " * (2 * (k % 200)) + "- a\n" for k in range(n // 20)),
    "quotes": lambda n: HEAD + ">" * n + "a\n",
    "brackets": lambda n: HEAD + "[" * (4 * n) + "\n",
    "emphasis": lambda n: HEAD + "_a_b*" * n + "\n",
    "ticks": lambda n: HEAD + "`a``" * n + "\n",
    "tables": lambda n: HEAD + "| a | b |\n|---|---|\n" + "| c | d |\n" * n,
    "definitions": lambda n: HEAD + "".join(f"[{k}]: u\n\n[{k}]\n\n" for k in range(n // 4)),
    "lists like tables": lambda n: HEAD + "## Escalation\n\n" + "- a: b, c (d\n" * n,
    "bold steps": lambda n: "# T\n\n" + "**Step 1: S**\n\n- a\n\n" * (n // 4),
    "decisions": lambda n: HEAD + "## Decision: D\n\n| a | Severity |\n|--|--|\n" + "| b | c |\n" * n,
    "sections": lambda n: HEAD + "## Other\n\ntext\n\n" * (n // 4),
}


@pytest.mark.parametrize("make", REPEATED.values(), ids=list(REPEATED))
def test_time_grows_with_size(make: Callable[[int], str]) -> None:
    def cost(text: str) -> float:
        start = time.process_time()
        with contextlib.suppress(PlaybookError):
            parse(text)
        return time.process_time() - start

    gc.disable()  # a collection of what other tests left behind is no cost of this one
    try:
        small, large = (min(cost(make(lines)) for _ in range(3)) for lines in (500, 4000))
    finally:
        gc.enable()
    # Quadratic time would make the eight times larger text take 64 times as long.
    assert large < 24 * max(small, 0.002)
