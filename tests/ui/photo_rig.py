"""The photo page with pictures and a class, for the tests about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from smassistant.domain.consents import Answer
from smassistant.domain.people import Person
from smassistant.domain.pictures import Face, Picture
from tests.ui.writing_rig import Window
from tests.unit.services.conftest import SCHOOL
from ui.widgets.photo_editor import PhotoEditor

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NAMES = (
    "Amara Okafor", "Liam Nkemelu", "Sofia Brandt", "Noah Steiner", "Mia Tremblay", "Ezra White",
    "Ava Kowalczyk", "Lucas Dimitrov", "Zoe Castellanos", "Oskar Lindqvist", "Priya Raman",
    "Jonah Berg",
)  # fmt: skip
REFUSED = "Ezra White"


def open_pictures(window: Window, *pictures: Picture, text: str = "A calm day.") -> PhotoEditor:
    """A post with these pictures; the first is shown."""
    window.open_with(*pictures, text=text)
    window.compose.open_faces(window.post.pictures[0].id)
    editor = window.compose.photos
    window.until(lambda: not editor.view.sceneRect().isEmpty())
    window.settle()
    return editor


def add_class(window: Window) -> tuple[Person, ...]:
    """A class 6C in which all but one may be shown."""
    people = tuple(
        Person(f"p-{n}", str(600 + n), first, last, homeroom="6C", grade="6", school=SCHOOL)
        for n, (first, last) in enumerate(name.split() for name in NAMES)
    )
    with window.school.context.store.write() as work:
        work.people.add(people)
    for person in people:
        answer = Answer.REFUSED if person.shown_name == REFUSED else Answer.GRANTED
        window.school.decide(person, answer)
    return people


def faces(window: Window, picture: int = 0) -> tuple[Face, ...]:
    return window.post.pictures[picture].faces


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    QTest.keyClick(focus(), key, held)


def tab_to(wanted: QWidget, most: int = 60) -> None:
    """Press the Tab key until `wanted` has the keyboard."""
    for _press in range(most):
        if QApplication.focusWidget() is wanted:
            return
        press(Key.Key_Tab)
    raise AssertionError(f"the Tab key never reaches {wanted.accessibleName() or wanted}")
