"""The post-mortem: the facts in the template's order, gaps stated as gaps, words exactly as typed."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.incident.worlds import SEED, TEMPLATE, TITLE, World, at, event, minutes
from warroom.incident import commands
from warroom.incident import events as e
from warroom.incident.events import AnyFact
from warroom.incident.evolve import replay
from warroom.incident.incident import Incident
from warroom.incident.postmortem import MISSING, PostMortem, escaped, post_mortem, render
from warroom.incident.postmortem import TEMPLATE as OWN
from warroom.incident.text import printable

ENTERED = at(3000)  # two days later, in one go
SESSION: list[tuple[float, AnyFact]] = [
    (0, e.Declared("INC-2026-0042", TITLE, SEED)),
    (1, e.Noted("Error rate 45 % of requests")),
    (2, e.SeveritySet("SEV2", "Major feature down")),
    (4, e.PhaseEntered(2, confirmed=("1.exit", "2.entry"))),
    (6, e.ImpactAssessed(5000, 2000, ("API", "Dashboard"))),
    (8, e.Paged("@oncall-engineer")),
    (9, e.RoleAssigned("@maya", "Incident Commander")),
    (12, e.PhaseEntered(3, confirmed=("2.exit", "3.entry"))),
    (15, e.MitigationStarted("Scale", "Resource exhaustion", "connection pool 100 → 200")),
    (17, e.MetricObserved("error rate", "45%", "5%")),
    (17, e.MitigationAssessed("000009", "partial")),
    (20, e.PhaseEntered(4, override="partial is good enough to look for the cause")),
    (25, e.FindingRecorded("root cause", "A new batch job held connections until the pool was exhausted")),
    (26, e.FindingRecorded("contributing factor", "No alert on pool usage")),
    (35, e.Noted("Connection timeout deployed")),
    (38, e.MetricObserved("error rate", "5%", "0.1%")),
    (40, e.PhaseEntered(5, confirmed=("4.exit", "5.entry"))),
    (47, e.Closed()),
    (48, e.PhaseEntered(6, confirmed=("5.exit", "6.entry"))),
    (50, e.ActionItemOpened("Add connection pool monitoring", "@sre")),
    (51, e.ActionItemOpened("Batch job review process", "@lead")),
    (52, e.ActionItemOpened("Load test connection limits", "@qa")),
    (5, e.Noted("Batch job had been deployed at 14:05")),
]


def session(*more: tuple[float, AnyFact]) -> Incident:
    """The seed's example session, entered afterwards with the times at which things happened."""
    facts = enumerate([*SESSION, *more], 1)
    return replay(event(number, fact, ENTERED, at(minute)) for number, (minute, fact) in facts)


def sections(markdown: str) -> dict[str, str]:
    """The text under each heading."""
    found = {}
    for part in markdown.split("\n#")[1:]:
        heading, _, body = part.lstrip("#").partition("\n")
        found[heading.strip()] = body.strip()
    return found


@pytest.fixture(scope="module")
def found() -> PostMortem:
    """The post-mortem of the seed's session."""
    return post_mortem(session())


@pytest.fixture(scope="module")
def text(found: PostMortem) -> str:
    """The same as Markdown, by the seed's template."""
    return render(found, TEMPLATE)


# ── the seed's example session ─────────────────────────────────────────────────────────────────


def test_the_session_took_47_minutes_at_sev2(found: PostMortem) -> None:
    assert found.durations["duration"] == minutes(47)
    assert (found.severity, found.severity_description) == ("SEV2", "Major degradation")
    assert found.date == date(2026, 2, 2)
    assert found.commander == "@maya"


def test_the_session_cost_what_an_hour_costs_times_the_time(found: PostMortem) -> None:
    assert found.impact == "~5,000 users · API, Dashboard down · ~$2,000/hour"
    assert found.revenue_lost == pytest.approx(2000 * 47 / 60)


def test_the_head_of_the_document(text: str) -> None:
    assert text.startswith("## Incident Post-Mortem\n\n**Incident:** INC-2026-0042 · Production database")
    assert (
        "\n**Date:** 2026-02-02  \n**Duration:** 47 minutes  \n**Severity:** SEV2 · Major degradation  \n"
        in text
    )
    assert r"**Impact:** ~5,000 users · API, Dashboard down · ~$2,000/hour · ~$1,567 in all" in text


