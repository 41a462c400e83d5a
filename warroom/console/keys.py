"""Every act of the console with its key: the one registry that footer, help, palette and README read."""

from typing import Literal, NamedTuple

from warroom.console.key_names import shown

Place = Literal[
    "app",
    "anywhere",
    "lobby",
    "room",
    "entry",
    "pane",
    "checklist",
    "timeline",
    "decisions",
    "action-items",
    "team",
    "impact",
    "document",
    "detail",
    "composer",
    "briefing",
    "dialog",
    "gate",
    "pasted",
    "log-entry",
    "escalation",
    "fallback",
    "outcome",
    "verdict",
    "check-back",
    "person",
    "audience",
    "cadence",
    "snooze",
    "closing",
    "reload",
    "file",
    "drills",
]


class Key(NamedTuple):
    """An act: where it is to be had, under which key, and what it does."""

    id: str
    key: str  # as Textual spells it; several are separated by commas, "" is in the palette only
    label: str  # one word for the footer
    does: str  # one sentence for help, palette and README
    place: Place
    footer: bool = False

    @property
    def action(self) -> str:
        """The name of the method that carries it out, less `action_`."""
        return self.id.replace("-", "_")

    @property
    def unbound(self) -> str:
        """A key that is on no keyboard, for an act that has none: it can be given one in the settings."""
        return f"no-key-{self.id}"

    @property
    def shown(self) -> str:
        """The key as a person reads it; of several, the first."""
        return shown(self.key.split(",")[0])

    @property
    def all_shown(self) -> str:
        """Every key as a person reads it; an act that has none is to be had in the palette."""
        return " ".join(map(shown, self.key.split(","))) if self.key else f": {self.label}"


_APP = (
    Key("suspend", "ctrl+z", "suspend", "Go to the shell; `fg` comes back", "app"),
    Key("quit", "ctrl+q", "quit", "Quit at once; what is being typed is kept", "app"),
    Key("copy-selected", "ctrl+c", "copy", "Copy what the mouse has selected; it never ends anything", "app"),
)

_ANYWHERE = (
    Key("palette", "colon", "commands", "Search every act, and do it", "anywhere", True),
    Key("help", "question_mark", "keys", "The keys of this place: read them, or run one", "anywhere", True),
)

_ROOM = (
    Key(
        "note",
        "n",
        "note",
        "Log what you see, in one line; what it will be is shown as you type",
        "room",
        True,
    ),
    Key("decide", "d", "decide", "Go to the decision tables: severity first", "room", True),
    Key(
        "mitigate", "m", "mitigate", "Choose a mitigation strategy, or assess the one under way", "room", True
    ),
    Key("update", "u", "update", "Compose a status update: for whom, in which words", "room", True),
    Key("cadence", "", "cadence", "Say how often an audience is told", "room"),
    Key("action-item", "a", "action item", "Open an action item", "room", True),
    Key("escalate", "e", "escalate", "Go to the escalation paths", "room", True),
    Key("team", "t", "team", "Go to the response team", "room", True),
    Key("impact", "i", "impact", "Assess the impact", "room", True),
    Key(
        "next-phase", "right_square_bracket", "phase", "Enter the next phase, through its gate", "room", True
    ),
    Key("previous-phase", "left_square_bracket", "back", "Go back to the phase before", "room"),
    Key("undo", "z", "undo", "Take back your latest act", "room", True),
    Key("redo", "Z", "redo", "Do again what was taken back", "room"),
    Key("due", "exclamation_mark", "due", "Go to what is due first, and deal with it there", "room"),
    Key("agenda", "o", "all due", "List all that is due and will be, in order, and go to one", "room"),
    Key("snooze", "full_stop", "snooze", "Put off what is due first, for a while; it is logged", "room"),
    Key("fallback", "b", "fallback", "Go to the fallback procedures", "room"),
    Key("commander", "c", "command", "Say who commands; offer the command, or answer the offer", "room"),
    Key("record-decision", "D", "decision", "Record a decision: risk, owner, verify-at", "room"),
    Key("board", "B", "board", "Who is on what and who is free; go to one of them", "room"),
    Key("figures", "F", "figures", "Read severity and metrics over the course of the incident", "room"),
    Key("write-up", "w", "write-up", "Read the post-mortem as it stands, and write it to a file", "room"),
    Key("after-action", "W", "after action", "Read what was late, and what was left out", "room"),
    Key("drill-step", "X", "drill on", "Let the drill do what it asks of you now", "room"),
    Key("close-incident", "C", "close", "Close, cancel or merge the incident; take up a closed one", "room"),
    Key("reopen-incident", "", "reopen", "Take a closed incident up again", "room"),
    Key("stamp", "S", "milestones", "Read milestones and durations, and correct a milestone", "room"),
    Key("rename", "", "rename", "Give the incident another title", "room"),
    Key("reference", "v", "playbook", "Read the playbook", "room"),
    Key("reload-playbook", "R", "reload", "Read the playbook again: says what changed, and asks", "room"),
    Key("jump", "apostrophe", "jump", "Jump to any pane or row in view: type its letters", "room"),
    Key("zoom", "plus", "enlarge", "Enlarge this pane, or show all", "room"),
    Key("pane-1", "1", "checklist", "Go to the checklist", "room"),
    Key("pane-2", "2", "timeline", "Go to the timeline", "room"),
    Key("pane-3", "3", "decide", "Go to the decision table shown last", "room"),
    Key("pane-4", "4", "action items", "Go to the action items", "room"),
    Key("pane-5", "5", "team", "Go to the team, where one was last", "room"),
    Key("pane-6", "6", "impact", "Go to what is known of the impact", "room"),
    Key("next-pane", "tab", "next pane", "Go to the next pane", "room"),
    Key("previous-pane", "shift+tab", "pane before", "Go to the pane before", "room"),
    Key("lobby", "q", "lobby", "Leave to the lobby; nothing is lost", "room"),
    Key("back", "escape", "back", "One level back", "room"),
)

