"""Bringing a roster in: four steps, each with its live effect, and a way back at every point."""

from __future__ import annotations

import csv
import gc
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTableView
from pytestqt.qtbot import QtBot

from smassistant.domain.consents import Answer, Channel, Use
from smassistant.domain.people import LEFT, Person
from smassistant.i18n import set_language
from smassistant.services.delivering import publish_due
from smassistant.services.importing import list_imports
from smassistant.services.keeping_registry import open_person
from smassistant.services.taking_down import list_takedowns
from tests.ui.conftest import SAMPLE, Seat, shown_words
from tests.ui.test_accessible import focusable, spoken_name
from tests.ui.writing_rig import drop, mime
from tests.unit.services.conftest import TESS
from ui import garbage, theme
from ui.dialogs.roster import RosterDialog
from ui.dialogs.roster.check import CheckDialog
from ui.models.roster_tables import ColumnLine
from ui.pages.registry import RegistryPage
from ui.widgets.roster_picker import RosterPicker

HEADINGS = ["Student Number", "First Name", "Last Name", "DOB", "Grade", "Photo Website"]
ROWS = [
    ["100", "Ava", "Lee", "CANARY-2012", "4", "yes"],
    ["101", "Bo", "Ng", "CANARY-2013", "4", "On file"],
    ["102", "Cy", "Do", "CANARY-2014", "5", ""],
]
Open = Callable[..., RosterDialog]

# The offscreen platform can't grab the keyboard for the list of a combo box.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


def write(path: Path, *rows: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def wizard(seat: Seat, tmp_path: Path) -> Iterator[Open]:
    """Open the wizard, on a file of rows where some are given."""
    seat.sign_in(seat.school.records)
    page = seat.show("registry")
    assert isinstance(page, RegistryPage)
    opened: list[RosterDialog] = []

    def begin(*rows: Sequence[str], name: str = "list.csv") -> RosterDialog:
        dialog = RosterDialog(seat.workspace.session, page)
        dialog.imported.connect(page.work.offer_way_back)
        opened.append(dialog)
        dialog.open()
        seat.settle()
        if rows:
            dialog.read(write(tmp_path / name, *rows))
            seat.wait(lambda: dialog.reading.preview or dialog.notice.text)
            seat.settle()
        return dialog

    yield begin
    for dialog in opened:
        dialog.reject()
        dialog.deleteLater()
    seat.settle()


def read_again(seat: Seat, dialog: RosterDialog) -> None:
    """Wait until the last choice has been read."""
    seat.wait(lambda: not dialog.reading.busy)
    seat.settle()


def people(seat: Seat) -> dict[str, str]:
    """Everybody in the registry: number to status."""
    with seat.school.context.store.read() as work:
        return {person.number: person.status for person in work.people.all()}


def permitted(seat: Seat, number: str) -> bool:
    """Whether a photo of the person of that number may go on the website."""
    with seat.school.context.store.read() as work:
        person = next(person for person in work.people.all() if person.number == number)
    record = open_person(seat.school.context, seat.school.records, person.id)
    return record.rulings[(Use.PHOTO, Channel.WEBSITE)].permitted


def line(dialog: RosterDialog, heading: str) -> tuple[int, ColumnLine]:
    lines = dialog.columns_step.model.lines
    row = next(row for row, item in enumerate(lines) if item.heading == heading)
    return row, lines[row]


def pick(combo: QComboBox | None, text: str) -> None:
    """Choose from an open list by keyboard, as a person does."""
    assert combo is not None
    at = combo.findText(text)
    assert at >= 0, text
    popup = combo.view()
    QTest.keyClick(popup, Qt.Key.Key_Home)
    while popup.currentIndex().row() < at:
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)


def test_the_whole_way_with_the_mouse(seat: Seat, wizard: Open) -> None:
    dialog = wizard()
    assert not dialog.next.isEnabled()
    drop(dialog.file_step.drop, mime(files=(SAMPLE,)))
    seat.wait(lambda: dialog.reading.preview)
    assert dialog.number == 1
    assert "75 people in the file · 75 new · 0 changed" in dialog.effect.text()
    before = people(seat)
    for _step in range(2):
        QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    assert dialog.next.text() == "Bring in"
    assert people(seat) == before
    QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    seat.gone(dialog)
    seat.settle()
    assert len(people(seat)) == 77
    banner = seat.workspace.banner
    assert "75 new" in banner.text
    assert banner.button.text() == "Undo"
    banner.button.click()
    seat.settle()
    assert people(seat) == before
    assert "as it was before" in banner.text


