"""Finding faces: near and far, turned, many at once, and never in silence when it can't work."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageFilter

from smassistant.domain.pictures import Box, FoundFace
from smassistant.errors import Cancelled, UserError
from smassistant.imaging import faces
from smassistant.imaging.faces import MODEL, FaceFinder, face_finder
from smassistant.jobs import Task
from tests.unit.imaging.pictures import face, four_corners, group, noise


def middle(box: Box, size: tuple[int, int]) -> tuple[float, float]:
    return (box.x + box.w / 2) * size[0], (box.y + box.h / 2) * size[1]


def seen(
    found: tuple[FoundFace, ...], places: list[tuple[int, int]], size: int, image: Image.Image
) -> list[bool]:
    """For each drawn face whether a sure one was found at its middle."""
    middles = [middle(one.box, image.size) for one in found if one.sure]
    return [
        any(
            abs(x - left - size / 2) < size / 5 and abs(y - top - size / 2) < size / 5
            for x, y in middles
        )
        for left, top in places
    ]


def test_a_face_is_found_where_it_is() -> None:
    image = group([(200, 100)], 200)
    found = face_finder().find(image)
    assert len(found) == 1
    box = found[0].box
    assert found[0].score > 0.8
    # The drawing's tight box, from brow to chin.
    for value, expected in zip(
        (box.x * 640, box.y * 480, box.w * 640, box.h * 480), (252, 141, 93, 119), strict=True
    ):
        assert value == pytest.approx(expected, abs=20)


def test_a_whole_class_is_found() -> None:
    places = [(60 + 180 * column, 40 + 200 * row) for column in range(7) for row in range(4)]
    image = group(places, 120, (1400, 900))
    found = face_finder().find(image)
    assert all(seen(found, places, 120, image))
    assert sum(one.sure for one in found) == len(places)


def test_small_faces_in_twelve_megapixels_are_found() -> None:
    """Faces of 24 pixels that a look at the whole picture alone can't see."""
    places = [(500 + 700 * column, 400 + 500 * row) for column in range(5) for row in range(5)]
    image = group(places, 52, (4032, 3024))
    assert sum(seen(face_finder().find(image), places, 52, image)) >= 24


@pytest.mark.parametrize("picture", [four_corners(900, 700), Image.new("RGB", (800, 600), "white")])
def test_no_face_is_seen_where_there_is_none(picture: Image.Image) -> None:
    assert face_finder().find(picture) == ()


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_photo_shows_its_faces(turns: int) -> None:
    """Small faces that are found upright only; without orientation data the turn is guessed."""
    places = [(40 + 200 * column, 60 + 220 * row) for column in range(3) for row in range(2)]
    upright = group(places, 48)
    expected = [one.box for one in face_finder().find(upright)]
    assert len(expected) == len(places)
    image = Image.fromarray(np.rot90(np.asarray(upright), turns).copy())
    found = [one.box for one in face_finder().find(image) if one.sure]
    for box in expected:
        left, top, right, bottom = box.x, box.y, box.x + box.w, box.y + box.h
        for _ in range(turns):
            left, top, right, bottom = top, 1 - right, bottom, 1 - left
        turned = pytest.approx((left, top, right - left, bottom - top), abs=0.01)
        assert any((one.x, one.y, one.w, one.h) == turned for one in found)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_who_lies_in_an_upright_photo_is_perhaps_found(turns: int) -> None:
    """Somebody in the grass before the team: the photo is upright, this face is not."""
    places = [(40, 60), (240, 60), (440, 60)]
    image = group(places, 48)
    lying = Image.fromarray(np.rot90(np.asarray(face(48)), turns).copy())
    image.paste(lying, (250, 280))
    found = face_finder().find(image)
    assert all(seen(found, places, 48, image))
    (one,) = (one for one in found if one.box.y > 0.5)
    assert one.sure or turns


def test_faces_in_a_dark_photo_are_found() -> None:
    places = [(60, 60), (340, 60), (200, 240)]
    image = group(places, 200).point(lambda value: value // 24)
    assert all(seen(face_finder().find(image), places, 200, image))


def test_a_face_across_tiles_is_one_face() -> None:
    """At full size the picture is looked at in tiles; a large face lies in several of them."""
    image = group([(1050, 900)], 500, (2600, 2000))
    found = face_finder().find(image)
    assert [one.sure for one in found] == [True]
    assert found[0].box.w * 2600 > 200


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (5000, 40), (40, 5000), (641, 640), (1900, 3)])
def test_any_shape_of_picture_is_fine(size: tuple[int, int]) -> None:
    assert isinstance(face_finder().find(Image.new("RGB", size, "grey")), tuple)


def test_boxes_stay_inside_the_picture() -> None:
    image = group([(0, 0)], 300).crop((95, 80, 500, 400))
    for one in face_finder().find(image):
        assert 0 <= one.box.x <= one.box.x + one.box.w <= 1
        assert 0 <= one.box.y <= one.box.y + one.box.h <= 1


def test_looking_can_be_cancelled() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        face_finder().find(group([(200, 100)], 200), task)


def test_looking_stops_between_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    task, finder, passes = Task(), FaceFinder(), []
    look = FaceFinder._detect

    def cancelling(self: FaceFinder, pixels: faces.Pixels) -> object:
        passes.append(pixels.shape)
        task.cancel()
        return look(self, pixels)

    monkeypatch.setattr(FaceFinder, "_detect", cancelling)
    with pytest.raises(Cancelled):
        finder.find(noise(2400, 1800), task)
    assert len(passes) == 1


def test_threads_may_share_the_finder() -> None:
    finder = FaceFinder()
    pictures = [group([(100 + 20 * n, 60 + 10 * n)], 160 + 10 * n) for n in range(4)]
    alone = [finder.find(picture) for picture in pictures]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(finder.find, pictures)) == alone


def test_a_damaged_model_is_an_error_not_an_empty_answer(tmp_path: Path) -> None:
    """Zero faces from a broken finder would look as if everybody were accounted for."""
    for content in (b"", MODEL.read_bytes()[:-1], b"\0" * 1000):
        model = tmp_path / f"{len(content)}.onnx"
        model.write_bytes(content)
        with pytest.raises(UserError, match="can't be looked for"):
            FaceFinder(model).find(four_corners())
    with pytest.raises(UserError, match="can't be looked for"):
        FaceFinder(tmp_path / "missing.onnx").find(four_corners())


def test_the_model_is_found_under_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "Ágnes 班"
    folder.mkdir()
    shutil.copy(MODEL, folder / "model.onnx")
    assert FaceFinder(folder / "model.onnx").find(group([(200, 100)], 200))


def test_opencv_is_the_build_without_a_window() -> None:
    """The other build brings Qt plugins that break ours."""
    gui = next(line for line in cv2.getBuildInformation().splitlines() if "GUI:" in line)
    assert "NONE" in gui


def test_a_blurred_photo_keeps_its_group() -> None:
    places = [(60, 60), (340, 60), (200, 240)]
    image = group(places, 200).filter(ImageFilter.GaussianBlur(2))
    assert all(seen(face_finder().find(image), places, 200, image))


def test_faces_are_never_compared_with_one_another() -> None:
    """The model has a detector's outputs only, no embedding by which to know a face again."""
    net = cv2.dnn.readNetFromONNX(np.frombuffer(MODEL.read_bytes(), np.uint8))
    names = {name.split("_")[0] for name in net.getUnconnectedOutLayersNames()}
    assert names == {"cls", "obj", "bbox", "kps"}
