"""The playbooks at hand: read to be offered, and looked at again when their documents change."""

from collections.abc import Sequence
from pathlib import Path

from warroom.assets import PLAYBOOKS
from warroom.incident.changes import diff
from warroom.incident.playbook import Playbook
from warroom.incident.suggest import Offer
from warroom.incident.text import printable
from warroom.paths import expanded
from warroom.playbooks.complaints import PlaybookError
from warroom.playbooks.files import available, find
from warroom.playbooks.loading import load

BUILTIN = "incident-response"

_Stamp = tuple[int, int]  # when a file was written, and how long it is


class Shelf:
    """The playbooks of some folders and the built-in one; none is read twice while it stays the same."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._offers: dict[Path, tuple[_Stamp | None, Offer]] = {}
        self._seen: dict[str, _Stamp | None] = {}

    def names(self) -> list[str]:
        """Every name, the built-in one first: that is what is meant when none is named."""
        found = [name for name, _ in available(self._folders)]
        return sorted(found, key=lambda name: (name != BUILTIN, name))

    def offers(self) -> list[Offer]:
        """Every playbook, and every document that is none with the reason."""
        paths = dict(available(self._folders))
        return [self._offer(name, paths[name]) for name in self.names() if name in paths]

    def _offer(self, name: str, path: Path) -> Offer:
        stamp = _stamp(path)
        known = self._offers.get(path)
        if known is None or known[0] != stamp:
            known = self._offers[path] = (stamp, _read(name, path))
        return known[1]

    def source(self, name: str) -> str:
        """How a playbook is found again from any folder: by its name, or by the whole path of its file."""
        path = expanded(name)
        known = {each.casefold() for each in self.names()}
        if not name or (path.name == name and name.removesuffix(".md").casefold() in known):
            return name
        return str(path.absolute())

    def edited(self, source: str, before: Playbook) -> bool:
        """Whether a document was edited since the last look and reads differently; cheap if it was not."""
        try:
            path = find(source, self._folders)
            stamp = _stamp(path)
            if self._seen.get(source) == stamp:
                return False
            self._seen[source] = stamp
            return bool(diff(before, load(path).playbook))
        except PlaybookError:  # being edited at this moment, gone for now: nothing to offer
            return False


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _read(name: str, path: Path) -> Offer:
    own = path.parent != PLAYBOOKS
    try:
        loaded = load(path)
        return Offer(name, loaded.playbook, own=own, generic=loaded.generic)
    except PlaybookError as error:
        first, *more = error.problems
        said = f"{first.name}:{first.line}: {first.what}" if first.line else f"{first.name}: {first.what}"
        others = f" (and {len(more)} more)" if more else ""
        return Offer(name, why_not=printable(said + others), own=own)
