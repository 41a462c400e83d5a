"""The same playbook, however it is written."""

import pytest

from warroom.incident.playbook import Playbook, Step
from warroom.playbooks import parse

CLEAN = """\
# Runbook

## Phases

### Phase 1: Detection

**Description:** See what is wrong.

**Entry Criteria:** Alert received
**Exit Criteria:** Incident confirmed

#### Step 1.1: Acknowledge Alert

**Actions:**
- Receive the alert
- Start the timer

**Outputs:**
- Ticket

**Is Mandatory:** Yes

### Phase 2: Repair

#### Step 2.1: Apply the fix

**Actions:**
- Deploy it
- Watch the graphs for a while

**Is Mandatory:** No (if not applicable)

## Escalation Paths

| Trigger | Escalate To |
|---------|-------------|
| SEV1 \\| SEV2 | Manager |

## Severity Levels

| Level | Response Time |
|-------|---------------|
| SEV1 | 5 min |
| SEV2 | 1 hour |
"""


def changed(*pairs: tuple[str, str]) -> str:
    """The clean document with some of its text written otherwise."""
    text = CLEAN
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


VARIATIONS = {
    "CRLF": CLEAN.replace("\n", "\r\n"),
    "CR": CLEAN.replace("\n", "\r"),
    "byte-order mark": "\ufeff" + CLEAN,
    "trailing blanks": CLEAN.replace("\n", "   \n"),
    "front matter": "---\ntitle: Another\nowner: me\n---\n" + CLEAN,
    "title in front matter": "---\ntitle: 'Runbook'\n---\n" + CLEAN.replace("# Runbook\n", "", 1),
    "stars": CLEAN.replace("\n- ", "\n* "),
    "pluses": CLEAN.replace("\n- ", "\n+ "),
    "all numbered 1.": CLEAN.replace("\n- ", "\n1. "),
    "numbered with brackets": changed(("- Receive", "1) Receive"), ("- Start", "2) Start")),
    "loose lists": CLEAN.replace("\n- ", "\n\n- "),
    "indented lists": CLEAN.replace("\n- ", "\n  - "),
    "wrapped lines": changed(("graphs for a", "graphs\n  for a"), ("See what is", "See what\nis")),
    "lazily wrapped": changed(("graphs for a", "graphs\nfor a")),
    "check boxes": changed(("- Receive", "- [ ] Receive"), ("- Start", "- [x] Start")),
    "colons outside": CLEAN.replace(":**", "**:"),
    "underscores for bold": CLEAN.replace("**", "__"),
    "lower-case labels": changed(("Actions", "actions"), ("Entry Criteria", "entry criteria")),
    "upper-case labels": changed(("Actions", "ACTIONS"), ("Is Mandatory", "IS MANDATORY")),
    "labels that are not bold": changed(("**Actions:**", "Actions:"), ("**Is Mandatory:**", "Is Mandatory:")),
    "labels without colon": changed(("**Actions:**", "**Actions**"), ("**Outputs:**", "**Outputs**")),
    "labels as headings": changed(("**Actions:**", "##### Actions"), ("**Outputs:**", "##### Outputs")),
    "labels with emoji": changed(("**Actions:**", "📋 **Actions:**"), ("**Outputs:**", "**📦 Outputs:**")),
    "a blank line below labels": changed(("**Actions:**\n", "**Actions:**\n\n")),
    "fields in a list": changed(("**Entry", "- **Entry"), ("**Exit", "- **Exit")),
    "setext headings": changed(("# Runbook", "Runbook\n======="), ("## Phases", "Phases\n------")),
    "closed headings": changed(("# Runbook", "# Runbook #"), ("Alert\n", "Alert ####\n")),
    "emoji in headings": changed(("# Phase 1: ", "# 🔍 Phase 1: "), (": Repair", ": 🛠️ Repair")),
    "dashes in headings": changed(("Phase 1:", "Phase 1 —"), ("Step 1.1:", "Step 1.1 -")),
    "no numbers": changed(("Phase 1:", "Phase:"), ("Step 1.1:", "Step:")),
    "restarting numbers": changed(("Phase 2:", "Phase 7:"), ("Step 2.1:", "Step 1:")),
    "other heading levels": CLEAN.replace("### ", "## ").replace("## Phase 1", "# Phase 1"),
    "optional in the heading": changed(
        ("Phase 2: Repair", "Phase 2: Repair (Optional, if not applicable)"),
        ("**Is Mandatory:** No (if not applicable)", ""),
    ),
    "mandatory not mentioned": changed(("**Is Mandatory:** Yes\n", "")),
    "mandatory with a comma": changed(("No (if not applicable)", "no, if not applicable")),
    "HTML comments": changed(
        ("## Phases\n", "<!-- note -->\n\n## Phases\n"), ("the timer", "the timer <!-- now -->")
    ),
    "a comment over headings": changed(("## Phases\n", "<!--\n### Phase 0: No\n- no\n-->\n\n## Phases\n")),
    "emphasis": changed(("Start the timer", "**Start** the _timer_"), ("Deploy it", "*Deploy* it")),
    "rules between phases": changed(("### Phase 2", "---\n\n### Phase 2")),
    "no outer pipes": changed(
        ("| Trigger | Escalate To |\n|---------|-------------|", "Trigger | Escalate To\n---|---"),
        ("| SEV1 \\| SEV2 | Manager |", "SEV1 \\| SEV2 | Manager"),
    ),
    "aligned columns": changed(("|---------|-------------|", "|:-------:|------------:|")),
    "columns the other way round": changed(
        ("| Trigger | Escalate To |", "| Escalate To | Trigger |"),
        ("| SEV1 \\| SEV2 | Manager |", "| Manager | SEV1 \\| SEV2 |"),
    ),
    "control characters": changed(
        ("the alert", "the\x1b[31m al\u202eert\x00"), ("the timer", "the &#x1b;timer&#x202e;")
    ),
}


