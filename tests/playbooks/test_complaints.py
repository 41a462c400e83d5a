"""What is wrong is said all at once, with the line; what is guessed is said too."""

import pytest

from warroom.playbooks import Complaint, PlaybookError, parse

PHASE = "# T\n\n## Phase 1: P\n\n- a\n"


def problems(text: str, name: str = "book.md") -> list[tuple[int, str]]:
    with pytest.raises(PlaybookError) as caught:
        parse(text, name)
    return [(problem.line, problem.what.partition(",")[0]) for problem in caught.value.problems]


@pytest.mark.parametrize("text", ["", "  \n\n", "\ufeff", "---\ntitle: x\n---\n"])
def test_empty(text: str) -> None:
    assert problems(text) == [(0, "empty")]


def test_prose_is_no_playbook() -> None:
    with pytest.raises(PlaybookError) as caught:
        parse("# A report\n\nAll went well.\n", "report.md")
    assert str(caught.value) == (
        "report.md: no phases or steps, expected headings like `### Phase 1: Detection` and"
        " `#### Step 1.1: Acknowledge alert`, or headings with lists below them"
    )


def test_other_formats_are_named() -> None:
    assert problems("name: x\n# steps\nsteps:\n  - run: y\n  - run: z\n") == [(0, "YAML")]
    assert problems('{"phases": [\n]}\n') == [(0, "JSON")]


def test_every_problem_is_named_with_its_line() -> None:
    text = (
        "# {{ title }}\n\n"
        "## Phase 1: Empty\n\n### Step 1.1: Nothing\n\nProse.\n\n"
        "## Phase 2: Full\n\n- Call {{ owner }}\n- Run `echo {{ fine }}`\n\n"
        "## Phase 3: Empty too\n"
    )
    assert problems(text) == [
        (1, "an unrendered template"),
        (3, "phase “Empty” has nothing to do"),
        (11, "an unrendered template"),
        (14, "phase “Empty too” has nothing to do"),
    ]


def test_a_complaint_shows_file_line_and_source() -> None:
    with pytest.raises(PlaybookError) as caught:
        parse("# T\n\n## Phase 1: P\n\n- {{ a }}\n- b\n- {% c %}\n", "x.md")
    assert str(caught.value) == (
        "x.md:5: an unrendered template, expected the text that it becomes\n"
        "    - {{ a }}\n"
        "x.md:7: an unrendered template, expected the text that it becomes\n"
        "    - {% c %}"
    )


def test_front_matter_does_not_shift_lines() -> None:
    assert problems("---\na: b\n---\n# T\n\n## Phase 1: P\n") == [(6, "phase “P” has nothing to do")]


def test_a_long_line_is_shown_in_part() -> None:
    assert len(str(Complaint(1, "x", "y" * 1_000_000))) < 250


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (PHASE + "\n**Is Mandatory:** Perhaps\n", 7, "“Perhaps” taken as mandatory"),
        (PHASE + "\n## Phase 1: Q\n\n- b\n", 7, "phase number 1 again"),
        (PHASE + "\n## Escalation\n\n| When | To |\n|--|--|\n| x |\n", 11, "short row"),
        (PHASE + "\n## Escalation\n\n| When | To |\n|--|--|\n| x | y | z |\n", 11, "long row"),
        (PHASE + "\n```\nls\n", 7, "code fence is never closed"),
        (PHASE + "\n<!-- ls\n", 7, "HTML comment is never closed"),
        ("# T\n\n## Phase 1: P\n\n" + "- a\n" * 21, 3, "phase “P” has 21 actions"),
        ("# T\n\n## Step 1: S\n\n- a\n", 3, "step outside of any phase"),
        ("# T\n\n## First\n\n- a\n", 3, "no phases or steps"),
    ],
)
def test_guesses_are_warned_of(text: str, line: int, said: str) -> None:
    warnings = [warning for warning in parse(text).warnings if warning.line]  # 0: no severity levels
    assert [(warning.line, warning.what.partition(",")[0]) for warning in warnings] == [(line, said)]
    assert warnings[0].source == text.split("\n")[line - 1]


def test_a_long_row_loses_nothing() -> None:
    book = parse(PHASE + "\n## Escalation\n\n| When | To |\n|--|--|\n| x | y | z |\n").playbook
    assert book.escalations[0].to == "y | z"


def test_twenty_actions_are_no_guess() -> None:
    assert all(w.line == 0 for w in parse("# T\n\n## Phase 1: P\n\n" + "- a\n" * 20).warnings)
