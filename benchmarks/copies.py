"""Copies of pictures told again, beside a difference hash: found, taken for a copy, false alarms.

python -m benchmarks copies            (drawn pictures and those of the tests)
python -m benchmarks.copies FOLDER     (the pictures of a folder, kind by kind)
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import process_time

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from benchmarks.rows import Row
from smassistant.domain.sightings import COPY_AGREEMENT, Fingerprint
from smassistant.imaging.exporting import WORKING_EDGE
from smassistant.imaging.fingerprints import find_alike, print_of

ROOT = Path(__file__).resolve().parent.parent
PHOTOS = ROOT / "tests" / "data" / "photos"
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
DRAWN = 24
ROOMS, SHOTS = 8, 3  # rooms, and photos of each with other people in them
NEAR_HASH = 10  # of 64 bits in which a difference hash may differ
SIZE = (1600, 1200)

Change = Callable[[Image.Image], Image.Image]


def _cut(image: Image.Image, left: float, top: float, keep: float) -> Image.Image:
    wide, high = image.size
    x, y = int(wide * left), int(high * top)
    return image.crop((x, y, x + int(wide * keep), y + int(high * keep)))


def _saved(image: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def _within(image: Image.Image, edge: int) -> Image.Image:
    small = image.copy()
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return small


def _bannered(image: Image.Image) -> Image.Image:
    high = image.height // 6
    taller = Image.new("RGB", (image.width, image.height + high), (24, 60, 120))
    taller.paste(image, (0, high))
    ImageDraw.Draw(taller).text((high // 4, high // 4), "SCHOOL NEWS", "white", font_size=high // 2)
    return taller


COPIES: dict[str, Change] = {
    "half the size": lambda image: _within(image, max(image.size) // 2),
    "640 px": lambda image: _within(image, 640),
    "JPEG quality 30": lambda image: _saved(image, 30),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.4),
    "cut by 30 % of its area": lambda image: _cut(image, 0.08, 0.08, 0.7**0.5),
    "cut by 30 % of its sides": lambda image: _cut(image, 0.15, 0.15, 0.7),
    "cut by 30 % of its sides, corner": lambda image: _cut(image, 0, 0.3, 0.7),
    "cut, 640 px, quality 30": lambda image: _saved(_within(_cut(image, 0.2, 0, 0.75), 640), 30),
    "square": lambda image: ImageOps.fit(image, (min(image.size),) * 2),
    "mirrored": ImageOps.mirror,
    "mirrored and cut": lambda image: _cut(ImageOps.mirror(image), 0.15, 0.05, 0.8),
    "white border": lambda image: ImageOps.expand(image, max(image.size) // 10, "white"),
    "banner on top": _bannered,
    "quarter turn": lambda image: image.transpose(Image.Transpose.ROTATE_90),
}
# Of copies, these are what was asked for; the others show where it ends.
ASKED = frozenset(COPIES) - {"brighter", "quarter turn", "mirrored and cut"}


@dataclass(frozen=True)
class Told:
    """Of one kind: how many pictures, how many found, of those how many as a copy for sure."""

    kind: str
    pictures: int
    found: int
    sure: int
    by_hash: int


def run() -> list[Row]:
    """Shares of copies found and of false alarms, and what looking costs."""
    pictures = [*in_folder(PHOTOS), *drawn()]
    told = [each for each in tell(pictures) if each.kind in ASKED]
    every = sum(each.pictures for each in told)
    found = sum(each.found for each in told) / every
    by_hash = sum(each.by_hash for each in told) / every
    false, false_hash = false_alarms([print_of(one) for one in pictures])
    same_room, room_hash = scene_alarms()
    rows = [
        Row("copies found", found, by_hash, "", "difference hash", 0.98),
        Row("copies held as such", sum(each.sure for each in told) / every, by_hash, "",
            "difference hash"),
        Row("other pictures taken for copies", false, false_hash, "", "difference hash", 0.01),
        Row("other photos of a scene taken for copies", same_room, room_hash, "",
            "difference hash", 0.01),
    ]  # fmt: skip
    return [*rows, _cost(pictures)]


def tell(pictures: Sequence[Image.Image]) -> Iterator[Told]:
    """How copies of each kind are told again."""
    known = [print_of(_working(picture)) for picture in pictures]
    for kind, change in COPIES.items():
        found = sure = by_hash = 0
        for picture, print_ in zip(pictures, known, strict=True):
            copy = print_of(_working(_saved(change(picture), 85)))
            alike = find_alike(copy, [print_.features])
            found += bool(alike)
            sure += bool(alike) and alike[0].agreement >= COPY_AGREEMENT
            by_hash += _near(copy, print_)
        yield Told(kind, len(pictures), found, sure, by_hash)


def false_alarms(prints: Sequence[Fingerprint]) -> tuple[float, float]:
    """Shares of pairs of different pictures that count as copies: ours, by difference hash."""
    ours = by_hash = pairs = 0
    for number, print_ in enumerate(prints):
        others = [other for other in prints[:number] if other is not print_]
        pairs += len(others)
        found = find_alike(print_, [other.features for other in others])
        ours += sum(each.agreement >= COPY_AGREEMENT for each in found)
        by_hash += sum(_near(print_, other) for other in others)
    return ours / pairs, by_hash / pairs


def scene_alarms() -> tuple[float, float]:
    """Shares of pairs of different photos of one room that count as copies."""
    told = [
        false_alarms([print_of(_photo(room, shot)) for shot in range(SHOTS)])
        for room in range(ROOMS)
    ]
    return sum(ours for ours, _hash in told) / ROOMS, sum(by for _ours, by in told) / ROOMS


def in_folder(folder: Path) -> Iterator[Image.Image]:
    """The pictures of a folder, upright."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in ENDINGS:
            with Image.open(path) as opened:
                yield _working(ImageOps.exif_transpose(opened).convert("RGB"))


