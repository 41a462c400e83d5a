"""The README says what the code says."""

from docs.pictures import README, with_key_table


def test_the_table_of_keys_is_the_registry() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_key_table(text) == text, "run `make pictures`"


def test_every_picture_it_shows_is_there() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    shown = [line.split("](")[1].rstrip(")") for line in lines if line.startswith("![")]
    assert shown
    assert all((README.parent / name).is_file() for name in shown)
