"""Intentions: each becomes the facts of one act, or is refused with a reason.

A command is a function of the incident, the time at which it happened and its own arguments. It
asks *may this happen?*; what follows from it is `evolve`'s business. Facts that a deed ticks along
the way belong to the same act, so that undo takes them back together.
"""

from warroom.incident.commands.assignments import assign, check_back
from warroom.incident.commands.checklist import record_output, skip, tick, toggle, untick
from warroom.incident.commands.command import accept_command, decline_command, offer_command
from warroom.incident.commands.decisions import decide, take_decision, verify_decision
from warroom.incident.commands.followup import (
    change_action_item,
    drop_action_item,
    finish_action_item,
    open_action_item,
    post_mortem_written,
    reopen_action_item,
    toggle_action_item,
)
from warroom.incident.commands.lifecycle import (
    absorb,
    cancel,
    close,
    declare,
    enter_phase,
    rename,
    reopen,
    set_severity,
    stamp,
    still_open,
)
from warroom.incident.commands.line import enter
from warroom.incident.commands.log import (
    edit,
    note,
    pin,
    record_finding,
    restore,
    strike,
    toggle_pinned,
    toggle_struck,
)
from warroom.incident.commands.matters import snooze
from warroom.incident.commands.outcome import Facts, Outcome, Refused, severity_table, strategy_table
from warroom.incident.commands.people import (
    acknowledge_page,
    assess_impact,
    assign_role,
    join,
    page,
    release,
)
from warroom.incident.commands.playbook import reload_playbook
from warroom.incident.commands.response import (
    acknowledge_escalation,
    answer,
    assess,
    escalate,
    invoke_fallback,
    start_mitigation,
)
from warroom.incident.commands.updates import publish_update, set_cadence

__all__ = [
    "Facts",
    "Outcome",
    "Refused",
    "absorb",
    "accept_command",
    "acknowledge_escalation",
    "acknowledge_page",
    "answer",
    "assess",
    "assess_impact",
    "assign",
    "assign_role",
    "cancel",
    "change_action_item",
    "check_back",
    "close",
    "decide",
    "declare",
    "decline_command",
    "drop_action_item",
    "edit",
    "enter",
    "enter_phase",
    "escalate",
    "finish_action_item",
    "invoke_fallback",
    "join",
    "note",
    "offer_command",
    "open_action_item",
    "page",
    "pin",
    "post_mortem_written",
    "publish_update",
    "record_finding",
    "record_output",
    "release",
    "reload_playbook",
    "rename",
    "reopen",
    "reopen_action_item",
    "restore",
    "set_cadence",
    "set_severity",
    "severity_table",
    "skip",
    "snooze",
    "stamp",
    "start_mitigation",
    "still_open",
    "strategy_table",
    "strike",
    "take_decision",
    "tick",
    "toggle",
    "toggle_action_item",
    "toggle_pinned",
    "toggle_struck",
    "untick",
    "verify_decision",
]
