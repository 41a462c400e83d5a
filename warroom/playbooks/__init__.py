"""Playbooks as documents: a Markdown workflow to a `Playbook`, with complaints that name the line."""

from warroom.playbooks.complaints import Complaint, PlaybookError
from warroom.playbooks.files import available, find
from warroom.playbooks.loading import Loaded, builtin, load, parse
from warroom.playbooks.render import as_json, as_markdown

__all__ = [
    "Complaint",
    "Loaded",
    "PlaybookError",
    "as_json",
    "as_markdown",
    "available",
    "builtin",
    "find",
    "load",
    "parse",
]