@pytest.mark.parametrize("text", VARIATIONS.values(), ids=list(VARIATIONS))
def test_variation_loads_as_the_clean_form(text: str) -> None:
    assert parse(text).playbook == parse(CLEAN).playbook


def test_clean_form() -> None:
    playbook = parse(CLEAN).playbook
    assert [phase.name for phase in playbook.phases] == ["Detection", "Repair"]
    assert [(p.mandatory, p.condition) for p in playbook.phases] == [(True, ""), (False, "if not applicable")]
    assert playbook.escalations[0].trigger == "SEV1 | SEV2"
    assert parse(CLEAN).warnings == ()


def step(body: str) -> Step:
    """The one step that is made of these lines."""
    return playbook_of(body).phases[0].steps[0]


def playbook_of(body: str) -> Playbook:
    return parse(f"# T\n\n## Phase 1: P\n\n### Step 1.1: S\n\n{body}").playbook


def details(body: str) -> list[tuple[str, str]]:
    return [(action.text, action.detail) for action in step(body).actions]


def test_nested_bullets_and_code_hang_below_their_action() -> None:
    body = "- Outer\n  - inner\n    - innermost\n- Run\n\n  ```sh\n  ls\n    -l\n  ```\n\n  Then wait.\n"
    assert details(body) == [
        ("Outer", "- inner\n  - innermost"),
        ("Run", "```sh\nls\n  -l\n```\n\nThen wait."),
    ]


def test_code_between_numbers_belongs_to_the_action_above() -> None:
    body = "1. One\n\n```sh\nls\n```\n\nSee above.\n\n2. Two\n"
    assert details(body) == [("One", "```sh\nls\n```\n\nSee above."), ("Two", "")]


def test_code_right_below_an_action_belongs_to_it() -> None:
    assert details("- One\n```sh\nls\n```\n- Two\n") == [("One", "```sh\nls\n```"), ("Two", "")]


def test_an_action_that_is_only_code_is_called_by_its_command() -> None:
    assert details("- ```\n  ls -l\n  ```\n") == [("`ls -l`", "```\nls -l\n```")]


def test_a_step_of_nothing_but_commands_is_itself_the_action() -> None:
    assert details("```\nls\n```\n") == [("S", "```\nls\n```")]


