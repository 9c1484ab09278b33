"""Keys that mean the same in the picture and in the list beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_STEPS = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def step_of(event: QKeyEvent) -> int:
    """1 for N (the next that is open), -1 for P (the one before), else 0."""
    return 0 if event.modifiers() & _HELD else _STEPS.get(Qt.Key(event.key()), 0)


def digit_of(event: QKeyEvent) -> int:
    """1 to 9 for a number key, else 0."""
    text = event.text()
    if event.modifiers() & _HELD or len(text) != 1 or text not in "123456789":
        return 0
    return int(text)
