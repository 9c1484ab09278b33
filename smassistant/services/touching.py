"""Which posts name or show a person: what a withdrawal touches (clause 4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from smassistant.checks.mentions import mentions_in, texts_of
from smassistant.context import Context
from smassistant.domain.consents import Use
from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.facts import Facts, needed_use
from smassistant.domain.people import Person
from smassistant.domain.pictures import Accounting
from smassistant.domain.places import Account
from smassistant.domain.posts import Post, PostState
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.matching.engine import NameMatcher
from smassistant.ports import Work, today_in
from smassistant.services.reviewing import Reviewer, as_draft

NAMED, SHOWN = "named", "shown"
_ALL = 1_000_000  # posts

# In these states readers may see the post already.
LIVE = frozenset({DeliveryState.PUBLISHED, DeliveryState.UNCERTAIN, DeliveryState.REMOVING})

_LOOKED_AT = frozenset(PostState) - {PostState.REFUSED, PostState.REMOVED}
_ORDER = (
    PostState.PUBLISHED, PostState.SCHEDULED, PostState.APPROVED, PostState.REFERRED,
    PostState.IN_REVIEW, PostState.RETURNED, PostState.DRAFT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Touched:
    """A post that names or shows a person.

    `how` is "named" or "shown", `where` says in words where the post stands. `uses` are the
    permissions it needs of the person, `live` its deliveries that readers may see.
    """

    post: Post
    person_id: str
    how: str
    where: str
    uses: frozenset[Use] = frozenset()
    live: tuple[Delivery, ...] = ()


def touched_by(
    context: Context,
    reviewer: Reviewer | None,
    person_ids: Iterable[str],
    task: Task | None = None,
) -> tuple[Touched, ...]:
    """Every draft, waiting, scheduled and published post that names or shows these people.

    Published ones come first. With a `reviewer` its index of the whole registry says who is
    meant; without one, whoever may be meant counts.
    """
    task = task or Task()
    with context.store.read() as work:
        people = work.people.of_many(person_ids)
        aliases = _aliases(work, people)
        posts = work.posts.list(_LOOKED_AT, limit=_ALL)
        accounts = {account.id: account for account in work.accounts.list()}
        zone = work.settings.get().zone
    if not people:
        return ()
    facts = _facts(people, aliases, context, zone)
    found: list[Touched] = []
    for done, post in enumerate(posts):
        task.report(done, len(posts))
        uses = _uses_in(post, accounts, facts, aliases, reviewer)
        if uses:
            with context.store.read() as work:
                deliveries = work.deliveries.of_post(post.id)
            found += _touched(post, uses, deliveries, accounts)
    return tuple(sorted(found, key=lambda one: (not one.live, _ORDER.index(one.post.state))))


def _aliases(work: Work, people: Mapping[str, Person]) -> dict[str, str]:
    """The ids by which posts may know these people: their own, and those of merged records."""
    became = work.merges.aliases()
    return {key: key for key in people} | {
        gone: kept for gone, kept in became.items() if kept in people
    }


def _facts(
    people: Mapping[str, Person], aliases: Mapping[str, str], context: Context, zone: str
) -> Facts:
    """Facts in which only these people are known."""
    known = {alias: people[person_id] for alias, person_id in aliases.items()}
    return Facts(
        known, {}, NameMatcher(people.values()), _NoTopics(), today_in(zone, context.clock.now())
    )


class _NoTopics:
    """No rule packs: only names are looked for."""

    def hits(self, text: str) -> tuple[()]:
        """Nothing."""
        return ()


def _uses_in(
    post: Post,
    accounts: Mapping[str, Account],
    facts: Facts,
    aliases: Mapping[str, str],
    reviewer: Reviewer | None,
) -> dict[tuple[str, str], set[Use]]:
    """The permissions the post needs, by person and by how it touches them."""
    uses: dict[tuple[str, str], set[Use]] = {}
    for person_id, use in _named(post, accounts, facts):
        uses.setdefault((aliases[person_id], NAMED), set()).add(use)
    if uses and reviewer is not None:
        meant = {aliases.get(person_id) for person_id in reviewer.named_in(post)}
        uses = {key: value for key, value in uses.items() if key[0] in meant}
    for person_id in _shown(post):
        if person_id in aliases:
            uses.setdefault((aliases[person_id], SHOWN), set()).add(Use.PHOTO)
    return uses


def _named(post: Post, accounts: Mapping[str, Account], facts: Facts) -> Iterator[tuple[str, Use]]:
    draft = as_draft(post, accounts)
    for where, text in texts_of(draft):
        for mention in mentions_in(where, text, draft, facts):
            for person_id in mention.people:
                if person_id in facts.people:
                    yield person_id, needed_use(mention)


def _shown(post: Post) -> Iterator[str]:
    for picture in post.pictures:
        for face in picture.faces:
            if face.accounting is Accounting.PERSON and face.person_id:
                yield face.person_id


def _touched(
    post: Post,
    uses: Mapping[tuple[str, str], Collection[Use]],
    deliveries: Iterable[Delivery],
    accounts: Mapping[str, Account],
) -> Iterator[Touched]:
    live = tuple(delivery for delivery in deliveries if delivery.state in LIVE)
    where = _where(post, live, accounts)
    for (person_id, how), needed in uses.items():
        yield Touched(post, person_id, how, where, frozenset(needed), live)


def _where(post: Post, live: Iterable[Delivery], accounts: Mapping[str, Account]) -> str:
    """Where the post stands, in words."""
    names = [accounts[row.account_id].name for row in live if row.account_id in accounts]
    if names:
        return _("Published on {accounts}").format(accounts=", ".join(names))
    words = {
        PostState.DRAFT: _("Draft"),
        PostState.RETURNED: _("Returned to its author"),
        PostState.IN_REVIEW: _("Waiting for approval"),
        PostState.REFERRED: _("With the privacy office"),
        PostState.APPROVED: _("Approved"),
        PostState.PUBLISHED: _("Published"),
    }
    if post.state is PostState.SCHEDULED and post.due is not None:
        day = post.due.wall.strftime("%Y-%m-%d %H:%M")
        return _("Scheduled for {time}").format(time=day)
    return words.get(post.state, _("Scheduled"))
