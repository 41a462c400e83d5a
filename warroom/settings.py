"""Settings: where incidents lie, where a person's own files lie, and who is at the keyboard."""

import os
from pathlib import Path

from msgspec import Struct

from warroom.incident.text import printable


class Settings(Struct, frozen=True):
    """What the surroundings say: options first, then the environment, then what is usual here."""

    home: Path  # the incidents
    config: Path  # a person's own playbooks and drills
    user: str

    @property
    def playbooks(self) -> Path:
        """A person's own playbooks."""
        return self.config / "playbooks"

    @property
    def drills(self) -> Path:
        """A person's own drills."""
        return self.config / "drills"


def settings(home: str | None = None) -> Settings:
    """The settings for a home folder, by default WARROOM_HOME, else the user's data folder.

    A home that is named holds everything, so that nothing outside of it is read or written.
    """
    named = home or os.environ.get("WARROOM_HOME")
    if named:
        folder = Path(named).expanduser().absolute()
        return Settings(folder, folder / "config", _user())
    import platformdirs  # costs 10 ms

    data, config = (
        each("warroom", appauthor=False)
        for each in (platformdirs.user_data_path, platformdirs.user_config_path)
    )
    return Settings(data, config, _user())


def _user() -> str:
    return printable(os.environ.get("WARROOM_USER", "")) or _login() or "unknown"


def _login() -> str:
    from getpass import getuser

    try:
        return printable(getuser())
    except (OSError, KeyError):  # a container's user may have a number and no name
        return ""
