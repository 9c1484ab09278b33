"""Boxes stay inside the picture whatever is done to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.pictures import Box
from ui.widgets import boxes

shares = st.floats(-2, 3, allow_nan=False)
places = st.floats(0, 1)


def inside(box: Box) -> bool:
    slack = 1e-9
    return (
        box.x >= -slack
        and box.y >= -slack
        and box.x + box.w <= 1 + slack + boxes.LEAST
        and box.y + box.h <= 1 + slack + boxes.LEAST
    )


drawn = st.builds(boxes.between, places, places, places, places)


@given(shares, shares, shares, shares)
def test_a_drawn_box_is_cut_to_the_picture(x1: float, y1: float, x2: float, y2: float) -> None:
    box = boxes.between(x1, y1, x2, y2)
    assert inside(box)
    assert box.w >= 0
    assert box.h >= 0


@given(drawn, shares, shares)
def test_a_moved_box_keeps_its_size_and_stays_inside(box: Box, dx: float, dy: float) -> None:
    moved = boxes.moved(box, dx, dy)
    assert (moved.w, moved.h) == (box.w, box.h)
    assert inside(moved)


@given(drawn, shares, shares)
def test_a_stretched_box_stays_inside_and_never_vanishes(box: Box, dw: float, dh: float) -> None:
    stretched = boxes.resized(box, dw, dh)
    assert inside(stretched)
    assert boxes.large_enough(stretched)


@given(drawn, st.sampled_from(boxes.Corner), shares, shares)
def test_a_pulled_corner_leaves_the_opposite_one(
    box: Box, corner: boxes.Corner, x: float, y: float
) -> None:
    pulled = boxes.dragged(box, corner, x, y)
    assert inside(pulled)
    assert boxes.large_enough(pulled)


def test_up_to_its_edges_a_blur_reaches_beyond_the_face() -> None:
    wide = boxes.widened(Box(0.4, 0.4, 0.2, 0.2))
    assert wide.x < 0.4
    assert wide.w > 0.2
    corner = boxes.widened(Box(0.0, 0.9, 0.1, 0.1))
    assert corner.x == 0.0
    assert corner.y + corner.h <= 1.0
