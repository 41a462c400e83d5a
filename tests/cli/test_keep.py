"""verify, repair, export, import: files looked after from the shell."""

from pathlib import Path

from tests.cli.conftest import Cli


def _file(home: Path) -> Path:
    (file,) = home.rglob("INC-*.json")
    return file


def _incident(warroom: Cli) -> str:
    number = warroom("declare", "Checkout is down").stdout.strip()
    for text in ("one", "two", "three"):
        warroom("log", text)
    return number


def test_a_sound_incident_is_said_to_be_sound(warroom: Cli) -> None:
    number = _incident(warroom)
    assert warroom("verify").stdout == f"{number}  5 entries sound\n"
    assert "nothing to do" in warroom("repair", number).stdout


def test_damage_is_found_and_set_aside_and_the_rest_stays(warroom: Cli, home: Path) -> None:
    number = _incident(warroom)
    file = _file(home)
    file.write_bytes(file.read_bytes().replace(b'"one"', b'"onf"')[:-9])
    said = warroom("verify", number, code=1)
    assert "damaged entry" in said.stdout
    assert f"warroom repair {number}" in said.stderr
    assert "damaged entry" in warroom("repair", number).stdout
    assert warroom("verify").stdout.startswith(number)
    shown = warroom("show", "-i", number).stdout
    assert "two" in shown
    assert "onf" not in shown
    assert b"onf" in file.with_suffix(".damaged").read_bytes()


def test_an_incident_goes_to_another_machine_and_comes_back(warroom: Cli, tmp_path: Path) -> None:
    number = _incident(warroom)
    copy = tmp_path / "copy.json"
    warroom("export", number, "-o", str(copy))
    warroom("log", "four")
    assert "0 new entries" in warroom("import", str(copy)).stdout  # nothing of ours is lost
    assert "four" in warroom("show", "-i", number).stdout
    there = str(tmp_path / "there")
    assert f"{number}  5 entries taken in" in warroom("--home", there, "import", str(copy)).stdout
    assert "three" in warroom("--home", there, "show", "-i", number).stdout


def test_what_is_no_incident_is_refused(warroom: Cli, tmp_path: Path) -> None:
    junk = tmp_path / "junk.json"
    junk.write_bytes(b"\x00junk")
    assert "no incident" in warroom("import", str(junk), code=1).stderr
    assert warroom("verify", "../../etc/passwd", code=1).stderr
    assert warroom("repair", "INC-2026-0099", code=1).stderr
