"""The chronicle: things in the order of their time, cheap to extend and never changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate, chain, islice, takewhile
from operator import attrgetter
from typing import Any, Generic, Protocol, Self, TypeVar, overload

_CHUNK = 512  # adding copies one chunk and the list of chunks: both stay small up to a million things

T = TypeVar("T")


class Chronicle(Sequence[T], Generic[T]):
    """An immutable sequence sorted by a key; those of equal keys stay in the order in which they came.

    Adding one thing costs the same whatever the length, because all but one chunk is shared.
    """

    __slots__ = ("_chunks", "_ends", "_lasts")

    _key: Callable[[Any], Any]
    """What it is sorted by; a subclass names it."""

    def __init__(self, chunks: tuple[tuple[T, ...], ...] = ()) -> None:
        self._chunks = chunks
        self._ends = tuple(accumulate(map(len, chunks)))  # the length up to the end of each chunk
        self._lasts = tuple(self._key(chunk[-1]) for chunk in chunks)

    def add(self, new: T) -> Self:
        """This chronicle with one thing more, in its place."""
        key = self._key(new)
        at = bisect_right(self._lasts, key)
        if at == len(self._chunks):
            if not at or len(self._chunks[-1]) >= _CHUNK:
                return self._with(at, ((new,),))
            return self._with(at - 1, ((*self._chunks[-1], new),))
        chunk = self._chunks[at]
        place = bisect_right(chunk, key, key=self._key)
        grown = (*chunk[:place], new, *chunk[place:])
        half = len(grown) // 2
        parts = (grown,) if len(grown) <= 2 * _CHUNK else (grown[:half], grown[half:])
        return self._with(at, (*parts, *self._chunks[at + 1 :]))

    def extend(self, new: Iterable[T]) -> Self:
        """This chronicle with many things more."""
        return self._extend(sorted(new, key=self._key))

    def _extend(self, ordered: list[T]) -> Self:
        if not ordered:
            return self
        at = min(bisect_left(self._lasts, self._key(ordered[0])), max(len(self._chunks) - 1, 0))
        before = list(chain.from_iterable(self._chunks[at:]))
        tail = before + ordered
        if before and self._key(before[-1]) > self._key(ordered[0]):
            tail.sort(key=self._key)
        return self._with(at, tuple(tuple(tail[i : i + _CHUNK]) for i in range(0, len(tail), _CHUNK)))

    def _with(self, at: int, tail: tuple[tuple[T, ...], ...]) -> Self:
        """A chronicle that shares the chunks before a place and has others from there on."""
        new = type(self).__new__(type(self))
        before = self._ends[at - 1] if at else 0
        new._chunks = self._chunks[:at] + tail
        new._ends = self._ends[:at] + tuple(accumulate(map(len, tail), initial=before))[1:]
        new._lasts = self._lasts[:at] + tuple(self._key(chunk[-1]) for chunk in tail)
        return new

    def shared(self, other: Self) -> int:
        """How many leading things are the same in both: found by looking at chunks, not at things."""
        same = 0
        for mine, theirs in zip(self._chunks, other._chunks, strict=False):
            if mine is not theirs:
                return same + sum(1 for _ in takewhile(_identical, zip(mine, theirs, strict=False)))
            same += len(mine)
        return same

    def after(self, index: int) -> Iterator[T]:
        """The things from an index on, without going over those before it."""
        at = bisect_right(self._ends, index)
        return islice(chain.from_iterable(self._chunks[at:]), index - (self._ends[at - 1] if at else 0), None)

    def latest(self, count: int) -> Iterator[T]:
        """The last few things, or all where there are no more."""
        return self.after(max(len(self) - count, 0))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        at = bisect_right(self._ends, index)
        return self._chunks[at][index - (self._ends[at - 1] if at else 0)]

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._chunks)

    def __reversed__(self) -> Iterator[T]:
        return chain.from_iterable(map(reversed, reversed(self._chunks)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chronicle) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)})"


class _Dated(Protocol):
    @property
    def at(self) -> datetime: ...


D = TypeVar("D", bound=_Dated)


class History(Chronicle[D]):
    """What was so at which time: what was entered late does not become the latest."""

    __slots__ = ()
    _key = staticmethod(attrgetter("at"))


def _identical(pair: tuple[object, object]) -> bool:
    return pair[0] is pair[1]


def _same(one: object, other: object) -> bool:
    return one is other or one == other
