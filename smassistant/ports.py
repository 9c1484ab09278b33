"""What the services need from the outside: protocols, and the plain data that crosses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from smassistant.domain.places import Account
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.photo_reader import PhotoReader as PhotoReader
from smassistant.repositories import (
    Accounts,
    Consents,
    Deliveries,
    FeedbackNotes,
    Imports,
    Lookups,
    Merges,
    People,
    Photos,
    Posts,
    Referrals,
    RulePacks,
    Scans,
    Secrets,
    SettingsRows,
    Takedowns,
    Trail,
    Users,
)
from smassistant.sighting_repositories import Bars, Sightings


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was committed: `kind` is a repository's name ("posts", "people" …).

    An empty `id` stands for very many at once.
    """

    kind: str
    id: str


class Clock(Protocol):
    """Time, injected so that tests own it."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...


class Credentials(Protocol):
    """Secrets of accounts, one per account id. Values never reach logs, `repr` or exceptions."""

    def get(self, account_id: str) -> str | None:
        """The account's secret, None where there is none. UserError when the store is locked."""
        ...

    def set(self, account_id: str, secret: str) -> None:
        """Keep the account's secret, replacing an earlier one."""
        ...

    def delete(self, account_id: str) -> None:
        """Forget the account's secret; nothing happens where there is none."""
        ...


class Passwords(Protocol):
    """Hashing and judging the passwords staff sign in with (clause 3.4)."""

    def hash(self, password: str) -> str:
        """A salted argon2id hash."""
        ...

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; takes as long for an unknown user (`stored` None)."""
        ...

    def weakness(self, password: str, own_words: Sequence[str] = ()) -> str:
        """Why the password is too weak, in plain words; empty when it is strong enough."""
        ...


JPEG, MP4 = "image/jpeg", "video/mp4"


@dataclass(frozen=True, slots=True)
class ParcelPicture:
    """A picture ready to go out: JPEG or MP4 bytes, size in pixels, alt text."""

    id: str
    data: bytes
    width: int
    height: int
    alt_text: str
    mime: str = JPEG

    @property
    def is_video(self) -> bool:
        """Whether it is a video."""
        return self.mime == MP4


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one account: exactly what was approved, cut to the place's limits."""

    text: str
    pictures: tuple[ParcelPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """Proof that a post stands: its id on the platform and the address a reader opens."""

    remote_id: str
    url: str


class SurelyRefused(UserError):
    """The platform certainly did not publish and will not: a person has to mend something."""


class TryLater(UserError):
    """The platform certainly did not publish; the same may be tried again after `until`."""

    def __init__(self, title: str, until: datetime | None = None, next_step: str = "") -> None:
        super().__init__(title, next_step=next_step)
        self.until = until


class Uncertain(UserError):
    """Nobody knows whether the post stands: it must be looked for, never sent again blindly."""


class Connector(Protocol):
    """One way of publishing. Every method may raise the three errors above."""

    key: str
    title: str
    by_hand: bool

    def identify(self, account: Account, secret: str) -> str:
        """Prove that the secret works; the name the platform knows the account by."""
        ...

    def marker(self, parcel: Parcel, account: Account, now: datetime) -> Mapping[str, str]:
        """What to write down before sending so that the post can be found again. No network."""
        ...

    def upload(self, picture: ParcelPicture, account: Account, secret: str, task: Task) -> str:
        """Upload one picture, invisible to readers and safe to repeat; what `send` needs of it."""
        ...

    def send(
        self,
        parcel: Parcel,
        account: Account,
        secret: str,
        marker: Mapping[str, str],
        parts: Mapping[str, str],
    ) -> Sent:
        """The one irreversible call, made once and never retried here."""
        ...

    def find(self, account: Account, secret: str, marker: Mapping[str, str]) -> Sent | None:
        """Read the account back: the post, or None only when it is certainly not there."""
        ...

    def remove(self, account: Account, secret: str, remote_id: str) -> None:
        """Take the post down; one that is already gone is no error."""
        ...


class RegistryWork(Protocol):
    """What a unit of work reaches of the registry."""

    @property
    def people(self) -> People: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def lookups(self) -> Lookups: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def scans(self) -> Scans: ...
    @property
    def takedowns(self) -> Takedowns: ...


class Work(RegistryWork, Protocol):
    """One unit of work: commits when its `with` block ends well, else leaves no trace."""

    @property
    def posts(self) -> Posts: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def rule_packs(self) -> RulePacks: ...
    @property
    def feedback(self) -> FeedbackNotes: ...
    @property
    def photos(self) -> Photos: ...
    @property
    def sightings(self) -> Sightings: ...
    @property
    def bars(self) -> Bars: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def users(self) -> Users: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def settings(self) -> SettingsRows: ...
    @property
    def trail(self) -> Trail: ...
    @property
    def secrets(self) -> Secrets: ...


Listener = Callable[[tuple[Change, ...]], None]


class Store(Protocol):
    """The database. Never hold a unit of work across a check, a network call or a signal."""

    def write(self) -> AbstractContextManager[Work]:
        """Write access; the lock is taken at once so that read-then-write is safe."""
        ...

    def read(self) -> AbstractContextManager[Work]:
        """A consistent view without a lock; writing in it is an error."""
        ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each commit, on the committing thread; returns how to stop."""
        ...

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file or its rows, in plain words; empty when it is whole."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


def today_in(zone: str, now: datetime) -> date:
    """The calendar day at `now` in the time zone named `zone`."""
    return now.astimezone(ZoneInfo(zone)).date()
