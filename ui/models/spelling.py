"""Which words of a post are misspelt, asked after each pause and remembered word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.ports import Change
from smassistant.services.proofreading import Proofreader, teach_word, words_in
from ui.jobs import Lane
from ui.session import Session

PAUSE_MS = 300  # longer than the pause before a review: a mistake may wait, a name may not
MOST_LOOKED_AT = 2_000  # paragraphs
# What may make a word right or wrong although the text stays the same.
MATTERS = frozenset({"people", "settings"})


class Spelling(QObject):
    """One for all editors of a page. A paragraph is sent once, however often it is shown.

    `changed` tells the words that became right or wrong.
    """

    changed = Signal(object)  # frozenset[str]
    switched = Signal()  # on again: everything has to be looked at
    failed = Signal(object)  # UserError: a word was not added

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._proofreader: Proofreader | None = None
        self._unknown: frozenset[str] = frozenset()
        self._ignored: dict[str, set[str]] = {}  # post id → words
        self._names: frozenset[str] = frozenset()
        self._post_id = ""
        self._waiting: dict[str, None] = {}
        self._looked_at: dict[str, None] = {}
        self._task: Task | None = None
        self._broken = False
        self.wrong: frozenset[str] = frozenset()
        self.on = session.memory.get("spelling", "on") == "on"
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        session.changes.committed.connect(self._hear)

    # --- what is misspelt ---------------------------------------------------------------------

    @property
    def working(self) -> bool:
        """Whether words are checked: switched on, and the dictionaries can be read."""
        return self.on and not self._broken

    @property
    def current(self) -> bool:
        """Whether everything that was shown so far has been checked."""
        return self._task is None and not self._timer.isActive()

    def look(self, paragraphs: Iterable[str]) -> None:
        """Check these paragraphs after a pause, unless they were checked already."""
        if not self.working:
            return
        new = [each for each in paragraphs if each.strip() and each not in self._looked_at]
        self._waiting.update(dict.fromkeys(new))
        if new:
            self._timer.start(PAUSE_MS)

    def begin(self, post_id: str) -> None:
        """Another post is at hand; the words ignored in it earlier are ignored again."""
        self._post_id = post_id
        self._names = frozenset()
        self._waiting.clear()
        self._show()

    def pass_over(self, names: Iterable[str]) -> None:
        """Words inside these names of the post are nobody's mistakes."""
        found = frozenset(word.text for name in names for word in words_in(name))
        if found != self._names:
            self._names = found
            self._show()

    def switch(self, on: bool) -> None:
        """Check words or don't; remembered on this computer."""
        self.on = on
        self._session.memory.set("spelling", "on" if on else "off")
        if not on:
            self._forget()
        self._show()
        if on:
            self.switched.emit()

    def close(self) -> None:
        """Drop every word, and let the dictionaries go."""
        self._forget()
        self._ignored.clear()
        self._post_id = ""
        self._names = frozenset()
        self._show()
        if self._proofreader is not None:
            self._proofreader.close()
            self._proofreader = None

    # --- what can be done about a word --------------------------------------------------------

    def suggest(
        self, owner: QObject, word: str, paragraph: str, done: Callable[[tuple[str, ...]], None]
    ) -> None:
        """Hand `done` what may be meant by `word`; nothing comes when `owner` is gone by then."""
        proofreader = self._reader()
        self._session.jobs.start(
            owner,
            lambda _task: proofreader.suggestions(word, paragraph),
            done,
            lambda _error: done(()),
            lane=Lane.SPELLING,
        )

    def ignore(self, word: str) -> None:
        """The word is right in this post."""
        self._ignored.setdefault(self._post_id, set()).add(word)
        self._show()

    def teach(self, word: str) -> None:
        """Add the word to the school's own."""
        context, user = self._session.context, self._session.user
        self._session.jobs.start(
            self, lambda _task: teach_word(context, user, word), failed=self.failed.emit
        )
        self._unknown -= {word}
        self._show()

    # --- asking -------------------------------------------------------------------------------

    def _reader(self) -> Proofreader:
        if self._proofreader is None:
            self._proofreader = Proofreader(self._session.context, self._session.reviewer)
        return self._proofreader

    def _ask(self) -> None:
        if self._task is not None or not self._waiting:
            return  # asked again when the answer is here
        texts = tuple(self._waiting)
        self._waiting.clear()
        proofreader = self._reader()
        self._task = self._session.jobs.start(
            self,
            lambda task: proofreader.unknown(texts, task),
            partial(self._arrived, texts),
            self._fail,
            lane=Lane.SPELLING,
        )

    def _arrived(self, texts: tuple[str, ...], unknown: frozenset[str]) -> None:
        self._task = None
        if len(self._looked_at) + len(texts) > MOST_LOOKED_AT:
            self._looked_at.clear()
        self._looked_at.update(dict.fromkeys(texts))
        self._unknown |= unknown
        self._show()
        if self._waiting:
            self._timer.start(PAUSE_MS)

    def _fail(self, _error: UserError) -> None:
        self._task = None
        self._broken = True  # the settings page says why
        self._forget()
        self._show()

    def _hear(self, changes: tuple[Change, ...]) -> None:
        """Names and own words may be right now; what is underlined stays until that is known."""
        if self.working and any(change.kind in MATTERS for change in changes):
            texts = tuple(self._looked_at)
            self._looked_at.clear()
            self._unknown_again(texts)

    def _unknown_again(self, texts: tuple[str, ...]) -> None:
        if not texts:
            return
        proofreader = self._reader()

        def arrived(unknown: frozenset[str]) -> None:
            self._unknown = frozenset()
            self._arrived(texts, unknown)

        self._cancel()
        self._task = self._session.jobs.start(
            self, lambda task: proofreader.unknown(texts, task), arrived, self._fail,
            lane=Lane.SPELLING,
        )  # fmt: skip

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _forget(self) -> None:
        self._timer.stop()
        self._cancel()
        self._waiting.clear()
        self._looked_at.clear()
        self._unknown = frozenset()

    def _show(self) -> None:
        before = self.wrong
        ignored = self._ignored.get(self._post_id, set())
        self.wrong = self._unknown - ignored - self._names
        if self.wrong != before:
            self.changed.emit(self.wrong ^ before)
