"""Exporting: what leaves is upright, small enough, hides who is blurred, and says nothing else."""

from __future__ import annotations

import hashlib
from io import BytesIO
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from smassistant.domain.edits import shown_box, size_after
from smassistant.domain.pictures import Box, Edit, FoundFace
from smassistant.errors import UserError
from smassistant.imaging import exporting
from smassistant.imaging.blurring import BLOCKS, MARGIN, corners
from smassistant.imaging.decoding import decode
from smassistant.imaging.exporting import export, export_faceless, working_copy
from smassistant.imaging.faces import face_finder
from smassistant.imaging.metadata import leftovers
from tests.unit.imaging.heic import heic
from tests.unit.imaging.pictures import difference, four_corners, group, noise, p3_profile, saved
from tests.unit.imaging.test_metadata import PLACE, bag, exif_of, packet

SECRET = "Ada Okafor of class 4B"


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def told_everywhere(kind: str) -> bytes:
    """A picture whose file tells a secret in every way its format has."""
    exif = exif_of({0x010E: SECRET, 0x013B: SECRET, 0x0112: 6}, gps=PLACE)
    raw = packet(bag("ext:PersonInImage", SECRET))
    options: dict[str, Any] = {"exif": exif, "icc_profile": p3_profile()}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Author", SECRET)
        notes.add_itxt("XML:com.adobe.xmp", raw.decode())
        options["pnginfo"] = notes
    elif kind == "TIFF":
        options = {"tiffinfo": {270: SECRET, 700: raw, 315: SECRET}}
    elif kind == "GIF":
        return saved(four_corners().quantize(4), kind, comment=SECRET.encode())
    else:
        options["xmp"] = raw
    if kind == "JPEG":
        options["comment"] = SECRET.encode()
    return saved(four_corners(), kind, **options) + SECRET.encode()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", "HEIC"])
def test_nothing_a_file_tells_gets_out(kind: str) -> None:
    data = heic(four_corners(), exif_of({0x013B: SECRET}, gps=PLACE)) + SECRET.encode()
    if kind != "HEIC":
        data = told_everywhere(kind)
    assert SECRET.encode() in data
    image = decode(data).image
    for copy in (export(image, [], 2560, 5_000_000), working_copy(image).data):
        assert leftovers(copy) == ()
        for planted in (SECRET.encode(), b"Exif", b"http", b"xmp", b"ICC", b"Photoshop", b"GPS"):
            assert planted not in copy


def test_the_working_copy_is_small_enough_and_told_truly() -> None:
    copy = working_copy(four_corners(5120, 3000))
    assert (copy.width, copy.height) == opened(copy.data).size == (2560, 1500)
    assert copy.digest == hashlib.sha256(copy.data).hexdigest()
    small = working_copy(four_corners(300, 200))
    assert (small.width, small.height) == (300, 200)
    assert difference(opened(small.data), four_corners(300, 200)) < 3


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1)])
def test_any_shape_can_be_exported(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, "red")
    assert max(opened(export(image, [], 1000, 100_000)).size) == min(1000, max(size))
    assert opened(working_copy(image).data).size


def test_an_export_is_a_plain_baseline_jpeg() -> None:
    data = export(four_corners(400, 300), [], 2560, 5_000_000)
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (400, 300))
    assert b"\xff\xc0" in data
    assert not image.info.get("progressive")
    assert difference(image, four_corners(400, 300)) < 3


@pytest.mark.parametrize("max_bytes", [2_000_000, 300_000, 60_000, 9_000])
def test_an_export_keeps_to_its_bytes(max_bytes: int) -> None:
    data = export(noise(1200, 900), [], 1000, max_bytes)
    assert len(data) <= max_bytes
    # As good as fits: no tenth of the limit for want of looking.
    assert len(data) > max_bytes / 4
    assert max(opened(data).size) <= 1000


