"""Where a picture comes from, in one line: who took it, and what that makes necessary to say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from smassistant.domain.pictures import Origin, TakenBy
from smassistant.i18n import _
from ui import icons, theme
from ui.widgets.words import origin_need, taken_by_words

# Who took it, and whether a name and a licence belong to it.
FIELDS = {
    TakenBy.OWN: (False, False),
    TakenBy.COLLEAGUE: (True, False),
    TakenBy.PARENT: (True, False),
    TakenBy.LICENSED: (True, True),
    TakenBy.WEB: (True, True),
}


class _Choice(QComboBox):
    """Scrolling past it changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class OriginChooser(QWidget):
    """`said` carries an `Origin` with every change a person makes; words typed are never lost."""

    said = Signal(object)
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = _Choice()
        self.choice.setPlaceholderText(_("Who took it?"))
        for taken_by in FIELDS:
            self.choice.addItem(taken_by_words(taken_by), taken_by)
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(8)
        self.choice.setCurrentIndex(-1)
        self.choice.activated.connect(self._choose)
        self.for_all = QToolButton()
        self.for_all.setProperty("role", "quiet")
        icons.put(self.for_all, "copy", "muted")
        self.for_all.clicked.connect(self.all_asked)
        self.licence, self.credit = QLineEdit(), QLineEdit()
        for field in (self.licence, self.credit):
            field.textEdited.connect(self._tell)
        self._build()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.choice, 1)
        top.addWidget(self.for_all)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self.licence, 1)
        below.addWidget(self.credit, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(below)

    def show_origin(self, origin: Origin, picture: str, others: bool) -> None:
        """Show what was said about `picture`, such as "Picture 2"; `others`: it is not alone."""
        self.choice.setCurrentIndex(self.choice.findData(origin.taken_by))
        self.choice.setAccessibleName(_("Who took {picture}?").format(picture=picture))
        self.choice.setToolTip(origin_need(origin))
        self.choice.setAccessibleDescription(origin_need(origin))
        same = _("Say the same of all pictures")
        self.for_all.setToolTip(same)
        self.for_all.setAccessibleName(f"{picture}: {same}")
        self.for_all.setVisible(others)
        self.for_all.setEnabled(origin.taken_by is not None)
        self._show_fields(origin, picture)
        open_ = bool(origin_need(origin))
        if bool(self.choice.property("open")) != open_:
            self.choice.setProperty("open", open_)
            theme.restyle(self.choice)

    def _show_fields(self, origin: Origin, picture: str) -> None:
        credit, licence = FIELDS.get(origin.taken_by, (False, False)) if origin.taken_by else (
            False, False,
        )  # fmt: skip
        self.credit.setVisible(credit)
        self.licence.setVisible(licence)
        words = {
            TakenBy.PARENT: _("Name of the parent"),
            TakenBy.COLLEAGUE: _("Name (not needed)"),
        }.get(origin.taken_by or TakenBy.OWN, _("Who took it"))
        self.credit.setPlaceholderText(words)
        self.licence.setPlaceholderText(_("Licence"))
        self.licence.setToolTip(_("Such as “CC BY 4.0” or “bought, invoice 12”"))
        self.credit.setAccessibleName(f"{picture}: {words}")
        self.licence.setAccessibleName(f"{picture}: {_('Licence')}")
        for field, said, used in (
            (self.credit, origin.credit, credit),
            (self.licence, origin.licence, licence),
        ):
            if used and field.text() != said:
                field.setText(said)

    def focus_open(self) -> None:
        """Put the keyboard where something is still to be said."""
        fields = [field for field in (self.licence, self.credit) if field.isVisibleTo(self)]
        empty = next((field for field in fields if not field.text().strip()), None)
        (empty or self.choice).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        self._tell()
        if self._chosen() in (TakenBy.PARENT, TakenBy.LICENSED, TakenBy.WEB):
            self.focus_open()

    def _chosen(self) -> TakenBy | None:
        data = self.choice.currentData()  # Qt makes plain text of it
        return TakenBy(data) if data else None

    def _tell(self) -> None:
        taken_by = self._chosen()
        if taken_by is None:
            return
        credit, licence = FIELDS[taken_by]
        self.said.emit(
            Origin(
                taken_by,
                self.credit.text() if credit else "",
                self.licence.text() if licence else "",
            )
        )
