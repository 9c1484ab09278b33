"""What was committed to the store, announced on the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from smassistant.ports import Change, Store


class Changes(QObject):
    """One signal for every commit, from whatever thread it came."""

    committed = Signal(object)  # tuple[Change, ...]
    _heard = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = store.subscribe(self._listen)

    def close(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def _listen(self, changes: tuple[Change, ...]) -> None:
        """On the committing thread."""
        self._heard.emit(changes)

    @Slot(object)
    def _pass_on(self, changes: tuple[Change, ...]) -> None:
        """On the window's thread, after the committing code has returned."""
        self.committed.emit(changes)
