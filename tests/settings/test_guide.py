"""The examples of the guide to settings are sound."""

import re
from pathlib import Path

from warroom.console.remap import remapped
from warroom.console.themes import PALETTES, Palette, wardrobe
from warroom.settings import Options, Settings
from warroom.settings.file import read

_GUIDE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
_KEYS, _THEME = re.findall(r"```toml\n(.*?)```", _GUIDE, re.DOTALL)


def test_the_example_of_keys(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(_KEYS)
    values, problems = read(file)
    assert problems == []
    assert remapped(Settings(tmp_path, tmp_path, "maya", Options(**values))).problems == ()


def test_the_example_of_a_theme_names_every_colour(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "night.toml").write_text(_THEME)
    found = wardrobe(Settings(tmp_path, tmp_path, "maya", Options(theme="night")))
    assert found.problems == ()
    assert all(re.search(rf"^{name} = ", _THEME, re.MULTILINE) for name in Palette.__struct_fields__)


def test_every_theme_is_named() -> None:
    assert all(f"`{name}`" in _GUIDE for name in PALETTES)
