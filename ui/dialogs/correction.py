"""Setting a mistaken line of the history right: the line stays, a new one says what is true."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from smassistant.domain.consents import Answer, Channel, Decision, Use
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.correcting import correct_decisions
from smassistant.services.keeping_registry import PersonRecord
from ui import theme, words
from ui.dialogs.form_dialog import FormDialog
from ui.models.history import Act
from ui.session import Session
from ui.widgets.forms import Field, line, rule


class CorrectionDialog(FormDialog):
    """`said` is the act as the history words it; its lines can be set right one by one."""

    def __init__(self, session: Session, act: Act, said: str, parent: QWidget) -> None:
        super().__init__(session, _("Correct a mistake"), _("Correct"), parent)
        self.setMinimumWidth(640)
        self.person_id = act.lines[0].person_id
        self.boxes: dict[Decision, QCheckBox] = {}
        for decision in act.standing:
            box = QCheckBox(words.use_word(decision.use))
            box.setAccessibleName(
                _("{use} on {channel}").format(
                    use=words.use_word(decision.use), channel=words.channel_word(decision.channel)
                )
            )
            box.toggled.connect(self._suit)
            box.setChecked(True)
            self.boxes[decision] = box
        self.answers: dict[Answer | None, QRadioButton] = {
            answer: QRadioButton(words.answer_word(answer))
            for answer in Answer
            if answer is not act.lines[0].answer
        }
        self.answers[None] = QRadioButton(_("Nothing was said about it"))
        next(iter(self.answers.values())).setChecked(True)
        self.note = Field(_("What went wrong"), line(), _("Optional; for the school's own use."))
        self.column.addWidget(theme.note(said))
        self._lay_out()

    def save(self) -> None:
        """Write the new lines."""
        wrong = [decision.id for decision, box in self.boxes.items() if box.isChecked()]
        answer = next(said for said, radio in self.answers.items() if radio.isChecked())
        session, note = self.session, self.note.entry.text().strip()

        def work(_task: Task) -> PersonRecord:
            return correct_decisions(
                session.context, session.user, self.person_id, wrong, answer, note,
                session.reviewer,
            )  # fmt: skip

        self.work(work, _("Correcting…"))

    def _lay_out(self) -> None:
        self.column.addWidget(rule())
        if len(self.boxes) > 1:
            self.column.addWidget(theme.heading(_("What of it was a mistake?"), 3))
            self.column.addLayout(self._grid())
        self.column.addWidget(theme.heading(_("What was really said?"), 3))
        answers = QHBoxLayout()
        theme.pad(answers, 0, theme.SPACE)
        for radio in self.answers.values():
            answers.addWidget(radio)
        answers.addStretch()
        self.column.addLayout(answers)
        self.column.addWidget(self.note)
        self.column.addWidget(theme.note(_("The mistaken line stays in the history, struck out.")))

    def _grid(self) -> QGridLayout:
        """The lines as the permissions stand in the panel: a column per channel."""
        grid = QGridLayout()
        theme.pad(grid, 0, 0)
        channels = [c for c in Channel if any(line.channel is c for line in self.boxes)]
        uses = [use for use in Use if any(line.use is use for line in self.boxes)]
        for column, channel in enumerate(channels):
            grid.addWidget(theme.note(words.channel_word(channel)), 0, column)
            grid.setColumnStretch(column, 1)
        for decision, box in self.boxes.items():
            place = uses.index(decision.use) + 1, channels.index(decision.channel)
            grid.addWidget(box, *place)
        return grid

    def _suit(self) -> None:
        self.verb.setEnabled(any(box.isChecked() for box in self.boxes.values()))
