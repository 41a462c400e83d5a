"""The settings file: read strictly, everything that is wrong said at once; what is sound holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warroom.settings.options import Option, options
from warroom.settings.problem import Problem
from warroom.settings.toml_file import TomlFile, in_words, one_of


def read(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The sound values of a settings file by the options' names, and everything that is wrong with it."""
    file = TomlFile(path)
    by_key = {option.key: option for option in options().values()}
    values: dict[str, Any] = {}
    for key, value in file.table.items():
        option = by_key.get(key)
        if option is None:
            file.wrong((key,), f"{key} is no setting", one_of(by_key, key))
        elif option.is_table and isinstance(value, dict):
            values[option.name] = dict(_sound(file, option, value))
        else:
            try:
                values[option.name] = option.checked(value)
            except ValueError:
                file.wrong((key,), f"{key} is {in_words(value)}", option.expected)
    return values, file.problems


def _sound(file: TomlFile, option: Option, entries: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries of a table that are sound; one that is not takes no other with it."""
    for key, value in entries.items():
        try:
            option.checked({key: value})
            yield key, value
        except ValueError:
            file.wrong(
                (option.key, key), f"{key} is {in_words(value)}", f'text in quotes, such as {key} = "…"'
            )
