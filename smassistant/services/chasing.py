"""What of the registry needs somebody to ask again: lists to chase, on screen and as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from smassistant.context import Context
from smassistant.domain.consents import Channel, Decision, Reason, Use, conflicts, rule
from smassistant.domain.lookups import SOON_DAYS
from smassistant.domain.people import LEFT, Person
from smassistant.domain.statements import KEYS, Statement
from smassistant.domain.users import Right, User
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import Work, today_in
from smassistant.services.acting import require
from smassistant.services.explaining import permissions_in_words, uses_in_words
from smassistant.services.exporting_lists import ExportFormat, export_people

__all__ = [
    "Chase", "ChaseLine", "ExportFormat", "count_chases", "export_people", "list_all_chases",
    "list_chases",
]  # fmt: skip


class Chase(StrEnum):
    """Why somebody has to be asked again."""

    EXPIRING = "expiring"
    NO_ANSWER = "no_answer"
    CONFLICTING = "conflicting"
    NO_SIGNER = "no_signer"


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """A person to ask again, and about what, in words.

    `until` is the last day of what ends soon, `since` the day of what disagrees or lacks a signer.
    """

    person: Person
    what: str
    since: date | None = None
    until: date | None = None


def list_chases(context: Context, actor: User, kind: Chase) -> tuple[ChaseLine, ...]:
    """The people of one list, what ends first on top, else by name.

    Whoever has left or may never be published is not chased.
    """
    return _lists(context, actor, (kind,), Task())[kind]


def list_all_chases(
    context: Context, actor: User, task: Task | None = None
) -> Mapping[Chase, tuple[ChaseLine, ...]]:
    """Every list, from one run through the registry."""
    return _lists(context, actor, tuple(Chase), task or Task())


def count_chases(context: Context, actor: User) -> Mapping[Chase, int]:
    """How many people each list has."""
    return {kind: len(lines) for kind, lines in list_all_chases(context, actor).items()}


def _lists(
    context: Context, actor: User, kinds: Iterable[Chase], task: Task
) -> dict[Chase, tuple[ChaseLine, ...]]:
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    found: dict[Chase, tuple[ChaseLine, ...]] = {}
    with context.store.read() as work:
        survey = _survey(context, work, task)
        for kind in kinds:
            task.check()
            found[kind] = tuple(_LISTS[kind](work, survey))
    if Chase.EXPIRING in found:
        soonest = sorted(found[Chase.EXPIRING], key=lambda line: line.until or date.max)
        found[Chase.EXPIRING] = tuple(soonest)
    return found


@dataclass
class _Survey:
    """One run through everything that was said: who may belong on which list.

    `answered` has the places of `KEYS` about which anything was said, by person. `only` are the
    statements of those about whom there is just one: its letters tell all without a ruling.
    """

    today: date
    people: tuple[Person, ...]
    answered: dict[str, set[int]] = field(default_factory=dict)
    expiring: set[str] = field(default_factory=set)
    conflicting: set[str] = field(default_factory=set)
    unsigned: set[str] = field(default_factory=set)
    corrected: set[str] = field(default_factory=set)
    only: dict[str, Statement] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)

    def chosen(self, ids: Iterable[str]) -> list[Person]:
        """The people of `ids`, by name."""
        wanted = set(ids)
        return [person for person in self.people if person.id in wanted]

    def standing(self, line: Statement) -> str:
        """What a statement that stands alone permits today, in words."""
        ended = line.valid_until is not None and line.valid_until < self.today
        if ended or line.valid_from > self.today:
            return ""
        if line.answers not in self._words:
            self._words[line.answers] = permissions_in_words(_granted(line.answers))
        return self._words[line.answers]


def _survey(context: Context, work: Work, task: Task) -> _Survey:
    today = today_in(work.settings.get().zone, context.clock.now())
    people = tuple(
        person
        for person in work.people.all()
        if not person.restricted and person.status != LEFT
    )  # fmt: skip
    survey = _Survey(today, people)
    days: dict[str, set[date]] = {}
    for done, line in enumerate(work.consents.everything_said()):
        if done % _STEP == 0:
            task.check()
        _note(survey, line, days.setdefault(line.person_id, set()))
    return survey


def _note(survey: _Survey, line: Statement, days: set[date]) -> None:
    key, letters = line.person_id, line.answers
    soon = survey.today + timedelta(days=SOON_DAYS)
    answered = _PLACES.get(letters)
    if answered is None:
        answered = _PLACES[letters] = frozenset(
            place for place, letter in enumerate(letters) if letter != "-"
        )
    if key in survey.answered:
        survey.only.pop(key, None)
    else:
        survey.only[key] = line
    survey.answered.setdefault(key, set()).update(answered)
    if "y" in letters:
        if line.valid_until is not None and survey.today <= line.valid_until <= soon:
            survey.expiring.add(key)
        if not line.signer:
            survey.unsigned.add(key)
    if line.valid_from in days:
        survey.conflicting.add(key)
    days.add(line.valid_from)
    if line.corrects is not None:
        survey.corrected.add(key)


_DAY = timedelta(days=1)
_STEP = 2000  # statements between two looks whether somebody cancelled
_PLACES: dict[str, frozenset[int]] = {}  # of the few patterns of letters that there are


def _expiring(work: Work, survey: _Survey) -> Iterator[ChaseLine]:
    """Permissions that stand today and not when the time is over."""
    for person, only, history in _said_about(work, survey, survey.expiring):
        if only is not None:
            what, until = survey.standing(only), only.valid_until
        else:
            what, until = _ending(person, history, survey.today)
        if what:
            yield ChaseLine(person, what, until=until)


def _ending(person: Person, history: Sequence[Decision], today: date) -> tuple[str, date | None]:
    """What ends soon, in words, and the first last day; "" where nothing does."""
    soon = today + timedelta(days=SOON_DAYS)
    ends = {
        line.valid_until
        for line in history
        if line.valid_until is not None and today <= line.valid_until <= soon
    }
    ending = {
        key: [end for end in ends if not rule(person, history, *key, end + _DAY).permitted]
        for key in KEYS
        if rule(person, history, *key, today).permitted
    }
    ending = {key: days for key, days in ending.items() if days}
    last = min((day for days in ending.values() for day in days), default=None)
    return permissions_in_words(ending), last


def _no_answer(work: Work, survey: _Survey) -> Iterator[ChaseLine]:
    """People about whom nothing is known, or not about a use that most others answered."""
    asked = _asked(survey.answered.values())
    corrected = _with_history(work, survey.chosen(survey.corrected))
    precise = {person.id: history for person, history in corrected}
    for person in survey.people:
        answered = survey.answered.get(person.id, set())
        if person.id in precise:
            answered = _really_answered(person, precise[person.id], survey.today)
        if not answered:
            yield ChaseLine(person, _("No answer at all"))
            continue
        missing = asked - {KEYS[place][0] for place in answered}
        if missing:
            yield ChaseLine(
                person, _("No answer about: {uses}").format(uses=uses_in_words(missing))
            )


def _asked(answered: Iterable[Iterable[int]]) -> set[Use]:
    """The uses that more than half of those who answered anything answered."""
    counts: Counter[Use] = Counter()
    total = 0
    for places in answered:
        total += 1
        counts.update({KEYS[place][0] for place in places})
    return {use for use, count in counts.items() if 2 * count > total}


def _really_answered(person: Person, history: Sequence[Decision], today: date) -> set[int]:
    """The same where lines were corrected: what was never said is no answer."""
    reasons = (rule(person, history, *key, today).reason for key in KEYS)
    return {place for place, reason in enumerate(reasons) if reason is not Reason.NO_ANSWER}


def _conflicting(work: Work, survey: _Survey) -> Iterator[ChaseLine]:
    for person, history in _with_history(work, survey.chosen(survey.conflicting)):
        found = conflicts(history)
        if found:
            keys = [(item.use, item.channel) for item in found]
            yield ChaseLine(person, permissions_in_words(keys), since=found[0].day)


def _no_signer(work: Work, survey: _Survey) -> Iterator[ChaseLine]:
    for person, only, history in _said_about(work, survey, survey.unsigned):
        if only is not None:
            what, since = survey.standing(only), only.valid_from
        else:
            what, since = _unsigned(person, history, survey.today)
        if what:
            yield ChaseLine(person, what, since=since)


def _unsigned(person: Person, history: Sequence[Decision], today: date) -> tuple[str, date]:
    """What is permitted without a signer, in words, and since when."""
    rulings = {key: rule(person, history, *key, today) for key in KEYS}
    lines = {
        key: ruling.decision
        for key, ruling in rulings.items()
        if ruling.permitted and ruling.decision is not None and not ruling.decision.signer
    }
    since = min((line.valid_from for line in lines.values()), default=today)
    return permissions_in_words(lines), since


def _granted(letters: str) -> set[tuple[Use, Channel]]:
    """What one statement permits: a full name permitted permits the first name (see `rule`)."""
    granted = {key for key, letter in zip(KEYS, letters, strict=True) if letter == "y"}
    first = {(Use.FIRST_NAME, channel) for use, channel in granted if use is Use.FULL_NAME}
    return granted | first


def _said_about(
    work: Work, survey: _Survey, ids: Iterable[str]
) -> Iterator[tuple[Person, Statement | None, tuple[Decision, ...]]]:
    """By name: the person with their only statement, or where there are more, the history."""
    chosen = survey.chosen(ids)
    said = work.consents.of_many([one.id for one in chosen if one.id not in survey.only])
    for person in chosen:
        yield person, survey.only.get(person.id), said.get(person.id, ())


def _with_history(
    work: Work, people: Sequence[Person]
) -> Iterator[tuple[Person, tuple[Decision, ...]]]:
    said = work.consents.of_many([person.id for person in people])
    return ((person, said.get(person.id, ())) for person in people)


_LISTS = {
    Chase.EXPIRING: _expiring,
    Chase.NO_ANSWER: _no_answer,
    Chase.CONFLICTING: _conflicting,
    Chase.NO_SIGNER: _no_signer,
}
