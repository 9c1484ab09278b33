"""The rules of the division while somebody edits them: what is shown, changed, tried, saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from smassistant.domain.feedback import Feedback, FeedbackState
from smassistant.domain.rules import OWN_PACK, Rule
from smassistant.errors import Clash, UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.hearing_feedback import settle_feedback
from smassistant.services.keeping_rules import (
    Edit,
    Shelf,
    ShelvedRule,
    blank_rule,
    open_shelf,
    put_shipped_back,
    save_rule,
    undo_save,
)
from smassistant.services.trying_rules import Bench, with_exception
from ui.session import Session


@dataclass(frozen=True, slots=True)
class OpenRule:
    """A rule as it is being edited. `replaces` is the stored one's id, empty for a new rule.

    `base` is the stored rule as it was when the edit began. `feedback` is what an exception
    answers; it is settled with the save.
    """

    pack: str
    rule: Rule
    replaces: str = ""
    base: Rule | None = None
    feedback: Feedback | None = None


class RuleWork(QObject):
    """Keeps what was typed until it is saved, whichever rule is shown meanwhile."""

    loaded = Signal()
    saved = Signal(str, str)  # the rule's id, its pack
    failed = Signal(object)  # UserError

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shelf: Shelf | None = None
        self.bench: Bench | None = None
        self.open: dict[str, OpenRule] = {}
        self._fresh = 0

    def load(self) -> None:
        """Read the rules in force; what was typed stays."""
        context, user = self._session.context, self._session.user
        self._start(lambda: open_shelf(context, user), lambda: None)

    def forget(self) -> None:
        """Drop everything, also what was not saved."""
        self.shelf, self.bench = None, None
        self.open = {}

    def lines(self) -> tuple[tuple[str, ShelvedRule, bool], ...]:
        """(key, rule as it is edited, whether that is unsaved), by pack and name."""
        shelf = self.shelf
        if shelf is None:
            return ()
        stored = {each.rule.id: each for each in shelf.rules}
        lines = []
        for key, each in stored.items():
            edited = self.open.get(key)
            shown = replace(each, rule=edited.rule) if edited else each
            lines.append((key, shown, edited is not None))
        for key, edited in self.open.items():
            if key not in stored:
                lines.append((key, ShelvedRule(edited.pack, edited.rule, None), True))
        return tuple(sorted(lines, key=lambda line: (line[1].pack, line[1].rule.id)))

    def at(self, key: str) -> OpenRule | None:
        """The rule of a key as it is edited, else as it is stored."""
        if key in self.open:
            return self.open[key]
        found = self.shelf.find(key) if self.shelf else None
        return OpenRule(found.pack, found.rule, key, found.rule) if found else None

    def stored(self, key: str) -> ShelvedRule | None:
        """The rule of a key as it is in force; None for one that is not saved yet."""
        return self.shelf.find(key) if self.shelf else None

    def edit(self, key: str, rule: Rule, pack: str) -> None:
        """Keep what was typed; typing it back as it was leaves nothing to save."""
        known, stored = self.at(key), self.stored(key)
        if known is None:
            return
        if stored is not None and stored.rule == rule:
            self.open.pop(key, None)
        else:
            self.open[key] = replace(known, rule=rule, pack=pack)

    def drop(self, key: str) -> None:
        """Forget what was typed about a rule."""
        self.open.pop(key, None)

    def begin(self, like: str = "") -> str:
        """A new rule, empty or a copy of the rule `like`; its key."""
        pattern = self.at(like) if like else None
        pack = pattern.pack if pattern else OWN_PACK
        taken = {shown.rule.id for _key, shown, _unsaved in self.lines()}
        self._fresh += 1
        key = f"+{self._fresh}"
        rule = blank_rule(pack, taken, pattern.rule if pattern else None)
        self.open[key] = OpenRule(pack, rule)
        return key

    def except_for(self, feedback: Feedback) -> str:
        """Edit the feedback's rule so that it is quiet in that sentence; its key, "" for none."""
        known = self.at(feedback.rule)
        if known is None:
            return ""
        rule = with_exception(known.rule, feedback.sentence)
        self.open[feedback.rule] = replace(known, rule=rule, feedback=feedback)
        return feedback.rule

    # Saving

    def save(self, key: str) -> None:
        """Put a rule in force as it was typed."""
        one = self.at(key)
        if one is None or self.shelf is None:
            return
        stored = self.stored(key)
        if one.replaces and (stored is None or stored.rule != one.base):
            self.failed.emit(_clash())
            return
        context, user = self._session.context, self._session.user
        edit = Edit(one.pack, self._version(one.pack), one.rule, one.replaces)

        def call() -> Shelf:
            shelf = save_rule(context, user, edit)
            if one.feedback is not None:
                with suppress(Clash):  # somebody else has dealt with it; the rule stands
                    settle_feedback(context, user, one.feedback, FeedbackState.EXCEPTION)
            return shelf

        self._store(key, one.rule.id, one.pack, call)

    def put_back(self, key: str) -> None:
        """Put the shipped rule in force, or take out one that the division added."""
        one = self.stored(key)
        if one is None:
            return
        context, user, version = (
            self._session.context, self._session.user, self._version(one.pack)
        )  # fmt: skip
        self._store(key, key, one.pack, lambda: put_shipped_back(context, user, key, version))

    def undo(self, pack: str) -> None:
        """Take the latest save of a pack back."""
        context, user, version = self._session.context, self._session.user, self._version(pack)
        self._start(lambda: undo_save(context, user, pack, version), lambda: None)

    def take(self, call: Callable[[], Shelf], done: Callable[[], None]) -> None:
        """Run a call that changes the rules, and show what came of it."""
        self._start(call, done)

    def _version(self, pack: str) -> int:
        return self.shelf.versions.get(pack, 0) if self.shelf else 0

    def _store(self, key: str, rule_id: str, pack: str, call: Callable[[], Shelf]) -> None:
        def done() -> None:
            self.saved.emit(rule_id, pack)

        self._start(call, done, key)

    def _start(self, call: Callable[[], Shelf], done: Callable[[], None], key: str = "") -> None:
        def work(_task: Task) -> tuple[Shelf, Bench]:
            shelf = call()
            return shelf, Bench(each.rule for each in shelf.rules)

        def show(found: tuple[Shelf, Bench]) -> None:
            self.shelf, self.bench = found
            if key:
                self.open.pop(key, None)
            self.loaded.emit()
            done()

        self._session.jobs.start(self, work, show, self._refuse)

    def _refuse(self, error: UserError) -> None:
        self.failed.emit(error)


def _clash() -> Clash:
    return Clash(
        _("Somebody else changed this rule in the meantime."),
        _("Your change was not saved so that theirs is not lost."),
        _("Drop your changes to see theirs, and repeat yours."),
    )
