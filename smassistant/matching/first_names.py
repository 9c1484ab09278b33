"""A first name on its own, as a candidate for `weighing`."""

from __future__ import annotations

from smassistant.domain.findings import Form
from smassistant.matching.grammar import role
from smassistant.matching.lone import Lone, is_title, title_before
from smassistant.matching.parts import Parts
from smassistant.matching.vocabulary import OFFICES, ROYALTY

# Titles that students bear too.
_BORNE = OFFICES - ROYALTY
# No, Si, Us: a short form that is such a word is the word.
_NEVER_SHORT = frozenset({"subject", "object", "owner", "article", "not", "in", "and", "but"})


def first_name_at(parts: Parts, at: int, taken: set[int]) -> Lone | None:
    """The first name at a token, not yet weighed; None where there is none.

    `taken` are tokens that belong to full names.
    """
    found = [part for part in parts.firsts[at] if taken.isdisjoint(range(at, part.end))]
    token = parts.stretch.tokens[at]
    if not found or not (token.cap or parts.stretch.lower):
        return None
    part = max(found, key=lambda one: one.end)
    title = title_before(parts, at)
    if is_title(parts, at) or (title is not None and title.key not in _BORNE):
        return None
    if not part.exact and role(token.key) in _NEVER_SHORT:
        return None
    form = Form.FIRST_NAME if part.exact else Form.NICKNAME
    wordy = parts.all_words(at, part.end)
    return Lone(at, part.end, part.exact, part.loose, form, 0.0, wordy)
