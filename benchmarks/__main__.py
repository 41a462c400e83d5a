"""`make bench`: every figure in one table, each a ratio within this run. Names pick some of them."""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import commands, console, store
from benchmarks.table import HEADER, Row

Suite = Callable[[Path], Iterable[Row]]
SUITES: dict[str, Suite] = {"store": store.rows, "commands": commands.rows, "console": console.rows}


def main(suites: Iterable[Suite]) -> int:
    """Run suites and print their rows; says how many figures are not what they must be."""
    missed = 0
    print(HEADER)
    # In the checkout, as a temporary folder may be in memory, where a sync costs nothing.
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as folder:
        for suite in suites:
            for row in suite(Path(folder)):
                print(row, flush=True)
                missed += not row.good
    return missed


if __name__ == "__main__":
    sys.exit(1 if main(SUITES[name] for name in sys.argv[1:] or SUITES) else 0)
