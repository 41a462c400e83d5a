"""How far a drill has come, kept beside its incident, so that it goes on where it was left."""

from datetime import datetime
from typing import Self

import msgspec
from msgspec import Struct

from warroom.front_desk import FrontDesk

_KEY = "drill "  # what the state keeps it under, before the incident's number


class Progress(Struct, frozen=True):
    """Where a drill stands. Its clock stands still from then on until somebody goes on with it."""

    source: str  # what its script is found by
    lines: int  # how many that had
    said: str  # for people, such as 7/20
    starts_at: datetime  # by the drill's own clock, as all times here
    since: datetime  # when the last line that is behind it was
    at: datetime
    done: int = 0  # lines that are behind it
    credited: tuple[str, ...] = ()  # acts that were one that was asked for
    watched: bool = False

    @property
    def finished(self) -> bool:
        """Whether nothing more is to come."""
        return self.done >= self.lines

    def keep(self, front: FrontDesk, number: str) -> None:
        """Remember it for an incident."""
        front.remember(_KEY + number, msgspec.to_builtins(self))

    @classmethod
    def of(cls, front: FrontDesk, number: str) -> Self | None:
        """Where the drill of an incident stands; None if there is no drill, or none that is understood."""
        return cls._understood(front.recall(_KEY + number))

    @classmethod
    def of_all(cls, front: FrontDesk) -> dict[str, Self]:
        """Where every drill stands, by its incident's number."""
        found = {
            key.removeprefix(_KEY): cls._understood(value) for key, value in front.recalled(_KEY).items()
        }
        return {number: progress for number, progress in found.items() if progress}

    @classmethod
    def _understood(cls, value: object) -> Self | None:
        try:
            return msgspec.convert(value, cls)
        except msgspec.ValidationError:  # it can always be lost
            return None
