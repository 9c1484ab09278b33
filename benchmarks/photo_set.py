"""Photos with known faces: a folder in the development format, and scenes painted here.

The painted people are those of the made-up school (`tools/draw_sample_photos.py`), arranged as
class photos and crowds, near, far, dark, noisy, squeezed and turned, so that no real child is in
the repository and every face's place is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from tools import draw_sample_photos as painter
from tools.draw_sample_photos import Child

Rect = tuple[float, float, float, float]

_TWELVE_MEGAPIXELS = (4032, 3024)
_SKINS = (painter.FAIR, painter.TAN, painter.BROWN, painter.DARK)
_HAIRS = (painter.BLACK, painter.BROWN_HAIR, painter.BLOND, painter.RED_HAIR)
_STYLES = ("short", "long", "short", "long", "cap")


@dataclass(frozen=True)
class Scene:
    """A photo and where its faces are: left, top, width, height in pixels.

    What is found in the boxes `ignored` is neither right nor wrong.
    """

    name: str
    image: Image.Image
    faces: tuple[Rect, ...]
    ignored: tuple[Rect, ...] = ()


def in_folder(folder: Path) -> Iterator[Scene]:
    """The photos that `boxes.json` of the folder lists."""
    for name, said in json.loads((folder / "boxes.json").read_text(encoding="utf-8")).items():
        with Image.open(folder / name) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
        yield Scene(name, image, _rects(said["face"]), _rects(said["ign"]))


def _rects(boxes: list[list[float]]) -> tuple[Rect, ...]:
    return tuple((box[0], box[1], box[2], box[3]) for box in boxes)


def painted() -> Iterator[Scene]:
    """The scenes painted here; two of them without people."""
    class_photo = _scene("class of 35", painter.room(), _rows(7, 5, 52, 250, 330, 200))
    yield class_photo
    yield from _spoilt(class_photo)
    yield from _turned(class_photo)
    yield _scene("three near", painter.field(), _rows(3, 1, 150, 620, 700, 0, left=340))
    far = class_photo.image.resize((1500, 1000), Image.Resampling.LANCZOS)
    yield _on_a_wall("class of 35 far away, 12 megapixels", far, class_photo.faces, 1500 / 1920)
    crowd = _scene("crowd of 60", painter.field(), _rows(12, 5, 26, 145, 400, 130))
    yield crowd
    yield _on_a_wall("crowd of 60, small, 12 megapixels", crowd.image, crowd.faces, 1.0)
    yield Scene("an empty field", painter.finish(painter.field()), ())
    empty = painter.room()
    painter.table(empty)
    yield Scene("an empty room", painter.finish(empty), ())


def _rows(
    columns: int, rows: int, r: int, across: int, top: int, down: int, left: int = 0
) -> tuple[Child, ...]:
    """Children in rows, every other row moved to the side; `r` is half a face's width."""
    start = left or (painter.SIZE[0] - across * (columns - 1)) // 2 - across // 8
    return tuple(
        Child(
            start + column * across + (row % 2) * across // 4, top + row * down, r,
            _SKINS[(column + row) % 4], _HAIRS[(column * 3 + row) % 4],
            _STYLES[(column + 2 * row) % 5], (56 + 24 * (column % 5), 78 + 18 * row, 120),
        )
        for row in range(rows)
        for column in range(columns)
    )  # fmt: skip


def _scene(name: str, picture: Image.Image, children: tuple[Child, ...]) -> Scene:
    """The people before a background, each row before the one behind it."""
    for child in sorted(children, key=lambda each: each.y):
        painter.paint(picture, (child,))
    faces = tuple(
        (child.x - 0.88 * child.r, child.y - child.r, 1.76 * child.r, 2.12 * child.r)
        for child in children
    )
    return Scene(name, painter.finish(picture), faces)


def _on_a_wall(name: str, photo: Image.Image, faces: tuple[Rect, ...], factor: float) -> Scene:
    """The photo hung on a wall of twelve megapixels; `factor` is by how much it was shrunk."""
    wall = Image.new("RGB", _TWELVE_MEGAPIXELS, (150, 160, 165))
    left, top = (wall.width - photo.width) // 2, (wall.height - photo.height) // 2
    wall.paste(photo, (left, top))
    moved = ((x * factor + left, y * factor + top, w * factor, h * factor) for x, y, w, h in faces)
    return Scene(name, wall, tuple(moved))


def _spoilt(scene: Scene) -> Iterator[Scene]:
    """The same photo dark, noisy, squeezed, out of focus, mirrored."""
    dark = Image.eval(scene.image, lambda value: value * 0.28)
    yield Scene("the same, dark", dark, scene.faces)
    noise = np.random.default_rng(1).normal(0, 20, (*scene.image.size[::-1], 3))
    noisy = Image.fromarray(np.clip(np.asarray(scene.image) + noise, 0, 255).astype(np.uint8))
    yield Scene("the same, noisy", noisy, scene.faces)
    squeezed = BytesIO()
    scene.image.save(squeezed, "JPEG", quality=12)
    yield Scene("the same, squeezed", Image.open(squeezed).convert("RGB"), scene.faces)
    blurred = scene.image.filter(ImageFilter.GaussianBlur(3))
    yield Scene("the same, out of focus", blurred, scene.faces)
    mirrored = tuple((scene.image.width - x - w, y, w, h) for x, y, w, h in scene.faces)
    yield Scene("the same, mirrored", ImageOps.mirror(scene.image), mirrored)


def _turned(scene: Scene) -> Iterator[Scene]:
    """The same photo as a camera gives it that does not say which way is up."""
    width, height = scene.image.size
    left = tuple((y, width - x - w, h, w) for x, y, w, h in scene.faces)
    yield Scene("the same, turned left", scene.image.transpose(_T.ROTATE_90), left)
    over = tuple((width - x - w, height - y - h, w, h) for x, y, w, h in scene.faces)
    yield Scene("the same, upside down", scene.image.transpose(_T.ROTATE_180), over)
    right = tuple((height - y - h, x, h, w) for x, y, w, h in scene.faces)
    yield Scene("the same, turned right", scene.image.transpose(_T.ROTATE_270), right)


_T = Image.Transpose
