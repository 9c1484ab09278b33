"""Secrets of accounts: in the system's keyring, or sealed in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import Store
from smassistant.security.keyring_key import find_keyring, told_plainly

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

# Windows takes 1,280 UTF-16 units; a little room is left.
MOST_UNITS = 1200


class KeyringCredentials:
    """Implements `ports.Credentials` by one keyring entry an account, under the name `service`."""

    def __init__(self, service: str, backend: KeyringBackend | None = None) -> None:
        self._service = service
        self._backend = backend

    def __repr__(self) -> str:
        return "KeyringCredentials()"

    def get(self, account_id: str) -> str | None:
        """The account's secret; UserError when the keyring is locked or gone."""
        with told_plainly():
            return self._keyring().get_password(self._service, account_id)

    def set(self, account_id: str, secret: str) -> None:
        """Keep the account's secret; UserError for one too long for the keyring."""
        if len(secret.encode("utf-16-le", "surrogatepass")) > 2 * MOST_UNITS:
            raise UserError(
                _("This secret is too long for the keyring."),
                _("A keyring entry holds {n} characters.").format(n=MOST_UNITS),
                _("Check that only the app password was pasted, nothing else."),
            )
        with told_plainly():
            self._keyring().set_password(self._service, account_id, secret)

    def delete(self, account_id: str) -> None:
        """Forget the account's secret; nothing happens where there is none."""
        with told_plainly():
            keyring = self._keyring()
            if keyring.get_password(self._service, account_id) is not None:
                keyring.delete_password(self._service, account_id)

    def _keyring(self) -> KeyringBackend:
        """The keyring, proven once."""
        if self._backend is None:
            self._backend = find_keyring()
        return self._backend


class VaultCredentials:
    """Implements `ports.Credentials` by XChaCha20-Poly1305 in the database, bound to the account.

    A sealed value copied to another account's place does not open there.
    """

    def __init__(self, store: Store, vault_key: bytes) -> None:
        from nacl.secret import Aead

        self._store = store
        self._box = Aead(vault_key)

    def __repr__(self) -> str:
        return "VaultCredentials()"

    def get(self, account_id: str) -> str | None:
        """The account's secret; UserError when it was sealed with another key or changed."""
        from nacl.exceptions import CryptoError

        with self._store.read() as work:
            sealed = work.secrets.get(_place(account_id))
        if sealed is None:
            return None
        try:
            return self._box.decrypt(sealed, account_id.encode()).decode()
        except CryptoError:
            raise UserError(
                _("The stored login of this account can't be opened."),
                _("It was sealed with another key, or was changed."),
                _("Connect the account again."),
            ) from None

    def set(self, account_id: str, secret: str) -> None:
        """Keep the account's secret, replacing an earlier one."""
        sealed = bytes(self._box.encrypt(secret.encode(), account_id.encode()))
        with self._store.write() as work:
            work.secrets.set(_place(account_id), sealed)

    def delete(self, account_id: str) -> None:
        """Forget the account's secret; nothing happens where there is none."""
        with self._store.write() as work:
            work.secrets.delete(_place(account_id))


def _place(account_id: str) -> str:
    return f"account:{account_id}"
