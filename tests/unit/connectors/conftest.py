"""A real Bluesky server and the practice network: the same tests run on both."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import requests
from PIL import Image

from smassistant.connectors.bluesky import Bluesky
from smassistant.connectors.http import Http, Limits
from smassistant.domain.places import Account
from smassistant.ports import ParcelPicture
from smassistant.practice.network import PracticeNetwork
from tests.servers.faults import FaultProxy

_chances = count()
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
POSTS = "app.bsky.feed.post"
PRACTICE_PASSWORD = "abcd-efgh-ijkl-mnop"
PATIENT = Limits(connect=5, silence=15, total=30)


@dataclass(frozen=True)
class Host:
    """A server that speaks Bluesky's calls, with one account on it."""

    kind: str
    account: Account
    secret: str

    @property
    def url(self) -> str:
        return self.account.service

    def behind(self, proxy: FaultProxy) -> Account:
        """The same account, spoken to over a bad line."""
        return replace(self.account, service=proxy.url)

    def ask(self, call: str, **query: str) -> requests.Response:
        """What the server says to somebody else."""
        query = {"repo": self.account.handle, "collection": POSTS, **query}
        return requests.get(f"{self.url}/xrpc/{call}", query, timeout=10)

    def record(self, key: str) -> dict[str, Any]:
        """The fields of the post under that key."""
        value: dict[str, Any] = self.ask("com.atproto.repo.getRecord", rkey=key).json()["value"]
        return value

    def count(self, text: str) -> int:
        """How many posts with exactly that text a reader sees."""
        records = self.ask("com.atproto.repo.listRecords", limit="100").json()["records"]
        return sum(record["value"]["text"] == text for record in records)


@pytest.fixture(scope="session")
def practice() -> Iterator[PracticeNetwork]:
    with PracticeNetwork("oakprimary.test", PRACTICE_PASSWORD) as network:
        yield network


def account_on(service: str, handle: str = "oakprimary.test") -> Account:
    """An account on the server at that address."""
    return Account(
        "account-1", "bluesky", "bluesky", "Oak Primary", "Oak", handle=handle, service=service
    )


@pytest.fixture(scope="session", params=["practice", "bluesky"])
def host(request: pytest.FixtureRequest) -> Host:
    if request.param == "practice":
        network: PracticeNetwork = request.getfixturevalue("practice")
        account = account_on(network.url)
        return Host("practice", account, PRACTICE_PASSWORD)
    server = request.getfixturevalue("bluesky")
    known = server.accounts[0]
    return Host("bluesky", account_on(server.url, known.handle), known.app_password)


@pytest.fixture
def line(host: Host, fault_proxy: Callable[[str], FaultProxy]) -> FaultProxy:
    return fault_proxy(host.url)


@pytest.fixture
def connector() -> Bluesky:
    made = Bluesky(Http("Bluesky", PATIENT, pause=no_pause))
    # All tests write at one instant: without chance no two of them share a key.
    made._keys._chance = next(_chances) % 1024
    return made


@contextmanager
def in_a_hurry(connector: Bluesky) -> Iterator[None]:
    """Gives up on a silent server after a moment; signing in takes a real one longer than that."""
    http = connector._http
    http._limits = Limits(connect=5, silence=0.5, total=20)
    try:
        yield
    finally:
        http._limits = PATIENT


def no_pause(seconds: float) -> None:
    """Repeats at once: what is tested is that it repeats."""


def some_text() -> str:
    """A text no other test posts."""
    return f"Bake sale on Friday 🎉 {uuid4().hex}"


def jpeg(width: int = 320, height: int = 200) -> bytes:
    """A small real picture, different every time."""
    data = io.BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(data, "JPEG")
    return data.getvalue()


def some_picture(name: str = "p1", alt_text: str = "Two cakes on a table 🍰") -> ParcelPicture:
    return ParcelPicture(name, jpeg(), 320, 200, alt_text)
