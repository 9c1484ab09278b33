"""What a file is, told from its bytes: kinds that are not read, and files that were cut off."""

from __future__ import annotations

from pathlib import PurePath

from smassistant.i18n import N_
from smassistant.imaging import boxes

RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".iiq", ".kdc", ".mrw", ".nef", ".nrw",
    ".orf", ".pef", ".raf", ".raw", ".rw2", ".srw", ".x3f",
})  # fmt: skip

JPEG_XL, PDF, VIDEO, SOUND = N_("JPEG XL picture"), N_("PDF"), N_("video"), N_("sound")
RAW, DRAWING, ARCHIVE = N_("camera raw file"), N_("drawing"), N_("office document or archive")
WEB_PAGE, LAYERED = N_("web page"), N_("layered picture of a drawing program")

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\x0a", JPEG_XL),
    (b"\0\0\0\x0cJXL ", JPEG_XL),
    (b"%PDF", PDF),
    (b"\x1a\x45\xdf\xa3", VIDEO),
    (b"\0\0\x01\xba", VIDEO),
    (b"FLV\x01", VIDEO),
    (b"0&\xb2u\x8ef\xcf\x11", VIDEO),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"FUJIFILMCCD-RAW", RAW),
    (b"IIRO", RAW),
    (b"IIRS", RAW),
    (b"IIU\0", RAW),
    (b"<svg", DRAWING),
    (b"<?xml", DRAWING),
    (b"%!PS", DRAWING),
    (b"\xd7\xcd\xc6\x9a", DRAWING),
    (b"8BPS", LAYERED),
    (b"gimp xcf", LAYERED),
    (b"PK\x03\x04", ARCHIVE),
    (b"\xd0\xcf\x11\xe0", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"Rar!", ARCHIVE),
)
_TIFF = (b"II*\0", b"MM\0*")
_PICTURE_BRANDS = (
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1",
    b"avif", b"avis",
)  # fmt: skip


def foreign_kind(data: bytes, name: str = "") -> str:
    """The kind of a file that the program knows but can't use, for `_`; empty if there is none."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"AVI ":
        return VIDEO
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return SOUND
    if data[4:8] in (b"moov", b"mdat", b"wide", b"free"):
        return VIDEO
    if data[4:8] == b"ftyp" and data[8:12] not in _PICTURE_BRANDS:
        return _kind_of_brand(data[8:12])
    if data[:256].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return WEB_PAGE
    raw = data[8:10] == b"CR" or PurePath(name).suffix.lower() in RAW_SUFFIXES
    return RAW if raw and data.startswith(_TIFF) else ""


def _kind_of_brand(brand: bytes) -> str:
    """The kind of an ISO media file that is no still picture."""
    if brand == b"crx ":
        return RAW
    return SOUND if brand.startswith((b"M4A", b"M4B")) else VIDEO


def looks_like_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a format the program reads."""
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", *_TIFF))
        or data[4:8] == b"ftyp"
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
    )


def is_cut_off(data: bytes) -> bool:
    """Whether a picture of a known format lacks its end, as after an interrupted copy."""
    if data.startswith(b"\xff\xd8"):
        return b"\xff\xd9" not in data[-4096:]
    if data.startswith(b"\x89PNG"):
        return b"IEND" not in data[-4096:]
    if data.startswith(b"GIF8"):
        return not data.rstrip(b"\0").endswith(b";")
    if data.startswith(b"RIFF"):
        return len(data) < 8 + int.from_bytes(data[4:8], "little")
    if data.startswith(b"BM"):
        return len(data) < int.from_bytes(data[2:6], "little")
    if data[4:8] == b"ftyp":
        return boxes.is_cut_off(data)
    return False
