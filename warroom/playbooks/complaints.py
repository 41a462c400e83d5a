"""What is wrong with a document, each with the line that it is about."""

from collections.abc import Iterable
from typing import NamedTuple

_LONGEST_SOURCE = 160


class Complaint(NamedTuple):
    """One thing that is wrong or was guessed: where, what, and the line as it stands there."""

    line: int  # 1-based; 0 means the whole file
    what: str
    source: str = ""
    name: str = "playbook"  # the file

    def __str__(self) -> str:
        place = f"{self.name}:{self.line}" if self.line else self.name
        shown = self.source.strip()
        if len(shown) > _LONGEST_SOURCE:
            shown = shown[: _LONGEST_SOURCE - 1] + "…"
        return f"{place}: {self.what}" + (f"\n    {shown}" if shown else "")


class PlaybookError(Exception):
    """A document that is no playbook, with everything that is wrong with it at once."""

    def __init__(self, problems: Iterable[Complaint]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(map(str, self.problems)))
