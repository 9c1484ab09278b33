"""What a JPEG, PNG or WebP file holds beside its pixels, told by walking its structure."""

from __future__ import annotations

from collections.abc import Iterator

_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_SCAN, _END = 0xDA, 0xD9
# JPEG markers that only describe pixels: quantisation, Huffman tables, restart interval, frames.
_JPEG_PIXELS = frozenset({0xDB, 0xC4, 0xDD, 0xC0, 0xC1, 0xC2, _SCAN})
_JFIF_WITHOUT_THUMBNAIL = 14
_ADOBE_LENGTH = 12
_PNG_PIXELS = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"bKGD",
    b"pHYs",
})  # fmt: skip
_WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
_WEBP_SAYS_METADATA = 0x2C  # EXIF, XMP and profile bits of VP8X


def leftovers(data: bytes) -> tuple[str, ...]:
    """Everything in a picture file that is not needed to show its pixels, by name.

    Knows JPEG, PNG and WebP. Fails closed: what it doesn't know, can't follow, or finds after
    the picture's end is named too; an empty answer means nothing is left.
    """
    if data.startswith(b"\xff\xd8"):
        walk = _jpeg(data)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        walk = _png(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        walk = _webp(data)
    else:
        return ("unknown format",)
    try:
        return tuple(dict.fromkeys(walk))
    except IndexError:
        return ("broken structure",)


def extended_xmp(data: bytes) -> bytes:
    """The part of a JPEG's XMP that did not fit into one segment; empty if there is none."""
    parts: dict[int, bytes] = {}
    try:
        for marker, payload in _jpeg_segments(data):
            if marker == 0xE1 and payload.startswith(_EXTENSION):
                # After the heading: an identifier of 32 letters, the whole length, the position.
                at = len(_EXTENSION) + 36
                parts[int.from_bytes(payload[at : at + 4], "big")] = payload[at + 4 :]
    except IndexError:
        pass  # a broken file's whole segments still count
    return b"".join(parts[position] for position in sorted(parts))


def _jpeg(data: bytes) -> Iterator[str]:
    for marker, payload in _jpeg_segments(data):
        if marker == _END:
            if payload:
                yield "bytes after the picture"
        elif name := _jpeg_name(marker, payload):
            yield name


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and payload of each segment, last the end with what follows it."""
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise IndexError
        if marker == 0xFF:
            at += 1
            continue
        length = data[at + 2] << 8 | data[at + 3]
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == _SCAN:
            at = _end_of_scan(data, at)
    yield _END, data[at + 2 :]


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next segment after the compressed pixels from `at` begins."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise IndexError
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _jpeg_name(marker: int, payload: bytes) -> str:
    """What a JPEG segment is when it is not about pixels; empty when it is."""
    if marker in _JPEG_PIXELS:
        return ""
    if marker == 0xE0 and payload[:5] == b"JFIF\0":
        return "" if len(payload) == _JFIF_WITHOUT_THUMBNAIL else "thumbnail"
    if marker == 0xEE and payload[:5] == b"Adobe" and len(payload) == _ADOBE_LENGTH:
        return ""
    known = {
        (0xE1, b"Exif"): "EXIF",
        (0xE1, b"http"): "XMP",
        (0xE2, b"ICC_"): "colour profile",
        (0xE2, b"MPF\0"): "further pictures",
        (0xED, b"Phot"): "IPTC",
    }
    if marker == 0xFE:
        return "comment"
    return known.get((marker, payload[:4]), f"segment {marker:02X}")


def _png(data: bytes) -> Iterator[str]:
    at, kind = 8, b""
    while kind != b"IEND":
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        at += 12 + length
        if at > len(data):
            raise IndexError
        if kind not in _PNG_PIXELS:
            yield _chunk_name(kind)
    if at != len(data):
        yield "bytes after the picture"


def _webp(data: bytes) -> Iterator[str]:
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    if end != len(data):
        yield "bytes after the picture" if end < len(data) else "broken structure"
    while at < min(end, len(data)):
        kind = data[at : at + 4]
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if kind not in _WEBP_PIXELS:
            yield _chunk_name(kind)
        elif kind == b"VP8X" and data[at + 8] & _WEBP_SAYS_METADATA:
            yield "metadata flags"
        at += 8 + length + length % 2
    if at > len(data):
        yield "broken structure"


def _chunk_name(kind: bytes) -> str:
    """A chunk of PNG or WebP in words."""
    known = {
        b"eXIf": "EXIF", b"EXIF": "EXIF", b"XMP ": "XMP", b"tEXt": "text", b"zTXt": "text",
        b"iTXt": "text or XMP", b"iCCP": "colour profile", b"ICCP": "colour profile",
        b"tIME": "time",
    }  # fmt: skip
    return known.get(kind, "chunk " + kind.decode("latin-1"))
