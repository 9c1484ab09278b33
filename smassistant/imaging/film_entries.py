"""How the samples of a film are coded: what a player needs of that description, and no more."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from smassistant.imaging.atoms import Atom, Broken, made

# Codecs the program passes on, and the boxes a player needs with each.
PICTURES = frozenset({b"avc1", b"avc3", b"hvc1", b"hev1", b"vp09", b"av01", b"mp4v"})
SOUNDS = frozenset({b"mp4a", b"ac-3", b"ec-3", b"Opus", b"alac"})
_NEEDED = frozenset({
    b"avcC", b"hvcC", b"vpcC", b"av1C", b"esds", b"colr", b"pasp", b"dac3", b"dec3", b"dOps",
    b"alac",
})  # fmt: skip
_H264, _H265 = frozenset({b"avc1", b"avc3"}), frozenset({b"hvc1", b"hev1"})
# Messages in the pictures' own data that anybody may fill (ITU-T H.274): registered, unregistered.
_FREE = frozenset({4, 5})

Cleaner = Callable[[bytes], bytes]


def picture_entry(entry: Atom) -> bytes:
    """The sample entry of a picture track again, without names of makers and programs."""
    width, height = entry.numbers("HH", 24)
    fixed = struct.pack(">6xH16xHHIIIH32xHh", 1, width, height, 0x480000, 0x480000, 0, 1, 24, -1)
    kept = [_needed(atom, entry.kind) for atom in entry.children(78)]
    return made(entry.kind, fixed, *kept)


def sound_entry(entry: Atom) -> bytes:
    """The sample entry of a sound track as MP4 wants it, also from QuickTime's older forms."""
    version, channels, bits, rate = entry.numbers("H6xHH4xI", 8)
    skip = {0: 28, 1: 44, 2: 64}.get(version)
    if skip is None:
        raise Broken
    atoms = entry.children(skip)
    wave = next((atom for atom in atoms if atom.kind == b"wave"), None)
    if wave is not None:
        atoms = tuple(atom for atom in wave.children() if atom.kind == b"esds")
    if version == 2:
        (hertz,) = entry.numbers("d", 32)
        (channels,) = entry.numbers("I", 40)
        bits, rate = 16, int(hertz) << 16 if 0 < hertz < 65536 else 0
    fixed = struct.pack(">6xH8xHH4xI", 1, channels & 0xFFFF, bits, rate)
    kept = [made(atom.kind, bytes(atom.body)) for atom in atoms if atom.kind in _NEEDED]
    return made(entry.kind, fixed, *kept)


def cleaner(entry: Atom) -> Cleaner | None:
    """What takes the free messages out of one coded picture; None where there can be none."""
    if entry.kind in _H264:
        size = (Atom(b"", entry.body[78:]).child(b"avcC").numbers("B", 4)[0] & 3) + 1
        return lambda sample: _without_free(sample, size, _kind_264, (6,), 1)
    if entry.kind in _H265:
        size = (Atom(b"", entry.body[78:]).child(b"hvcC").numbers("B", 21)[0] & 3) + 1
        return lambda sample: _without_free(sample, size, _kind_265, (39, 40), 2)
    return None


def _needed(atom: Atom, codec: bytes) -> bytes:
    if atom.kind not in _NEEDED:
        return b""
    if atom.kind == b"colr" and bytes(atom.body[:4]) not in (b"nclx", b"nclc"):
        return b""  # a colour profile, which holds text
    body = _hevc_setup(atom) if atom.kind == b"hvcC" else bytes(atom.body)
    return made(atom.kind, body)


def _hevc_setup(atom: Atom) -> bytes:
    """The decoder's setup without the messages some encoders put there."""
    (count,) = atom.numbers("B", 22)
    at, kept = 23, []
    for _number in range(count):
        kind, units = atom.numbers("BH", at)
        end = at + 3
        for _unit in range(units):
            end += 2 + int(atom.numbers("H", end)[0])
        if end > len(atom.body):
            raise Broken
        if kind & 63 not in (39, 40):
            kept.append(bytes(atom.body[at:end]))
        at = end
    return bytes(atom.body[:22]) + bytes([len(kept)]) + b"".join(kept)


def _kind_264(head: int) -> int:
    return head & 31


def _kind_265(head: int) -> int:
    return head >> 1 & 63


def _without_free(
    sample: bytes, size: int, kind: Callable[[int], int], messages: tuple[int, ...], head: int
) -> bytes:
    """The sample without units that hold free messages; raises Broken where it has no units."""
    kept = []
    for whole, unit in _units(sample, size):
        if kind(unit[0]) not in messages or _FREE.isdisjoint(_message_kinds(unit[head:])):
            kept.append(whole)
    return b"".join(kept)


def _units(sample: bytes, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Each unit with its length before it, and alone."""
    at = 0
    while at + size < len(sample):
        length = int.from_bytes(sample[at : at + size], "big")
        end = at + size + length
        if end > len(sample):
            raise Broken
        if length:
            yield sample[at:end], sample[at + size : end]
        at = end
    if any(sample[at:]):
        raise Broken


def _message_kinds(unit: bytes) -> Iterator[int]:
    """The kinds of the messages in a unit (ITU-T H.264, 7.3.2.3)."""
    plain = unit.replace(b"\0\0\3", b"\0\0")
    at = 0
    while at + 2 < len(plain):
        numbers = []
        for _part in ("kind", "size"):
            value = 0
            while at < len(plain) and plain[at] == 255:
                value, at = value + 255, at + 1
            value += plain[at] if at < len(plain) else 0
            at += 1
            numbers.append(value)
        yield numbers[0]
        at += numbers[1]
