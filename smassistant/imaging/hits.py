"""What the face detector reports, before it is faces: boxes in pixels, several for one face."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smassistant.domain.pictures import SURE_SCORE, Box, FoundFace

LEAST = 0.5  # below this score nothing is reported
PERHAPS = SURE_SCORE - 0.01


@dataclass(frozen=True, slots=True)
class Hit:
    """A detection in pixels of the upright picture.

    `poor` says that its box may be wrong: cut by a tile's edge, or seen in the wrong turn.
    """

    x: float
    y: float
    w: float
    h: float
    score: float
    poor: bool = False

    def scaled(self, factor: float, dx: float = 0, dy: float = 0, poor: bool = False) -> Hit:
        """Moved by (dx, dy), then scaled."""
        return Hit(
            (self.x + dx) * factor, (self.y + dy) * factor,
            self.w * factor, self.h * factor, self.score, poor,
        )  # fmt: skip


def touches_inner_edge(hit: Hit, place: tuple[int, int], edge: int, size: tuple[int, int]) -> bool:
    """Whether a detection in the tile at `place` (left, top) is cut off by it, not the picture.

    `edge` is the tile's side, `size` the picture's width and height, all in pixels.
    """
    left, top = place
    width, height = size
    return (
        (left > 0 and hit.x < 2)
        or (top > 0 and hit.y < 2)
        or (left + edge < width and hit.x + hit.w > edge - 2)
        or (top + edge < height and hit.y + hit.h > edge - 2)
    )


def merge(hits: list[Hit]) -> list[Hit]:
    """One hit a face, surest first; of several boxes of a face a poor one goes."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.poor, -hit.score)):
        for i, other in enumerate(kept):
            if _same_face(hit, other):
                kept[i] = replace(other, score=max(hit.score, other.score))
                break
        else:
            kept.append(hit)
    return sorted(kept, key=lambda hit: -hit.score)


def weight(hits: list[Hit]) -> float:
    """How clearly a look shows faces."""
    return sum(hit.score - LEAST for hit in hits)


def doubtful(hit: Hit) -> Hit:
    """A hit in a turn that is not the picture's: perhaps somebody who lies, perhaps nobody."""
    return replace(hit, score=min(hit.score, PERHAPS), poor=True)


def _same_face(one: Hit, two: Hit) -> bool:
    width = min(one.x + one.w, two.x + two.w) - max(one.x, two.x)
    height = min(one.y + one.h, two.y + two.h) - max(one.y, two.y)
    if width <= 0 or height <= 0:
        return False
    shared, first, second = width * height, one.w * one.h, two.w * two.h
    return shared / (first + second - shared) > 0.4 or shared / min(first, second) > 0.7


def turn_back(hit: Hit, turns: int, size: tuple[float, float]) -> Hit:
    """A hit in a picture turned anticlockwise, in pixels of the picture before the turn.

    `size` is (height, width) of the picture before.
    """
    height, width = size
    if turns == 0:
        return hit
    if turns == 1:
        return Hit(width - hit.y - hit.h, hit.x, hit.h, hit.w, hit.score)
    if turns == 2:
        return Hit(width - hit.x - hit.w, height - hit.y - hit.h, hit.w, hit.h, hit.score)
    return Hit(hit.y, height - hit.x - hit.w, hit.h, hit.w, hit.score)


def found_face(hit: Hit, size: tuple[int, int]) -> FoundFace:
    """The hit as fractions of the picture of `size` (width, height), cut off at its edges."""
    width, height = size
    left, right = max(0.0, hit.x), min(float(width), hit.x + hit.w)
    top, bottom = max(0.0, hit.y), min(float(height), hit.y + hit.h)
    box = Box(left / width, top / height, (right - left) / width, (bottom - top) / height)
    return FoundFace(box, hit.score)
