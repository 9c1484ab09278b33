"""The system's keyring: whether it really keeps secrets, and the master key in it."""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.security.keys import KEY_BYTES

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "SM Assistant"

# Back ends that encrypt. Others would write secrets in plain text, or forget them silently.
REAL = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)


@dataclass(frozen=True, slots=True)
class KeyringState:
    """Whether the keyring can be used, and what to tell the person where it can't."""

    usable: bool
    title: str = ""
    explanation: str = ""
    next_step: str = ""


def keyring_state(
    backend: KeyringBackend | None = None, real: frozenset[str] = REAL
) -> KeyringState:
    """Whether the system's keyring keeps a secret, tried out. Never raises.

    May wait for the person where the system asks to unlock: call it off the window's thread.
    """
    try:
        find_keyring(backend, real)
    except UserError as error:
        return KeyringState(False, error.title, error.explanation, error.next_step)
    return KeyringState(True)


def find_keyring(
    backend: KeyringBackend | None = None, real: frozenset[str] = REAL
) -> KeyringBackend:
    """The keyring, proven by writing, reading and deleting a probe; UserError says why not."""
    with told_plainly():
        found = _real_one(backend or _system_backend(), real)
        _prove(found)
    return found


def load_master(install_id: str, backend: KeyringBackend | None = None) -> bytes | None:
    """The master key of this installation; None where the keyring has none."""
    with told_plainly():
        stored = (backend or find_keyring()).get_password(SERVICE, install_id)
    if stored is None:
        return None
    try:
        master = base64.b64decode(stored, validate=True)
    except (binascii.Error, ValueError):
        master = b""
    if len(master) != KEY_BYTES:
        raise UserError(
            _("The key in this computer's keyring is damaged."),
            _("The entry “{service}” does not hold a key.").format(service=SERVICE),
            _("Use the printed recovery key."),
        )
    return master


def store_master(install_id: str, key: bytes, backend: KeyringBackend | None = None) -> None:
    """Keep the master key of this installation and see that it is kept."""
    if len(key) != KEY_BYTES:
        raise ValueError("the master key has 32 bytes")
    text = base64.b64encode(key).decode()
    with told_plainly():
        keyring = backend or find_keyring()
        keyring.set_password(SERVICE, install_id, text)
        if keyring.get_password(SERVICE, install_id) != text:
            raise _forgetful()


def _system_backend() -> KeyringBackend:
    import keyring

    return keyring.get_keyring()


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _real_one(backend: KeyringBackend, real: frozenset[str]) -> KeyringBackend:
    """The back end itself, or the one that encrypts among those a chain would ask in turn."""
    chained = _name(backend).endswith(".ChainerBackend")
    candidates: list[Any] = list(getattr(backend, "backends", ())) if chained else [backend]
    for candidate in candidates:
        if _name(candidate) in real:
            if _name(candidate).endswith(".WinVaultKeyring"):
                # Else Windows carries the key to every computer of the domain.
                candidate.persist = "local machine"
            found: KeyringBackend = candidate
            return found
    raise _unreal([_name(candidate) for candidate in candidates])


def _prove(backend: KeyringBackend) -> None:
    """Write, read and delete a probe."""
    name, value = f"probe-{secrets.token_hex(8)}", secrets.token_hex(16)
    backend.set_password(SERVICE, name, value)
    try:
        if backend.get_password(SERVICE, name) != value:
            raise _forgetful()
    finally:
        _forget(backend, name)


def _forget(backend: KeyringBackend, name: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:
        log.warning("the keyring's probe could not be deleted")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the keyring's errors inside into `UserError`."""
    from keyring.errors import KeyringLocked, NoKeyringError

    makers: dict[type[Exception], Callable[[], UserError]] = {
        KeyringLocked: _locked,
        NoKeyringError: _none,
    }
    try:
        yield
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001
        # Each system's back end raises what it likes: D-Bus, Windows and Keychain errors.
        log.warning("keyring error %s", type(error).__name__)
        maker = next((makers[kind] for kind in makers if isinstance(error, kind)), _failing)
        raise maker() from None


def _none() -> UserError:
    return UserError(
        _("This computer has no keyring."),
        _("The key of the school's database can't be kept by the system."),
        _("Choose a passphrase instead; the program asks for it at each start."),
    )


def _locked() -> UserError:
    return UserError(
        _("This computer's keyring is locked."),
        _("It opens with your computer password, usually when you sign in to the computer."),
        _("Unlock the keyring and try again, or use the recovery key."),
    )


def _unreal(names: list[str]) -> UserError:
    """What stands in the keyring's place, told by its name."""
    if any("fail" in name for name in names) or not names:
        return _none()
    if any("plain" in name.lower() for name in names):
        explanation = _("It would keep secrets in a file that anybody can read.")
    elif any("null" in name for name in names):
        explanation = _("It is switched off: it would forget what it is given.")
    else:
        explanation = _("It is of a kind that the program does not know: {name}.").format(
            name=names[0]
        )
    return UserError(
        _("This computer's keyring is not safe to use."),
        explanation,
        _("Choose a passphrase instead, or ask your technician to set up the system's keyring."),
    )


def _forgetful() -> UserError:
    return UserError(
        _("This computer's keyring does not keep what it is given."),
        _("A secret written to it could not be read back."),
        _("Choose a passphrase instead; the program asks for it at each start."),
    )


def _failing() -> UserError:
    return UserError(
        _("This computer's keyring does not work."),
        _("The system reported an error."),
        _("Sign out of the computer and in again, or choose a passphrase instead."),
    )
