"""Metadata: place, people and rights from EXIF, XMP and IPTC, however they are written."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from PIL import Image

from smassistant.domain.pictures import Box, Metadata
from smassistant.imaging.decoding import decode
from tests.unit.imaging.heic import heic
from tests.unit.imaging.pictures import four_corners, saved

ARTIST, COPYRIGHT, EXIF_IFD, GPS_IFD = 0x013B, 0x8298, 0x8769, 0x8825
TAKEN, TAKEN_ZONE = 0x9003, 0x9011

NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:lr="http://ns.adobe.com/lightroom/1.0/" '
    'xmlns:exif="http://ns.adobe.com/exif/1.0/" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'xmlns:mwg="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" '
    'xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" '
    'xmlns:rights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" '
    'xmlns:MP="http://ns.microsoft.com/photo/1.2/" '
    'xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
    'xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"'
)


def packet(content: str = "", attributes: str = "") -> bytes:
    """An XMP packet with padding, as programs write it."""
    text = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {NAMESPACES}>'
        f'<rdf:Description rdf:about="" {attributes}>{content}</rdf:Description>'
        f'</rdf:RDF></x:xmpmeta>{" " * 80}<?xpacket end="w"?>'
    )
    return text.encode()


def bag(name: str, *items: str) -> str:
    listed = "".join(f"<rdf:li>{item}</rdf:li>" for item in items)
    return f"<{name}><rdf:Bag>{listed}</rdf:Bag></{name}>"


def metadata(data: bytes) -> Metadata:
    decoded = decode(data)
    assert decoded.problems == ()
    return decoded.metadata


def of_xmp(content: str = "", attributes: str = "") -> Metadata:
    return metadata(saved(four_corners(), xmp=packet(content, attributes)))


def exif_of(tags: dict[int, Any] | None = None, **ifds: dict[int, Any]) -> bytes:
    exif = Image.Exif()
    for tag, value in (tags or {}).items():
        exif[tag] = value
    for name, values in ifds.items():
        exif.get_ifd({"photo": EXIF_IFD, "gps": GPS_IFD}[name]).update(values)
    return exif.tobytes()


def of_exif(tags: dict[int, Any] | None = None, **ifds: dict[int, Any]) -> Metadata:
    return metadata(saved(four_corners(), exif=exif_of(tags, **ifds)))


def test_a_file_that_says_nothing() -> None:
    assert metadata(saved(four_corners())) == Metadata()


PLACE = {1: "N", 2: (52.0, 16.0, 5.0), 3: "W", 4: (113.0, 48.0, 40.0)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_place_is_found_in_every_format(kind: str) -> None:
    assert metadata(saved(four_corners(), kind, exif=exif_of(gps=PLACE))).location


def test_the_place_is_found_in_an_iphones_picture() -> None:
    assert metadata(heic(four_corners(), exif_of(gps=PLACE))).location
    assert not metadata(heic(four_corners())).location


def test_a_camera_that_could_say_the_place_but_did_not() -> None:
    assert not of_exif(gps={0: b"\2\3\0\0", 29: "2026:05:01"}).location


def test_the_place_in_xmp_counts_too() -> None:
    assert of_xmp(attributes='exif:GPSLatitude="52,16.1N"').location
    assert of_xmp("<exif:GPSLatitude>52,16.1N</exif:GPSLatitude>").location


REGIONS = """<mwg:Regions rdf:parseType="Resource"><mwg:RegionList><rdf:Bag>
  <rdf:li><rdf:Description mwg:Name="Ada Okafor" mwg:Type="Face"/></rdf:li>
  <rdf:li rdf:parseType="Resource">
    <mwg:Name>Björn Åström</mwg:Name><mwg:Type>Face</mwg:Type>
  </rdf:li>
  <rdf:li mwg:Name="Chi Nguyễn"/>
  <rdf:li rdf:parseType="Resource"><mwg:Name>Rex</mwg:Name><mwg:Type>Pet</mwg:Type></rdf:li>
  <rdf:li mwg:Name="ACME" mwg:Type="BarCode"/>
  <rdf:li mwg:Type="Face"/>