def drawn() -> Iterator[Image.Image]:
    """Pictures drawn here, no two alike."""
    for number in range(DRAWN):
        yield _photo(100 + number, 0)


def _photo(room: int, shot: int) -> Image.Image:
    """A photo of a room: what hangs there is the same in each, who is there another."""
    chance = random.Random(room)
    image = Image.new("RGB", SIZE, tuple(chance.randrange(120, 256) for _ in range(3)))
    _draw(image, chance, 320, (8, 90))
    moved = random.Random(room * 1000 + shot)
    _draw(image, moved, 40, (140, 300))
    image = image.rotate(moved.uniform(-2, 2), Image.Resampling.BICUBIC)
    image = _cut(image, moved.uniform(0.03, 0.06), moved.uniform(0.03, 0.06), 0.9)
    return _saved(image.filter(ImageFilter.GaussianBlur(0.8)), 85)


def _draw(image: Image.Image, chance: random.Random, count: int, span: tuple[int, int]) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = chance.randrange(-40, SIZE[0]), chance.randrange(-40, SIZE[1])
        wide, high = chance.randint(*span), chance.randint(*span)
        colour = tuple(chance.randrange(256) for _ in range(3))
        shape = chance.choice((draw.rectangle, draw.ellipse))
        shape((x, y, x + wide, y + high), fill=colour)


def _working(image: Image.Image) -> Image.Image:
    return _within(image, WORKING_EDGE) if max(image.size) > WORKING_EDGE else image


def _near(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the difference hash alone would take them for the same."""
    return ((one.coarse ^ other.coarse) & (2**64 - 1)).bit_count() <= NEAR_HASH


def _cost(pictures: Sequence[Image.Image]) -> Row:
    """Milliseconds of one processor for each stored picture looked through."""
    prints = [print_of(picture) for picture in pictures]
    many = [print_.features for print_ in prints]
    wanted = print_of(_photo(999, 0))
    begun = process_time()
    find_alike(wanted, many * 4)
    ours = (process_time() - begun) / (4 * len(many)) * 1000
    begun = process_time()
    for print_ in prints:
        _near(wanted, print_)
    peer = (process_time() - begun) / len(prints) * 1000
    return Row("one stored picture looked at", ours, peer, "ms", "difference hash")


def _told_lines(told: Iterable[Told]) -> Iterator[str]:
    for one in told:
        shares = (each / one.pictures for each in (one.found, one.sure, one.by_hash))
        found, sure, by_hash = shares
        yield f"{one.kind:34} found {found:6.1%}  as a copy {sure:6.1%}  hash {by_hash:6.1%}\n"


def main(argv: Sequence[str]) -> int:
    """Tell kind by kind how copies of a folder's pictures are found."""
    pictures = list(in_folder(Path(argv[0]))) if argv else [*in_folder(PHOTOS), *drawn()]
    sys.stdout.write(f"{len(pictures)} pictures\n")
    for line in _told_lines(tell(pictures)):
        sys.stdout.write(line)
        sys.stdout.flush()
    ours, by_hash = false_alarms([print_of(one) for one in pictures])
    room, room_hash = scene_alarms()
    sys.stdout.write(f"other pictures as copies {ours:.2%}, by hash {by_hash:.2%}\n")
    sys.stdout.write(f"other photos of a scene  {room:.2%}, by hash {room_hash:.2%}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
