"""Playbooks as documents: a Markdown workflow to a `Playbook`, with complaints that name the line."""

from warroom.playbooks.complaints import Complaint, PlaybookError
from warroom.playbooks.excerpt import commands_in, excerpt
from warroom.playbooks.files import available, find
from warroom.playbooks.loading import Loaded, builtin, load, parse
from warroom.playbooks.render import as_json, as_markdown
from warroom.playbooks.shelf import Shelf

__all__ = [
    "Complaint",
    "Loaded",
    "PlaybookError",
    "Shelf",
    "as_json",
    "as_markdown",
    "available",
    "builtin",
    "commands_in",
    "excerpt",
    "find",
    "load",
    "parse",
]
