"""Printing a table page by page while the window stays alive."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from smassistant.errors import UserError
from smassistant.jobs import Task
from ui.exporting import Table, draw, set_paper


def ask_printer(parent: QWidget, title: str) -> QPrinter | None:
    """The printer somebody chose, on letter paper; None when they thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    set_paper(printer)
    dialog = QPrintDialog(printer, parent)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


class Printing(QObject):
    """One table on its way to a printer; a printer can't be driven from another thread."""

    printed = Signal()
    failed = Signal(object)  # UserError
    progressed = Signal(int, int)

    def __init__(self, table: Table, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self.task = Task()
        self._printer = printer
        self._steps = draw(table, printer)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        """One page, then let the window breathe."""
        if self.task.cancelled:
            self._printer.abort()
            self._end()
            return
        try:
            done, total = next(self._steps)
        except StopIteration:
            self._end()
            self.printed.emit()
        except UserError as error:
            self._end()
            self.failed.emit(error)
        else:
            self.progressed.emit(done, total)

    def _end(self) -> None:
        self._timer.stop()
        self._steps.close()
        self.deleteLater()
