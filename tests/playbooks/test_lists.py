"""Lists where a table was expected: taken where each item says what of what, kept as they are otherwise."""

import pytest

from warroom.incident.playbook import EscalationPath, Fallback, Playbook, Strategy
from warroom.playbooks import parse

PHASE = "# T\n\n## Phase 1: P\n\n- a\n\n"


def book(text: str) -> Playbook:
    return parse(PHASE + text).playbook


@pytest.mark.parametrize(
    "items",
    [
        "- SEV1: the manager\n- Nothing after 30 min: the director\n",
        "- **SEV1** → the manager\n- **Nothing after 30 min** → the director\n",
        "1. SEV1 – the manager\n2. Nothing after 30 min – the director\n",
        "* SEV1 -> the manager\n* Nothing after 30 min -> the director\n",
    ],
)
def test_an_escalation_path_is_a_trigger_and_whom_to_tell(items: str) -> None:
    assert book(f"## Escalation\n\n{items}").escalations == (
        EscalationPath("SEV1", "the manager"),
        EscalationPath("Nothing after 30 min", "the director"),
    )


def test_a_numbered_list_of_people_is_a_ladder() -> None:
    assert book("## Escalation Path\n\n1. On-call engineer\n2. Team lead (after 15 min)\n").escalations == (
        EscalationPath("1st", "On-call engineer"),
        EscalationPath("2nd", "Team lead (after 15 min)"),
    )


@pytest.mark.parametrize(
    "items",
    [
        "- If the rollback fails, scale up\n- When chat is down, use the phone\n",
        "- If the rollback fails: scale up\n- When chat is down → use the phone\n",
    ],
)
def test_a_fallback_is_a_condition_and_what_to_do(items: str) -> None:
    assert book(f"## Fallback Procedures\n\n{items}").fallbacks == (
        Fallback("If the rollback fails", "scale up"),
        Fallback("When chat is down", "use the phone"),
    )


def test_a_strategy_may_be_nothing_but_a_name() -> None:
    assert book("**Mitigation Strategies:**\n- Rollback: after a release\n- Restart\n").strategies == (
        Strategy("Rollback", "after a release"),
        Strategy("Restart"),
    )


def test_what_hangs_below_an_item_is_a_column_of_its_own() -> None:
    assert book("## Escalation\n\n- SEV1: the manager\n  - +49 30 1234\n").escalations == (
        EscalationPath("SEV1", "the manager", ("- +49 30 1234",)),
    )


@pytest.mark.parametrize(
    "items",
    [
        "- Post in the team channel\n- Escalate to the owner",
        "- SEV1: the manager\n- Ask the owner",
        "- Do it, then call\n- Call, then do it",
        "- 10:30\n- 11:30",
        "- : a\n- b :",
    ],
)
@pytest.mark.parametrize("title", ["Escalation", "Fallbacks"])
def test_what_is_no_list_of_pairs_stays_as_it_is(title: str, items: str) -> None:
    found = book(f"## {title}\n\n{items}\n")
    assert not found.escalations
    assert not found.fallbacks
    assert [(each.title, each.text) for each in found.reference] == [(title, items)]


def test_a_guess_names_the_line_and_what_would_be_none() -> None:
    loaded = parse(PHASE + "## Escalation\n\n- SEV1: the manager\n")
    assert [(w.line, w.what, w.source) for w in loaded.warnings if w.line] == [
        (
            9,
            "list read as escalation paths, expected a table with the columns Trigger and Escalate To",
            "- SEV1: the manager",
        )
    ]
