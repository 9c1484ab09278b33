"""The XMP packet of a picture: who is named in it, who made it, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from smassistant.domain.pictures import Box, Region

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_XMP_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
_COMMONS = "{http://creativecommons.org/ns#}"
_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_IPTC_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_REGIONS = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_AREA = "{http://ns.adobe.com/xmp/sType/Area#}"
_SIZE = "{http://ns.adobe.com/xap/1.0/sType/Dimensions#}"
_MICROSOFT = "{http://ns.microsoft.com/photo/1.2/t/Region#}"

_LATITUDE = _EXIF + "GPSLatitude"
_TERMS = (
    _XMP_RIGHTS + "UsageTerms", _COMMONS + "license", _XMP_RIGHTS + "WebStatement",
)  # fmt: skip
_SOLD_BY = (
    _PHOTOSHOP + "Credit", _PHOTOSHOP + "Source", _XMP_RIGHTS + "Owner",
    _PLUS + "CopyrightOwnerName", _PLUS + "LicensorName", _PLUS + "ImageSupplierName",
)  # fmt: skip
_TAKEN = (_EXIF + "DateTimeOriginal", _PHOTOSHOP + "DateCreated", _XMP + "CreateDate")


@dataclass(frozen=True, slots=True)
class Packet:
    """What of an XMP packet concerns people's privacy and rights.

    Boxes of `regions` are those of the picture as it is stored, before it is turned upright.
    """

    location: bool = False
    people: tuple[str, ...] = ()
    creator: str = ""
    rights: str = ""
    taken: str = ""
    camera: tuple[str, str] = ("", "")  # maker and model
    terms: str = ""
    sold_by: str = ""  # credit, source, owner and licensor
    regions: tuple[Region, ...] = ()


def read_packet(raw: bytes) -> Packet:
    """The packet `raw`; empty for no XML. Raises ValueError for XML that can't be trusted."""
    start = raw.find(b"<")
    if start < 0:
        return Packet()
    try:
        # Writers end packets with padding, NULs, or a processing instruction cut in two.
        root = fromstring(raw[start : raw.rfind(b">") + 1], forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValueError("the XMP packet can't be read") from error
    return Packet(
        location=any(True for _ in _values(root, _LATITUDE)),
        people=tuple(_people(root)),
        creator="; ".join(_values(root, _DC + "creator")),
        rights=_one(root, _DC + "rights"),
        taken=next((value for name in _TAKEN for value in _values(root, name)), ""),
        camera=(_one(root, _TIFF + "Make"), _one(root, _TIFF + "Model")),
        terms="; ".join(dict.fromkeys(_all(root, _TERMS))),
        sold_by="; ".join(dict.fromkeys(_all(root, _SOLD_BY))),
        regions=tuple(_regions(root)),
    )


def find_packet(data: bytes) -> bytes:
    """An XMP packet lying open in a file of whatever format; empty if there is none."""
    start = data.find(b"<x:xmpmeta")
    end = data.find(b"</x:xmpmeta>", start)
    return data[start : end + len(b"</x:xmpmeta>")] if 0 <= start < end else b""


def _people(root: Element) -> Iterator[str]:
    """Names of people in the picture: the IPTC list, and regions drawn around faces."""
    yield from _values(root, _IPTC_EXT + "PersonInImage")
    for person in root.iter(_IPTC_EXT + "PersonInImageWDetails"):
        yield from _values(person, _IPTC_EXT + "PersonName")
    for region in root.iter():
        # A region without a type is a person more often than not; pets and products say so.
        if _property(region, _REGIONS + "Type") in ("", "Face") and (
            name := _property(region, _REGIONS + "Name")
        ):
            yield name
    yield from _values(root, _MICROSOFT + "PersonDisplayName")


def _regions(root: Element) -> Iterator[Region]:
    """Named faces with their place; first as the metadata working group, then as Microsoft."""
    sizes = [element for element in root.iter() if _property(element, _SIZE + "w")]
    size = (_number(sizes[0], _SIZE + "w"), _number(sizes[0], _SIZE + "h")) if sizes else (0.0, 0.0)
    for region in root.iter():
        name = _property(region, _REGIONS + "Name")
        if name and _property(region, _REGIONS + "Type") in ("", "Face"):
            for area in chain([region], region.iter(_REGIONS + "Area")):
                if box := _area(area, size):
                    yield Region(name, box)
                    break
        name = _property(region, _MICROSOFT + "PersonDisplayName")
        if name and (box := _rectangle(_property(region, _MICROSOFT + "Rectangle"))):
            yield Region(name, box)


def _area(element: Element, size: tuple[float, float]) -> Box | None:
    """An area around its middle, in fractions or in pixels of `size`, as a box."""
    if not _property(element, _AREA + "x"):
        inside = element.find(_RDF + "Description")
        return _area(inside, size) if inside is not None else None
    x, y, w, h = (_number(element, _AREA + name) for name in "xywh")
    w = w or _number(element, _AREA + "d")  # a circle
    h = h or w
    if _property(element, _AREA + "unit") == "pixel":
        if not (size[0] > 0 and size[1] > 0):
            return None
        x, y, w, h = x / size[0], y / size[1], w / size[0], h / size[1]
    return _box(x - w / 2, y - h / 2, w, h)


def _rectangle(text: str) -> Box | None:
    """Microsoft's "left, top, width, height" in fractions."""
    with suppress(ValueError):
        x, y, w, h = (float(part) for part in text.split(","))
        return _box(x, y, w, h)
    return None


def _box(x: float, y: float, w: float, h: float) -> Box | None:
    """The part of the box that is in the picture; None for nothing, or numbers that are none."""
    left, top, right, bottom = max(x, 0.0), max(y, 0.0), min(x + w, 1.0), min(y + h, 1.0)
    fits = left < right and top < bottom
    return Box(left, top, right - left, bottom - top) if fits else None


def _number(element: Element, name: str) -> float:
    """A number of a structure; 0 where it is none."""
    with suppress(ValueError):
        return float(_property(element, name))
    return 0.0


def _one(root: Element, name: str) -> str:
    return next(_values(root, name), "")


def _all(root: Element, names: tuple[str, ...]) -> Iterator[str]:
    return chain.from_iterable(_values(root, name) for name in names)


def _values(root: Element, name: str) -> Iterator[str]:
    """Every text of a property, written as an attribute, a text, or a list of either."""
    for element in root.iter():
        if text := element.get(name, "").strip():
            yield text
        if element.tag == name:
            items = [*element.iter(_RDF + "li")] or [element]
            yield from (text for item in items if (text := "".join(item.itertext()).strip()))


def _property(element: Element, name: str) -> str:
    """One property of a structure, as an attribute or a child."""
    return (element.get(name) or element.findtext(name) or "").strip()
