"""Help: keys, what each clause of the procedure asks, and what the program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from smassistant import __version__
from smassistant.i18n import _
from ui import theme
from ui.clauses import CLAUSES
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.forms import card


class HelpPage(Page):
    """Three tabs of plain text."""

    key = "help"
    icon = "help"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Parts of the help"))
        for title, content in (
            (_("Keys"), _keys()),
            (_("Clauses"), _clauses()),
            (_("About"), _about(session)),
        ):
            self.tabs.addTab(_scrolled(title, content), title)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addWidget(theme.heading(self.title()))
        column.addWidget(self.tabs, 1)

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Help")

    def primary(self) -> QWidget | None:
        """The tabs."""
        return self.tabs.tabBar()


def _keys() -> QWidget:
    return _table([(shortcut.shown, shortcut.text) for shortcut in Shortcuts], "key")


def _clauses() -> QWidget:
    rows = [(_("Clause {clause}").format(clause=clause), _(text)) for clause, text in CLAUSES]
    return _table(rows, "")


def _table(rows: list[tuple[str, str]], role: str) -> QWidget:
    frame, column = card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.MARGIN)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    for row, (name, text) in enumerate(rows):
        left = QLabel(name)
        if role:
            left.setProperty("role", role)
        else:
            left.setFont(theme.font(3))
        grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        right = QLabel(text)
        right.setWordWrap(True)
        grid.addWidget(right, row, 1)
    column.addLayout(grid)
    return frame


def _about(session: Session) -> QWidget:
    frame, column = card()
    column.addWidget(theme.heading(_("SM Assistant {version}").format(version=__version__), 2))
    for text in (
        _(
            "It checks what a school publishes: who may be named or shown, and what the "
            "division's procedure asks for. It advises; a second person approves every post."
        ),
        _(
            "Faces in pictures are found on this computer by {model}. It finds faces, it never "
            "recognises anyone, and nothing about a face is stored but where it is."
        ).format(model=_face_model()),
        _("Names of students, texts and pictures never leave the school's own database."),
        _("Questions about privacy: ask the {office}.").format(
            office=_(session.settings.privacy_office)
        ),
    ):
        label = QLabel(text)
        label.setWordWrap(True)
        column.addWidget(label)
    return frame


def _face_model() -> str:
    """The name of the model in use: the one weights file that the program carries."""
    found = sorted((theme.RESOURCES / "models").glob("*.onnx"))
    return _("the model “{name}”").format(name=found[0].stem) if found else _("no model")


def _scrolled(title: str, content: QWidget) -> QScrollArea:
    inside = QWidget()
    inside.setProperty("role", "scrolled")
    column = QVBoxLayout(inside)
    theme.pad(column, 0, 0)
    column.setContentsMargins(0, theme.SPACE, theme.GAP, 0)
    column.addWidget(content)
    column.addStretch()
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName(title)
    area.setWidget(inside)
    return area
