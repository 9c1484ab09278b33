"""Every page works by keyboard and says what it is: read from ALL_PAGES, so none is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QDialog,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import set_language
from tests.ui.conftest import Seat
from tests.unit.services.test_referring import asked
from ui.dialogs.account import AccountDialog
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.staff import OwnPasswordDialog, ResetDialog, UserDialog
from ui.pages import ALL_PAGES
from ui.pages.page import Page
from ui.pages.registry import RegistryPage
from ui.shell.panes import panes
from ui.shell.sign_in import SignInGate
from ui.shell.trouble import PassphraseGate, RecoveryGate, TroubleGate
from ui.shell.window import LEAST
from ui.shell.wizard.gate import WizardGate
from ui.shell.wizard.setup import Setup
from ui.shortcuts import Shortcuts

EVERY_PAGE = pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.key)
LEAST_TARGET = 24  # pixels: WCAG 2.2, 2.5.8; ours are 32 where a sheet does not shrink them


def who_may(seat: Seat, right: Right | None) -> User:
    """Somebody of the school who may open a page."""
    school = seat.school
    staff = (school.leader, school.records, school.author, school.coordinator)
    return next(user for user in staff if right is None or user.may(right))


def come_to(seat: Seat, page: type[Page]) -> Page:
    seat.import_sample()
    school = seat.school
    school.approved("A calm day.", school.facebook)
    school.submit(school.write("Come to the concert on Friday."))
    asked(school)
    seat.sign_in(who_may(seat, page.right))
    return seat.show(page.key)


def focusable(root: QWidget) -> Iterator[QWidget]:
    """What the Tab key stops at: not the parts of a field, nor the others of a chosen button."""
    for widget in (root, *root.findChildren(QWidget)):
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        usable = widget.isVisible() and widget.isEnabled()
        if stops and usable and widget.focusProxy() is None and not among_others(widget):
            yield widget


def among_others(widget: QWidget) -> bool:
    """Whether arrow keys lead here from the chosen button of a group, as everywhere in Qt."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    group: QButtonGroup | None = widget.group()
    return widget.autoExclusive() or (group is not None and group.exclusive())


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def described(widget: QWidget) -> str:
    name = spoken_name(widget)
    return f"{type(widget).__name__} “{name}” in {type(widget.parent()).__name__}"


def nameless(root: QWidget) -> list[str]:
    return [described(widget) for widget in focusable(root) if not spoken_name(widget).strip()]


def unreachable(seat: Seat, root: QWidget) -> list[str]:
    """What the Tab key never comes to, pressed really, from the first stop until it is round."""
    wanted = list(focusable(root))
    if not wanted:
        return []
    root.window().activateWindow()
    wanted[0].setFocus()
    seat.wait(wanted[0].hasFocus)
    reached: set[int] = set()
    for _n in range(3 * len(wanted) + 20):
        now: QWidget | None = QApplication.focusWidget()
        assert now is not None
        if id(now) in reached and now is wanted[0]:
            break
        reached.add(id(now))
        seat.qtbot.keyClick(now, Qt.Key.Key_Tab)
    return [described(widget) for widget in wanted if id(widget) not in reached]


def too_small(page: QWidget) -> list[str]:
    """Buttons that are hard to hit; a field's and a table's own parts are Qt's."""
    return [
        f"{described(button)} {button.size().toTuple()}"
        for button in page.findChildren(QAbstractButton)
        if button.isVisible()
        and min(button.height(), button.width()) < LEAST_TARGET
        and type(button.parent()).__name__ not in ("QLineEdit", "QTableView", "QTableWidget")
    ]


def unspoken_rows(page: QWidget) -> list[str]:
    """Rows of lists that say nothing, or of our own models no whole sentence."""
    wrong = []
    for view in page.findChildren(QListView):
        model = view.model()
        if model is None or not view.isVisible():
            continue
        for row in range(min(model.rowCount(), 20)):
            index = model.index(row, 0)
            said = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
            whole = isinstance(view, QListWidget) or said.endswith((".", "!", "?"))
            if not said or not whole:
                wrong.append(f"{type(view).__name__}: {said}")
    return wrong


@EVERY_PAGE
def test_a_page_can_be_heard_and_hit(seat: Seat, page: type[Page]) -> None:
    shown = come_to(seat, page)
    assert nameless(seat.workspace) == []
    assert too_small(shown) == []
    assert unspoken_rows(shown) == []
    primary = [
        button.text()
        for button in shown.findChildren(QAbstractButton)
        if button.isVisible() and button.property("role") == "primary"
    ]
    assert len(primary) <= 1, primary


