"""Blurring: nothing of a face can be found or restored, and nothing else is touched."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from smassistant.domain.pictures import Box
from smassistant.imaging.blurring import BLOCKS, blur, corners, cover
from smassistant.imaging.faces import face_finder
from tests.unit.imaging.pictures import group, noise

BOX = Box(0.4, 0.3, 0.2, 0.3)


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image).astype(int)


@pytest.mark.parametrize("hide", [blur, cover])
@pytest.mark.parametrize("size", [60, 120, 240, 400])
def test_a_hidden_face_is_not_found_again(hide: object, size: int) -> None:
    image = group([(120, 40)], size, (640, 480))
    found = face_finder().find(image)
    assert found
    assert callable(hide)
    assert not [one for one in face_finder().find(hide(image, [found[0].box])) if one.sure]


@pytest.mark.parametrize("hide", [blur, cover])
def test_the_picture_given_stays_as_it_was(hide: object) -> None:
    image = noise(100, 80)
    before = image.tobytes()
    assert callable(hide)
    hide(image, [BOX])
    assert image.tobytes() == before


@pytest.mark.parametrize("hide", [blur, cover])
def test_the_whole_box_is_replaced_and_what_is_far_from_it_kept(hide: object) -> None:
    image = noise(200, 200)
    assert callable(hide)
    changed = np.abs(pixels(hide(image, [BOX])) - pixels(image)).sum(axis=2)
    inside = changed[60:120, 80:120]
    assert (inside > 0).mean() > 0.98
    kept = np.ones_like(changed, bool)
    left, top, right, bottom = corners(BOX, image.size, 1.4)
    kept[top:bottom, left:right] = False
    assert not changed[kept].any()


def test_a_box_drawn_by_hand_is_hidden_to_its_corners() -> None:
    """A name tag has letters in the corners, where an oval alone would leave them."""
    image = Image.new("RGB", (200, 200), "white")
    draw = ImageDraw.Draw(image)
    for x, y in ((80, 60), (116, 60), (80, 116), (116, 116)):
        draw.rectangle((x, y, x + 3, y + 3), fill="black")
    hidden = pixels(blur(image, [BOX]))[60:120, 80:120]
    assert hidden.min() > 150


def test_at_most_a_few_colours_are_left_of_a_face() -> None:
    """Two pictures with the same averages come out the same: the rest is gone for good."""
    one = noise(120, 120, 1)
    box = Box(0.1, 0.1, 0.8, 0.8)
    # Every block of the enlarged box (the whole picture) turned round within itself.
    side = 120 // BLOCKS
    blocks = np.asarray(one).reshape(BLOCKS, side, BLOCKS, side, 3)
    other = Image.fromarray(blocks[:, ::-1, :, ::-1].reshape(120, 120, 3).copy())
    assert pixels(one)[40:80, 40:80].tolist() != pixels(other)[40:80, 40:80].tolist()
    hidden = pixels(blur(one, [box])) - pixels(blur(other, [box]))
    assert not hidden[12:108, 12:108].any()


def test_a_cover_is_flat() -> None:
    assert len(np.unique(pixels(cover(noise(200, 200), [BOX]))[60:120, 80:120])) == 1


@pytest.mark.parametrize(
    "box",
    [
        Box(-0.2, -0.2, 0.3, 0.3),
        Box(0.9, 0.9, 0.5, 0.5),
        Box(0, 0, 1, 1),
        Box(0.5, 0.5, 0, 0),
        Box(0.99, 0.2, 0.001, 0.001),
        Box(1.5, 1.5, 0.1, 0.1),
    ],
)
@pytest.mark.parametrize("size", [(1, 1), (3, 200), (64, 48)])
def test_boxes_at_and_beyond_the_edge_are_fine(box: Box, size: tuple[int, int]) -> None:
    for hide in (blur, cover):
        assert hide(Image.new("RGB", size, "red"), [box]).size == size


def test_a_face_cut_by_the_edge_is_hidden() -> None:
    image = noise(100, 100)
    changed = np.abs(pixels(blur(image, [Box(0, 0.3, 0.15, 0.3)])) - pixels(image)).sum(axis=2)
    assert (changed[30:60, 0:15] > 0).mean() > 0.97


def test_the_smallest_faces_lose_their_pixels() -> None:
    image = noise(100, 100)
    hidden = pixels(blur(image, [Box(0.5, 0.5, 0.05, 0.06)]))[50:56, 50:55]
    assert (
        np.ptp(hidden, axis=(0, 1)).max() < np.ptp(pixels(image)[50:56, 50:55], axis=(0, 1)).min()
    )
    assert len(np.unique(hidden.reshape(-1, 3), axis=0)) <= 9
