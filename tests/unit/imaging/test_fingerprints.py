"""Pictures are told again when cut, shrunk, mirrored or framed; other ones aren't."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from smassistant.domain.sightings import COPY_AGREEMENT, Fingerprint, Likeness
from smassistant.errors import Cancelled
from smassistant.imaging.apart import PhotoReaderApart
from smassistant.imaging.fingerprints import find_alike, print_of
from smassistant.jobs import Task

SIZE = (1200, 900)
WALL = 5  # the seed of a background


def scene(background: int, people: int, count: int = 14) -> Image.Image:
    """A room drawn from one seed, with shapes in it from another."""
    image = Image.new("RGB", SIZE, (205, 210, 215))
    _shapes(image, random.Random(background), 340, (6, 60))
    _shapes(image, random.Random(1000 + people), count, (110, 190))
    return image.filter(ImageFilter.GaussianBlur(0.6))


def _shapes(image: Image.Image, chance: random.Random, count: int, span: tuple[int, int]) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = chance.randrange(-20, SIZE[0]), chance.randrange(-20, SIZE[1])
        w, h = chance.randint(*span), chance.randint(*span)
        colour = tuple(chance.randrange(256) for _ in range(3))
        chance.choice((draw.rectangle, draw.ellipse))((x, y, x + w, y + h), fill=colour)


def saved(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def cut(image: Image.Image, left: float, top: float, keep: float) -> Image.Image:
    w, h = image.size
    x, y = int(w * left), int(h * top)
    return image.crop((x, y, x + int(w * keep), y + int(h * keep)))


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda image: image,
    "small": lambda image: image.resize((320, 240)),
    "badly saved": lambda image: saved(image, 15),
    "cut by 30 %": lambda image: cut(image, 0.2, 0.25, 0.7),
    "cut and saved badly": lambda image: saved(cut(image, 0, 0.1, 0.75), 30),
    "mirrored": ImageOps.mirror,
    "mirrored and cut": lambda image: cut(ImageOps.mirror(image), 0.1, 0.1, 0.8),
    "framed": lambda image: ImageOps.expand(image, 120, "white"),
    "turned": lambda image: image.rotate(90, expand=True),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "darker": lambda image: image.point(lambda value: value // 2),
}


def compared(known: Image.Image, wanted: Image.Image) -> Likeness | None:
    found = find_alike(print_of(wanted), [b"", print_of(known).features])
    return found[0] if found else None


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_copy_is_told_again(kind: str, seed: int) -> None:
    picture = scene(seed, seed)
    found = compared(picture, COPIES[kind](picture))
    assert found is not None
    assert found.number == 1
    assert found.agreement >= COPY_AGREEMENT
    assert found.mirrored == kind.startswith("mirrored")


def test_the_way_leads_to_the_same_place() -> None:
    picture = scene(1, 1)
    found = compared(picture, cut(ImageOps.mirror(picture), 0.1, 0.2, 0.7))
    assert found is not None
    a, b, c, d, e, f = found.way
    x, y = 0.5, 0.5  # in the known picture; mirrored at 0.5 too, then cut
    assert a * x + b * y + c == pytest.approx((0.5 - 0.1) / 0.7, abs=0.01)
    assert d * x + e * y + f == pytest.approx((0.5 - 0.2) / 0.7, abs=0.01)


def test_another_picture_is_not() -> None:
    prints = [print_of(scene(seed, seed)) for seed in range(12)]
    many = [print_.features for print_ in prints]
    for number, wanted in enumerate(prints):
        assert [found.number for found in find_alike(wanted, many)] == [number]


@pytest.mark.parametrize("seed", range(6))
def test_another_photo_of_the_same_room_only_looks_alike(seed: int) -> None:
    before = scene(WALL, 2 * seed, 60)
    after = saved(cut(scene(WALL, 2 * seed + 1, 60).rotate(1.5), 0.02, 0.02, 0.95), 80)
    found = compared(before, after)
    assert found is None or found.agreement < COPY_AGREEMENT


def test_what_shows_nothing_looks_like_nothing() -> None:
    plain = print_of(Image.new("RGB", (640, 480), (90, 90, 90)))
    picture = print_of(scene(1, 1))
    assert find_alike(plain, [plain.features, picture.features]) == ()
    assert find_alike(picture, [plain.features]) == ()
    dot = print_of(Image.new("RGB", (1, 1)))
    assert find_alike(dot, [dot.features]) == ()


@pytest.mark.parametrize("bad", [b"", b"x", b"C1", b"C1\x00\x02\x80\x01rubbish", b"Z9" + bytes(76)])
def test_a_fingerprint_of_another_make_is_passed_over(bad: bytes) -> None:
    picture = print_of(scene(1, 1))
    assert [one.number for one in find_alike(picture, [bad, picture.features])] == [1]
    assert find_alike(Fingerprint(0, bad, bad), [picture.features]) == ()


def test_a_fingerprint_holds_no_picture_and_is_small() -> None:
    print_ = print_of(scene(1, 1))
    assert len(print_.features) <= 6 + 400 * 36
    assert not print_.features.startswith((b"\xff\xd8", b"\x89PNG"))
    assert -(2**63) <= print_.coarse < 2**63


def test_looking_can_be_cancelled() -> None:
    task = Task()
    task.cancel()
    picture = print_of(scene(1, 1))
    with pytest.raises(Cancelled):
        find_alike(picture, [picture.features], task)


def test_the_other_process_tells_pictures_again_too() -> None:
    reader = PhotoReaderApart()
    out = io.BytesIO()
    scene(1, 1).save(out, "JPEG", quality=92)
    try:
        print_ = reader.print_of(out.getvalue())
        (found,) = reader.find_alike(print_, [print_.features])
    finally:
        reader.close()
    assert (found.number, found.mirrored) == (0, False)
    assert found.way == pytest.approx((1, 0, 0, 0, 1, 0), abs=0.01)
