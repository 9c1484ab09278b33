"""The steps of a wizard in one line: done, here, still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from smassistant.i18n import _
from ui import icons, theme

MARK, WIDTH = 16, 22


class StepBar(QWidget):
    """Shows where one is; the buttons of the wizard do the walking."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._marks = [QLabel() for _title in titles]
        self._words = [QLabel(title) for title in titles]
        row = QHBoxLayout(self)
        theme.pad(row, 0, theme.GAP)
        for number, (mark, word) in enumerate(zip(self._marks, self._words, strict=True)):
            if number:
                arrow = QLabel()
                icons.put_picture(arrow, "next", 14, "muted")
                row.addWidget(arrow)
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
            mark.setFixedWidth(WIDTH)
            row.addWidget(mark)
            row.addWidget(word)
        row.addStretch()
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Mark step `current` (from 0) as the one that is shown."""
        for number, (mark, word) in enumerate(zip(self._marks, self._words, strict=True)):
            here, done = number == current, number < current
            if done:
                theme.set_role(mark, "ok")
                icons.put_picture(mark, "check", MARK, "ok")
            else:
                mark.setProperty("icon_name", "")
                mark.setText(str(number + 1))
                theme.set_role(mark, "badge" if here else "muted")
            theme.set_role(word, "" if here else "muted")
            word.setFont(theme.font(3) if here else self.font())
        self.setAccessibleName(
            _("Step {n} of {all}: {title}").format(
                n=current + 1, all=len(self._titles), title=self._titles[current]
            )
        )