_ENTRY = (Key("complete-name", "tab", "complete", "Complete the name that is being typed behind @", "entry"),)

_PANES = (
    Key("down", "down,j", "down", "One row or line down", "pane"),
    Key("up", "up,k", "up", "One row or line up", "pane"),
    Key("page-down", "pagedown,ctrl+d", "page down", "One page down", "pane"),
    Key("page-up", "pageup,ctrl+u", "page up", "One page up", "pane"),
    Key("first", "home,g", "first", "To the first row, or the beginning", "pane"),
    Key("last", "end,G", "last", "To the last row, or the end", "pane"),
)

_CHECKLIST = (
    Key("tick", "space", "tick", "Tick or untick; an action marked › leads there", "checklist", True),
    Key("open-row", "enter", "open", "Read what stands here ≡, do what is named, or fold", "checklist"),
    Key("copy-command", "y", "copy", "Copy a command that stands here; nothing is ever run", "checklist"),
    Key("tick-only", "x", "tick only", "Tick an action that was done elsewhere", "checklist"),
    Key("skip", "s", "skip", "Skip an action, with a reason", "checklist"),
    Key("fold", "left,h", "fold", "Fold the phase", "checklist"),
    Key("unfold", "right,l", "unfold", "Unfold the phase", "checklist"),
)  # fmt: skip

_TIMELINE = (
    Key("show-entry", "enter", "show", "Show the whole entry, with its earlier versions", "timeline"),
    Key("edit", "E", "edit", "Reword this entry; every version is kept", "timeline"),
    Key("strike", "x", "strike", "Strike this entry, or let it stand again", "timeline"),
    Key("pin", "p", "pin", "Pin this entry as a key event for the post-mortem", "timeline", True),
    Key("promote", "A", "to action", "Make an action item of this entry", "timeline"),
    Key(
        "filter",
        "f",
        "filter",
        "Show all, the log, decisions and mitigation, or what is pinned",
        "timeline",
        True,
    ),
    Key("search", "slash", "search", "Search the timeline", "timeline", True),
    Key("copy", "y", "copy", "Copy this entry to the clipboard", "timeline"),
)

_DECISIONS = (
    Key("choose", "enter,space", "choose", "Choose this row", "decisions"),
    Key("choose-at-once", "y", "called", "Whom this row names was called, or has answered", "decisions"),
    Key("table-before", "left,h", "table before", "The table before", "decisions"),
    Key("table-after", "right,l", "next table", "The next table", "decisions"),
)

_ACTION_ITEMS = (
    Key("finish", "space", "done", "Done, or open again", "action-items"),
    Key("change", "enter", "change", "Change wording, owner and due date", "action-items"),
    Key("drop", "x", "drop", "Drop this action item, with a reason", "action-items"),
)

_TEAM = (
    Key("member", "enter,space", "person", "What became of this person, assignment or offer", "team"),
    Key("page", "p", "page", "Page somebody; contacts are shown", "team", True),
    Key("arrive", "y", "answered", "Answered, then joined; a task: done; an offer: accept", "team", True),
    Key("release", "x", "release", "Released; a task: dropped; an offer: declined", "team"),
    Key("role", "r", "role", "Gets a role; a task or an offer: to somebody else", "team"),
    Key("join", "J", "join", "Somebody joined who was not paged", "team"),
)

