"""How many faces are found, and what is found that is none, beside other detectors.

python -m benchmarks accuracy --photos FOLDER   (with boxes.json in the development format)
python -m benchmarks accuracy --photos painted  (the scenes of `photo_set`)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from PIL import Image

from benchmarks.face_peers import Finder, Found, peers
from benchmarks.photo_set import Rect, Scene, in_folder, painted
from smassistant.imaging.faces import face_finder

GROUP = 25
FIRM, PERHAPS = 0.7, 0.5
ALIKE = 0.25


@dataclass
class Tally:
    """Faces there and found, boxes on no face, seconds."""

    faces: int = 0
    found: int = 0
    group_faces: int = 0
    group_found: int = 0
    photos: int = 0
    firm: int = 0
    empty_photos: int = 0
    empty_firm: int = 0
    perhaps: int = 0
    seconds: float = 0

    def add(self, scene: Scene, found: Found) -> None:
        """Count one photo."""
        hits = sum(any(_same(face, box[:4]) for box in found) for face in scene.faces)
        known = (*scene.faces, *scene.ignored)
        wrong = [box for box in found if not any(_same(each, box[:4]) for each in known)]
        firm = sum(box[4] >= FIRM for box in wrong)
        self.photos += 1
        self.faces += len(scene.faces)
        self.found += hits
        self.firm += firm
        self.perhaps += len(wrong) - firm
        if len(scene.faces) >= GROUP:
            self.group_faces += len(scene.faces)
            self.group_found += hits
        if not scene.faces:
            self.empty_photos += 1
            self.empty_firm += firm


def told(where: str) -> Iterator[str]:
    """Lines for us and for each peer, then what is promised beside what is reached."""
    scenes = list(painted() if where == "painted" else in_folder(Path(where)))
    yield f"{len(scenes)} photos, {sum(len(scene.faces) for scene in scenes)} faces\n"
    ours = Tally()
    for name, find in (("ours", _ours), *peers()):
        tally = ours if name == "ours" else Tally()
        yield from _counted(name, find, scenes, tally)
    yield f"{'faces':44} {'must':>8} {'here':>8}\n"
    everybody, groups = _share(ours.found, ours.faces), _share(ours.group_found, ours.group_faces)
    for name, must, here in (
        ("found, all photos", ">= .980", everybody),
        (f"found, {GROUP} and more in a photo", ">= .970", groups),
        ("firm boxes on no face, a photo", "<= .200", _share(ours.firm, ours.photos)),
        ("the same, photos without people", "<= .100", _share(ours.empty_firm, ours.empty_photos)),
    ):  # fmt: skip
        yield f"{name:44} {must:>8} {here:8.3f}\n"


def _counted(name: str, find: Finder, scenes: Iterable[Scene], tally: Tally) -> Iterator[str]:
    missed = []
    for scene in scenes:
        before, begun = tally.found, perf_counter()
        found = find(scene.image)
        tally.seconds += perf_counter() - begun
        tally.add(scene, found)
        if lost := len(scene.faces) - (tally.found - before):
            missed.append(f"{lost} of {len(scene.faces)} in {scene.name}")
    yield (
        f"{name:44} found {tally.found} of {tally.faces}, on no face: {tally.firm} firm, "
        f"{tally.perhaps} perhaps; {tally.seconds / max(1, tally.photos):.2f} s a photo\n"
    )
    if name == "ours" and missed:
        yield f"{'':44} missed: {'; '.join(missed)}\n"


def _ours(image: Image.Image) -> Found:
    return [
        (
            face.box.x * image.width, face.box.y * image.height,
            face.box.w * image.width, face.box.h * image.height, face.score,
        )
        for face in face_finder().find(image)
    ]  # fmt: skip


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _same(one: Rect, other: Rect) -> bool:
    """Whether two boxes overlap by a quarter, or have nearly one middle and size."""
    x = max(0.0, min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0]))
    y = max(0.0, min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1]))
    shared = x * y
    if shared > ALIKE * (one[2] * one[3] + other[2] * other[3] - shared):
        return True
    aside = abs(one[0] + one[2] / 2 - other[0] - other[2] / 2)
    below = abs(one[1] + one[3] / 2 - other[1] - other[3] / 2)
    near = aside < one[2] / 2 and below < one[3] / 2
    return near and 0.5 < (other[2] * other[3]) / max(1.0, one[2] * one[3]) < 2
