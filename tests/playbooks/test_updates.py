"""The table of status updates: how often each audience is told, by severity and by how far it has come."""

from datetime import timedelta

import pytest

from warroom.incident.playbook import UpdateRule
from warroom.playbooks import Loaded, parse

HEAD = "# Ours\n\n## Phases\n\n### Phase 1: Look\n\n**Actions:**\n- Look\n\n"


def loaded(table: str) -> Loaded:
    return parse(f"{HEAD}## Status Updates\n\n{table}\n")


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def test_a_table_of_severity_audience_and_times_is_the_cadence() -> None:
    found = loaded(
        "| Severity | Audience | First | Until mitigated | Until resolved | Until closed |\n"
        "|---|---|---|---|---|---|\n"
        "| SEV1 | External | Immediate | 30 min | 1 hour | - |\n"
        "| SEV2 | internal |  | 45m | never | none |\n"
        "| SEV3 | internal | - | - | - | - |"
    ).playbook
    assert found.updates == (
        UpdateRule("SEV1", "external", timedelta(), minutes(30), minutes(60)),
        UpdateRule("SEV2", "internal", minutes(45), minutes(45)),
    )
    assert found.reference == ()


def test_a_column_may_be_missing_and_the_order_is_free() -> None:
    found = loaded("| Audience | While unmitigated | Severity |\n|---|---|---|\n| executive | 1 hour | P1 |")
    assert found.playbook.updates == (UpdateRule("P1", "executive", minutes(60), minutes(60)),)


def test_what_is_no_time_is_never_and_is_warned_of() -> None:
    found = loaded(
        "| Severity | Audience | First | Until mitigated |\n|---|---|---|---|\n| P1 | internal | 5m | often |"
    )
    assert found.playbook.updates == (UpdateRule("P1", "internal", minutes(5)),)
    assert any("'often' taken as never" in str(warning) for warning in found.warnings)


@pytest.mark.parametrize(
    "table",
    [
        "| Severity | Audience | First |\n|---|---|---|\n| P1 | the whole company | 5m |",
        "| Audience | Channel | Frequency |\n|---|---|---|\n| internal | chat | 5m |",
        "| Severity | Audience |\n|---|---|\n| P1 | internal |",
    ],
)
def test_a_plan_in_other_terms_is_kept_to_be_read(table: str) -> None:
    found = loaded(table).playbook
    assert found.updates == ()
    assert [reference.title for reference in found.reference] == ["Status Updates"]
