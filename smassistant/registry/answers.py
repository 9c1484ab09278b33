"""What was answered to one permission: yes, no, nothing, or something that can't be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache


class Reply(StrEnum):
    """One answer, as one letter so that the answers of a row are one short string."""

    NO = "n"
    UNCLEAR = "u"
    BLANK = "b"
    YES = "y"


STRICTEST = "nuby-"
"""Of two answers to one permission the one further left counts; "-" is not even a question."""


_YES_WORDS = "yes y true granted oui o vrai"
_NO_WORDS = "no n false refused non faux"
_YES_PHRASES = """
agree|i agree|agreed|accept|i accept|accepted|allow|i allow|allowed|approved|consent|i consent
consents|consented|consent given|consent granted|i give consent|i give my consent|permitted
i give permission|i give my permission|i grant permission|i grant my permission|i permit
i authorize|i authorise|authorized|authorised|permission granted|permission given|grant|given
je consens|j accepte|j autorise|je donne mon consentement|je donne mon autorisation|autorise
autorisee|accorde|accordee|accepte|acceptee|consenti|permis|je permets|d accord|je suis d accord
"""
_NO_PHRASES = """
disagree|i disagree|i do not agree|i don t agree|decline|i decline|declined|denied|deny|refuse
i refuse|not granted|not permitted|not allowed|i do not consent|i don t consent|do not consent
does not consent|no consent|consent refused|consent denied|consent withheld|withheld|i do not allow
i do not give consent|i do not give my consent|i do not give permission|i do not permit
i do not give my permission|i don t give permission|i do not grant permission|no permission
i do not authorize|i do not authorise|not authorized|not authorised|permission denied
permission refused|i do not accept|withdrawn|revoked|consent withdrawn|prohibited
je refuse|je ne consens pas|ne consens pas|je n autorise pas|n autorise pas|je n accepte pas
n accepte pas|non autorise|non autorisee|refusee|pas d accord|je ne donne pas mon consentement
je ne donne pas mon autorisation|je ne permets pas|interdit|interdite|retire|retiree|non accorde
"""
_DROPPED = str.maketrans(dict.fromkeys(".,!;:'’-–—", " "))
"""Signs that change nothing; any other sign (a question mark, a star, brackets) makes doubt."""


def _phrases(text: str) -> list[str]:
    """The phrases of one of the lists above."""
    return [phrase for line in text.split("\n") for phrase in line.split("|") if phrase]


def _table() -> dict[str, Reply]:
    """Every answer that can be read: a word, a phrase, or both where they agree."""
    known: dict[str, Reply] = {}
    for reply, words, phrases in (
        (Reply.YES, _YES_WORDS, _phrases(_YES_PHRASES)),
        (Reply.NO, _NO_WORDS, _phrases(_NO_PHRASES)),
    ):
        known.update(dict.fromkeys([*words.split(), *phrases], reply))
        for word in ("yes", "oui") if reply is Reply.YES else ("no", "non"):
            known.update({f"{word} {phrase}": reply for phrase in phrases})
    return known


_KNOWN = _table()
# Digits are read as they stand ("-1" is no 1); "1.0" is what programs make of 1.
_DIGITS = {"1": Reply.YES, "1.0": Reply.YES, "0": Reply.NO, "0.0": Reply.NO}


def reply_of(text: str, values: Mapping[str, bool | None] | None = None) -> Reply:
    """The answer in `text` (tidied, no formula). `values` are the school's own answers.

    Only what is known word for word is read: "yes, but not on Facebook" is UNCLEAR, and so is an
    answer that the school says is none (None in `values`).
    """
    if values and (plain := plain_answer(text)) in values:
        mapped = values[plain]
        return Reply.UNCLEAR if mapped is None else Reply.YES if mapped else Reply.NO
    return _known_reply(text)


@lru_cache(maxsize=4096)
def _known_reply(text: str) -> Reply:
    """`reply_of` without a mapping."""
    if any(map(str.isdigit, text)):
        return _DIGITS.get(text, Reply.UNCLEAR)
    return _KNOWN.get(plain_answer(text), Reply.UNCLEAR) if text else Reply.BLANK


def plain_answer(text: str) -> str:
    """`text` in small letters, without accents and without the signs that change nothing.

    Where there are digits every sign may change something: "-1" is no 1.
    """
    if any(map(str.isdigit, text)):
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(plain.translate(_DROPPED).split())