def test_where_every_face_is_hidden_the_file_is_searched_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = group([(60, 100), (340, 100)], 220)

    class Overlooking:
        """Misses the right-hand face the first time."""

        looks = 0

        def find(self, image: Image.Image) -> tuple[FoundFace, ...]:
            self.looks += 1
            found = face_finder().find(image)
            return tuple(one for one in found if self.looks > 1 or one.box.x < 0.4)

    finder = Overlooking()
    monkeypatch.setattr(exporting, "face_finder", lambda: finder)
    result = opened(export_faceless(image, 2560, 5_000_000))
    assert not face_finder().find(result)
    assert finder.looks > 2


def test_what_cannot_be_made_small_enough_is_refused() -> None:
    with pytest.raises(UserError, match="small enough"):
        export(noise(800, 600), [], 800, 400)


def test_blurred_faces_are_hidden_and_others_are_not() -> None:
    image = group([(60, 100), (340, 100)], 220)
    left, right = sorted((one.box for one in face_finder().find(image)), key=lambda box: box.x)
    result = opened(export(image, [left], 2560, 5_000_000))
    found = [one.box for one in face_finder().find(result) if one.sure]
    assert len(found) == 1
    assert found[0].x == pytest.approx(right.x, abs=0.02)


def test_small_limits_still_hide_faces() -> None:
    places = [(60 + 180 * column, 40 + 200 * row) for column in range(7) for row in range(4)]
    image = group(places, 120, (1400, 900))
    boxes = [one.box for one in face_finder().find(image)]
    for edge in (1400, 700):
        result = opened(export(image, boxes, edge, 60_000))
        assert not [one for one in face_finder().find(result) if one.sure]


