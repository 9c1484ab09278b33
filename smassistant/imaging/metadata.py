"""What a picture file says about place, people and rights (EXIF, XMP, IPTC); only ever read."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image, IptcImagePlugin
from PIL.ExifTags import GPS, IFD, Base

from smassistant.domain.agencies import agency_in
from smassistant.domain.pictures import Box, Metadata, Region
from smassistant.imaging.segments import extended_xmp, leftovers
from smassistant.imaging.xmp import Packet, find_packet, read_packet

__all__ = ["BROKEN", "leftovers", "read_metadata"]

LONGEST = 300  # characters kept of a text

# What Pillow raises on metadata that makes no sense.
BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error,
)  # fmt: skip

T = TypeVar("T")
Field = tuple[int, int]

_XP_AUTHOR = 0x9C9D
_GPS_PLACE = (GPS.GPSLatitude, GPS.GPSLongitude, GPS.GPSDestLatitude, GPS.GPSAreaInformation)
_BYLINE, _RIGHTS, _DAY, _TIME, _CHARACTERS = (2, 80), (2, 116), (2, 55), (2, 60), (1, 90)
_CREDIT, _SOURCE = (2, 110), (2, 115)
_DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?")
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


@dataclass(frozen=True, slots=True)
class _Exif:
    """What of the EXIF tags matters here."""

    location: bool = False
    creator: str = ""
    rights: str = ""
    taken: str = ""
    camera: str = ""
    orientation: int = 1


def read_metadata(image: Image.Image, data: bytes) -> tuple[Metadata, bool]:
    """The metadata of an opened and loaded picture whose file holds `data`, and if it is whole.

    Not whole means that a part makes no sense; the other parts are read all the same. Keywords
    are not taken for people.
    """
    exif = _whole(lambda: _exif(image))
    packets = _whole(lambda: tuple(read_packet(raw) for raw in _packets(image, data)))
    iptc = _whole(lambda: _iptc(image))
    metadata = _together(exif or _Exif(), packets or (), iptc or {})
    return metadata, None not in (exif, packets, iptc)


def _whole(read: Callable[[], T]) -> T | None:
    """What `read` gives, None where the file makes no sense."""
    try:
        return read()
    except BROKEN:
        return None


def _together(exif: _Exif, packets: tuple[Packet, ...], iptc: dict[Field, str]) -> Metadata:
    """One answer from the three standards; XMP, the newest, before EXIF before IPTC."""
    creator = _first(*(packet.creator for packet in packets), exif.creator, iptc.get(_BYLINE))
    rights = _first(*(packet.rights for packet in packets), exif.rights, iptc.get(_RIGHTS))
    terms = _first(*(packet.terms for packet in packets))
    sold_by = (*(packet.sold_by for packet in packets), iptc.get(_CREDIT), iptc.get(_SOURCE))
    names = (_cut(name) for packet in packets for name in packet.people)
    return Metadata(
        location=exif.location or any(packet.location for packet in packets),
        people=tuple(dict.fromkeys(names)),
        creator=creator,
        copyright=rights,
        taken=_first(
            exif.taken,
            *(_iso(packet.taken) for packet in packets),
            _iso_of_iptc(iptc.get(_DAY, ""), iptc.get(_TIME, "")),
        ),
        camera=_first(exif.camera, *(_camera(*packet.camera) for packet in packets)),
        terms=terms,
        stock=agency_in("; ".join(filter(None, (*sold_by, rights, creator, terms)))),
        regions=tuple(_upright_regions(packets, exif.orientation)),
    )


def _upright_regions(packets: tuple[Packet, ...], orientation: int) -> Iterator[Region]:
    """Each name at its first place, in the picture as it is turned upright."""
    turn = _TURNED.get(orientation, _as_it_is)
    named: set[str] = set()
    for packet in packets:
        for region in packet.regions:
            name = _cut(region.name)
            if name not in named:
                named.add(name)
                yield Region(name, turn(region.box))


def _as_it_is(box: Box) -> Box:
    return box


# What becomes of a box when the picture is turned as EXIF's orientation says.
_TURNED: dict[int, Callable[[Box], Box]] = {
    2: lambda b: Box(1 - b.x - b.w, b.y, b.w, b.h),
    3: lambda b: Box(1 - b.x - b.w, 1 - b.y - b.h, b.w, b.h),
    4: lambda b: Box(b.x, 1 - b.y - b.h, b.w, b.h),
    5: lambda b: Box(b.y, b.x, b.h, b.w),
    6: lambda b: Box(1 - b.y - b.h, b.x, b.h, b.w),
    7: lambda b: Box(1 - b.y - b.h, 1 - b.x - b.w, b.h, b.w),
    8: lambda b: Box(b.y, 1 - b.x - b.w, b.h, b.w),
}


def _exif(image: Image.Image) -> _Exif:
    exif = image.getexif()
    photo, gps = exif.get_ifd(IFD.Exif), exif.get_ifd(IFD.GPSInfo)
    taken = _text(photo.get(Base.DateTimeOriginal)) + _text(photo.get(Base.OffsetTimeOriginal))
    return _Exif(
        location=any(tag in gps for tag in _GPS_PLACE),
        creator=_first(_text(exif.get(Base.Artist)), _text(exif.get(_XP_AUTHOR))),
        rights=_text(exif.get(Base.Copyright)),
        taken=_iso(taken),
        camera=_camera(_text(exif.get(Base.Make)), _text(exif.get(Base.Model))),
        orientation=turned if isinstance(turned := exif.get(Base.Orientation), int) else 1,
    )


def _camera(maker: str, model: str) -> str:
    """Maker and model in one, the maker once: "Canon" and "Canon EOS R6"."""
    repeated = model.casefold().startswith(maker.casefold().split(" ")[0])
    return model if model and repeated else f"{maker} {model}".strip()


def _packets(image: Image.Image, data: bytes) -> Iterator[bytes]:
    """The XMP packet Pillow hands out, or else one lying open (GIF), and a JPEG's overflow."""
    raw = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or find_packet(data)
    yield raw.encode() if isinstance(raw, str) else raw
    yield extended_xmp(data)


