"""Trains the hint model on resources/hints/posts and writes it to resources/hints.

    pip install 'torch>=2.8' onnx numpy onnxruntime     # not needed to run the program
    python tools/train_hints.py                         # about a quarter of an hour on two cores

The posts are the project's own, written for this. A twelfth is left out of the training: on it
the threshold is chosen at which ALARMS of the harmless posts are flagged. The seed is fixed: on
one machine with the same torch the same model comes out; elsewhere the last digits may differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from smassistant.hints.pieces import Pieces  # noqa: E402
from smassistant.hints.reader import MOST_PIECES, read_posts  # noqa: E402
from tools.hint_base import LAYERS, WHEEL, BaseFile, Net, fetch, kept_pieces  # noqa: E402

FOLDER = ROOT / "resources" / "hints"
NAMED = ROOT / "tools" / "hints"  # harmless posts full of names: a name is no private fact
CATEGORIES = (
    "legal", "controversial", "policy", "contractual", "crisis", "personal_information", "tone",
    "promotion",
)  # fmt: skip
EPOCHS, RATE, BATCH = 3, 8e-5, 16
LONGEST = 128  # pieces of a post while training
ALARMS = 0.027  # of harmless posts, half of which were written to mislead

Post = dict[str, Any]


def main() -> None:
    """Train, print how it does, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=FOLDER)
    args = parser.parse_args()
    random.seed(7)
    torch.manual_seed(7)
    posts = read_posts(FOLDER / "posts")
    named = read_posts(NAMED)
    with tempfile.TemporaryDirectory() as folder:
        base = BaseFile(fetch(Path(folder)))
    kept = kept_pieces(base, (post["text"] for post in (*posts, *named)))
    known = [base.pieces[number] for number in kept]
    net, pieces = Net(base, kept, len(CATEGORIES) + 1), Pieces(known)
    order = random.sample(posts + named, len(posts) + len(named))
    held, learned = order[: len(order) // 12], order[len(order) // 12 :]
    print(f"{len(learned)} posts to learn, {len(held)} to try, {len(known)} pieces", flush=True)
    for epoch in train(net, pieces, learned):
        print(f"time {epoch + 1} of {EPOCHS}")
        scores, _meanings = run(net, pieces, held)
        threshold = choose(held, scores)
    write(args.to, net, known, pieces, posts, threshold)


def train(net: Net, pieces: Pieces, posts: list[Post]) -> Iterator[int]:
    """Train `net`, in place; yields after each time through the posts."""
    numbers = [pieces.numbers(post["text"], LONGEST) for post in posts]
    wanted = torch.tensor([labels(post) for post in posts])
    head = list(net.head.parameters())
    rest = [value for name, value in net.named_parameters() if not name.startswith("head")]
    groups = [{"params": rest, "lr": RATE}, {"params": head, "lr": RATE * 10}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * (len(posts) // BATCH + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    for epoch in range(EPOCHS):
        net.train()
        for batch in batches(numbers):
            cut = [varied(posts[at]["text"], numbers[at], pieces) for at in batch]
            logits, _meanings = net(*padded(cut))
            loss = functional.binary_cross_entropy_with_logits(logits, wanted[batch])
            optimiser.zero_grad()
            loss.backward()
            clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            plan.step()
        yield epoch


def varied(text: str, numbers: list[int], pieces: Pieces) -> list[int]:
    """Now and then the post as somebody else types it: small, shouted, without accents."""
    chance = random.random()
    if chance < 0.06:
        return pieces.numbers(text.lower(), LONGEST)
    if chance < 0.10:
        return pieces.numbers(text.upper(), LONGEST)
    if chance < 0.14:
        plain = "".join(
            c for c in unicodedata.normalize("NFD", text) if c < "\u0300" or c > "\u036f"
        )
        return pieces.numbers(plain, LONGEST)
    return numbers


def labels(post: Post) -> list[float]:
    """One for each category that holds, and one for any."""
    return [float(name in post["categories"]) for name in CATEGORIES] + [
        float(bool(post["categories"]))
    ]


def batches(numbers: list[list[int]]) -> list[list[int]]:
    """Random batches of posts of about the same length."""
    order = random.sample(range(len(numbers)), len(numbers))
    pools = [order[at : at + BATCH * 20] for at in range(0, len(order), BATCH * 20)]
    found = []
    for pool in pools:
        pool.sort(key=lambda at: len(numbers[at]))
        found += [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
    random.shuffle(found)
    return found


def padded(cut: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Numbers (posts, pieces) and which of them are pieces."""
    longest = max(map(len, cut))
    numbers = torch.tensor([row + [1] * (longest - len(row)) for row in cut])
    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in cut])
    return numbers, mask


def run(net: Net, pieces: Pieces, posts: list[Post]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities (posts, categories + 1) and meanings (posts, width)."""
    net.eval()
    scores, meanings = [], []
    with torch.no_grad():
        for post in posts:
            numbers = torch.tensor([pieces.numbers(post["text"], MOST_PIECES)])
            logits, meaning = net(numbers)
            scores.append(torch.sigmoid(logits)[0].numpy())
            meanings.append(functional.normalize(meaning)[0].numpy())
    return np.array(scores), np.array(meanings)


def choose(posts: list[Post], scores: np.ndarray) -> float:
    """The threshold for ALARMS; prints what is caught at that and other shares of alarms."""
    sensitive = np.array([bool(post["categories"]) for post in posts])
    overall = (scores[:, :-1].max(1) + scores[:, -1]) / 2
    for share in (0.02, ALARMS, 0.04, 0.05, 0.07, 0.10):
        least = np.quantile(overall[~sensitive], 1 - share)
        caught = (overall[sensitive] >= least).mean()
        print(
            f"  {share:.0%} of harmless flagged from {least:.3f}: {caught:.1%} caught", flush=True
        )
    return round(float(np.quantile(overall[~sensitive], 1 - ALARMS)), 3)


def write(
    folder: Path,
    net: Net,
    known: list[tuple[str, float]],
    pieces: Pieces,
    posts: list[Post],
    threshold: float,
) -> None:
    """The model in 8 bits, its pieces, the posts' meanings, and the card that vouches for them."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    _scores, meanings = run(net, pieces, posts)
    net.eval()
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary) / "whole.onnx"
        torch.onnx.export(
            net, (torch.tensor([[0, 5, 6, 2]]),), str(whole),
            input_names=["pieces"], output_names=["logits", "meaning"],
            dynamic_axes={"pieces": {1: "length"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            whole, folder / "model.onnx", per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )  # fmt: skip
    lines = "".join(f"{piece}\t{score}\n" for piece, score in known)
    (folder / "pieces.tsv").write_text(lines, encoding="utf-8")
    np.savez_compressed(folder / "meanings.npz", meanings=(meanings * 127).round().astype(np.int8))
    names = ["model.onnx", "pieces.tsv", "meanings.npz"]
    names += sorted(f"posts/{path.name}" for path in (folder / "posts").glob("*.jsonl"))
    card = {
        "base": f"multilingual-e5-small (MIT), first {LAYERS} layers, from {WHEEL}",
        "categories": CATEGORIES,
        "threshold": threshold,
        "posts": len(posts),
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names},
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
