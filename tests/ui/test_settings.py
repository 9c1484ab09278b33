"""The settings on the screen: what is typed is kept, and counts at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from smassistant.domain.settings import Settings
from smassistant.domain.users import Role, User
from smassistant.services import proofreading
from smassistant.services.keeping_settings import get_settings, save_settings
from smassistant.services.proofreading import teach_word
from smassistant.spelling.dictionaries import Dictionaries
from tests.ui.conftest import Seat, shown_words
from ui.pages import ALL_PAGES
from ui.pages.settings import SettingsPage

SAVED = Settings(
    school="Quarry Hill School",
    division="Coulee Plains",
    zone="America/Regina",
    own_contacts=("403-555-0100", "*@quarryhill.example"),
    first_name_grades=("Kindergarten", "13"),
    idle_minutes=12,
)


@pytest.fixture
def page(seat: Seat) -> SettingsPage:
    save_settings(seat.school.context, seat.school.leader, SAVED)
    seat.sign_in(seat.school.leader)
    shown = seat.show("settings")
    assert isinstance(shown, SettingsPage)
    return shown


def stored(seat: Seat) -> Settings:
    return get_settings(seat.school.context)


def test_the_settings_are_shown_as_they_stand(page: SettingsPage) -> None:
    form = page.form
    assert form.school.entry.text() == "Quarry Hill School"
    assert form.zone.entry.currentData() == "America/Regina"
    assert form.contacts.entry.toPlainText() == "403-555-0100\n*@quarryhill.example"
    assert [grade for grade, box in form.grades.items() if box.isChecked()] == ["K"]
    assert form.ends.day() == "06-30"
    assert form.idle.entry.value() == 12
    assert not form.changed()
    assert not page.save.isEnabled()


def test_only_what_was_changed_is_saved(seat: Seat, page: SettingsPage) -> None:
    form = page.form
    form.surname.click()
    form.early.click()
    form.ends.month.setCurrentIndex(1)
    assert form.ends.number.value() == 29  # 30 February is no day
    meanwhile = replace(stored(seat), division="Prairie Rose", paused=True)
    save_settings(seat.school.context, seat.school.leader, meanwhile)
    seat.settle()
    assert form.surname.isChecked()  # what was typed is not lost to somebody else's save
    page.save.click()
    seat.settle()
    assert stored(seat) == replace(
        meanwhile,
        surname_beside_photo=False,
        first_name_grades=("K", "1", "2", "3", "4", "5", "6", "13"),
        permission_ends="02-29",
    )
    assert "saved" in seat.workspace.banner.text
    assert form.division.entry.text() == "Prairie Rose"
    assert not page.save.isEnabled()


def test_a_school_has_a_name(seat: Seat, page: SettingsPage) -> None:
    page.form.school.entry.setText("  ")
    page.save.click()
    assert page.form.school.wrong
    seat.settle()
    assert stored(seat) == SAVED


def test_the_window_heeds_saved_settings_at_once(seat: Seat, page: SettingsPage) -> None:
    seat.qtbot.keyClicks(page.form.school.entry, " West")
    page.form.idle.entry.setValue(1)
    page.save.click()
    seat.settle()
    seat.wait(lambda: seat.workspace.session.settings == stored(seat))
    assert seat.workspace.header.school.text() == "Quarry Hill School West"
    seat.school.clock.pass_time(seconds=61)
    seat.desk.idle.look()
    seat.wait(lambda: seat.desk.workspace is None)


def test_what_another_window_saves_is_shown(seat: Seat, page: SettingsPage) -> None:
    leader = seat.school.leader
    save_settings(seat.school.context, leader, replace(SAVED, division="Prairie Rose"))
    seat.wait(lambda: page.form.division.entry.text() == "Prairie Rose")


def test_a_grade_without_a_box_and_a_zone_without_an_entry_stay(
    seat: Seat, page: SettingsPage
) -> None:
    odd = replace(SAVED, zone="Europe/Paris", idle_minutes=240, privacy_office="Access Office")
    save_settings(seat.school.context, seat.school.leader, odd)
    seat.wait(lambda: page.form.zone.entry.currentData() == "Europe/Paris")
    assert not page.form.changed()
    page.form.grades["K"].click()
    assert page.form.changed() == {"first_name_grades": ("13",)}


def test_the_keyboard_goes_through_the_grades(seat: Seat, page: SettingsPage) -> None:
    box = page.form.grades["4"]
    box.setFocus()
    seat.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert page.save.isEnabled()
    assert "First names only in grade 4" in shown_words(page)


def test_nothing_typed_is_left_after_the_lock(seat: Seat, page: SettingsPage) -> None:
    page.form.contacts.entry.setPlainText("780-555-0199")
    page.close_down()
    assert "780-555-0199" not in shown_words(page)
    assert not page.form.changed()


@pytest.mark.parametrize("role", list(Role))
def test_who_may_change_settings(role: Role) -> None:
    user = User("u", "u", "U", "Oak", frozenset({role}))
    offered = SettingsPage in [page for page in ALL_PAGES if page.open_to(user)]
    assert offered is (role in (Role.LEADER, Role.COMMUNICATIONS, Role.FOIP))


def test_the_school_keeps_words_of_its_own(seat: Seat, page: SettingsPage) -> None:
    teach_word(seat.school.context, seat.school.author, "kwizbok")
    entry = page.form.words.entry
    seat.qtbot.waitUntil(lambda: entry.toPlainText() == "kwizbok")
    page.form.words.entry.setPlainText("zorbling\n\n  kwizboks ")
    page.save.click()
    seat.settle()
    assert stored(seat).own_words == ("zorbling", "kwizboks")
    assert page.form.words.wrong == ""


def test_the_page_says_why_spelling_is_off(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(proofreading, "Dictionaries", lambda: Dictionaries(tmp_path))
    seat.sign_in(seat.school.leader)
    shown = seat.show("settings")
    assert isinstance(shown, SettingsPage)
    seat.settle()
    assert "Spelling is not checked" in shown.form.words.wrong
    assert "en_CA" in shown.form.words.wrong
    assert "Spelling is not checked" in shown_words(shown)
