"""The words that a workflow document is made of, recognised in the many ways people write them."""

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """What a label (`**Actions:**`, or a heading that says the same) introduces."""

    ACTIONS = "Actions"
    OUTPUTS = "Outputs"
    DESCRIPTION = "Description"
    ENTRY = "Entry Criteria"
    EXIT = "Exit Criteria"
    MANDATORY = "Is Mandatory"
    OPTIONAL = "Optional"
    EXAMPLES = "Trigger Examples"
    SEVERITIES = "Severity Levels"
    STRATEGIES = "Mitigation Strategies"
    IMPACT = "Impact Assessment"
    TEMPLATE = "Post-Mortem Template"
    DECISION = "Decision"


class Section(StrEnum):
    """What a section outside of the phases is about."""

    OVERVIEW = "Overview"
    TRIGGERS = "Trigger Conditions"
    EXAMPLES = "Trigger Examples"
    PHASES = "Phases"
    SEVERITIES = "Severity Levels"
    STRATEGIES = "Mitigation Strategies"
    IMPACT = "Impact Assessment"
    TEMPLATE = "Post-Mortem Template"
    DECISIONS = "Decision Points"
    ESCALATIONS = "Escalation Paths"
    FALLBACKS = "Fallback Procedures"
    QUOTED = "Reference"  # a sample or an appendix: nothing in it is a phase, a table of ours or an action
    OTHER = ""


_LABELS = {
    Label.ACTIONS: "actions|action|tasks|to do|todo|to-do|checklist|steps|procedure|instructions|what to do",
    Label.OUTPUTS: "outputs|output|deliverables|results|artifacts produced",
    Label.DESCRIPTION: "description",
    Label.ENTRY: "entry criteria|entry criterion|entry condition|entry conditions|entry|enter when",
    Label.EXIT: "exit criteria|exit criterion|exit condition|exit conditions|exit|exit when|leave when",
    Label.MANDATORY: "is mandatory|mandatory|is required|required",
    Label.OPTIONAL: "is optional|optional",
    Label.EXAMPLES: "trigger examples|example triggers|examples",
    Label.SEVERITIES: "severity levels|severity level|severities|severity matrix|severity scale|severity",
    Label.STRATEGIES: "mitigation strategies|mitigation options|strategies",
    Label.IMPACT: "impact assessment|impact fields|impact",
    Label.TEMPLATE: "post-mortem template|postmortem template|post mortem template",
    Label.DECISION: "decision|decision table|decision point",
}
_LABEL_OF = {word: label for label, words in _LABELS.items() for word in words.split("|")}

_SECTIONS = {
    Section.OVERVIEW: "overview",
    Section.TRIGGERS: "trigger conditions|triggers|trigger|when to use|when to use this|activation criteria",
    Section.EXAMPLES: "trigger examples|example triggers",
    Section.PHASES: "phases|response phases|workflow phases|incident phases|stages",
    Section.SEVERITIES: f"{_LABELS[Label.SEVERITIES]}|severity definitions"
    "|incident severity|incident severities|incident severity levels"
    "|priorities|priority levels|priority scale|priorities and slas",
    Section.STRATEGIES: "mitigation strategies|strategies",
    Section.IMPACT: "impact assessment|impact fields",
    Section.TEMPLATE: _LABELS[Label.TEMPLATE],
    Section.DECISIONS: "decision points|decision point|decisions|decision tables|decision table"
    "|decision matrix",
    Section.ESCALATIONS: "escalation paths|escalation path|escalation|escalations|escalation matrix"
    "|escalation policy|escalation contacts|escalation procedures|escalation procedure"
    "|escalation ladder",
    Section.FALLBACKS: "fallback procedures|fallback procedure|fallbacks|fallback|contingencies"
    "|contingency plans",
    Section.QUOTED: "example session|example|examples|sample session|walkthrough|appendix|appendices"
    "|references|reference|related artifacts|related|related documents|related runbooks|see also"
    "|links|useful links|further reading|resources|contacts|key contacts|contact list|contact rota"
    "|glossary|definitions|table of contents|contents|toc"
    "|changelog|change log|revision history|version history|document history",
}
_SECTION_OF = {word: section for section, words in _SECTIONS.items() for word in words.split("|")}

