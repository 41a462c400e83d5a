"""One line per figure: ours, what it is held against in the same run, the ratio and what it must reach."""

import gc
import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """A figure. Times in seconds; `limit` is the highest ratio that is good enough."""

    figure: str
    ours: float
    against: str
    theirs: float
    limit: float | None = None

    @property
    def ratio(self) -> float:
        """How many times theirs ours is."""
        return self.ours / self.theirs

    @property
    def good(self) -> bool:
        """Whether it reaches what it must."""
        return self.limit is None or self.ratio <= self.limit

    def __str__(self) -> str:
        limit = "–" if self.limit is None else f"≤ {self.limit:.1f} {'✓' if self.good else '✗'}"
        return (
            f"{self.figure:<44}{_time(self.ours):>10}  {self.against:<38}{_time(self.theirs):>10}"
            f"{self.ratio:>8.2f}  {limit}"
        )


HEADER = f"{'figure':<44}{'ours':>10}  {'against':<38}{'theirs':>10}{'ratio':>8}  must reach"


def _time(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(work: Callable[[], object]) -> float:
    """How long something takes, once."""
    began = time.perf_counter()
    kept = work()
    took = time.perf_counter() - began
    del kept
    return took


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> tuple[float, float]:
    """How long two things take, done in turn so that the machine treats both alike: the lower quartiles.

    On a disk or a processor shared with others, medians jump with what the others do.
    """
    took: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.freeze()  # what the benchmark itself holds is nobody's cost
    for _ in range(times):
        for results, work in zip(took, (ours, theirs), strict=True):
            results.append(timed(work))
    gc.unfreeze()
    ours_took, theirs_took = (sorted(results)[len(results) // 4] for results in took)
    return ours_took, theirs_took