def test_the_sections_stand_in_the_order_of_the_template(text: str) -> None:
    assert list(sections(text)) == [
        "Timeline",
        "Root Cause",
        "Contributing Factors",
        "Action Items",
        "Lessons Learned",
        "Milestones and durations",
    ]


def test_the_timeline_is_in_the_order_in_which_things_happened(text: str) -> None:
    lines = sections(text)["Timeline"].splitlines()
    assert [line[2:7] for line in lines] == sorted(line[2:7] for line in lines)
    assert "- 14:24 - Error rate 45 % of requests" in lines
    assert "- 14:28 - Batch job had been deployed at 14:05" in lines
    assert "- 14:40 - error rate: 45% → 5%" in lines
    assert lines[0] == f"- 14:23 - Declared: {TITLE}"


def test_keeping_the_checklist_and_writing_it_up_are_no_events_of_the_incident() -> None:
    chores: list[tuple[float, AnyFact]] = [
        (3, e.Ticked("1.1.1")),
        (3, e.OutputRecorded("1.2.o1", "OPS-17")),
        (53, e.FindingRecorded("lesson", "Alert on pools")),
        (54, e.PostMortemWritten("x.md")),
    ]
    assert post_mortem(session(*chores)).timeline == post_mortem(session()).timeline


def test_root_cause_and_factors_are_what_was_found(text: str) -> None:
    assert sections(text)["Root Cause"] == "A new batch job held connections until the pool was exhausted"
    assert sections(text)["Contributing Factors"] == "1. No alert on pool usage"


def test_action_items_have_owners_and_no_invented_due_dates(text: str) -> None:
    assert sections(text)["Action Items"].splitlines()[2:] == [
        "| Add connection pool monitoring | @sre | no due date |",
        "| Batch job review process | @lead | no due date |",
        "| Load test connection limits | @qa | no due date |",
    ]


def test_milestones_and_durations_say_what_is_known_and_how_it_is_counted(text: str) -> None:
    lines = sections(text)["Milestones and durations"].splitlines()
    assert "| declared | 2026-02-02 14:23 |" in lines
    assert "| resolved | 2026-02-02 15:03 |" in lines
    assert "| recovered | 2026-02-02 15:10 |" in lines
    assert f"| mitigated | {MISSING} |" in lines
    assert f"| TTM time to mitigate | started → mitigated | {MISSING} |" in lines
    assert "| duration | declared → closed | 47 minutes |" in lines


# ── gaps and changes ───────────────────────────────────────────────────────────────────────────


def test_what_is_missing_is_stated_as_missing() -> None:
    text = render(post_mortem(World().incident), TEMPLATE)
    for line in ("**Duration:** not recorded", "**Severity:** not recorded", "**Impact:** not recorded"):
        assert line in text
    found = sections(text)
    assert found["Root Cause"] == "Root cause not recorded."
    assert found["Contributing Factors"] == "Contributing factors not recorded."
    assert found["Action Items"] == "Action items not recorded."
    assert found["Lessons Learned"] == "Lessons learned not recorded."
    assert "HH:MM" not in text
    assert "Name" not in text


def test_an_open_incident_has_lost_an_unknown_amount() -> None:
    world = World()
    world.do(1, commands.assess_impact, revenue_per_hour=2000)
    assert post_mortem(world.incident).revenue_lost is None


def test_struck_entries_are_left_out_and_edited_ones_read_as_they_do_now() -> None:
    world = World()
    world.do(1, commands.note, "wrong")
    world.do(2, commands.strike, world.last_id())
    world.do(3, commands.record_finding, "root cause", "DNS")
    world.do(4, commands.edit, world.last_id(), "It was DNS")
    found = post_mortem(world.incident)
    assert [entry.text for entry in found.timeline][1:] == ["Root cause: It was DNS"]
    assert found.root_causes == ("It was DNS",)


def test_pinned_entries_are_key_events() -> None:
    world = World()
    world.do(1, commands.note, "pool exhausted")
    world.do(2, commands.toggle_pinned, world.last_id())
    assert [entry.key for entry in post_mortem(world.incident).timeline] == [False, True]
    assert "- 14:24 - **pool exhausted**" in render(post_mortem(world.incident))


