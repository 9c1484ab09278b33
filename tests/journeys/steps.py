"""What people do in the window again and again, by keys and clicks."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from shiboken6 import isValid

from tests.journeys.homes import PASSPHRASE, PASSWORD
from ui.shell.sign_in import SignInGate
from ui.shell.trouble import PassphraseGate
from ui.tour.hands import Hands

D = TypeVar("D", bound=QDialog)
G = TypeVar("G", bound=QWidget)


def gate(hands: Hands, kind: type[G]) -> G:
    """The gate that is shown, once it is of that kind."""
    entrance = hands.desk.entrance

    def arrived() -> bool:
        return isinstance(entrance.gate, kind) and entrance.gate.isVisible()

    hands.wait(arrived, kind.__name__)
    assert isinstance(entrance.gate, kind)
    return entrance.gate


def open_school(hands: Hands, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase at the first gate."""
    entrance = gate(hands, PassphraseGate)
    hands.type(entrance.passphrase.entry, passphrase)
    hands.key(entrance.passphrase.entry, Qt.Key.Key_Return)
    gate(hands, SignInGate)


def sign_in(hands: Hands, name: str, password: str = PASSWORD) -> None:
    """Sign in by keyboard, whoever was here before."""
    shown = gate(hands, SignInGate)
    shown.name.entry.selectAll()
    hands.type(shown.name.entry, name)
    hands.key(shown.name.entry, Qt.Key.Key_Return)
    assert shown.password.entry.hasFocus()
    hands.type(shown.password.entry, password)
    hands.key(shown.password.entry, Qt.Key.Key_Return)
    hands.wait(lambda: hands.desk.workspace is not None, f"{name}'s window")
    hands.settle()


def lock(hands: Hands) -> None:
    """Lock with the key that every page has."""
    hands.key(hands.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.wait(lambda: hands.desk.workspace is None, "the lock")


def dialog(hands: Hands, kind: type[D]) -> D:
    """The dialog that has come up."""
    hands.wait(lambda: _dialogs(kind), kind.__name__)
    shown = _dialogs(kind)[0]
    activate(hands, shown)
    return shown


def gone(hands: Hands, shown: QDialog) -> None:
    """Wait until the dialog has done its work and closed."""
    try:
        hands.wait(lambda: not isValid(shown) or not shown.isVisible(), "the dialog to close")
    except TimeoutError:
        raise AssertionError(f"still open:\n{words(shown)}") from None
    activate(hands, hands.window)
    hands.settle()


def activate(hands: Hands, window: QWidget) -> None:
    """Do what a window manager does when a window opens or closes."""
    window.activateWindow()
    hands.wait(window.isActiveWindow, "the window to be active")


def words(root: QWidget) -> str:
    """Everything the visible labels say."""
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisible())


def banner(hands: Hands) -> str:
    """What stands above the page."""
    assert hands.desk.workspace is not None
    return words(hands.desk.workspace.banner)


def _dialogs(kind: type[D]) -> list[D]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, kind) and widget.isVisible()
    ]