_IMPACT = (Key("assess-impact", "enter,space", "assess", "Assess it: users, revenue, systems", "impact"),)

_LOBBY = (
    Key("declare", "n", "declare", "Declare an incident", "lobby", True),
    Key("open-incident", "enter", "open", "Open this incident", "lobby", True),
    Key("search-incidents", "slash", "search", "Search all incidents", "lobby", True),
    Key("drill", "x", "drill", "Run a drill: take part with hints, or watch it play itself", "lobby", True),
    Key("tour", "t", "tour", "Take the tour: what each pane is for, in a minute", "lobby"),
    Key("exercises", "e", "exercises", "Show exercises too, or leave them out", "lobby"),
    Key("lobby-jump", "apostrophe", "jump", "Jump to any incident in view: type its letters", "lobby"),
    Key("leave", "q", "quit", "Quit; every incident goes on where it is", "lobby", True),
    Key("lobby-back", "escape", "back", "End the search", "lobby"),
)

_DOCUMENT = (
    Key("write-file", "w", "write", "Write it to a file", "document", True),
    Key("copy-document", "y", "copy", "Copy it to the clipboard", "document", True),
    Key("close-document", "escape,q", "back", "Back", "document", True),
)

_DETAIL = (
    Key("copy-code", "y", "copy command", "Copy a command; nothing is ever run", "detail", True),
    Key("copy-detail", "Y", "copy all", "Copy all of it as Markdown", "detail", True),
    Key("close-detail", "escape,q,enter", "back", "Back", "detail", True),
)

_COMPOSER = (
    Key("publish", "P", "publish", "Log it as published; the next one is owed from now on", "composer", True),
    Key("write-words", "e", "reword", "Reword it; what you write survives a crash", "composer", True),
    Key("copy-update", "y", "copy", "Copy it to the clipboard", "composer", True),
    Key("write-update", "w", "write", "Write it to a file", "composer", True),
    Key("start-over", "r", "start over", "Draft it anew from the record, and back", "composer", True),
    Key("leave-composer", "escape", "back", "From writing to reading, from reading back", "composer", True),
)

_BRIEFING = (
    Key("offer-command", "o", "offer", "Offer the command; once offered: to another", "briefing", True),
    Key("accept-command", "a", "accept", "Accept the command", "briefing", True),
    Key("decline-command", "x", "decline", "Decline the command, and say why", "briefing", True),
    Key("copy-briefing", "y", "copy", "Copy it to the clipboard", "briefing", True),
    Key("close-briefing", "escape,q", "back", "Back; nothing has changed", "briefing", True),
)

_DIALOG = (
    Key("dialog-down", "down", "down", "The next choice, or the next line to type into", "dialog"),
    Key("dialog-up", "up", "up", "The choice before, or the line before", "dialog"),
    Key("dialog-page-down", "pagedown", "page down", "Read on, or ten choices down", "dialog"),
    Key("dialog-page-up", "pageup", "page up", "Read back, or ten choices up", "dialog"),
    Key("next-field", "tab", "next", "To the next line to type into, or the next list", "dialog"),
    Key("previous-field", "shift+tab", "before", "To the line or list before", "dialog"),
    Key("accept", "enter", "accept", "Choose, save, or log what is typed", "dialog"),
    Key("leave-dialog", "escape", "leave", "Leave a dialog; all is as it was", "dialog"),
)

