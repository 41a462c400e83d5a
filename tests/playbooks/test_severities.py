"""Every playbook has severity levels: those of its table, its list, its decisions, or the usual ones."""

import pytest

from warroom.playbooks import builtin, parse
from warroom.playbooks.collect import USUAL_SCALE

PHASE = "# T\n\n## Phase 1: P\n\n- a\n\n"


def levels(text: str) -> list[tuple[str, str, str]]:
    return [(s.level, s.description, s.response) for s in parse(PHASE + text).playbook.severities]


def warnings(text: str) -> list[tuple[int, str]]:
    return [(warning.line, warning.what) for warning in parse(PHASE + text).warnings]


def test_the_usual_scale_is_that_of_the_built_in_playbook() -> None:
    assert builtin().playbook.severities == USUAL_SCALE


def test_without_levels_the_usual_ones_are_taken_and_that_is_said() -> None:
    assert parse(PHASE).playbook.severities == USUAL_SCALE
    assert warnings("") == [
        (
            0,
            "no severity levels, expected a table with the columns Level, Description and Response Time;"
            " SEV1, SEV2, SEV3, SEV4 taken instead",
        )
    ]


DECISION = (
    "## Decision: How bad?\n\n| What | Severity |\n|--|--|\n| all | {0}1 |\n| few | {0}2 |\n| none | {0}2 |\n"
)


def test_the_levels_that_a_decision_leads_to_come_before_the_usual_ones() -> None:
    assert levels(DECISION.format("P")) == [("P1", "all", ""), ("P2", "none", "")]
    assert warnings(DECISION.format("P"))[0] == (
        9,
        "no severity levels, expected a table with the columns Level, Description and Response Time;"
        " P1, P2 taken instead",
    )


def test_a_decision_among_usual_levels_is_one_among_all_of_them() -> None:
    assert parse(PHASE + DECISION.format("sev")).playbook.severities == USUAL_SCALE


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("- SEV1: all is down\n- SEV2 – some is\n", [("SEV1", "all is down", ""), ("SEV2", "some is", "")]),
        ("- **P0** (Top): all\n- **P1 (High)**: some\n", [("P0", "Top: all", ""), ("P1", "High: some", "")]),
        ("- P1: 15 min\n- P2: next sprint\n", [("P1", "", "15 min"), ("P2", "", "next sprint")]),
        ("- P1 (15 min): all\n- P2 (1 hour): some\n", [("P1", "all", "15 min"), ("P2", "some", "1 hour")]),
        ("- P1 → all\n  - page\n- P2 -> some\n", [("P1", "all · - page", ""), ("P2", "some", "")]),
    ],
)  # fmt: skip
def test_a_list_may_hold_the_levels(items: str, expected: list[tuple[str, str, str]]) -> None:
    assert levels(f"## Severity Levels\n\n{items}") == expected
    assert levels(f"**Severity Levels:**\n{items}") == expected
    line, what = warnings(f"## Severity Levels\n\n{items}")[0]
    assert (line, what.partition(",")[0]) == (9, "list read as severity levels")


def test_a_list_of_something_else_stays_as_it_is() -> None:
    book = parse(PHASE + "## Severity Levels\n\n- Ask the lead\n- P1: all is down\n").playbook
    assert book.severities == USUAL_SCALE
    assert [(each.title, each.text) for each in book.reference] == [
        ("Severity Levels", "- Ask the lead\n- P1: all is down")
    ]
