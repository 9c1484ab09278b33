"""Running every check on a post with what is known today (clauses 4.1, 4.2, 6)."""

from __future__ import annotations

import threading
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from smassistant.checks import find_findings
from smassistant.checks.mentions import mentions_in, mentions_of, texts_of
from smassistant.context import Context
from smassistant.domain.consents import Decision
from smassistant.domain.counting import count
from smassistant.domain.facts import Facts, Topics
from smassistant.domain.findings import (
    Finding,
    Mention,
    Resolution,
    ResolutionKind,
    verdict,
)
from smassistant.domain.people import Person
from smassistant.domain.places import PLACES, Account, Place
from smassistant.domain.policies import policies_of
from smassistant.domain.posts import Draft, Post
from smassistant.domain.referrals import Referral
from smassistant.domain.settings import Settings
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.matching.engine import NameMatcher
from smassistant.ports import Work, today_in
from smassistant.services.acting import require
from smassistant.services.binding import awaits_leader, bind, read_bindings, stands
from smassistant.services.hiding_names import NameScreen
from smassistant.services.reading_hints import HintShelf
from smassistant.services.recognising_pictures import read_sightings
from smassistant.services.rules_in_force import InForce, read_rules

# Where a post is taken to go while the school has no account at all.
ANYWHERE = ("facebook",)


