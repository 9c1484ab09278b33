"""How files get damaged: flipped bits, cuts, wrong numbers, parts of others, lies about lengths."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable

EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 50_000, 0x7FFFFFFF, 0x80000000,
         0xFFFFFFFF)  # fmt: skip
HEAD = 400  # bytes in which most of what describes a picture lies
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><x:xmpmeta>&c;</x:xmpmeta>'
)
Way = Callable[[bytearray, bytes, random.Random], bytearray]


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """`data` damaged in one to three ways, perhaps with parts of `other`."""
    file = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if file:
            file = chance.choice(WAYS)(file, other, chance)
    if file.startswith(b"\x89PNG") and chance.random() < 0.8:
        _mend_sums(file)  # else the first wrong sum would hide all that follows
    return bytes(file)


def _flip(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 4, 40, 400))):
        file[chance.randrange(len(file))] ^= 1 << chance.randrange(8)
    return file


def _flip_head(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 3, 12))):
        file[chance.randrange(min(HEAD, len(file)))] = chance.randrange(256)
    return file


def _cut(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    return file[: chance.randrange(len(file) + 1)]


def _take_out(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    start = chance.randrange(len(file))
    del file[start : start + chance.choice((1, 2, 16, 300))]
    return file


def _number(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """A number in the head, or anywhere, becomes one at an edge."""
    size = chance.choice((1, 2, 4))
    within = chance.choice((HEAD, HEAD, len(file)))
    at = chance.randrange(min(within, len(file)))
    value = chance.choice(EDGES) & (256**size - 1)
    file[at : at + size] = value.to_bytes(size, chance.choice(("big", "little")))
    return file


def _length(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """The length of a known part (segment, chunk, box) lies."""
    marks = (b"\xff\xe1", b"\xff\xe2", b"\xff\xed", b"\xff\xdb", b"\xff\xc4", b"IHDR", b"IDAT",
             b"iCCP", b"eXIf", b"iTXt", b"VP8 ", b"VP8L", b"VP8X", b"EXIF", b"XMP ", b"ICCP",
             b"ANMF", b"meta", b"iloc", b"iinf", b"infe", b"iprp", b"ispe", b"hvcC", b"av1C",
             b"mdat", b"ftyp")  # fmt: skip
    found = [(mark, at) for mark in marks if (at := file.find(mark)) >= 4]
    if not found:
        return _number(file, b"", chance)
    mark, at = chance.choice(found)
    value = chance.choice((*EDGES, chance.randrange(70_000)))
    if mark.startswith(b"\xff"):
        file[at + 2 : at + 4] = (value & 0xFFFF).to_bytes(2, "big")
    elif file.startswith(b"RIFF"):
        file[at + 4 : at + 8] = value.to_bytes(4, "little")
    else:
        file[at - 4 : at] = value.to_bytes(4, "big")
    return file


def _splice(file: bytearray, other: bytes, chance: random.Random) -> bytearray:
    start = chance.randrange(len(other))
    piece = other[start : start + chance.choice((4, 60, 1000, 20_000))]
    at = chance.randrange(len(file))
    file[at : at + (len(piece) if chance.random() < 0.5 else 0)] = piece
    return file


def _repeat(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    start = chance.randrange(len(file))
    piece = bytes(file[start : start + chance.choice((8, 200, 4000))])
    file[start:start] = piece * chance.choice((1, 3, 50))
    return file


def _metadata(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """What the file says about itself turns to nonsense, grows huge, or holds an XML bomb."""
    marks = (b"Exif\0\0", b"MM\0*", b"II*\0", b"<x:xmpmeta", b"Photoshop 3.0", b"ICC_PROFILE",
             b"acsp", b"8BIM", b"Author")  # fmt: skip
    found = [at for mark in marks if (at := file.find(mark)) >= 0]
    at = chance.choice(found) if found else chance.randrange(len(file))
    size = chance.choice((4, 40, 400))
    filling = chance.choice((chance.randbytes(size), b"\xff" * size, bytes(size), ENTITIES))
    if chance.random() < 0.2:
        filling = filling * 500
        file[at:at] = filling[:60_000]
    else:
        file[at : at + len(filling)] = filling
    return file


def _swap(file: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """Two halves change places behind the head."""
    first = min(len(file), chance.choice((8, 30, 100, 700)))
    middle = chance.randrange(first, len(file) + 1)
    return file[:first] + file[middle:] + file[first:middle]


WAYS: tuple[Way, ...] = (
    _flip, _flip, _flip_head, _cut, _take_out, _number, _number, _length, _length, _splice,
    _repeat, _metadata, _metadata, _swap,
)  # fmt: skip


def _mend_sums(file: bytearray) -> None:
    """Make the check sums of a PNG's chunks right, as far as its chunks go."""
    at = 8
    while at + 12 <= len(file):
        length = int.from_bytes(file[at : at + 4], "big")
        end = at + 8 + length
        if end + 4 > len(file):
            return
        file[end : end + 4] = zlib.crc32(file[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
