"""Turning, straightening, cutting and lighting the pixels of a picture (domain/edits.py)."""

from __future__ import annotations

from math import cos, radians, sin

from PIL import Image

from smassistant.domain.edits import (
    crop_corners,
    light_curve,
    size_after,
    slant_of,
    slanted_size,
    turned_size,
)
from smassistant.domain.pictures import Edit

_TURNS = {
    1: Image.Transpose.ROTATE_270,  # Pillow turns the other way
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


def edited(image: Image.Image, edit: Edit) -> Image.Image:
    """The RGB picture after its edit; the one given stays as it is."""
    shape = _framed(image, edit)
    if edit.light:
        shape = shape.point(light_curve(edit.light) * 3)
    return shape


def _framed(image: Image.Image, edit: Edit) -> Image.Image:
    """Turned, straightened and cut."""
    size = image.size
    turn = _TURNS.get(edit.turns % 4)
    turned = image if turn is None else image.transpose(turn)
    if not slant_of(edit):
        return turned if edit.crop is None else turned.crop(crop_corners(edit, *size))
    # For each pixel of the result, where it is in the turned picture.
    cosine, sine = cos(radians(slant_of(edit))), sin(radians(slant_of(edit)))
    wide, high = turned_size(edit, *size)
    inner_wide, inner_high = slanted_size(edit, *size)
    left, top, _right, _bottom = crop_corners(edit, *size)
    x, y = left - inner_wide / 2, top - inner_high / 2
    way = (
        cosine, sine, wide / 2 + cosine * x + sine * y,
        -sine, cosine, high / 2 - sine * x + cosine * y,
    )  # fmt: skip
    return turned.transform(
        size_after(edit, *size), Image.Transform.AFFINE, way, Image.Resampling.BICUBIC
    )