def test_a_blur_that_fails_is_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The finished file is looked at again; a face still there gets a flat cover."""
    image = group([(200, 100)], 200)
    box = face_finder().find(image)[0].box
    monkeypatch.setattr(exporting, "blur", lambda image, boxes: image)
    result = opened(export(image, [box], 2560, 5_000_000))
    inside = np.asarray(result.crop((270, 170, 330, 230)))
    assert np.ptp(inside, axis=(0, 1)).max() < 16
    assert not face_finder().find(result)


def test_a_face_that_stays_visible_is_never_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    image = group([(200, 100)], 200)
    box = face_finder().find(image)[0].box
    monkeypatch.setattr(exporting, "blur", lambda image, boxes: image)
    monkeypatch.setattr(exporting, "cover", lambda image, boxes: image)
    with pytest.raises(UserError, match="not exported") as caught:
        export(image, [box], 2560, 5_000_000)
    assert "can still be found" in caught.value.explanation


def test_a_file_with_something_left_is_never_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "leftovers", lambda data: ("EXIF",))
    with pytest.raises(UserError, match="EXIF"):
        export(four_corners(), [], 2560, 5_000_000)
    with pytest.raises(UserError, match="EXIF"):
        working_copy(four_corners())


def test_the_same_picture_gives_the_same_file() -> None:
    image = group([(200, 100)], 200)
    boxes = [Box(0.35, 0.25, 0.2, 0.3)]
    assert export(image, boxes, 600, 50_000) == export(image, boxes, 600, 50_000)
    edit = Edit(turns=1, slant=3.5, crop=Box(0.1, 0.1, 0.8, 0.8), light=0.3)
    assert export(image, boxes, 600, 50_000, edit) == export(image, boxes, 600, 50_000, edit)


@pytest.mark.parametrize(
    "edit",
    [
        Edit(turns=1),
        Edit(turns=2, light=0.6),
        Edit(slant=-12),
        Edit(crop=Box(0.05, 0.1, 0.9, 0.8), light=-0.4),
        Edit(turns=3, slant=8, crop=Box(0, 0.1, 1, 0.85), light=0.2),
    ],
)
def test_an_edited_picture_hides_the_same_face(edit: Edit) -> None:
    image = group([(60, 100), (340, 100)], 220)
    left, right = sorted((one.box for one in face_finder().find(image)), key=lambda box: box.x)
    result = opened(export(image, [left], 2560, 5_000_000, edit))
    assert result.size == size_after(edit, *image.size)
    shown = [one.box for one in face_finder().find(result) if one.sure]
    expected = shown_box(right, edit, *image.size)
    assert expected is not None
    (found,) = shown
    assert found.x + found.w / 2 == pytest.approx(expected.x + expected.w / 2, abs=0.04)
    assert found.y + found.h / 2 == pytest.approx(expected.y + expected.h / 2, abs=0.04)


@pytest.mark.parametrize("edit", [Edit(slant=13), Edit(turns=1, crop=Box(0.2, 0.2, 0.8, 0.8))])
def test_a_blur_that_fails_in_an_edited_picture_is_covered(
    edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = group([(200, 100)], 200)
    box = face_finder().find(image)[0].box
    monkeypatch.setattr(exporting, "blur", lambda image, boxes: image)
    result = opened(export(image, [box], 2560, 5_000_000, edit))
    assert not [one for one in face_finder().find(result) if one.sure]
    monkeypatch.setattr(exporting, "cover", lambda image, boxes: image)
    with pytest.raises(UserError, match="not exported"):
        export(image, [box], 2560, 5_000_000, edit)


BLURRED = Box(0.3, 0.25, 0.3, 0.4)


def with_details_moved(image: Image.Image) -> Image.Image:
    """The pixels of each row of the blurred box shuffled, within each block of the blur.

    So the means of all blocks are as they were, to the last bit.
    """
    pixels = np.asarray(image).copy()
    shuffle = np.random.default_rng(7).permutation
    inner = corners(BLURRED, image.size)
    left, top, right, bottom = corners(BLURRED, image.size, MARGIN)
    across = np.linspace(left, right, BLOCKS + 1)
    down = np.linspace(top, bottom, BLOCKS + 1)
    for x1, x2 in pairwise(across):
        for y1, y2 in pairwise(down):
            columns = slice(max(ceil(x1), inner[0]), min(int(x2), inner[2]))
            for y in range(max(ceil(y1), inner[1]), min(int(y2), inner[3])):
                pixels[y, columns] = shuffle(pixels[y, columns])
    return Image.fromarray(pixels)


@pytest.mark.parametrize("edit", [Edit(), Edit(turns=1, slant=4, light=0.5)])
def test_two_faces_with_the_same_nine_colours_give_the_same_file(edit: Edit) -> None:
    """Nothing but the means of the blocks gets out: what made the faces differ is gone."""
    one = noise(300, 240)
    other = with_details_moved(one)
    assert difference(one, other) > 5
    assert export(one, [BLURRED], 300, 500_000, edit) == export(
        other, [BLURRED], 300, 500_000, edit
    )
    assert export(one, [], 300, 500_000, edit) != export(other, [], 300, 500_000, edit)


def likeness(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    """The correlation of two pieces; a flat one is like nothing."""
    one, two = one - one.mean(), two - two.mean()
    return float((one * two).mean() / (one.std() * max(two.std(), 1)))


def test_no_piece_of_a_blurred_face_is_found_in_the_file() -> None:
    image = noise(300, 240)
    hidden = np.asarray(opened(export(image, [BLURRED], 300, 500_000)), float)
    plain = np.asarray(opened(export(image, [], 300, 500_000)), float)
    left, top, right, bottom = corners(BLURRED, image.size)
    original = np.asarray(image, float)
    alike: dict[str, list[float]] = {"hidden": [], "plain": []}
    for y in range(top, bottom - 8, 8):
        for x in range(left, right - 8, 8):
            piece = original[y : y + 8, x : x + 8].ravel()
            for name, picture in (("hidden", hidden), ("plain", plain)):
                there = picture[y : y + 8, x : x + 8].ravel()
                alike[name].append(likeness(piece, there))
    assert np.mean(alike["plain"]) > 0.5
    assert abs(np.mean(alike["hidden"])) < 0.05
    assert max(alike["hidden"]) < 0.4
