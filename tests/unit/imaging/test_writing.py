"""Reading the writing in pictures with the real networks."""

from __future__ import annotations

import socket
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import copyfile
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from smassistant.domain.folding import squash
from smassistant.domain.pictures import Box, FoundWriting
from smassistant.errors import Cancelled, UserError
from smassistant.imaging import letters
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.imaging.writing import WritingReader, writing_reader
from smassistant.jobs import Task
from tests.unit.imaging.pictures import noise, sign

Words = tuple[FoundWriting, ...]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched and nothing is sent: a socket ends the test."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def wall(*signs: tuple[Image.Image, tuple[int, int]], size: tuple[int, int]) -> Image.Image:
    """A green wall with signs on it."""
    image = Image.new("RGB", size, (70, 110, 90))
    for one, place in signs:
        image.paste(one, place)
    return image


def read(image: Image.Image, thorough: bool = False) -> Words:
    return writing_reader().read(image, thorough)


def keys(found: Words) -> list[str]:
    return [squash(one.text) for one in found]


@pytest.mark.parametrize("thorough", [False, True])
def test_the_lines_of_a_tag_are_read_from_the_top_with_their_places(thorough: bool) -> None:
    image = wall((sign("Hello my name is", "Emma Kowalski"), (150, 60)), size=(800, 400))
    found = read(image, thorough)
    assert keys(found) == ["hellomynameis", "emmakowalski"]
    box = found[1].box
    assert 0.15 < box.x < 0.3
    assert 0.3 < box.y < 0.5
    assert all(one.score > 0.8 for one in found)


@pytest.mark.parametrize("turn", [90, 180, 270, 30, -30])
def test_turned_words_are_read(turn: int) -> None:
    turned = sign("Certificate", "Noah Lindqvist").rotate(turn, expand=True, fillcolor="white")
    found = read(wall((turned, (80, 60)), size=(700, 640)), thorough=True)
    assert "noahlindqvist" in keys(found)


def test_small_letters_are_read_thoroughly_where_a_quick_look_may_miss_them() -> None:
    small = sign("Priya Raman", height=14)
    image = wall((small, (1900, 1500)), (small, (60, 70)), size=(2560, 1920))
    assert keys(read(image, thorough=True)) == ["priyaraman", "priyaraman"]


def test_words_that_lie_over_the_edge_of_a_tile_are_read_whole_and_once() -> None:
    image = wall((sign("Welcome to Brightwater School", height=60), (300, 600)), size=(1600, 1300))
    assert keys(read(image, thorough=True)) == ["welcometobrightwaterschool"]


def test_a_picture_without_words_has_none() -> None:
    assert read(Image.effect_noise((400, 300), 40).convert("RGB"), thorough=True) == ()
    assert read(Image.new("RGB", (1, 1)), thorough=True) == ()


def test_the_photo_reader_reads_a_working_copy() -> None:
    out = BytesIO()
    wall((sign("Room of Ms. Okafor"), (40, 40)), size=(600, 200)).save(out, "JPEG")
    (one,) = LocalPhotoReader().read_writing(out.getvalue())
    assert "okafor" in squash(one.text)
    assert isinstance(one.box, Box)


def test_a_cancelled_reading_stops() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        writing_reader().read(Image.new("RGB", (600, 400)), True, task)


def test_a_thorough_reading_says_how_far_it_is() -> None:
    steps: list[tuple[int, int]] = []
    task = Task(lambda done, total, _label: steps.append((done, total)))
    writing_reader().read(Image.new("RGB", (1600, 1200)), True, task)
    assert steps[0][0] == 0
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert steps[-1][0] < steps[-1][1]


def _without(folder: Path) -> None:
    (folder / letters.READER[0]).unlink()


def _damaged(folder: Path) -> None:
    data = bytearray((folder / letters.FINDER[0]).read_bytes())
    data[5_000_000] ^= 1
    (folder / letters.FINDER[0]).write_bytes(data)


@pytest.mark.parametrize("harm", [_without, _damaged])
def test_a_missing_or_damaged_model_is_told(harm: Callable[[Path], None], tmp_path: Path) -> None:
    for name, _digest in (letters.FINDER, letters.TURNER, letters.READER):
        copyfile(letters._folder() / name, tmp_path / name)
    harm(tmp_path)
    with pytest.raises(UserError, match="can't be read") as caught:
        letters.load_letters(tmp_path)
    assert "again" in caught.value.next_step


def test_a_computer_without_the_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UserError, match="on this computer"):
        letters.load_letters()


@pytest.mark.parametrize(("text", "score", "is_one"), [
    ("Emma", 0.55, True), ("Zoë", 0.6, True), ("Li", 0.95, True), ("7", 0.97, True),
    ("aaa", 0.84, False), ("SS", 0.6, False), ("6o", 0.54, False), ("I", 0.95, False),
    ("可司", 0.58, False), ("王伟", 0.95, True),
])  # fmt: skip
def test_a_mark_is_no_writing(text: str, score: float, is_one: bool) -> None:
    pixels = noise(640, 320)
    corners = np.array([(40, 40), (240, 40), (240, 90), (40, 90)], np.float32)
    networks = SimpleNamespace(
        find=lambda _pixels: iter([corners]),
        read=lambda strips, _task: [(text, score)] * len(strips),
    )
    found = WritingReader(networks).read(pixels)  # type: ignore[arg-type]
    assert {one.text for one in found} == ({text} if is_one else set())


@pytest.mark.parametrize("name", ["choir", "science_fair", "track_meet"])
def test_painted_photos_hold_no_names(name: str) -> None:
    """The made-up school says so of its photos without reading them."""
    photo = Path(__file__).parents[3] / "resources/sample/photos" / f"{name}.jpg"
    with Image.open(photo) as image:
        found = writing_reader().read(image.convert("RGB"), thorough=name == "science_fair")
    assert all(len(writing.text) < 5 for writing in found)