# Sections of a generic runbook whose lists are read, not run.
_TOLD = (
    "summary|background|purpose|scope|goals|goal|objective|objectives|introduction|about|context|meaning"
    "|impact|symptoms|audience|assumptions|prerequisites|preconditions|roles"
    "|roles and responsibilities|notes|owners|ownership|dashboards|architecture|dependencies"
)
_BACKGROUND = frozenset(_TOLD.split("|"))


def label_of(text: str) -> Label | None:
    """The label that these words are, or None."""
    words = _key(text)
    if words.startswith(("decision:", "decision -", "decision –", "decision —")):
        return Label.DECISION
    return _LABEL_OF.get(words)


def section_of(text: str) -> Section:
    """What a section with this heading is about."""
    words = _key(text)
    if words.startswith("decision:"):
        return Section.DECISIONS
    return _SECTION_OF.get(words, Section.OTHER)


def is_background(text: str) -> bool:
    """Whether a section of a runbook tells rather than asks to do."""
    return _key(text) in _BACKGROUND


def _key(text: str) -> str:
    """Words as they are looked up: without case, decoration, number, closing colon or remark in brackets."""
    if len(text) > _LONGEST_NAME:
        return ""
    return _NUMBERED.sub("", bare(_TRAILER.sub("", bare(text)))).rstrip(":： ").casefold()


class Name(NamedTuple):
    """What a heading says of a phase or a step."""

    text: str
    number: str = ""  # as printed
    mandatory: bool | None = None
    condition: str = ""
    window: str = ""  # "0–15 min"


# What is longer is prose: its words mean nothing here, and looking for them would take its time.
_LONGEST_NAME = 400
_SEPARATOR = r"[:：.)\-–—|]"
_FORM = (
    r"(?:{word})(?:"
    r"\s*(?P<number>\d+(?:\.\d+)*[a-z]?)\s*(?:\((?P<window>[^()]*)\))?(?:\s*{sep}+\s*|\s+|$)"
    r"|\s+(?:[ivx]+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)(?:\s*{sep}+\s*|$)"
    r"|\s*[:：–—]\s*"
    r")(?P<name>.*)"
)
_PHASE = re.compile(_FORM.format(word="phase|stage", sep=_SEPARATOR), re.IGNORECASE)
_STEP = re.compile(_FORM.format(word="step", sep=_SEPARATOR), re.IGNORECASE)
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)+[.):]?|\d+[.):])(?:\s+|$)")
_TRAILER = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*$")
_OPTIONAL = re.compile(r"(optional|mandatory|required)\b[\s:,;–—-]*(.*)", re.IGNORECASE)
_WINDOW = re.compile(
    r"(?:t\s*\+\s*)?[~<≤>]?\s*\d+\s*(?:(?:-|–|—|to)\s*\d+\s*)?\+?\s*(?:s|sec|min|minutes?|mins?|m|h|hrs?|hours?|days?)\b\.?"
    r"|(?:first|within|under|up to|next)\s+\d+\s*(?:min|minutes?|mins?|m|h|hrs?|hours?|days?)",
    re.IGNORECASE,
)


def phase_of(heading: str) -> Name | None:
    """What a heading of the form `Phase 1: Detection` says, or None if it has another form."""
    return _of_form(_PHASE, heading)


def step_of(heading: str) -> Name | None:
    """What a heading of the form `Step 1.1: Acknowledge` says, or None if it has another form."""
    return _of_form(_STEP, heading)


def _of_form(form: re.Pattern[str], heading: str) -> Name | None:
    text = _without_decoration(heading)  # at its end, an emoji may be the name
    found = form.fullmatch(text) or form.fullmatch(_NUMBERED.sub("", text))
    if found is None:
        return None
    name = name_of(found["name"], fallback=text)
    return name._replace(number=found["number"] or "", window=name.window or (found["window"] or "").strip())


