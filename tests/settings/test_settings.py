"""Settings: what comes before what, and what is said about a file that is wrong."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.settings import Options, Settings, settings
from warroom.settings.default import commented, toml
from warroom.settings.file import read
from warroom.settings.options import options
from warroom.settings.toml_file import lines

Write = Callable[[str | bytes], Path]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of whoever runs the tests."""
    for option in options().values():
        monkeypatch.delenv(option.variable, raising=False)
    monkeypatch.setenv("WARROOM_HOME", str(tmp_path))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str | bytes) -> Path:
        path = tmp_path / "config" / "config.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def wrong(found: Settings) -> list[str]:
    """What is wrong, without the folder."""
    return [str(problem).replace(f"{found.config}/", "") for problem in found.problems]


# ── what comes before what ─────────────────────────────────────────────────────────────────────


def test_without_a_file_everything_is_as_usual() -> None:
    found = settings()
    assert found.options == Options()
    assert (found.origins, found.problems) == ({}, ())


def test_flag_before_environment_before_file_before_default(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("mouse = false\nbell = false\ntitle = false\n")
    monkeypatch.setenv("WARROOM_BELL", "1")
    monkeypatch.setenv("WARROOM_TITLE", "1")
    found = settings(title=False, mouse=None)
    said = {
        name: (getattr(found.options, name), found.origins.get(name)) for name in Options.__struct_fields__
    }
    assert said["mouse"] == (False, str(path))
    assert said["bell"] == (True, "WARROOM_BELL")
    assert said["title"] == (False, "command line")
    assert said["theme"] == ("", None)


def test_an_empty_variable_sets_nothing(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write('theme = "warroom-light"\n')
    monkeypatch.setenv("WARROOM_THEME", "")
    assert settings().options.theme == "warroom-light"


def test_a_variable_that_is_wrong_is_reported_and_the_file_holds(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("mouse = false\n")
    monkeypatch.setenv("WARROOM_MOUSE", "perhaps")
    found = settings()
    assert wrong(found) == ['WARROOM_MOUSE: is "perhaps", expected true or false']
    assert found.options.mouse is False


def test_folders_in_a_variable_are_separated_as_in_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARROOM_PLAYBOOK_FOLDERS", "/srv/runbooks:~/runbooks")
    found = settings()
    assert found.options.playbook_folders == ["/srv/runbooks", "~/runbooks"]
    assert found.playbook_folders[1:] == (Path("/srv/runbooks"), Path.home() / "runbooks")


def test_who_is_writing_is_one_line_of_plain_text(write: Write) -> None:
    write('user = "may\\u001b[31ma"\n')
    assert settings().user == "maya"


# ── what is said about a file that is wrong ────────────────────────────────────────────────────


def test_everything_that_is_wrong_is_said_at_once_and_the_rest_holds(write: Write) -> None:
    write(
        'user = "maya"\n'
        "\n"
        "playbook-folders = [\n"
        '  "a",\n'
        "  7,\n"
        "]\n"
        "mouse = 1\n"
        'them = "warroom-light"\n'
        'time-zone = "Mars/Olympus"\n'
        "[keys]\n"
        'note = "ctrl+n"\n'
        "undo = 3\n"
    )
    found = settings()
    assert wrong(found) == [
        "config.toml:3: playbook-folders is a list of other things, expected a list of texts, "
        'such as playbook-folders = ["…"]',
        "config.toml:7: mouse is a number, expected true or false",
        "config.toml:8: them is no setting, expected theme",
        'config.toml:9: time-zone is "Mars/Olympus", expected the name of one, such as "Europe/Berlin"',
        'config.toml:12: undo is a number, expected text in quotes, such as undo = "…"',
    ]
    assert found.user == "maya"
    assert found.options.keys == {"note": "ctrl+n"}
    assert found.options.mouse is True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\nmouse = maybe\n", "config.toml:2: "),
        ("mouse = true\nmouse = false\n", "config.toml:2: "),
        ('user = "maya', "config.toml:1: "),
        (b"\n\nuser = '\xff'\n", "config.toml:3: is no UTF-8, expected text in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_with_its_line(write: Write, text: Any, said: str) -> None:
    write(text)
    found = settings()
    assert len(found.problems) == 1
    assert wrong(found)[0].startswith(said)
    assert found.options == Options()


def test_a_folder_in_its_place_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "config" / "config.toml").mkdir(parents=True)
    assert "cannot be read" in wrong(settings())[0]


def test_a_byte_order_mark_is_no_key(write: Write) -> None:
    write(b"\xef\xbb\xbfmouse = false\r\n")
    assert settings().options.mouse is False


def test_nothing_in_a_file_can_act_on_the_terminal(write: Write) -> None:
    write('"\\u001b[2J" = 1\n')
    assert "\x1b" not in str(settings().problems[0])


# ── lines ──────────────────────────────────────────────────────────────────────────────────────


def test_a_key_is_found_whatever_stands_around_it() -> None:
    text = (
        '# theme = "x"\n'
        "\n"
        'theme = """\n'
        "mouse = true\n"
        '"""\n'
        "a.b = 1\n"
        "[keys] # mouse\n"
        'note = [ # "x"\n'
        '  "n"]\n'
        "mouse = 2\n"
    )
    assert lines(text) == {
        ("theme",): 3,
        ("a",): 6,
        ("a", "b"): 6,
        ("keys",): 7,
        ("keys", "note"): 8,
        ("keys", "mouse"): 10,
    }


_NAMES = st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True)
_VALUES = st.one_of(
    st.booleans().map(toml),
    st.text("ab#=[]\"'", max_size=12).map(toml),
    st.lists(st.text("ab#]=", max_size=4)).map(
        lambda texts: "[\n" + "".join(f"{toml(t)},\n" for t in texts) + "]"
    ),
    st.just('"""\nx = 1\n[keys]\n"""'),
)


@given(st.dictionaries(_NAMES, st.tuples(st.sampled_from(["", "\n", "# a = 1\n", "\n\n"]), _VALUES)))
def test_the_line_of_a_key_begins_with_it(document: dict[str, tuple[str, str]]) -> None:
    text = "".join(f"{before}{key} = {value}\n" for key, (before, value) in document.items())
    every = text.splitlines()
    found = lines(text)
    assert {keys[0] for keys in found} == set(document)
    assert all(every[line - 1].startswith(f"{key} = ") for (key,), line in found.items())


# ── the file that `config init` writes ─────────────────────────────────────────────────────────


def test_the_default_file_has_every_key_with_its_default_and_says_what_it_does(tmp_path: Path) -> None:
    text = commented([("note", ["n"], "Log what you see"), ("down", ["down", "j"], "One row down")])
    assert tomllib.loads(text) == {"keys": {}}
    path = tmp_path / "all.toml"
    bare = [line.removeprefix("#") if line[:2] != "# " else line for line in text.splitlines()]
    path.write_text("\n".join(bare))
    values, problems = read(path)
    assert problems == []
    keys = values.pop("keys")
    assert keys == {"note": "n", "down": ["down", "j"]}
    assert values == {option.name: option.default for option in options().values() if not option.is_table}
    assert all(option.doc.split()[0] in text and option.variable in text for option in options().values())
