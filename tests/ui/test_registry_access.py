"""The People page by keyboard and by ear: names, Tab stops, sizes, and a walk without a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from smassistant.domain.consents import Answer, Channel, Use
from smassistant.services.keeping_registry import open_person
from tests.ui.conftest import Seat
from tests.ui.test_accessible import nameless, too_small, unreachable
from tests.ui.test_registry_page import open_page
from ui.dialogs.decision import DecisionDialog
from ui.pages.registry import RegistryPage
from ui.shell.window import LEAST


def askers(page: RegistryPage) -> dict[str, Callable[[], None]]:
    """Everything that opens a dialog about the chosen person or class."""
    page.panel.past.list.setCurrentRow(0)
    return {
        "decision": page.ask_decision,
        "edit": page.ask_edit,
        "add": page.ask_new_person,
        "correct": page.panel.past.correct.click,
        "renew": page.ask_roll_over,
        "look-alikes": page.work.ask_look_alikes,
    }


DIALOGS = ["decision", "edit", "add", "correct", "renew", "look-alikes"]


@pytest.mark.parametrize("which", DIALOGS)
def test_dialogs_can_be_heard_reached_and_hit(seat: Seat, which: str) -> None:
    page = open_page(seat, person="p-tess")
    askers(page)[which]()
    seat.settle()
    dialog = seat.dialog
    assert nameless(dialog) == []
    assert unreachable(seat, dialog) == []
    assert too_small(dialog) == []
    assert dialog.height() <= LEAST[1]
    dialog.reject()


@pytest.mark.parametrize("which", DIALOGS)
def test_escape_closes_a_dialog_and_changes_nothing(seat: Seat, which: str) -> None:
    page = open_page(seat, person="p-tess")
    askers(page)[which]()
    seat.settle()
    dialog: QDialog = seat.dialog
    dialog.activateWindow()
    seat.wait(dialog.isActiveWindow)
    seat.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    seat.gone(dialog)
    record = open_person(seat.school.context, seat.school.records, "p-tess")
    assert len(record.history) == 5


def test_several_chosen_people_can_be_heard_and_hit(seat: Seat) -> None:
    page = open_page(seat)
    page.list.selectAll()
    assert nameless(page) == []
    assert too_small(page) == []
    assert unreachable(seat, seat.workspace) == []


def test_a_refusal_is_recorded_without_a_mouse(seat: Seat) -> None:
    page = open_page(seat)
    bot = seat.qtbot
    seat.desk.window.activateWindow()
    seat.wait(page.search.hasFocus)
    bot.keyClicks(page.search, "tess")
    seat.settle()
    bot.keyClick(page.search, Qt.Key.Key_Return)  # opens the first who was found
    seat.wait(page.list.hasFocus)
    seat.wait(lambda: page.record is not None)
    page.panel.record_button.setFocus()
    bot.keyClick(page.panel.record_button, Qt.Key.Key_Space)
    dialog = seat.dialog
    assert isinstance(dialog, DecisionDialog)
    seat.wait(dialog.answers[Answer.GRANTED].hasFocus)
    bot.keyClick(dialog.answers[Answer.GRANTED], Qt.Key.Key_Down)
    assert dialog.answer is Answer.REFUSED
    for box in (dialog.uses[Use.PHOTO], dialog.channels[Channel.SOCIAL_MEDIA]):
        bot.keyClick(box, Qt.Key.Key_Space)
    bot.keyClicks(dialog.signer.entry, "Her mother")
    bot.keyClick(dialog.signer.entry, Qt.Key.Key_Return)
    seat.gone(dialog)
    seat.settle()
    record = open_person(seat.school.context, seat.school.records, "p-tess")
    assert not record.rulings[Use.PHOTO, Channel.SOCIAL_MEDIA].permitted


def test_the_more_menu_opens_by_keyboard(seat: Seat) -> None:
    page = open_page(seat)
    texts = [action.text() for action in page.more.menu().actions()]
    assert "Add a person…" in texts
    assert all(text.endswith("…") for text in texts)
    assert page.more.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_each_answer_of_the_table_speaks_a_whole_sentence(seat: Seat) -> None:
    page = open_page(seat, person="p-logan")
    table = page.panel.table
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            assert item is not None
            said = item.data(Qt.ItemDataRole.AccessibleTextRole)
            assert "Not permitted, no answer" in said
