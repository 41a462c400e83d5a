"""The entry line: one typed line is one fact. What a line was taken for can be shown while it is typed.

    Error rate 45 % of requests               a note, now
    14:05 batch job deployed                  a back-dated note; also -12m …, yesterday 23:50 …,
                                              2026-02-02T14:05Z …
    @bob check web latency 3m                 an assignment with a time-box
    todo add pool monitoring @sre fri         an action item with owner and due date
    error rate: 45% -> 5%                     a metric, before and after
    root cause: batch job holds connections   a finding; also factor: … and lesson: …
    \\@bob said so                             a backslash in front makes anything a plain note

Times without an offset are UTC, as everywhere on the screen.
"""

import re
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from warroom.incident.events import FindingKind
from warroom.incident.text import printable


class NoteLine(Struct, frozen=True):
    """A note."""

    text: str


class AssignmentLine(Struct, frozen=True):
    """A task for a named person."""

    who: str
    task: str
    timebox: timedelta | None = None


class TodoLine(Struct, frozen=True):
    """An action item."""

    text: str
    owner: str = ""
    due: date | None = None


class MetricLine(Struct, frozen=True):
    """A figure before and after."""

    name: str
    before: str
    after: str


class FindingLine(Struct, frozen=True):
    """Something learned."""

    finding: FindingKind
    text: str


Meaning = NoteLine | AssignmentLine | TodoLine | MetricLine | FindingLine


class Line(Struct, frozen=True):
    """What a typed line was taken for, and when that happened (None: now)."""

    meaning: Meaning
    at: datetime | None = None


