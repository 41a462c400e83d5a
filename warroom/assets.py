"""Where `styles/`, `data/` and the guides lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    return _PACKAGE if (_PACKAGE / "styles").is_dir() else _PACKAGE.parent


STYLES = _root() / "styles"
DATA = _root() / "data"
PLAYBOOKS = DATA / "playbooks"
DRILLS = DATA / "drills"
TEMPLATES = DATA / "templates"
GUIDES = _root() / "docs"
