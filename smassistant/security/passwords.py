"""Hashing and judging the passwords staff sign in with (clause 3.4)."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from smassistant.i18n import N_, _

SHORTEST = 12
_STRONG = 3  # of zxcvbn's 0 to 4: safe where tries cost as much as argon2's
_SCORED = 72  # zxcvbn refuses longer ones

# Why a part of a password is easy to guess, by the kind of pattern zxcvbn saw in it.
_REASONS = {
    "own": N_("It is built on your name, your school or something else known about you."),
    "dictionary": N_("It is built on a common word, name or password."),
    "spatial": N_("Rows of neighbouring keys are easy to guess."),
    "repeat": N_("Repeated characters are easy to guess."),
    "sequence": N_("Sequences such as abc or 6543 are easy to guess."),
    "date": N_("Dates are easy to guess."),
    "regex": N_("Years are easy to guess."),
}


class ArgonPasswords:
    """Implements `ports.Passwords` by argon2id; `cheap` is for tests only."""

    def __init__(self, cheap: bool = False) -> None:
        profile = profiles.CHEAPEST if cheap else profiles.RFC_9106_LOW_MEMORY
        self._hasher = PasswordHasher.from_parameters(profile)
        # A hash that nothing matches and that costs as much to try as a real one.
        self._nobody = (
            f"$argon2id$v={profile.version}$m={profile.memory_cost},t={profile.time_cost},"
            f"p={profile.parallelism}${_plain_base64(profile.salt_len)}"
            f"${_plain_base64(profile.hash_len)}"
        )

    def hash(self, password: str) -> str:
        """A salted argon2id hash."""
        return self._hasher.hash(_typed(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; takes as long for an unknown user (`stored` None)."""
        try:
            return self._hasher.verify(stored or self._nobody, _typed(password))
        except (VerificationError, InvalidHashError):
            return False

    def weakness(self, password: str, own_words: Sequence[str] = ()) -> str:
        """Why the password is too weak, in plain words; empty when it is strong enough."""
        from zxcvbn import zxcvbn

        if len(password) < SHORTEST:
            return _("It needs at least {n} characters.").format(n=SHORTEST)
        own = sorted({part.lower() for word in own_words for part in (word, *word.split())} - {""})
        judged = zxcvbn(password[:_SCORED], user_inputs=own)
        if judged["score"] >= _STRONG:
            return ""
        return f"{_(_reason(judged))} {_('Several words that do not belong together are strong.')}"


def _typed(password: str) -> bytes:
    """The bytes of a password; an é typed on a Mac and on Windows gives the same."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _plain_base64(length: int) -> str:
    return base64.b64encode(bytes(length)).decode().rstrip("=")


def _reason(judged: Mapping[str, Any]) -> str:
    """What makes the password easy to guess: the longest pattern in it."""
    patterns = [part for part in judged["sequence"] if part["pattern"] in _REASONS]
    if not patterns:
        return N_("It is too easy to guess.")
    longest = max(patterns, key=lambda part: len(part["token"]))
    own = longest.get("dictionary_name") == "user_inputs"
    return _REASONS["own" if own else longest["pattern"]]
