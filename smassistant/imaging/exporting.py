"""Copies that may leave: the working copy of the photo store, and the one that is published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from smassistant.domain.edits import shown_corners, source_point
from smassistant.domain.pictures import Box, Edit
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.imaging.blurring import blur, cover
from smassistant.imaging.editing import edited
from smassistant.imaging.faces import face_finder
from smassistant.imaging.segments import leftovers

WORKING_EDGE = 2560
WORKING_QUALITY = 92
QUALITIES = (88, 82, 76, 70, 62, 54)
SMALLEST_EDGE = 64
MOST_ROUNDS = 3
# Covered faces have to be this flat: the part of the box looked at, the largest difference in it.
INSIDE, FLAT = 0.7, 32


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A JPEG without metadata, 2560 px at most, its size in pixels and its SHA-256."""

    data: bytes
    width: int
    height: int
    digest: str


def working_copy(image: Image.Image) -> WorkingCopy:
    """The copy of a decoded picture that the photo store keeps."""
    small = _within(image, WORKING_EDGE)
    data = _encoded(small, WORKING_QUALITY)
    return WorkingCopy(data, small.width, small.height, hashlib.sha256(data).hexdigest())


def export(
    image: Image.Image,
    blurred: Iterable[Box],
    max_edge: int,
    max_bytes: int,
    edit: Edit = Edit(),  # noqa: B008 (frozen)
) -> bytes:
    """A publishable JPEG: sRGB, baseline, no metadata, edited, `blurred` boxes beyond repair.

    At most `max_edge` pixels on the long side and `max_bytes` long. Boxes are those of the picture
    before the edit. The finished file is opened again: UserError where a blurred face can still
    be found or anything but pixels is in it.
    """
    boxes = tuple(blurred)
    source = _within(image, max(max_edge, WORKING_EDGE))
    safe = blur(source, boxes)
    data = _within_bytes(_within(edited(safe, edit), max_edge), max_bytes)
    if visible := _visible(data, boxes, edit, source.size):
        safe = cover(safe, visible)
        data = _within_bytes(_within(edited(safe, edit), max_edge), max_bytes)
        if not _covered(data, visible, edit, source.size):
            raise UserError(
                _("The picture was not exported."),
                _("A face that should be blurred can still be found in it."),
                _("Draw a larger box around the face, or leave the picture out."),
            )
    return data


def export_faceless(image: Image.Image, max_edge: int, max_bytes: int) -> bytes:
    """A publishable JPEG in which every face is beyond repair, also what is only perhaps one.

    The finished file is searched as well: what shows only at its size is blurred in another round.
    """
    boxes = [face.box for face in face_finder().find(image)]
    data = export(image, boxes, max_edge, max_bytes)
    for _round in range(MOST_ROUNDS):
        found = [face.box for face in face_finder().find(_opened(data))]
        more = [face for face in found if not any(_is_in(_middle(face), box) for box in boxes)]
        if not more:
            break
        boxes += more
        data = export(image, boxes, max_edge, max_bytes)
    return data


def _within(image: Image.Image, edge: int) -> Image.Image:
    """The picture made smaller, if need be, so that its long side has `edge` pixels at most."""
    factor = edge / max(image.size)
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _within_bytes(image: Image.Image, max_bytes: int) -> bytes:
    """The picture as JPEG of `max_bytes` at most: less quality first, then fewer pixels."""
    for data in _ever_smaller(image):
        if len(data) <= max_bytes:
            return data
    raise UserError(
        _("The picture was not exported."),
        _("It can't be made small enough for where it is going."),
        _("Cut the picture, or choose another."),
    )


def _ever_smaller(image: Image.Image) -> Iterator[bytes]:
    edge = max(image.size)
    while True:
        smaller = _within(image, edge)
        for quality in QUALITIES:
            yield _encoded(smaller, quality)
        if edge <= SMALLEST_EDGE:
            return
        edge = max(SMALLEST_EDGE, int(edge * 0.8))


def _encoded(image: Image.Image, quality: int) -> bytes:
    """A baseline JPEG of the pixels alone; UserError should anything else get into it."""
    pixels = Image.new("RGB", image.size)
    pixels.paste(image)
    out = BytesIO()
    pixels.save(out, "JPEG", quality=quality, progressive=False, icc_profile=None, comment=b"")
    data = out.getvalue()
    if left := leftovers(data):
        raise UserError(
            _("The picture was not exported."),
            _("Something besides the picture is left in the file: {left}.").format(
                left=", ".join(left)
            ),
            _("Report this as a fault of the program."),
        )
    return data


def _visible(
    data: bytes, boxes: tuple[Box, ...], edit: Edit, size: tuple[int, int]
) -> tuple[Box, ...]:
    """Those of the blurred boxes in whose middle the finished file still shows a face.

    `size` is that of the picture before the edit; what is only perhaps a face counts.
    """
    if not boxes:
        return ()
    found = [one.box for one in face_finder().find(_opened(data))]
    middles = [source_point(*_middle(face), edit, *size) for face in found]
    return tuple(box for box in boxes if any(_is_in(point, box) for point in middles))


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.w / 2, box.y + box.h / 2


def _is_in(point: tuple[float, float], box: Box) -> bool:
    """Whether the middle of a face is in a box; that of a neighbour beside it is not."""
    x, y = point
    return box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h


def _covered(data: bytes, boxes: tuple[Box, ...], edit: Edit, size: tuple[int, int]) -> bool:
    """Whether the finished file is flat inside each box, so that a face there is imagined."""
    image = _opened(data)
    pixels = np.asarray(image)
    insides = (pixels[_inside(box, edit, size, image.size)] for box in boxes)
    return all(not inside.size or np.ptp(inside, axis=0).max() <= FLAT for inside in insides)


def _inside(
    box: Box, edit: Edit, size: tuple[int, int], shown: tuple[int, int]
) -> NDArray[np.bool_]:
    """Which pixels of the finished file, `shown` in size, are in the inside of a box."""
    margin_x, margin_y = box.w * (1 - INSIDE) / 2, box.h * (1 - INSIDE) / 2
    inner = Box(box.x + margin_x, box.y + margin_y, box.w * INSIDE, box.h * INSIDE)
    corners = shown_corners(inner, edit, *size)
    mask = Image.new("1", shown)
    outline = [(x * shown[0], y * shown[1]) for x, y in corners]
    ImageDraw.Draw(mask).polygon(outline, fill=1)
    return np.asarray(mask)


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data), formats=("JPEG",))
