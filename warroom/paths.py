"""Paths as a person types them."""

from pathlib import Path


def expanded(typed: str) -> Path:
    """A path with its `~` opened; one of somebody unknown stays as typed: a path that is not there."""
    path = Path(typed)
    try:
        return path.expanduser()
    except RuntimeError:
        return path
