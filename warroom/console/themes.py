"""The console's themes: those that ship with it, and a person's own from files."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct
from textual.theme import BUILTIN_THEMES, Theme

from warroom.console.contrast import contrast
from warroom.settings import Problem, Settings
from warroom.settings.toml_file import TomlFile, in_words, one_of

DEFAULT, LIGHT, SIXTEEN = "warroom-dark", "warroom-light", "warroom-ansi"
_FEW = 16  # colours; a theme needs more


class Palette(Struct, frozen=True):
    """A theme's colours. What the style sheets use is here, and nothing else."""

    background: str
    surface: str  # command bar, dialogs
    panel: str  # lines to type into, toasts
    foreground: str
    muted: str  # what matters less
    line: str  # borders
    accent: str
    cursor: str  # behind the row that the cursor is on
    success: str
    warning: str
    error: str
    sev0: str  # the highest severity
    sev1: str
    sev2: str
    sev3: str
    dark: bool = True


def _theme(name: str, palette: Palette, *, ansi: bool = False) -> Theme:
    own = {key: getattr(palette, key) for key in ("muted", "line", "cursor", "sev0", "sev1", "sev2", "sev3")}
    return Theme(
        name=name,
        primary=palette.accent,
        secondary=palette.muted,
        accent=palette.accent,
        foreground=palette.foreground,
        background=palette.background,
        surface=palette.surface,
        panel=palette.panel,
        success=palette.success,
        warning=palette.warning,
        error=palette.error,
        dark=palette.dark,
        variables={**(BUILTIN_THEMES["ansi-dark"].variables if ansi else _widgets(palette)), **own},
        ansi=ansi,
    )


def _widgets(palette: Palette) -> dict[str, str]:
    """What Textual's own widgets would else mix for themselves, and not always readably."""
    return {
        "input-cursor-background": palette.foreground,
        "input-cursor-foreground": palette.background,
        "input-selection-background": palette.cursor,
        "scrollbar": palette.line,
        "scrollbar-hover": palette.muted,
        "scrollbar-active": palette.accent,
        "scrollbar-background": palette.background,
        "scrollbar-background-hover": palette.background,
        "scrollbar-background-active": palette.background,
        "scrollbar-corner-color": palette.background,
    }


PALETTES: dict[str, Palette] = {
    DEFAULT: Palette(
        background="#14161d", surface="#1a1d27", panel="#252a38", foreground="#d5d9e6", muted="#929ab2",
        line="#3a4157", accent="#7dcfff", cursor="#262f47", success="#8fce6b", warning="#e6b450",
        error="#ff7b80", sev0="#ff7b80", sev1="#ff9e64", sev2="#e6cd69", sev3="#8fbcdb",
    ),
    LIGHT: Palette(
        background="#fafaf7", surface="#f1f1ec", panel="#e8e9e4", foreground="#1d2330", muted="#535a69",
        line="#c3c6c9", accent="#0b6a94", cursor="#dfe9fb", success="#2b6e1f", warning="#6f4700",
        error="#b3202c", sev0="#b3202c", sev1="#8f2d00", sev2="#6f5300", sev3="#2b5f86", dark=False,
    ),
    "warroom-high-contrast": Palette(
        background="#000000", surface="#000000", panel="#101010", foreground="#ffffff", muted="#c8c8c8",
        line="#8c8c8c", accent="#6fe3ff", cursor="#1c2c4c", success="#7dff7d", warning="#ffd75f",
        error="#ffa8a8", sev0="#ffa8a8", sev1="#ffbf80", sev2="#ffe680", sev3="#a8d8ff",
    ),
    # After Okabe and Ito: blue, orange and yellow stay apart in every common kind of colour blindness;
    # no meaning rests on red against green.
    "warroom-colour-blind": Palette(
        background="#14161d", surface="#1a1d27", panel="#252a38", foreground="#e4e6ee", muted="#959db4",
        line="#3a4157", accent="#56b4e9", cursor="#262f47", success="#6fb8f0", warning="#f0e442",
        error="#ff9a4d", sev0="#ff9a4d", sev1="#e69f00", sev2="#f0e442", sev3="#9cc9e8",
    ),
    SIXTEEN: Palette(
        background="ansi_default", surface="ansi_default", panel="ansi_default", foreground="ansi_default",
        muted="ansi_default", line="ansi_default", accent="ansi_cyan", cursor="ansi_default",
        success="ansi_green", warning="ansi_yellow", error="ansi_red", sev0="ansi_red", sev1="ansi_magenta",
        sev2="ansi_yellow", sev3="ansi_blue",
    ),
}  # fmt: skip

