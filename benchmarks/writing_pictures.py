"""Pictures with written names: tags, certificates, jerseys, boards, as on a photo of a school."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
SIZE = (4032, 3024)  # twelve megapixels, as phones take them
ANGLES = (0, 0, 0, 12, -12, 30, -30, 45, 90, -90, 180)
KINDS = ("tag", "certificate", "jersey", "board")
INKS = ((20, 20, 28), (120, 16, 24), (16, 44, 110), (245, 245, 245))
PAPERS = ((250, 250, 246), (232, 224, 196), (214, 226, 240), (24, 46, 92))
_SHRINK = 4  # signs are drawn larger, so that turning them costs no sharpness


@dataclass(frozen=True, slots=True)
class Written:
    """One name in a picture: the person's number, how it is written, the height of a capital."""

    number: str
    first: str
    last: str
    kind: str
    height: int
    angle: int

    @property
    def shown(self) -> str:
        """The words of the name that stand there."""
        return self.last if self.kind == "jersey" else f"{self.first} {self.last}"


def fonts_in(folder: Path | None) -> list[Path]:
    """The font files below `folder`; those of the system where it is None."""
    roots = [folder] if folder else [Path("/usr/share/fonts"), Path("C:/Windows/Fonts")]
    found = [path for root in roots if root.is_dir() for path in sorted(root.rglob("*.ttf"))]
    words = ("Bold", "Regular", "Sans", "Serif")
    return [path for path in found if any(word in path.stem for word in words)]


def picture(
    names: Sequence[tuple[str, str, str]],
    height: int,
    seed: int,
    fonts: Sequence[Path],
    size: tuple[int, int] = SIZE,
) -> tuple[Image.Image, list[Written]]:
    """A picture of `size` with a sign for each (number, first, last) that finds room.

    `height` is that of a capital letter in pixels of the picture.
    """
    chance = random.Random(seed)
    canvas = _wall(size, chance)
    taken: list[tuple[int, int, int, int]] = []
    written = []
    for number, first, last in names:
        kind, angle = chance.choice(KINDS), chance.choice(ANGLES)
        one = Written(number, first, last, kind, height, angle)
        sign = _turned(_sign(one, chance, fonts), angle, chance)
        if place := _room(sign.size, size, taken, chance):
            canvas.paste(sign, place, sign)
            written.append(one)
    return _photographed(canvas, chance), written


def _wall(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """A background with soft shapes: walls, jackets, grass."""
    small = np.random.default_rng(chance.randrange(1 << 30)).integers(60, 200, (9, 12, 3))
    return Image.fromarray(small.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)


def _font(height: int, chance: random.Random, fonts: Sequence[Path]) -> Font:
    """A font whose capitals are `height` pixels high."""
    path = chance.choice(fonts) if fonts else None
    make = ImageFont.load_default if path is None else lambda px: ImageFont.truetype(path, px)
    trial = make(200)
    top, bottom = trial.getbbox("H")[1::2]
    return make(max(6, round(height * 200 / (bottom - top))))


def _sign(one: Written, chance: random.Random, fonts: Sequence[Path]) -> Image.Image:
    """The sign as a flat picture, `_SHRINK` times as large as it will be."""
    height = one.height * _SHRINK
    font, little = _font(height, chance, fonts), _font(int(height * 0.6), chance, fonts)
    lines = _lines(one, chance, font, little)
    boxes = [each.getbbox(text) for text, each in lines]
    gap = int(height * 0.8)
    width = int(max(box[2] for box in boxes) + 2 * height)
    tall = int(sum(box[3] for box in boxes) + gap * (len(lines) + 1))
    ink, paper = _colours(chance)
    sheet = Image.new("RGBA", (width, tall), (*paper, 255))
    draw = ImageDraw.Draw(sheet)
    y = float(gap)
    for (text, each), box in zip(lines, boxes, strict=True):
        draw.text(((width - box[2]) / 2, y), text, fill=ink, font=each)
        y += box[3] + gap
    return sheet


def _lines(one: Written, chance: random.Random, font: Font, little: Font) -> list[tuple[str, Font]]:
    if one.kind == "tag":
        two = [(one.first.upper(), font), (one.last.upper(), font)]
        plain = [(one.shown, font)]
        return [("Hello my name is", little), *(chance.choice((two, plain, plain)))]
    if one.kind == "certificate":
        award = chance.choice(("Science Fair", "Reading Award", "Citizenship", "Regional Finals"))
        return [("Certificate of Achievement", little), ("presented to", little),
                (one.shown, font), (f"for {award} 2026", little)]  # fmt: skip
    if one.kind == "jersey":
        return [(one.last.upper(), font), (str(chance.randrange(1, 99)), font)]
    return [("Today's helper:", little), (one.shown, font)]


def _colours(chance: random.Random) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Ink and paper that can be told apart."""
    while True:
        ink, paper = chance.choice(INKS), chance.choice(PAPERS)
        if abs(sum(ink) - sum(paper)) > 300:
            return ink, paper


def _turned(sign: Image.Image, angle: int, chance: random.Random) -> Image.Image:
    """The sign turned by `angle` degrees, now and then seen from the side, at its final size."""
    if chance.random() < 0.3:
        sign = _slanted(sign, chance)
    turned = sign.rotate(angle + chance.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True)
    size = (max(1, turned.width // _SHRINK), max(1, turned.height // _SHRINK))
    return turned.resize(size, Image.Resampling.LANCZOS)


def _slanted(sign: Image.Image, chance: random.Random) -> Image.Image:
    """The sign as seen from the side."""
    width, height = sign.size
    dx, dy = width * chance.uniform(0.03, 0.1), height * chance.uniform(0.05, 0.15)
    before = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    after = np.array([(dx, dy), (width, 0), (width - dx, height), (0, height - dy)], np.float32)
    moved = cv2.warpPerspective(
        np.asarray(sign), cv2.getPerspectiveTransform(before, after), (width, height)
    )
    return Image.fromarray(moved, "RGBA")


def _room(
    sign: tuple[int, int],
    size: tuple[int, int],
    taken: list[tuple[int, int, int, int]],
    chance: random.Random,
) -> tuple[int, int] | None:
    """Where the sign can lie without touching another; None where there is no room."""
    if sign[0] >= size[0] or sign[1] >= size[1]:
        return None
    for _ in range(60):
        x, y = chance.randrange(size[0] - sign[0]), chance.randrange(size[1] - sign[1])
        box = (x - 12, y - 12, x + sign[0] + 12, y + sign[1] + 12)
        if all(
            box[2] < other[0] or other[2] < box[0] or box[3] < other[1] or other[3] < box[1]
            for other in taken
        ):
            taken.append(box)
            return x, y
    return None


def _photographed(canvas: Image.Image, chance: random.Random) -> Image.Image:
    """As a camera would have taken it: a little soft, with noise."""
    pixels = cv2.GaussianBlur(np.asarray(canvas), (0, 0), chance.uniform(0.3, 0.8))
    noise = np.random.default_rng(chance.randrange(1 << 30)).normal(0, 4, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))
