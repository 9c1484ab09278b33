"""The XMP packet of a picture: who is named in it, who made it, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_IPTC_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_REGIONS = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_MICROSOFT = "{http://ns.microsoft.com/photo/1.2/t/Region#}"

_LATITUDE = _EXIF + "GPSLatitude"
_TAKEN = (_EXIF + "DateTimeOriginal", _PHOTOSHOP + "DateCreated", _XMP + "CreateDate")


@dataclass(frozen=True, slots=True)
class Packet:
    """What of an XMP packet concerns people's privacy and rights."""

    location: bool = False
    people: tuple[str, ...] = ()
    creator: str = ""
    rights: str = ""
    taken: str = ""


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
        rights=next(_values(root, _DC + "rights"), ""),
        taken=next((value for name in _TAKEN for value in _values(root, name)), ""),
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
