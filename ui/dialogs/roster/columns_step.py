"""Step 2: how the file is written down, and which heading is read as which field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QSplitter, QTableView, QVBoxLayout, QWidget

from smassistant.i18n import _, ngettext
from smassistant.services.importing import RosterPreview
from ui import theme
from ui.delegates.choice import ROW, ChoiceView
from ui.dialogs.roster.step import RosterStep
from ui.models.roster_reading import RosterReading
from ui.models.roster_tables import ColumnLine, ColumnsModel, SampleModel
from ui.roster_words import form_words
from ui.widgets.words import number_words

if TYPE_CHECKING:
    from smassistant.services.roster_headings import Column

HEADING_WIDTH, FIELD_WIDTH = 280, 270
WIDEST = 220


class ColumnsStep(RosterStep):
    """Every column with what it is read as, and the first rows as they will be understood."""

    def __init__(self, reading: RosterReading) -> None:
        super().__init__(reading)
        self.form = theme.note()
        self.counts = theme.note()
        self.model = ColumnsModel(self)
        self.model.chosen.connect(self._map)
        self.columns = ChoiceView(self.model, _("Columns of the file"))
        self.columns.setColumnWidth(0, HEADING_WIDTH)
        self.columns.setColumnWidth(1, FIELD_WIDTH)
        self.sample = SampleModel(self)
        self.rows = _rows_view(self.sample)
        upper, lower = QWidget(), QWidget()
        above, below = QVBoxLayout(upper), QVBoxLayout(lower)
        theme.pad(above, 0, theme.GAP)
        theme.pad(below, 0, theme.GAP)
        above.addWidget(self.columns)
        below.addWidget(theme.heading(_("The first rows, as they are understood"), 3))
        below.addWidget(self.rows)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.column.addWidget(self.form)
        self.column.addWidget(self.counts)
        self.column.setSpacing(theme.GAP)
        self.column.addWidget(splitter, 1)

    def title(self) -> str:
        return _("Columns")

    def first(self) -> QWidget | None:
        return self.columns

    def show_preview(self, preview: RosterPreview) -> None:
        last = _("Read with what was chosen for this source before.")
        form = form_words(preview)
        self.form.setText(f"{form}. {last}" if self.reading.remembered else f"{form}.")
        self.model.show_columns(preview.roster.columns, preview.sample)
        self.sample.show_preview(preview)
        self.rows.resizeColumnsToContents()
        headings = self.rows.horizontalHeader()
        for column in range(self.sample.columnCount()):
            width = min(WIDEST, self.rows.columnWidth(column))
            heading = headings.sectionSizeHint(column)  # is never cut, whatever stands below it
            self.rows.setColumnWidth(column, max(width, heading) + theme.GAP)
        self._count()

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        """Show the headings of a file that is not understood yet."""
        self.form.setText(_("What is in the columns is shown once they are known."))
        self.model.show_columns(columns)
        self.sample.show_preview(None)
        self._count()

    def _count(self) -> None:
        read = sum(line.read for line in self.model.lines)
        self.counts.setText(_counts(read, len(self.model.lines) - read))

    def forget(self) -> None:
        self.model.show_lines([])
        self.sample.show_preview(None)
        self.form.setText("")
        self.counts.setText("")

    def _map(self, line: ColumnLine, field: str) -> None:
        self.reading.map_column(line.heading, field)


def _counts(read: int, left_out: int) -> str:
    """How many columns are read and left out, and the promise that goes with it."""
    first = ngettext("{n} column is read.", "{n} columns are read.", read)
    text = first.format(n=number_words(read))
    if left_out:
        second = ngettext(
            "{n} is left out: what is in it is not kept anywhere.",
            "{n} are left out: what is in them is not kept anywhere.",
            left_out,
        )
        text = f"{text} {second.format(n=number_words(left_out))}"
    return text


def _rows_view(model: SampleModel) -> QTableView:
    """A table to look at."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(_("The first rows"))
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW - 6)
    header = view.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    return view
