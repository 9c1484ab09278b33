"""The table of people to chase."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.models.chases import WHAT, ChaseModel

_WIDTHS = (190, 90, 70, 160, 0, 184)  # pixels; WHAT takes the room that is left


def chase_table(model: ChaseModel) -> QTableView:
    """Whole rows are chosen; Enter or a double click opens one."""
    table = QTableView()
    table.setModel(model)
    table.setProperty("pane", True)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(36)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setMinimumSectionSize(60)
    for column, width in enumerate(_WIDTHS):
        if column == WHAT:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        else:
            header.resizeSection(column, width)
    return table
