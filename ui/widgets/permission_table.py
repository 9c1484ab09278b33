"""The fifteen permissions of a person: symbol, word, until when, and where the answer is from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from smassistant.domain.consents import Channel, Ruling, Use
from smassistant.i18n import _
from smassistant.services.keeping_registry import explain
from ui import icons, words

ROW = 62


class PermissionTable(QTableWidget):
    """One row per use, one column per channel; every cell speaks a whole sentence."""

    def __init__(self) -> None:
        super().__init__(len(Use), len(Channel))
        self.setAccessibleName(_("Permissions by use and place"))
        self.setHorizontalHeaderLabels([words.channel_word(channel) for channel in Channel])
        self.setVerticalHeaderLabels([words.use_word(use) for use in Use])
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for header in (across, down):
            header.setHighlightSections(False)
        down.setDefaultSectionSize(ROW)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "plain")
        for row in range(len(Use)):
            for column in range(len(Channel)):
                self.setItem(row, column, QTableWidgetItem())
        self.setFixedHeight(ROW * len(Use) + across.sizeHint().height() + 4)

    def show_rulings(self, rulings: Mapping[tuple[Use, Channel], Ruling]) -> None:
        """Show today's fifteen answers."""
        for row, use in enumerate(Use):
            for column, channel in enumerate(Channel):
                self._fill(row, column, use, channel, rulings[use, channel])

    def forget(self) -> None:
        """Drop every answer."""
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                self.setItem(row, column, QTableWidgetItem())

    def _fill(self, row: int, column: int, use: Use, channel: Channel, ruling: Ruling) -> None:
        item = self.item(row, column) or QTableWidgetItem()
        word = words.permitted_word(ruling)
        item.setIcon(icons.icon(*(("ok", "ok") if ruling.permitted else ("no", "danger"))))
        item.setText("\n".join((word, words.because(ruling), from_where(ruling))).strip())
        spoken = _("{use} on {channel}: {word}, {reason}").format(
            use=words.use_word(use), channel=words.channel_word(channel), word=word,
            reason=_reason(ruling),
        )  # fmt: skip
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(spoken)


def from_where(ruling: Ruling) -> str:
    """The line that decides, in a few words: "Form, 4 Sep 2026"; empty where there is none."""
    line = ruling.decision
    if line is None:
        return ""
    return _("{source}, {day}").format(
        source=words.source_word(line.source, short=True), day=words.short_day(line.valid_from)
    )


def _reason(ruling: Ruling) -> str:
    """The whole reason, as a tool tip and a screen reader say it."""
    line, reason = ruling.decision, explain(ruling)
    if line is None:
        return reason
    source = words.source_word(line.source)
    return f"{reason}, {source}, {line.signer}" if line.signer else f"{reason}, {source}"
