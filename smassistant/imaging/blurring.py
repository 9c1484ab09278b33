"""Making faces unrecognisable for good: the pixels are replaced, nothing of them is kept."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageDraw, ImageFilter

from smassistant.domain.pictures import Box

# The finder's boxes end at brow and chin; hair and ears identify people too.
MARGIN = 1.35
# Three by three colours, run into one another, are left of a face. With six by six the finder,
# which sees the shoulders too, took most of them for faces still; with three none of 150.
BLOCKS = 3
GREY = (128, 128, 128)
Corners = tuple[int, int, int, int]


def blur(image: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A new picture in which the content of each box, and an oval around it, is beyond repair.

    Boxes are fractions of the picture and may reach beyond its edges.
    """
    blurred = image.copy()
    for box in boxes:
        area = corners(box, image.size, MARGIN)
        blurred.paste(_pixelated(blurred.crop(area)), area[:2], _mask(box, area, image.size))
    return blurred


def cover(image: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A new picture in which each box, and an oval around it, is flat grey."""
    covered = image.copy()
    for box in boxes:
        area = corners(box, image.size, MARGIN)
        covered.paste(GREY, area, _mask(box, area, image.size))
    return covered


def corners(box: Box, size: tuple[int, int], margin: float = 1) -> Corners:
    """Left, top, right, bottom in pixels of a box enlarged by `margin`, inside the picture."""
    width, height = size
    middle_x, middle_y = (box.x + box.w / 2) * width, (box.y + box.h / 2) * height
    half_w, half_h = max(1, box.w * width * margin) / 2, max(1, box.h * height * margin) / 2
    left = min(max(0, int(middle_x - half_w)), width - 1)
    top = min(max(0, int(middle_y - half_h)), height - 1)
    right = max(left + 1, min(width, round(middle_x + half_w + 0.5)))
    bottom = max(top + 1, min(height, round(middle_y + half_h + 0.5)))
    return left, top, right, bottom


def _pixelated(face: Image.Image) -> Image.Image:
    """At most three by three colours, at least four pixels each, run into one another."""
    columns = max(1, min(BLOCKS, face.width // 4))
    rows = max(1, min(BLOCKS, face.height // 4))
    blocks = face.resize((columns, rows), Image.Resampling.BOX)
    large = blocks.resize(face.size, Image.Resampling.NEAREST)
    return large.filter(ImageFilter.GaussianBlur(max(face.size) / BLOCKS / 2))


def _mask(box: Box, area: Corners, size: tuple[int, int]) -> Image.Image:
    """The oval over the enlarged box together with the box itself, as a mask for `area`.

    The oval is that of the whole enlarged box, so that a face at the edge of the picture is
    covered as well as one inside; a box drawn by hand is covered to its corners.
    """
    left, top = area[:2]
    width, height = size
    mask = Image.new("1", (area[2] - left, area[3] - top))
    draw = ImageDraw.Draw(mask)
    wide, high = box.w * (MARGIN - 1) / 2, box.h * (MARGIN - 1) / 2
    draw.ellipse(
        _ordered(
            (box.x - wide) * width - left,
            (box.y - high) * height - top,
            (box.x + box.w + wide) * width - left,
            (box.y + box.h + high) * height - top,
        ),
        fill=1,
    )
    inner = corners(box, size)
    draw.rectangle(
        (inner[0] - left, inner[1] - top, inner[2] - left - 1, inner[3] - top - 1), fill=1
    )
    return mask


def _ordered(left: float, top: float, right: float, bottom: float) -> Corners:
    """Whole pixels, right and bottom never before left and top."""
    return round(left), round(top), max(round(left), round(right)), max(round(top), round(bottom))
