"""What is built has everything: the source archive, and the wheel that is made of it."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from warroom import __version__
from warroom.cli.help import GUIDES

CHECKOUT = Path(__file__).parent.parent

_LOOK = """
import json
from warroom import assets, drills, playbooks
print(json.dumps({
    "package": assets.__file__,
    "styles": [path.name for path in assets.STYLES.glob("*.tcss")],
    "phases": len(playbooks.builtin().playbook.phases),
    "drills": [name for name, _ in drills.available()],
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel, which is made of the source archive, in a folder of its own."""
    out = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(CHECKOUT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(out / "site")
    return out / "site"


def test_the_changelog_begins_with_the_version_that_is_built() -> None:
    changelog = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = next(line for line in changelog.splitlines() if line.startswith("## "))
    assert first.removeprefix("## ").split(",")[0] == __version__


def test_the_source_archive_has_all_that_the_tests_need(installed: Path) -> None:
    (archive,) = installed.parent.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        top = {Path(name).parts[1] for name in file.getnames() if len(Path(name).parts) > 1}
    needed = {"warroom", "styles", "data", "tests", "docs", "benchmarks", "Makefile", "constraints.txt"}
    assert needed | {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml"} <= top


def test_an_installed_wheel_finds_its_styles_playbook_and_drills(installed: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(installed)}
    said = subprocess.run(
        [sys.executable, "-P", "-c", _LOOK], env=env, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    found = json.loads(said.stdout)
    assert Path(found["package"]).is_relative_to(installed)
    assert found["styles"] == ["console.tcss"]
    assert found["phases"] == 6
    assert "database-pool-exhaustion" in found["drills"]


def test_the_wheel_carries_every_guide(installed: Path) -> None:
    assert {path.stem for path in (installed / "warroom" / "docs").iterdir()} == set(GUIDES)


def test_the_wheel_carries_type_information_and_no_tests(installed: Path) -> None:
    assert (installed / "warroom" / "py.typed").is_file()
    assert not (installed / "tests").exists()
