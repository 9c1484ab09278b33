"""Staff, accounts, settings and sealed values."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from smassistant.domain.folding import fold
from smassistant.domain.places import Account
from smassistant.domain.settings import Settings
from smassistant.domain.users import User
from smassistant.i18n import N_
from smassistant.storage.codec import decode_settings, encode_settings
from smassistant.storage.repositories.base import Unit, VersionedMirror
from smassistant.storage.rows import AccountRow, SecretRow, SettingsRow, UserRow


def sign_in_key(sign_in: str) -> str:
    """A sign-in name as names are told apart: without case, accents or look-alike letters."""
    return fold(sign_in.strip()).text.casefold()


class UsersTable(VersionedMirror[User]):
    """Implements `ports.Users`."""

    kind = "users"
    row = UserRow
    shape = User
    clash = N_("Somebody else changed this sign-in in the meantime.")

    def get(self, user_id: str) -> User | None:
        """The user of this id."""
        return self._one(UserRow.id == user_id)

    def by_sign_in(self, sign_in: str) -> User | None:
        """The user who signs in by this name; case and accents don't matter."""
        return self._one(UserRow.sign_in_key == sign_in_key(sign_in))

    def list(self) -> tuple[User, ...]:
        """All users, by name."""
        found = self._many(self._select())
        return tuple(sorted(found, key=lambda user: (sign_in_key(user.name), user.id)))

    def add(self, user: User, password_hash: str) -> None:
        """Add a user; Clash when the sign-in name is taken."""
        self._unit.change(self.kind, user.id)
        values = self._values(user) | {"password_hash": password_hash}
        self._unit.run(insert(UserRow).values(values))

    def save(self, user: User) -> User:
        """Store a changed user; the password stays. Clash when somebody else did in between."""
        return self._update(user)

    def password_hash(self, user_id: str) -> str:
        """The user's password hash; KeyError for an unknown user."""
        found = self._unit.rows(select(UserRow.password_hash).where(UserRow.id == user_id))
        if not found:
            raise KeyError(user_id)
        return str(found[0].password_hash)

    def set_password_hash(self, user_id: str, password_hash: str) -> None:
        """Replace the user's password hash; KeyError for an unknown user."""
        self._unit.change(self.kind, user_id)
        changed = update(UserRow).where(UserRow.id == user_id)
        if not self._unit.run(changed.values(password_hash=password_hash)):
            raise KeyError(user_id)

    def _values(self, thing: User) -> dict[str, Any]:
        return super()._values(thing) | {"sign_in_key": sign_in_key(thing.sign_in)}


class AccountsTable(VersionedMirror[Account]):
    """Implements `ports.Accounts`."""

    kind = "accounts"
    row = AccountRow
    shape = Account
    clash = N_("Somebody else changed this account in the meantime.")

    def get(self, account_id: str) -> Account | None:
        """The account of this id."""
        return self._one(AccountRow.id == account_id)

    def list(self) -> tuple[Account, ...]:
        """All accounts, by place, then name."""
        found = self._many(self._select())
        return tuple(sorted(found, key=lambda account: (account.place, account.name, account.id)))

    def add(self, account: Account) -> None:
        """Add an account."""
        self._insert([account])

    def save(self, account: Account) -> Account:
        """Store a changed account; Clash when somebody else did in between."""
        return self._update(account)


class SettingsTable:
    """Implements `ports.SettingsRows`."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self) -> Settings:
        """The settings; the defaults before anybody has saved any."""
        wanted = select(SettingsRow.content)
        found = self._unit.rows(wanted.with_for_update() if self._unit.writing else wanted)
        return decode_settings(found[0].content) if found else Settings()

    def save(self, settings: Settings) -> None:
        """Replace the settings."""
        self._unit.change("settings", "settings")
        content = encode_settings(settings)
        if not self._unit.run(update(SettingsRow).values(content=content)):
            self._unit.run(insert(SettingsRow).values(id=1, content=content))


class SecretsTable:
    """Implements `ports.Secrets`."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self, name: str) -> bytes | None:
        """The sealed value."""
        found = self._unit.rows(select(SecretRow.sealed).where(SecretRow.name == name))
        return found[0].sealed if found else None

    def set(self, name: str, sealed: bytes) -> None:
        """Keep a sealed value, replacing an earlier one."""
        self._unit.change("secrets", name)
        changed = update(SecretRow).where(SecretRow.name == name).values(sealed=sealed)
        if not self._unit.run(changed):
            self._unit.run(insert(SecretRow).values(name=name, sealed=sealed))

    def delete(self, name: str) -> None:
        """Forget a sealed value; nothing happens where there is none."""
        self._unit.change("secrets", name)
        self._unit.run(delete(SecretRow).where(SecretRow.name == name))
