"""Templates: Markdown whose headings and `**Label:**` lines are filled with what the record says.

Under a heading or label that the record knows nothing of, the template's own words stay, to be
written by people.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_FIELD = re.compile(r"(\s*(?:[-*+]\s+)?)\*\*([^*:]+)(?::\*\*|\*\*\s?:)")


class Filled(NamedTuple):
    """A filled template, and the names of the sections that it has no heading for."""

    lines: list[str]
    left: list[str]


def fill(
    template: str,
    fields: Mapping[str, str],
    sections: Mapping[str, Iterable[str]],
    opening: Sequence[str] = (),
) -> Filled:
    """Fill a template: a field where a label has its word, a section under the heading that has its name.

    What opens the document comes after its first heading.
    """
    left = dict(sections)
    lines: list[str] = []
    keeping = True
    for line in template.splitlines():
        if heading := _HEADING.match(line):
            name = next((name for name in left if name in heading[2].casefold()), None)
            keeping = name is None
            if name is None:
                lines += ["", line, "", *opening]
            else:
                lines += [*opening, "", line, "", *left.pop(name)]
            opening = ()
        elif keeping:
            lines.append(_filled(line, fields))
    return Filled(lines, list(left))


def _filled(line: str, fields: Mapping[str, str]) -> str:
    """A line of the template, with the record's own words after a label that it knows."""
    field = _FIELD.match(line)
    words = field[2].casefold().split() if field else ()
    value = next((value for word, value in fields.items() if word in words), None)
    return line if field is None or value is None else f"{field[1]}**{field[2].strip()}:** {value}  "


def level(template: str) -> str:
    """The sign of a template's last heading, for sections that are added at the end."""
    levels = [match[1] for line in template.splitlines() if (match := _HEADING.match(line))]
    return levels[-1] if levels else "##"


def joined(lines: Iterable[str]) -> str:
    """Lines as a document: no gaps but single blank lines, one line end at the end."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
