"""The boxes ("atoms") a QuickTime or MP4 file is made of (ISO/IEC 14496-12, 4.2), in bounds."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Broken(Exception):
    """What the file says about itself makes no sense."""


class CutOff(Broken):
    """What the file says lies beyond its end."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A box: its four-letter kind and what is in it."""

    kind: bytes
    body: memoryview

    def children(self, skip: int = 0) -> tuple[Atom, ...]:
        """The boxes inside, after `skip` bytes of the box's own."""
        return tuple(atoms(self.body[skip:]))

    def child(self, *path: bytes) -> Atom:
        """The box at that path of kinds; raises Broken where there is none."""
        atom = self
        for kind in path:
            found = atom.find(kind)
            if found is None:
                raise Broken
            atom = found
        return atom

    def find(self, kind: bytes) -> Atom | None:
        """The first box of that kind directly inside."""
        return next((atom for atom in self.children() if atom.kind == kind), None)

    def numbers(self, form: str, at: int) -> tuple[Any, ...]:
        """Big-endian numbers `at` that many bytes in; raises Broken beyond the end."""
        try:
            return struct.unpack_from(f">{form}", self.body, at)
        except struct.error as error:
            raise Broken from error

    def table(self, at: int, columns: int, form: str = "u4", counter: int | None = None) -> Numbers:
        """Rows of `columns` numbers; their count stands at `counter`, else right before them."""
        (count,) = self.numbers("I", at - 4 if counter is None else counter)
        width = np.dtype(form).itemsize
        if count * columns * width > len(self.body) - at:
            raise Broken
        rows = np.frombuffer(self.body, f">{form}", count * columns, at)
        return rows.astype(np.int64).reshape(count, columns)


def atoms(data: memoryview) -> Iterator[Atom]:
    """The boxes in `data`, one after the other; raises CutOff where one reaches beyond its end.

    Fewer than eight bytes after the last box, as QuickTime writes, are passed over.
    """
    at = 0
    while at + 8 <= len(data):
        size, start = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 0:
            size = len(data) - at
        elif size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if size < start:
            raise Broken
        if at + size > len(data):
            raise CutOff
        yield Atom(bytes(data[at + 4 : at + 8]), data[at + start : at + size])
        at += size


def made(kind: bytes, *parts: bytes) -> bytes:
    """A box as bytes."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def made_full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """A box with version and flags before its content, as bytes."""
    return made(kind, struct.pack(">I", version << 24 | flags), *parts)
