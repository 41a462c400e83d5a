"""The built-in playbook: everything that the workflow document says is there."""

import subprocess
import sys
from datetime import timedelta
from itertools import chain

import pytest

from warroom.assets import PLAYBOOKS
from warroom.incident.playbook import Playbook, Severity, Strategy
from warroom.playbooks import Loaded, as_json, as_markdown, builtin, parse

APPENDED = """
---

## Example Session

```
User: the database throws errors

━━━ PHASE 1: Detection ━━━
- not an action
```

---

## Related Artifacts

- **Skills**: `some/path`
"""


def with_reference() -> Loaded:
    """The built-in document with the sections behind it that the workflow it comes from has."""
    return parse((PLAYBOOKS / "incident-response.md").read_text(encoding="utf-8") + APPENDED)


@pytest.fixture(params=[builtin, with_reference], ids=["built-in", "with reference"])
def loaded(request: pytest.FixtureRequest) -> Loaded:
    make: object = request.param
    assert callable(make)
    result = make()
    assert isinstance(result, Loaded)
    return result


@pytest.fixture
def playbook(loaded: Loaded) -> Playbook:
    return loaded.playbook


def test_nothing_had_to_be_guessed(loaded: Loaded) -> None:
    assert loaded.warnings == ()


def test_counts(playbook: Playbook) -> None:
    steps = list(chain.from_iterable(phase.steps for phase in playbook.phases))
    assert len(playbook.phases) == 6
    assert len(steps) == 12
    assert [len(step.actions) for step in steps] == [4] * 12
    assert [len(step.outputs) for step in steps] == [0, 2] * 6
    assert all(phase.mandatory and not phase.detail for phase in playbook.phases)
    assert all(step.mandatory and not step.detail for step in steps)


def test_phases_name_their_gates(playbook: Playbook) -> None:
    assert [phase.name for phase in playbook.phases] == [
        "Detection",
        "Triage",
        "Mitigation",
        "Resolution",
        "Recovery",
        "Post-Mortem",
    ]
    assert [(phase.entry, phase.exit) for phase in playbook.phases] == [
        ("Alert or report received", "Incident confirmed"),
        ("Incident confirmed", "Impact understood"),
        ("Impact understood", "Impact mitigated"),
        ("Impact mitigated", "Incident resolved"),
        ("Fix deployed", "Normal operations"),
        ("Incident closed", "Post-mortem complete"),
    ]
    assert all(phase.description for phase in playbook.phases)


def test_front(playbook: Playbook) -> None:
    assert playbook.about == (("Version", "1.0.0"), ("Created", "2026-02-02"), ("Applies To", "All stacks"))
    assert len(playbook.triggers) == 4
    assert playbook.examples == (
        "Production is down",
        "Users can't login",
        "Database errors spiking",
        "API response time critical",
    )


def test_severities(playbook: Playbook) -> None:
    assert playbook.severities == (
        Severity("SEV1", "Total outage", "Immediate", timedelta(0)),
        Severity("SEV2", "Major degradation", "15 min", timedelta(minutes=15)),
        Severity("SEV3", "Partial impact", "1 hour", timedelta(hours=1)),
        Severity("SEV4", "Minor issue", "4 hours", timedelta(hours=4)),
    )


def test_tables(playbook: Playbook) -> None:
    assert playbook.strategies[0] == Strategy("Rollback", "Recent deployment caused")
    assert [strategy.name for strategy in playbook.strategies] == [
        "Rollback",
        "Restart",
        "Failover",
        "Scale",
        "Block",
    ]
    assert [(table.name, table.headers, len(table.rows)) for table in playbook.decisions] == [
        ("Severity Assessment", ("Condition", "Severity"), 4),
        ("Mitigation Strategy", ("Situation", "Strategy"), 4),
    ]
    assert [(path.trigger, path.to) for path in playbook.escalations] == [
        ("SEV1", "Engineering Manager, VP"),
        ("> 30 min unmitigated", "Engineering Manager"),
        ("Customer-facing", "Customer Success"),
        ("Data breach", "Security, Legal"),
    ]
    assert [(each.condition, each.action) for each in playbook.fallbacks][-2:] == [
        ("Fix causes regression", "Immediate rollback"),
        ("Communication system down", "Use backup channel"),
    ]


def test_impact_and_template(playbook: Playbook) -> None:
    assert playbook.impact_fields == ("Users affected", "Revenue impact", "Systems down", "Duration so far")
    assert playbook.template.startswith("## Incident Post-Mortem\n\n**Date:** YYYY-MM-DD")
    assert playbook.template.endswith("### Lessons Learned\n- Lesson 1\n- Lesson 2")


def test_unknown_sections_are_kept_in_order() -> None:
    assert [reference.title for reference in with_reference().playbook.reference] == [
        "Example Session",
        "Related Artifacts",
    ]


def test_survives_being_written_out(playbook: Playbook) -> None:
    assert parse(as_markdown(playbook)).playbook == playbook


def test_json_has_the_agreed_keys(playbook: Playbook) -> None:
    data = as_json(playbook)
    assert data["phases"][0]["steps"][0]["actions"][0] == {
        "number": "1.1.1",
        "text": "Receive alert notification",
        "detail": "",
    }
    assert data["phases"][0]["steps"][1]["outputs"] == ["Incident ticket", "Severity classification"]
    assert [level["response_seconds"] for level in data["severities"]] == [0, 900, 3600, 14400]
    assert [len(table["rows"]) for table in data["decisions"]] == [4, 4]
    assert set(data) >= {
        "title",
        "triggers",
        "examples",
        "strategies",
        "escalations",
        "fallbacks",
        "reference",
    }
    assert set(data["phases"][0]) >= {"number", "name", "description", "entry", "exit", "mandatory", "steps"}


def test_loading_needs_no_screen() -> None:
    script = "import sys, warroom.playbooks as p; p.builtin(); print({'textual', 'rich'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
