"""Turning, straightening and cutting: where boxes are afterwards, and the way back."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smassistant.domain import edits
from smassistant.domain.pictures import Box, Edit

sides = st.integers(1, 4000)
fractions = st.floats(0, 1, allow_nan=False)


@st.composite
def boxes(draw: st.DrawFn, least: float = 0.001) -> Box:
    w, h = draw(st.floats(least, 1)), draw(st.floats(least, 1))
    return Box(draw(st.floats(0, 1)) * (1 - w), draw(st.floats(0, 1)) * (1 - h), w, h)


edit_of = st.builds(
    Edit,
    turns=st.integers(0, 3),
    slant=st.one_of(st.just(0.0), st.floats(-15, 15)),
    crop=st.one_of(st.none(), boxes(0.05)),
    light=st.floats(-1, 1),
)


def test_nothing_done_changes_nothing() -> None:
    box = Box(0.1, 0.2, 0.3, 0.4)
    assert edits.size_after(Edit(light=0.5), 400, 300) == (400, 300)
    assert edits.shown_box(box, Edit(light=0.5), 400, 300) is box


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        (1, Box(0.4, 0.1, 0.4, 0.3)),  # the top left goes to the top right
        (2, Box(0.6, 0.4, 0.3, 0.4)),
        (3, Box(0.2, 0.6, 0.4, 0.3)),
    ],
)
def test_quarter_turns_go_clockwise(turns: int, shown: Box) -> None:
    edit = Edit(turns=turns)
    found = edits.shown_box(Box(0.1, 0.2, 0.3, 0.4), edit, 400, 300)
    assert found is not None
    assert _near(found, shown)
    assert edits.size_after(edit, 400, 300) == ((300, 400) if turns % 2 else (400, 300))


def test_a_slant_goes_clockwise() -> None:
    x, y = edits.shown_point(1, 0.5, Edit(slant=10), 400, 400)
    assert x > 0.9
    assert y > 0.5  # the right-hand side goes down


def test_a_slant_leaves_the_largest_rectangle() -> None:
    # A square's inner square has the side 1 / (cos + sin).
    angle = math.radians(10)
    side = math.floor(1000 / (math.cos(angle) + math.sin(angle)))
    assert edits.size_after(Edit(slant=-10), 1000, 1000) == (side, side)


def test_the_crop_is_one_of_the_turned_picture() -> None:
    edit = Edit(turns=1, crop=Box(0, 0, 0.5, 1))  # the lower half lies left after the turn
    assert edits.size_after(edit, 400, 300) == (150, 400)
    assert edits.shown_box(Box(0, 0, 0.2, 0.4), edit, 400, 300) is None
    shown = edits.shown_box(Box(0, 0.6, 0.2, 0.4), edit, 400, 300)
    assert shown is not None
    assert _near(shown, Box(0, 0, 0.8, 0.2))


def test_a_sliver_of_a_face_does_not_count() -> None:
    face = Box(0.4, 0.4, 0.1, 0.1)
    assert edits.is_shown(face, Edit(crop=Box(0.485, 0, 0.515, 1)), 1000, 1000)
    assert not edits.is_shown(face, Edit(crop=Box(0.495, 0, 0.505, 1)), 1000, 1000)
    part = edits.visible_part(face, Edit(crop=Box(0.45, 0, 0.55, 1)), 1000, 1000)
    assert part == pytest.approx(0.5, abs=0.01)


def test_a_point_without_size_is_shown_or_not() -> None:
    edit = Edit(crop=Box(0, 0, 0.5, 0.5))
    assert edits.is_shown(Box(0.2, 0.2, 0, 0), edit, 100, 100)
    assert not edits.is_shown(Box(0.8, 0.2, 0, 0), edit, 100, 100)


@given(edit_of, sides, sides, fractions, fractions)
def test_there_and_back_is_the_same_point(
    edit: Edit, width: int, height: int, x: float, y: float
) -> None:
    shown = edits.shown_point(x, y, edit, width, height)
    assert edits.source_point(*shown, edit, width, height) == pytest.approx((x, y), abs=1e-6)


@given(edit_of, sides, sides)
def test_what_is_shown_lies_in_the_source(edit: Edit, width: int, height: int) -> None:
    wide, high = edits.size_after(edit, width, height)
    assert 1 <= wide * high <= width * height
    assume(wide > 1 and high > 1)
    for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)):
        point = edits.source_point(x, y, edit, width, height)
        assert all(-1e-6 <= value <= 1 + 1e-6 for value in point)


@given(edit_of, boxes(), st.integers(20, 4000), st.integers(20, 4000))
def test_shown_boxes_lie_in_the_frame(edit: Edit, box: Box, width: int, height: int) -> None:
    shown = edits.shown_box(box, edit, width, height)
    assert (shown is not None) == edits.is_shown(box, edit, width, height)
    if shown is not None:
        assert min(shown.x, shown.y) >= 0
        assert shown.x + shown.w <= 1 + 1e-9
        assert shown.y + shown.h <= 1 + 1e-9


middles, smalls = st.floats(0.3, 0.7), st.floats(0.01, 0.3)


@given(edit_of, st.tuples(middles, middles, smalls, smalls), st.integers(20, 4000))
def test_a_box_wholly_shown_comes_back(
    edit: Edit, place: tuple[float, float, float, float], width: int
) -> None:
    x, y, w, h = place
    shown = Box(x - w / 2, y - h / 2, w, h)
    size = width, 3000
    source = edits.source_box(shown, edit, *size)
    assume(min(source.x, source.y) > 0.001)
    assume(max(source.x + source.w, source.y + source.h) < 0.999)
    again = edits.shown_box(source, edit, *size)
    assert again is not None
    assert _near(again, shown)


@given(edit_of, boxes(0.05), boxes(), st.integers(200, 4000), st.integers(200, 4000))
def test_a_smaller_crop_never_shows_more(
    edit: Edit, crop: Box, face: Box, width: int, height: int
) -> None:
    whole = Edit(edit.turns, edit.slant, None, edit.light)
    smaller = Edit(edit.turns, edit.slant, crop, edit.light)
    before = edits.visible_part(face, whole, width, height)
    assert edits.visible_part(face, smaller, width, height) <= before + 1e-6
    assert not edits.shows_more(whole, smaller, width, height)
    if min(crop.w, crop.h) < 0.9:
        assert edits.shows_more(smaller, whole, width, height)


def test_a_turn_shows_no_more() -> None:
    assert not edits.shows_more(Edit(), Edit(turns=1), 400, 300)
    assert not edits.shows_more(Edit(), Edit(slant=5), 400, 300)
    assert edits.shows_more(Edit(slant=5), Edit(slant=-5), 400, 300)


def _near(one: Box, two: Box) -> bool:
    pairs = ((one.x, two.x), (one.y, two.y), (one.w, two.w), (one.h, two.h))
    return all(abs(first - second) < 1e-6 for first, second in pairs)
