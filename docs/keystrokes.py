"""The commonest acts with the keys that each takes, for the README and for the test that presses them."""

from typing import NamedTuple

from warroom.console.keys import KEYS

_ENTER = "enter"


class Act(NamedTuple):
    """An act from anywhere in the war room: registry ids, or the number of a choice, and the text it takes.

    Where a row is to be chosen, it is the one under the cursor; ↑ and ↓ reach others.
    """

    does: str
    keys: tuple[str, ...]
    text: str = ""
    after: int = 0  # how many of the keys come before the text; 0: all

    @property
    def presses(self) -> list[str]:
        """Key by key, the text in one piece where it is typed; enter ends it."""
        before = self.after or len(self.keys)
        typed = [self.text, _ENTER] if self.text else []
        return [*map(key_of, self.keys[:before]), *typed, *map(key_of, self.keys[before:])]

    @property
    def shown(self) -> str:
        """The same for the README."""
        before = self.after or len(self.keys)
        keys = [f"`{_shown(key)}`" for key in self.keys]
        return " ".join([*keys[:before], *([f"*{self.text}*"] if self.text else []), *keys[before:]])


COMMONEST = (
    Act("Log what you see", ("note",), "error rate 45 % of requests"),
    Act("Log a figure before and after", ("note",), "error rate: 45% -> 5%"),
    Act("Give an assignment with a time-box", ("note",), "@bob check web latency 3m"),
    Act("Check back on the assignment that is due: done", ("due", "check-back-done")),
    Act("Tick an action", ("pane-1", "tick")),
    Act("Enter the next phase", ("next-phase", "gate-confirm")),
    Act("Classify the severity", ("decide", "choose")),
    Act("Assess the impact", ("impact",), "5000"),
    Act("Start a mitigation", ("mitigate", "choose"), "connection pool 100 → 200"),
    Act("Say what it did, when that is asked for", ("due", "outcome-effective")),
    Act("Record a decision", ("record-decision",), "fail over to the replica"),
    Act("Page somebody", ("team", "page"), "bob"),
    Act("Note the answer to a page", ("team", "arrive")),
    Act("Escalate, when that is due", ("due", "escalation-raised")),
    Act("Publish the update that is due", ("due", "publish")),
    Act("Put off what is due first", ("snooze", "snooze-5m")),
    Act("Open an action item", ("action-item",), "pool monitoring @sre fri"),
    Act("Offer the command, with a briefing", ("commander", "offer-command"), "bob", after=1),
    Act("Take back your latest act", ("undo",)),
    Act("Close the incident", ("close-incident", "closing-resolved")),
)
"""The twenty acts that a commander does most."""

OTHERS = (
    Act("Give the assignment that is due five minutes more", ("due", "check-back-5m")),
    Act("Give it to somebody else", ("due", "check-back-reassign"), "carol"),
    Act("Escalate it", ("due", "check-back-escalate"), "Database vendor"),
    Act("Call the next contact, when nobody answers", ("due", "escalation-next")),
    Act("Say whether a decision held, when that is asked for", ("due", "verdict-held")),
    Act("Invoke the fallback procedure whose condition is met", ("fallback", "choose")),
    Act("Accept the command that was offered", ("commander", "accept-command")),
    Act("Release somebody", ("team", "release")),
    Act("Set a milestone", ("stamp", "1"), "14:05"),
    Act("Cancel a false positive", ("close-incident", "closing-false-positive"), "the alert was a test"),
    Act("Merge a duplicate into another incident", ("close-incident", "closing-duplicate"), "INC-2026-0002"),
    Act("Reopen a closed incident", ("close-incident",), "errors are back"),
)
"""The instruments' other acts."""


def key_of(name: str) -> str:
    """The key of an act of the registry, as Textual spells it; a number is what it is."""
    return next((key.key.split(",")[0] for key in KEYS if key.id == name), name)


def _shown(name: str) -> str:
    return next((key.shown for key in KEYS if key.id == name), name)


def keystroke_table() -> str:
    """Both lists as Markdown tables."""
    parts = []
    for acts in (COMMONEST, OTHERS):
        rows = [f"| {act.does} | {act.shown} | {len(act.keys)} |" for act in acts]
        parts.append(
            "\n".join(["| to do this | keys, and *text* that enter ends | keys |", "|---|---|---|", *rows])
        )
    return "\n\n".join(parts)
