"""Reading and exporting photos beside Pillow and the bare detector and reader.

How many faces are found beside other detectors: `python -m benchmarks accuracy --photos`; names in
pictures: `python -m benchmarks.writing_accuracy`; copies: `python -m benchmarks copies`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

import cv2
import numpy as np
from PIL import Image

from benchmarks.rows import Row
from smassistant.imaging.apart import PhotoReaderApart
from smassistant.imaging.decoding import decode
from smassistant.imaging.exporting import export
from smassistant.imaging.faces import MODEL, face_finder
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.imaging.worker import Worker
from smassistant.imaging.writing import writing_reader

SAMPLE = Path(__file__).resolve().parent.parent / "resources/sample/photos/choir.jpg"
SIZE = (4032, 3024)  # twelve megapixels, as phones take them
ROUNDS = 3
# How wide a whole painted class photo is in twelve megapixels: everybody near, or far away.
NEAR, FAR = 3200, 1900
PEER_SCORE = 0.9  # the threshold of OpenCV's sample program
MANY = 30
# What is promised: seconds to the first boxes and to the quick reading, megabytes.
BOXES, READ, MEGABYTES = 1.5, 3.0, 600.0


def run() -> list[Row]:
    """Seconds for a photo of twelve megapixels, and faces found in it."""
    near, far = _photo(NEAR), _photo(FAR)
    data = _jpeg(near)
    boxes = [face.box for face in face_finder().find(near)]
    everybody = len(boxes)
    return [
        Row("decode 12 MP, upright in sRGB", _seconds(lambda: decode(data)),
            _seconds(lambda: Image.open(BytesIO(data)).load()), "s", "Pillow"),
        Row("find faces in 12 MP", _seconds(lambda: face_finder().find(near)),
            _seconds(lambda: _one_pass(near, 640)), "s", "one pass at 640 px"),
        Row("faces found, near", everybody, len(_one_pass(near, 640)), "", "one pass at 640 px"),
        Row("faces found, far away", _hits(far, everybody), len(_one_pass(far, 640)), "",
            "one pass at 640 px"),
        Row("export with every face blurred and checked",
            _seconds(lambda: export(near, boxes, 2000, 1_000_000)),
            _seconds(lambda: _jpeg(near.resize((2000, 1500)))), "s", "Pillow, nothing blurred"),
        *_apart(near, data),
    ]  # fmt: skip


def _apart(photo: Image.Image, data: bytes) -> Iterator[Row]:
    """A photo read as the window reads it, in the process of its own."""
    worker = Worker()
    reader = PhotoReaderApart(worker)
    here = LocalPhotoReader()
    working = reader.read(data).working
    small = Image.open(BytesIO(working)).convert("RGB")
    boxes = _seconds(lambda: reader.read(data))
    yield Row("first boxes of 12 MP, in its process", boxes, _seconds(lambda: here.read(data)), "s",
              "in this process", BOXES)  # fmt: skip
    both = _seconds(lambda: reader.read_writing(reader.read(data).working))
    bare = _seconds(lambda: (face_finder().find(photo), writing_reader().read(small)))
    yield Row("faces, quick writing, metadata (<= 1.3 x)", both, bare, "s",
              "detector and reader alone", READ)  # fmt: skip
    thorough = _seconds(lambda: reader.read_writing(working, thorough=True))
    yield Row("thorough writing", thorough, bare, "s", "detector and reader alone")
    begun = perf_counter()
    for _turn in range(MANY):
        reader.read(data)
    yield Row(f"{MANY} photos in a row (<= 1.1 x)", perf_counter() - begun, MANY * boxes, "s",
              f"{MANY} times one photo")  # fmt: skip
    yield Row("memory of the process at its peak", _peak(worker), 0.0, "MB", "", MEGABYTES)
    reader.close()


def _peak(worker: Worker) -> float:
    """The most memory the process has had, in megabytes (Linux)."""
    lines = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


def _photo(width: int) -> Image.Image:
    """The painted class photo, `width` pixels wide, on a wall of twelve megapixels."""
    wall = Image.new("RGB", SIZE, (150, 160, 165))
    with Image.open(SAMPLE) as photo:
        photo = photo.convert("RGB")
    photo = photo.resize((width, photo.height * width // photo.width), Image.Resampling.LANCZOS)
    wall.paste(photo, ((SIZE[0] - width) // 2, (SIZE[1] - photo.height) // 2))
    return wall


def _hits(image: Image.Image, at_most: int) -> int:
    """Sure faces found, never more than there are."""
    return min(at_most, sum(face.sure for face in face_finder().find(image)))


def _one_pass(image: Image.Image, edge: int) -> Sequence[object]:
    """The rows the bare detector gives for the photo shrunk to `edge` pixels."""
    small = image.resize((edge, edge * image.height // image.width))
    weights = np.frombuffer(MODEL.read_bytes(), np.uint8)
    detector = cv2.FaceDetectorYN.create(
        "onnx", weights, np.empty(0, np.uint8), small.size, PEER_SCORE
    )
    rows = detector.detect(np.ascontiguousarray(np.asarray(small)[:, :, ::-1]))[1]
    return [] if rows is None else list(rows)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def _seconds(call: Callable[[], object]) -> float:
    """The median of a few runs; the first fills the caches and does not count."""
    call()
    times = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        call()
        times.append(perf_counter() - begin)
    return median(times)
