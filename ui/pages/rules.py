"""The rules of what may not be posted, and what authors think of them (clause 6)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smassistant.context import Context
from smassistant.domain.feedback import Feedback, FeedbackState
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _, ngettext
from smassistant.ports import Change
from smassistant.services.hearing_feedback import count_feedback, list_feedback, settle_feedback
from smassistant.services.keeping_rules import export_packs, import_packs
from smassistant.services.keeping_users import user_names
from ui import icons, theme
from ui.dialogs.files import choose_files, choose_folder
from ui.models.rule_work import RuleWork
from ui.pages.page import Page
from ui.session import Session
from ui.shortcuts import Shortcuts
from ui.widgets.feedback_list import FeedbackList
from ui.widgets.notice import Notice
from ui.widgets.rule_desk import RuleDesk
from ui.widgets.words import number_words


class RulesPage(Page):
    """Two views: the rules with a test box, and the feedback of authors."""

    key = "rules"
    icon = "shield"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._editable = session.user.may(Right.KEEP_RULES)
        self.work = RuleWork(session, self)
        self.desk = RuleDesk(session, self.work, self._editable)
        self.feedback = FeedbackList()
        self.trouble = Notice()
        self.tabs = {"rules": _tab(_("Rules")), "feedback": _tab(_("Feedback"))}
        self.bring, self.export = QPushButton(_("Import…")), QPushButton(_("Export…"))
        self._lay_out()
        self._connect()

    @classmethod
    def title(cls) -> str:
        """The word in the sidebar."""
        return _("Rules")

    @classmethod
    def open_to(cls, user: User) -> bool:
        """Whoever keeps the rules, and leaders, who may read them."""
        return user.may(Right.KEEP_RULES) or user.may(Right.APPROVE_POSTS)

    @classmethod
    def waiting(cls, context: Context, user: User) -> int:
        """Feedback that nobody has dealt with."""
        return count_feedback(context, user)

    def open(self, **where: object) -> None:
        """Load rules and feedback; `view` "feedback" shows that, `rule` a rule."""
        if where.get("view") == "feedback":
            self.show_view("feedback")
        self.work.load()
        self._load_feedback()

    def close_down(self) -> None:
        """Drop every word, also of rules that were not saved."""
        self.work.forget()
        self.desk.forget()
        self.feedback.show_feedback((), frozenset(), {}, self.session.settings.zone, False)
        self.trouble.clear()

    def primary(self) -> QWidget | None:
        """The list of rules, or the button of what is shown."""
        return self.desk.rules.list if self.tabs["rules"].isChecked() else self.tabs["feedback"]

    def show_view(self, view: str) -> None:
        """Show "rules" or "feedback"."""
        self.tabs[view].setChecked(True)
        self._stack.setCurrentIndex(list(self.tabs).index(view))

    # Layout

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(theme.heading(self.title()))
        top.addSpacing(theme.SPACE)
        for tab in self.tabs.values():
            group.addButton(tab)
            top.addWidget(tab)
        top.addStretch()
        for button, icon in ((self.bring, "open"), (self.export, "file")):
            icons.put(button, icon)
            top.addWidget(button)
        self.bring.setAccessibleName(_("Import rule packs"))
        self.export.setAccessibleName(_("Export the division’s rule packs"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.desk)
        self._stack.addWidget(self.feedback)
        column = QVBoxLayout(self)
        theme.pad(column, theme.MARGIN, theme.SPACE)
        column.addLayout(top)
        column.addWidget(self.trouble)
        column.addWidget(self._stack, 1)
        for button in (self.bring, self.export):  # not before they have their place
            button.setVisible(self._editable)
        self.show_view("rules")

    def _connect(self) -> None:
        for view, tab in self.tabs.items():
            tab.clicked.connect(partial(self.show_view, view))
        self.work.loaded.connect(self._tell_trouble)
        self.work.saved.connect(self._tell_saved)
        self.work.failed.connect(self._complain)
        self.desk.save_asked.connect(lambda: self.work.save(self.desk.rules.key))
        self.feedback.exception_asked.connect(self._make_exception)
        self.feedback.settled.connect(self._settle)
        self.bring.clicked.connect(self._import)
        self.export.clicked.connect(self._export)
        self.session.changes.committed.connect(self._heed)
        Shortcuts.FIND.on(self).activated.connect(self.desk.rules.search.setFocus)
        Shortcuts.RELOAD.on(self).activated.connect(self.open)

    # Rules

    def _tell_trouble(self) -> None:
        troubles = self.work.shelf.troubles if self.work.shelf else ()
        if troubles:
            self.trouble.say(
                " ".join(troubles),
                _("The last good version is in force. Save a rule of the pack to replace it."),
                "warning",
            )
        else:
            self.trouble.clear()

    def _tell_saved(self, rule_id: str, pack: str) -> None:
        self.desk.rules.select(rule_id)
        text = _("The rule {rule} is saved. It counts from now on.").format(rule=rule_id)
        if self.work.stored(rule_id) is None:
            text = _("The rule {rule} is taken out.").format(rule=rule_id)
        self.session.shell.undo(text, partial(self.work.undo, pack))
        self._load_feedback()

    def _import(self) -> None:
        paths = choose_files(self, _("Import rule packs"), _("Rule packs (*.toml)"))
        if paths:
            context, user = self.session.context, self.session.user
            n = len(paths)
            said = ngettext(
                "{n} rule pack is imported. It counts from now on.",
                "{n} rule packs are imported. They count from now on.",
                n,
            ).format(n=n)
            self.work.take(
                lambda: import_packs(context, user, paths),
                lambda: self.session.shell.show_banner(said),
            )

    def _export(self) -> None:
        folder = choose_folder(self, _("Export the division’s rule packs"))
        if folder is not None:
            context, user = self.session.context, self.session.user
            self.session.jobs.start(
                self,
                lambda _task: export_packs(context, user, folder),
                lambda names: self.session.shell.show_banner(
                    _("Saved: {files}.").format(files=", ".join(names))
                ),
                self._complain,
            )

    # Feedback

    def _load_feedback(self) -> None:
        context, user = self.session.context, self.session.user
        self.session.jobs.start(
            self,
            lambda _task: (list_feedback(context, user), user_names(context)),
            self._show_feedback,
            self._complain,
        )

    def _show_feedback(self, found: tuple[tuple[Feedback, ...], dict[str, str]]) -> None:
        feedback, names = found
        shelf = self.work.shelf
        rules = frozenset(each.rule.id for each in shelf.rules) if shelf else frozenset()
        zone = self.session.settings.zone
        self.feedback.show_feedback(feedback, rules, names, zone, self._editable)
        n = number_words(len(feedback))
        text = _("Feedback ({n})").format(n=n) if feedback else _("Feedback")
        self.tabs["feedback"].setText(text)

    def _make_exception(self, feedback: Feedback) -> None:
        """Open the rule with a phrase that would leave the sentence alone."""
        key = self.work.except_for(feedback)
        if key:
            self.show_view("rules")
            self.desk.open(key)
            self.desk.box.show_text(feedback.sentence)
            self.desk.bring(self.desk.form.lists["not_in"].entry)

    def _settle(self, feedback: Feedback, to: FeedbackState) -> None:
        said = {
            FeedbackState.KEPT: _("Kept as an example of something harmless."),
            FeedbackState.DISMISSED: _("Dismissed."),
        }
        self._move(feedback, to, said.get(to, ""))

    def _move(self, feedback: Feedback, to: FeedbackState, said: str) -> None:
        context, user, shell = self.session.context, self.session.user, self.session.shell

        def tell(settled: Feedback) -> None:
            if said:
                shell.undo(said, partial(self._move, settled, FeedbackState.OPEN, ""))
            self._load_feedback()

        self.session.jobs.start(
            self, lambda _task: settle_feedback(context, user, feedback, to), tell, self._complain
        )

    def _heed(self, changes: tuple[Change, ...]) -> None:
        """Somebody else, perhaps, saved a rule or gave feedback."""
        kinds = {change.kind for change in changes}
        if self.isVisible() and "rules" in kinds:
            self.work.load()
        if self.isVisible() and "feedback" in kinds:
            self._load_feedback()

    def _complain(self, error: UserError) -> None:
        self.session.shell.show_banner(
            f"{error.title} {error.explanation}".strip(), error.next_step, kind="error"
        )


def _tab(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setCheckable(True)
    return button
