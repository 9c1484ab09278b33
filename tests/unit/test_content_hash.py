"""What of a post its approval pins, and that older approvals go on holding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.pictures import (
    Box,
    Edit,
    Face,
    Metadata,
    Origin,
    Picture,
    Reading,
    Region,
    TakenBy,
    Writing,
)
from smassistant.domain.posts import Post

PICTURE = Picture("p", "ph", "a.jpg", 8, 6, "ab", "A tree", (Face("f", Box(0, 0, 0.5, 0.5)),))
POST = Post("1", "ann", "Oak", text="Hello", pictures=(PICTURE,))
# As it was computed before pictures had writing, edits and an origin.
BEFORE = "5f7e5686a4681daf84e140b0f3a75c881a41b887a17438e6f6e60ef3b2c13771"


def changed(**changes: object) -> str:
    """The hash of the post with a changed picture."""
    picture = replace(PICTURE, **changes)  # type: ignore[arg-type]
    return replace(POST, pictures=(picture,)).content_hash


def test_an_approval_given_before_pictures_could_say_more_still_holds() -> None:
    assert POST.content_hash == BEFORE


@pytest.mark.parametrize("changes", [
    {"edit": Edit(turns=1)},
    {"edit": Edit(crop=Box(0, 0, 0.5, 1))},
    {"edit": Edit(light=0.1)},
    {"origin": Origin(TakenBy.WEB)},
    {"writing": (Writing("w", Box(0, 0, 0.1, 0.1), "Ann", blurred=True),)},
    {"alt_text": "Another"},
    {"metadata": Metadata(stock="Shutterstock")},
    {"metadata": Metadata(regions=(Region("Ann", Box(0, 0, 0.1, 0.1)),))},
])  # fmt: skip
def test_what_is_published_or_answered_for_is_pinned(changes: dict[str, object]) -> None:
    assert changed(**changes) != POST.content_hash


def test_how_closely_a_picture_was_read_is_not() -> None:
    assert changed(reading=Reading.THOROUGH) == POST.content_hash
