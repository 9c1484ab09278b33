"""Writes small HEIC files, which no library here can: HEVC's raw blocks need no compression."""

from __future__ import annotations

import struct

from PIL import Image

BLOCK = 16
# How wide the less likely bin is, for the first states of HEVC's arithmetic coder at full range.
LESS_LIKELY = (
    240, 227, 216, 205, 195, 185, 175, 166, 158, 150, 142, 135, 128, 122, 116, 110, 104, 99, 94,
    89, 85, 80, 76, 72, 69, 65, 62, 59, 56, 53, 50, 48,
)  # fmt: skip


def heic(image: Image.Image, exif: bytes = b"", turns: int = 0, profile: bytes = b"") -> bytes:
    """`image` (sides multiples of 16, 32 blocks at most) as a HEIC file.

    `exif` is what `Exif.tobytes` gives; `turns` quarter turns anticlockwise that a
    reader has to make; `profile` an ICC profile.
    """
    properties = [
        box(b"hvcC", decoder_settings(image.size)),
        full_box(b"ispe", struct.pack(">II", *image.size)),
        box(b"colr", b"nclx" + struct.pack(">HHHB", 1, 13, 6, 0x80)),
        box(b"irot", bytes([turns])),
    ]
    if profile:
        properties.append(box(b"colr", b"prof" + profile))
    coded = nal(19, slice_bits(image))
    items = [struct.pack(">I", len(coded)) + coded]
    if exif:
        items.append(struct.pack(">I", 6) + exif)
    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    size = len(head) + len(meta(items, properties, 0)) + 8
    return head + meta(items, properties, size) + box(b"mdat", b"".join(items))


class Bits:
    """Bits written one after another, as the standard's u(n) and ue(v)."""

    def __init__(self) -> None:
        self.text = ""

    def u(self, width: int, *values: int) -> Bits:
        self.text += "".join(f"{value:0{width}b}" for value in values)
        return self

    def ue(self, *values: int) -> Bits:
        for value in values:
            code = f"{value + 1:b}"
            self.text += "0" * (len(code) - 1) + code
        return self

    def align(self, stop: str = "") -> Bits:
        self.text += stop
        self.text += "0" * (-len(self.text) % 8)
        return self

    def bytes(self) -> bytes:
        return int(self.text, 2).to_bytes(len(self.text) // 8, "big") if self.text else b""


def profile_and_level(bits: Bits) -> Bits:
    """Main Still Picture, level 3.1."""
    bits.u(2, 0).u(1, 0).u(5, 3).u(32, 0x70000000).u(4, 0b1001)
    return bits.u(44, 0).u(8, 93)


def video_parameters() -> bytes:
    bits = Bits().u(4, 0).u(1, 1, 1).u(6, 0).u(3, 0).u(1, 1).u(16, 0xFFFF)
    profile_and_level(bits).u(1, 1).ue(0, 0, 0).u(6, 0).ue(0).u(1, 0, 0)
    return bits.align("1").bytes()


def sequence_parameters(width: int, height: int) -> bytes:
    """Blocks of 16 × 16, never split, raw samples allowed, 4:2:0."""
    bits = profile_and_level(Bits().u(4, 0).u(3, 0).u(1, 1))
    bits.ue(0, 1, width, height).u(1, 0).ue(0, 0, 0).u(1, 1).ue(0, 0, 0)
    bits.ue(1, 0, 0, 2, 0, 0).u(1, 0, 0, 0)
    bits.u(1, 1).u(4, 7, 7).ue(1, 0).u(1, 1)
    bits.ue(0).u(1, 0, 0, 0, 0, 0)
    return bits.align("1").bytes()


def picture_parameters() -> bytes:
    bits = Bits().ue(0, 0).u(1, 0, 0).u(3, 0).u(1, 0, 0).ue(0, 0, 0).u(1, 0, 0, 0).ue(0, 0)
    bits.u(1, 0, 0, 0, 0, 0, 0, 0).u(1, 1, 0, 1).u(1, 0, 0).ue(0).u(1, 0, 0)
    return bits.align("1").bytes()


def slice_bits(image: Image.Image) -> bytes:
    """The whole picture as one slice of raw blocks.

    The coder starts afresh after each raw block, so what it writes between two of them is known:
    "no end yet", "not split", "raw" are always the same nine bits but for the state's width.
    """
    y, cb, cr = image.convert("YCbCr").split()
    half = (image.width // 2, image.height // 2)
    cb, cr = cb.resize(half, Image.Resampling.BOX), cr.resize(half, Image.Resampling.BOX)
    data = Bits().u(1, 1, 0).ue(0, 2, 0).align("1").bytes()
    corners = [(x, y) for y in range(0, image.height, BLOCK) for x in range(0, image.width, BLOCK)]
    for number, (left, top) in enumerate(corners):
        coder_range = (510 if number == 0 else 508) - LESS_LIKELY[number]
        data += Bits().u(9, coder_range - 2 | 1).align().bytes()
        data += y.crop((left, top, left + BLOCK, top + BLOCK)).tobytes()
        for plane in (cb, cr):
            x, z = left // 2, top // 2
            data += plane.crop((x, z, x + BLOCK // 2, z + BLOCK // 2)).tobytes()
    return data + Bits().u(9, 509).align().bytes()


def nal(kind: int, payload: bytes) -> bytes:
    """A NAL unit; a third byte keeps the payload from looking like a start code."""
    out, zeros = bytearray([kind << 1, 1]), 0
    for byte in payload:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


def decoder_settings(size: tuple[int, int]) -> bytes:
    """The content of hvcC: the three parameter sets."""
    out = bytes([1, 3]) + struct.pack(">I", 0x70000000) + bytes([0x90, 0, 0, 0, 0, 0, 93])
    out += bytes([0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 0x0F, 3])
    sets = ((32, video_parameters()), (33, sequence_parameters(*size)), (34, picture_parameters()))
    for kind, payload in sets:
        unit = nal(kind, payload)
        out += bytes([0x80 | kind]) + struct.pack(">HH", 1, len(unit)) + unit
    return out


def box(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", 8 + len(payload)) + kind + payload


def full_box(kind: bytes, payload: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, bytes([version]) + flags.to_bytes(3, "big") + payload)


def meta(items: list[bytes], properties: list[bytes], start: int) -> bytes:
    """The box that says what the items are and where; the items' bytes begin at `start`."""
    kinds = (b"hvc1", b"Exif")[: len(items)]
    entries = b"".join(
        full_box(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", version=2)
        for number, kind in enumerate(kinds, 1)
    )
    places, at = b"", start
    for number, item in enumerate(items, 1):
        places += struct.pack(">HHHII", number, 0, 1, at, len(item))
        at += len(item)
    # The decoder's settings and the turn must be understood; the rest may be.
    links = bytes([0x81, 2, 3, 0x84, 5][: len(properties)])
    parts = full_box(b"hdlr", b"\0\0\0\0pict" + bytes(13)) + full_box(b"pitm", b"\0\1")
    parts += full_box(b"iloc", b"\x44\0" + struct.pack(">H", len(items)) + places)
    parts += full_box(b"iinf", struct.pack(">H", len(items)) + entries)
    if len(items) > 1:
        parts += full_box(b"iref", box(b"cdsc", struct.pack(">HHH", 2, 1, 1)))
    association = struct.pack(">IHB", 1, 1, len(links)) + links
    parts += box(b"iprp", box(b"ipco", b"".join(properties)) + full_box(b"ipma", association))
    return full_box(b"meta", parts)
