"""A first name on its own: told from an ordinary word by what stands around it."""

from __future__ import annotations

from smassistant.domain.findings import Form
from smassistant.matching.lone import BEING, Lone, is_title, place, title_before
from smassistant.matching.parts import Part, Parts
from smassistant.matching.tokens import Token
from smassistant.matching.vocabulary import ARTICLES, DAYS, OFFICES, ROYALTY
from smassistant.words import words_of

# Titles that students bear too.
_BORNE = OFFICES - ROYALTY
# Names that also begin a question or a wish: "Will Emma win?"
_ASKING = words_of("will may can hope mark grant bless")
_MONTH_BEFORE = words_of(
    "in until by since next last this during early late mid of from en depuis jusqu fin debut "
    "before after through to"
)


def judge_first_name(parts: Parts, at: int, taken: set[int]) -> Lone | None:
    """The first name at a token, with how sure it is; None where there is none.

    `taken` are tokens that belong to full names. Sureness is a sum of what speaks for and against
    a name, measured on invented posts; from .3 it is worth asking, from .5 likely.
    """
    found = [part for part in parts.firsts[at] if taken.isdisjoint(range(at, part.end))]
    token = parts.stretch.tokens[at]
    if not found or not (token.cap or parts.stretch.lower):
        return None
    part = max(found, key=lambda one: one.end)
    title = title_before(parts, at)
    if is_title(parts, at) or (title is not None and title.key not in _BORNE):
        return None
    wordy = parts.all_words(at, part.end)
    form = Form.FIRST_NAME if part.exact else Form.NICKNAME
    one = Lone(at, part.end, part.exact, part.loose, form, 0.0, wordy)
    one.sure = _base(parts, one, part) + _before(parts, one) + _after(parts, one)
    one.sure += place(parts, one)
    if token.key in parts.words.months:
        one.sure += _calendar(parts, one)
    return one


def _base(parts: Parts, one: Lone, part: Part) -> float:
    """How sure the name is by itself: less where it is an ordinary word, a town or loud."""
    stretch, key = parts.stretch, parts.stretch.tokens[one.at].key
    if stretch.caps:
        return 0.05 if one.wordy else 0.35
    if stretch.lower:
        return 0.1 if one.wordy else 0.45
    if one.wordy or key in parts.words.cities:
        quiet = stretch.starts_sentence(one.at) or stretch.titled
        return 0.18 if quiet else 0.38
    if len(key) < 3:
        return 0.35
    return 0.5 if part.exact else 0.42


def _before(parts: Parts, one: Lone) -> float:
    """What the word before says: a cue, an article, somebody else's first name."""
    stretch = parts.stretch
    if one.at == 0:
        return 0.0
    before, gap = stretch.tokens[one.at - 1], stretch.gaps[one.at - 1]
    if gap.strip(" -*_~'\"") not in ("", ":", ","):
        return 0.0
    strong = before.key in parts.words.strong_cues
    if gap.strip() == ",":
        return 0.1 if strong else 0.0
    if strong:
        return 0.4
    far = stretch.tokens[one.at - 2].key if one.at > 1 else ""
    if before.key in parts.words.weak_cues and far in parts.words.strong_cues:
        return 0.4
    if before.key in ARTICLES and not stretch.tokens[one.end - 1].possessive:
        return -0.45
    if before.key in parts.words.weak_cues:
        return 0.1
    if before.cap and stretch.plain(one.at - 1) and not stretch.caps:
        return _capital_before(parts, one, before)
    return 0.0


def _capital_before(parts: Parts, one: Lone, before: Token) -> float:
    """A capitalised word before: another given name, a place, or just a sentence's start."""
    key = before.key
    if key in parts.words.place_before:
        return -0.5
    if key in _ASKING and parts.stretch.starts_sentence(one.at - 1):
        return -0.1
    if parts.firsts[one.at - 1] or key in parts.words.given_names:
        return -0.55
    if key in parts.words.plain or key in DAYS or key in parts.words.verbs:
        quiet = parts.stretch.starts_sentence(one.at - 1) or parts.stretch.titled
        return 0.0 if quiet else -0.3 if one.wordy else -0.05
    if parts.stretch.starts_sentence(one.at - 1):
        return -0.1
    return -0.3 if key in parts.words.words else -0.55


