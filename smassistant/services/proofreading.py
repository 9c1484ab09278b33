"""Looking for words that no dictionary knows, with every name of the registry known as a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from smassistant.context import Context
from smassistant.domain.people import Person
from smassistant.domain.settings import Settings
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.services.acting import record, require
from smassistant.services.reviewing import Reviewer
from smassistant.spelling.dictionaries import Dictionaries
from smassistant.spelling.speller import Speller
from smassistant.spelling.words import Word, plain, words_among, words_in

__all__ = ["Proofreader", "Word", "check_dictionaries", "teach_word", "words_among", "words_in"]

LONGEST_OWN = 60  # characters of a word of the school's own


class Proofreader:
    """Reads texts with both dictionaries, the registry's names and the school's words.

    One job at a time may use it, on any thread but the window's; `close` may come at any time.
    """

    def __init__(
        self, context: Context, reviewer: Reviewer, dictionaries: Dictionaries | None = None
    ) -> None:
        self._context = context
        self._reviewer = reviewer
        self._dictionaries = dictionaries or Dictionaries()
        self._speller: Speller | None = None
        self._known: tuple[int, tuple[str, ...]] = (-1, ())

    def unknown(self, texts: Iterable[str], task: Task | None = None) -> frozenset[str]:
        """The words of `texts` that are right in no language, as `words_in` gives them.

        Raises UserError where the dictionaries can't be read.
        """
        speller = self._fresh()
        found: set[str] = set()
        for text in texts:
            if task is not None:
                task.check()
            found.update(word.text for word in speller.unknown(text))
        return frozenset(found)

    def suggestions(self, word: str, near: str) -> tuple[str, ...]:
        """What may be meant by `word` in the paragraph `near`, likeliest first; up to a second."""
        return self._fresh().suggestions(word, near)

    def close(self) -> None:
        """Let the dictionaries go; whoever waits for an answer gets a UserError."""
        self._dictionaries.close()

    def _fresh(self) -> Speller:
        """The speller, made again after the registry's names or the school's words changed."""
        revision, people = self._reviewer.everybody()
        with self._context.store.read() as work:
            own = work.settings.get().own_words
        if self._speller is None or self._known != (revision, own):
            self._speller = Speller(self._dictionaries, _names(people), own)
            self._known = (revision, own)
        return self._speller


def _names(people: Iterable[Person]) -> set[str]:
    """Every name of everybody; those that are in many records only once."""
    return {
        name
        for person in people
        for name in (
            person.first_name,
            person.last_name,
            person.preferred_name,
            *person.other_names,
            *person.avoid_names,
        )
    }


def check_dictionaries() -> None:
    """Raise a UserError that says why spelling is off, if it is."""
    dictionaries = Dictionaries()
    try:
        dictionaries.check()
    finally:
        dictionaries.close()


def teach_word(context: Context, actor: User, word: str) -> Settings:
    """Add a word to the school's own, which are right from now on for everybody."""
    require(actor, Right.WRITE_POSTS, Right.APPROVE_POSTS)
    wanted = plain(word.strip())
    if not wanted or len(wanted) > LONGEST_OWN or len(wanted.split()) > 1:
        raise UserError(
            _("This is not a word."),
            _("The school's words are single words."),
            _("Choose one word and try again."),
        )
    with context.store.write() as work:
        settings = work.settings.get()
        if wanted in settings.own_words:
            return settings
        own = tuple(sorted({*settings.own_words, wanted}, key=str.casefold))
        settings = replace(settings, own_words=own)
        work.settings.save(settings)
        record(context, work, actor, "word.taught", "settings", {"word": wanted})
    return settings
