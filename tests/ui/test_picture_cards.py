"""On the cards: whose a picture is, what its file says, a start in words, what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from smassistant.domain.findings import Finding, MendKind, Severity
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Face,
    Metadata,
    Origin,
    Picture,
    Region,
    TakenBy,
)
from tests.ui.writing_rig import THREE, Window, open_window
from ui.widgets.picture_card import PictureCard

NOBODY_SAID = Origin()
DOWN, TAB = Qt.Key.Key_Down, Qt.Key.Key_Tab


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with open_window(qtbot, tmp_path) as made:
        yield made


def card(window: Window, number: int = 1) -> PictureCard:
    found = window.compose.desk.strip.card(number)
    assert found is not None
    return found


def bare(window: Window, **changes: object) -> Picture:
    """A picture that is settled but for its origin."""
    return window.picture(looked=True, origin=NOBODY_SAID, **changes)


def found(window: Window, code: str) -> list[Finding]:
    return [each for each in window.findings if each.code == code]


def mend(window: Window, finding: Finding, kind: MendKind) -> None:
    """Click the mend on the finding's card."""
    chosen = next(each for each in finding.mends if each.kind is kind)
    window.compose.desk.panel.mend_chosen.emit(finding, chosen)
    window.settle()


def origins(window: Window) -> list[Origin]:
    return [picture.origin for picture in window.stored.pictures]


# Where it comes from


def test_who_took_it_is_said_by_keyboard_alone(window: Window, qtbot: QtBot) -> None:
    window.open_with(bare(window), text="Sports day.")
    assert found(window, "copyright.photo_source")
    chooser = card(window).origin
    chooser.choice.setFocus()
    qtbot.keyClick(chooser.choice, DOWN)
    window.settle()
    assert origins(window) == [Origin(TakenBy.OWN)]
    assert not found(window, "copyright.photo_source")
    qtbot.keyClick(chooser.choice, DOWN)
    qtbot.keyClick(chooser.choice, DOWN)
    assert chooser.credit.hasFocus()
    window.settle()
    assert found(window, "copyright.photo_source.parent")
    qtbot.keyClicks(chooser.credit, "Kim Roe")
    window.settle()
    assert origins(window) == [Origin(TakenBy.PARENT, "Kim Roe")]
    assert window.findings == ()


def test_a_picture_from_the_web_needs_a_licence_and_nothing_typed_is_lost(
    window: Window, qtbot: QtBot
) -> None:
    picture = bare(window, metadata=Metadata(creator="Kim Roe"))
    window.open_with(picture, text="A wolf. Photo: Kim Roe.")
    chooser = card(window).origin
    web = chooser.choice.findData(TakenBy.WEB)
    chooser.choice.setCurrentIndex(web)
    chooser.choice.activated.emit(web)
    window.settle()
    assert [each.severity for each in found(window, "copyright.photo_licence")] == [Severity.BLOCK]
    assert chooser.credit.text() == "Kim Roe"  # as the file says
    assert chooser.licence.hasFocus()
    qtbot.keyClicks(chooser.licence, "CC BY 4.0")
    window.settle()
    assert origins(window) == [Origin(TakenBy.WEB, "Kim Roe", "CC BY 4.0")]
    assert window.findings == ()
    own = chooser.choice.findData(TakenBy.OWN)
    chooser.choice.setCurrentIndex(own)
    chooser.choice.activated.emit(own)
    window.settle()
    assert origins(window) == [Origin(TakenBy.OWN)]
    chooser.choice.setCurrentIndex(web)
    chooser.choice.activated.emit(web)
    window.settle()
    assert origins(window) == [Origin(TakenBy.WEB, "Kim Roe", "CC BY 4.0")]


def test_what_is_said_of_one_may_be_said_of_all_and_taken_back(window: Window) -> None:
    said = Origin(TakenBy.PARENT, "Kim Roe")
    window.open_with(bare(window), replace(bare(window), origin=said), bare(window))
    card(window, 2).origin.for_all.click()
    window.settle()
    assert origins(window) == [said] * 3
    window.shell.banner.button.click()
    window.settle()
    assert origins(window) == [NOBODY_SAID, said, NOBODY_SAID]


def test_a_finding_says_it_with_one_click(window: Window) -> None:
    web = Origin(TakenBy.WEB, "", "public domain")
    window.open_with(bare(window), replace(bare(window), origin=web), bare(window), text="Hello.")
    mend(window, found(window, "copyright.photo_source")[0], MendKind.TOOK_IT)
    assert origins(window) == [Origin(TakenBy.OWN), web, NOBODY_SAID]
    window.open_with(bare(window), replace(bare(window), origin=web), bare(window), text="Hello.")
    mend(window, found(window, "copyright.photo_source")[1], MendKind.TOOK_ALL)
    assert origins(window) == [Origin(TakenBy.OWN), web, Origin(TakenBy.OWN)]
    window.shell.banner.button.click()
    window.settle()
    assert origins(window) == [NOBODY_SAID, web, NOBODY_SAID]


def test_a_finding_leads_to_what_is_missing(window: Window) -> None:
    window.open_with(bare(window), bare(window, metadata=Metadata(stock="Alamy")), text="Hello.")
    mend(window, found(window, "copyright.photo_notice")[0], MendKind.GO_TO_ORIGIN)
    assert card(window, 2).origin.choice.hasFocus()