def test_other_lists_are_detail_where_actions_are_labelled() -> None:
    found = step("Remember:\n\n- this\n\n**Actions:**\n- do\n\n**Notes:**\n- that\n")
    assert [action.text for action in found.actions] == ["do"]
    assert found.detail == "Remember:\n\n- this\n\n**Notes:**\n\n- that"


def test_nothing_in_a_fence_is_a_heading_or_an_action() -> None:
    found = step("- do\n\n~~~markdown\n## Phase 2: no\n- no\n~~~\n")
    assert [action.text for action in found.actions] == ["do"]
    assert found.detail == "```markdown\n## Phase 2: no\n- no\n```"


def test_links_keep_their_address() -> None:
    body = (
        "- See [the *guide*](https://x.example/a) and <https://y.example>\n"
        "- ![graph](g.png)\n"
        "- [z][1]\n\n[1]: z.md\n"
    )
    assert [action.text for action in step(body).actions] == [
        "See the guide (https://x.example/a) and https://y.example",
        "graph (g.png)",
        "z (z.md)",
    ]


def test_link_definitions_go_with_the_detail_that_uses_them() -> None:
    assert step("- do\n\nSee [z][1].\n\n[1]: z.md\n").detail == "See [z][1].\n\n[1]: <z.md>"


def test_placeholders_that_look_like_tags_stay() -> None:
    assert step("- Restart <service> & wait\n").actions[0].text == "Restart <service> & wait"


def test_each_step_may_say_for_itself() -> None:
    text = "## Phase 1: P\n### Step 1: A\n- a\n\n{}\n\n### Step 2: B\n- b\n\n{}\n"
    phase = parse(
        text.format("**Is Mandatory:** No", "**Is Mandatory:** Yes (for production)")
    ).playbook.phases[0]
    assert [(s.mandatory, s.condition) for s in phase.steps] == [(False, ""), (True, "for production")]
    assert phase.mandatory
    phase = parse(text.format("", "**Is Mandatory:** No")).playbook.phases[0]
    assert [phase.mandatory, *(s.mandatory for s in phase.steps)] == [False, False, False]
    phase = parse(text.format("**Is Mandatory:** Yes", "")).playbook.phases[0]
    assert [phase.mandatory, *(s.mandatory for s in phase.steps)] == [True, True, True]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("Immediate", 0),
        ("immediately.", 0),
        ("15 min", 900),
        ("15m", 900),
        ("< 15 minutes", 900),
        ("within 1 hour", 3600),
        ("4 hours", 14400),
        ("1h 30m", 5400),
        ("1 hour 30 minutes", 5400),
        ("1.5 hours", 5400),
        ("10-15 min", 900),
        ("2 days", 172800),
        ("90 s", 90),
        ("Next sprint", None),
        ("1 business day", None),
        ("24/7", None),
        ("15", None),
        ("9" * 400 + " days", None),
        ("", None),
    ],
)
def test_response_times(said: str, seconds: int | None) -> None:
    playbook = parse(
        f"## Phase 1: P\n- a\n\n## Severity\n\n| Sev | Response |\n|--|--|\n| S0 | {said} |\n"
    ).playbook
    level = playbook.severities[0]
    assert level.response == said
    assert (level.response_time.total_seconds() if level.response_time is not None else None) == seconds


def test_sections_behind_an_unclosed_fence_do_not_vanish() -> None:
    text = (
        "## Phase 1: P\n\n```\nls\n\n### Step 1: S\n- a\n\n## Fallbacks\n\n| If | Do |\n|--|--|\n| x | y |\n"
    )
    loaded = parse(text)
    assert [warning.line for warning in loaded.warnings] == [0, 3]
    assert loaded.playbook.phases[0].steps[0].name == "S"
    assert loaded.playbook.fallbacks[0].action == "y"


def test_a_name_may_be_an_emoji() -> None:
    phase = parse("## 🔍 Phase 1: 🚒\n\n### Step 1.1: ✅ Look 👀\n\n- a\n").playbook.phases[0]
    assert (phase.name, phase.steps[0].name) == ("🚒", "Look")
