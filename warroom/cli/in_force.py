"""The settings that are in force: every value, and where it comes from."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from warroom.cli.here import front_desk
from warroom.settings import Settings
from warroom.settings.options import options
from warroom.settings.toml_file import TomlFile


class InForce(NamedTuple):
    """A value that holds here, and whence: `default`, a file and its line, a variable, the command line."""

    key: str
    value: Any
    origin: str


def in_force(found: Settings) -> Iterator[InForce]:
    """Every setting; of the keys those that somebody changed, if they can be had."""
    for option in options().values():
        value, origin = getattr(found.options, option.name), _origin(found, option.name, option.key)
        if option.name == "user" and not value:
            yield InForce(option.key, found.user, "login name")
        elif option.name == "theme":
            yield _theme(found, value, origin)
        elif option.name == "keys":
            yield from _keys(found)
        else:
            yield InForce(option.key, value, origin)


def _origin(found: Settings, name: str, *keys: str) -> str:
    origin = found.origins.get(name, "default")
    return f"{origin}:{TomlFile(found.file).line(*keys)}" if origin == str(found.file) else origin


def _theme(found: Settings, wanted: str, origin: str) -> InForce:
    """The theme that the console has: the one that is asked for, if there is such a one."""
    from warroom.console.themes import wardrobe

    last = _last_theme() if found.home.is_dir() else ""  # looking makes no folder
    chosen = wardrobe(found).choose((wanted, last), colours())
    usual = "default" if colours() > 16 else "default with so few colours"
    why = {last: "chosen last in the console", wanted: origin}
    return InForce("theme", chosen, why.get(chosen, usual))


def _last_theme() -> str:
    try:
        return str(front_desk().recall("theme") or "")
    except OSError:  # a folder that is not ours to write to remembers nothing for us
        return ""


def _keys(found: Settings) -> Iterator[InForce]:
    from warroom.console.key_names import written
    from warroom.console.remap import remapped

    keymap = remapped(found)
    for act in keymap.changed:
        keys = [written(one) for one in keymap[act].key.split(",") if one]
        yield InForce(
            f"keys.{act}", keys if len(keys) > 1 else "".join(keys), _origin(found, "keys", "keys", act)
        )
    if not keymap.changed:
        yield InForce("keys", {}, "default")


def colours() -> int:
    """How many colours the terminal is taken to have; 0 is none."""
    from rich.console import Console

    system = Console(force_terminal=True).color_system
    return {"truecolor": 1 << 24, "256": 256, "standard": 16, "windows": 16}.get(system or "", 0)
