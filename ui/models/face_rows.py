"""Faces in the order one counts them in a picture: row by row, each from the left."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from smassistant.domain.pictures import Face

APART = 0.9  # of a face's height between two rows


def in_rows(faces: Iterable[Face]) -> tuple[Face, ...]:
    """The faces of the top row from the left, then those of the next."""
    falling = sorted(faces, key=lambda face: face.box.y + face.box.h / 2)
    if not falling:
        return ()
    high = median(face.box.h for face in falling)
    rows: list[list[Face]] = []
    middle = 0.0
    for face in falling:
        y = face.box.y + face.box.h / 2
        if not rows or y - middle > APART * high:
            rows.append([])
        rows[-1].append(face)
        middle = sum(one.box.y + one.box.h / 2 for one in rows[-1]) / len(rows[-1])
    return tuple(face for row in rows for face in sorted(row, key=lambda face: face.box.x))
