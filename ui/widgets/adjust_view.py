"""Adjusting a picture: crop, turn, straighten, light; nothing is lost, everything is undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPainter, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QWidget

from smassistant.domain.edits import size_after, slanted_size
from smassistant.domain.pictures import Box, Edit
from smassistant.i18n import _
from ui import theme
from ui.shortcuts import Shortcuts
from ui.widgets import boxes, crop_frame
from ui.widgets.adjust_canvas import AdjustCanvas
from ui.widgets.adjust_panel import SHAPES, AdjustPanel
from ui.widgets.crop_frame import WHOLE
from ui.widgets.photo_pixels import edited_image

EDGE = 1280  # of the copy that is drawn while adjusting
_PRESSES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
BLOCKS = 3  # across a blurred face, as in the published copy


class AdjustView(QWidget):
    """Shows a picture with its edit. `edited` tells the new one once, when the person is done."""

    edited = Signal(object)  # Edit
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = AdjustCanvas()
        self.panel = AdjustPanel()
        self.canvas.setProperty("pane", True)  # stops of F6
        self.panel.setProperty("pane", True)
        self.stack = QUndoStack(self)
        self._size = (1, 1)
        self._base = QImage()
        self._edit, self._edit_at_start = Edit(), Edit()
        self._shape = "free"
        layout = QHBoxLayout(self)
        theme.pad(layout, 0, theme.SPACE)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.panel)
        self._connect()

    def _connect(self) -> None:
        canvas, panel = self.canvas, self.panel
        canvas.cropped.connect(self._crop)
        canvas.taken.connect(self.finish)
        panel.turned.connect(self._turn)
        panel.shaped.connect(self._reshape)
        panel.slanted.connect(lambda slant: self._step(replace(self._edit, slant=slant), "slant"))
        panel.lit.connect(lambda light: self._step(replace(self._edit, light=light), "light"))
        panel.straightening.connect(canvas.show_grid)
        panel.compared.connect(self._compare)
        panel.as_it_was.clicked.connect(lambda: self._step(Edit()))
        panel.cancel.clicked.connect(self.closed)
        panel.done.clicked.connect(self.finish)

    # --- opening and closing ----------------------------------------------------------------------

    def open(self, image: QImage, edit: Edit, hidden: Iterable[Box] = ()) -> None:
        """Adjust a picture, given before its edit; what is `hidden` in it is shown blurred."""
        self.stack.clear()
        self._size = (image.width(), image.height())
        self._base = _blurred(_small(image), hidden)
        self._edit = self._edit_at_start = edit
        self._shape = "free"
        self.canvas.handle = None
        self.canvas.show_instead(None)
        self._show()
        self.canvas.setFocus()

    def close_picture(self) -> None:
        """Drop the pixels."""
        self.stack.clear()
        self._base = QImage()
        self.canvas.show_instead(None)
        self.canvas.show_edit(QImage(), WHOLE, "")

    def finish(self) -> None:
        """Tell the edit, if it is another than before, and close."""
        if self._edit != self._edit_at_start:
            self.edited.emit(self._edit)
        self.closed.emit()

    @property
    def edit(self) -> Edit:
        """The edit as it stands."""
        return self._edit

    # --- what the person does ---------------------------------------------------------------------

    def _crop(self, crop: Box, how: str) -> None:
        self._step(replace(self._edit, crop=None if crop_frame.is_whole(crop) else crop), how)

    def _turn(self, clockwise: bool) -> None:
        edit = self._edit
        crop = crop_frame.turned(edit.crop, clockwise) if edit.crop else None
        turned = replace(edit, turns=(edit.turns + (1 if clockwise else -1)) % 4, crop=crop)
        self._step(self._in_shape(turned))

    def _reshape(self, shape: str) -> None:
        self._shape = shape
        self._step(self._in_shape(self._edit))
        self._show()

    def _in_shape(self, edit: Edit) -> Edit:
        """The edit with its crop in the chosen shape."""
        ratio = self._ratio(edit)
        if ratio is None or (self._shape == "picture" and edit.crop is None):
            return edit
        crop = crop_frame.fitted(edit.crop or WHOLE, ratio)
        return replace(edit, crop=None if crop_frame.is_whole(crop) else crop)

    def _ratio(self, edit: Edit) -> float | None:
        """Width over height of the chosen shape in fractions of what is cropped."""
        wanted = SHAPES[self._shape]
        if wanted is None:
            return None
        wide, high = slanted_size(edit, *self._size)
        return wanted * high / wide if wanted else 1.0

    def _compare(self, before: bool) -> None:
        self.canvas.show_instead(self._base if before else None)

    def _step(self, edit: Edit, how: str = "") -> None:
        """Change the edit; steps in a row with one word `how` are one."""
        if edit != self._edit:
            self.stack.push(_Step(self, self._edit, edit, how))

    def put(self, edit: Edit) -> None:
        """Show an edit as a step of the stack left it."""
        self._edit = edit
        self._show()

    def _show(self) -> None:
        edit = self._edit
        crop = edit.crop or WHOLE
        self.canvas.ratio = self._ratio(edit)
        width, height = size_after(edit, *self._size)
        self.canvas.show_edit(
            edited_image(self._base, replace(edit, crop=None)), crop, _place(crop, width, height)
        )
        self.panel.show_edit(edit, self._shape, width, height)

    # --- keyboard ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Esc, undo and redo are those of this view while it is shown."""
        if isinstance(event, QKeyEvent) and event.type() in _PRESSES:
            keys = QKeySequence(event.keyCombination())
            for shortcut, call in (
                (Shortcuts.DISMISS, self.closed.emit),
                (Shortcuts.UNDO, self.stack.undo),
                (Shortcuts.REDO, self.stack.redo),
            ):
                if keys == shortcut.keys:
                    event.accept()
                    if event.type() == QEvent.Type.KeyPress:
                        call()
                    return True
        return super().event(event)


