"""The writing of a picture put together: the lines of one tag, and who they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from smassistant.domain.edits import is_shown, shown_box
from smassistant.domain.facts import Matcher
from smassistant.domain.findings import Form, Mention
from smassistant.domain.pictures import Picture, Writing
from smassistant.i18n import _

MOST_WORDS = 3  # of a line that can be half of a name
_NEAR, _ALIKE = 1.3, 2.0  # gap between lines of one tag, and how their sizes may differ
_NUMBER_ALIKE, _MOST_DIGITS = 6.0, 3  # the number of a jersey
_LETTER = 0.5  # width of a letter, in heights
_LONE = frozenset({Form.FIRST_NAME, Form.SURNAME})


@dataclass(frozen=True, slots=True)
class Read:
    """A name that can be read, and the writing it begins in."""

    writing: Writing
    mention: Mention


def shown_writing(picture: Picture) -> tuple[Writing, ...]:
    """The writing that can be read in what is published: not blurred, not cut away."""
    size = picture.width, picture.height
    return tuple(
        one for one in picture.writing if not one.blurred and is_shown(one.box, picture.edit, *size)
    )


def read_names(picture: Picture, matcher: Matcher) -> Iterator[Read]:
    """Every name that can be read, those on two lines of a tag ("EMMA" over "SMITH") too."""
    writing = shown_writing(picture)
    tall = picture.height / picture.width if picture.width else 1.0
    numbers = [
        one for one in writing if one.text.strip().isdigit() and len(one.text) < _MOST_DIGITS
    ]
    found = {one.id: _in_line(one, numbers, tall, matcher) for one in writing}
    halves = [one for one in writing if _may_be_half(one, found[one.id])]
    settled: set[str] = set()
    for one, two in combinations(halves, 2):
        if settled.isdisjoint((one.id, two.id)) and _are_near(one, two, tall):
            for first, second in ((one, two), (two, one)):
                if mention := _across(first, second, matcher):
                    settled |= {one.id, two.id}
                    yield Read(first, mention)
                    break
    for one in writing:
        if one.id not in settled:
            for mention in found[one.id]:
                yield Read(one, mention)


def _in_line(
    one: Writing, numbers: Sequence[Writing], tall: float, matcher: Matcher
) -> tuple[Mention, ...]:
    """Who a line names; a jersey's number beside it tells that FUNK or YOUNG is a name."""
    found = matcher.written(one.text)
    for number in numbers if not found else ():
        if number.id != one.id and _are_near(one, number, tall, _NUMBER_ALIKE):
            return matcher.written(f"{one.text} {number.text}")
    return found


def _may_be_half(one: Writing, found: Sequence[Mention]) -> bool:
    """Whether a line may be half of a name: a word or two in which no whole name stands."""
    words = [word for word in one.text.split() if any(map(str.isalpha, word))]
    return 0 < len(words) <= MOST_WORDS and all(mention.form in _LONE for mention in found)


def _across(first: Writing, second: Writing, matcher: Matcher) -> Mention | None:
    """The name that begins in the first line and ends in the second."""
    middle = len(first.text)
    for mention in matcher.written(f"{first.text} {second.text}"):
        if mention.start < middle < mention.end:
            return mention
    return None


def _are_near(one: Writing, two: Writing, tall: float, alike: float = _ALIKE) -> bool:
    """Whether two lines are of like size and lie beside or below each other, as on a tag.

    `tall` is the height of the picture in widths, `alike` how many times as high one may be.
    """
    if one.at != two.at:
        return False
    a, b = _height(one, tall), _height(two, tall)
    across = _gap(one.box.x, one.box.w, two.box.x, two.box.w)
    down = _gap(one.box.y, one.box.h, two.box.y, two.box.h) * tall
    return max(across, down) <= _NEAR * min(a, b) and max(a, b) <= alike * min(a, b)


def _height(one: Writing, tall: float) -> float:
    """About how high the letters are, in widths of the picture, whichever way the line runs."""
    wide, high = one.box.w, one.box.h * tall
    return min(wide, high, max(wide, high) / (_LETTER * max(2, len(one.text))))


def _gap(first: float, length: float, second: float, width: float) -> float:
    """What lies between two stretches of one line; negative where they overlap."""
    return max(first, second) - min(first + length, second + width)


def place_words(one: Writing, picture: Picture) -> str:
    """That `{words}` can be read, and where in the picture, as a sentence."""
    box = shown_box(one.box, picture.edit, picture.width, picture.height) or one.box
    across, down = _third(box.x + box.w / 2), _third(box.y + box.h / 2)
    return (
        (
            _("“{words}” can be read at the upper left."),
            _("“{words}” can be read at the top."),
            _("“{words}” can be read at the upper right."),
        ),
        (
            _("“{words}” can be read on the left."),
            _("“{words}” can be read in the middle."),
            _("“{words}” can be read on the right."),
        ),
        (
            _("“{words}” can be read at the lower left."),
            _("“{words}” can be read at the bottom."),
            _("“{words}” can be read at the lower right."),
        ),
    )[down][across]


def _third(middle: float) -> int:
    return min(2, max(0, int(middle * 3)))
