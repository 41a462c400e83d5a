"""The recording verbs: what a line of words asks to be done to an incident.

The command line carries them out one at a time; a drill's script is a list of them, in one grammar
and with one set of messages.
"""

from warroom.verbs import action_items, checklist, course, entries, instruments, people
from warroom.verbs.grammar import VERBS, Intention, entered, intend, logged, parse

__all__ = [
    "VERBS",
    "Intention",
    "action_items",
    "checklist",
    "course",
    "entered",
    "entries",
    "instruments",
    "intend",
    "logged",
    "parse",
    "people",
]
