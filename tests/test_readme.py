"""The README says what the code says."""

from docs.pictures import README, with_tables


def test_its_tables_of_keys_are_the_registry() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text, "run `make pictures`"
    assert with_tables(text.replace("Log what you see", "")) == text


def test_every_picture_it_shows_is_there() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    shown = [line.split("](")[1].rstrip(")") for line in lines if line.startswith("![")]
    assert shown
    assert all((README.parent / name).is_file() for name in shown)
