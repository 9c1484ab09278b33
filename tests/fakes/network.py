"""A network in memory, and a connector to it whose every answer the test decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from smassistant.domain.places import Account
from smassistant.jobs import Task
from smassistant.ports import Parcel, ParcelPicture, Sent, SurelyRefused


@dataclass
class MemoryNetwork:
    """What readers see: posts by key. `blobs` are uploads that nobody sees."""

    posts: dict[str, Parcel] = field(default_factory=dict)
    blobs: set[str] = field(default_factory=set)
    sends: int = 0


def _smoothly(step: str) -> None:
    """Nothing goes wrong."""


@dataclass
class MemoryConnector:
    """Implements `ports.Connector`. `before` and `after` are called around each step by name
    ("upload", "send", "find") and may raise: before, the network did nothing; after, it did."""

    network: MemoryNetwork
    before: Callable[[str], None] = _smoothly
    after: Callable[[str], None] = _smoothly
    key: str = "bluesky"
    title: str = "Memory network"
    by_hand: bool = False

    def identify(self, account: Account, secret: str) -> str:
        if secret != "right":
            raise SurelyRefused("wrong secret")
        return "school.memory"

    def marker(self, parcel: Parcel, account: Account, now: datetime) -> Mapping[str, str]:
        return {"key": uuid4().hex}

    def upload(self, picture: ParcelPicture, account: Account, secret: str, task: Task) -> str:
        self.before("upload")
        blob = uuid4().hex
        self.network.blobs.add(blob)
        self.after("upload")
        return blob

    def send(
        self,
        parcel: Parcel,
        account: Account,
        secret: str,
        marker: Mapping[str, str],
        parts: Mapping[str, str],
    ) -> Sent:
        self.before("send")
        assert set(parts.values()) <= self.network.blobs
        assert set(parts) == {picture.id for picture in parcel.pictures}
        self.network.sends += 1
        # A second post under another key would be a second post for readers.
        self.network.posts[marker["key"]] = parcel
        self.after("send")
        return self._sent(marker)

    def find(self, account: Account, secret: str, marker: Mapping[str, str]) -> Sent | None:
        self.before("find")
        return self._sent(marker) if marker.get("key") in self.network.posts else None

    def remove(self, account: Account, secret: str, remote_id: str) -> None:
        self.network.posts.pop(remote_id, None)

    @staticmethod
    def _sent(marker: Mapping[str, str]) -> Sent:
        return Sent(marker["key"], f"https://memory.example/{marker['key']}")
