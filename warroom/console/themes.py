"""The console's own themes."""

from textual.theme import Theme

THEMES: tuple[Theme, ...] = (
    Theme(
        name="warroom-dark",
        primary="#7aa2f7", secondary="#565f89", accent="#7dcfff", foreground="#d5d9e6", background="#14161d",
        surface="#1a1d27", panel="#252a38", success="#8fce6b", warning="#e6b450", error="#ff6b70", dark=True,
        variables={
            "muted": "#8b93ab", "line": "#3a4157", "cursor": "#2c3550", "sev0": "#ff6b70", "sev1": "#ff9e64",
            "sev2": "#e6cd69", "sev3": "#8fbcdb",
        },
    ),
    Theme(
        name="warroom-light",
        primary="#2457c5", secondary="#6b7280", accent="#0b6a94", foreground="#1d2330", background="#fafaf7",
        surface="#f1f1ec", panel="#e3e4de", success="#2b6e1f", warning="#8a5a00", error="#b3202c", dark=False,
        variables={
            "muted": "#5b6272", "line": "#c3c6c9", "cursor": "#d5e2f7", "sev0": "#b3202c", "sev1": "#a34400",
            "sev2": "#7a5b00", "sev3": "#2b5f86",
        },
    ),
)  # fmt: skip
