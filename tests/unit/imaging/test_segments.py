"""What is left in a file: everything but pixels is named, and doubt counts as something left."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from smassistant.imaging.metadata import leftovers
from tests.unit.imaging.pictures import four_corners, noise, p3_profile, saved

EXIF = Image.Exif()
EXIF[0x013B] = "Jo"


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True, "restart_marker_rows": 1}),
        ("PNG", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_a_file_of_pixels_alone_has_nothing_left(kind: str, options: dict[str, Any]) -> None:
    assert leftovers(saved(noise(120, 80), kind, **options)) == ()
    assert leftovers(saved(four_corners(), kind, **options)) == ()


def test_printing_colours_and_transparency_are_pixels() -> None:
    assert leftovers(saved(four_corners().convert("CMYK"))) == ()
    assert leftovers(saved(four_corners().convert("RGBA"), "PNG")) == ()
    see_through = four_corners().convert("RGBA")
    see_through.putalpha(90)
    assert leftovers(saved(see_through, "WEBP")) == ()


def notes() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", "Jo")
    return info


@pytest.mark.parametrize(
    ("kind", "options", "named"),
    [
        ("JPEG", {"exif": EXIF.tobytes()}, "EXIF"),
        ("JPEG", {"xmp": b"<x/>"}, "XMP"),
        ("JPEG", {"comment": b"by Jo"}, "comment"),
        ("JPEG", {"icc_profile": p3_profile()}, "colour profile"),
        ("PNG", {"exif": EXIF.tobytes()}, "EXIF"),
        ("PNG", {"pnginfo": notes()}, "text"),
        ("PNG", {"icc_profile": p3_profile()}, "colour profile"),
        ("WEBP", {"exif": EXIF.tobytes()}, "EXIF"),
        ("WEBP", {"xmp": b"<x/>"}, "XMP"),
    ],
)
def test_metadata_is_named(kind: str, options: dict[str, Any], named: str) -> None:
    assert named in leftovers(saved(four_corners(), kind, **options))


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(payload)) + payload


@pytest.mark.parametrize(
    ("planted", "named"),
    [
        (segment(0xED, b"Photoshop 3.0\0..."), "IPTC"),
        (segment(0xE2, b"MPF\0..."), "further pictures"),
        (segment(0xE0, b"JFIF\0" + bytes(7) + b"\1\1..."), "thumbnail"),
        (segment(0xE0, b"JFXX\0..."), "segment E0"),
        (segment(0xEC, b"Ducky"), "segment EC"),
        (segment(0xEE, b"Adobe is no place for a name"), "segment EE"),
        (segment(0xE7, b"vendor"), "segment E7"),
    ],
)
def test_every_foreign_segment_of_a_jpeg_is_named(planted: bytes, named: str) -> None:
    data = saved(four_corners())
    assert leftovers(data[:2] + planted + data[2:]) == (named,)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_bytes_after_the_picture_are_named(kind: str) -> None:
    """Phones append films and maps of depth there."""
    assert leftovers(saved(four_corners(), kind) + b"a film") == ("bytes after the picture",)


def test_a_segment_hidden_after_the_pixels_is_found() -> None:
    data = saved(four_corners())
    assert leftovers(data[:-2] + segment(0xFE, b"by Jo") + data[-2:]) == ("comment",)


def test_an_unknown_chunk_is_named() -> None:
    data = saved(four_corners(), "PNG")
    planted = struct.pack(">I", 2) + b"prVt" + b"Jo" + bytes(4)
    assert leftovers(data[:-12] + planted + data[-12:]) == ("chunk prVt",)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_cannot_be_followed_is_never_called_clean(kind: str) -> None:
    data = saved(noise(40, 30), kind)
    for end in range(0, len(data), 7):
        assert leftovers(data[:end])


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"nonsense", saved(four_corners(), "BMP")])
def test_other_formats_are_never_called_clean(data: bytes) -> None:
    assert leftovers(data) == ("unknown format",)