def test_dropped_items_are_left_out_and_done_ones_say_so() -> None:
    world = World()
    for text in ("drop me", "do me"):
        world.do(50, commands.open_action_item, text, "", date(2026, 2, 6))
    dropped, done = (item.id for item in world.incident.action_items)
    world.do(51, commands.drop_action_item, dropped)
    world.do(52, commands.finish_action_item, done)
    rows = sections(render(post_mortem(world.incident)))["Action Items"].splitlines()[2:]
    assert rows == ["| do me (done) | no owner | 2026-02-06 |"]


def test_the_last_commander_is_named_even_after_going_home() -> None:
    world = World()
    world.do(1, commands.assign_role, "maya", "Incident Commander")
    world.do(2, commands.assign_role, "bob", "Incident Commander")
    world.do(3, commands.close)
    world.do(4, commands.release, "bob")
    assert post_mortem(world.incident).commander == "@bob"


def test_mitigations_say_what_they_did() -> None:
    world = World()
    world.do(1, commands.start_mitigation, "Scale")
    world.do(2, commands.assess, "partial")
    world.do(3, commands.start_mitigation, "Rollback")
    assert post_mortem(world.incident).mitigations == ("Scale: partial", "Rollback: not assessed")


def test_a_timeline_over_midnight_shows_its_days() -> None:
    text = render(post_mortem(session((24 * 60, e.Noted("quiet night")))))
    assert "- 2026-02-03 14:23 - quiet night" in text


def test_an_exercise_says_so() -> None:
    incident = replay([event(1, e.Declared("INC-2026-0001", "x", SEED, exercise=True))])
    assert "**Incident:** INC-2026-0001 · x · exercise" in render(post_mortem(incident))


# ── a team's own template ──────────────────────────────────────────────────────────────────────

TEAMS = """\
# Review

- **Severity**: ?
- **Facilitator:** to be named
**Last updated:** today
**Note** this is blameless.

## Lessons we take

(none yet)

## Five whys

1. Why?

**Commander:** who

## What follows: action items

| What | Who |
|---|---|

## Root cause
"""


def test_a_teams_own_template_keeps_its_order_and_its_own_words(found: PostMortem) -> None:
    text = render(found, TEAMS)
    assert list(sections("\n" + text)) == [
        "Review",
        "Lessons we take",
        "Five whys",
        "What follows: action items",
        "Root cause",
        "Timeline",
        "Contributing Factors",
        "Milestones and durations",
    ]
    assert "- **Severity:** SEV2 · Major degradation" in text
    assert "- **Facilitator:** to be named\n" in text
    assert "**Last updated:** today\n" in text
    assert "**Note** this is blameless.\n" in text
    assert "1. Why?\n\n**Commander:** @maya" in text
    assert "(none yet)" not in text
    assert "| What | Who |" not in text


def test_what_a_template_has_no_place_for_comes_at_the_end_if_there_is_anything() -> None:
    text = render(post_mortem(World().incident), "# Only a title\n")
    assert list(sections("\n" + text)) == ["Only a title", "Timeline", "Milestones and durations"]


@pytest.mark.parametrize("template", ["", "no heading at all", "## Timeline\n"])
def test_any_template_will_do(found: PostMortem, template: str) -> None:
    text = render(found, template)
    assert "14:24 - Error rate 45 %" in text
    assert text.endswith("|\n")
    assert "\n\n\n" not in text


def test_the_number_and_title_are_there_whatever_the_first_heading_is(found: PostMortem) -> None:
    assert render(found, "## Timeline\n").startswith("**Incident:** INC-2026-0042 · Production database")


def test_without_a_template_there_is_one(found: PostMortem) -> None:
    assert render(found) == render(found, OWN)


