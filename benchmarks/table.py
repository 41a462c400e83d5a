"""One line per figure: ours, what it is held against in the same run, the ratio and what it must reach."""

import gc
import time
from collections.abc import Callable
from typing import Literal, NamedTuple


class Row(NamedTuple):
    """A figure in seconds, bytes ("B") or as a share ("%"); `limit` is the highest ratio that will do."""

    figure: str
    ours: float
    against: str
    theirs: float
    limit: float | None = None
    unit: Literal["s", "B", "%"] = "s"

    @property
    def ratio(self) -> float:
        """How many times theirs ours is."""
        return self.ours / self.theirs

    @property
    def good(self) -> bool:
        """Whether it reaches what it must."""
        return self.limit is None or self.ratio <= self.limit

    def __str__(self) -> str:
        limit = "–" if self.limit is None else f"≤ {self.limit:g} {'✓' if self.good else '✗'}"
        ours, theirs = (_UNITS[self.unit](figure) for figure in (self.ours, self.theirs))
        ratio = f"{self.ratio:.2f}" if self.ratio >= 0.1 else f"{self.ratio:.4f}"
        return f"{self.figure:<44}{ours:>10}  {self.against:<38}{theirs:>10}{ratio:>8}  {limit}"


HEADER = f"{'figure':<44}{'ours':>10}  {'against':<38}{'theirs':>10}{'ratio':>8}  must reach"


def _time(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


_UNITS: dict[str, Callable[[float], str]] = {
    "s": _time,
    "B": lambda size: f"{size / 1e6:.1f} MB",
    "%": lambda share: f"{share:.2%}",
}


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
