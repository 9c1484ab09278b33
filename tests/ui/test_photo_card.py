"""What a leader sees of a picture: the same as its author, as it will be published."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from smassistant.domain.findings import Anchor, Finding, Severity
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Edit,
    Face,
    Origin,
    Picture,
    TakenBy,
    Writing,
)
from tests.unit.services.conftest import LOGAN, TESS
from ui.models.picture_standing import PictureStanding, standing_of
from ui.widgets.photo_card import LARGE, WIDTH, PhotoCard

PEOPLE = {TESS.id: TESS, LOGAN.id: LOGAN}
FACES = (
    Face("a", Box(0.1, 0.2, 0.1, 0.2), 0.9, Accounting.PERSON, TESS.id),
    Face("b", Box(0.4, 0.2, 0.1, 0.2), 0.9, Accounting.PERSON, LOGAN.id),
    Face("c", Box(0.7, 0.2, 0.1, 0.2), 0.9, Accounting.PUBLIC_EVENT, reason="Canada Day"),
    Face("d", Box(0.9, 0.8, 0.1, 0.2), 0.9, Accounting.BLURRED),
)
PICTURE = Picture(
    "p", "x", "a.jpg", 400, 300, "", "Three at the parade.", FACES, looked=True,
    writing=(Writing("w", Box(0.1, 0.7, 0.2, 0.1), "GO TEAM"),),
    origin=Origin(TakenBy.LICENSED, "Ada Lund", "CC BY 4.0"),
)  # fmt: skip


def refusal(code: str, face_id: str, *people: str, number: int = 1) -> Finding:
    anchor = Anchor(f"photo:{number}/{face_id}")
    where = f"photo:{number}"
    return Finding(code, "4.1", Severity.BLOCK, where, "No.", people=people, anchor=anchor)


def standing() -> PictureStanding:
    found = (refusal("photo.not_permitted", "b", LOGAN.id),)
    return standing_of(PICTURE, 1, found, PEOPLE)


def words(card: PhotoCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_everything_that_was_said_is_there(qtbot: QtBot) -> None:
    card = PhotoCard(1, PICTURE, standing())
    qtbot.addWidget(card)
    said = words(card)
    for line in (
        "Description: Three at the parade.",
        "CC BY 4.0",
        f"1  {TESS.described}",
        f"2  {LOGAN.described} – may not be shown",
        "3  at a public event (Canada Day)",
        "4  blurred",
        "A  “GO TEAM” stands in it",
        "The author looked: nobody else can be recognised.",
    ):
        assert line in said, line


def test_what_the_edit_cuts_away_is_left_out_and_the_edit_is_said(qtbot: QtBot) -> None:

    edit = Edit(turns=3, crop=Box(0, 0, 0.55, 1), light=-0.2)
    card = PhotoCard(1, replace(PICTURE, edit=edit, looked=False), standing())
    qtbot.addWidget(card)
    said = words(card)
    assert "Adjusted: cropped, turned, darker" in said
    assert TESS.described in said
    assert "blurred" not in said
    assert "has not said" in said
    card.show_image(QImage(165, 400, QImage.Format.Format_RGB32))
    picture = card.findChildren(QLabel)[0].pixmap()
    assert picture.width() < picture.height()


def test_it_is_shown_larger_and_smaller_with_its_boxes(qtbot: QtBot) -> None:
    card = PhotoCard(1, PICTURE, standing())
    qtbot.addWidget(card)
    plain = QImage(400, 300, QImage.Format.Format_RGB32)
    plain.fill(QColor("#808080"))
    card.show_image(plain)
    image = card.findChildren(QLabel)[0]
    assert image.width() == WIDTH
    colours = {QColor(image.pixmap().toImage().pixel(x, 90)).name() for x in range(WIDTH)}
    assert len(colours) > 3, "the boxes lie on the picture"
    card.larger.click()
    assert image.width() == LARGE
    assert image.pixmap().width() == LARGE * card.devicePixelRatioF()
    assert card.larger.text() == "Show it smaller"
    card.larger.click()
    assert image.width() == WIDTH


def test_many_faces_stand_in_two_columns(qtbot: QtBot) -> None:

    many = tuple(Face(f"f{n}", Box(0.02 * n, 0.1, 0.02, 0.05)) for n in range(34))
    card = PhotoCard(1, replace(PICTURE, faces=many, writing=()), PictureStanding())
    qtbot.addWidget(card)
    card.resize(900, 800)
    card.show()
    lines = [label for label in card.findChildren(QLabel) if "nobody has said" in label.text()]
    assert len(lines) == 34
    assert len({line.x() for line in lines}) == 2


def test_a_finding_stands_by_the_face_it_is_about() -> None:
    found = (
        refusal("photo.not_permitted", "b", LOGAN.id),
        refusal("photo.not_permitted", "a", TESS.id, number=2),
        refusal("photo.public_event", "c"),
        refusal("photo.name_in_picture", "w", LOGAN.id),
        refusal("photo.face_unaccounted", "d"),
    )
    said = standing_of(PICTURE, 1, found, PEOPLE)
    assert said.refused == {"b"}
    assert said.written == {"w": found[3]}
    assert said.names[TESS.id] == TESS.described
    assert "Tessaly" not in repr(said)
