"""Office staff keep the registry: find somebody, record, correct, decide for many, merge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog

from smassistant.domain.consents import Answer
from ui.dialogs.decision import DecisionDialog
from ui.pages.registry import RegistryPage
from ui.tour.hands import Hands


def keep_registry(hands: Hands) -> None:
    """Walk the People page and every dialog it opens."""
    page = hands.page("registry", RegistryPage)
    hands.picture("registry")
    hands.type(page.search, "brandt")
    hands.settle()
    page.list.setCurrentIndex(page.model.index(1))
    hands.settle()
    hands.picture("person")
    _see_history(hands, page)
    with_dialog(hands, page.ask_decision, "record-decision")
    with_dialog(hands, page.ask_decision, "record-withdrawal", _withdraw)
    with_dialog(hands, page.ask_edit, "edit-person")
    with_dialog(hands, page.panel.past.correct.click, "correct-mistake")
    _choose_class(hands, page)
    with_dialog(hands, page.many.decide.click, "decide-for-many")
    page.many.drop.click()
    with_dialog(hands, page.ask_roll_over, "renew-permissions")
    with_dialog(hands, page.work.ask_look_alikes, "look-alikes")
    with_dialog(hands, page.ask_roster, "bring-in-roster")


def _see_history(hands: Hands, page: RegistryPage) -> None:
    page.panel.past.list.setCurrentRow(0)
    page.show_history()
    hands.picture("person-history")


def _withdraw(dialog: QDialog) -> None:
    """Say that a permission is withdrawn: the posts it touches appear."""
    assert isinstance(dialog, DecisionDialog)  # noqa: S101
    dialog.answers[Answer.WITHDRAWN].click()


def _choose_class(hands: Hands, page: RegistryPage) -> None:
    page.search.clear()
    page.finder.group.setCurrentIndex(1)
    hands.settle()
    page.list.selectAll()
    hands.picture("class-chosen")


def with_dialog(
    hands: Hands,
    ask: Callable[[], object],
    name: str,
    act: Callable[[QDialog], None] | None = None,
) -> None:
    """Open a dialog, do something in it, picture it, close it again."""
    ask()
    hands.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)  # noqa: S101
    if act is not None:
        act(dialog)
        hands.settle()
    hands.picture(name, dialog)
    dialog.reject()
    hands.settle()
