"""Locking: everything is saved and nothing about a student is left in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QClipboard, QKeyEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog

from smassistant.services.drafting import list_posts
from smassistant.services.keeping_settings import get_settings
from tests.ui.conftest import Seat, shown_words
from ui.pages.compose import ComposePage
from ui.pages.registry import RegistryPage
from ui.shell.sign_in import SignInGate
from ui.shortcuts import Shortcuts

PASSWORD = "a made-up password"
STUDENTS = ("Vantongeren", "Brightwater", "Tessaly", "Logan")


def locked_gate(seat: Seat) -> SignInGate:
    assert seat.desk.workspace is None
    gate = seat.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    return gate


def open_everything(seat: Seat) -> None:
    """Every page that shows students, with somebody chosen."""
    school = seat.school
    school.submit(school.write("Logan Vantongeren and Tessaly Brightwater sang."[36:]))
    seat.sign_in(school.leader)
    for key in seat.workspace.keys():  # noqa: SIM118 - a method of ours
        seat.show(key)
    page = seat.show("registry", person="p-logan")
    assert isinstance(page, RegistryPage)
    seat.wait(lambda: "Vantongeren" in shown_words(page))


def test_no_students_name_is_left_in_any_widget(seat: Seat, qapp: QApplication) -> None:
    open_everything(seat)
    assert any(name in shown_words() for name in STUDENTS)
    seat.desk.lock()
    locked_gate(seat)
    seat.settle()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    said = shown_words()
    assert [name for name in STUDENTS if name in said] == []


def test_a_dialog_with_a_students_name_is_closed_too(seat: Seat, qapp: QApplication) -> None:
    seat.sign_in(seat.school.records)
    page = seat.show("registry", person="p-logan")
    assert isinstance(page, RegistryPage)
    page.ask_decision()
    seat.settle()
    assert "Vantongeren" in shown_words(seat.dialog)
    seat.desk.lock()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    open_dialogs = [w for w in qapp.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert open_dialogs == []
    assert "Vantongeren" not in shown_words()


def test_a_result_that_comes_after_the_lock_shows_nothing(seat: Seat, qapp: QApplication) -> None:
    seat.sign_in(seat.school.records)
    page = seat.show("registry")
    assert isinstance(page, RegistryPage)
    page.model.search("Logan")
    seat.desk.lock()
    seat.settle()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert "Vantongeren" not in shown_words()


def test_what_was_being_written_is_saved(seat: Seat) -> None:
    school = seat.school
    seat.sign_in(school.author)
    page = seat.show("compose", new=True)
    assert isinstance(page, ComposePage)
    seat.wait(lambda: page.writing is not None)
    seat.qtbot.keyClicks(page.desk.editor, "Pancakes on Friday")
    seat.desk.lock()
    assert [post.text for post in list_posts(school.context, school.author)] == [
        "Pancakes on Friday"
    ]


def test_the_shortcut_locks_and_the_person_comes_back_to_the_same_page(seat: Seat) -> None:
    seat.sign_in(seat.school.leader)
    seat.show("trail")
    seat.qtbot.keyClick(seat.workspace, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    gate = locked_gate(seat)
    assert gate.name.entry.text() == "lee"
    assert gate.password.entry.hasFocus()
    seat.qtbot.keyClicks(gate.password.entry, PASSWORD)
    seat.qtbot.keyClick(gate.password.entry, Qt.Key.Key_Return)
    seat.wait(lambda: seat.desk.workspace)
    assert seat.workspace.key == "trail"
    assert Shortcuts.LOCK.shown == "Ctrl+L"


def test_another_person_begins_at_their_own_first_page(seat: Seat) -> None:
    seat.sign_in(seat.school.leader)
    seat.show("trail")
    seat.desk.lock()
    seat.sign_in(seat.school.author)
    assert seat.workspace.key == seat.workspace.keys()[0]


def test_a_wrong_password_empties_the_field_for_good(seat: Seat) -> None:
    gate = seat.desk.entrance.gate
    assert isinstance(gate, SignInGate)
    gate.name.entry.setText("lee")
    gate.password.entry.setFocus()
    seat.qtbot.keyClicks(gate.password.entry, "not it")
    gate.ask()
    seat.wait(lambda: gate.notice.text)
    assert gate.password.entry.text() == ""
    gate.password.entry.undo()
    assert gate.password.entry.text() == ""
    assert "do not go together" in gate.notice.text


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "another program's"])
def test_only_our_own_clipboard_is_cleared(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, ours: bool
) -> None:
    seat.sign_in(seat.school.leader)
    clipboard = QApplication.clipboard()
    # Without a screen Qt never says that the clipboard is ours.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: ours)
    clipboard.setText("Logan Vantongeren")
    seat.desk.lock()
    assert clipboard.text() == ("" if ours else "Logan Vantongeren")


def test_cached_pictures_are_dropped(seat: Seat) -> None:
    seat.sign_in(seat.school.leader)
    QPixmapCache.insert("photo", QPixmap(8, 8))
    seat.desk.lock()
    assert not QPixmapCache.find("photo", QPixmap())


# Idle (clause 3.4)


@pytest.fixture
def minutes(seat: Seat) -> int:
    return get_settings(seat.school.context).idle_minutes


def pass_time(seat: Seat, minutes: float) -> None:
    seat.school.clock.pass_time(minutes=minutes)


def move_mouse(seat: Seat) -> None:
    """A real movement, as far as Qt can tell."""
    window = seat.desk.window
    seat.qtbot.mouseMove(window, QPoint(40, 40))
    seat.qtbot.mouseMove(window, QPoint(60, 60))


def test_an_unused_window_locks(seat: Seat, minutes: int) -> None:
    seat.sign_in(seat.school.leader)
    pass_time(seat, minutes - 1)
    seat.desk.idle.look()
    assert seat.desk.workspace is not None
    pass_time(seat, 1)
    seat.desk.idle.look()
    locked_gate(seat)


def test_a_key_or_the_mouse_keeps_it_open(seat: Seat, minutes: int) -> None:
    seat.sign_in(seat.school.leader)
    for _turn in range(3):
        pass_time(seat, minutes - 1)
        move_mouse(seat)
        seat.desk.idle.look()
    assert seat.desk.workspace is not None


def test_events_of_the_program_itself_do_not_count(
    seat: Seat, minutes: int, qapp: QApplication
) -> None:
    seat.sign_in(seat.school.leader)
    pass_time(seat, minutes - 1)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    qapp.sendEvent(seat.workspace, key)
    pass_time(seat, 1)
    seat.desk.idle.look()
    locked_gate(seat)


def test_the_first_touch_after_the_limit_locks_instead_of_renewing(
    seat: Seat, minutes: int
) -> None:
    seat.sign_in(seat.school.leader)
    pass_time(seat, minutes + 1)
    move_mouse(seat)
    locked_gate(seat)


def test_publishing_goes_on_while_the_window_is_locked(seat: Seat) -> None:
    school = seat.school
    seat.sign_in(school.leader)
    seat.desk.lock()
    post = school.approved("A calm day.")
    seat.wait(lambda: school.delivery(post).remote_id)
    assert [parcel.text for parcel in school.network.posts.values()] == ["A calm day."]