# Answers to questions. A choice without one is reached by its number, or by moving to it.
_ANSWERED: dict[Place, tuple[tuple[str, str, str], ...]] = {
    "gate": (
        ("confirm", "y", "The criteria hold; go through the gate"),
        ("override", "o", "Go through all the same, with a reason"),
    ),
    "pasted": (("log", "y", "Log what was pasted"),),
    "log-entry": (
        ("edit", "E", "Reword the entry that is shown"),
        ("strike", "x", "Strike the entry that is shown, or let it stand again"),
        ("pin", "p", "Pin the entry that is shown, or no longer"),
        ("promote", "A", "Make an action item of the entry that is shown"),
        ("copy", "y", "Copy the entry that is shown"),
    ),
    "escalation": (
        ("raised", "y", "Whom it goes to was called"),
        ("answered", "a", "Whom it went to has answered"),
        ("next", "n", "The next contact was called"),
        ("backup", "f", "Nobody answers: invoke the fallback procedure"),
    ),
    "fallback": (("invoke", "y", "Invoke the fallback procedure that is offered"),),
    "outcome": (
        ("effective", "e", "The mitigation took the impact away"),
        ("partial", "p", "The mitigation made it better"),
        ("ineffective", "i", "The mitigation changed nothing"),
        ("regressed", "r", "The mitigation made it worse"),
    ),
    "verdict": (("held", "h", "The decision held"), ("failed", "f", "The decision failed")),
    "check-back": (
        ("done", "d", "The assignment is done"),
        ("found", "f", "It is done, and something was found"),
        ("5m", "5", "It gets five minutes more"),
        ("15m", "1", "It gets fifteen minutes more"),
        ("longer", "m", "It gets another time more"),
        ("reassign", "r", "It goes to somebody else"),
        ("escalate", "e", "It is escalated"),
        ("dropped", "x", "It is dropped"),
    ),
    "person": (
        ("answered", "a", "They have answered the page"),
        ("backup", "f", "They do not answer: invoke the fallback procedure"),
        ("joined", "j", "They have joined"),
        ("commander", "c", "They take command at once"),
        ("role", "r", "They take another role"),
        ("assignment", "g", "They get an assignment"),
        ("page", "p", "They are paged again"),
        ("released", "x", "They are released"),
    ),
    "audience": (
        ("internal", "i", "The responders"),
        ("executive", "e", "Management"),
        ("external", "x", "Customers"),
        ("cadence", "c", "Say how often each of them is told"),
    ),
    "cadence": (
        ("15m", "1", "Every fifteen minutes"),
        ("20m", "2", "Every twenty minutes"),
        ("30m", "3", "Every thirty minutes"),
        ("1h", "6", "Every hour"),
        ("none", "n", "No more are owed"),
        ("other", "o", "Every so often"),
    ),
    "snooze": (
        ("5m", "5", "Put it off for five minutes"),
        ("10m", "1", "Put it off for ten minutes"),
        ("30m", "3", "Put it off for thirty minutes"),
        ("1h", "6", "Put it off for an hour"),
        ("other", "o", "Put it off for another time"),
        ("which", "w", "Put off something else that is due"),
    ),
    "closing": (
        ("resolved", "r", "The incident is resolved"),
        ("duplicate", "d", "It is a duplicate of another"),
        ("false-positive", "f", "Nothing was wrong"),
        ("superseded", "s", "Another goes on in its place"),
        ("external", "e", "It is somebody else's to resolve"),
    ),
    "reload": (
        ("take-over", "y", "Go on by the new version of the playbook"),
        ("read", "r", "Read all that changed in the playbook"),
    ),
    "file": (
        ("elsewhere", "n", "There is such a file: choose another place"),
        ("replace", "y", "There is such a file: replace it"),
    ),
    "drills": (
        ("go-on", "g", "Go on with the drill that was left last"),
        ("go-on-before", "h", "Go on with the drill that was left before"),
        ("watch", "w", "Only watch a drill"),
    ),
}
_ANSWERS = tuple(
    Key(f"{place}-{name}", key, name, does, place)
    for place, answers in _ANSWERED.items()
    for name, key, does in answers
)

KEYS: tuple[Key, ...] = (
    *_APP, *_ANYWHERE, *_ROOM, *_ENTRY, *_PANES,
    *_CHECKLIST, *_TIMELINE, *_DECISIONS, *_ACTION_ITEMS, *_TEAM, *_IMPACT,
    *_LOBBY, *_DOCUMENT, *_DETAIL, *_COMPOSER, *_BRIEFING, *_DIALOG, *_ANSWERS,
)  # fmt: skip


# Places whose keys act at the same time: a key means one thing in each of these.
TOGETHER: tuple[tuple[Place, ...], ...] = (
    ("app", "anywhere", "room", "pane", "checklist"),
    ("app", "anywhere", "room", "pane", "timeline"),
    ("app", "anywhere", "room", "pane", "decisions"),
    ("app", "anywhere", "room", "pane", "action-items"),
    ("app", "anywhere", "room", "pane", "team"),
    ("app", "anywhere", "room", "pane", "impact"),
    ("app", "entry"),
    ("app", "anywhere", "lobby", "pane"),
    ("app", "anywhere", "pane", "document"),
    ("app", "anywhere", "pane", "detail"),
    ("app", "anywhere", "pane", "composer"),
    ("app", "anywhere", "pane", "briefing"),
    ("app", "anywhere", "dialog"),
    *(("app", "anywhere", "dialog", place) for place in _ANSWERED),
)

QUESTIONS = frozenset(_ANSWERED)
"""Places in which keys are answers: each stands before its choice, and no method is named for it."""


def keys_of(place: Place) -> tuple[Key, ...]:
    """The acts that are to be had in a place."""
    return tuple(key for key in KEYS if key.place == place)


ACTS = {key.action: key for key in KEYS}
"""Every act by the name of the method that carries it out."""
