"""A small school on a real database, with fakes at the borders only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from smassistant.connectors.by_hand import ByHand
from smassistant.context import Context
from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.deliveries import Delivery
from smassistant.domain.people import Person
from smassistant.domain.places import Account
from smassistant.domain.posts import Post
from smassistant.domain.users import Role, User
from smassistant.security.passwords import ArgonPasswords
from smassistant.services.approving import approve_post, submit_post
from smassistant.services.drafting import save_draft, start_post
from smassistant.services.keeping_registry import record_decision
from smassistant.services.reviewing import Reviewer
from smassistant.storage.engine import open_postgres, open_sqlite
from smassistant.storage.migrating import migrate
from smassistant.storage.store import SqlStore
from tests.fakes.clock import HandClock
from tests.fakes.credentials import MemoryCredentials
from tests.fakes.network import MemoryConnector, MemoryNetwork
from tests.fakes.photos import ScriptedPhotoReader

SCHOOL = "Quarry Hill School"
LOGAN = Person("p-logan", "51", "Logan", "Vantongeren", grade="4", homeroom="4B", school=SCHOOL)
TESS = Person("p-tess", "52", "Tessaly", "Brightwater", grade="4", homeroom="4B", school=SCHOOL)
BLUESKY = Account("a-bsky", "bluesky", "bluesky", "Quarry Hill", SCHOOL, "school.memory")
FACEBOOK = Account(
    "a-face", "facebook", "by_hand", "Quarry Hill page", SCHOOL,
    address="https://www.facebook.com/quarryhill.example",
)  # fmt: skip


@dataclass
class School:
    """Everything a test of the services reaches for."""

    context: Context
    clock: HandClock
    network: MemoryNetwork
    connector: MemoryConnector
    author: User
    leader: User
    second_leader: User
    records: User
    coordinator: User
    second_coordinator: User
    bluesky: Account
    facebook: Account
    reviewer: Reviewer = field(init=False)

    def __post_init__(self) -> None:
        self.reviewer = Reviewer(self.context)

    def restarted(self) -> School:
        """The same school seen by another run of the program."""
        return replace(self, context=replace(self.context, owner="another-run"))

    def write(self, text: str, *accounts: Account, **changes: object) -> Post:
        """A saved draft."""
        post = start_post(self.context, self.author)
        keys = tuple(account.id for account in accounts or (self.bluesky,))
        post = replace(post, text=text, accounts=keys, **changes)  # type: ignore[arg-type]
        return save_draft(self.context, self.author, post)

    def submit(self, post: Post) -> Post:
        return submit_post(self.context, self.author, self.reviewer, post.id, post.version)

    def approve(self, post: Post, **when: object) -> Post:
        return approve_post(
            self.context, self.leader, self.reviewer, post.id, post.version, **when  # type: ignore[arg-type]
        )  # fmt: skip

    def approved(self, text: str, *accounts: Account, **changes: object) -> Post:
        """A post that a leader approved for now."""
        return self.approve(self.submit(self.write(text, *accounts, **changes)))

    def stored(self, post: Post) -> Post:
        with self.context.store.read() as work:
            found = work.posts.get(post.id)
        assert found is not None
        return found

    def delivery(self, post: Post, account: Account | None = None) -> Delivery:
        with self.context.store.read() as work:
            rows = work.deliveries.of_post(post.id)
        wanted = (account or self.bluesky).id
        return next(row for row in rows if row.account_id == wanted)

    def decide(self, person: Person, answer: Answer, *uses: Use) -> None:
        """Record an answer for social media."""
        record_decision(
            self.context, self.records, person.id, uses or tuple(Use), (Channel.SOCIAL_MEDIA,),
            answer, Source.FORM, "A parent",
        )  # fmt: skip


def _user(key: str, *roles: Role) -> User:
    return User(f"u-{key}", key, f"{key.title()} Example", SCHOOL, frozenset(roles))


def open_school(
    folder: Path, clock: HandClock | None = None, engine: Engine | None = None
) -> School:
    """Two students (Tessaly may be named and shown, Logan may not), staff and two accounts."""
    clock = clock or HandClock()
    engine = engine or open_sqlite(folder / "school.db", bytes(32))
    migrate(engine)
    store = SqlStore(engine, clock, bytes(32))
    connector = MemoryConnector(MemoryNetwork())
    credentials = MemoryCredentials()
    credentials.set(BLUESKY.id, "right")
    context = Context(
        store=store, credentials=credentials, clock=clock, passwords=ArgonPasswords(cheap=True),
        photos=ScriptedPhotoReader(), connectors={"bluesky": connector, "by_hand": ByHand()},
        owner="this-run", outbox=folder / "outbox",
    )  # fmt: skip
    users = (
        _user("ann", Role.AUTHOR),
        _user("lee", Role.LEADER, Role.AUTHOR),
        _user("lou", Role.LEADER),
        _user("ria", Role.RECORDS),
        _user("fay", Role.FOIP),
        _user("gil", Role.FOIP, Role.AUTHOR),
    )
    with store.write() as work:
        for user in users:
            work.users.add(user, context.passwords.hash("a made-up password"))
        work.accounts.add(BLUESKY)
        work.accounts.add(FACEBOOK)
        work.people.add((LOGAN, TESS))
    made = School(context, clock, connector.network, connector, *users, BLUESKY, FACEBOOK)
    made.decide(TESS, Answer.GRANTED)
    return made


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def school(tmp_path: Path, clock: HandClock) -> Iterator[School]:
    made = open_school(tmp_path, clock)
    yield made
    made.context.store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[School]:
    """The same school on each engine in turn."""
    engine = None
    if request.param == "postgres":
        engine = open_postgres(request.getfixturevalue("postgres_database"))
    made = open_school(tmp_path, clock, engine)
    yield made
    made.context.store.close()