@EVERY_PAGE
@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_page_fits_the_smallest_window(seat: Seat, page: type[Page], code: str) -> None:
    set_language(code)
    come_to(seat, page)
    least = seat.workspace.minimumSizeHint()
    assert least.width() <= LEAST[0]
    assert least.height() <= LEAST[1]


@EVERY_PAGE
def test_the_tab_key_comes_to_everything(seat: Seat, page: type[Page]) -> None:
    come_to(seat, page)
    assert unreachable(seat, seat.workspace) == []


@EVERY_PAGE
def test_f6_goes_round_the_panes_and_back(seat: Seat, page: type[Page]) -> None:
    come_to(seat, page)
    around = panes(seat.workspace)
    assert seat.workspace.sidebar in around
    assert seat.workspace.header in around
    assert len(around) >= 3
    seen = []
    for _pane in around:
        seat.qtbot.keyClick(QApplication.focusWidget() or seat.workspace, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen.append(next(n for n, p in enumerate(around) if p is focus or p.isAncestorOf(focus)))
    assert sorted(seen) == list(range(len(around)))
    seat.qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier
    )
    focus = QApplication.focusWidget()
    assert around[seen[-2]] is focus or around[seen[-2]].isAncestorOf(focus)


def test_text_areas_let_the_tab_key_go(seat: Seat) -> None:
    school = seat.school
    school.write("A draft.")
    seat.sign_in(school.author)
    seat.show("compose", new=True)
    areas = seat.workspace.findChildren(QPlainTextEdit) + seat.workspace.findChildren(QTextEdit)
    assert areas
    assert all(area.tabChangesFocus() for area in areas)


def test_the_sidebar_says_how_much_waits(seat: Seat) -> None:
    seat.school.submit(seat.school.write("Come to the concert on Friday."))
    seat.sign_in(seat.school.leader)
    seat.workspace.set_count("queue", 3)
    button = seat.workspace.sidebar.button("queue")
    assert spoken_name(button) == "To approve, 3 waiting"
    seat.workspace.set_count("queue", 0)
    assert spoken_name(button) == "To approve"


def test_shortcuts_do_not_share_keys() -> None:
    keys = [shortcut.keys.toString() for shortcut in Shortcuts]
    assert len(set(keys)) == len(keys)
    assert all(keys)


def gates(seat: Seat) -> dict[str, Callable[[], QWidget]]:
    setup = Setup(seat.school.context.outbox, seat.desk.jobs, lambda _school: None)
    return {
        "sign in": lambda: SignInGate("light"),
        "locked": lambda: SignInGate("light", "a.leader"),
        "passphrase": lambda: PassphraseGate("light"),
        "recovery": lambda: RecoveryGate("light", keyring=True),
        "trouble": lambda: TroubleGate("light", UserError("No.", "Because.", "Do."), True),
        "wizard": lambda: WizardGate("light", setup),
    }


@pytest.mark.parametrize(
    "name", ["sign in", "locked", "passphrase", "recovery", "trouble", "wizard"]
)
def test_gates_have_names_and_the_tab_key_comes_to_everything(seat: Seat, name: str) -> None:
    gate = gates(seat)[name]()
    seat.desk.window.show_only(gate)
    assert nameless(gate) == []
    assert unreachable(seat, gate) == []


def dialogs(seat: Seat) -> dict[str, Callable[[], QDialog]]:
    session, parent = seat.workspace.session, seat.workspace
    return {
        "account": lambda: AccountDialog(session, (), None, parent),
        "confirm": lambda: ConfirmDialog("Remove it?", "It is gone then.", "Remove", parent),
        "user": lambda: UserDialog(session, None, parent),
        "reset": lambda: ResetDialog(session, session.user, parent),
        "own password": lambda: OwnPasswordDialog(session, parent),
    }


@pytest.mark.parametrize("name", ["account", "confirm", "user", "reset", "own password"])
def test_dialogs_have_names_and_begin_in_their_first_field(seat: Seat, name: str) -> None:
    seat.sign_in(seat.school.leader)
    dialog = dialogs(seat)[name]()
    dialog.open()
    seat.settle()
    assert nameless(dialog) == []
    assert unreachable(seat, dialog) == []
    dialog.reject()


@pytest.mark.parametrize("which", ["decision", "roster"])
def test_the_registrys_dialogs_have_names(seat: Seat, which: str) -> None:
    seat.import_sample()
    seat.sign_in(seat.school.records)
    page = seat.show("registry", person="p-tess")
    assert isinstance(page, RegistryPage)
    page.ask_decision() if which == "decision" else page.ask_roster()
    seat.settle()
    assert nameless(seat.dialog) == []
    assert unreachable(seat, seat.dialog) == []
    seat.dialog.reject()
