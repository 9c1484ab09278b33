"""Whole pictures of every kind the program reads, small, with all that files say about themselves.

The one HEIC file is made by the tests, since no library here writes any.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms, PngImagePlugin

from tests.unit.imaging.heic import heic

PHOTOS = Path(__file__).resolve().parents[1] / "resources/sample/photos"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Jo" '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="53,32.1N"/>'
    b"</rdf:RDF></x:xmpmeta>"
)
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0e\x1c\x02\x50\0\x09Jo Okafor"


def samples(more: Path | None = None) -> dict[str, bytes]:
    """Pictures by the name of their kind; those of the folder `more` under their own names."""
    photo = _small(next(iter(sorted(PHOTOS.glob("*.jpg")))))
    films = [photo, photo.rotate(180)]
    made = {
        "jpeg": _with_iptc(_saved(photo, "JPEG", exif=_exif(), xmp=XMP, icc_profile=_profile(),
                                  comment=b"by Jo")),
        "jpeg in steps": _saved(photo, "JPEG", progressive=True, exif=_exif()),
        "jpeg cmyk": _saved(photo.convert("CMYK"), "JPEG"),
        "jpeg of phone": _saved(photo, "MPO", save_all=True, append_images=films[1:]),
        "png": _saved(photo, "PNG", pnginfo=_words(), exif=_exif(), icc_profile=_profile()),
        "png palette": _saved(photo.quantize(32), "PNG", transparency=3),
        "png 16 bit": _saved(_deep(photo), "PNG"),
        "webp": _saved(photo, "WEBP", exif=_exif(), xmp=XMP, icc_profile=_profile()),
        "webp lossless": _saved(photo.convert("RGBA"), "WEBP", lossless=True),
        "webp film": _saved(photo, "WEBP", save_all=True, append_images=films),
        "tiff": _saved(photo, "TIFF", exif=_exif(), icc_profile=_profile()),
        "tiff lzw": _saved(photo, "TIFF", compression="tiff_lzw"),
        "tiff jpeg": _saved(photo, "TIFF", compression="jpeg"),
        "tiff fax": _saved(photo.convert("1"), "TIFF", compression="group4"),
        "gif film": _saved(photo.quantize(32), "GIF", save_all=True, append_images=films),
        "bmp": _saved(photo, "BMP"),
        "avif": _saved(photo, "AVIF", exif=_exif(), xmp=XMP),
        "heic": heic(photo.resize((96, 64)), _exif()),
    }  # fmt: skip
    if more is not None:
        made |= {path.name[:15]: path.read_bytes() for path in sorted(more.iterdir())
                 if path.suffix.lower() in (".jpg", ".png", ".heic", ".webp", ".gif")}  # fmt: skip
    return made


def _small(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB").resize((150, 100))


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x8298] = 6, "Jo Okafor", "A school"
    exif.get_ifd(0x8769)[0x9003] = "2026:05:01 12:03:04"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 32.0, 1.0), 3: "W", 4: (113.0, 29.0, 2.0)})
    return exif.tobytes()


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _words() -> PngImagePlugin.PngInfo:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Jo Okafor", zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return words


def _deep(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def _with_iptc(jpeg: bytes) -> bytes:
    segment = b"\xff\xed" + (len(IPTC) + 2).to_bytes(2, "big") + IPTC
    return jpeg[:2] + segment + jpeg[2:]