def name_of(heading: str, fallback: str = "") -> Name:
    """A heading without its number, decoration, `(Optional)` and time window, which are told apart."""
    text, name = bare(heading), Name("")
    if len(text) > _LONGEST_NAME:
        return Name(text)
    while True:
        before = text
        text = bare(_NUMBERED.sub("", text)).strip(":：–—- ")
        if found := _TRAILER.search(text):
            remark = found[1].strip()
            if said := _OPTIONAL.fullmatch(remark):
                name = name._replace(mandatory=said[1].casefold() != "optional", condition=said[2].strip())
                text = text[: found.start()]
            elif _WINDOW.fullmatch(remark):
                name = name._replace(window=remark)
                text = text[: found.start()]
        if text == before:
            return name._replace(text=text or fallback or bare(heading) or heading)


def bare(text: str) -> str:
    """Text without the emoji and other signs that decorate its ends, unless it is nothing else."""
    begins = _without_decoration(text)
    return _without_decoration(begins[::-1])[::-1] if begins else text.strip()


def _without_decoration(text: str) -> str:
    return text[next((place for place, char in enumerate(text) if not _is_decoration(char)), len(text)) :]


def _is_decoration(char: str) -> bool:
    if char.isascii():
        return char == " "
    return unicodedata.category(char) in {"So", "Sk", "Cn", "Zs"} or char in "\ufe0e\ufe0f\u20e3\u200c\u200d"


_MANDATORY = re.compile(
    r"(?P<yes>yes|y|true|mandatory|required|always|ja)|(?P<no>no|n|false|optional|not required|never|nein)",
    re.IGNORECASE,
)


class Mandate(NamedTuple):
    """Whether a step or phase must be done, and under which condition."""

    mandatory: bool = True
    condition: str = ""


def mandate_of(value: str) -> Mandate | None:
    """What `Yes`, `No (if not applicable)` or `Yes, for production` says; None if it says neither."""
    found = _MANDATORY.match(bare(value))
    rest = bare(value)[found.end() :].strip() if found else ""
    if found is None or (
        rest and rest[0].isalnum() and not rest.casefold().startswith(("if ", "for ", "when ", "unless "))
    ):
        return None
    rest = rest.lstrip(".,;:–—- ")
    if rest.startswith("(") and rest.rstrip(".").endswith(")"):
        rest = rest.rstrip(".")[1:-1]
    return Mandate(found["yes"] is not None, rest.strip())


_SPAN = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?:\s*(?:-|–|—|to)\s*(?P<high>\d+(?:\.\d+)?))?\s*"
    r"(?P<unit>seconds?|secs?|s|minutes?|mins?|min|m|hours?|hrs?|hr|h|days?|d|weeks?|w)\b\.?(?:\s*(?:,|and)?\s+|(?=\d)|$)",
    re.IGNORECASE,
)
_AT_ONCE = frozenset(
    {"immediate", "immediately", "now", "at once", "instant", "instantly", "asap", "real-time"}
)
_WITHIN = re.compile(r"(?:within|in|under|less than|up to|max\.?|at most|[<≤~])\s*", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def duration_of(text: str) -> timedelta | None:
    """How long `Immediate`, `15 min`, `< 1 hour` or `1h 30m` is; None where a text is no plain duration."""
    words = text.strip().rstrip(".").strip()
    if words.casefold() in _AT_ONCE:
        return timedelta(0)
    at = found.end() if (found := _WITHIN.match(words)) else 0
    seconds, start = 0.0, at
    while at < len(words):
        span = _SPAN.match(words, at)
        if span is None:
            return None
        seconds += float(span["high"] or span["low"]) * _SECONDS[span["unit"][0].lower()]
        at = span.end()
    try:
        return timedelta(seconds=seconds) if at > start else None
    except OverflowError:
        return None
