"""The boxes of an ISO media file (HEIC, AVIF), looked at before a decoder gets to see them."""

from __future__ import annotations

from collections.abc import Iterator

_META, _ITEMS, _ITEM = b"meta", b"iinf", b"infe"


def is_cut_off(data: bytes) -> bool:
    """Whether the file's last box reaches beyond its end."""
    end = max((end for end, _kind, _payload in _boxes(data)), default=0)
    return end > len(data) or 0 < len(data) - end < 8


def has_readable_items(data: bytes) -> bool:
    """Whether the types of the file's items are text.

    pi-heif takes the whole program down with it where they aren't, as in a damaged file.
    """
    for _end, kind, payload in _boxes(data):
        if kind == _META:
            return all(map(_is_text, _items(payload[4:])))
    return True


def _items(meta: bytes) -> Iterator[bytes]:
    """Type and names of each item, as bytes; boxes in boxes, each with a version before them."""
    for _end, kind, payload in _boxes(meta):
        if kind == _ITEMS:
            counted = 6 if payload[:1] == b"\0" else 8
            for _, inner, item in _boxes(payload[counted:]):
                if inner == _ITEM:
                    yield item[8 if item[:1] == b"\2" else 10 :]


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _boxes(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Where each box ends, its kind and its content; ends with the first that makes no sense."""
    at = 0
    while at + 8 <= len(data):
        size, start = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 0:
            size = len(data) - at
        elif size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if size < start:
            return
        yield at + size, data[at + 4 : at + 8], data[at + start : at + size]
        at += size
