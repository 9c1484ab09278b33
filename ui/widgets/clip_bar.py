"""What can be done with a video: cut it, blur in it, make a photo of a moment, watch it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QWidget,
)

from smassistant.domain.clips import blur_is_pending, to_blur
from smassistant.domain.pictures import Picture
from smassistant.i18n import _, ngettext
from ui import icons, theme
from ui.widgets.flow_layout import FlowLayout

SHORTEST = 0.5  # seconds that a cut leaves at least


class ClipBar(QWidget):
    """The row of tools below a video's still."""

    cut = Signal(float, float, bool)  # start, end, without sound
    blur_asked = Signal()
    still_asked = Signal()
    watch_asked = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length = 0.0
        self.watch = _button(_("Watch"), "open", _("Open the video in this computer's player"))
        self.still = _button(_("Photo of this moment"), "picture", _("Add it to the post"))
        self.start, self.end = _seconds(_("Start, in seconds")), _seconds(_("End, in seconds"))
        self.mute = QCheckBox(_("Without sound"))
        self.do_cut = _button(_("Cut"), "crop", _("Take away what lies before and after"))
        self.blur = _button(_("Blur in the video"), "blur", "")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Changing the video"))
        self._doing = theme.note()
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setAccessibleName(_("Stop changing the video"))
        self._build()
        self._connect()
        self.show_progress(None, 0)

    def _build(self) -> None:
        tools, busy = QWidget(), QWidget()
        row = FlowLayout(tools)
        for widget in (self.blur, self.watch, self.still):
            row.addWidget(widget)
        cut = QWidget()
        cutting = QHBoxLayout(cut)
        theme.pad(cutting)
        for words, field in ((_("From"), self.start), (_("to"), self.end)):
            label = QLabel(words)
            label.setBuddy(field)
            cutting.addWidget(label)
            cutting.addWidget(field)
        cutting.addWidget(self.mute)
        cutting.addWidget(self.do_cut)
        row.addWidget(cut)
        waiting = QHBoxLayout(busy)
        theme.pad(waiting)
        waiting.addWidget(self._doing)
        waiting.addWidget(self._bar, 1)
        waiting.addWidget(self.cancel)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(tools)
        self._stack.addWidget(busy)

    def _connect(self) -> None:
        self.watch.clicked.connect(self.watch_asked)
        self.still.clicked.connect(self.still_asked)
        self.blur.clicked.connect(self.blur_asked)
        self.cancel.clicked.connect(self.cancelled)
        self.do_cut.clicked.connect(self._ask_cut)
        self.start.valueChanged.connect(self._show_cut)
        self.end.valueChanged.connect(self._show_cut)
        self.mute.toggled.connect(self._show_cut)

    def show_video(self, picture: Picture) -> None:
        """Offer what this video can be made into."""
        clip = picture.clip
        if clip is None:
            return
        if clip.seconds != self._length:
            self._length = clip.seconds
            for field, value in ((self.start, 0.0), (self.end, clip.seconds)):
                field.setMaximum(clip.seconds)
                field.setValue(value)
        self.mute.setVisible(clip.sound)
        self.mute.setChecked(False)
        pending = blur_is_pending(picture)
        n = len(to_blur(picture))
        words = ngettext("Blur {n} person in the video", "Blur {n} people in the video", n)
        self.blur.setText(words.format(n=n) if n else _("Take the blur back"))
        self.blur.setVisible(pending)
        self._show_cut()

    def show_progress(self, done: int | None, total: int, words: str = "") -> None:
        """Show how far a change is; None shows the tools again."""
        self._stack.setCurrentIndex(0 if done is None else 1)
        if done is not None:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            if words:
                self._doing.setText(words)

    def _show_cut(self) -> None:
        enough = self.end.value() - self.start.value() >= SHORTEST
        changed = self.start.value() > 0 or self.end.value() < round(self._length, 1)
        self.do_cut.setEnabled(enough and (changed or self.mute.isChecked()))

    def _ask_cut(self) -> None:
        whole = self.end.value() >= round(self._length, 1) - 0.05
        end = self._length + 1 if whole else self.end.value()
        self.cut.emit(self.start.value(), end, self.mute.isChecked())


def _button(words: str, icon: str, said: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setToolTip(said)
    icons.put(button, icon)
    return button


def _seconds(name: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setDecimals(1)
    field.setSingleStep(0.5)
    field.setSuffix(" s")  # the unit's sign, in every language
    field.setAccessibleName(name)
    field.setMinimumHeight(32)
    return field