def test_a_notice_with_the_name_of_whoever_writes_is_no_notice(window: Window) -> None:
    mine = Metadata(copyright=f"© 2026 {window.school.author.name}")
    window.open_with(window.picture(looked=True, metadata=mine), text="Hello.")
    assert not found(window, "copyright.photo_notice")
    theirs = Metadata(copyright="© 2026 Prism Portraits")
    window.open_with(window.picture(looked=True, metadata=theirs), text="Hello.")
    assert found(window, "copyright.photo_notice")


def test_scrolling_past_a_choice_changes_nothing(window: Window, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    window.open_with(window.picture(looked=True))
    choice = card(window).origin.choice
    middle = QPointF(choice.rect().center())
    event = QWheelEvent(
        middle, choice.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, event)
    assert choice.currentData() == TakenBy.OWN


# What the file says


def test_what_the_file_says_is_told_and_that_none_of_it_goes_out(window: Window) -> None:
    said = Metadata(
        True, ("Ada Okafor",), "Kim Roe", "© Kim Roe", "2026-05-01T12:03:04-06:00", "Canon EOS R6",
        "School use only", "Alamy", (Region("Ada Okafor", Box(0.1, 0.1, 0.2, 0.2)),),
    )  # fmt: skip
    window.open_with(window.picture(metadata=said, file_name="IMG_7.jpg"))
    card(window).facts.click()
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    )
    told = dialog.accessibleDescription()
    for words in (
        "IMG_7.jpg", "dropped", "2026-05-01 12:03", "Canon EOS R6", "Kim Roe", "School use only",
        "Alamy", "Ada Okafor",
    ):  # fmt: skip
        assert words in told
    dialog.accept()


# A start for the description


def test_a_start_is_offered_and_can_be_undone(window: Window, qtbot: QtBot) -> None:
    faces = tuple(
        Face(f"f{n}", box, 0.9, Accounting.NOT_IDENTIFIABLE, reason="from behind")
        for n, box in enumerate(THREE)
    )
    window.open_with(window.picture(faces=faces, alt_text=""), text="Sports day!")
    shown = card(window)
    assert shown.start.isVisible()
    shown.start.click()
    window.settle()
    assert window.stored.pictures[0].alt_text == "3 people on sports day."
    assert shown.alt_text.hasFocus()
    assert not shown.start.isVisible()
    qtbot.keyClick(shown.alt_text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert window.stored.pictures[0].alt_text == ""
    assert shown.start.isVisible()


def test_where_nothing_is_known_no_start_is_made_up(window: Window) -> None:
    window.open_with(window.picture(alt_text=""), text="Hello.")
    card(window).start.click()
    window.settle()
    assert window.stored.pictures[0].alt_text == ""
    assert "Nothing is known yet" in window.shell.banner.text


# What is open


def test_the_overview_tells_what_is_open_and_leads_there(window: Window) -> None:
    open_face = window.picture(THREE[0], looked=True)
    undescribed = window.picture(looked=True, alt_text="")
    done = window.picture(looked=True)
    window.open_with(done, open_face, undescribed, bare(window), text="Hello.")
    strip = window.compose.desk.strip
    assert strip.head.overview.text() == "3 of 4 to do"
    strip.head.menu.aboutToShow.emit()
    lines = [action.text() for action in strip.head.menu.actions()]
    assert lines == [
        "Picture 1: done",
        "Picture 2: 1 face open",
        "Picture 3: description missing",
        "Picture 4: source missing",
    ]
    for number, reached in (
        (2, card(window, 2).faces_button),
        (3, card(window, 3).alt_text),
        (4, card(window, 4).origin.choice),
    ):
        strip.head.menu.actions()[number - 1].trigger()
        assert reached.hasFocus(), number


def test_what_has_a_reason_is_not_open(window: Window) -> None:
    bought = window.picture(looked=True, metadata=Metadata(stock="Alamy"))
    window.open_with(bought, text="Hello.")
    assert card(window).open_points() == ("1 finding",)
    (notice,) = found(window, "copyright.photo_notice")
    window.compose.desk.panel.reason_given.emit(notice, "We bought it, invoice 12.")
    window.settle()
    assert card(window).open_points() == ()


def test_a_card_says_that_its_writing_is_being_read(window: Window) -> None:
    picture = window.picture(looked=True)
    window.open_with(picture, window.picture(looked=True), text="Hello.")
    strip = window.compose.desk.strip
    strip.show_reading(picture.id, "Reading the writing …")
    assert "Reading the writing …" in window.everything_shown()
    assert card(window).open_points() == ("writing being read",)
    strip.show_reading(picture.id, "")
    assert card(window).open_points() == ()


def test_a_place_says_early_how_many_pictures_it_takes(window: Window) -> None:
    window.start()
    window.settle()
    assert "Bluesky takes 4 at most." in window.everything_shown()
    window.open_with(*(window.picture(looked=True) for _n in range(5)), text="Hello.")
    assert "Bluesky takes 4 pictures at most; here are 5." in window.everything_shown()
