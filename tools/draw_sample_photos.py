"""Draws the made-up school's photos: painted people, so that no real child is in the repository.

    python tools/draw_sample_photos.py resources/sample/photos

The faces are shaded like photographs because the face finder has to find them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Parts = tuple[tuple[float, float, float, float], ...]

FAIR, TAN, BROWN, DARK = (240, 198, 170), (214, 164, 126), (160, 108, 76), (116, 76, 54)
BLACK, BROWN_HAIR, BLOND, RED_HAIR = (30, 22, 20), (92, 58, 36), (200, 156, 84), (150, 72, 36)
SIZE = (1920, 1280)


@dataclass(frozen=True)
class Child:
    """A painted person: the face's centre and half width in pixels, colours, style of hair."""

    x: int
    y: int
    r: int
    skin: Colour
    hair: Colour
    style: str
    shirt: Colour


def shade(colour: Colour, factor: float) -> Colour:
    """The colour, darker below 1 and lighter above."""
    red, green, blue = (min(255, int(part * factor)) for part in colour)
    return red, green, blue


def soft(picture: Image.Image, child: Child, parts: Parts, colour: Colour, alpha: int) -> None:
    """Lay softly edged ellipses over a face; `parts` are x, y, half width, half height in r."""
    mask = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(mask)
    for x, y, w, h in parts:
        draw.ellipse(around(child, x, y, w, h), fill=alpha)
    mask = mask.filter(ImageFilter.GaussianBlur(child.r * 0.09))
    picture.paste(Image.new("RGB", picture.size, colour), (0, 0), mask)


def around(child: Child, x: float, y: float, w: float, h: float) -> tuple[float, ...]:
    """The box around a point of the face, all in units of its half width."""
    cx, cy, r = child.x, child.y, child.r
    return (cx + (x - w) * r, cy + (y - h) * r, cx + (x + w) * r, cy + (y + h) * r)


def paint_body(picture: Image.Image, child: Child) -> None:
    """Shoulders, shirt and arms down to the picture's edge."""
    draw = ImageDraw.Draw(picture)
    x, r, top = child.x, child.r, child.y + child.r * 1.25
    sleeve = shade(child.shirt, 0.86)
    for side in (-1, 1):
        inner, outer = sorted((x + side * r * 1.25, x + side * r * 1.75))
        draw.rounded_rectangle((inner, top + r * 0.3, outer, top + r * 2), r * 0.25, fill=sleeve)
        draw.rounded_rectangle(
            (inner + r * 0.06, top + r * 1.9, outer - r * 0.06, max(picture.height, top + r * 2)),
            r * 0.2, fill=shade(child.skin, 0.92),
        )  # fmt: skip
    draw.rounded_rectangle(
        (x - r * 1.4, top, x + r * 1.4, max(picture.height, top) + r), r * 0.7, fill=child.shirt
    )
    draw.rectangle((x - r * 0.36, child.y + r * 0.6, x + r * 0.36, top + r * 0.15),
                   fill=shade(child.skin, 0.78))  # fmt: skip
    draw.ellipse((x - r * 0.46, top - r * 0.2, x + r * 0.46, top + r * 0.28),
                 fill=shade(child.skin, 0.8))  # fmt: skip


def paint_head(picture: Image.Image, child: Child) -> None:
    """Hair behind, ears, skin with light and shade."""
    draw = ImageDraw.Draw(picture)
    if child.style == "long":
        draw.rounded_rectangle(around(child, 0, -0.05, 1.14, 1.22), child.r, fill=child.hair)
    else:
        draw.ellipse(around(child, 0, -0.4, 1.02, 0.86), fill=child.hair)
    for side in (-1, 1):
        draw.ellipse(around(child, side * 0.88, 0.08, 0.16, 0.23), fill=shade(child.skin, 0.8))
    draw.ellipse(around(child, 0, 0.01, 0.88, 1.11), fill=child.skin)
    dark, light = shade(child.skin, 0.6), shade(child.skin, 1.12)
    soft(picture, child, ((-0.36, -0.11, 0.28, 0.17), (0.36, -0.11, 0.28, 0.17)), dark, 110)
    soft(picture, child, ((0, 0.16, 0.13, 0.2), (0, 0.86, 0.3, 0.06)), dark, 70)
    soft(picture, child, ((-0.8, 0.2, 0.1, 0.6), (0.8, 0.2, 0.1, 0.6)), dark, 70)
    soft(
        picture, child,
        ((-0.42, 0.28, 0.2, 0.14), (0.42, 0.28, 0.2, 0.14), (0, -0.55, 0.34, 0.2)), light, 110,
    )  # fmt: skip


