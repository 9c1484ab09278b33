"""Editing: pixels go where domain/edits.py says, and light keeps black and white."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from smassistant.domain.edits import light_curve, shown_point, size_after
from smassistant.domain.pictures import Box, Edit
from smassistant.imaging.editing import edited
from tests.unit.imaging.pictures import BLUE, GREEN, RED, YELLOW, difference, four_corners, noise

edit_of = st.builds(
    Edit,
    turns=st.integers(0, 3),
    slant=st.one_of(st.just(0.0), st.floats(-15, 15)),
    crop=st.sampled_from([None, Box(0, 0, 1, 1), Box(0.1, 0.2, 0.8, 0.7), Box(0.3, 0, 0.6, 0.5)]),
)


def test_quarter_turns_go_clockwise() -> None:
    turned = edited(four_corners(), Edit(turns=1))
    assert turned.size == (64, 96)
    places = [(5, 5), (60, 5), (5, 90), (60, 90)]
    assert [turned.getpixel(place) for place in places] == [BLUE, RED, YELLOW, GREEN]
    assert edited(turned, Edit(turns=3)).tobytes() == four_corners().tobytes()
    assert edited(edited(turned, Edit(turns=2)), Edit(turns=1)).tobytes() == (
        four_corners().tobytes()
    )


def test_nothing_to_do_keeps_every_pixel() -> None:
    image = noise(60, 40)
    assert edited(image, Edit()).tobytes() == image.tobytes()
    assert edited(image, Edit(crop=Box(0, 0, 1, 1))).tobytes() == image.tobytes()


def test_a_crop_keeps_its_pixels() -> None:
    image = noise(60, 40)
    cut = edited(image, Edit(crop=Box(0.25, 0.5, 0.5, 0.5)))
    assert cut.tobytes() == image.crop((15, 20, 45, 40)).tobytes()


@pytest.mark.parametrize("slant", [-15.0, -3.3, 0.4, 7.5, 15.0])
@pytest.mark.parametrize("size", [(300, 200), (200, 300), (40, 900), (1, 1), (2, 90)])
def test_a_slant_leaves_no_corner_empty(slant: float, size: tuple[int, int]) -> None:
    white = Image.new("RGB", size, "white")
    assert np.asarray(edited(white, Edit(slant=slant))).min() == 255


@settings(max_examples=60)
@given(edit_of, st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_pixels_go_where_points_go(edit: Edit, x: float, y: float) -> None:
    image = Image.new("RGB", (240, 160), "black")
    ImageDraw.Draw(image).ellipse(
        (x * 240 - 6, y * 160 - 6, x * 240 + 6, y * 160 + 6), fill="white"
    )
    shown = edited(image, edit)
    assert shown.size == size_after(edit, 240, 160)
    at_x, at_y = shown_point(x, y, edit, 240, 160)
    pixel = int(at_x * shown.width), int(at_y * shown.height)
    inside = 0 <= pixel[0] < shown.width and 0 <= pixel[1] < shown.height
    if inside:
        assert shown.getpixel(pixel) == (255, 255, 255)


@pytest.mark.parametrize("light", [-1.0, -0.4, 0.3, 1.0])
def test_light_keeps_black_white_and_the_order_of_all_between(light: float) -> None:
    curve = light_curve(light)
    assert (curve[0], curve[255]) == (0, 255)
    assert list(curve) == sorted(curve)
    assert all((value > start) is (light > 0) for start, value in enumerate(curve[20:230], 20))


def test_light_makes_lighter_and_no_light_nothing() -> None:
    image = noise(60, 40)
    assert np.asarray(edited(image, Edit(light=0.5))).mean() > np.asarray(image).mean() + 15
    assert np.asarray(edited(image, Edit(light=-0.5))).mean() < np.asarray(image).mean() - 15
    assert light_curve(0) == bytes(range(256))
    assert difference(edited(image, Edit(light=0.01)), image) < 2
