"""What became of pictures that were brought in: which could not be taken, what was left out."""

from __future__ import annotations

from smassistant.errors import UserError
from smassistant.i18n import _, labelled, ngettext
from ui.widgets.notice import Notice


class IntakeNotice(Notice):
    """Keeps every line until somebody has read it."""

    def __init__(self) -> None:
        super().__init__()
        self._refused: list[str] = []
        self._told: list[str] = []

    def refuse(self, name: str, error: UserError) -> None:
        """Say which picture could not be taken and why, beside those said before."""
        self._refused.append(labelled(name, str(error)))
        self._show()

    def note(self, words: str) -> None:
        """Say something that needs nothing more, such as what was left out of a folder."""
        self._told.append(words)
        self._show()

    def clear(self) -> None:
        """Say nothing more about them."""
        self._refused, self._told = [], []
        super().clear()

    def _show(self) -> None:
        n = len(self._refused)
        title, *rest = self._told or [""]
        if n:
            title = ngettext("{n} picture was not added", "{n} pictures were not added", n)
            title, rest = title.format(n=n), self._told
        kind = "warning" if n else "info"
        more = "\n".join((*self._refused, *rest))
        self.say(title, more, kind, _("All right"), self.clear)