def paint_features(picture: Image.Image, child: Child) -> None:
    """Eyes, brows, nose and a smile."""
    draw, r = ImageDraw.Draw(picture), child.r
    line = max(2, r // 24)
    for side in (-0.36, 0.36):
        draw.ellipse(around(child, side, -0.1, 0.17, 0.1), fill=(250, 248, 245))
        draw.ellipse(around(child, side, -0.1, 0.1, 0.1), fill=(70, 46, 32))
        draw.ellipse(around(child, side, -0.1, 0.05, 0.06), fill=(14, 10, 10))
        draw.ellipse(around(child, side - 0.02, -0.14, 0.02, 0.02), fill=(255, 255, 255))
        draw.arc(around(child, side, -0.08, 0.19, 0.1), 200, 340, fill=(48, 30, 26), width=line)
        draw.arc(around(child, side, -0.2, 0.25, 0.17), 212, 328,
                 fill=shade(child.hair, 0.7), width=line * 2)  # fmt: skip
        draw.ellipse(around(child, side * 0.28, 0.335, 0.045, 0.035), fill=shade(child.skin, 0.5))
    draw.arc(around(child, 0, 0.28, 0.18, 0.14), 20, 160, fill=shade(child.skin, 0.7), width=line)
    draw.chord(around(child, 0, 0.58, 0.36, 0.2), 10, 170, fill=(150, 54, 58))
    draw.chord(around(child, 0, 0.555, 0.29, 0.11), 12, 168, fill=(250, 248, 245))


def paint_hair(picture: Image.Image, child: Child) -> None:
    """What falls over the forehead: a fringe, or a cap."""
    draw = ImageDraw.Draw(picture)
    if child.style == "cap":
        draw.pieslice(around(child, 0, -0.5, 0.95, 0.85), 180, 360, fill=(40, 84, 150))
        draw.ellipse(around(child, 0.42, -0.5, 0.82, 0.12), fill=(30, 62, 116))
        return
    draw.chord(around(child, 0, -0.5, 0.95, 0.82), 196, 344, fill=child.hair)
    if child.style == "long":
        for side in (-1, 1):
            draw.ellipse(around(child, side * 0.84, -0.25, 0.2, 0.62), fill=child.hair)


def field() -> Image.Image:
    """A sports field under an evening sky, with hills, trees and a running track."""
    picture = gradient((142, 196, 236), (226, 238, 240))
    draw = ImageDraw.Draw(picture)
    width, height = SIZE
    draw.ellipse((-300, 520, 1100, 1300), fill=(134, 168, 138))
    draw.ellipse((800, 560, 2300, 1300), fill=(120, 156, 128))
    draw.rectangle((0, 720, width, height), fill=(98, 152, 84))
    for left in range(40, width, 230):
        draw.rectangle((left + 34, 640, left + 48, 730), fill=(96, 74, 56))
        draw.ellipse((left, 530, left + 84, 680), fill=(72, 122, 74))
    draw.polygon(((0, 1000), (width, 860), (width, 1080), (0, 1280)), fill=(178, 92, 72))
    for offset in (60, 120, 180):
        draw.line((0, 1000 + offset, width, 860 + offset), fill=(226, 196, 184), width=5)
    return picture


def room() -> Image.Image:
    """A classroom wall with a window, drawings and a shelf."""
    picture = gradient((232, 222, 204), (214, 200, 178))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((120, 140, 620, 560), fill=(196, 222, 236), outline=(250, 250, 250), width=18)
    draw.line((370, 140, 370, 560), fill=(250, 250, 250), width=14)
    for place, colour in enumerate(((206, 110, 92), (96, 142, 178), (222, 182, 92))):
        left = 1280 + place * 190
        draw.rectangle((left, 170, left + 150, 370), fill=(252, 250, 244))
        draw.ellipse((left + 30, 210, left + 120, 320), fill=colour)
    draw.rectangle((1240, 470, 1880, 492), fill=(150, 116, 84))
    for place in range(12):
        left = 1260 + place * 50
        draw.rectangle((left, 400 + place % 3 * 14, left + 34, 470),
                       fill=((150 + place * 37) % 200, 110, 90 + place * 8))  # fmt: skip
    return picture


def table(picture: Image.Image) -> None:
    """A table in front with a cardboard bridge on it."""
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1040, SIZE[0], SIZE[1]), fill=(172, 132, 96))
    draw.rectangle((0, 1040, SIZE[0], 1064), fill=(196, 156, 118))
    wood = (206, 170, 120)
    draw.line((640, 1040, 760, 860, 1160, 860, 1280, 1040), fill=wood, width=22, joint="curve")
    for left in range(720, 1180, 80):
        draw.line((left, 1030, left + 40, 866, left + 80, 1030), fill=shade(wood, 0.85), width=12)
    draw.rectangle((600, 1024, 1320, 1050), fill=shade(wood, 0.92))


