"""Adjusting a picture by mouse and by keyboard alone; nothing counts before Done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from smassistant.domain.pictures import Box, Edit
from ui.widgets.adjust_view import AdjustView
from ui.widgets.crop_frame import Handle

CROPPED = Edit(crop=Box(0.2, 0.2, 0.6, 0.6))
Key = Qt.Key


def picture(width: int = 800, height: int = 600) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 90, 90))
    return image


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[AdjustView]:
    shown = AdjustView()
    qtbot.addWidget(shown)
    shown.resize(1000, 600)
    shown.show()
    shown.open(picture(), CROPPED)
    shown.activateWindow()
    shown.canvas.setFocus()
    yield shown
    shown.close_picture()


def press(view: AdjustView, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(QApplication.focusWidget() or view.canvas, key, held)


def crop_of(view: AdjustView) -> tuple[float, ...]:
    crop = view.edit.crop or Box(0, 0, 1, 1)
    return tuple(round(value, 3) for value in (crop.x, crop.y, crop.w, crop.h))


def at(view: AdjustView, handle: Handle) -> QPoint:
    frame, crop = view.canvas.frame(), view.edit.crop or Box(0, 0, 1, 1)
    x, y = handle.on(crop)
    return QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height()).toPoint()


def drag(view: AdjustView, start: QPoint, end: QPoint) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view.canvas, left, pos=start)
    for part in (1, 2):
        QTest.mouseMove(view.canvas, start + (end - start) * part / 2)
    QTest.mouseRelease(view.canvas, left, pos=end)


def test_arrow_keys_move_and_stretch_the_crop(view: AdjustView) -> None:
    press(view, Key.Key_Right)
    press(view, Key.Key_Down)
    assert crop_of(view) == (0.21, 0.21, 0.6, 0.6)
    press(view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(view, Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert crop_of(view) == (0.21, 0.21, 0.61, 0.59)
    for _press in range(50):
        press(view, Key.Key_Left)
    assert crop_of(view) == (0.0, 0.21, 0.61, 0.59)


def test_tab_goes_through_the_handles_and_on(view: AdjustView) -> None:
    chosen = []
    for _handle in Handle:
        press(view, Key.Key_Tab)
        chosen.append(view.canvas.handle)
        assert view.canvas.hasFocus()
    assert chosen == list(Handle)
    press(view, Key.Key_Tab)
    assert not view.canvas.hasFocus()
    view.canvas.setFocus()
    press(view, Key.Key_Tab)
    press(view, Key.Key_Left)
    press(view, Key.Key_Up)
    assert crop_of(view) == (0.19, 0.19, 0.61, 0.61)


def test_where_the_crop_lies_is_said_in_numbers(view: AdjustView) -> None:
    said = view.canvas.accessibleDescription()
    assert "20 % from the left, 20 % from the top, 60 % wide, 60 % high" in said
    assert "480 × 360 pixels" in said
    press(view, Key.Key_Tab)
    press(view, Key.Key_Right)
    said = view.canvas.accessibleDescription()
    assert said.startswith("Top left corner. 21 % from the left")


def test_the_mouse_pulls_handles_and_moves_the_crop(view: AdjustView) -> None:
    frame = view.canvas.frame()
    step = QPoint(round(frame.width() / 10), 0)
    drag(view, at(view, Handle.RIGHT), at(view, Handle.RIGHT) - step)
    assert crop_of(view)[2] == pytest.approx(0.5, abs=0.01)
    middle = frame.center().toPoint()
    drag(view, middle, middle + step)
    assert crop_of(view)[0] == pytest.approx(0.3, abs=0.01)
    assert view.stack.count() == 2  # one pull is one step
    press(view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.edit == CROPPED
    press(view, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert crop_of(view)[2] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(("shape", "ratio"), [("square", 1), ("portrait", 0.8), ("wide", 16 / 9)])
def test_a_shape_holds_through_pulls_and_turns(view: AdjustView, shape: str, ratio: float) -> None:
    choose(view.panel.shape_box, shape)
    drag(view, at(view, Handle.BOTTOM_RIGHT), at(view, Handle.BOTTOM_RIGHT) - QPoint(60, 20))
    view.canvas.setFocus()
    press(view, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    crop = view.edit.crop
    assert crop is not None
    assert crop.w * 800 / (crop.h * 600) == pytest.approx(ratio, rel=0.02)
    view.panel.right.click()
    crop = view.edit.crop
    assert crop is not None
    assert crop.w * 600 / (crop.h * 800) == pytest.approx(ratio, rel=0.02)


def test_turns_take_the_crop_along(view: AdjustView) -> None:
    view.open(picture(), Edit(crop=Box(0.1, 0.2, 0.3, 0.4)))
    view.panel.right.click()
    assert view.edit.turns == 1
    assert crop_of(view) == (0.4, 0.1, 0.4, 0.3)
    view.panel.left.click()
    view.panel.left.click()
    assert view.edit.turns == 3
    assert crop_of(view) == (0.2, 0.6, 0.4, 0.3)


def test_sliders_straighten_and_light_by_keyboard(view: AdjustView) -> None:
    view.panel.slant.setFocus()
    press(view, Key.Key_Right)
    press(view, Key.Key_Right)
    assert view.edit.slant == 1.0
    view.panel.light.setFocus()
    press(view, Key.Key_Left)
    assert view.edit.light == -0.05
    assert (view.panel.slant_said.text(), view.panel.light_said.text()) == ("+1.0°", "-5")
    assert view.stack.count() == 2  # one slider is one step
    press(view, Key.Key_Home)
    assert view.edit.light == -1


def test_done_tells_the_edit_once_and_cancel_nothing(view: AdjustView) -> None:
    told: list[Edit] = []
    closed: list[bool] = []
    view.edited.connect(told.append)
    view.closed.connect(lambda: closed.append(True))
    view.panel.right.click()
    press(view, Key.Key_Escape)
    assert (told, len(closed)) == ([], 1)
    view.open(picture(), CROPPED)
    view.panel.done.click()
    assert (told, len(closed)) == ([], 2)  # nothing was changed
    view.panel.left.click()
    view.canvas.setFocus()
    press(view, Key.Key_Return)
    assert len(told) == 1
    assert told[0].turns == 3
    assert len(closed) == 3


def test_as_it_was_is_a_step_too(view: AdjustView) -> None:
    view.panel.as_it_was.click()
    assert view.edit == Edit()
    assert not view.panel.as_it_was.isEnabled()
    view.stack.undo()
    assert view.edit == CROPPED


def test_holding_shows_the_picture_before(view: AdjustView) -> None:
    view.panel.light.setValue(100)
    middle = view.canvas.frame().center().toPoint()
    after = view.canvas.grab().toImage().pixelColor(middle).red()
    QTest.keyPress(view.panel.before, Key.Key_Space)
    before = view.canvas.grab().toImage().pixelColor(middle).red()
    QTest.keyRelease(view.panel.before, Key.Key_Space)
    assert before == pytest.approx(90, abs=2)
    assert after > 140
    assert view.canvas.grab().toImage().pixelColor(middle).red() == after


def test_what_is_hidden_is_shown_blurred(view: AdjustView) -> None:
    image = picture()
    for x in range(200, 240):
        for y in range(200, 240):
            image.setPixelColor(x, y, QColor("white" if (x + y) % 2 else "black"))
    view.open(image, Edit(), [Box(0.25, 1 / 3, 0.05, 40 / 600)])
    shown = view.canvas.grab().toImage()
    frame = view.canvas.frame()
    scale = frame.width() / 800
    colours = {
        shown.pixelColor(round(frame.left() + x * scale), round(frame.top() + y * scale)).red()
        for x in range(205, 235, 3)
        for y in range(205, 235, 3)
    }
    assert max(colours) - min(colours) < 60


def test_every_control_has_a_name_and_room(view: AdjustView) -> None:
    kinds = (QPushButton, QSlider, QComboBox)
    controls = [one for kind in kinds for one in view.panel.findChildren(kind)]
    assert len(controls) == 9
    for control in controls:
        named = control.accessibleName() or getattr(control, "text", str)()
        assert named
        assert control.height() >= 32
    assert view.canvas.accessibleName()


def choose(box: QComboBox, key: str) -> None:
    index = box.findData(key)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_the_first_edit_is_shown_everywhere(view: AdjustView) -> None:
    edit = replace(CROPPED, turns=1, slant=-2.5, light=0.3)
    view.open(picture(), edit)
    assert view.edit == edit
    assert view.panel.slant.value() == -25
    assert view.panel.light.value() == 30
