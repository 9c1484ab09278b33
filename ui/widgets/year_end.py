"""The day on which the school year's permissions end: a month and a day, no year."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from smassistant.domain.policies import valid_end
from smassistant.domain.settings import Settings
from smassistant.i18n import _
from ui import theme, words
from ui.widgets.forms import inset

YEAR_END = Settings().permission_ends
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class YearEnd(QWidget):
    """Two fields that only ever hold a day that exists; `edited` when it is another one."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        label = theme.heading(_("Permissions of a school year end on"), 3)
        self.number, self.month = QSpinBox(), QComboBox()
        self.number.setRange(1, 31)
        self.number.setAccessibleName(_("Day on which permissions end"))
        self.month.setAccessibleName(_("Month in which permissions end"))
        locale, long = words.locale(), QLocale.FormatType.LongFormat
        for month in range(1, 13):
            self.month.addItem(locale.standaloneMonthName(month, long), month)
        label.setBuddy(self.number)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        inset(self.number)
        self.month.setMinimumHeight(theme.TARGET)
        row.addWidget(self.number)
        row.addWidget(self.month)
        row.addStretch()
        column = QVBoxLayout(self)
        theme.pad(column, 0, 4)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(theme.note(_("Offered when permissions are renewed for a class.")))
        self.month.currentIndexChanged.connect(self._limit)
        self.number.valueChanged.connect(self.edited)

    def show_day(self, text: str) -> None:
        """Show a month and day such as "06-30"."""
        month, _dash, number = (text if valid_end(text) else YEAR_END).partition("-")
        self.month.setCurrentIndex(int(month) - 1)
        self.number.setValue(int(number))

    def day(self) -> str:
        """The month and day, such as "06-30"."""
        return f"{self.month.currentIndex() + 1:02d}-{self.number.value():02d}"

    def _limit(self, index: int) -> None:
        self.number.setMaximum(_DAYS[index])
        self.edited.emit()
