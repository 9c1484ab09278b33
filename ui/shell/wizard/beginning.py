"""The wizard's first steps: welcome, and which school this is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QRadioButton, QVBoxLayout, QWidget

from smassistant.i18n import LANGUAGES, _, language
from ui import icons, theme
from ui.shell.wizard.setup import Setup, Step
from ui.widgets.forms import Field, line


class WelcomeStep(Step):
    """What the program is for, and which language it speaks."""

    language_chosen = Signal(str)
    recovery_asked = Signal()

    def __init__(self, setup: Setup) -> None:
        super().__init__(
            setup,
            _("Welcome"),
            _(
                "SM Assistant checks what your school publishes: who may be named or shown, "
                "and what the division's procedure asks for. Everything about students stays on "
                "this computer, encrypted. Setting up takes about five minutes."
            ),
        )
        self.column.addWidget(theme.heading(_("Language"), 3))
        group = QWidget()
        rows = QVBoxLayout(group)
        theme.pad(rows, 0, 0)
        self.languages: dict[str, QRadioButton] = {}
        for code, name in LANGUAGES.items():
            button = QRadioButton(name)
            button.setChecked(code == language())
            button.clicked.connect(lambda _on=False, code=code: self.language_chosen.emit(code))
            self.languages[code] = button
            rows.addWidget(button)
        self.column.addWidget(group)
        self.recovery = QPushButton(_("The school exists already: open it with its recovery key"))
        self.recovery.setProperty("role", "link")
        icons.put(self.recovery, "key", "accent")
        self.recovery.clicked.connect(self.recovery_asked)
        self.column.addWidget(self.recovery)
        self.recovery.setVisible(setup.school is None)

    def first(self) -> QWidget | None:
        return self.languages[language()]


class SchoolStep(Step):
    """The school's and division's names."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup, _("Your school"))
        self.name = Field(_("School"), line(setup.name), _("As it signs its posts."))
        self.division = Field(
            _("School division"), line(setup.division), _("You can leave this empty.")
        )
        self.column.addWidget(self.name)
        self.column.addWidget(self.division)

    def keep(self) -> None:
        self.setup.name = self.name.entry.text().strip()
        self.setup.division = self.division.entry.text().strip()

    def valid(self) -> bool:
        self.name.say("" if self.setup.name else _("Type the school's name."))
        return bool(self.setup.name)
