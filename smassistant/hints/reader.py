"""The trained reader of posts: what a text reads like, and the posts that taught it so.

The model is a small transformer that `tools/train_hints.py` trained on the posts of
resources/hints/posts; it runs on this computer and sends nothing anywhere.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable
from copy import copy
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smassistant.domain.facts import Hint
from smassistant.errors import UserError
from smassistant.hints.pieces import read_pieces
from smassistant.i18n import _

if TYPE_CHECKING:
    import numpy as np

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "hints"
MOST_PIECES = 256  # about 1,000 characters; longer texts are read in parts
_ALSO = 0.8  # from here up another category than the likeliest is said too
_NEAREST = 2
_SAME = 0.95  # how near a text is to one the division called harmless to be like it


class HintReader:
    """Reads texts (implements `domain.facts.Hints`). Thread-safe.

    Raises UserError where the model is missing or damaged.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._card = _checked_card(folder)
        self._pieces = read_pieces(folder / "pieces.tsv")
        self._session = _session(folder / "model.onnx")
        self._posts = _Posts(folder, self._card)
        self._lock = threading.Lock()
        self._harmless: list[np.ndarray] = []
        self._read = lru_cache(maxsize=64)(self._look)

    def knowing(self, harmless: Iterable[str]) -> HintReader:
        """The same reader without hints for what is nearly one of these harmless sentences."""
        other = copy(self)
        other._harmless = [self.run(self.cut(text))[1] for text in harmless]
        other._read = lru_cache(maxsize=64)(other._look)
        return other

    def read(self, text: str) -> tuple[Hint, ...]:
        """What the text reads like, likeliest first; nothing for a text of a word or two."""
        found: dict[str, Hint] = {}
        for part in _parts(text):
            for hint in self._read(part):
                if hint.category not in found or found[hint.category].score < hint.score:
                    found[hint.category] = hint
        return tuple(sorted(found.values(), key=lambda hint: -hint.score))

    def _look(self, text: str) -> tuple[Hint, ...]:
        scores, meaning = self.run(self.cut(text))
        categories = self._card["categories"]
        likeliest = max(scores[:-1])
        if (likeliest + scores[-1]) / 2 < self._card["threshold"] or self._is_harmless(meaning):
            return ()
        return tuple(
            Hint(category, float(score), self._posts.nearest(category, meaning))
            for category, score in zip(categories, scores[:-1], strict=True)
            if score == likeliest or score >= _ALSO
        )

    def _is_harmless(self, meaning: np.ndarray) -> bool:
        return any(float(meaning @ known) >= _SAME for known in self._harmless)

    def cut(self, text: str) -> list[int]:
        """The numbers of the text's pieces, as the model wants them."""
        return self._pieces.numbers(text, MOST_PIECES)

    def run(self, numbers: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """The probability of each category and of any; the text's meaning, of length 1."""
        import numpy as np

        with self._lock:
            logits, meaning = self._session.run(None, {"pieces": np.array([numbers], np.int64)})
        return 1 / (1 + np.exp(-logits[0])), meaning[0] / np.linalg.norm(meaning[0])


@cache
def shipped_reader() -> HintReader:
    """The reader as it was shipped: one for the whole program, since it never changes."""
    return HintReader()


class _Posts:
    """The posts the model learned from, to show why it says what it says."""

    def __init__(self, folder: Path, card: dict[str, Any]) -> None:
        import numpy as np

        with np.load(folder / "meanings.npz", allow_pickle=False) as stored:
            self._meanings = stored["meanings"]  # int8, one row a post, of length about 127
        self._texts: list[str] = []
        self._rows: dict[str, list[int]] = {category: [] for category in card["categories"]}
        for post in read_posts(folder / "posts"):
            for category in post["categories"]:
                self._rows[category].append(len(self._texts))
            self._texts.append(post["text"])
        if len(self._texts) != len(self._meanings):
            raise _damaged("meanings.npz")

    def nearest(self, category: str, meaning: np.ndarray) -> tuple[str, ...]:
        """The posts of a category whose meaning is nearest."""
        rows = self._rows[category]
        nearness = self._meanings[rows].astype("float32") @ meaning
        return tuple(self._texts[rows[at]] for at in nearness.argsort()[::-1][:_NEAREST])


def read_posts(folder: Path) -> list[dict[str, Any]]:
    """The labelled posts of every file, in a fixed order: `{"text", "categories"}`."""
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _parts(text: str) -> list[str]:
    """The text in parts that the model can read whole, cut between paragraphs or words."""
    words = text.split()
    if len(words) < 3:
        return []
    return [" ".join(words[at : at + 150]) for at in range(0, len(words), 150)]


def _session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise UserError(
            _("Hints are off: this computer has no “onnxruntime”."),
            _("The rules go on working."),
            _("Install the program’s packages again, or go on without hints."),
        ) from error
    onnxruntime.disable_telemetry_events()  # its Windows wheels report their use unless told not to
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # more are slower for texts of this size
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library has no common class for its errors
        raise _damaged(path.name) from error


def _checked_card(folder: Path) -> dict[str, Any]:
    """What the training wrote down, once every file is what it was then."""
    try:
        card: dict[str, Any] = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        for name, digest in card["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise _damaged(name)
    except OSError as error:
        raise _damaged(Path(error.filename or "card.json").name) from error
    except (ValueError, KeyError) as error:
        raise _damaged("card.json") from error
    return card


def _damaged(name: str) -> UserError:
    return UserError(
        _("Hints are off: “{name}” is missing or damaged.").format(name=name),
        _("The rules go on working."),
        _("Install the program again to have hints back."),
    )
