"""Themes: every text can be read in each of them, and a broken one is a word and no more."""

import re
from itertools import product
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual.widgets import Input

from tests.console.seat import Clock, seated
from warroom.assets import STYLES
from warroom.console.app import Console
from warroom.console.contrast import contrast
from warroom.console.themes import DEFAULT, PALETTES, SIXTEEN, THEMES, Palette, wardrobe
from warroom.front_desk import FrontDesk
from warroom.settings import Options, Settings

_SHEET = (STYLES / "console.tcss").read_text(encoding="utf-8")
_USED = set(re.findall(r"\$([a-z0-9-]+)", _SHEET))
_GROUNDS = {"background", "surface", "panel", "cursor"}
_SIGNS = _USED - _GROUNDS - {"line"}  # everything that text is written in
# The terminal's own palette is whatever its owner made of it; there is nothing to measure.
_MEASURED = [name for name in PALETTES if name != SIXTEEN]


def in_256(colour: str) -> str:
    """What a terminal of 256 colours makes of a colour."""
    return Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def test_contrast_is_what_wcag_says_it_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_uses_the_palette_and_nothing_else() -> None:
    assert set(Palette.__struct_fields__) - {"dark"} == _USED
    grounds = set(re.findall(r"background: \$([a-z0-9-]+)", _SHEET))
    assert grounds == _GROUNDS


@pytest.mark.parametrize("name", _MEASURED)
@pytest.mark.parametrize(("sign", "ground"), sorted(product(_SIGNS, _GROUNDS)))
def test_every_text_can_be_read(name: str, sign: str, ground: str) -> None:
    """WCAG AA everywhere, AAA in high contrast; a reversed badge has the same two colours."""
    needed = 7.0 if name == "warroom-high-contrast" else 4.5
    palette = PALETTES[name]
    assert contrast(getattr(palette, sign), getattr(palette, ground)) >= needed


@pytest.mark.parametrize("name", _MEASURED)
@pytest.mark.parametrize(("sign", "ground"), sorted(product(_SIGNS, _GROUNDS)))
def test_every_text_can_be_read_in_256_colours(name: str, sign: str, ground: str) -> None:
    needed = 7.0 if name == "warroom-high-contrast" else 4.5
    palette = PALETTES[name]
    assert contrast(in_256(getattr(palette, sign)), in_256(getattr(palette, ground))) >= needed


async def test_a_line_that_is_typed_into_stands_on_a_ground_that_was_measured(
    front: FrontDesk, clock: Clock
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n")
        assert isinstance(seat.console.focused, Input)
        assert seat.console.focused.background_colors[1].hex.lower() == PALETTES[DEFAULT].panel


def test_in_high_contrast_borders_are_plain_to_see() -> None:
    palette = PALETTES["warroom-high-contrast"]
    assert contrast(palette.line, palette.background) >= 3


# ── one's own ──────────────────────────────────────────────────────────────────────────────────


def mine(home: Path, text: str, theme: str = "mine") -> Settings:
    """Settings with a theme of one's own."""
    folder = home / "config" / "themes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.toml").write_text(text)
    return Settings(home, home / "config", "maya", Options(theme=theme))


def test_a_theme_of_ones_own_names_what_it_changes(tmp_path: Path) -> None:
    found = wardrobe(mine(tmp_path, 'dark = false\naccent = "#123456"\n'))
    assert found.problems == ()
    theme = next(theme for theme in found.themes if theme.name == "mine")
    assert (theme.accent, theme.background) == ("#123456", PALETTES["warroom-light"].background)
    assert found.choose(["mine"], colours=256) == "mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('accent = "#123456"\nacent = "#123456"', ":2: acent is no colour of a theme, expected accent"),
        ('accent = "red"', ':1: accent is "red", expected a colour such as #1a1d27'),
        ("accent = 7", ":1: accent is a number, expected a colour such as #1a1d27"),
        ('dark = "yes"', ':1: dark is "yes", expected true or false'),
        ("accent", ":1: "),
    ],
)
def test_a_broken_theme_is_one_problem_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    found = wardrobe(mine(tmp_path, text))
    assert [said in str(problem) for problem in found.problems] == [True]
    assert found.choose(["mine"], colours=256) == DEFAULT


