"""Hints in the window: a soft card with its reason, and a word where there are none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from smassistant.hints.reader import shipped_reader
from smassistant.services.reading_hints import HintShelf
from smassistant.services.reviewing import Reviewer
from tests.ui.conftest import Seat, shown_words
from ui.pages.compose import ComposePage
from ui.shell import opening

TEXT = (
    "Everyone who cleans this building now works for a company from Calgary for three dollars less."
)


@pytest.fixture
def hinted(seat: Seat) -> Seat:
    """The window with the trained reader, as the program opens it."""
    assert seat.desk.school is not None
    context = seat.school.context
    reviewer = Reviewer(context, HintShelf(context))
    seat.desk.school = replace(seat.desk.school, reviewer=reviewer)
    return seat


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shipped_reader.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    yield
    shipped_reader.cache_clear()


def test_a_post_that_reads_like_a_subject_gets_a_soft_card(hinted: Seat) -> None:
    hinted.sign_in(hinted.school.author)
    page = hinted.show("compose")
    assert isinstance(page, ComposePage)
    page.start_new()
    hinted.settle()
    hinted.qtbot.keyClicks(page.desk.editor, TEXT)
    hinted.wait(lambda: "reads like posts about staff, pay and contracts" in shown_words(page))
    words = shown_words(page)
    assert "Worth a look" in words
    assert "The likest one it learned from" in words
    assert "Not a problem" in words


def test_missing_hints_are_said_to_whoever_signs_in(hinted: Seat, no_library: None) -> None:
    assert hinted.desk.school is not None
    hinted.desk.school.reviewer.warm_up()
    hinted.sign_in(hinted.school.author)
    banner = hinted.workspace.banner
    assert banner.isVisible()
    assert "Hints are off" in banner.accessibleName()
    assert "The rules go on working." in shown_words(banner)


def test_the_program_opens_a_school_with_hints(seat: Seat) -> None:
    reviewer = opening._reviewer(seat.school.context)
    reviewer.warm_up()
    assert reviewer.trouble is None
