"""Every key that does something, and what it does; the help page lists them."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from smassistant.i18n import N_, _


class Shortcuts(Enum):
    """Key sequence in Qt's portable spelling, and what it does."""

    LOCK = ("Ctrl+L", N_("Lock the window"))
    NEXT_PANE = ("F6", N_("Go to the next part of the window"))
    PREVIOUS_PANE = ("Shift+F6", N_("Go to the previous part of the window"))
    HELP = ("F1", N_("Show help"))
    FIND = ("Ctrl+F", N_("Go to the search box"))
    RELOAD = ("F5", N_("Load the list again"))
    DISMISS = ("Esc", N_("Close the message above the page"))
    NEW_POST = ("Ctrl+N", N_("Start a new post"))
    SUBMIT = ("Ctrl+Return", N_("Submit the post for approval"))
    PREVIEW = ("Ctrl+P", N_("Show how the post will read"))
    NEXT_FINDING = ("F8", N_("Go to the next finding"))
    PREVIOUS_FINDING = ("Shift+F8", N_("Go to the previous finding"))
    MENDS = ("Alt+Return", N_("Show what can be done about the words at the cursor"))
    SPELLING = ("F7", N_("Go to the next word that no dictionary knows"))
    UNDO = ("Ctrl+Z", N_("Undo"))
    REDO = ("Ctrl+Y", N_("Redo what was undone"))
    ADD_PICTURE = ("Ctrl+Shift+O", N_("Add pictures"))
    ADD_FACE = ("Ctrl+Shift+F", N_("Add a face that was not found"))
    BLUR = ("Ctrl+B", N_("Blur the chosen face"))
    NEXT_OPEN = ("N", N_("In a picture, go to the next face that is open"))
    PREVIOUS_OPEN = ("P", N_("In a picture, go back to a face that is open"))
    NUMBERED = ("Alt+1", N_("Put the first of the class on the chosen face; 2 to 9 the others"))
    ZOOM_IN = ("+", N_("Zoom into the picture"))
    ZOOM_OUT = ("-", N_("Zoom out of the picture"))
    WHOLE_PICTURE = ("0", N_("Show the whole picture"))
    PICTURE_BEFORE = ("Ctrl+PgUp", N_("Go to the picture before"))
    PICTURE_AFTER = ("Ctrl+PgDown", N_("Go to the next picture"))
    ADJUST = ("Ctrl+Shift+A", N_("Crop, turn or straighten the picture"))
    WHOLE_CLASS = ("Ctrl+Shift+C", N_("Say who of a class is in the picture"))
    MOVE_EARLIER = ("Alt+Up", N_("Move the chosen picture forward"))
    MOVE_LATER = ("Alt+Down", N_("Move the chosen picture back"))
    REMOVE = ("Del", N_("Remove what is chosen"))

    @property
    def keys(self) -> QKeySequence:
        """The sequence Qt listens for."""
        return QKeySequence(self.value[0])

    @property
    def shown(self) -> str:
        """The keys as this computer writes them."""
        return self.keys.toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def text(self) -> str:
        """What it does, in the language spoken now."""
        return _(self.value[1])

    def on(
        self,
        widget: QWidget,
        scope: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
    ) -> QShortcut:
        """A live shortcut on `widget`; connect its `activated`."""
        return QShortcut(self.keys, widget, context=scope)
