"""A TinyDB storage for small things that change: every write puts a new file in the place of the old one."""

from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from warroom.store.disk import DISK, Disk, write_fresh


class AtomicStorage(Storage):
    """Reads and writes whole files; what cannot be read counts as empty, since it can all be rebuilt."""

    def __init__(self, path: Path, disk: Disk = DISK) -> None:
        self.path = path
        self._disk = disk

    def content(self) -> bytes:
        """The file as it is."""
        return self.path.read_bytes()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, or None where there are none."""
        try:
            return msgspec.json.decode(self.content(), type=dict[str, dict[str, Any]])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file."""
        write_fresh(self.path, [msgspec.json.encode(data)], self._disk)
