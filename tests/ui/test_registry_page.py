"""The consent registry on the screen."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog

from smassistant.domain.consents import Answer, Channel, Use
from smassistant.domain.people import Person
from smassistant.domain.users import User
from smassistant.services.keeping_registry import open_person
from tests.ui.conftest import Seat, shown_words
from ui.dialogs.decision import DecisionDialog
from ui.dialogs.roster import RosterDialog
from ui.models.people import FIRST, PAGE
from ui.pages.registry import RegistryPage


def open_page(seat: Seat, user: User | None = None, **where: object) -> RegistryPage:
    seat.sign_in(user or seat.school.records)
    page = seat.show("registry", **where)
    assert isinstance(page, RegistryPage)
    return page


def names(page: RegistryPage) -> list[str]:
    model = page.model
    return [model.index(row).data() for row in range(model.rowCount())]


def cell(page: RegistryPage, use: Use, channel: Channel) -> str:
    item = page.panel.table.item(list(Use).index(use), list(Channel).index(channel))
    return item.text() if item else ""


def history(page: RegistryPage) -> list[str]:
    entries = page.panel.past.list
    return [entries.item(row).text() for row in range(entries.count())]


def shown(page: RegistryPage) -> str:
    return page.record.person.shown_name if page.record else ""


def test_a_search_finds_while_it_is_typed(seat: Seat) -> None:
    page = open_page(seat)
    assert len(names(page)) == 2
    seat.qtbot.keyClicks(page.search, "tess")
    seat.wait(lambda: names(page) == ["Tessaly Brightwater"])
    seat.wait(lambda: page.count.text() == "1 person")
    page.search.setText("nobody at all")
    seat.wait(lambda: not page.list.isVisible())
    assert names(page) == []
    assert page.search.isVisible()


def test_an_empty_registry_says_what_to_do(seat: Seat) -> None:
    school = seat.school
    with school.context.store.write() as work:
        work.consents.delete(line.id for line in work.consents.everything_said())
        work.people.delete(["p-tess", "p-logan"])
    page = open_page(seat)
    assert not page.search.isVisible()
    assert page.add.isVisible()
    assert "Bring in the roster" in shown_words(page)
    page.more.menu().aboutToShow.emit()
    assert [action.isEnabled() for action in page.more.menu().actions()] == [True, False, False]
    with school.context.store.write() as work:
        work.people.add([Person("p", "1", "Ida", "Abbot")])
    seat.wait(page.search.isVisible)
    seat.wait(lambda: names(page) == ["Ida Abbot"])


def test_a_long_list_is_loaded_page_by_page(seat: Seat) -> None:
    with seat.school.context.store.write() as work:
        work.people.add(
            Person(f"p{n}", f"9{n:04}", "Ann", f"Zimmer{n:04}") for n in range(3 * PAGE)
        )
    page = open_page(seat)
    assert page.model.rowCount() == FIRST
    assert page.count.text() == "302 people"
    page.list.scrollToBottom()
    seat.wait(lambda: page.model.rowCount() == FIRST + PAGE)
    while page.model.canFetchMore(page.list.rootIndex()):
        page.model.fetchMore(page.list.rootIndex())
        seat.settle()
    assert len(set(names(page))) == 302


def test_a_row_is_spoken_as_a_sentence(seat: Seat) -> None:
    page = open_page(seat)
    seat.qtbot.keyClicks(page.search, "tess")
    seat.wait(lambda: len(names(page)) == 1)
    said = page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == (
        "Tessaly Brightwater, 4B, Quarry Hill School. Full name on social media: permitted. "
        "Photo: permitted."
    )
    interface = QAccessible.queryAccessibleInterface(page.list)
    assert interface.text(QAccessible.Text.Name) == "People"


def test_choosing_shows_every_answer_with_its_reason(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    assert cell(page, Use.PHOTO, Channel.SOCIAL_MEDIA).splitlines() == [
        "Permitted", "no end is set", "Form, 14 Sep 2026",
    ]  # fmt: skip
    assert cell(page, Use.PHOTO, Channel.WEBSITE) == "Not permitted\nno answer"
    assert "Everything on Social media. Signed form, A parent" in history(page)[0]
    spoken = page.panel.table.item(0, 0)
    assert spoken is not None
    assert spoken.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Full name on Social media: Permitted, permitted since 2026-09-14, Signed form, A parent"
    )


def test_arrow_keys_go_through_the_people(seat: Seat) -> None:
    page = open_page(seat)
    seat.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    seat.wait(lambda: shown(page) == "Tessaly Brightwater")
    seat.qtbot.keyClick(page.list, Qt.Key.Key_Down)
    seat.wait(lambda: shown(page) == "Logan Vantongeren")
    seat.qtbot.keyClick(page.list, Qt.Key.Key_Up)
    seat.wait(lambda: shown(page) == "Tessaly Brightwater")


def test_who_may_only_look_changes_nothing(seat: Seat) -> None:
    page = open_page(seat, seat.school.author, person="p-tess")
    assert not page.bring_in.isVisible()
    assert not page.panel.record_button.isVisible()
    assert not page.panel.restricted.isEnabled()


def test_a_withdrawal_by_telephone_is_recorded(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    page.panel.record_button.click()
    dialog = seat.dialog
    assert isinstance(dialog, DecisionDialog)
    assert "Tessaly Brightwater" in shown_words(dialog)
    dialog.answers[Answer.WITHDRAWN].setChecked(True)
    dialog.save.click()
    seat.wait(lambda: dialog.notice.text)  # nothing was chosen yet
    assert dialog.isVisible()
    dialog.uses[Use.PHOTO].click()
    dialog.channels[Channel.SOCIAL_MEDIA].click()
    seat.qtbot.keyClicks(dialog.signer.entry, "Her mother")
    dialog.source.setCurrentIndex(1)
    dialog.save.click()
    seat.gone(dialog)
    seat.wait(lambda: "withdrawn" in cell(page, Use.PHOTO, Channel.SOCIAL_MEDIA))
    assert "Telephone call, Her mother" in history(page)[0]
    assert cell(page, Use.VIDEO, Channel.SOCIAL_MEDIA).startswith("Permitted")


def test_a_permission_can_end(seat: Seat) -> None:
    page = open_page(seat, person="p-logan")
    page.ask_decision()
    dialog = seat.dialog
    assert isinstance(dialog, DecisionDialog)
    dialog.uses[Use.WORK].click()
    dialog.channels[Channel.WEBSITE].click()
    seat.qtbot.keyClicks(dialog.signer.entry, "His father")
    dialog.begins.setDate(date(2026, 9, 1))
    assert dialog.limited.isChecked()
    dialog.ends.setDate(date(2027, 6, 30))
    dialog.save.click()
    seat.wait(lambda: "until 30 Jun 2027" in cell(page, Use.WORK, Channel.WEBSITE))


@pytest.mark.parametrize("sure", [True, False])
def test_never_publish_asks_first(seat: Seat, monkeypatch: pytest.MonkeyPatch, sure: bool) -> None:
    page = open_page(seat, person="p-tess")
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(seat.workspace, "confirm", lambda *question: asked.append(question) or sure)
    page.panel.restricted.click()
    seat.settle()
    record = open_person(seat.school.context, seat.school.records, "p-tess")
    assert record.person.restricted is sure
    assert page.panel.restricted.isChecked() is sure
    assert asked[0][2] == "Never publish"
    if sure:
        seat.wait(lambda: "never publish" in cell(page, Use.PHOTO, Channel.SOCIAL_MEDIA))


def test_the_roster_wizard_opens_from_the_page(seat: Seat) -> None:
    page = open_page(seat)
    page.bring_in.click()
    dialog = seat.dialog
    assert isinstance(dialog, RosterDialog)
    dialog.reject()


def test_what_another_window_records_is_shown(seat: Seat) -> None:
    page = open_page(seat, person="p-tess")
    school = seat.school
    school.decide(next(iter([Person("p-tess", "52", "", "")])), Answer.WITHDRAWN)
    seat.wait(lambda: "withdrawn" in cell(page, Use.PHOTO, Channel.SOCIAL_MEDIA))


def test_an_error_is_a_banner_with_its_next_step(seat: Seat) -> None:
    page = open_page(seat)
    page.finder.opened.emit("p-nobody")
    seat.wait(lambda: seat.workspace.banner.text)
    assert "no longer there" in seat.workspace.banner.text
    open_dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
    assert not any(dialog.isVisible() for dialog in open_dialogs)
