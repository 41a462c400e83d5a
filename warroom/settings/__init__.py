"""Settings: where incidents lie, where a person's own files lie, and what that person has set.

What an option of the command line says comes first, then the environment, then the settings file,
then what is usual. Something wrong in the file must never stand between a person and an incident:
it is reported, and everything else is in force.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from warroom.incident.text import printable
from warroom.paths import expanded
from warroom.settings.options import Option, Options, options, variable
from warroom.settings.problem import Problem

__all__ = ["Options", "Problem", "Settings", "settings"]


class Settings(Struct, frozen=True):
    """What is in force here, and what was wrong on the way."""

    home: Path  # the incidents
    config: Path  # a person's own playbooks, drills, themes and settings file
    user: str
    options: Options = Options()
    origins: Mapping[str, str] = {}  # option → what set it; one that is not here has its default
    problems: tuple[Problem, ...] = ()

    @property
    def file(self) -> Path:
        """The settings file, which need not be there."""
        return self.config / "config.toml"

    def wrong(self, what: str, expected: str, option: str, *keys: str) -> Problem:
        """What somebody who knows what an option means finds wrong with it, or with an entry of its table."""
        origin = self.origins.get(option, "")
        if origin != str(self.file):
            return Problem(origin, 0, what, expected)
        from warroom.settings.toml_file import TomlFile

        return Problem(origin, TomlFile(self.file).line(options()[option].key, *keys), what, expected)

    @property
    def playbooks(self) -> Path:
        """A person's own playbooks."""
        return self.config / "playbooks"

    @property
    def playbook_folders(self) -> tuple[Path, ...]:
        """Where playbooks are looked for besides the built-in ones, a person's own folder first."""
        return (self.playbooks, *(expanded(name) for name in self.options.playbook_folders))

    @property
    def roster(self) -> Path:
        """Who can be called; the file need not be there."""
        return self.config / "roster.toml"

    @property
    def drills(self) -> Path:
        """A person's own drills."""
        return self.config / "drills"

    @property
    def themes(self) -> Path:
        """A person's own themes."""
        return self.config / "themes"


def settings(home: str | None = None, **flags: Any) -> Settings:
    """The settings for a home folder, by default WARROOM_HOME, else the user's data folder.

    A home that is named holds everything, so that nothing outside of it is read or written.
    `flags` are options that the command line set; None is one that it did not.
    """
    named = home or os.environ.get("WARROOM_HOME")
    if named:
        data = expanded(named).absolute()
        config = data / "config"
    else:
        import platformdirs  # costs 10 ms

        data, config = (
            each("warroom", appauthor=False)
            for each in (platformdirs.user_data_path, platformdirs.user_config_path)
        )
    found = _Found()
    found.read(config / "config.toml")
    found.environment()
    found.flags(flags)
    chosen = Options(**found.values)
    user = printable(chosen.user) or _login() or "unknown"
    return Settings(data, config, user, chosen, found.origins, tuple(found.problems))


class _Found:
    """Values from one source after the other, the later over the earlier."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.origins: dict[str, str] = {}
        self.problems: list[Problem] = []

    def read(self, path: Path) -> None:
        """The settings file, where there is one."""
        if not path.exists():
            return
        from warroom.settings.file import read  # costs a TOML parser

        values, problems = read(path)
        self.values |= values
        self.origins |= dict.fromkeys(values, str(path))
        self.problems += problems

    def environment(self) -> None:
        """What the variables say; an empty one sets nothing."""
        for name in Options.__struct_fields__:
            if text := os.environ.get(variable(name)):
                self._variable(options()[name], text)

    def _variable(self, option: Option, text: str) -> None:
        if option.is_table:
            return
        try:
            self._set(option.name, option.typed(text), option.variable)
        except ValueError:
            self.problems.append(Problem(option.variable, 0, f'is "{text}"', option.expected))

    def flags(self, flags: Mapping[str, Any]) -> None:
        """What the command line set."""
        for name, value in flags.items():
            if value is not None:
                self._set(name, value, "command line")

    def _set(self, name: str, value: Any, origin: str) -> None:
        self.values[name], self.origins[name] = value, origin


def _login() -> str:
    from getpass import getuser

    try:
        return printable(getuser())
    except (OSError, KeyError):  # a container's user may have a number and no name
        return ""
