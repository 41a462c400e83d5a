"""The roster file: read strictly, with errors that name the file and the line."""

from pathlib import Path

import pytest

from warroom.roster import BadRoster, read

GOOD = """\
# who can be called

[[person]]
handle = "@maya"
name = "Maya Lopez"
roles = ["Incident Commander"]
contact = "+1 555 0100"

[[person]]
handle = "@bob"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roster.toml"


def test_a_roster_is_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert [person.handle for person in read(file).people] == ["@maya", "@bob"]


def test_no_file_is_an_empty_roster(file: Path) -> None:
    assert read(file).people == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD + "contact = \n", 11, "Invalid value"),
        (GOOD + 'handle = "@bob"\n', 11, "overwrite"),
        (GOOD + 'phone = "1"\n', 11, "unknown key 'phone'"),
        (GOOD + '\n[[person]]\nname = "Ann"\n', 12, "needs a handle"),
        (GOOD + '\n[[person]]\nname = "Ann"\nhandle = "@Maya"\n', 14, "on the roster already"),
        (GOOD.replace("Incident Commander", "Boss"), 6, "unknown role 'Boss'"),
        ('[person]\nhandle = "@bob"\n', 1, "double brackets"),
        ('\nteam = "x"\n', 2, "unknown table or key 'team'"),
        ('[[people]]\nhandle = "@bob"\n', 1, "unknown table or key 'people'"),
    ],
)
def test_an_error_names_the_file_and_the_line(file: Path, text: str, line: int, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadRoster) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}:{line}: ")
    assert said in str(caught.value)


def test_what_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadRoster, match="not UTF-8"):
        read(file)
    file.unlink()
    file.mkdir()
    with pytest.raises(BadRoster, match="directory"):
        read(file)
