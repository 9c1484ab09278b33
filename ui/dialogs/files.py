"""Choosing files; dialogs of our own making, so that locking the window can close them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_last: Path | None = None


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """One existing file; `kinds` is Qt's filter, such as "Rosters (*.csv *.xlsx)"."""
    dialog = _dialog(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _answer(dialog)


def choose_new_file(parent: QWidget, title: str, kinds: str, name: str) -> Path | None:
    """Where to save; asks before it replaces a file."""
    dialog = _dialog(parent, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    return _answer(dialog)


def _dialog(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return QFileDialog(parent, title, str(_last or documents), kinds)


def _answer(dialog: QFileDialog) -> Path | None:
    global _last
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = Path(dialog.selectedFiles()[0]) if accepted else None
    dialog.deleteLater()
    if chosen:
        _last = chosen.parent
    return chosen
