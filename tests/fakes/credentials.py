"""Secrets in memory."""

from __future__ import annotations


class MemoryCredentials:
    """Implements `ports.Credentials`."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, account_id: str) -> str | None:
        return self._secrets.get(account_id)

    def set(self, account_id: str, secret: str) -> None:
        self._secrets[account_id] = secret

    def delete(self, account_id: str) -> None:
        self._secrets.pop(account_id, None)
