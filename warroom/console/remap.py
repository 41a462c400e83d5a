"""Keys as one person has them: the registry with what the settings say, and what is wrong with that."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from warroom.console.key_names import named, written
from warroom.console.keys import KEYS, TOGETHER, Key
from warroom.settings import Problem, Settings
from warroom.settings.options import options

_FIXED = {
    **dict.fromkeys("123456", "goes to a pane"), "tab": "goes to the next pane",
    "shift+tab": "goes to the pane before", "ctrl+c": "never does anything", "ctrl+q": "quits at once",
}  # fmt: skip


_WHILE_TYPING = ("suspend", "back", "lobby-back", "leave-composer")  # the acts whose keys are never text
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

    def said(self, text: str) -> str:
        """A text that names acts, such as "press {note}", with their keys."""
        return _NAME.sub(self._said, text)

    def _said(self, name: re.Match[str]) -> str:
        key = self._keys.get(name[1])
        return (key.shown or f": {key.label}") if key else name[0]


def remapped(settings: Settings) -> Keymap:
    """The keys that the settings ask for. What is unknown or clashes is reported, and stays as usual."""
    problems: list[Problem] = []

    def wrong(key_id: str, what: str, expected: str) -> None:
        problems.append(settings.wrong(what, expected, "keys", key_id))

    wanted: dict[str, str] = {}
    known = {key.id for key in KEYS}
    settings_keys = {option.key for option in options().values()} - known
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
        elif key_id in _WHILE_TYPING and any(map(_types, filter(None, names))):
            wrong(
                key_id,
                f'"{typed}" is typed, and {key_id} acts while one types',
                'a key such as "escape" or "f2"',
            )
        elif taken := next((one for one in names if one in _FIXED), None):
            wrong(key_id, f'"{typed}" {_FIXED[taken]}', "another key")
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


def _types(key: str) -> bool:
    """Whether a key writes, or ends what is written."""
    return len(written(key)) == 1 or key in {"space", "enter", "backspace"}


def _clashes(wanted: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The changed acts that share a key with another act of the same place: the key and the other's id."""
    found: dict[str, tuple[str, str]] = {}
    for places in TOGETHER:
        pressed: dict[str, list[str]] = defaultdict(list)
        for key in KEYS:
            if key.place in places:
                for one in filter(None, wanted.get(key.id, key.key).split(",")):
                    pressed[one].append(key.id)
        for one, ids in pressed.items():
            for key_id in ids:
                others = [other for other in ids if other != key_id]
                if key_id in wanted and others:
                    found.setdefault(key_id, (one, others[0]))
    return found
