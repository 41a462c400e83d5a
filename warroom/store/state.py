"""Small things that a console remembers: drafts, cursors, preferences. All of it can be lost without harm."""

from pathlib import Path
from typing import Any

from tinydb import TinyDB, where

from warroom.store.atomic import AtomicStorage
from warroom.store.lock import SideLock


class State:
    """Keys and values in a TinyDB of their own."""

    def __init__(self, path: Path) -> None:
        self._tinydb = TinyDB(path, storage=AtomicStorage)
        self._lock = SideLock(path.with_suffix(".lock"))

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or the default."""
        self._tinydb.clear_cache()  # another process may have written
        document = self._tinydb.get(where("key") == key)
        return document["value"] if document else default

    def all(self, beginning: str) -> dict[str, Any]:
        """Every value whose key begins so, by its key."""
        self._tinydb.clear_cache()
        found = {document["key"]: document["value"] for document in self._tinydb.all()}
        return {key: value for key, value in found.items() if key.startswith(beginning)}

    def set(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold; None forgets the key."""
        with self._lock.exclusive():
            self._tinydb.clear_cache()
            if value is None:
                self._tinydb.remove(where("key") == key)
            else:
                self._tinydb.upsert({"key": key, "value": value}, where("key") == key)

    def close(self) -> None:
        """Let go of the file."""
        self._tinydb.close()
        self._lock.close()
