"""The ports, handed to every service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smassistant.ports import Clock, Connector, Credentials, Passwords, PhotoReader, Store


@dataclass(frozen=True)
class Context:
    """Everything a service may reach. `owner` names this running program in leases.

    `outbox` is the folder into which pictures for publishing by hand are written.
    """

    store: Store
    credentials: Credentials
    clock: Clock
    passwords: Passwords
    photos: PhotoReader
    connectors: Mapping[str, Connector]
    owner: str
    outbox: Path

    def close(self) -> None:
        """Close the database and end the process that reads pictures."""
        self.photos.close()
        self.store.close()
