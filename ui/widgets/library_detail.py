"""One picture of the library: who is in it, where it is used, why it may not go out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smassistant.domain.posts import Post
from smassistant.domain.sightings import Bar
from smassistant.domain.users import Right
from smassistant.i18n import _
from smassistant.services.listing_pictures import LibraryPicture, PictureRecord, Standing
from ui import icons, theme
from ui.session import Session
from ui.widgets.delivery_words import moment
from ui.widgets.forms import card, symbol
from ui.widgets.library_words import (
    ICONS,
    bar_words,
    lifted_words,
    permitted_words,
    standing_sentence,
    standing_word,
)
from ui.widgets.words import POST_ICONS, first_words, post_state_words

PICTURE = QSize(336, 252)


class LibraryDetail(QWidget):
    """Made anew for each picture; `lifted` carries the bar's id and the leader's reason."""

    used = Signal()
    lifted = Signal(str, str)

    def __init__(self, session: Session, line: LibraryPicture, record: PictureRecord) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self.line, self.record = line, record
        self._session = session
        self.lifts: list[QPushButton] = []
        self.reasons: list[QLineEdit] = []
        self.picture = QLabel()
        shape = QSize(line.picture.width, line.picture.height)
        self.picture.setFixedSize(shape.scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(line.picture.alt_text or line.picture.file_name)
        self.use = QPushButton(_("Use in a new post"))
        self.use.setProperty("role", "primary")
        icons.put(self.use, "write", "on_accent")
        self.use.clicked.connect(self.used)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, theme.GAP, 0)
        self._layout.setSpacing(theme.SPACE)
        self._add_picture()
        self._add_people()
        self._add_posts()
        self._layout.addStretch()

    def show_pixels(self, pixmap: QPixmap) -> None:
        """Show the picture itself."""
        ratio = self.devicePixelRatioF()
        scaled = pixmap.scaled(
            PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        scaled.setDevicePixelRatio(ratio)
        self.picture.setPixmap(scaled)

    def _add_picture(self) -> None:
        frame, box = card()
        box.addWidget(self.picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        shape, colour = ICONS[self.line.standing]
        box.addLayout(_row(shape, colour, theme.heading(standing_word(self.line.standing), 2)))
        box.addWidget(_plain(standing_sentence(self.line.standing, len(self.line.refused))))
        for bar in self.record.bars:
            self._add_bar(box, bar)
        if self.line.picture.alt_text:
            box.addWidget(theme.note(self.line.picture.alt_text))
        barred = self.line.standing is Standing.BARRED
        why = _("A leader has to allow it again first.") if barred else ""
        self.use.setEnabled(not barred)
        self.use.setToolTip(why)
        self.use.setAccessibleDescription(why)
        box.addWidget(self.use)
        if not self._session.user.may(Right.WRITE_POSTS):
            self.use.hide()
        self._layout.addWidget(frame)

    def _add_bar(self, box: QVBoxLayout, bar: Bar) -> None:
        names = dict(self.record.names)
        box.addWidget(_plain(bar_words(bar, names)))
        if not bar.stands:
            box.addWidget(theme.note(lifted_words(bar, names)))
        elif self._session.user.may(Right.APPROVE_POSTS):
            lift = QPushButton(_("Allow it again…"))
            icons.put(lift, "approve")
            row = self._ask_row(bar, lift)
            lift.clicked.connect(partial(self._ask, row, lift))
            self.lifts.append(lift)
            box.addWidget(lift)
            box.addWidget(row)

    def _ask_row(self, bar: Bar, lift: QPushButton) -> QWidget:
        """The line that opens for the leader's reason."""
        row = QWidget()
        reason, allow, cancel = QLineEdit(), QPushButton(_("Allow again")), QPushButton(_("Cancel"))
        reason.setMinimumHeight(theme.TARGET)
        reason.setAccessibleName(_("Why may it be used again?"))
        reason.setPlaceholderText(_("Why may it be used again?"))
        allow.setEnabled(False)
        reason.textChanged.connect(lambda text: allow.setEnabled(bool(text.strip())))
        reason.returnPressed.connect(allow.click)
        allow.clicked.connect(lambda: self.lifted.emit(bar.id, reason.text().strip()))
        cancel.clicked.connect(lambda: self._drop(row, lift))
        self.reasons.append(reason)
        column = QVBoxLayout(row)
        theme.pad(column, 0, theme.GAP)
        column.addWidget(reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(allow)
        buttons.addWidget(cancel)
        buttons.addStretch()
        column.addLayout(buttons)
        row.hide()
        return row

    def _ask(self, row: QWidget, lift: QPushButton) -> None:
        lift.hide()
        row.show()
        entry = row.findChild(QLineEdit)
        if entry is not None:
            entry.setFocus()

    def _drop(self, row: QWidget, lift: QPushButton) -> None:
        row.hide()
        lift.show()
        lift.setFocus()

    def _add_people(self) -> None:
        frame, box = card()
        box.addWidget(theme.heading(_("Who is in it"), 3))
        for shown in self.record.people:
            shape, colour = ("ok", "ok") if shown.permitted else ("block", "danger")
            if shown.person.id in self.line.refused and shown.permitted:
                shape, colour = "warning", "warning"
            words = QVBoxLayout()
            theme.pad(words, 0, 0)
            words.addWidget(_plain(shown.person.described))
            words.addWidget(theme.note(permitted_words(shown)))
            box.addLayout(_row(shape, colour, words))
        if not self.record.people:
            box.addWidget(theme.note(_("Nobody of the registry is named in it.")))
        self._layout.addWidget(frame)

    def _add_posts(self) -> None:
        frame, box = card()
        box.addWidget(theme.heading(_("Posts that use it"), 3))
        for post in self.record.posts:
            shape, colour = POST_ICONS[post.state]
            words = QVBoxLayout()
            theme.pad(words, 0, 0)
            words.addWidget(_plain(first_words(post)))
            words.addWidget(theme.note(self._post_words(post)))
            box.addLayout(_row(shape, colour, words))
        self._layout.addWidget(frame)

    def _post_words(self, post: Post) -> str:
        when = moment(post.submitted_at or post.updated_at, self._session.settings.zone)
        return f"{post_state_words(post.state)} · {when}"


def _row(shape: str, colour: str, words: QLabel | QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.GAP)
    row.addWidget(symbol(shape, 20, colour), alignment=Qt.AlignmentFlag.AlignTop)
    if isinstance(words, QLabel):
        row.addWidget(words, 1)
    else:
        row.addLayout(words, 1)
    return row


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