# ── exactly as typed ───────────────────────────────────────────────────────────────────────────

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TRICKY = [
    "1. not a list",
    "1) nor this",
    "- nor this",
    "+ nor this",
    "# no heading",
    "> no quote",
    "===",
    "---",
    "- - -",
    "***",
    "_ _ _",
    "```",
    "~~~",
    "`code`",
    "*a* **b** _c_ __d__ ___e___ ~~f~~ snake_case_name __init__.py",
    "_(a)_ a_(b)_c",
    "&amp; &#35; &#x22; &copy; 1. &lt;",
    "1. &amp;",
    "a|b\\|c\\\\|d\\",
    "<b>x</b> <http://a.b> <!-- x -->",
    "[a](b) ![a](b) [a]: b [^1] [ ] x",
    "[red]x[/red]",
    "\\*a\\* \\",
    "http://a.b/_c_?d=e&copy=1",
    "a  b",
    "~5,000 users · ~$2,000/hour ~a~",
    "日本語_テスト_です",
    ":--|--:",
    "# # #",
    "a ## #",
    "in #ops-42",
    "100. x",
    "1.x",
]
WORDS = st.text(
    st.one_of(st.sampled_from("\\`*_[]<>|#-+=~&;.()!1 ab:\"'é"), st.characters()), min_size=1, max_size=30
).filter(printable)


def literal(tokens: list[Token] | None) -> str:
    """The text that inline tokens show, if they are nothing but text."""
    assert tokens is not None
    assert {token.type for token in tokens} <= {"text", "text_special"}
    return "".join(token.content for token in tokens)


def shown(markdown: str) -> list[tuple[str, str]]:
    """What holds each text of a document, and the text as shown."""
    tokens = PARSER.parse(markdown)
    pairs = pairwise(tokens)
    return [(before.type, literal(token.children)) for before, token in pairs if token.type == "inline"]


@pytest.mark.parametrize("typed", TRICKY)
def test_tricky_words_read_as_typed(typed: str) -> None:
    check(typed)


@given(WORDS)
@settings(deadline=None, max_examples=400)
def test_any_words_read_as_typed(typed: str) -> None:
    check(typed)


def check(typed: str) -> None:
    clean, markdown = printable(typed), escaped(typed)
    assert "\n" not in markdown
    assert shown(markdown) == [("paragraph_open", clean)]
    assert shown(f"- {markdown}") == [("paragraph_open", clean)]
    assert shown(f"1. {markdown}") == [("paragraph_open", clean)]
    assert shown(f"- 14:23 - {markdown}") == [("paragraph_open", f"14:23 - {clean}")]
    assert shown(f"### {markdown}\n") == [("heading_open", clean)]
    table = shown(f"| A | B |\n|---|---|\n| {markdown} | x |\n")
    assert table == [("th_open", "A"), ("th_open", "B"), ("td_open", clean), ("td_open", "x")]


@given(WORDS)
@settings(deadline=None, max_examples=100)
def test_key_events_are_bold_and_nothing_else(typed: str) -> None:
    (inline,) = (token for token in PARSER.parse(f"- 14:23 - **{escaped(typed)}**") if token.type == "inline")
    assert inline.children is not None
    before, opening, *inside, closing, after = inline.children
    assert (opening.type, closing.type) == ("strong_open", "strong_close")
    assert (before.content, literal(inside), after.content) == ("14:23 - ", printable(typed), "")


@given(WORDS, WORDS, WORDS)
@settings(deadline=None, max_examples=60)
def test_a_whole_document_keeps_its_shape_whatever_was_typed(title: str, words: str, owner: str) -> None:
    world = World(title)
    world.do(1, commands.note, words)
    world.do(2, commands.record_finding, "root cause", words)
    world.do(3, commands.record_finding, "contributing factor", words)
    world.do(4, commands.record_finding, "lesson", words)
    world.do(5, commands.open_action_item, words, owner)
    world.do(6, commands.assess_impact, systems=[words])
    tokens = PARSER.parse(render(post_mortem(world.incident), TEMPLATE))
    headings = [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == [
        "Incident Post-Mortem",
        "Timeline",
        "Root Cause",
        "Contributing Factors",
        "Action Items",
        "Lessons Learned",
        "Milestones and durations",
    ]
    types = [token.type for token in tokens]
    assert types.count("table_open") == 3
    assert types.count("tr_open") == 2 + 9 + 6
    assert types.count("ordered_list_open") == 1
    assert types.count("bullet_list_open") == 2
    assert not {"fence", "code_block", "html_block", "blockquote_open", "hr"} & set(types)
