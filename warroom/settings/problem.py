"""One thing that is wrong with the settings."""

from typing import NamedTuple

from warroom.incident.text import printable


class Problem(NamedTuple):
    """Where, what, and what was expected: `file:line: what, expected …`."""

    place: str  # a file or an environment variable
    line: int  # 1-based; 0 means the whole of it
    what: str
    expected: str = ""

    def __str__(self) -> str:
        place = f"{self.place}:{self.line}" if self.line else self.place
        expected = f", expected {self.expected}" if self.expected else ""
        return printable(f"{place}: {self.what}{expected}")
