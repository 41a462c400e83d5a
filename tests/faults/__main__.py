"""`python -m tests.faults [KILLS]`: the fault tests at length, with their counts."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults import broken, cuts, flips, full_disk, kills
from tests.faults.replicas import Replicas
from tests.faults.work import Tally

Run = Callable[[Path], Tally | Iterable[Tally]]


def meet(_: Path) -> Tally:
    """The stateful model at length."""
    tally = Tally("copies that write, crash and meet")
    examples = settings(
        max_examples=400, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )

    class Counted(Replicas):
        def teardown(self) -> None:
            tally.tried += 1
            tally.acknowledged += len(set().union(*self.known))
            super().teardown()

    run_state_machine_as_test(Counted, settings=examples)
    return tally


def main(many: int) -> int:
    """Run everything; says how many acknowledged events were lost."""
    runs: list[Run] = [
        lambda folder: kills.run_apart(folder, many),
        cuts.cut_everywhere,
        cuts.tear_everywhere,
        cuts.tear_blocks,
        flips.flip_everywhere,
        broken.break_appends,
        lambda folder: [broken.break_declarations(folder)],
        full_disk.fill_disks,
        meet,
    ]
    tallies: list[Tally] = []
    print(f"{'fault':<38}{'tried':>9}{'acknowledged':>15}{'lost':>9}{'seconds':>10}")
    for run in runs:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="warroom-faults-") as folder:
            found = run(Path(folder))
        found = [found] if isinstance(found, Tally) else list(found)
        tallies += found
        for tally in found:
            print(tally, end="" if tally is found[-1] else "\n", flush=True)
        print(f"{time.monotonic() - began:>10.1f}")
    total = Tally("all", sum(t.tried for t in tallies), sum(t.acknowledged for t in tallies))
    total.lost = [event for t in tallies for event in t.lost]
    print(total)
    return len(total.lost)


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000) else 0)
