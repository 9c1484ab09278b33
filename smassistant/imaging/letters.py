"""The three networks that find and read lines of writing (PP-OCR, by way of rapidocr)."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task

# File in rapidocr's wheel, first digits of its SHA-256 (3.10).
FINDER = (
    "PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)
TURNER = (
    "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
)
READER = (
    "PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
THREADS = 2
# How many strips are read at once, and how many pixels wide they may be together.
BATCH, BATCH_WIDTH = 8, 2400
HEIGHT = 48  # of a strip as the reader sees it
WIDEST = 2400  # pixels of that height; a longer line is pressed together

Pixels = NDArray[np.uint8]


class Letters:
    """Finds lines of writing in pixels (blue, green, red) and reads them."""

    def __init__(self, finder: Any, turner: Any, reader: Any) -> None:
        self._finder, self._turner, self._reader = finder, turner, reader

    def find(self, pixels: Pixels) -> Iterator[NDArray[np.float32]]:
        """The four corners of each line, from its upper left on; sides are multiples of 32."""
        found = self._finder(pixels).boxes
        for corners in () if found is None else found:
            yield np.asarray(corners, np.float32)

    def read(self, strips: Sequence[Pixels], task: Task) -> list[tuple[str, float]]:
        """What each level strip says, and how sure that is (0..1). Raises `Cancelled`."""
        read = [("", 0.0)] * len(strips)
        for batch in _batches(strips):
            task.check()
            upright = self._turner([_fitted(strips[at]) for at in batch]).img_list
            answer = self._reader(_Question(upright))
            for at, text, score in zip(batch, answer.txts, answer.scores, strict=True):
                read[at] = (text, float(score))
        return read


class _Question:
    """What rapidocr's reader is asked: strips, without the place of each word."""

    return_word_box = False

    def __init__(self, img: Sequence[Pixels]) -> None:
        self.img = list(img)


class _Choices(dict[str, Any]):
    """Choices as rapidocr's parts read them: by key and by name."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


def load_letters(folder: Path | None = None) -> Letters:
    """The networks from rapidocr's wheel, or from `folder`.

    Their bytes are checked and handed over, so that rapidocr has no cause to fetch any.
    UserError where they are missing or damaged, or this computer has no such library.
    """
    folder = folder or _folder()
    try:
        from rapidocr import EngineType, LangRec, OCRVersion
        from rapidocr.ch_ppocr_cls import TextClassifier
        from rapidocr.ch_ppocr_det import TextDetector
        from rapidocr.ch_ppocr_rec import TextRecognizer
    except ImportError as error:
        raise _no_library() from error
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL + 1)

    def choices(model: tuple[str, str], **own: Any) -> _Choices:
        return _Choices(engine_type=EngineType.ONNXRUNTIME, session=_session(folder, *model), **own)

    return Letters(
        TextDetector(choices(
            FINDER, limit_side_len=32, limit_type="min", mean=[0.5] * 3, std=[0.5] * 3,
            thresh=0.3, box_thresh=0.45, max_candidates=1000, unclip_ratio=1.6,
            use_dilation=True, score_mode="fast",
        )),
        TextClassifier(choices(
            TURNER, ocr_version=OCRVersion.PPOCRV4, cls_batch_num=BATCH, cls_thresh=0.9,
            label_list=["0", "180"],
        )),
        TextRecognizer(choices(
            READER, lang_type=LangRec.CH, rec_batch_num=BATCH, rec_img_shape=[3, HEIGHT, 96],
            font_path=None,
        )),
    )  # fmt: skip


def _folder() -> Path:
    """Where rapidocr keeps its models."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None:
        raise _no_library()
    return Path(found.origin).with_name("models")


def _session(folder: Path, name: str, digest: str) -> Any:
    try:
        data = (folder / name).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise UserError(
            _("The writing in pictures can't be read."),
            _("A file of the reader is missing or damaged."),
            _("Install the program again."),
        )
    try:
        import onnxruntime
    except ImportError as error:
        raise _no_library() from error
    onnxruntime.disable_telemetry_events()  # its Windows wheels report their use unless told not to
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = True  # measured: less than half the memory of none
    options.enable_mem_pattern = False  # sizes change from picture to picture
    options.intra_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")

    class Session(onnxruntime.InferenceSession):  # type: ignore[misc]
        """Gives its memory back after each run: pictures come one now and then."""

        def run(self, outputs: Any, inputs: Any, run_options: Any = None) -> Any:
            run_options = onnxruntime.RunOptions()
            run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
            return super().run(outputs, inputs, run_options)

    return Session(data, options, providers=["CPUExecutionProvider"])


def _no_library() -> UserError:
    return UserError(
        _("The writing in pictures can't be read on this computer."),
        _("The library that reads it is not there; it does not exist for every computer."),
        _("Read the picture yourself, and say that you did."),
    )


def _batches(strips: Sequence[Pixels]) -> Iterator[list[int]]:
    """Strips of like length together, so that little is padded and memory stays small."""
    widths = [HEIGHT * strip.shape[1] / strip.shape[0] for strip in strips]
    batch: list[int] = []
    for at in sorted(range(len(strips)), key=widths.__getitem__):
        if batch and (len(batch) == BATCH or widths[at] * (len(batch) + 1) > BATCH_WIDTH):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _fitted(strip: Pixels) -> Pixels:
    """The strip, pressed together where it is so long that reading it would take too much."""
    height, width = strip.shape[:2]
    most = WIDEST * height // HEIGHT
    if width <= most:
        return strip
    return np.asarray(cv2.resize(strip, (max(1, most), height)), np.uint8)
