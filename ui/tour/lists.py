"""Office staff see whom to chase, take a permission back, and follow what comes down."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from smassistant.domain.consents import Answer, Source
from smassistant.domain.takedowns import TakedownState
from smassistant.services.chasing import Chase
from ui.dialogs.decision import SOURCES, DecisionDialog
from ui.pages.chase import ChasePage
from ui.pages.registry import RegistryPage
from ui.pages.takedowns import TakedownsPage
from ui.tour.hands import Hands

WITHDRAWN = "Sofia Brandt"  # the post that the leader approved names her


def see_lists(hands: Hands) -> None:
    """Walk the lists to chase and the take-downs that a withdrawal opens."""
    page = hands.page("chase", ChasePage)
    for kind, button in page.kinds.items():
        hands.press(button)
        hands.picture(f"chase-{kind.replace('_', '-')}")
    hands.press(page.kinds[Chase.NO_ANSWER])
    _withdraw(hands)
    _take_down(hands)


def _withdraw(hands: Hands) -> None:
    """A mother calls: nothing of her daughter may be published any more."""
    page = hands.page("registry", RegistryPage)
    page.finder.group.setCurrentIndex(0)  # every class
    page.search.clear()
    hands.type(page.search, WITHDRAWN)
    hands.settle()
    page.list.setCurrentIndex(page.model.index(0))
    hands.settle()
    page.ask_decision()
    hands.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DecisionDialog)  # noqa: S101
    dialog.answers[Answer.WITHDRAWN].click()
    dialog.everything.click()
    dialog.signer.entry.clear()
    hands.type(dialog.signer.entry, "Her mother")
    dialog.source.setCurrentIndex(SOURCES.index(Source.CALL))
    hands.settle()
    hands.press(dialog.save)
    hands.wait(lambda: QApplication.activeModalWidget() is None, "the dialog to close")
    hands.picture("withdrawn")


def _take_down(hands: Hands) -> None:
    page = hands.page("takedowns", TakedownsPage)
    hands.wait(lambda: page.detail is not None, "the take-down")
    hands.picture("take-down")
    detail = page.detail
    assert detail is not None  # noqa: S101
    hands.press(detail.steps[TakedownState.REMOVING])
    hands.picture("being-taken-down")
