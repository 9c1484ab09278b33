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


def choose_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Existing files, none when nothing was chosen."""
    dialog = _dialog(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _answers(dialog)


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """One existing folder."""
    dialog = _dialog(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
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
    return next(iter(_answers(dialog)), None)


def _answers(dialog: QFileDialog) -> list[Path]:
    global _last
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = [Path(name) for name in dialog.selectedFiles()] if accepted else []
    dialog.deleteLater()
    if chosen:
        _last = chosen[0].parent
    return chosen
