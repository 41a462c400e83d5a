"""The playbook, read again while the incident runs."""

from datetime import datetime

from warroom.incident import changes
from warroom.incident import events as e
from warroom.incident.commands.outcome import Outcome, Refused
from warroom.incident.incident import Incident
from warroom.incident.playbook import Playbook
from warroom.incident.text import printable


def reload_playbook(incident: Incident, at: datetime, playbook: Playbook, source: str = "") -> Outcome:
    """Go on by another version of the playbook. What is the same keeps its state, wherever it stands now."""
    if not changes.diff(incident.playbook, playbook):
        return Refused("The playbook has not changed.")
    kept = tuple(changes.kept(incident.playbook, playbook).items())
    return (e.PlaybookReloaded(playbook, kept, printable(source)),)
