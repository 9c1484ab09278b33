"""The controls beside a picture being adjusted: shape, turns, straightening, light."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.edits import MOST_SLANT
from smassistant.domain.pictures import Edit
from smassistant.i18n import _
from ui import icons, theme

WIDTH = 304
TENTHS = 10  # the slider of the slant counts tenths of a degree
HUNDREDTHS = 100  # that of the light hundredths


class AdjustPanel(QWidget):
    """Says what the person wants; whoever owns the edit changes it."""

    turned = Signal(bool)  # True: clockwise
    shaped = Signal(str)  # one of SHAPES
    slanted = Signal(float)  # degrees clockwise
    lit = Signal(float)  # -1..1
    straightening = Signal(bool)  # lines are wanted
    compared = Signal(bool)  # the picture before is wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.shape_box = QComboBox()
        for key, words in shapes():
            self.shape_box.addItem(words, key)
        self.left = _button(_("Turn left"), "turn_left")
        self.right = _button(_("Turn right"), "turn_right")
        self.slant = _slider(round(MOST_SLANT * TENTHS), 5, 20)
        self.slant_said = theme.note()
        self.light = _slider(HUNDREDTHS, 5, 20)
        self.light_said = theme.note()
        self.as_it_was = _button(_("As it was"), "return")
        self.before = _button(_("Hold to see it before"), "eye")
        self.size_said = theme.note()
        self.cancel = _button(_("Cancel"), "close")
        self.done = _button(_("Done"), "check")
        self.done.setProperty("role", "primary")
        icons.put(self.done, "check", "on_accent")
        self._build()
        self._connect()

    def _build(self) -> None:
        controls = QWidget()
        self._fill(controls)
        scroll = QScrollArea()  # in a low window the last row stays in sight
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(controls)
        last = QHBoxLayout()
        theme.pad(last, theme.GAP // 2)
        last.addWidget(self.cancel)
        last.addWidget(self.done)
        layout = QVBoxLayout(self)
        theme.pad(layout, 0, theme.GAP)
        layout.addWidget(scroll, 1)
        layout.addLayout(last)

    def _fill(self, controls: QWidget) -> None:
        layout = QVBoxLayout(controls)
        theme.pad(layout, theme.GAP // 2, theme.GAP)
        layout.addWidget(theme.heading(_("Adjust the picture"), 2))
        layout.addWidget(
            theme.note(_("The picture itself stays as it is: all of this can be undone."))
        )
        layout.addSpacing(theme.GAP)
        layout.addWidget(_label(_("Shape of the crop"), self.shape_box))
        layout.addWidget(self.shape_box)
        layout.addWidget(self.size_said)
        layout.addSpacing(theme.GAP)
        turns = QHBoxLayout()
        turns.addWidget(self.left)
        turns.addWidget(self.right)
        layout.addLayout(turns)
        layout.addSpacing(theme.GAP)
        _add_slider(layout, _("Straighten"), self.slant, self.slant_said)
        _add_slider(layout, _("Brightness"), self.light, self.light_said)
        layout.addSpacing(theme.GAP)
        layout.addWidget(self.before)
        layout.addWidget(self.as_it_was)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.left.clicked.connect(lambda: self.turned.emit(False))
        self.right.clicked.connect(lambda: self.turned.emit(True))
        self.shape_box.activated.connect(lambda: self.shaped.emit(self.shape_box.currentData()))
        self.slant.valueChanged.connect(lambda value: self.slanted.emit(value / TENTHS))
        self.light.valueChanged.connect(lambda value: self.lit.emit(value / HUNDREDTHS))
        self.before.pressed.connect(lambda: self.compared.emit(True))
        self.before.released.connect(lambda: self.compared.emit(False))
        self.slant.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lines to straighten by while the slider has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.straightening.emit(event.type() == QEvent.Type.FocusIn)
        return False

    def show_edit(self, edit: Edit, shape: str, width: int, height: int) -> None:
        """Put every control where the edit is; `width` × `height` pixels are left."""
        for slider, value in (
            (self.slant, round(edit.slant * TENTHS)),
            (self.light, round(edit.light * HUNDREDTHS)),
        ):
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)
        self.shape_box.setCurrentIndex(self.shape_box.findData(shape))
        self.slant_said.setText(f"{edit.slant:+.1f}°" if edit.slant else "0°")
        self.light_said.setText(f"{round(edit.light * HUNDREDTHS):+d}" if edit.light else "0")
        self.size_said.setText(
            _("{width} × {height} pixels are left.").format(width=width, height=height)
        )
        self.as_it_was.setEnabled(edit != Edit())


# Width over height of each shape in pixels; None: free, 0: that of the picture.
SHAPES: dict[str, float | None] = {
    "free": None,
    "picture": 0,
    "square": 1,
    "portrait": 4 / 5,
    "wide": 16 / 9,
}


def shapes() -> tuple[tuple[str, str], ...]:
    """Each shape with its words."""
    return (
        ("free", _("Free")),
        ("picture", _("As the picture")),
        ("square", _("Square, 1:1")),
        ("portrait", _("Portrait, 4:5")),
        ("wide", _("Wide, 16:9")),
    )


def _button(words: str, icon: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    icons.put(button, icon)
    return button


def _slider(most: int, step: int, page: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(-most, most)
    slider.setSingleStep(step)
    slider.setPageStep(page)
    slider.setTickPosition(QSlider.TickPosition.TicksBelow)
    slider.setTickInterval(most)
    slider.setMinimumHeight(theme.TARGET)
    return slider


def _label(words: str, of: QWidget) -> QLabel:
    label = QLabel(words)
    label.setBuddy(of)
    of.setAccessibleName(words)
    return label


def _add_slider(layout: QVBoxLayout, words: str, slider: QSlider, said: QLabel) -> None:
    line = QHBoxLayout()
    line.addWidget(_label(words, slider))
    line.addStretch(1)
    said.setWordWrap(False)
    said.setMinimumWidth(said.fontMetrics().horizontalAdvance("+88,8°") + theme.GAP)
    said.setAlignment(Qt.AlignmentFlag.AlignRight)
    line.addWidget(said)
    layout.addLayout(line)
    layout.addWidget(slider)
