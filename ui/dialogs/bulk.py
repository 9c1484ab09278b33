"""Taking permissions over into a new school year: for whole classes, until a day, as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from smassistant.domain.lookups import Group
from smassistant.i18n import _, ngettext
from smassistant.services.keeping_registry import roll_over
from ui import theme
from ui.dialogs.decision import day_edit, day_of
from ui.dialogs.form_dialog import FormDialog
from ui.session import Session
from ui.widgets.forms import Field

SHOWN = 8  # classes before the list scrolls
ROW = 34


class RollOverDialog(FormDialog):
    """`saved` carries what can be undone."""

    def __init__(
        self, session: Session, groups: Sequence[Group], ends: date, parent: QWidget
    ) -> None:
        super().__init__(session, _("Renew permissions for a year"), _("Renew"), parent)
        self.setMinimumWidth(520)
        several = len({group.school for group in groups}) > 1
        self.list = QListWidget()
        self.list.setAccessibleName(_("Classes"))
        for group in groups:
            name = f"{group.shown}, {group.school}" if several and group.school else group.shown
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, group)
            item.setSizeHint(QSize(0, ROW))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setFixedHeight(ROW * min(max(len(groups), 2), SHOWN) + 8)
        self.all = QPushButton(_("Choose all classes"))
        self.all.setProperty("role", "link")
        self.all.setAutoDefault(False)
        self.ends = day_edit(ends)
        self._count = theme.note()
        self.all.clicked.connect(self._choose_all)
        self.list.itemChanged.connect(self._suit)
        self._lay_out()
        self._suit()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The ticked classes."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def save(self) -> None:
        """Renew what stood in these classes."""
        session, groups, ends = self.session, self.groups, day_of(self.ends)
        self.work(
            lambda task: roll_over(session.context, session.user, groups, ends, task),
            _("Renewing…"),
        )

    def _lay_out(self) -> None:
        self.column.addWidget(
            theme.note(
                _(
                    "Every permission that stands in these classes will end on the day below. "
                    "Refusals and withdrawals stay as they are. You can undo it as one step."
                )
            )
        )
        self.column.addWidget(theme.heading(_("Classes"), 3))
        self.column.addWidget(self.list)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self.all)
        self.column.addLayout(row)
        self.column.addWidget(Field(_("New last day"), self.ends))

    def _choose_all(self) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Checked)

    def _suit(self) -> None:
        count = len(self.groups)
        self.verb.setEnabled(count > 0)
        self._count.setText(
            ngettext("{n} class chosen", "{n} classes chosen", count).format(n=count)
        )
