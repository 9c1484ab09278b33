"""Code points and UTF-16 units: every place in every text can be named both ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from ui.widgets.offsets import Offsets, well_formed

texts = st.text(st.sampled_from("aé 日😀👩🏽\u200d🚀\U0001f1e8\U0001f1e6"), max_size=40) | st.text(
    max_size=40
)


@given(texts)
def test_units_are_those_of_utf_16(text: str) -> None:
    offsets = Offsets(text)
    for point in range(len(text) + 1):
        expected = len(text[:point].encode("utf-16-le")) // 2
        assert offsets.units(point) == expected
        assert offsets.points(expected) == point


def test_a_place_inside_a_pair_is_the_place_before_it() -> None:
    assert Offsets("a😀b").points(2) == 1


def test_qt_selects_the_same_words(qtbot: QtBot) -> None:
    text = "👩🏽‍🚀 Zoë 😀 waved"
    document = QTextDocument(text)
    start = text.index("Zoë")
    offsets = Offsets(text)
    cursor = QTextCursor(document)
    cursor.setPosition(offsets.units(start))
    cursor.setPosition(offsets.units(start + 3), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "Zoë"


def test_half_of_a_pair_can_be_stored_and_keeps_the_length() -> None:
    broken = "a\ud83d b"
    assert well_formed(broken) == "a\ufffd b"
    assert well_formed("whole 😀") == "whole 😀"
