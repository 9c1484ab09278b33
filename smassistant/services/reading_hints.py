"""The trained reader of this school: loaded once, and taught what the division called harmless."""

from __future__ import annotations

import threading

from smassistant.context import Context
from smassistant.errors import UserError
from smassistant.hints.reader import HintReader, shipped_reader


class HintShelf:
    """Gives out the reader. Where its files are missing or damaged, says so in `trouble`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lock = threading.Lock()
        self._whole: HintReader | None = None
        self._reader: HintReader | None = None
        self._harmless: tuple[str, ...] = ()
        self.trouble: UserError | None = None

    def reader(self) -> HintReader | None:
        """The reader as of the division's latest examples; None where there is none."""
        with self._lock:
            if self._whole is None and self.trouble is None:
                try:
                    self._whole = self._reader = shipped_reader()
                except UserError as error:
                    self.trouble = error
            if self._whole is not None and self._harmless != (harmless := self._examples()):
                self._reader, self._harmless = self._whole.knowing(harmless), harmless
            return self._reader

    def _examples(self) -> tuple[str, ...]:
        with self._context.store.read() as work:
            examples = work.feedback.training_examples()
        return tuple(example.sentence for example in examples if not example.categories)
