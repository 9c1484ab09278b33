"""From any bytes to an upright sRGB picture without metadata, or to an error a person can use."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pi_heif
from PIL import Image, ImageFile

from smassistant.domain.pictures import Metadata
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.imaging.boxes import has_readable_items
from smassistant.imaging.colours import to_srgb
from smassistant.imaging.files import MAX_BYTES, too_large, too_much_memory
from smassistant.imaging.metadata import BROKEN, read_metadata
from smassistant.imaging.signatures import RAW, foreign_kind, is_cut_off, looks_like_picture

MAX_PIXELS = 120_000_000
# Half a picture still has this many pixels on its long side, which is all the face finder takes.
HALF_EDGE = 4608
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "TIFF", "GIF", "BMP", "AVIF")

_ORIENTATION, _SUBFILE_TYPE, _DNG_VERSION = 0x0112, 0x00FE, 0xC612
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_REDUCED = ("L", "LA", "RGB", "RGBA", "CMYK")
# Warnings are switched off for the whole program while Pillow reads, so one reader at a time.
_reading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture upright, RGB in sRGB, with no metadata on it; what the file said is beside it.

    `frames` counts the file's pictures, of which the first (or main) one was taken. `full_size`
    is the upright width and height in pixels that the file has; of a very large one `image` is half
    as wide and high, still more than anything here looks at.
    """

    image: Image.Image
    metadata: Metadata
    frames: int
    format: str
    full_size: tuple[int, int]
    problems: tuple[str, ...] = ()


def decode(data: bytes, name: str = "") -> Decoded:
    """The picture in `data`; `name` is the file's name, used for its ending only.

    Takes JPEG, PNG, WebP, HEIC, TIFF, GIF, BMP and AVIF up to 100 MB and 120 megapixels. Raises
    UserError for everything else; nothing a file holds makes it raise anything else.
    """
    if not data:
        raise UserError(
            _("The picture file is empty."),
            _("There is nothing in it, as after an interrupted copy."),
            _("Copy it again from the camera, phone or e-mail it came from."),
        )
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    if kind := foreign_kind(data, name):
        raise _unsupported(kind)
    with _reading, warnings.catch_warnings(), _errors_told(data):
        warnings.simplefilter("ignore")
        return _decode(data)


def _decode(data: bytes) -> Decoded:
    """The picture in `data`; raises whatever Pillow raises."""
    _prepare_pillow()
    if data[4:8] == b"ftyp" and not has_readable_items(data):
        raise ValueError("items without types")
    image = Image.open(BytesIO(data), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels(image.width * image.height)
    if _is_raw(image):
        raise _unsupported(RAW)
    frames, full_size = _frames(image), image.size
    if image.format in ("JPEG", "MPO") and max(full_size) >= 2 * HALF_EDGE:
        image.draft(None, (full_size[0] // 2, full_size[1] // 2))
    image.load()
    metadata, whole = read_metadata(image, data)
    problems = [_frames_problem(image.format or "")] if frames > 1 else []
    if not whole:
        problems.append(_("part of what the file says about itself can't be read"))
    kind = {"MPO": "JPEG", "HEIF": "HEIC"}.get(image.format or "", image.format or "")
    upright = _upright(image)
    if (upright.width > upright.height) != (full_size[0] > full_size[1]):
        full_size = full_size[1], full_size[0]
    return Decoded(upright, metadata, frames, kind, full_size, tuple(problems))


@cache
def _prepare_pillow() -> None:
    """Teach Pillow the iPhone's format, main picture only, and to say nothing on its own."""
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    logging.getLogger("PIL").setLevel(logging.CRITICAL)


def _is_raw(image: ImageFile.ImageFile) -> bool:
    """Whether a TIFF is a camera's raw file, whose first picture is a small preview."""
    tags = getattr(image, "tag_v2", {})
    return _DNG_VERSION in tags or tags.get(_SUBFILE_TYPE) == 1


def _frames(image: ImageFile.ImageFile) -> int:
    """How many pictures the file shows; a phone's depth and light maps (MPO) are none."""
    return 1 if image.format == "MPO" else int(getattr(image, "n_frames", 1))


def _frames_problem(kind: str) -> str:
    if kind in ("TIFF", "HEIF"):
        return _("several pictures in one file: only the first picture is used")
    return _("animated: only the first picture is used")


def _upright(image: ImageFile.ImageFile) -> Image.Image:
    """The picture turned as its orientation says, in sRGB, halved where it is very large."""
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except BROKEN:
        orientation = 1
    large = max(image.size) >= 2 * HALF_EDGE and image.mode in _REDUCED
    plain = to_srgb(image.reduce(2) if large else image)
    turn = _TURNS.get(orientation)
    return plain if turn is None else plain.transpose(turn)


@contextmanager
def _errors_told(data: bytes) -> Iterator[None]:
    """Turn whatever a decoder raises into a UserError that says what is the matter."""
    try:
        yield
    except UserError:
        raise
    except MemoryError as error:
        raise too_much_memory() from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(None) from error
    except Exception as error:
        raise _cut_or_damaged(data, error) from error


def _cut_or_damaged(data: bytes, error: Exception) -> UserError:
    if not looks_like_picture(data):
        return UserError(
            _("This is not a picture."),
            _("Its content is none of the picture formats the program reads."),
            _choose_another(),
        )
    if is_cut_off(data) or "truncated" in str(error).lower():
        return UserError(
            _("The picture file is cut off."),
            _("Its end is missing, as after an interrupted copy or download."),
            _("Copy it again from the camera, phone or e-mail it came from."),
        )
    return UserError(
        _("The picture file is damaged."),
        _("Part of its content makes no sense."),
        _("Open it in another program and save a new copy, or choose another picture."),
    )


def _unsupported(kind: str) -> UserError:
    return UserError(
        _("This kind of file can't be used."),
        _("It is not a picture the program reads, but: {kind}.").format(kind=_(kind)),
        _choose_another(),
    )


def _choose_another() -> str:
    return _("Choose or save it as a JPEG, PNG, HEIC, WebP, TIFF, GIF, BMP or AVIF picture.")


def _too_many_pixels(pixels: int | None) -> UserError:
    limit = MAX_PIXELS // 1_000_000
    if pixels is None:
        explanation = _("The program reads {limit} megapixels at most.").format(limit=limit)
    else:
        explanation = _("It has {size} megapixels; the program reads {limit} at most.").format(
            size=round(pixels / 1e6), limit=limit
        )
    return UserError(
        _("The picture has too many pixels."), explanation, _("Save a smaller copy and use that.")
    )