def gradient(top: Colour, bottom: Colour) -> Image.Image:
    """A picture that fades from one colour down into another."""
    share = np.linspace(0, 1, SIZE[1])[:, None, None]
    rows = np.array(top) * (1 - share) + np.array(bottom) * share
    return Image.fromarray(np.repeat(rows, SIZE[0], axis=1).astype(np.uint8))


def finish(picture: Image.Image) -> Image.Image:
    """The softness and grain of a camera."""
    grain = np.random.default_rng(607).normal(0, 3.5, (SIZE[1], SIZE[0], 1))
    pixels = np.clip(np.asarray(picture).astype(np.float32) + grain, 0, 255).astype(np.uint8)
    return Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(1.1))


def paint(picture: Image.Image, children: tuple[Child, ...]) -> None:
    """Everybody, the ones in front last."""
    for child in sorted(children, key=lambda each: each.r):
        paint_body(picture, child)
        paint_head(picture, child)
        paint_features(picture, child)
        paint_hair(picture, child)


TRACK = (
    Child(330, 520, 108, DARK, BLACK, "short", (58, 120, 176)),
    Child(760, 470, 112, TAN, BROWN_HAIR, "short", (214, 148, 52)),
    Child(1190, 540, 100, FAIR, RED_HAIR, "long", (72, 142, 98)),
    Child(1590, 500, 106, BROWN, BLACK, "cap", (150, 76, 124)),
)
FAIR_DAY = (
    Child(560, 560, 128, FAIR, BROWN_HAIR, "long", (92, 110, 168)),
    Child(1330, 540, 132, BROWN, BLACK, "long", (190, 96, 84)),
)
CHOIR = tuple(
    Child(
        240 + place * 290, 480 + place % 2 * 46, 88,
        (FAIR, DARK, TAN, BROWN, FAIR, TAN)[place],
        (BLOND, BLACK, BLACK, BROWN_HAIR, RED_HAIR, BLACK)[place],
        ("long", "short", "long", "short", "short", "long")[place],
        (56, 78, 120),
    )
    for place in range(6)
)  # fmt: skip


def main(folder: Path) -> None:
    """Write the three photos."""
    for name, picture, children in (
        ("track_meet.jpg", field(), TRACK),
        ("science_fair.jpg", room(), FAIR_DAY),
        ("choir.jpg", room(), CHOIR),
    ):
        paint(picture, children)
        if name == "science_fair.jpg":
            table(picture)
        finish(picture).save(folder / name, quality=86)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
