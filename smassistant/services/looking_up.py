"""Looking people up as somebody types: first rows at once, the count after them (clause 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smassistant.context import Context
from smassistant.domain.consents import Channel, Decision, Use, rule
from smassistant.domain.lookups import Filters, Group
from smassistant.domain.people import Person
from smassistant.domain.places import PLACES, Account
from smassistant.domain.scans import Scan
from smassistant.domain.users import Right, User
from smassistant.ports import Work, today_in
from smassistant.services.acting import require
from smassistant.services.keeping_registry import PersonLine, answer_in_words, open_person

EVERYBODY = Filters()
ASKED_MOST = (Use.PHOTO, Use.FULL_NAME)


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """Whether something of a person may go to an account today, and that in a sentence."""

    account: Account
    use: Use
    permitted: bool
    sentence: str


def find_lines(
    context: Context,
    actor: User,
    words: str = "",
    filters: Filters = EVERYBODY,
    limit: int = 100,
    offset: int = 0,
) -> tuple[PersonLine, ...]:
    """Whom the words and filters fit, with today's two answers asked most."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        day = _today(context, work)
        people = work.lookups.find(words, filters, day, limit, offset)
        histories = work.lookups.histories([person.id for person in people])
    return tuple(_line(person, histories.get(person.id, ()), day) for person in people)


def count_people(
    context: Context, actor: User, words: str = "", filters: Filters = EVERYBODY
) -> int:
    """How many people the words and filters fit."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        return work.lookups.count(words, filters, _today(context, work))


def find_ids(
    context: Context, actor: User, words: str = "", filters: Filters = EVERYBODY
) -> tuple[str, ...]:
    """The identifiers of everybody the words and filters fit, however many they are."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        return work.lookups.ids(words, filters, _today(context, work))


def list_groups(context: Context, actor: User) -> tuple[Group, ...]:
    """Every class of the registry, in the usual order."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        return work.lookups.groups()


def answers_today(context: Context, actor: User, person_id: str) -> tuple[AccountAnswer, ...]:
    """For every approved account: may the person be shown there today, and may they be named?"""
    rulings = open_person(context, actor, person_id).rulings
    with context.store.read() as work:
        accounts = [account for account in work.accounts.list() if account.approved]
    return tuple(
        AccountAnswer(
            account,
            use,
            rulings[use, PLACES[account.place].channel].permitted,
            answer_in_words(context, actor, person_id, use, account),
        )
        for account in accounts
        for use in ASKED_MOST
    )


def scans_of(context: Context, actor: User, person_id: str) -> tuple[Scan, ...]:
    """What scans of forms are kept of a person, without their contents."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.read() as work:
        return work.scans.of_person(person_id)


def _today(context: Context, work: Work) -> date:
    return today_in(work.settings.get().zone, context.clock.now())


def _line(person: Person, history: tuple[Decision, ...], day: date) -> PersonLine:
    return PersonLine(
        person,
        rule(person, history, Use.FULL_NAME, Channel.SOCIAL_MEDIA, day),
        rule(person, history, Use.PHOTO, Channel.SOCIAL_MEDIA, day),
    )
