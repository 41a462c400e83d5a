"""The settings file that `warroom config init` writes: every key with its default and what it does."""

import json
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from warroom.settings.options import Option, options

_HEAD = """\
# Settings of warroom. Every key stands here with its default; take the # away to change one.
# The environment (named in brackets) comes before this file, and options before the environment.
# What is wrong in this file:        warroom config check
# What is in force, and from where:  warroom config show
"""


def commented(keys: Iterable[tuple[str, list[str], str]]) -> str:
    """The file's text; `keys` are the acts: id, usual keys, what it does."""
    parts = [_HEAD]
    for option in options().values():
        lines = list(_about(option))
        if option.is_table:
            lines += [f"[{option.key}]", *(_key(*each) for each in keys)]
        else:
            lines.append(f"#{option.key} = {toml(option.default)}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _about(option: Option) -> Iterator[str]:
    variable = f" [{option.variable}]" if option.variable else ""
    yield from (f"# {line}" for line in wrap(option.doc + variable, 100))


def _key(name: str, usual: list[str], does: str) -> str:
    value = usual if len(usual) > 1 else "".join(usual)
    return f"#{f'{name} = {toml(value)}':<44} # {does}"


def toml(value: Any) -> str:
    """A value as TOML has it; JSON's texts, lists and truths are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
