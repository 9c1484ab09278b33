"""Answers and edits of a picture: every step goes back, and forth again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smassistant.domain.pictures import (
    Accounting,
    Box,
    Edit,
    Face,
    FoundFace,
    Picture,
    Reading,
    Writing,
)
from ui.models.face_edits import FaceEdits

A, B = Face("a", Box(0.1, 0.1, 0.1, 0.1)), Face("b", Box(0.6, 0.2, 0.1, 0.1), 0.6)
TAG, SIGN = Writing("t", Box(0.1, 0.3, 0.1, 0.02), "Emma"), Writing("s", Box(0, 0, 1, 0.1), "Exit")
PICTURE = Picture(
    "p", "photo", "p.jpg", 800, 600, "d", faces=(A, B), looked=True, writing=(TAG, SIGN)
)

pytestmark = pytest.mark.usefixtures("qapp")

shares = st.floats(0.05, 0.5)
boxes = st.builds(Box, shares, shares, shares, shares)
edit_of = st.builds(
    Edit, st.integers(0, 3), st.floats(-15, 15), st.one_of(st.none(), boxes), st.floats(-1, 1)
)
picked = st.integers(0, 9)


@st.composite
def steps(draw: st.DrawFn) -> Callable[[FaceEdits], object]:
    """One thing a person does in the photo page, to whatever face or writing there is."""
    which, box, edit = draw(picked), draw(boxes), draw(edit_of)
    answer = draw(st.sampled_from([None, *Accounting]))

    def face(edits: FaceEdits) -> str:
        return edits.faces[which % len(edits.faces)].id if edits.faces else ""

    def words(edits: FaceEdits) -> str:
        writing = edits.picture.writing
        return writing[which % len(writing)].id if writing else ""

    done: list[Callable[[FaceEdits], object]] = [
        lambda edits: edits.add(box),
        lambda edits: edits.remove(face(edits)),
        lambda edits: edits.move(face(edits), box),
        lambda edits: edits.account(face(edits), answer, "omar", "why"),
        lambda edits: edits.blur_rest(),
        lambda edits: edits.set_looked(which % 2 == 0),
        lambda edits: edits.set_edit(edit),
        lambda edits: edits.add_found([FoundFace(box, 0.8)]),
        lambda edits: edits.blur_writing(words(edits), which % 2 == 0),
        lambda edits: edits.remove_writing(words(edits)),
    ]
    return draw(st.sampled_from(done))


@settings(max_examples=80)
@given(st.lists(steps(), min_size=20, max_size=20))
def test_twenty_steps_back_and_forth_give_the_same_picture(
    many: list[Callable[[FaceEdits], object]],
) -> None:
    edits = FaceEdits(PICTURE)
    states = [PICTURE]
    edits.changed.connect(lambda: states.append(edits.picture))
    for step in many:
        step(edits)
    end = edits.picture
    for _step in range(edits.stack.count()):
        edits.stack.undo()
        assert edits.picture in states
    assert edits.picture == PICTURE
    for _step in range(edits.stack.count()):
        edits.stack.redo()
    assert edits.picture == end
    for place in (3, 0, edits.stack.count(), edits.stack.count() // 2):
        edits.stack.setIndex(place)
        assert edits.picture in states


def test_seeing_more_takes_the_word_back() -> None:
    edits = FaceEdits(replace(PICTURE, edit=Edit(crop=Box(0.2, 0.2, 0.5, 0.5))))
    looked: list[bool] = []
    edits.changed.connect(lambda: looked.append(edits.picture.looked))
    edits.set_edit(Edit(crop=Box(0.3, 0.3, 0.4, 0.4)))
    edits.set_edit(Edit(slant=2, crop=Box(0.35, 0.35, 0.3, 0.3)))
    assert looked == [True, True]
    edits.set_edit(Edit())
    edits.stack.undo()
    edits.set_edit(replace(edits.picture.edit, light=0.3))
    assert looked[2:] == [False, True, False]


def test_faces_found_in_another_light_are_added_once() -> None:
    edits = FaceEdits(PICTURE)
    near = Box(0.11, 0.1, 0.1, 0.1)
    assert edits.add_found([FoundFace(near, 0.9), FoundFace(Box(0.4, 0.5, 0.1, 0.1), 0.55)]) == 1
    assert [face.accounting for face in edits.faces] == [None] * 3
    assert edits.add_found([FoundFace(near, 0.9)]) == 0
    edits.stack.undo()
    assert edits.faces == (A, B)


def test_writing_read_meanwhile_outlives_the_way_back() -> None:
    edits = FaceEdits(PICTURE)
    edits.blur_writing("t", True)
    edits.remove_writing("s")
    more = Writing("n", Box(0.5, 0.5, 0.1, 0.1), "Omar")
    edits.follow(
        replace(edits.picture, writing=(*edits.picture.writing, more), reading=Reading.THOROUGH)
    )
    edits.stack.setIndex(0)
    assert set(edits.picture.writing) == {TAG, SIGN, more}
    assert edits.picture.reading is Reading.THOROUGH
    edits.stack.setIndex(2)
    assert edits.picture.writing == (replace(TAG, blurred=True), more)


def test_answers_given_elsewhere_end_the_way_back() -> None:
    edits = FaceEdits(PICTURE)
    edits.account("a", Accounting.BLURRED)
    edits.follow(replace(edits.picture, alt_text="Two people"))
    assert edits.stack.canUndo()
    edits.follow(replace(edits.picture, faces=(A,)))
    assert not edits.stack.canUndo()
