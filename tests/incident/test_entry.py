"""The entry line: what a typed line is taken for, and when it happened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incident.worlds import minutes
from warroom.incident.entry import (
    AssignmentLine,
    FindingLine,
    Line,
    Meaning,
    MetricLine,
    NoteLine,
    TodoLine,
    described,
    due_date,
    figure,
    moment,
    parse,
    span,
)

NOW = datetime(2026, 2, 2, 14, 54, 30, tzinfo=UTC)  # a Monday


def today(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return NOW.replace(hour=hour, minute=minute, second=second)


def yesterday(hour: int, minute: int = 0) -> datetime:
    return today(hour, minute) - timedelta(days=1)


def meaning(typed: str) -> Meaning:
    line = parse(typed, NOW)
    assert line is not None
    assert line.at is None
    return line.meaning


def test_each_row_of_the_card() -> None:
    assert parse("Error rate 45 % of requests", NOW) == Line(NoteLine("Error rate 45 % of requests"))
    assert parse("14:05 batch job deployed", NOW) == Line(NoteLine("batch job deployed"), today(14, 5))
    assert parse("-12m rolled back", NOW) == Line(NoteLine("rolled back"), NOW - minutes(12))
    assert parse("yesterday 23:50 first report", NOW) == Line(NoteLine("first report"), yesterday(23, 50))
    assert meaning("@bob check web latency 3m") == AssignmentLine("@bob", "check web latency", minutes(3))
    assert meaning("todo add pool monitoring @sre fri") == TodoLine(
        "add pool monitoring", "@sre", date(2026, 2, 6)
    )
    assert meaning("error rate: 45% -> 5%") == MetricLine("error rate", "45%", "5%")


# ── times ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:05", today(14, 5)),
        ("9:07", today(9, 7)),
        ("14:05:30", today(14, 5, 30)),
        ("14:05z", today(14, 5)),
        ("14:05 UTC", today(14, 5)),
        ("14:54", today(14, 54)),
        ("14:55", yesterday(14, 55)),
        ("yesterday 14:05", yesterday(14, 5)),
        ("Yesterday  23:50", yesterday(23, 50)),
        ("-12m", NOW - minutes(12)),
        ("-12min", NOW - minutes(12)),
        ("-90s", NOW - timedelta(seconds=90)),
        ("-1h30m", NOW - minutes(90)),
        ("-2d", NOW - timedelta(days=2)),
        ("-0m", NOW),
        ("2026-02-02T14:05Z", today(14, 5)),
        ("2026-02-02 14:05", today(14, 5)),
        ("2026-02-02t14:05:30z", today(14, 5, 30)),
        ("2026-02-02T16:05+02:00", today(14, 5)),
        ("2026-02-02T16:05 +0200", today(14, 5)),
        ("2026-02-02T13:05-01", today(14, 5)),
        ("2026-02-02T1405Z", today(14, 5)),
        ("2026-02-02T14:05:00.000001Z", today(14, 5).replace(microsecond=1)),
        ("2026-02-02T14:05:00,5Z", today(14, 5).replace(microsecond=500000)),
        ("2027-01-01T00:00Z", datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_as_people_type_them(typed: str, expected: datetime) -> None:
    assert moment(typed, NOW) == expected
    assert parse(f"{typed} something", NOW) == Line(NoteLine("something"), expected)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24:00",
        "14:60",
        "1405",
        "14:05pm",
        "14:05-14:10",
        "-5",
        "-",
        "-m",
        "-12 m",
        "--12m",
        "yesterday",
        "tomorrow 10:00",
        "2026-02-30T10:00Z",
        "2026-02-02",
        "2026-02-02T25:00Z",
        "0001-01-01T00:00+10:00",
        "9999-12-31T23:59-10:00",
        "14:05 something",
    ],
)
def test_what_is_no_time(typed: str) -> None:
    assert moment(typed, NOW) is None


def test_ten_past_midnight_the_last_evening_was_yesterday() -> None:
    midnight = datetime(2026, 2, 3, 0, 10, tzinfo=UTC)
    assert moment("23:50", midnight) == today(23, 50)
    assert moment("00:05", midnight) == datetime(2026, 2, 3, 0, 5, tzinfo=UTC)
    assert moment("yesterday 23:50", midnight) == today(23, 50)
    assert moment("-20m", midnight) == today(23, 50)


def test_a_time_alone_is_what_was_written() -> None:
    assert parse("14:05", NOW) == Line(NoteLine("14:05"))
    assert parse(" -12m ", NOW) == Line(NoteLine("-12m"))


def test_a_time_can_stand_before_any_kind_of_line() -> None:
    assert parse("14:05 @bob look 3m", NOW) == Line(AssignmentLine("@bob", "look", minutes(3)), today(14, 5))
    assert parse("-5m pool: 100 → 200", NOW) == Line(MetricLine("pool", "100", "200"), NOW - minutes(5))


def test_a_word_that_only_looks_like_a_time_stays_a_note() -> None:
    for typed in ("14:05-14:10 window", "14:05: deployed", "-12 rolled back", "2026-02-02 was cold"):
        assert meaning(typed) == NoteLine(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3m", minutes(3)),
        ("90s", timedelta(seconds=90)),
        ("1h30m", minutes(90)),
        ("2d", timedelta(days=2)),
        (" 5MIN ", minutes(5)),
        ("0m", None),
        ("3", None),
        ("m", None),
        ("", None),
        ("3m!", None),
    ],
)
def test_lengths_of_time(typed: str, expected: timedelta | None) -> None:
    assert span(typed) == expected


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.mark.parametrize("offset", range(7))
@pytest.mark.parametrize("day", DAYS)
def test_a_weekday_is_the_next_one_that_is_not_today(day: str, offset: int) -> None:
    now = NOW + timedelta(days=offset)
    for typed in (day, day[:3], day[:3].upper()):
        found = due_date(typed, now)
        assert found is not None
        assert found.strftime("%A").casefold() == day
        assert 1 <= (found - now.date()).days <= 7


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("today", date(2026, 2, 2)),
        ("Tomorrow", date(2026, 2, 3)),
        ("3d", date(2026, 2, 5)),
        ("2w", date(2026, 2, 16)),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-02-30", None),
        ("20260301", None),
        ("fr", None),
        ("fried", None),
        ("-", None),
        ("", None),
    ],
)
def test_other_due_dates(typed: str, expected: date | None) -> None:
    assert due_date(typed, NOW) == expected


# ── what a line is taken for ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("@bob look", AssignmentLine("@bob", "look")),
        ("@bob: look", AssignmentLine("@bob", "look")),
        ("@bob, look 90s", AssignmentLine("@bob", "look", timedelta(seconds=90))),
        ("@ops.team+1 look", AssignmentLine("@ops.team+1", "look")),
        ("@bob 3m", AssignmentLine("@bob", "3m")),
        ("@bob", NoteLine("@bob")),
        ("@ bob look", NoteLine("@ bob look")),
        ("@bob/web look", NoteLine("@bob/web look")),
        ("mail @bob about it", NoteLine("mail @bob about it")),
        ("TODO: fix it", TodoLine("fix it")),
        ("todo:fix it", TodoLine("fix it")),
        ("todo fix it fri @sre", TodoLine("fix it", "@sre", date(2026, 2, 6))),
        ("todo fix it @sre", TodoLine("fix it", "@sre")),
        ("todo fix it 2026-03-01", TodoLine("fix it", "", date(2026, 3, 1))),
        ("todo fix it @sre @dba", TodoLine("fix it @sre", "@dba")),
        ("todo fri", TodoLine("fri")),
        ("todo @sre fri", TodoLine("@sre", "", date(2026, 2, 6))),
        ("todo", NoteLine("todo")),
        ("todo:", NoteLine("todo:")),
        ("todos are many", NoteLine("todos are many")),
        ("pool size: 100 → 200", MetricLine("pool size", "100", "200")),
        ("error rate : 45 % ⇒ 5 %", MetricLine("error rate", "45 %", "5 %")),
        ("a: 1->2->3", MetricLine("a", "1", "2->3")),
        ("error rate: 45%", NoteLine("error rate: 45%")),
        ("error rate: -> 5%", NoteLine("error rate: -> 5%")),
        ("error rate: 5% ->", NoteLine("error rate: 5% ->")),
        (": 1 -> 2", NoteLine(": 1 -> 2")),
        ("moved http://a -> http://b", NoteLine("moved http://a -> http://b")),
        (f"{'long ' * 20}: 1 -> 2", NoteLine(f"{'long ' * 20}: 1 -> 2")),
        ("root cause: batch job", FindingLine("root cause", "batch job")),
        ("Cause: batch job", FindingLine("root cause", "batch job")),
        ("factor: no alert", FindingLine("contributing factor", "no alert")),
        ("contributing factor: no alert", FindingLine("contributing factor", "no alert")),
        ("lesson learned: alert", FindingLine("lesson", "alert")),
        ("lesson: 1 -> 2", FindingLine("lesson", "1 -> 2")),
        ("because: it broke", NoteLine("because: it broke")),
        ("lesson:", NoteLine("lesson:")),
        (r"\@bob said so", NoteLine("@bob said so")),
        (r"\14:05 is a ratio", NoteLine("14:05 is a ratio")),
        (r"\\server\share", NoteLine(r"\server\share")),
        ("\\", NoteLine("\\")),
        ("[red]x[/red]", NoteLine("[red]x[/red]")),
    ],
)
def test_what_a_line_is_taken_for(typed: str, expected: Meaning) -> None:
    assert meaning(typed) == expected


@pytest.mark.parametrize("typed", ["", "  ", "\n", "\x1b[2J\x00\u202e"])
def test_nothing_is_left_of_an_empty_line(typed: str) -> None:
    assert parse(typed, NOW) is None


PIECES = st.sampled_from(
    [
        "todo ",
        "@bob",
        "14:05 ",
        "-12m ",
        "yesterday ",
        "2026-02-02T14:05",
        ": ",
        "->",
        "→",
        "\\",
        "cause:",
        "fri",
        " ",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5))).map("".join)))
@settings(deadline=None, max_examples=300)
def test_whatever_is_typed_has_a_meaning_or_is_empty(typed: str) -> None:
    line = parse(typed, NOW)
    assert line is None or isinstance(line.meaning, Meaning)
    assert bool(described(line, NOW)) == (line is not None)
    assert line is None or line.at is None or line.at.tzinfo is UTC


N = 100_000


@pytest.mark.parametrize("typed", ["a:" + " " * N + "x", "a: " + "x" * N, "@" + "a." * N, "-" * N])
def test_a_very_long_line_is_an_ordinary_note(typed: str) -> None:
    assert isinstance(meaning(typed), NoteLine)


# ── said while typing; figures ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Error rate", "note · now"),
        ("14:05 deployed", "note · 14:05 UTC, 49 minutes ago"),
        ("23:50 first report", "note · 2026-02-01 23:50 UTC, 15 hours 4 minutes ago"),
        ("2026-02-02T15:00Z soon", "note · 15:00 UTC, in the future!"),
        ("@bob look 3m", "assignment for @bob: look · check back in 3 minutes · now"),
        ("todo fix it", "action item: fix it · no owner · no due date · now"),
        ("todo fix it @sre fri", "action item: fix it · @sre · due Fri 2026-02-06 · now"),
        ("pool: 1 -> 2", "metric pool: 1 → 2 · now"),
        ("lesson: alert", "lesson: alert · now"),
        ("", ""),
    ],
)
def test_what_a_line_was_taken_for_is_said_while_it_is_typed(typed: str, said: str) -> None:
    assert described(parse(typed, NOW), NOW) == said


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5000", 5000),
        ("~5,000", 5000),
        ("~5 000 users", 5000),
        ("5k", 5000),
        ("1.5M", 1_500_000),
        ("$2,000/hour", 2000),
        ("2000/h", 2000),
        ("40/min", 2400),
        ("48 / day", 2),
        ("", None),
        ("many", None),
        ("-5", None),
        ("5/week", None),
        ("9" * 400, None),
        ("1" + " " * 50_000 + "x", None),
    ],
)
def test_figures_as_people_type_them(typed: str, number: float | None) -> None:
    assert figure(typed) == number
