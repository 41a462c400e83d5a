"""Drills: an incident as a script, played as an exercise: watched in quick motion, or taken part in.

A script is a TOML file: a title, and steps that say when something happens and what, in the words of
the command line. Times count from the declaration. What the commander does stands under `do`, what
comes from others under `inject`.

    title = "Checkout is down"
    about = "Shown by `warroom drill --list`."
    playbook = "my-runbook"        # optional: a name or a file

    [[step]]
    at = "00:01:00"
    inject = "log card payments are declined"
    by = "@support"

    [[step]]
    at = "00:02:00"
    do = ["severity SEV1", "log @bob check the load balancer 3m"]
"""

from warroom.drills.guide import Guide
from warroom.drills.player import SPEED, Act, Player
from warroom.drills.progress import Progress
from warroom.drills.reading import BUILTIN, available, find, load
from warroom.drills.script import DrillError, Line, Script
from warroom.drills.under_way import begun, go_on, waiting

__all__ = [
    "BUILTIN",
    "SPEED",
    "Act",
    "DrillError",
    "Guide",
    "Line",
    "Player",
    "Progress",
    "Script",
    "available",
    "begun",
    "find",
    "go_on",
    "load",
    "waiting",
]
