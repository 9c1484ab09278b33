"""What a reader sees on the Bluesky server, asked with plain requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from tests.servers.bluesky import Bluesky

POSTS = "app.bsky.feed.post"


@dataclass(frozen=True)
class Reader:
    """Somebody without a sign-in who looks at the school's account."""

    server: Bluesky

    def posts(self, words: str) -> list[dict[str, Any]]:
        """The records of every post whose text holds the words."""
        query = {"repo": self._did, "collection": POSTS, "limit": "100"}
        answer = requests.get(self._call("com.atproto.repo.listRecords"), query, timeout=10)
        answer.raise_for_status()
        return [record for record in answer.json()["records"] if words in record["value"]["text"]]

    def picture(self, record: dict[str, Any], number: int = 0) -> bytes:
        """The bytes of one of a post's pictures."""
        blob = record["value"]["embed"]["images"][number]["image"]["ref"]["$link"]
        query = {"did": self._did, "cid": blob}
        answer = requests.get(self._call("com.atproto.sync.getBlob"), query, timeout=10)
        answer.raise_for_status()
        return answer.content

    @property
    def _did(self) -> str:
        return self.server.accounts[0].did

    def _call(self, name: str) -> str:
        return f"{self.server.url}/xrpc/{name}"
