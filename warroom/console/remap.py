"""Keys as one person has them: the registry with what the settings say, and what is wrong with that."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from warroom.console.key_names import named, written
from warroom.console.keys import KEYS, TOGETHER, Key
from warroom.console.rows import Line
from warroom.settings import Problem, Settings
from warroom.settings.options import options

_FIXED = "ctrl+c"  # whoever presses it means to stop something, and nothing here may end by it

# The acts whose keys are never text: they act while one types.
_WHILE_TYPING = (
    "suspend", "quit", "back", "lobby-back", "complete-name", "leave-composer", "accept", "leave-dialog",
    "dialog-down", "dialog-up", "dialog-page-down", "dialog-page-up", "next-field", "previous-field",
)  # fmt: skip
# Those that act in a line of the war room or of the lobby, whatever places they are listed under.
_IN_A_LINE = (
    ("suspend", "quit", "back", "complete-name", "accept"),
    ("suspend", "quit", "lobby-back", "accept"),
)
# Without a key for these, there would be no way on or back.
_NEEDED = (
    "back", "lobby-back", "close-document", "close-detail", "leave-composer", "close-briefing", "accept",
    "leave-dialog",
)  # fmt: skip
_NAME = re.compile(r"\{([a-z-]+)\}")


class Keymap:
    """The registry, with the keys that are in force."""

    def __init__(self, keys: Mapping[str, str], problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        self._keys = {key.id: key._replace(key=keys.get(key.id, key.key)) for key in KEYS}
        self.changed = {name: self[name].key or self[name].unbound for name in keys}  # as Textual wants it

    def __getitem__(self, key_id: str) -> Key:
        """An act by its id."""
        return self._keys[key_id]

    def get(self, key_id: str) -> Key | None:
        """An act by its id; None where it is none."""
        return self._keys.get(key_id)

    def said(self, text: str) -> str:
        """A text that names acts, such as "press {note}", with their keys."""
        return _NAME.sub(self._said, text)

    def told(self, text: str, tone: str = "dim") -> Line:
        """The same as a line of a pane, in which the keys stand out."""
        parts = enumerate(_NAME.split(text))  # every other part is a name
        return tuple(
            (self.said(f"{{{part}}}"), "strong accent") if i % 2 else (part, tone) for i, part in parts
        )

    def _said(self, name: re.Match[str]) -> str:
        key = self._keys.get(name[1])
        return (key.shown or f": {key.label}") if key else name[0]


def remapped(settings: Settings) -> Keymap:
    """The keys that the settings ask for. What is unknown or clashes is reported, and stays as usual."""
    problems: list[Problem] = []

    def wrong(key_id: str, what: str, expected: str) -> None:
        problems.append(settings.wrong(what, expected, "keys", key_id))

    wanted: dict[str, str] = {}
    known = {key.id: key for key in KEYS}
    settings_keys = {option.key for option in options().values()} - known.keys()
    for key_id, typed in settings.options.keys.items():
        names = [named(one) for one in ([typed] if isinstance(typed, str) else typed) if one]
        if key_id in settings_keys:
            wrong(key_id, f"{key_id} is a setting and no act", "it above [keys]")
        elif key_id not in known:
            from warroom.settings.toml_file import one_of

            wrong(key_id, f"{key_id} is no act", one_of(sorted(known), key_id))
        elif None in names:
            wrong(
                key_id,
                f'"{typed}" is no key',
                'a key such as "n", "N", "ctrl+n", "f2", "space" or "pagedown"',
            )
        elif key_id in _NEEDED and not names:
            wrong(key_id, f"there would be no way on or back without {key_id}", 'a key such as "f2"')
        elif key_id in _WHILE_TYPING and any(_types(one, key_id) for one in filter(None, names)):
            wrong(
                key_id,
                f'"{typed}" is typed, and {key_id} acts while one types',
                'a key such as "escape" or "f2"',
            )
        elif _FIXED in names and known[key_id].key != _FIXED:
            wrong(key_id, f'"{_FIXED}" never ends or changes anything', "another key")
        else:
            wanted[key_id] = ",".join(filter(None, names))
    while clashing := _clashes(wanted):
        for key_id, (key, other) in clashing.items():
            wrong(
                key_id,
                f'"{written(key)}" is the key of {other} in the same place',
                "a key that is free there",
            )
            del wanted[key_id]
    return Keymap(wanted, problems)


def _types(key: str, key_id: str) -> bool:
    """Whether a key writes, or ends what is written."""
    ends = key == "enter" and key_id != "accept"
    return len(written(key)) == 1 or key in {"space", "backspace"} or ends


def _clashes(wanted: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The changed acts that share a key with another act of the same place: the key and the other's id."""
    found: dict[str, tuple[str, str]] = {}
    together = [[key for key in KEYS if key.place in places] for places in TOGETHER]
    together += [[key for key in KEYS if key.id in ids] for ids in _IN_A_LINE]
    for keys in together:
        pressed: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            for one in filter(None, wanted.get(key.id, key.key).split(",")):
                pressed[one].append(key.id)
        for one, ids in pressed.items():
            for key_id in ids:
                others = [other for other in ids if other != key_id]
                if key_id in wanted and others:
                    found.setdefault(key_id, (one, others[0]))
    return found
