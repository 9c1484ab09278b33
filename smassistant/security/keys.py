"""The master key: what is derived from it, and the recovery key a person prints."""

from __future__ import annotations

import hashlib
import secrets
from typing import Literal

from smassistant.errors import UserError
from smassistant.i18n import _

KEY_BYTES = 32
Purpose = Literal["database", "vault", "audit", "check"]

# Crockford's base 32: no I, L, O or U, so that nothing can be misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_CHECK_BYTES = 3
_LENGTH = (KEY_BYTES + _CHECK_BYTES) * 8 // 5  # 56 characters
GROUP = 4


def new_master() -> bytes:
    """A fresh master key: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def derive(master: bytes, purpose: Purpose) -> bytes:
    """The 32-byte key for one purpose; keys of different purposes tell nothing of one another."""
    if len(master) != KEY_BYTES:
        raise ValueError("the master key has 32 bytes")
    digest = hashlib.blake2b(
        purpose.encode(), key=master, person=b"smassistant", digest_size=KEY_BYTES
    )
    return digest.digest()


def recovery_text(master: bytes) -> str:
    """The master key as 14 groups of 4 letters and digits, the last ones guarding against slips."""
    if len(master) != KEY_BYTES:
        raise ValueError("the master key has 32 bytes")
    number = int.from_bytes(master + _check(master))
    digits = "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(_LENGTH)))
    return "-".join(digits[start : start + GROUP] for start in range(0, _LENGTH, GROUP))


def read_recovery(text: str) -> bytes:
    """The master key from a typed recovery key; case, spaces and hyphens don't matter.

    UserError says what is wrong: its length, a character that never occurs, or the group in
    which a character was mistyped.
    """
    typed = "".join(char for char in text.upper() if char.isalnum()).translate(_MISREAD)
    for char in typed:
        if char not in ALPHABET:
            raise _mistyped(_("The character “{char}” never occurs in it.").format(char=char))
    if len(typed) != _LENGTH:
        raise _mistyped(
            _("It has {wanted} letters and digits; {given} were typed.").format(
                wanted=_LENGTH, given=len(typed)
            )
        )
    master = _checked(typed)
    if master is None:
        raise _mistyped(_where_mistyped(typed))
    return master


def _check(master: bytes) -> bytes:
    return hashlib.blake2b(master, person=b"recovery", digest_size=_CHECK_BYTES).digest()


def _checked(typed: str) -> bytes | None:
    """The key, None when its check characters don't fit."""
    number = 0
    for char in typed:
        number = number << 5 | ALPHABET.index(char)
    data = number.to_bytes(KEY_BYTES + _CHECK_BYTES)
    master = data[:KEY_BYTES]
    return master if _check(master) == data[KEY_BYTES:] else None


def _where_mistyped(typed: str) -> str:
    """Which group one wrong character sits in, found by trying all others in each place."""
    groups = {
        place // GROUP + 1
        for place in range(_LENGTH)
        for char in ALPHABET
        if _checked(typed[:place] + char + typed[place + 1 :]) is not None
    }
    if len(groups) == 1:
        return _("Look again at group {n}.").format(n=groups.pop())
    return _("More than one character is not as it was printed.")


def _mistyped(explanation: str) -> UserError:
    return UserError(
        _("This recovery key is not complete or was mistyped."),
        explanation,
        _("Compare it with the print-out, group by group."),
    )
