"""The README's recording: frames become one picture that moves."""

from xml.etree import ElementTree as ET

from rich.segment import Segment
from rich.style import Style

from docs.recording import Frame, Picture

PLAIN = (Segment("a < b  ", Style(color="#ffffff", bgcolor="#000000")),)
LOUD = (Segment("fire", Style(color="#ffffff", bgcolor="#ff0000", bold=True)),)
_SVG = "{http://www.w3.org/2000/svg}"


def drawn(*frames: Frame) -> ET.Element:
    return ET.fromstring(Picture(frames).svg())


def test_every_row_is_drawn_once_and_frames_name_their_rows() -> None:
    root = drawn(Frame((PLAIN, PLAIN), 1), Frame((PLAIN, LOUD), 2))
    rows = root.find(f"{_SVG}defs")
    assert rows is not None
    assert len(rows) == 2
    frames = [g for g in root.findall(f"{_SVG}g") if (g.get("id") or "").startswith("f")]
    assert [[use.get("href") for use in frame] for frame in frames] == [["#r0", "#r0"], ["#r0", "#r1"]]


def test_text_reads_as_it_was_with_its_spaces() -> None:
    text = next(drawn(Frame((PLAIN,), 1)).iter(f"{_SVG}text"))
    assert text.text == "a\u00a0<\u00a0b\u00a0\u00a0"


def test_frames_follow_each_other_and_those_that_look_alike_are_one() -> None:
    style = next(drawn(Frame((PLAIN,), 1), Frame((PLAIN,), 2), Frame((LOUD,), 1)).iter(f"{_SVG}style")).text
    assert style is not None
    assert style.count("@keyframes") == 2
    assert "75%{visibility:hidden}" in style
    assert "k0 4s step-end infinite" in style


def test_who_wants_no_motion_sees_the_last_frame() -> None:
    style = next(drawn(Frame((PLAIN,), 1), Frame((LOUD,), 1)).iter(f"{_SVG}style")).text
    assert style is not None
    assert "prefers-reduced-motion" in style
    assert style.endswith("#f1{visibility:visible}}")