class _Step(QUndoCommand):
    """The edit before and after."""

    def __init__(self, view: AdjustView, before: Edit, after: Edit, how: str) -> None:
        super().__init__(_("Adjust the picture"))
        self._view = view
        self._before = before
        self.after = after
        self.how = how

    def redo(self) -> None:
        """Do it, or do it again."""
        self._view.put(self.after)

    def undo(self) -> None:
        """Back to what was before."""
        self._view.put(self._before)

    def id(self) -> int:
        """Steps of one id may be joined."""
        return 1 if self.how else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Join what was done with one pull of the mouse, one slider or one key."""
        if not isinstance(other, _Step) or other.how != self.how:
            return False
        self.after = other.after
        return True


def _place(crop: Box, width: int, height: int) -> str:
    """Where the crop lies and how much it leaves, in words."""
    if crop == WHOLE:
        return _("Nothing is cut away: {width} × {height} pixels.").format(
            width=width, height=height
        )
    return _(
        "{left} % from the left, {top} % from the top, {wide} % wide, {high} % high: "
        "{width} × {height} pixels."
    ).format(
        left=round(crop.x * 100), top=round(crop.y * 100), wide=round(crop.w * 100),
        high=round(crop.h * 100), width=width, height=height,
    )  # fmt: skip


def _small(image: QImage) -> QImage:
    size = QSize(EDGE, EDGE)
    if max(image.width(), image.height()) > EDGE:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _blurred(image: QImage, hidden: Iterable[Box]) -> QImage:
    """The picture with each box in a few blocks, much as it will be published."""
    painter = QPainter()
    smooth, whole = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
    for box in hidden:
        wide = boxes.widened(box)
        left, top = int(wide.x * image.width()), int(wide.y * image.height())
        width = max(1, round(wide.w * image.width()))
        height = max(1, round(wide.h * image.height()))
        blocks = image.copy(left, top, width, height).scaled(BLOCKS, BLOCKS, whole, smooth)
        painter.begin(image)
        painter.drawImage(left, top, blocks.scaled(width, height, whole, smooth))
        painter.end()
    return image