def _iptc(image: Image.Image) -> dict[Field, str]:
    """The IPTC fields as text; UTF-8 where the file says so or where it fits."""
    fields = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    return {
        key: "; ".join(_text(one) for one in (value if isinstance(value, list) else [value]))
        for key, value in fields.items()
        if key != _CHARACTERS
    }


def _text(value: object) -> str:
    """A text field; EXIF has UTF-8 in what it calls ASCII, and UTF-16 in Windows's fields."""
    if isinstance(value, tuple) and all(isinstance(byte, int) for byte in value):
        value = bytes(byte & 0xFF for byte in value)
    if isinstance(value, bytes):
        wide = len(value) % 2 == 0 and value[1::2].count(0) > len(value) // 4
        value = value.decode("utf-16-le", "replace") if wide else value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):  # it was right as it stood
        value = value.encode("latin-1").decode("utf-8")
    return "; ".join(part for piece in value.split("\0") if (part := piece.strip()))


def _first(*values: str | None) -> str:
    return _cut(next(filter(None, values), ""))


def _cut(text: str) -> str:
    """No more of a text than anybody reads: a file may hold megabytes of it."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _iso(text: str) -> str:
    """A date, perhaps with a time and zone, as ISO text; empty where it is none."""
    found = _DATE.match(text.strip())
    if found is None or found[1] == "0000":
        return ""
    year, month, day, time = found.groups()
    zone = _ZONE.search(text) if time else None
    return f"{year}-{month}-{day}" + (f"T{time}" if time else "") + (zone[0] if zone else "")


def _iso_of_iptc(day: str, time: str) -> str:
    """IPTC writes 20240501 and 120304+0200."""
    if not re.fullmatch(r"\d{8}", day):
        return ""
    clock = re.match(r"(\d\d)(\d\d)(\d\d)(?:([+-]\d\d)(\d\d))?", time)
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if clock:
        text += f" {clock[1]}:{clock[2]}:{clock[3]}" + (
            f"{clock[4]}:{clock[5]}" if clock[4] else ""
        )
    return _iso(text)