@dataclass(frozen=True, slots=True)
class Review:
    """What stands against a post. `unanswered` keeps it from being submitted.

    `mentions` are those of the text. `revision` is the registry's at the time of the review.
    About `undecided` the leader who approves has to decide in words of their own. `referrals`
    are the post's questions to the privacy office, the newest first.
    """

    findings: tuple[Finding, ...]
    mentions: tuple[Mention, ...]
    verdict: str
    unanswered: tuple[Finding, ...]
    revision: int
    undecided: tuple[Finding, ...] = ()
    referrals: tuple[Referral, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacePreview:
    """A post measured against one account's place; `length` and `max_text` in `unit`."""

    account: Account
    place: Place
    length: int
    max_text: int
    unit: str
    pictures: int
    max_pictures: int


@dataclass(frozen=True)
class _Known:
    """The registry as of one revision, with the index of its names."""

    revision: int
    people: Mapping[str, Person]
    history: Mapping[str, tuple[Decision, ...]]
    matcher: NameMatcher


class Reviewer:
    """Reviews posts, keeping the index of names until the registry changes. Thread-safe.

    Without `hints` the trained reader is left out: what may not go out never hangs on it.
    """

    def __init__(self, context: Context, hints: HintShelf | None = None) -> None:
        self._context = context
        self._shelf = hints
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._in_force: InForce | None = None

    def review(self, post: Post, task: Task | None = None, day: date | None = None) -> Review:
        """Every check on the post, for `day`, else the day it is due, else today."""
        with self._context.store.read() as work:
            accounts = {account.id: account for account in work.accounts.list()}
            settings = work.settings.get()
            bindings = read_bindings(work, post)
            sightings = read_sightings(work, post)
            ours = _own_names(work, settings)
        known = self._fresh(task)
        today = today_in(settings.zone, self._context.clock.now())
        due = post.due.wall.date() if post.due else today
        facts = Facts(
            people=known.people,
            history=known.history,
            matcher=known.matcher,
            topics=self._rules(),
            day=day or max(due, today),
            own_contacts=settings.own_contacts,
            policies=policies_of(settings),
            hints=self._shelf.reader() if self._shelf else None,
            sightings=sightings,
            own_names=ours,
        )
        draft = as_draft(post, accounts)
        found = find_findings(draft, facts, task)
        findings = bind(found, post, bindings, facts.policies.office)
        may_decide = settings.leader_may_decide
        unanswered = [each for each in findings if stands(each, post, bindings, may_decide)]
        return Review(
            findings,
            mentions_of(draft, facts),
            verdict(findings),
            tuple(unanswered),
            known.revision,
            tuple(each for each in findings if awaits_leader(each, post, bindings)),
            bindings.own,
        )

    def warm_up(self) -> None:
        """Load the trained reader, so that the first check need not wait for it."""
        if self._shelf:
            self._shelf.reader()

    @property
    def trouble(self) -> UserError | None:
        """Why there are no hints although there should be; None when all is well."""
        return self._shelf.trouble if self._shelf else None

    def people(self, ids: Iterable[str]) -> dict[str, Person]:
        """The people behind registry ids, as of the last review; unknown ids are left out."""
        known = self._fresh(None)
        return {
            person_id: known.people[person_id] for person_id in ids if person_id in known.people
        }

    def everybody(self) -> tuple[int, Iterable[Person]]:
        """The registry's revision, and everybody in it as of that revision."""
        known = self._fresh(None)
        return known.revision, known.people.values()

    def named_in(self, post: Post) -> frozenset[str]:
        """The ids of everybody whom the text or an alt text of the post may name."""
        known = self._fresh(None)
        facts = Facts(known.people, {}, known.matcher, self._rules(), self.today())
        draft = as_draft(post, {})
        return frozenset(
            person_id
            for where, text in texts_of(draft)
            for mention in mentions_in(where, text, draft, facts)
            for person_id in mention.people
        )

    def whom(self, name: str) -> tuple[str, ...]:
        """The ids of everybody whom a name, such as one in a picture's file, may mean."""
        return tuple(
            dict.fromkeys(
                key for each in self._fresh(None).matcher.mentions(name) for key in each.people
            )
        )

    def without_names(self, text: str, start: int, end: int) -> str:
        """The words `text[start:end]` with "a student" for every name of the registry."""
        known = self._fresh(None)
        return NameScreen(known.people.values(), known.matcher).without_names(text, start, end)

    def today(self) -> date:
        """The calendar day at the school."""
        with self._context.store.read() as work:
            zone = work.settings.get().zone
        return today_in(zone, self._context.clock.now())

    def _fresh(self, task: Task | None) -> _Known:
        """The registry as it stands, its index built again only after a change."""
        with self._lock:
            with self._context.store.read() as work:
                revision = work.people.revision()
                if self._known is not None and self._known.revision == revision:
                    return self._known
                people = work.people.all()
                history = work.consents.all()
                merged = work.merges.aliases()
            if task is not None:
                task.check()
            matcher = NameMatcher(people)
            self._known = _known(revision, people, history, merged, matcher)
            return self._known

    def _rules(self) -> Topics:
        """The rules in force, compiled again only after a pack was saved, here or elsewhere."""
        with self._lock:
            with self._context.store.read() as work:
                self._in_force = read_rules(work, self._in_force)
            return self._in_force.book


def _own_names(work: Work, settings: Settings) -> tuple[str, ...]:
    """What the school and the division call themselves, and who works with the program."""
    users = (user.name for user in work.users.list())
    return (settings.school, settings.division, *settings.own_words, *users)


def _known(
    revision: int,
    people: Iterable[Person],
    history: Mapping[str, tuple[Decision, ...]],
    merged: Mapping[str, str],
    matcher: NameMatcher,
) -> _Known:
    """The registry by id; a merged record's old id, which posts may hold, leads to the one kept."""
    by_id = {person.id: person for person in people}
    for gone_id, kept_id in merged.items():
        if kept_id in by_id:
            by_id[gone_id] = by_id[kept_id]
    if merged:
        histories = {old: history[kept] for old, kept in merged.items() if kept in history}
        history = ChainMap(histories, history)  # type: ignore[arg-type]
    return _Known(revision, by_id, history, matcher)


def as_draft(post: Post, accounts: Mapping[str, Account]) -> Draft:
    """What the checks see of a post; before places are chosen, it may go to any of the accounts.

    So a name is underlined from the first word on, whichever place is chosen later.
    """
    chosen = [accounts[key] for key in post.accounts if key in accounts]
    possible = chosen or [account for account in accounts.values() if account.approved]
    places = tuple({account.place: None for account in possible}) or ANYWHERE
    return Draft(post.text, post.pictures, places, post.resolutions, bool(chosen))


def answer(
    post: Post,
    finding: Finding,
    kind: ResolutionKind,
    by: str,
    person_id: str = "",
    reason: str = "",
) -> Post:
    """The post with the author's answer to a finding, replacing an earlier one."""
    meant = kind in (ResolutionKind.PERSON, ResolutionKind.SOMEONE_ELSE)
    code = finding.code.split(".")[0] if meant else finding.code
    given = Resolution(code, finding.anchor, kind, person_id, reason.strip(), by)
    others = tuple(
        old for old in post.resolutions if (old.code, old.anchor) != (given.code, given.anchor)
    )
    return replace(post, resolutions=(*others, given))


def previews(context: Context, actor: User, post: Post) -> tuple[PlacePreview, ...]:
    """The post measured against each account it goes to."""
    require(actor, Right.WRITE_POSTS, Right.APPROVE_POSTS)
    with context.store.read() as work:
        accounts = {account.id: account for account in work.accounts.list()}
    chosen = [accounts[key] for key in post.accounts if key in accounts]
    return tuple(_measured(post, account, PLACES[account.place]) for account in chosen)


def _measured(post: Post, account: Account, place: Place) -> PlacePreview:
    return PlacePreview(
        account,
        place,
        count(post.text, place.counting),
        place.max_text,
        place.counting.value,
        len(post.pictures),
        place.max_pictures,
    )