def test_a_theme_that_can_hardly_be_read_is_in_force_and_warned_of(tmp_path: Path) -> None:
    found = wardrobe(mine(tmp_path, 'accent = "#123456"\nmuted = "#333344"\nline = "#14161d"\n'))
    assert [str(problem).split("/")[-1] for problem in found.problems] == [
        "mine.toml:2: muted on cursor can hardly be read, its contrast is 1.1, "
        "expected 3 or more; 4.5 is comfortable",
        "mine.toml:1: accent on cursor can hardly be read, its contrast is 1.0, "
        "expected 3 or more; 4.5 is comfortable",
    ]
    assert found.choose(["mine"], colours=256) == "mine"


def test_a_ground_that_swallows_the_usual_text_is_named(tmp_path: Path) -> None:
    found = wardrobe(mine(tmp_path, 'panel = "#d0d0d0"\n'))
    assert {problem.line for problem in found.problems} == {1}
    assert "foreground on panel" in str(found.problems[0])


async def test_a_broken_theme_is_one_toast_and_the_usual_theme(front: FrontDesk, clock: Clock) -> None:
    settings = mine(front.home, 'accent = "red"')
    async with seated(front, clock, settings=settings) as seat:
        (said,) = await seat.until(lambda: seat.said)
        assert said.startswith("Settings: themes/mine.toml:1: ")
        assert seat.console.theme == DEFAULT


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_the_console_opens_in_every_theme(front: FrontDesk, clock: Clock, theme: object) -> None:
    name = str(getattr(theme, "name", ""))
    settings = Settings(front.home, front.home / "config", "maya", Options(theme=name))
    async with seated(front, clock, settings=settings) as seat:
        assert seat.console.theme == name
        assert seat.shows("No incident yet")


# ── which one ──────────────────────────────────────────────────────────────────────────────────


def test_what_was_asked_for_comes_first_then_what_was_chosen_last(tmp_path: Path) -> None:
    found = wardrobe(Settings(tmp_path, tmp_path, "maya"))
    assert found.choose(["warroom-light", "warroom-dark"], colours=256) == "warroom-light"
    assert found.choose(["no such", "warroom-light"], colours=256) == "warroom-light"
    assert found.choose(["", ""], colours=256) == DEFAULT


@pytest.mark.parametrize("wanted", [[""], ["warroom-light"], ["", "warroom-dark"], ["mine"]])
def test_a_terminal_with_sixteen_colours_is_shown_in_its_own(tmp_path: Path, wanted: list[str]) -> None:
    assert wardrobe(mine(tmp_path, 'accent = "#123456"')).choose(wanted, colours=16) == SIXTEEN


@pytest.mark.parametrize("theme", ["warroom-dark", ""])
async def test_a_theme_that_sixteen_colours_cannot_show_is_said_and_not_offered(
    front: FrontDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    """What was asked for in the settings is answered; what was chosen elsewhere last is no news here."""
    monkeypatch.setattr(Console, "_colours", 16)
    front.remember("theme", "warroom-light")
    settings = Settings(front.home, front.home / "config", "maya", Options(theme=theme))
    async with seated(front, clock, settings=settings) as seat:
        assert seat.console.theme == SIXTEEN
        if theme:
            (said,) = await seat.until(lambda: seat.said)
            assert said.startswith("Theme: warroom-dark needs more than 16 colours")
        assert len(seat.said) == bool(theme)
        offered = [name for name in seat.console.more_commands() if name.startswith("Theme: ")]
        assert offered == [f"Theme: {SIXTEEN}"]