def _after(parts: Parts, one: Lone) -> float:
    """What follows: a possessive, a verb only people do, an unknown surname, an end."""
    stretch = parts.stretch
    if stretch.tokens[one.end - 1].possessive:
        return _owner(parts, one)
    if one.end >= len(stretch.tokens):
        return _at_end(parts, one)
    after, gap = stretch.tokens[one.end], stretch.gaps[one.end - 1]
    if gap.strip(" -") or "\n" in gap:
        return _at_end(parts, one)
    if stretch.caps:
        return -0.1 if one.wordy else 0.0
    if after.cap and stretch.plain(one.end - 1):
        return _capital_after(parts, one, after)
    if "-" in gap:
        return -0.2 if one.wordy else 0.0
    return _word_after(parts, one, after)


def _owner(parts: Parts, one: Lone) -> float:
    """A possessive speaks for a name, unless the thing owned has a capital: Noah's Ark."""
    if one.end < len(parts.stretch.tokens) and not parts.stretch.caps:
        thing = parts.stretch.tokens[one.end]
        plain = thing.key in parts.words.plain or thing.key in DAYS
        if thing.cap and not plain and not parts.stretch.titled:
            return -0.3
    return 0.25 if one.wordy else 0.3


def _word_after(parts: Parts, one: Lone, after: Token) -> float:
    """A word in small letters, or a number, after the name."""
    if after.key in parts.words.verbs:
        return 0.12 if after.key in BEING and one.wordy else 0.28
    if after.key in parts.words.not_after:
        return -0.3 if one.wordy else -0.1
    if after.raw[0].isdigit():
        return -0.6 if one.wordy else -0.05
    if after.key.endswith("ed") and len(after.key) > 4:
        return 0.15 if one.wordy else 0.22
    return 0.0


def _capital_after(parts: Parts, one: Lone, after: Token) -> float:
    """A capitalised word after: a surname no student has, or the rest of a proper noun."""
    key = after.key
    if key in parts.words.verbs:
        return 0.2
    if key in DAYS:
        return -0.1
    if len(after.raw) == 1:
        return -0.3
    if key in parts.words.plain:
        return -0.3 if one.wordy else -0.05
    if parts.stretch.titled and key in parts.words.words and not one.wordy:
        return -0.1
    if parts.firsts[one.end] and not parts.lasts[one.end]:
        return -0.2 if key not in parts.words.given_names else -0.3
    return -0.65


def _at_end(parts: Parts, one: Lone) -> float:
    """At the end of a clause a name may be a call: "Nice catch, Skip!"."""
    end = parts.stretch.tokens[one.end - 1].end
    mark = parts.stretch.text[end : end + 2].strip()[:1]
    called = one.at > 0 and parts.stretch.gaps[one.at - 1].strip() == ","
    if called and mark in ("", "!", ".", "?"):
        return 0.2
    return 0.12 if mark != ":" and one.at > 0 else 0.0


def _calendar(parts: Parts, one: Lone) -> float:
    """A month, season or feast is a date beside a number or behind "in", "until" …"""
    stretch = parts.stretch
    around = stretch.tokens[max(0, one.at - 1) : one.at] + stretch.tokens[one.end : one.end + 1]
    if any(token.raw[0].isdigit() for token in around):
        return -0.8
    if one.at and stretch.tokens[one.at - 1].key in _MONTH_BEFORE:
        return -0.8 if one.at < 2 or not _cued(parts, one.at - 2) else 0.0
    after = stretch.tokens[one.end].key if one.end < len(stretch.tokens) else ""
    return -0.15 if after in BEING and after not in ("was", "has", "had") else 0.0


def _cued(parts: Parts, at: int) -> bool:
    return parts.stretch.tokens[at].key in parts.words.strong_cues
