"""Accounts, staff, trail and help on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from smassistant.domain.places import ALL_PLACES
from smassistant.domain.users import Role
from smassistant.services.keeping_accounts import list_accounts
from smassistant.services.keeping_users import list_users
from smassistant.services.signing_in import sign_in
from tests.ui.conftest import Seat, shown_words
from ui.dialogs.account import AccountDialog
from ui.dialogs.staff import OwnPasswordDialog, ResetDialog, UserDialog
from ui.pages.accounts import AccountsPage
from ui.pages.help import CLAUSES, HelpPage
from ui.pages.staff import StaffPage
from ui.pages.trail import TrailPage
from ui.shortcuts import Shortcuts

PASSWORD = "Harbour-quilt-82-sparrow"


@pytest.fixture
def accounts(seat: Seat) -> AccountsPage:
    seat.sign_in(seat.school.leader)
    page = seat.show("accounts")
    assert isinstance(page, AccountsPage)
    return page


@pytest.fixture
def staff(seat: Seat) -> StaffPage:
    seat.sign_in(seat.school.leader)
    page = seat.show("staff")
    assert isinstance(page, StaffPage)
    return page


@pytest.fixture
def trail(seat: Seat) -> TrailPage:
    seat.school.submit(seat.school.write("A calm day."))
    seat.sign_in(seat.school.leader)
    page = seat.show("trail")
    assert isinstance(page, TrailPage)
    return page


def press(seat: Seat, name: str) -> None:
    """Press the button a screen reader knows as `name`."""
    buttons = seat.workspace.findChildren(QPushButton)
    next(button for button in buttons if button.accessibleName() == name).click()


# Accounts


def test_accounts_say_where_they_are_and_how_posts_get_there(accounts: AccountsPage) -> None:
    said = [(row.title, row.text) for row in accounts.list.rows]
    assert ("Quarry Hill", "Bluesky · @school.memory · posted by the program") in said
    assert any("posted by hand" in text for _title, text in said)


def connect(seat: Seat, accounts: AccountsPage, secret: str) -> AccountDialog:
    accounts.add.click()
    dialog = seat.dialog
    assert isinstance(dialog, AccountDialog)
    dialog.name.entry.setText("Second account")
    dialog.handle.entry.setText("@second.example")
    dialog.secret.entry.setText(secret)
    dialog.verb.click()
    seat.settle()
    return dialog


def test_an_account_is_kept_only_when_the_platform_takes_its_password(
    seat: Seat, accounts: AccountsPage
) -> None:
    dialog = connect(seat, accounts, "not right")
    assert dialog.isVisible()
    assert "wrong secret" in dialog.notice.text
    dialog.secret.entry.setText("right")
    dialog.verb.click()
    seat.wait(lambda: len(accounts.list.rows) == 3)
    assert "Second account is connected" in seat.workspace.banner.text
    known = list_accounts(seat.school.context, seat.school.leader)
    added = next(account for account in known if account.name == "Second account")
    assert seat.school.context.credentials.get(added.id) == "right"
    # "Turn right" is said elsewhere in the window.
    assert "right" not in shown_words(accounts).split()


def test_what_an_account_lacks_is_said_beside_its_field(seat: Seat, accounts: AccountsPage) -> None:
    dialog = connect(seat, accounts, "")
    assert dialog.secret.wrong
    assert not dialog.handle.wrong
    dialog.reject()


def test_a_place_the_program_cannot_post_to_is_posted_to_by_hand(
    seat: Seat, accounts: AccountsPage
) -> None:
    accounts.add.click()
    dialog = seat.dialog
    assert isinstance(dialog, AccountDialog)
    assert dialog.place.entry.count() == len(ALL_PLACES)
    assert dialog.how.entry.count() == 2
    dialog.place.entry.setCurrentIndex(dialog.place.entry.findData("instagram"))
    assert dialog.how.entry.count() == 1
    assert not dialog.secret.isVisible()
    assert dialog.address.isVisible()
    dialog.name.entry.setText("Our pictures")
    dialog.address.entry.setText("https://www.instagram.com/quarryhill.example")
    dialog.verb.click()
    seat.wait(lambda: len(accounts.list.rows) == 3)


def test_an_account_is_disconnected_after_asking(
    seat: Seat, accounts: AccountsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((False, True))
    monkeypatch.setattr(seat.workspace, "confirm", lambda *_question: next(answers))
    press(seat, "Disconnect Quarry Hill")
    seat.settle()
    assert len(accounts.list.rows) == 2
    press(seat, "Disconnect Quarry Hill")
    seat.wait(lambda: len(accounts.list.rows) == 1)
    assert seat.school.context.credentials.get("a-bsky") is None


# Staff


def test_a_member_of_staff_is_added_and_can_sign_in(seat: Seat, staff: StaffPage) -> None:
    staff.add.click()
    dialog = seat.dialog
    assert isinstance(dialog, UserDialog)
    dialog.verb.click()
    assert dialog.name.wrong
    dialog.name.entry.setText("Nikolai Petrov")
    dialog.sign_in.entry.setText("n.petrov")
    for field in (dialog.password.first, dialog.password.second):
        field.entry.setText(PASSWORD)
    dialog.verb.click()
    seat.wait(lambda: dialog.notice.text)
    assert "role" in dialog.notice.text
    dialog.roles[Role.AUTHOR].click()
    dialog.verb.click()
    seat.wait(lambda: any(row.title == "Nikolai Petrov" for row in staff.list.rows))
    assert sign_in(seat.school.context, "n.petrov", PASSWORD).roles == {Role.AUTHOR}


def test_roles_change_and_the_last_leader_stays(seat: Seat, staff: StaffPage) -> None:
    press(seat, "Change the sign-in of Ann Example")
    dialog = seat.dialog
    assert isinstance(dialog, UserDialog)
    assert dialog.roles[Role.AUTHOR].isChecked()
    dialog.roles[Role.RECORDS].click()
    dialog.active.click()
    dialog.verb.click()
    seat.wait(lambda: any("May not sign in" in row.text for row in staff.list.rows))
    ann = next(u for u in list_users(seat.school.context, seat.school.leader) if u.id == "u-ann")
    assert ann.roles == {Role.AUTHOR, Role.RECORDS}
    assert not ann.active


def test_a_new_password_is_set_for_somebody(seat: Seat, staff: StaffPage) -> None:
    press(seat, "Set a new password for Ann Example")
    dialog = seat.dialog
    assert isinstance(dialog, ResetDialog)
    for field in (dialog.password.first, dialog.password.second):
        field.entry.setText(PASSWORD)
    dialog.verb.click()
    seat.gone(dialog)
    assert sign_in(seat.school.context, "ann", PASSWORD).id == "u-ann"


def test_ones_own_password_is_changed_from_the_menu_on_top(seat: Seat) -> None:
    seat.sign_in(seat.school.author)
    menu = seat.workspace.header.choices.menu()
    assert menu is not None
    next(action for action in menu.actions() if "password" in action.text()).trigger()
    dialog = seat.dialog
    assert isinstance(dialog, OwnPasswordDialog)
    dialog.old.entry.setText("not mine")
    for field in (dialog.password.first, dialog.password.second):
        field.entry.setText(PASSWORD)
    dialog.verb.click()
    seat.wait(lambda: dialog.notice.text)
    dialog.old.entry.setText("a made-up password")
    dialog.verb.click()
    seat.gone(dialog)
    assert sign_in(seat.school.context, "ann", PASSWORD).id == "u-ann"


# Trail


def test_the_trail_reads_as_sentences_and_can_be_filtered(seat: Seat, trail: TrailPage) -> None:
    said = shown_words(trail.table)
    assert "submitted a post for approval" in said
    assert "Ann Example" in said
    seat.qtbot.keyClicks(trail.filter, "SUBMITTED")
    assert trail.shown.rowCount() == 1
    spoken = trail.shown.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Ann Example submitted a post for approval")


def test_the_trail_of_one_post(seat: Seat, trail: TrailPage) -> None:
    trail.table.selectRow(0)
    assert trail.only.isEnabled()
    trail.only.click()
    seat.settle()
    assert trail.model.rowCount() == 2  # started, submitted
    assert trail.all.isVisible()
    trail.all.click()
    seat.settle()
    assert trail.model.rowCount() > 2


def test_a_whole_trail_is_proven(seat: Seat, trail: TrailPage) -> None:
    trail.verify.click()
    seat.settle()
    assert "are whole" in trail.notice.text
    assert trail.verify.isEnabled()


def test_a_damaged_trail_is_told(
    seat: Seat, trail: TrailPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What damage looks like is tested with the storage; here it is shown."""
    found = ("Line 7 of the audit trail was changed.",)
    monkeypatch.setattr(type(seat.school.context.store), "faults", lambda _store: found)
    trail.verify.click()
    seat.settle()
    assert found[0] in trail.notice.text
    assert trail.notice.property("role") == "error"


# Help


def test_help_lists_every_key_and_clause_and_the_face_model(seat: Seat) -> None:
    seat.sign_in(seat.school.records)
    page = seat.show("help")
    assert isinstance(page, HelpPage)
    said = {label.text() for label in page.findChildren(QLabel)}
    for shortcut in Shortcuts:
        assert {shortcut.shown, shortcut.text} <= said
    assert {f"Clause {clause}" for clause, _text in CLAUSES} <= said
    about = " ".join(said)
    assert "never recognises anyone" in about
    assert "yunet" in about
