"""A class photo of thirty-four painted children in four rows, made up for the tests."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from functools import cache

import numpy as np
from PIL import Image, ImageFilter

from tools import draw_sample_photos as paint

SIZE = (2016, 1512)
ROWS = (9, 8, 9, 8)
COUNT = sum(ROWS)


@cache
def class_photo() -> bytes:
    """The photo as JPEG."""
    chance = random.Random(3)
    sky = np.linspace((196, 214, 226), (150, 160, 140), SIZE[1])[:, None, :]
    picture = Image.fromarray(np.repeat(sky, SIZE[0], axis=1).astype(np.uint8))
    for child in _children(chance):
        _put(picture, child)
    grain = np.random.default_rng(607).normal(0, 3, (SIZE[1], SIZE[0], 1))
    pixels = np.clip(np.asarray(picture).astype(np.float32) + grain, 0, 255).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.6)).save(stream, "JPEG", quality=90)
    return stream.getvalue()


def _children(chance: random.Random) -> list[paint.Child]:
    """From the back to the front, so that whoever stands in front is painted last."""
    skins = (paint.FAIR, paint.TAN, paint.BROWN, paint.DARK)
    hairs = (paint.BLACK, paint.BROWN_HAIR, paint.BLOND, paint.RED_HAIR)
    return [
        paint.Child(
            int(SIZE[0] * (0.5 + (place - (count - 1) / 2) * 0.095)) + chance.randint(-12, 12),
            450 + row * 165 + chance.randint(-12, 12),
            31 + 2 * row + chance.randint(-2, 2),
            chance.choice(skins),
            chance.choice(hairs),
            chance.choice(("long", "short", "short", "cap")),
            (chance.randint(40, 200), chance.randint(60, 180), chance.randint(60, 200)),
        )
        for row, count in enumerate(ROWS)
        for place in range(count)
    ]


def _put(picture: Image.Image, child: paint.Child) -> None:
    """Paint one child on a piece of the picture: a whole one would be slow to blur."""
    left, top = child.x - 3 * child.r, child.y - 2 * child.r
    piece = picture.crop((left, top, child.x + 3 * child.r, picture.height))
    near = replace(child, x=child.x - left, y=child.y - top)
    paint.paint_body(piece, near)
    paint.paint_head(piece, near)
    paint.paint_features(piece, near)
    paint.paint_hair(piece, near)
    picture.paste(piece, (left, top))