</rdf:Bag></mwg:RegionList></mwg:Regions>"""

WINDOWS = """<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>
  <rdf:li MPReg:Rectangle="0.1, 0.1, 0.2, 0.2" MPReg:PersonDisplayName="Dana Petit"/>
  <rdf:li><rdf:Description><MPReg:PersonDisplayName>Eli Roy</MPReg:PersonDisplayName>
  </rdf:Description></rdf:li>
</rdf:Bag></MPRI:Regions></MP:RegionInfo>"""

DETAILS = """<ext:PersonInImageWDetails><rdf:Bag><rdf:li rdf:parseType="Resource">
  <ext:PersonName><rdf:Alt><rdf:li xml:lang="x-default">Fay Lim</rdf:li></rdf:Alt></ext:PersonName>
  <ext:PersonDescription>pupil</ext:PersonDescription>
</rdf:li></rdf:Bag></ext:PersonInImageWDetails>"""


@pytest.mark.parametrize(
    ("content", "people"),
    [
        (bag("ext:PersonInImage", "Ada Okafor", "Björn Åström"), ("Ada Okafor", "Björn Åström")),
        (REGIONS, ("Ada Okafor", "Björn Åström", "Chi Nguyễn")),
        (WINDOWS, ("Dana Petit", "Eli Roy")),
        (DETAILS, ("Fay Lim",)),
        (bag("ext:PersonInImage", "Ada Okafor") + REGIONS, ("Ada Okafor", "Björn Åström",
                                                            "Chi Nguyễn")),
        (bag("dc:subject", "Ada Okafor", "sports day"), ()),
        (bag("lr:hierarchicalSubject", "People|Ada Okafor"), ()),
    ],
)  # fmt: skip
def test_people_are_found_and_keywords_are_not_people(
    content: str, people: tuple[str, ...]
) -> None:
    assert of_xmp(content).people == people


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_people_are_found_in_other_formats(kind: str) -> None:
    raw = packet(bag("ext:PersonInImage", "Ada Okafor"))
    options: dict[str, Any] = {"xmp": raw}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", raw.decode())
        options = {"pnginfo": notes}
    elif kind == "TIFF":
        options = {"tiffinfo": {700: raw}}
    assert metadata(saved(four_corners(), kind, **options)).people == ("Ada Okafor",)


def test_people_are_found_in_a_gif() -> None:
    data = saved(four_corners().quantize(4), "GIF")
    raw = packet(bag("ext:PersonInImage", "Ada Okafor"))
    block = b"\x21\xff\x0bXMP DataXMP" + raw + bytes([1, *range(255, -1, -1), 0])
    assert metadata(data[:-1] + block + b";").people == ("Ada Okafor",)


def test_people_are_found_where_xmp_overflows() -> None:
    """What does not fit into 64 kB goes into further segments, in any order."""
    data = saved(four_corners(), xmp=packet())
    raw = packet(bag("ext:PersonInImage", *(f"Pupil {n}" for n in range(4000))))
    parts = [(at, raw[at : at + 60000]) for at in range(0, len(raw), 60000)]
    assert len(parts) > 1
    segments = b""
    for at, part in reversed(parts):
        head = (
            b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">II", len(raw), at)
        )
        segments += b"\xff\xe1" + struct.pack(">H", 2 + len(head + part)) + head + part
    assert metadata(data[:2] + segments + data[2:]).people[-1] == "Pupil 3999"


def test_makers_and_rights() -> None:
    read = of_exif({ARTIST: "Jean Roy", COPYRIGHT: "Northfield School\0the editor"})
    assert (read.creator, read.copyright) == ("Jean Roy", "Northfield School; the editor")
    content = (
        "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© 2026 Roy</rdf:li></rdf:Alt></dc:rights>"
    )
    read = of_xmp(bag("dc:creator", "Jean Roy", "Mia Wu") + content)
    assert (read.creator, read.copyright) == ("Jean Roy; Mia Wu", "© 2026 Roy")


def test_letters_beyond_ascii_come_out_right() -> None:
    raw = exif_of({ARTIST: "KOVAxxx"}).replace(b"KOVAxxx", "Kovács".encode())
    assert metadata(saved(four_corners(), exif=raw)).creator == "Kovács"
    windows = exif_of({0x9C9D: "Kovács".encode("utf-16-le") + b"\0\0"})
    assert metadata(saved(four_corners(), exif=windows)).creator == "Kovács"


@pytest.mark.parametrize(
    ("taken", "zone", "expected"),
    [
        ("2026:05:01 12:03:04", None, "2026-05-01T12:03:04"),
        ("2026:05:01 12:03:04", "-06:00", "2026-05-01T12:03:04-06:00"),
        ("0000:00:00 00:00:00", None, ""),
        ("    :  :     :  :  ", None, ""),
        ("yesterday", None, ""),
    ],
)
def test_when_it_was_taken(taken: str, zone: str | None, expected: str) -> None:
    tags = {TAKEN: taken} | ({TAKEN_ZONE: zone} if zone else {})
    assert of_exif(photo=tags).taken == expected


def test_when_it_was_taken_from_xmp() -> None:
    assert of_xmp(attributes='photoshop:DateCreated="2026-05-01"').taken == "2026-05-01"
    read = of_xmp("<xmp:CreateDate>2026-05-01T12:03:04-06:00</xmp:CreateDate>")
    assert read.taken == "2026-05-01T12:03:04-06:00"


def iptc(*fields: tuple[int, bytes]) -> bytes:
    """A Photoshop segment with IPTC fields of record 2."""
    block = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
        for number, value in fields
    )
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + bytes(len(block) % 2)
    payload = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", 2 + len(payload)) + payload


def test_the_old_standard_is_read() -> None:
    data = saved(four_corners())
    segment = iptc(
        (80, "Renée Roy".encode()), (116, b"School"), (55, b"20260501"), (60, b"120304-0600")
    )
    assert metadata(data[:2] + segment + data[2:]) == Metadata(
        creator="Renée Roy", copyright="School", taken="2026-05-01T12:03:04-06:00"
    )


def test_keywords_of_the_old_standard_are_not_people() -> None:
    data = saved(four_corners())
    assert metadata(data[:2] + iptc((25, b"Ada Okafor")) + data[2:]).people == ()


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">&b;</x:xmpmeta>'
)


@pytest.mark.parametrize("raw", [BOMB, b"<x:xmpmeta", b"<a><b></a>", b"\xff<\xfe>"])
def test_what_cannot_be_read_is_said_and_the_rest_is_kept(raw: bytes) -> None:
    decoded = decode(saved(four_corners(), xmp=raw, exif=exif_of({ARTIST: "Jo"}, gps=PLACE)))
    assert decoded.metadata == Metadata(location=True, creator="Jo")
    assert decoded.problems == ("part of what the file says about itself can't be read",)


# Where the names stand in the picture

AREA = """<mwg:Regions rdf:parseType="Resource">{size}<mwg:RegionList><rdf:Bag>
  <rdf:li><rdf:Description mwg:Name="Ada Okafor" mwg:Type="Face"><mwg:Area {area}/>
  </rdf:Description></rdf:li></rdf:Bag></mwg:RegionList></mwg:Regions>"""
SIZE = '<mwg:AppliedToDimensions stDim:w="960" stDim:h="640" stDim:unit="pixel"/>'


def area(x: float, y: float, w: float, h: float, unit: str = "normalized", size: str = "") -> str:
    """An MWG face region; x and y are its middle."""
    numbers = f'stArea:x="{x}" stArea:y="{y}" stArea:w="{w}" stArea:h="{h}" stArea:unit="{unit}"'
    return AREA.format(size=size, area=numbers)


def near(box: Box) -> Any:
    return pytest.approx((box.x, box.y, box.w, box.h), abs=1e-6)


def sides(box: Box) -> tuple[float, float, float, float]:
    return (box.x, box.y, box.w, box.h)


@pytest.mark.parametrize(
    ("content", "box"),
    [
        (area(0.3, 0.5, 0.2, 0.4), Box(0.2, 0.3, 0.2, 0.4)),
        (area(288, 320, 192, 256, "pixel", SIZE), Box(0.2, 0.3, 0.2, 0.4)),
        (area(0.05, 0.5, 0.2, 0.2), Box(0, 0.4, 0.15, 0.2)),
        (AREA.format(size="", area='stArea:x="0.5" stArea:y="0.5" stArea:d="0.2"'),
         Box(0.4, 0.4, 0.2, 0.2)),
        (WINDOWS, Box(0.1, 0.1, 0.2, 0.2)),
    ],
)  # fmt: skip
def test_a_name_may_have_a_place_in_the_picture(content: str, box: Box) -> None:
    (region,) = of_xmp(content).regions
    assert sides(region.box) == near(box)
    assert region.name in ("Ada Okafor", "Dana Petit")


@pytest.mark.parametrize(
    "content",
    [
        area(288, 320, 192, 256, "pixel"),
        area(2, 2, 0.2, 0.2),
        AREA.format(size="", area='stArea:x="nan" stArea:y="1e999" stArea:w="x" stArea:h=""'),
        REGIONS,
    ],
)
def test_a_place_that_makes_no_sense_leaves_the_name(content: str) -> None:
    read = of_xmp(content)
    assert "Ada Okafor" in read.people
    assert read.regions == ()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_places_turn_with_the_picture(orientation: int) -> None:
    image = Image.new("RGB", (400, 200), "white")
    image.paste((200, 0, 0), (40, 20, 120, 80))
    raw = packet(area(80 / 400, 50 / 200, 80 / 400, 60 / 200))
    decoded = decode(saved(image, exif=exif_of({0x0112: orientation}), xmp=raw, quality=95))
    (region,) = decoded.metadata.regions
    upright, box = decoded.image, region.box
    middle = ((box.x + box.w / 2) * upright.width, (box.y + box.h / 2) * upright.height)
    red = upright.getpixel((int(middle[0]), int(middle[1])))
    assert isinstance(red, tuple)
    assert red[0] > 150
    assert red[1] < 80
    size = (round(box.w * upright.width), round(box.h * upright.height))
    assert size == ((80, 60) if orientation < 5 else (60, 80))


# Camera, terms, agencies


def test_the_camera_is_named_once() -> None:
    assert of_exif({0x010F: "Canon", 0x0110: "Canon EOS R6"}).camera == "Canon EOS R6"
    assert of_exif({0x010F: "Apple", 0x0110: "iPhone 15"}).camera == "Apple iPhone 15"
    assert of_xmp(attributes='tiff:Make="Google" tiff:Model="Pixel 9"').camera == "Google Pixel 9"


def test_terms_of_use_and_their_address() -> None:
    content = (
        "<rights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>School use only</rdf:li>"
        "</rdf:Alt></rights:UsageTerms>"
    )
    read = of_xmp(content, 'rights:WebStatement="https://example.org/terms"')
    assert read.terms == "School use only; https://example.org/terms"


@pytest.mark.parametrize(
    ("attributes", "agency"),
    [
        ('photoshop:Credit="Getty Images"', "Getty Images"),
        ('photoshop:Source="Shutterstock.com"', "Shutterstock"),
        ('rights:Owner="Alamy Ltd"', "Alamy"),
        ('photoshop:Credit="Oak School"', ""),
    ],
)
def test_a_picture_agency_is_recognised(attributes: str, agency: str) -> None:
    assert of_xmp(attributes=attributes).stock == agency


def test_a_picture_agency_is_recognised_in_the_old_standard() -> None:
    data = saved(four_corners())
    assert metadata(data[:2] + iptc((110, b"AP Photo/J. Doe")) + data[2:]).stock == (
        "Associated Press"
    )


def test_texts_nobody_would_read_to_their_end_are_cut() -> None:
    read = of_exif({ARTIST: "x" * 20_000, COPYRIGHT: "y" * 20_000})
    assert len(read.creator) == len(read.copyright) == 300
