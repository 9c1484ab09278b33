"""The crop stays inside the picture, large enough and in its shape, whatever is done to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.pictures import Box
from ui.widgets import crop_frame
from ui.widgets.crop_frame import LEAST, WHOLE, Handle

shares = st.floats(-2, 3, allow_nan=False)
ratios = st.one_of(st.none(), st.floats(0.2, 5))


@st.composite
def crops(draw: st.DrawFn) -> Box:
    w, h = draw(st.floats(LEAST, 1)), draw(st.floats(LEAST, 1))
    return Box(draw(st.floats(0, 1)) * (1 - w), draw(st.floats(0, 1)) * (1 - h), w, h)


def inside(box: Box) -> bool:
    slack = 1e-9
    return (
        min(box.x, box.y) >= -slack
        and min(box.w, box.h) > 0
        and box.x + box.w <= 1 + slack
        and box.y + box.h <= 1 + slack
    )


@given(crops(), st.sampled_from(Handle), shares, shares, ratios)
def test_a_pulled_handle_leaves_what_is_opposite(
    crop: Box, handle: Handle, x: float, y: float, ratio: float | None
) -> None:
    pulled = crop_frame.pulled(crop, handle, x, y, ratio)
    assert inside(pulled)
    across, down = handle.value
    opposite = {one.value: one for one in Handle}[-across, -down]
    before, after = opposite.on(crop), opposite.on(pulled)
    if across:
        assert after[0] == pytest.approx(before[0])
    if down:
        assert after[1] == pytest.approx(before[1])
    if ratio is None:
        assert min(pulled.w, pulled.h) >= LEAST - 1e-9
    else:
        assert pulled.w / pulled.h == pytest.approx(ratio)


@given(crops(), shares, shares, ratios)
def test_a_moved_or_stretched_crop_stays_inside(
    crop: Box, dx: float, dy: float, ratio: float | None
) -> None:
    moved = crop_frame.moved(crop, dx, dy)
    assert inside(moved)
    assert (moved.w, moved.h) == (crop.w, crop.h)
    assert inside(crop_frame.stretched(crop, dx, 0, ratio))
    assert inside(crop_frame.stretched(crop, 0, dy, ratio))


@given(crops(), st.floats(0.2, 5))
def test_a_crop_takes_a_shape(crop: Box, ratio: float) -> None:
    fitted = crop_frame.fitted(crop, ratio)
    assert inside(fitted)
    assert fitted.w / fitted.h == pytest.approx(ratio)
    again = crop_frame.fitted(fitted, ratio)
    assert again.w == pytest.approx(fitted.w)


@given(crops())
def test_four_turns_bring_the_crop_back(crop: Box) -> None:
    around = crop
    for _turn in range(4):
        around = crop_frame.turned(around, clockwise=True)
        assert inside(around)
    assert (around.x, around.y) == pytest.approx((crop.x, crop.y))
    back = crop_frame.turned(crop_frame.turned(crop, clockwise=True), clockwise=False)
    assert (back.x, back.y, back.w, back.h) == pytest.approx((crop.x, crop.y, crop.w, crop.h))


def test_the_whole_picture_is_no_crop() -> None:
    assert crop_frame.is_whole(WHOLE)
    assert not crop_frame.is_whole(Box(0, 0, 0.99, 1))
