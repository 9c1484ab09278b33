"""The search box and the list of the registry's people."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView

from smassistant.i18n import _
from ui import icons
from ui.delegates.people import PersonDelegate
from ui.models.people import PeopleModel
from ui.widgets.forms import line


def search_field() -> QLineEdit:
    """Where names are typed."""
    field = line(placeholder=_("Name, number or homeroom"))
    field.setAccessibleName(_("Search people"))
    field.setClearButtonEnabled(True)
    lens = field.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
    icons.put(lens, "search", "muted")
    return field


def people_list(model: PeopleModel) -> QListView:
    """The people of `model`, each with the two answers asked most."""
    view = QListView()
    view.setAccessibleName(_("People"))
    view.setProperty("pane", True)
    view.setModel(model)
    view.setItemDelegate(PersonDelegate(view))
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setMinimumWidth(240)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
