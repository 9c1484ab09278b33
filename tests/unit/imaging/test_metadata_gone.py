"""What a file says about itself is gone from every copy, as a reader that is not ours sees it."""

from __future__ import annotations

import io
from typing import Any

import exifread
import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from smassistant.imaging.reader import LocalPhotoReader
from tests.unit.imaging.heic import heic
from tests.unit.imaging.pictures import four_corners, p3_profile, saved
from tests.unit.imaging.test_decoding import in_srgb
from tests.unit.imaging.test_metadata import PLACE, bag, exif_of, iptc, packet

MARK = "Ottilie Fernsby"
TAGS = {0x010E: MARK, 0x010F: MARK, 0x0110: MARK, 0x0131: MARK, 0x013B: MARK, 0x8298: MARK}
PHOTO = {0x927C: MARK.encode(), 0x9286: b"ASCII\0\0\0" + MARK.encode(), 0xA430: MARK, 0xA431: MARK}
KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", "HEIC", "BMP")
# Where the independent reader finds what was planted; BMP has no room for it.
SEEN = ("JPEG", "PNG", "TIFF", "HEIC")


def marked(kind: str, image: Image.Image | None = None, profile: bytes = b"") -> bytes:
    """A picture file of a kind with the mark wherever the kind has a place for it."""
    image = image or four_corners()
    exif, raw = exif_of(TAGS, photo=PHOTO, gps=PLACE), packet(bag("ext:PersonInImage", MARK))
    colour = {"icc_profile": profile} if profile else {}
    if kind == "HEIC":
        return heic(image, exif, profile=profile) + MARK.encode()
    if kind == "BMP":
        return saved(image, kind) + MARK.encode()
    if kind == "GIF":
        return saved(image.quantize(8), kind, comment=MARK.encode()) + MARK.encode()
    options: dict[str, Any] = {"exif": exif, "xmp": raw}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Author", MARK)
        notes.add_itxt("XML:com.adobe.xmp", raw.decode())
        options = {"exif": exif, "pnginfo": notes}
    elif kind == "TIFF":
        options = {"exif": exif, "tiffinfo": {270: MARK, 315: MARK, 700: raw, 33723: MARK}}
        options.pop("exif")
    data = saved(image, kind, **options, **colour)
    if kind == "JPEG":
        segment = iptc((80, MARK.encode()), (120, MARK.encode()))
        data = data[:2] + segment + data[2:]
    return data + MARK.encode()


def seen_by_another(data: bytes) -> dict[str, str]:
    """The tags that the independent reader finds."""
    tags = exifread.process_file(io.BytesIO(data), details=True)
    return {name: str(value) for name, value in tags.items()}


def copies(data: bytes) -> dict[str, bytes]:
    """All that is ever kept or sent of a picture file."""
    reader = LocalPhotoReader()
    working = reader.read(data).working
    return {"working": working, "export": reader.export(working, [], 1440, 1_000_000)}


@pytest.mark.parametrize("kind", SEEN)
def test_the_reader_sees_what_was_planted(kind: str) -> None:
    assert any(MARK in value for value in seen_by_another(marked(kind)).values())


@pytest.mark.parametrize("kind", KINDS)
def test_no_reader_finds_anything_in_a_copy(kind: str) -> None:
    data = marked(kind)
    assert MARK.encode() in data
    for name, copy in copies(data).items():
        assert seen_by_another(copy) == {}, name
        with Image.open(io.BytesIO(copy)) as opened:
            assert dict(opened.getexif()) == {}, name
            assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}, name
        for coded in (MARK.encode(), MARK.encode("utf-16-le"), MARK.encode("utf-16-be")):
            assert coded not in copy, name
        for word in (b"Exif", b"xmpmeta", b"8BIM", b"ICC_PROFILE", b"MakerNote", b"ftyp"):
            assert word not in copy, name


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_wide_colours_stay_the_colours_they_were(kind: str) -> None:
    """The profile is gone from the copy, so its numbers are those of sRGB."""
    colour = (200, 120, 60)
    data = marked(kind, Image.new("RGB", (64, 64), colour), p3_profile())
    for name, copy in copies(data).items():
        with Image.open(io.BytesIO(copy)) as opened:
            shown = np.array(opened.getpixel((30, 30)))
        assert np.abs(shown - in_srgb(colour)).max() < 8, name
        assert np.abs(shown - np.array(colour)).max() > 8, "as if nothing had been done"