THEMES: tuple[Theme, ...] = tuple(_theme(name, each, ansi=name == SIXTEEN) for name, each in PALETTES.items())


class Wardrobe(NamedTuple):
    """The themes at hand, and what is wrong with those that are none."""

    themes: tuple[Theme, ...]
    problems: tuple[Problem, ...]

    def fitting(self, colours: int) -> tuple[str, ...]:
        """The themes that a terminal of so many colours can show.

        With sixteen it is the terminal's own colours or nothing: of those of a theme, several would
        become the same one, and what is written in one of them on another could not be seen.
        """
        return tuple(theme.name for theme in self.themes) if colours > _FEW else (SIXTEEN,)

    def choose(self, wanted: Iterable[str], colours: int) -> str:
        """The first theme of these that the terminal can show; else the usual one for so many colours."""
        names = self.fitting(colours)
        return next((name for name in wanted if name in names), DEFAULT if DEFAULT in names else SIXTEEN)


def wardrobe(settings: Settings) -> Wardrobe:
    """The console's themes and a person's own, of which one may replace one of the console's."""
    themes = {theme.name: theme for theme in THEMES}
    problems: list[Problem] = []
    for path in sorted(settings.themes.glob("*.toml")):
        palette, wrong = _read(path)
        problems += wrong
        if palette is not None:
            themes[path.stem] = _theme(path.stem, palette)
    chosen = settings.options.theme
    if chosen and chosen not in themes and not (settings.themes / f"{chosen}.toml").exists():
        problems.append(settings.wrong(f'there is no theme "{chosen}"', one_of(themes, chosen), "theme"))
    return Wardrobe(tuple(themes.values()), tuple(problems))


_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _read(path: Path) -> tuple[Palette | None, Sequence[Problem]]:
    """A theme from a file of colours. What it does not name is as in the dark or the light theme."""
    file = TomlFile(path)
    known = Palette.__struct_fields__
    for key, value in file.table.items():
        if key not in known:
            file.wrong((key,), f"{key} is no colour of a theme", one_of(known, key))
        elif key == "dark":
            if not isinstance(value, bool):
                file.wrong((key,), f"dark is {in_words(value)}", "true or false")
        elif not (isinstance(value, str) and _COLOUR.fullmatch(value)):
            file.wrong((key,), f"{key} is {in_words(value)}", "a colour such as #1a1d27")
    if file.problems:
        return None, file.problems
    usual = PALETTES[DEFAULT if file.table.get("dark", True) else LIGHT]
    palette = msgspec.structs.replace(usual, **file.table)
    _measure(palette, file)
    return palette, file.problems


_GROUNDS = ("background", "surface", "panel", "cursor")
_READABLE = 3.0  # WCAG's least for anything that is to be made out; its AA asks 4.5 of text


def _measure(palette: Palette, file: TomlFile) -> None:
    """Say of each colour that cannot be read where it is hardest; the theme is in force nevertheless."""
    for sign in Palette.__struct_fields__:
        if sign in (*_GROUNDS, "line", "dark"):
            continue
        found, ground = min((contrast(getattr(palette, sign), getattr(palette, on)), on) for on in _GROUNDS)
        if found < _READABLE:
            key = sign if sign in file.table else ground if ground in file.table else "dark"
            what = f"{sign} on {ground} can hardly be read, its contrast is {found:.1f}"
            file.wrong((key,), what, f"{_READABLE:g} or more; 4.5 is comfortable")
