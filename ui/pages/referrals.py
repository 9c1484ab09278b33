"""Questions about posts that wait for the privacy office, and those it answered (clause 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.context import Context
from smassistant.domain.places import Account
from smassistant.domain.referrals import Referral
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Change
from smassistant.services.keeping_accounts import list_accounts
from smassistant.services.keeping_users import user_names
from smassistant.services.referring import (
    answer_referral,
    answered_referrals,
    open_referrals,
    waiting_referrals,
)
from ui import icons, theme
from ui.delegates.posts import LINES, dress_list
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.delivery_words import moment
from ui.widgets.empty_note import EmptyNote
from ui.widgets.forms import line
from ui.widgets.referral_detail import ReferralDetail
from ui.widgets.referral_words import ICONS, state_words

REFERRAL_ID = Qt.ItemDataRole.UserRole
LIST = 344
TYPED = 250  # milliseconds after the last letter of a search


@dataclass(frozen=True)
class _Loaded:
    referrals: tuple[Referral, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()


class ReferralsPage(Page):
    """Open questions, the oldest first, or the answered ones; the chosen one on the right."""

    key = "referrals"
    icon = "question"
    right: ClassVar[Right | None] = Right.ANSWER_REFERRALS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setProperty("role", "page")
        self._loaded = _Loaded()
        self._task: Task | None = None
        self.detail: ReferralDetail | None = None
        self.kinds = QComboBox()
        self.kinds.setMinimumHeight(theme.TARGET)
        self.kinds.setAccessibleName(_("Which questions are listed"))
        self.kinds.addItems([_("Open questions"), _("Answered questions")])
        self.search = line(placeholder=_("Search: words of the post, question or answer, a name"))
        self.search.setAccessibleName(_("Search the answered questions"))
        self.search.setClearButtonEnabled(True)
        self.search.hide()
        self.list = QListWidget()
        self.list.setProperty("pane", True)
        dress_list(self.list, LIST)
        self._side = QWidget()
        self._side.setProperty("pane", True)
        self._right = QVBoxLayout(self._side)
        theme.pad(self._right)
        self._empty = EmptyNote("ok", "ok")
        self._stack = QStackedWidget()
        self._typed = QTimer(self, interval=TYPED, singleShot=True)
        self._lay_out()
        self._connect()

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Questions")

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """Questions that wait for an answer this person may give."""
        return waiting_referrals(context, user)

    @property
    def answered(self) -> bool:
        """Whether the history is shown."""
        return self.kinds.currentIndex() == 1

    def open(self, **where: object) -> None:
        """Load the questions; `answered` says which."""
        if "answered" in where:
            self.kinds.setCurrentIndex(1 if where["answered"] else 0)
        self._load()

    def close_down(self) -> None:
        """Forget every word and picture."""
        self._typed.stop()
        if self._task is not None:
            self._task.cancel()
        self.search.clear()
        self._typed.stop()
        self._loaded = _Loaded()
        self.list.clear()
        self._clear_detail()

    def primary(self) -> QWidget | None:
        """The list takes the keyboard first."""
        return self.list if self._loaded.referrals else self.kinds

    def _lay_out(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        theme.pad(row, 0, theme.SPACE)
        row.addWidget(self.list)
        row.addWidget(self._side, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        top.addWidget(theme.heading(self.title()))
        top.addWidget(self.search, 1)
        top.addStretch()
        top.addWidget(self.kinds)
        layout = QVBoxLayout(self)
        theme.pad(layout, theme.MARGIN, theme.SPACE)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._show_chosen)
        self.kinds.currentIndexChanged.connect(self._change_kind)
        self.search.textChanged.connect(lambda _words: self._typed.start())
        self._typed.timeout.connect(self._load)
        self.session.changes.committed.connect(self._heed)
        Shortcuts.RELOAD.on(self).activated.connect(self._load)
        Shortcuts.FIND.on(self).activated.connect(self._find)

    # --- loading ----------------------------------------------------------------------------------

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Load again when a question came or went while the page is in sight."""
        if self.isVisible() and any(change.kind == "referrals" for change in changes):
            self._load()

    def _change_kind(self) -> None:
        self.search.setVisible(self.answered)
        self._load()

    def _find(self) -> None:
        self.kinds.setCurrentIndex(1)
        self.search.setFocus()
        self.search.selectAll()

    def _load(self) -> None:
        if self._task is not None:
            self._task.cancel()
        context, user = self.session.context, self.session.user
        answered, words = self.answered, self.search.text()

        def load(_task: Task) -> _Loaded:
            found = (
                answered_referrals(context, user, words)
                if answered
                else open_referrals(context, user)
            )
            return _Loaded(found, user_names(context), list_accounts(context, user))

        self._task = self.session.jobs.start(self, load, self._show, self._complain)

    def _show(self, loaded: _Loaded) -> None:
        self._task = None
        kept, row, before = self._chosen(), self.list.currentRow(), self._loaded
        self._loaded = loaded
        self._stack.setCurrentIndex(1 if loaded.referrals else 0)
        self._say_empty()
        self.list.blockSignals(True)
        self.list.clear()
        for referral in loaded.referrals:
            self.list.addItem(self._item(referral))
        ids = [referral.id for referral in loaded.referrals]
        at = ids.index(kept) if kept in ids else min(max(row, 0), len(ids) - 1)
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        shown = self.detail.referral if self.detail else None
        if shown is None or shown not in loaded.referrals or shown not in before.referrals:
            self._show_chosen()

    def _say_empty(self) -> None:
        name = _("Answered questions, the newest first")
        if not self.answered:
            name = _("Open questions, the oldest first")
            self._empty.show_words(
                _("No question waits for you"),
                _("When somebody asks about a post, it appears here with the whole draft."),
            )
        elif self.search.text().strip():
            self._empty.show_words(_("Nothing is found"), _("Try other words, or fewer."))
        else:
            self._empty.show_words(
                _("Nothing was answered yet"), _("Answers are kept here with what was asked.")
            )
        self.list.setAccessibleName(name)

    def _item(self, referral: Referral) -> QListWidgetItem:
        who = self._loaded.names.get(referral.asked_by, _("Somebody"))
        when = moment(referral.asked_at, self.session.settings.zone)
        state = state_words(referral.state)
        question = " ".join(referral.question.split())
        item = QListWidgetItem(icons.icon(*ICONS[referral.state]), question)
        item.setData(LINES, (f"{who} · {when}", " ".join(referral.draft.text.split())))
        item.setToolTip(referral.question)
        item.setData(REFERRAL_ID, referral.id)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            _("{state}. {who} asked on {when}: {question}").format(
                state=state, who=who, when=when, question=question
            ),
        )
        return item

    # --- the chosen question ----------------------------------------------------------------------

    def _chosen(self) -> str:
        row = self.list.currentRow()
        return str(self.list.item(row).data(REFERRAL_ID)) if row >= 0 else ""

    def _show_chosen(self) -> None:
        chosen, loaded = self._chosen(), self._loaded
        self._clear_detail()
        referral = next((each for each in loaded.referrals if each.id == chosen), None)
        if referral is not None:
            detail = ReferralDetail(self.session, referral, loaded.names, loaded.accounts)
            detail.answered.connect(self._answer)
            self.detail = detail
            self._right.addWidget(detail)

    def _clear_detail(self) -> None:
        detail, self.detail = self.detail, None
        if detail is not None:
            detail.hide()
            detail.setParent(None)
            detail.deleteLater()

    def _answer(self, may_go: bool, words: str) -> None:
        """Record the answer; the next question is shown then."""
        if self.detail is None:
            return
        session, referral = self.session, self.detail.referral
        self.list.setFocus()
        session.jobs.start(
            self,
            lambda _task: answer_referral(
                session.context, session.user, referral.id, referral.version, may_go, words
            ),
            self._tell_answered,
            self._refuse,
        )

    def _tell_answered(self, answered: Referral) -> None:
        author = self._loaded.names.get(answered.author, _("Somebody"))
        self.session.shell.show_banner(
            _("Answered: {answer}. It goes back to {author}.").format(
                answer=state_words(answered.state), author=author
            )
        )

    def _refuse(self, error: UserError) -> None:
        """The answer did not count: say why and show how things stand."""
        if self.detail is not None:
            self.detail.setEnabled(True)
        self._complain(error)
        self._load()

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            f"{error.title} {error.explanation}".strip(), error.next_step, kind="error"
        )
