"""The dialogs of the People page, each on the real registry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from smassistant.domain.consents import Answer, Channel, Use
from smassistant.domain.people import Kind, Person
from smassistant.services.keeping_registry import open_person
from tests.ui.conftest import Seat, shown_words
from tests.ui.test_registry_page import cell, history, names, open_page
from ui.dialogs.bulk import RollOverDialog
from ui.dialogs.correction import CorrectionDialog
from ui.dialogs.decision import DecisionDialog
from ui.dialogs.look_alikes import LookAlikesDialog
from ui.dialogs.person import PersonDialog
from ui.dialogs.scan import ScanDialog
from ui.pages.registry import RegistryPage
from ui.widgets import attachment

SOCIAL, PHOTO = Channel.SOCIAL_MEDIA, Use.PHOTO


def ask(seat: Seat, page: RegistryPage) -> DecisionDialog:
    page.ask_decision()
    seat.settle()
    dialog = seat.dialog
    assert isinstance(dialog, DecisionDialog)
    return dialog


def fill(seat: Seat, dialog: DecisionDialog, answer: Answer, signer: str = "A father") -> None:
    dialog.answers[answer].setChecked(True)
    dialog.uses[PHOTO].click()
    dialog.channels[SOCIAL].click()
    dialog.signer.entry.setText(signer)


def stored(seat: Seat, person_id: str) -> Person:
    with seat.school.context.store.read() as work:
        found = work.people.get(person_id)
    assert found is not None
    return found


def choose_both(page: RegistryPage) -> None:
    page.list.selectAll()
    assert len(page.chosen) == 2


# --- recording ------------------------------------------------------------------------------------


def test_a_permission_ends_with_the_school_year_unless_told_otherwise(seat: Seat) -> None:
    page = open_page(seat, person="p-logan")
    dialog = ask(seat, page)
    fill(seat, dialog, Answer.GRANTED)
    assert dialog.limited.isChecked()
    assert dialog.decided().valid_until == date(2027, 6, 30)
    dialog.limited.click()
    assert dialog.decided().valid_until is None
    dialog.reject()


def test_everything_is_chosen_with_one_press(seat: Seat) -> None:
    dialog = ask(seat, open_page(seat, person="p-logan"))
    dialog.everything.click()
    decided = dialog.decided()
    assert decided.uses == frozenset(Use)
    assert decided.channels == frozenset(Channel)
    dialog.reject()


def test_choosing_withdrawn_shows_every_post_at_once(seat: Seat) -> None:
    school = seat.school
    school.write("A draft about Tessaly Brightwater.")
    school.submit(school.write("Tessaly Brightwater waits in the queue."))
    school.approved("Tessaly Brightwater is approved.")
    school.write("Nobody is named here.")
    page = open_page(seat, person="p-tess")
    dialog = ask(seat, page)
    assert not dialog.touched.isVisible()
    dialog.answers[Answer.WITHDRAWN].setChecked(True)
    assert dialog.touched.isVisible()
    seat.wait(lambda: dialog.touched.list.count() == 3)
    said = shown_words(dialog.touched)
    assert "3 posts name or show them" in said
    assert "A draft about Tessaly" in said
    assert "Nobody is named" not in said
    dialog.answers[Answer.GRANTED].setChecked(True)
    assert not dialog.touched.isVisible()
    dialog.reject()


def test_who_signs_for_themself_stands_in_the_field(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    edit(seat, page).signs.click()
    save(seat)
    seat.wait(lambda: "Signs for themself" in shown_words(page.panel))
    dialog = ask(seat, page)
    assert dialog.signer.entry.text() == "Tessaly Brightwater"
    dialog.reject()


# --- the scan of a form ---------------------------------------------------------------------------


def scanned(folder: Path, name: str = "form.png") -> Path:
    path = folder / name
    Image.new("RGB", (60, 80), "white").save(path)
    return path


def test_a_form_is_attached_with_the_decision_and_shown(seat: Seat, tmp_path: Path) -> None:
    page = open_page(seat, person="p-logan")
    dialog = ask(seat, page)
    fill(seat, dialog, Answer.GRANTED)
    dialog.scan.take(scanned(tmp_path))
    dialog.save.click()
    seat.gone(dialog)
    seat.wait(lambda: "1 scanned form" in history(page)[0])
    page.panel.past.list.setCurrentRow(0)
    page.panel.past.show_scan.click()
    seat.settle()
    shown = seat.dialog
    assert isinstance(shown, ScanDialog)
    pictures = [label for label in shown.findChildren(QLabel) if not label.pixmap().isNull()]
    assert any(label.pixmap().height() == 80 for label in pictures)
    shown.accept()


def test_what_is_no_form_is_told_and_nothing_is_recorded(seat: Seat, tmp_path: Path) -> None:
    bad = tmp_path / "form.pdf"
    bad.write_bytes(b"just words")
    page = open_page(seat, person="p-logan")
    dialog = ask(seat, page)
    fill(seat, dialog, Answer.GRANTED)
    dialog.scan.take(bad)
    dialog.save.click()
    seat.wait(lambda: dialog.notice.text)
    record = open_person(seat.school.context, seat.school.records, "p-logan")
    assert record.history == ()
    dialog.reject()


def test_a_form_is_attached_later(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(seat, person="p-tess")
    path = scanned(tmp_path)
    monkeypatch.setattr(attachment, "choose_file", lambda *_about: path)
    past = page.panel.past
    assert not past.attach.isEnabled()
    past.list.setCurrentRow(0)
    past.attach.click()
    seat.wait(lambda: "1 scanned form" in history(page)[0])


def test_a_pdf_can_only_be_saved_as_a_copy(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = tmp_path / "form.pdf"
    form.write_bytes(b"%PDF-1.4 a made-up form")
    page = open_page(seat, person="p-tess")
    monkeypatch.setattr(attachment, "choose_file", lambda *_about: form)
    past = page.panel.past
    past.list.setCurrentRow(0)
    past.attach.click()
    seat.wait(lambda: "1 scanned form" in history(page)[0])
    past.list.setCurrentRow(0)
    past.show_scan.click()
    seat.settle()
    dialog = seat.dialog
    assert isinstance(dialog, ScanDialog)
    assert "This form is a PDF" in shown_words(dialog)
    copy = tmp_path / "copy.pdf"
    monkeypatch.setattr("ui.dialogs.scan.choose_new_file", lambda *_about: copy)
    dialog.save.click()
    assert copy.read_bytes() == form.read_bytes()
    assert "not encrypted" in dialog.notice.text
    dialog.accept()


# --- mistakes -------------------------------------------------------------------------------------


def correct(seat: Seat, page: RegistryPage) -> CorrectionDialog:
    page.panel.past.list.setCurrentRow(0)
    page.panel.past.correct.click()
    dialog = seat.dialog
    assert isinstance(dialog, CorrectionDialog)
    return dialog


def test_a_mistaken_line_is_struck_out_and_says_who_set_it_right(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    dialog = correct(seat, page)
    assert "Everything on Social media" in shown_words(dialog)
    dialog.answers[Answer.REFUSED].setChecked(True)
    dialog.note.entry.setText("Read the form wrongly")
    dialog.verb.click()
    seat.gone(dialog)
    seat.wait(lambda: cell(page, PHOTO, SOCIAL).startswith("Not permitted"))
    entries = history(page)
    assert any("Counts no more: corrected by Ria Example" in entry for entry in entries)
    assert any("Read the form wrongly" in entry for entry in entries)
    struck = [
        row for row in range(len(entries)) if page.panel.past.list.item(row).font().strikeOut()
    ]
    assert len(struck) == 1
    page.panel.past.list.setCurrentRow(struck[0])
    assert not page.panel.past.correct.isEnabled()


def test_one_line_of_many_can_be_said_never_to_have_been_spoken_of(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    dialog = correct(seat, page)
    for line, box in dialog.boxes.items():
        box.setChecked(line.use is Use.VIDEO)
    dialog.answers[None].setChecked(True)
    dialog.verb.click()
    seat.gone(dialog)
    seat.wait(lambda: cell(page, Use.VIDEO, SOCIAL).startswith("Not permitted"))
    assert cell(page, PHOTO, SOCIAL).startswith("Permitted")
    assert any("Partly corrected" in entry for entry in history(page))


def test_nothing_is_corrected_when_nothing_was_wrong(seat: Seat) -> None:
    dialog = correct(seat, open_page(seat, person="p-tess"))
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert not dialog.verb.isEnabled()
    dialog.reject()


# --- a person's own facts -------------------------------------------------------------------------


def edit(seat: Seat, page: RegistryPage) -> PersonDialog:
    page.panel.edit_button.click()
    dialog = seat.dialog
    assert isinstance(dialog, PersonDialog)
    return dialog


def save(seat: Seat) -> None:
    dialog = seat.dialog
    assert isinstance(dialog, PersonDialog)
    dialog.verb.click()
    seat.gone(dialog)
    seat.settle()


def test_names_to_use_and_to_avoid_are_kept_apart(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    dialog = edit(seat, page)
    dialog.preferred.entry.setText("Tess,  Tessa , Tess")
    dialog.avoid.entry.setText("Thomas Brightwater")
    save(seat)
    person = stored(seat, "p-tess")
    assert (person.preferred_name, person.other_names) == ("Tess", ("Tessa",))
    assert person.avoid_names == ("Thomas Brightwater",)
    seat.wait(lambda: "1 former name is looked for" in shown_words(page.panel))
    assert "Tess Brightwater" in names(page)
    assert "Thomas" not in shown_words(page)


def test_other_names_stay_other_names_when_something_else_is_edited(seat: Seat) -> None:
    with seat.school.context.store.write() as work:
        work.people.add([Person("x", "7", "Ida", "Abbot", other_names=("Idy",))])
    page = open_page(seat, person="x")
    dialog = edit(seat, page)
    dialog.homeroom.entry.setText("2A")
    save(seat)
    person = stored(seat, "x")
    assert (person.preferred_name, person.other_names, person.homeroom) == ("", ("Idy",), "2A")


def test_a_volunteer_is_added_and_shown(seat: Seat) -> None:
    page = open_page(seat)
    page.ask_new_person()
    dialog = seat.dialog
    assert isinstance(dialog, PersonDialog)
    dialog.verb.click()
    assert dialog.first.wrong  # nobody without a name
    dialog.first.entry.setText("Vera")
    dialog.last.entry.setText("Quill")
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.VOLUNTEER))
    save(seat)
    seat.wait(lambda: page.record is not None and page.record.person.first_name == "Vera")
    assert "Vera Quill" in names(page)
    assert page.record is not None
    assert page.record.person.kind is Kind.VOLUNTEER


# --- many at once ---------------------------------------------------------------------------------


def test_one_decision_for_many_is_undone_as_one_step(seat: Seat) -> None:
    page = open_page(seat)
    choose_both(page)
    page.many.decide.click()
    seat.settle()
    dialog = seat.dialog
    assert isinstance(dialog, DecisionDialog)
    assert "2 people" in shown_words(dialog)
    assert not dialog.scan.isVisible()
    fill(seat, dialog, Answer.REFUSED, "Forms of the class")
    dialog.save.click()
    seat.gone(dialog)
    seat.settle()
    context, records = seat.school.context, seat.school.records
    for person_id in ("p-tess", "p-logan"):
        ruling = open_person(context, records, person_id).rulings[PHOTO, SOCIAL]
        assert ruling.decision is not None
        assert ruling.decision.signer == "Forms of the class"
    assert "2 permissions are recorded" in seat.workspace.banner.text
    seat.workspace.banner.button.click()
    seat.wait(lambda: "It is undone" in seat.workspace.banner.text)
    assert open_person(context, records, "p-tess").rulings[PHOTO, SOCIAL].permitted
    assert open_person(context, records, "p-logan").history == ()


def test_a_class_is_renewed_until_the_end_of_the_year_and_undone(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    page.ask_roll_over()
    dialog = seat.dialog
    assert isinstance(dialog, RollOverDialog)
    assert not dialog.verb.isEnabled()
    dialog.all.click()
    assert [group.homeroom for group in dialog.groups] == ["4B"]
    dialog.verb.click()
    seat.gone(dialog)
    seat.wait(lambda: "until 30 Jun 2027" in cell(page, PHOTO, SOCIAL))
    assert "5 permissions are recorded" in seat.workspace.banner.text
    seat.workspace.banner.button.click()
    seat.wait(lambda: "no end is set" in cell(page, PHOTO, SOCIAL))


# --- records that look alike ----------------------------------------------------------------------


@pytest.fixture
def twins(seat: Seat) -> Seat:
    with seat.school.context.store.write() as work:
        work.people.add(
            [Person("twin", "", "Tessaly", "Brightwater", homeroom="4B", grade="4",
                    school="Quarry Hill School")]
        )  # fmt: skip
    return seat


def look(seat: Seat, page: RegistryPage) -> LookAlikesDialog:
    page.work.ask_look_alikes()
    seat.settle()
    dialog = seat.dialog
    assert isinstance(dialog, LookAlikesDialog)
    return dialog


def test_two_records_are_made_one_and_two_again(twins: Seat) -> None:
    seat = twins
    page = open_page(seat)
    assert len(names(page)) == 3
    dialog = look(seat, page)
    assert dialog.list.count() == 1
    said = dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.count("Tessaly Brightwater") == 2
    keep = next(n for n, person in enumerate(both(dialog)) if person.id == "p-tess")
    dialog.cards[keep].keep.click()
    seat.wait(lambda: "are one now" in dialog.notice.text)
    assert dialog.list.count() == 0
    seat.wait(lambda: len(names(page)) == 2)
    dialog.notice.button.click()
    seat.wait(lambda: dialog.list.count() == 1)
    seat.wait(lambda: len(names(page)) == 3)
    dialog.accept()


def both(dialog: LookAlikesDialog) -> tuple[Person, Person]:
    return dialog.pairs[0].first, dialog.pairs[0].second


def test_two_people_of_one_name_are_left_alone(twins: Seat) -> None:
    page = open_page(twins)
    dialog = look(twins, page)
    dialog.skip.click()
    assert "No two records look alike" in shown_words(dialog)
    assert len(names(page)) == 3
    dialog.accept()


def test_nobody_looks_alike(seat: Seat) -> None:
    dialog = look(seat, open_page(seat))
    assert "No two records look alike" in shown_words(dialog)
    dialog.accept()