_CLOCK = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?)\s?(z|[+-]\d\d(?::?\d\d)?)?(?=\s|$)",
    re.IGNORECASE,
)
_AT_CLOCK = re.compile(rf"(?P<day>yesterday\s+)?{_CLOCK}(?:z|\s?utc)?(?=\s|$)", re.IGNORECASE)
_AGO = re.compile(
    r"-(?=\d)(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,7})s)?(?=\s|$)", re.IGNORECASE
)
_SPAN = re.compile(
    r"(?=\d)(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?(?:(\d{1,6})s)?$", re.IGNORECASE
)
_TODO = re.compile(r"todo(?::|\s)\s*(?=\S)", re.IGNORECASE)
_WHO = re.compile(r"@[\w.+-]*\w")
_ARROW = re.compile(r"->|→|⇒")
_LONGEST_FIGURE = 80  # longer is prose that happens to have a colon and an arrow
_FINDING = re.compile(
    r"(?P<kind>(?:root )?cause|(?:contributing )?factor|lesson(?: learned)?):\s*(?=\S)", re.IGNORECASE
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KINDS: dict[str, FindingKind] = {"cause": "root cause", "factor": "contributing factor", "lesson": "lesson"}


def parse(typed: str, now: datetime) -> Line | None:
    """What a typed line means at a time (UTC); None if nothing is left of it. At worst it is a note."""
    text = printable(typed)
    if not text:
        return None
    at, rest = _leading_time(text, now)
    if not rest:  # a time and nothing else is what the person wrote, not an empty note
        at, rest = None, text
    return Line(_meaning(rest, now), at)


def _meaning(text: str, now: datetime) -> Meaning:
    if text.startswith("\\") and len(text) > 1:
        return NoteLine(text[1:])
    if match := _TODO.match(text):
        return todo(text[match.end() :], now)
    who, _, task = text.partition(" ")
    if _WHO.fullmatch(who.rstrip(":,")) and task:
        return _assignment(who.rstrip(":,"), task.split())
    if match := _FINDING.match(text):
        kind = next(kind for word, kind in _KINDS.items() if word in match["kind"].casefold())
        return FindingLine(kind, text[match.end() :])
    return _metric(text) or NoteLine(text)


def _metric(text: str) -> MetricLine | None:
    name, _, figures = text.partition(": ")
    parts = [part.strip() for part in (name, *_ARROW.split(figures, maxsplit=1))]
    if len(parts) != 3 or not all(0 < len(part) <= _LONGEST_FIGURE for part in parts):
        return None
    return MetricLine(*parts)


def _assignment(who: str, words: list[str]) -> AssignmentLine:
    timebox = span(words[-1]) if len(words) > 1 else None
    task = words[:-1] if timebox else words
    return AssignmentLine(who, " ".join(task), timebox)


def todo(text: str, now: datetime) -> TodoLine:
    """An action item as typed: wording, then perhaps `@owner`, then perhaps a due date."""
    text = printable(text)
    words, owner, due = text.split(), "", None
    while len(words) > 1:  # owner and due date stand last, in either order
        if not owner and _WHO.fullmatch(words[-1]):
            owner = words.pop()
        elif not due and (due := due_date(words[-1], now)):
            words.pop()
        else:
            break
    return TodoLine(" ".join(words), owner, due)


def described(line: Line | None, now: datetime) -> str:
    """What a line will be logged as, said while it is typed: "note · 14:05 UTC, 12 minutes ago"."""
    from warroom.incident.timing import spoken  # whoever only logs a line has no need of it

    if line is None:
        return ""
    match line.meaning:
        case NoteLine():
            said = "note"
        case AssignmentLine(who, task, timebox):
            said = f"assignment for {who}: {task}"
            said += f" · check back in {spoken(timebox)}" if timebox else ""
        case TodoLine(text, owner, due):
            said = f"action item: {text} · {owner or 'no owner'} · "
            said += f"due {due:%a %Y-%m-%d}" if due else "no due date"
        case MetricLine(name, before, after):
            said = f"metric {name}: {before} → {after}"
        case FindingLine(finding, text):
            said = f"{finding}: {text}"
    if line.at is None:
        return f"{said} · now"
    ago = f"{spoken(now - line.at)} ago" if line.at <= now else "in the future!"
    day = "" if line.at.date() == now.date() else f"{line.at:%Y-%m-%d} "
    return f"{said} · {day}{line.at:%H:%M} UTC, {ago}"


# ── times as people type them ──────────────────────────────────────────────────────────────────


def moment(typed: str, now: datetime) -> datetime | None:
    """A time as typed on its own: ISO 8601, `14:05`, `yesterday 23:50`, `-12m`; None if it is none.

    A clock time is the last one that has come: `23:50` at ten past midnight was yesterday.
    """
    at, rest = _leading_time(printable(typed), now)
    return None if rest else at


def _leading_time(text: str, now: datetime) -> tuple[datetime | None, str]:
    if match := _ISO.match(text):
        at = _iso(*match.groups())
    elif match := _AT_CLOCK.match(text):
        at = _clock_time(match, now)
    elif match := _AGO.match(text):
        at = _before(now, _length(match))
    else:
        return None, text
    return (at, text[match.end() :].strip()) if at else (None, text)


def _iso(day: str, clock: str, offset: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(f"{day}T{clock.replace(',', '.')}{(offset or 'Z').upper()}")
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _clock_time(match: re.Match[str], now: datetime) -> datetime:
    at = now.replace(
        hour=int(match["hour"]), minute=int(match["minute"]), second=int(match["second"] or 0), microsecond=0
    )
    if match["day"] or at > now:
        at -= timedelta(days=1)
    return at


def _before(now: datetime, length: timedelta) -> datetime | None:
    try:
        return now - length
    except OverflowError:
        return None


def _length(match: re.Match[str]) -> timedelta:
    days, hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def span(typed: str) -> timedelta | None:
    """A length of time as typed: `3m`, `90s`, `1h30m`, `2d`; None if it is none."""
    match = _SPAN.match(typed.strip())
    return (_length(match) or None) if match else None


def due_date(typed: str, now: datetime) -> date | None:
    """A due date as typed: `fri`, `tomorrow`, `2026-03-01`, `3d`, `2w`; None if it is none.

    A weekday is the next one that is not today.
    """
    word, today = typed.strip().casefold(), now.date()
    if word in {"today", "tomorrow"}:
        return today + timedelta(days=word == "tomorrow")
    day = next((i for i, name in enumerate(_WEEKDAYS) if len(word) >= 3 and name.startswith(word)), None)
    if day is not None:
        return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    if match := re.fullmatch(r"(\d{1,3})([dw])", word):
        return today + timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    try:
        return date.fromisoformat(word) if "-" in word else None
    except ValueError:
        return None


# ── figures as people type them ────────────────────────────────────────────────────────────────

_FIGURE = re.compile(
    r"~?[$€£]?(\d[\d,_]{0,20}(?:\.\d{1,9})?)([km]?)(?:users?)?(?:/(h|hr|hour|min|minute|d|day))?",
    re.ASCII | re.IGNORECASE,
)
_PER_HOUR = {"": 1.0, "h": 1.0, "m": 60.0, "d": 1 / 24}


def figure(typed: str) -> float | None:
    """A number as typed: `5000`, `~5,000`, `5k`, `$2,000/hour`, `40/min`; rates come out per hour."""
    match = _FIGURE.fullmatch("".join(typed.split()))
    if match is None:
        return None
    number = float(re.sub("[,_]", "", match[1])) * {"": 1, "k": 1e3, "m": 1e6}[match[2].casefold()]
    return number * _PER_HOUR[(match[3] or "")[:1].casefold()]
