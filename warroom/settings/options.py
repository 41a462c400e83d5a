"""All that may be set, declared once: defaults, checks and `config init` read it here."""

import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta, Struct

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def _doc(text: str) -> Meta:
    return Meta(description=text)


class Options(Struct, frozen=True, rename="kebab"):
    """What a person may set, by file or environment, with what holds otherwise."""

    user: Annotated[str, _doc("Who is writing, in the record; without it the login name.")] = ""
    playbook: Annotated[
        str,
        _doc("The playbook that incidents are declared with, by its name; without it the built-in one."),
    ] = ""
    playbook_folders: Annotated[
        list[str], _doc("More folders with playbooks, besides your own beside this file; ~ is your home.")
    ] = []
    time_zone: Annotated[
        str,
        _doc("The time zone shown beside UTC, such as Europe/Berlin; without it this machine's own."),
    ] = ""
    theme: Annotated[
        str,
        _doc(
            "Colours: warroom-dark, warroom-light, warroom-high-contrast, warroom-colour-blind, "
            "warroom-ansi (the terminal's own), or one of yours in themes/ beside this file; without it "
            "the one chosen last."
        ),
    ] = ""
    mouse: Annotated[
        bool, _doc("Whether the console listens to the mouse; false leaves it to the terminal.")
    ] = True
    bell: Annotated[bool, _doc("Whether the terminal's bell rings when something becomes overdue.")] = True
    title: Annotated[bool, _doc("Whether the terminal's title says which incident this is.")] = True
    desktop_notification: Annotated[
        bool, _doc("Whether the desktop is told when something becomes overdue, where the terminal can.")
    ] = False
    reduced_motion: Annotated[bool, _doc("Whether nothing on the screen slides, fades or blinks.")] = False
    keys: Annotated[
        dict[str, str | list[str]],
        _doc('Other keys for acts: note = "n", down = ["down", "j"]. What stands here are the usual ones.'),
    ] = {}


def variable(name: str) -> str:
    """The environment variable of an option."""
    return f"WARROOM_{name.upper()}"


class Option(Struct, frozen=True):
    """One thing that may be set."""

    name: str  # as Python has it
    key: str  # as the file has it
    type: Any
    default: Any
    doc: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it; "" for a table."""
        return "" if self.is_table else variable(self.name)

    @property
    def is_table(self) -> bool:
        """Whether it is a table of entries rather than one value."""
        return get_origin(self.type) is dict

    @property
    def expected(self) -> str:
        """What a value looks like, in words."""
        if self.type is bool:
            return "true or false"
        if self.name == "time_zone":
            return 'the name of one, such as "Europe/Berlin"'
        if self.type is str:
            return f'text in quotes, such as {self.key} = "…"'
        if get_origin(self.type) is list:
            return f'a list of texts, such as {self.key} = ["…"]'
        return f"a table: [{self.key}], and below it one line for each"

    def typed(self, text: str) -> Any:
        """The value that an environment variable holds. Raises `ValueError` when it is none."""
        if self.type is bool:
            return self.checked(
                {"1": True, "true": True, "0": False, "false": False}.get(text.casefold(), text)
            )
        return self.checked(text.split(os.pathsep) if get_origin(self.type) is list else text)

    def checked(self, value: Any) -> Any:
        """A value that can be used. Raises `ValueError` when it cannot."""
        try:
            found = msgspec.convert(value, self.type)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None
        if self.name == "time_zone" and found:
            zone(found)
        return found


def zone(name: str) -> "ZoneInfo":
    """A time zone by name. Raises `ValueError` when there is none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # a folder's name is an OSError
        raise ValueError(str(error)) from None


def _option(field: msgspec.structs.FieldInfo) -> Option:
    plain, meta = get_args(field.type)
    default = field.default_factory() if field.default is NODEFAULT else field.default
    return Option(field.name, field.encode_name, plain, default, str(meta.description))


@cache
def options() -> Mapping[str, Option]:
    """All that may be set, by its name."""
    return {option.name: option for option in map(_option, msgspec.structs.fields(Options))}