def test_the_whole_way_by_keyboard(seat: Seat, wizard: Open) -> None:
    dialog = wizard(HEADINGS, *ROWS)
    columns = dialog.columns_step.columns
    assert columns.hasFocus()
    row, found = line(dialog, "Grade")
    assert found.field == "grade"
    QTest.keyClick(columns, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _down in range(row):
        QTest.keyClick(columns, Qt.Key.Key_Down)
    QTest.keyClick(columns, Qt.Key.Key_Return)
    combo = columns.findChild(QComboBox)
    assert combo is not None
    assert combo.accessibleName() == "Read as: Grade"
    pick(combo, "Homeroom")
    read_again(seat, dialog)
    assert line(dialog, "Grade")[1].field == "homeroom"
    assert columns.currentIndex().row() == row
    QTest.keyClick(dialog.next, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.answers_step.answers
    QTest.keyClick(dialog.answers_step.answers, Qt.Key.Key_Down)
    QTest.keyClick(dialog.answers_step.answers, Qt.Key.Key_Space)
    pick(dialog.answers_step.answers.findChild(QComboBox), "Yes: permitted")
    read_again(seat, dialog)
    QTest.keyClick(dialog.next, Qt.Key.Key_Return)
    QTest.keyClick(dialog.next, Qt.Key.Key_Return)
    seat.gone(dialog)
    seat.settle()
    assert permitted(seat, "100")
    assert permitted(seat, "101")
    assert not permitted(seat, "102")
    with seat.school.context.store.read() as work:
        homerooms = {person.number: person.homeroom for person in work.people.all()}
    assert homerooms["102"] == "5"


def test_return_in_a_list_presses_no_button(seat: Seat, wizard: Open) -> None:
    dialog = wizard(HEADINGS, *ROWS)
    dialog.show_step(3)
    QTest.keyClick(dialog.changes_step.lists["new"], Qt.Key.Key_Return)
    QTest.keyClick(dialog.changes_step.tabs.tabBar(), Qt.Key.Key_Return)
    seat.settle()
    assert dialog.number == 3
    assert len(people(seat)) == 2


def test_columns_say_what_they_are_read_as_or_why_not(wizard: Open) -> None:
    dialog = wizard([*HEADINGS, "Shoe Size"], *([*row, "4"] for row in ROWS))
    model = dialog.columns_step.model
    assert [tuple(model.texts(item)) for item in model.lines] == [
        ("Student Number", "Student or staff number", "100 · 101 · 102"),
        ("First Name", "First name", "Ava · Bo · Cy"),
        ("Last Name", "Last name", "Lee · Ng · Do"),
        ("DOB", "Not read", "Not needed, so not read at all"),
        ("Grade", "Grade", "4 · 5"),
        ("Photo Website", "Photo: Website", "yes · On file"),
        ("Shoe Size", "Not read", "Heading not known, so not read"),
    ]
    assert "5 columns are read. 2 are left out" in dialog.columns_step.counts.text()
    assert "UTF-8 text with commas" in dialog.columns_step.form.text()
    assert dialog.columns_step.sample.rowCount() == 3
    assert "CANARY" not in shown_words(dialog)


def test_a_column_that_is_left_out_leaves_the_preview(seat: Seat, wizard: Open) -> None:
    dialog = wizard(HEADINGS, *ROWS)
    view = dialog.columns_step.columns
    row, _line = line(dialog, "Photo Website")
    pick(view.open_list(row), "Not read")
    read_again(seat, dialog)
    assert line(dialog, "Photo Website")[1].note == "Left out because you said so"
    assert dialog.columns_step.sample.columnCount() == 4
    dialog.show_step(2)
    assert dialog.answers_step.nothing.isVisible()
    assert not dialog.answers_step.answers.isVisible()
    assert not dialog.answers_step.blank.isVisible()


def test_a_click_opens_the_list(seat: Seat, wizard: Open) -> None:
    dialog = wizard(HEADINGS, *ROWS)
    view = dialog.columns_step.columns
    rect = view.visualRect(dialog.columns_step.model.index(1, 1))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    combo = view.findChild(QComboBox)
    assert combo is not None
    assert combo.currentText() == "First name"
    QTest.keyClick(combo.view(), Qt.Key.Key_Escape)
    seat.settle()
    assert line(dialog, "First Name")[1].field == "first_name"
    other = view.visualRect(dialog.columns_step.model.index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(other))
    assert view.currentIndex().row() == 2


def test_answers_blanks_dates_and_the_end_are_asked(seat: Seat, wizard: Open) -> None:
    rows = [[*row, "03/04/2027" if row[0] == "100" else ""] for row in ROWS]
    dialog = wizard([*HEADINGS, "Expires"], *rows)
    step = dialog.answers_step
    dialog.show_step(2)
    assert [(item.answer, item.meaning) for item in step.model.lines] == [
        ("yes", True), ("On file", None),
    ]  # fmt: skip
    said = shown_words(dialog)
    assert "The day: 03/04/2027 is 3 April 2027" in said
    assert "The month: 03/04/2027 is 4 March 2027" in said

    def ends() -> list[date | None]:
        preview = dialog.reading.preview
        assert preview is not None
        return [item.expires for item in preview.roster.people]

    assert ends()[0] == date(2027, 3, 4)
    step.dates.buttons[1].click()
    read_again(seat, dialog)
    assert ends()[0] == date(2027, 4, 3)
    assert step.dates.isVisible()
    step.limited.click()
    read_again(seat, dialog)
    assert ends() == [date(2027, 4, 3), date(2027, 6, 30), date(2027, 6, 30)]
    step.blank.buttons[1].click()
    read_again(seat, dialog)
    preview = dialog.reading.preview
    assert preview is not None
    assert preview.roster.people[2].answers[(Use.PHOTO, Channel.WEBSITE)] is True
    assert dialog.reading.choices is not None
    assert dialog.reading.choices.ends == date(2027, 6, 30)


def test_a_file_with_unknown_headings_is_mapped_by_hand(seat: Seat, wizard: Open) -> None:
    dialog = wizard(["Kid", "Called", "Photo Website"], ["7", "Ann Lee", "yes"])
    assert dialog.number == 1
    assert "student or staff number" in dialog.notice.text
    assert not dialog.next.isEnabled()
    view = dialog.columns_step.columns
    pick(view.open_list(0), "Student or staff number")
    read_again(seat, dialog)
    assert "names of the people" in dialog.notice.text
    pick(view.open_list(1), "Whole name: first last")
    read_again(seat, dialog)
    assert dialog.notice.text == ""
    assert dialog.next.isEnabled()
    assert "1 person in the file" in dialog.effect.text()
    assert dialog.columns_step.sample.rowCount() == 1


def test_a_file_that_is_no_roster_is_explained(wizard: Open, tmp_path: Path, seat: Seat) -> None:
    dialog = wizard()
    (tmp_path / "page.xls").write_bytes(b"<html><table></table></html>")
    dialog.read(tmp_path / "page.xls")
    seat.wait(lambda: dialog.notice.text)
    assert "web page" in dialog.notice.text
    assert dialog.number == 0
    assert not dialog.next.isEnabled()


def test_choices_are_remembered_for_the_source(seat: Seat, wizard: Open) -> None:
    first = wizard(HEADINGS, *ROWS)
    first.show_step(2)
    pick(first.answers_step.answers.open_list(1), "Yes: permitted")
    read_again(seat, first)
    first.show_step(3)
    first.go_on()
    seat.gone(first)
    seat.settle()
    second = wizard(HEADINGS, *ROWS, ["103", "Di", "Fox", "", "5", "On file"], name="next.csv")
    assert second.reading.remembered
    assert "chosen for this source before" in second.columns_step.form.text()
    assert second.answers_step.model.lines[1].meaning is True
    assert "1 new" in second.effect.text()


def test_who_is_missing_is_asked_about(seat: Seat, wizard: Open) -> None:
    dialog = wizard(HEADINGS, *ROWS)
    dialog.show_step(3)
    step = dialog.changes_step
    assert step.tabs.tabText(step.tabs.currentIndex()) == "Not in the file: 2"
    assert {item.left for item in step.missing.lines} == {False}
    who = next(row for row, item in enumerate(step.missing.lines) if "Tess" in item.described)
    pick(step.missing_view.open_list(who), "Mark as left")
    assert len(step.left) == 1
    dialog.go_on()
    seat.gone(dialog)
    seat.settle()
    assert people(seat)["52"] == LEFT
    assert people(seat)["51"] == ""
    seat.workspace.banner.button.click()
    seat.settle()
    assert people(seat) == {"51": "", "52": ""}


def test_all_who_are_missing_at_once(wizard: Open) -> None:
    step = wizard(HEADINGS, *ROWS).changes_step
    step.leave_all.click()
    assert len(step.left) == 2
    assert all(item.left for item in step.missing.lines)
    step.keep_all.click()
    assert not step.left


def test_what_gets_worse_lists_the_posts_it_touches(seat: Seat, wizard: Open) -> None:
    school = seat.school
    school.approved("Tessaly Brightwater won the race.", school.bluesky)
    school.write("A draft about Tessaly Brightwater.")
    school.write("A calm day.")
    dialog = wizard(
        ["Student Number", "First Name", "Last Name", "Full name on social media"],
        [TESS.number, TESS.first_name, TESS.last_name, "no"],
    )
    dialog.show_step(3)
    seat.settle()
    step = dialog.changes_step
    assert "worse" in step.tabs.tabText(step.tabs.currentIndex())
    said = shown_words(step)
    assert "Tessaly Brightwater, 4B, Quarry Hill School: Full name (Social media)" in said
    assert "2 posts are touched" in said
    assert "A draft about Tessaly" in said
    assert "A calm day" not in said


def test_lost_permissions_open_take_downs(seat: Seat, wizard: Open) -> None:
    school = seat.school
    post = school.approved("Tessaly Brightwater won the race.", school.bluesky)
    publish_due(school.context, school.reviewer)
    assert school.stored(post).state.value == "published"
    dialog = wizard(
        ["Student Number", "First Name", "Last Name", "Full name on social media"],
        [TESS.number, TESS.first_name, TESS.last_name, "no"],
    )
    dialog.show_step(3)
    dialog.go_on()
    seat.gone(dialog)
    seat.settle()
    lines = list_takedowns(school.context, school.records)
    assert [item.post.id for item in lines if item.post] == [post.id]
    assert "list.csv" in lines[0].takedown.reason
    assert "1 post is on the take-down list now" in seat.workspace.banner.text


def test_cancel_changes_nothing_and_forgets_every_name(seat: Seat, wizard: Open) -> None:
    before = people(seat)
    dialog = wizard(HEADINGS, *ROWS)
    dialog.show_step(3)
    assert "Ava Lee" in shown_words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    seat.gone(dialog)
    seat.settle()
    assert people(seat) == before
    assert list_imports(seat.school.context, seat.school.records) == ()
    assert "Ava" not in shown_words(dialog)
    assert dialog.reading.preview is None


def test_an_earlier_roster_can_be_undone_from_the_first_step(seat: Seat, wizard: Open) -> None:
    first = wizard(HEADINGS, *ROWS)
    first.show_step(3)
    first.go_on()
    seat.gone(first)
    seat.settle()
    dialog = wizard()
    assert "list.csv: 3 new, 0 changed" in shown_words(dialog)
    (undo,) = dialog.file_step.undo_buttons
    assert "list.csv" in undo.accessibleName()
    undo.click()
    seat.settle()
    assert len(people(seat)) == 2
    assert "list.csv is taken back" in dialog.notice.text
    assert "(undone)" in shown_words(dialog)
    assert not dialog.file_step.undo_buttons[0].isVisible()


def test_what_came_in_can_be_undone_from_the_banner(seat: Seat, tmp_path: Path) -> None:
    seat.sign_in(seat.school.records)
    page = seat.show("registry")
    assert isinstance(page, RegistryPage)
    page.bring_in.click()
    dialog = seat.dialog
    assert isinstance(dialog, RosterDialog)
    dialog.read(write(tmp_path / "list.csv", HEADINGS, *ROWS))
    seat.wait(lambda: dialog.reading.preview)
    dialog.show_step(3)
    dialog.go_on()
    seat.gone(dialog)
    seat.wait(lambda: "The roster is in" in seat.workspace.banner.text)
    assert len(people(seat)) == 5
    seat.workspace.banner.button.click()
    seat.wait(lambda: "is as it was before" in seat.workspace.banner.text)
    assert len(people(seat)) == 2
    assert not page.work.way_back.progress.isVisible()


def test_an_undo_that_is_stopped_says_what_became_of_it(seat: Seat, wizard: Open) -> None:
    first = wizard(HEADINGS, *ROWS)
    first.show_step(3)
    first.go_on()
    seat.gone(first)
    seat.settle()
    dialog = wizard()
    dialog.file_step.undo_buttons[0].click()
    dialog.progress.cancel.click()
    seat.settle()
    over = len(people(seat)) == 2
    assert dialog.notice.text == (
        "list.csv is taken back; the registry is as it was before."
        if over
        else "Stopped. Nothing was changed."
    )
    assert not dialog.progress.isVisible()


def test_an_undo_that_would_lose_something_is_refused(seat: Seat, wizard: Open) -> None:
    dialog = wizard(
        ["Student Number", "First Name", "Last Name", "Grade"],
        [TESS.number, TESS.first_name, TESS.last_name, "5"],
    )
    dialog.show_step(3)
    dialog.go_on()
    seat.gone(dialog)
    seat.settle()
    seat.school.decide(TESS, Answer.WITHDRAWN)
    seat.settle()
    again = wizard()
    again.file_step.undo_buttons[0].click()
    seat.settle()
    assert "can't be undone any more" in again.notice.text


def test_nothing_changes(seat: Seat, wizard: Open) -> None:
    rows = (
        ["Student Number", "First Name", "Last Name"],
        *([str(p.number), p.first_name, p.last_name] for p in _known(seat)),
    )
    dialog = wizard(*rows)
    dialog.show_step(3)
    assert dialog.changes_step.nothing.isVisible()
    assert not dialog.changes_step.tabs.isVisible()


def _known(seat: Seat) -> list[Person]:
    with seat.school.context.store.read() as work:
        return list(work.people.all())


def test_reading_can_be_stopped(seat: Seat, wizard: Open, tmp_path: Path) -> None:
    rows = [[str(n), "Ann", "Lee", "", "4", "yes"] for n in range(20_000)]
    dialog = wizard()
    dialog.read(write(tmp_path / "long.csv", HEADINGS, *rows))
    dialog.stop()
    seat.settle()
    assert dialog.reading.preview is None
    assert not dialog.reading.busy
    assert not dialog.next.isEnabled()


def test_an_import_that_is_stopped_leaves_nothing_half_done(seat: Seat, wizard: Open) -> None:
    rows = [[str(n), "Ann", f"Lee{n}", "", "4", "yes"] for n in range(1000, 7000)]
    dialog = wizard(HEADINGS, *rows)
    dialog.show_step(3)
    dialog.go_on()
    assert not dialog.next.isEnabled()
    dialog.progress.cancel.click()
    seat.wait(lambda: dialog.notice.text or not dialog.isVisible())
    seat.settle()
    assert len(people(seat)) in (2, 6002)
    if dialog.isVisible():
        assert len(people(seat)) == 2
        assert dialog.notice.text == "Stopped. Nothing was changed."
        assert dialog.next.isEnabled()
    else:
        assert "Undo" in seat.workspace.banner.button.text()


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_everything_that_takes_the_keyboard_has_a_name(seat: Seat, wizard: Open, step: int) -> None:
    dialog = wizard([*HEADINGS, "Expires"], *([*row, "03/04/2027"] for row in ROWS))
    dialog.show_step(step)
    for tab in range(dialog.changes_step.tabs.count() if step == 3 else 1):
        if step == 3:
            dialog.changes_step.tabs.setCurrentIndex(tab)
        seat.settle()
        for widget in focusable(dialog):
            assert spoken_name(widget), widget
            assert widget.height() >= 24, widget


def test_rows_are_spoken_as_sentences(wizard: Open) -> None:
    dialog = wizard(HEADINGS, *ROWS)
    views: list[QTableView] = [dialog.columns_step.columns, dialog.answers_step.answers]
    for view in views:
        said = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert said.endswith(".")
        assert view.model().index(0, 0).data() in said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_fits_a_small_screen(wizard: Open, seat: Seat, language: str) -> None:
    set_language(language)
    try:
        dialog = wizard([*HEADINGS, "Expires"], *([*row, "03/04/2027"] for row in ROWS))
        for step in range(4):
            dialog.show_step(step)
            seat.settle()
            hint = dialog.minimumSizeHint()
            assert hint.width() <= 1366 - 2 * theme.MARGIN
            assert hint.height() <= 720
    finally:
        set_language("en")
        QApplication.processEvents()


@pytest.fixture
def picker(seat: Seat, qtbot: QtBot) -> Iterator[RosterPicker]:
    """The part of the first-run wizard that reads a roster."""
    part = RosterPicker(seat.desk.jobs, seat.school.context)
    qtbot.addWidget(part)
    part.show()
    yield part
    part.forget()
    seat.settle()


def test_the_first_run_looks_closer_and_cancel_puts_choices_back(
    seat: Seat, picker: RosterPicker, tmp_path: Path
) -> None:
    picker.read(write(tmp_path / "list.csv", HEADINGS, *ROWS))
    seat.wait(lambda: picker.preview)
    before = picker.reading.choices

    def change(accept: bool) -> None:
        picker.closer.click()
        dialog = seat.dialog
        assert isinstance(dialog, CheckDialog)
        row = [line.heading for line in dialog.columns_step.model.lines].index("Grade")
        pick(dialog.columns_step.columns.open_list(row), "Homeroom")
        seat.wait(lambda: not picker.reading.busy)
        (dialog.accept if accept else dialog.reject)()
        seat.wait(lambda: not picker.reading.busy)
        seat.settle()

    change(accept=False)
    assert picker.reading.choices == before
    assert picker.preview is not None
    assert picker.preview.mapping["Grade"] == "grade"
    change(accept=True)
    assert picker.preview.mapping["Grade"] == "homeroom"


def test_the_first_run_asks_what_unknown_columns_are(
    seat: Seat, picker: RosterPicker, tmp_path: Path
) -> None:
    picker.read(write(tmp_path / "own.csv", ["Kid", "Called"], ["7", "Ann Lee"]))
    seat.wait(lambda: picker.notice.text)
    assert picker.notice.button.text() == "Say what the columns are…"
    picker.notice.button.click()
    dialog = seat.dialog
    assert isinstance(dialog, CheckDialog)
    pick(dialog.columns_step.columns.open_list(0), "Student or staff number")
    seat.wait(lambda: not picker.reading.busy)
    pick(dialog.columns_step.columns.open_list(1), "Whole name: first last")
    seat.wait(lambda: picker.preview)
    for _step in range(3):
        dialog.go_on()
    seat.gone(dialog)
    assert picker.preview is not None
    assert picker.preview.people == 1
    assert picker.preview.new_people[0].described == "Ann Lee"


def test_many_things_are_let_go_a_few_at_a_time(qtbot: QtBot) -> None:
    things: list[object] = [object() for _n in range(3 * garbage.AT_ONCE)]
    garbage.let_go(things)
    assert len(things) == 2 * garbage.AT_ONCE
    qtbot.waitUntil(lambda: not things)


def test_nothing_is_collected_while_somebody_holds(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []
    collector = garbage.Collector(qapp)
    monkeypatch.setattr(gc, "get_count", lambda: (10**6, 10**6, 10**6))
    monkeypatch.setattr(gc, "collect", rounds.append)
    try:
        garbage.hold(qapp)
        collector.collect()
        assert rounds == []
        garbage.release(qapp)
        collector.collect()
        assert rounds == [2]
    finally:
        collector.stop()
        collector.deleteLater()
