"""Damages pictures in every way files get damaged, and sees that reading them only ever refuses.

    python -m tools.fuzz_pictures --files 20000 --seed 1

Each file goes the way of a picture that is added to a post: through the process that opens
pictures. The table says what came of them; exit status 1 when anything but a picture or an error
for people did, or when a file took longer than the bound. `--keep` saves such files. `--faces 20`
looks for faces in every 20th picture only: the finder gets pixels, whatever the file was.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from smassistant.errors import UserError
from smassistant.imaging.apart import READING, PhotoReaderApart
from tools.fuzz_samples import samples
from tools.fuzz_ways import damaged

# Errors of the process that opens pictures, rather than of the picture; by their explanation.
BROKE = "The part of the program that opens pictures broke off on it."
FAULT = "Something unexpected happened while the program worked on it."
SLOW, MEMORY = "The picture took too long.", "The picture needs too much memory."
SPARE = 5.0  # seconds a cancelled process may take to end


@dataclass
class Outcome:
    """What came of the files of one kind."""

    counts: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    slowest: float = 0


def main() -> int:
    """Damage and read; print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=Path, help="a folder of pictures to damage besides")
    parser.add_argument("--keep", type=Path, help="a folder for files that broke something")
    parser.add_argument("--faces", type=int, default=1, help="look for faces in every Nth")
    args = parser.parse_args()
    outcomes = run(args.files, args.seed, args.samples, args.keep, args.faces)
    for line in table(outcomes):
        print(line)
    bad = sum(one.counts["fault"] + one.counts["hang"] + one.counts["raised"]
              for one in outcomes.values())  # fmt: skip
    return 1 if bad else 0


def run(
    files: int, seed: int, more: Path | None = None, keep: Path | None = None, faces: int = 1
) -> dict[str, Outcome]:
    """Read `files` damaged pictures; what came of them by kind of file."""
    whole = samples(more)
    names = sorted(whole)
    outcomes = {name: Outcome() for name in names}
    with closing(PhotoReaderApart()) as reader:
        for number in range(files):
            chance = random.Random(f"{seed}-{number}")
            name = names[number % len(names)]
            data = damaged(whole[name], whole[chance.choice(names)], chance)
            started = time.monotonic()
            word, title = _read(reader, data, number % faces == 0)
            taken = time.monotonic() - started
            if taken > READING + SPARE:
                word = "hang"
            outcome = outcomes[name]
            outcome.counts[word] += 1
            outcome.titles[title] += 1
            outcome.slowest = max(outcome.slowest, taken)
            if keep and word not in ("picture", "refused"):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{word}-{seed}-{number}-{name.replace(' ', '-')}").write_bytes(data)
    return outcomes


def _read(reader: PhotoReaderApart, data: bytes, faces: bool) -> tuple[str, str]:
    """What came of a file in one word, and the error's title."""
    try:
        if faces:
            reader.read(data, "picture")
        else:
            reader.publishable(data, "picture", False, 2560, 5_000_000)
    except UserError as error:
        words = {BROKE: "broke off", FAULT: "fault"}
        kinds = {SLOW: "too long", MEMORY: "memory"}
        return words.get(error.explanation, kinds.get(error.title, "refused")), error.title
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return "raised", type(error).__name__
    return "picture", ""


def table(outcomes: dict[str, Outcome]) -> Iterator[str]:
    """The outcomes, a line for each kind of file and one for all."""
    words = ("picture", "refused", "too long", "memory", "broke off", "fault", "raised", "hang")
    yield f"{'':16}" + "".join(f"{word:>10}" for word in (*words, "slowest s"))
    total = Outcome()
    for name, outcome in outcomes.items():
        yield _line(name, outcome, words)
        total.counts += outcome.counts
        total.titles += outcome.titles
        total.slowest = max(total.slowest, outcome.slowest)
    yield _line("all", total, words)
    for title, count in total.titles.most_common():
        yield f"{count:8}  {title or '(a picture)'}"


def _line(name: str, outcome: Outcome, words: tuple[str, ...]) -> str:
    numbers = "".join(f"{outcome.counts[word]:10}" for word in words)
    return f"{name:16}{numbers}{outcome.slowest:10.2f}"


if __name__ == "__main__":
    sys.exit(main())
