"""A bare Textual app: what any app of that kind costs. `python -m benchmarks.bare list|input`."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input, OptionList


class Bare(App[None]):
    """Header, a list of options or an input line, footer."""

    BINDINGS = [("ctrl+q", "quit", "Quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """What was asked for."""
        yield Header()
        if sys.argv[1:] == ["input"]:
            yield Input()
        else:
            yield OptionList(*(f"option {i}" for i in range(100)))
        yield Footer()


if __name__ == "__main__":
    Bare().run()
