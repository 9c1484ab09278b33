"""What keeps a word from being a lone name: dates, places, strangers, staff, verbs."""

from __future__ import annotations

from smassistant.matching.elsewhere import NOT_HERE
from smassistant.matching.grammar import kinds_of, name_kinds, role
from smassistant.matching.lone import Lone
from smassistant.matching.parts import Parts
from smassistant.matching.tokens import Token
from smassistant.matching.vocabulary import DAYS, OFFICES
from smassistant.words import words_of

_DATE_BEFORE = words_of(
    "in until by since next last this during early late mid of en depuis jusqu fin debut before "
    "after through end start mois each every"
)
_ARTICLES = words_of(
    "the a an le la les un une du des this these every each some no any another ce cette ces"
)
_OF_TIME = words_of(
    "here over almost the a an near nearly coming just around done finally upon long short busy "
    "for when always not national already also another"
)
_SUBJECTS = words_of(
    "grade science math maths art music english french social studies drama dance gym phys ed "
    "student students mom dad grandma grandpa class team project poster christmas halloween"
)
_OBJECTS = frozenset({"subject", "owner", "article", "object"})
_GIVING = words_of("gave give gives giving show showed shows teach taught tell told hand handed "
                   "send sent lend lent offer offered award awarded call called make made "
                   "buy bought brought bring ask asked wish wished")  # fmt: skip
_MOVING = words_of(
    "off "
    "go goes going went gone head heads heading headed trip trips travel travels travelling flew "
    "fly flies flight move moves moved moving drive drives drove bus buses tour tours visit "
    "exchange bound trips ship shipped road route train back all way way voyage allons partent vont"
)
_FRENCH_PLACES = words_of(
    "mont lac rue ile pont parc ville riviere ecole chemin route college hopital avenue boulevard "
    "chateau lake"
)
_FAR = 12  # words within which a pronoun may stand for the name
_LISTS = frozenset({",", "&", ", &"})


def ruled_out(parts: Parts, one: Lone) -> bool:
    """Whether something right beside the candidate makes it no name of ours."""
    for rule in _RULES:  # noqa: SIM110 (a generator would take twice as long)
        if rule(parts, one):
            return True
    return False


def _date(parts: Parts, one: Lone) -> bool:
    """A month beside a number or behind "in", "until"; an ordinary word before a number."""
    stretch = parts.stretch
    before = (
        stretch.tokens[one.at - 1] if one.at and not stretch.gaps[one.at - 1].strip(" .") else None
    )
    after = stretch.tokens[one.end] if stretch.plain(one.end - 1) else None
    digit = after is not None and after.raw[0].isdigit()
    if "month" not in name_kinds(stretch.tokens[one.at].key):
        return digit and one.wordy and not one.surname
    if digit or (before is not None and before.raw[0].isdigit()):
        return True
    return before is not None and before.key in _DATE_BEFORE and not _cued(parts, one)


def _season(parts: Parts, one: Lone) -> bool:
    """ "June is Pride month", "Summer is here": said of a time and not of a child."""
    stretch, end = parts.stretch, one.end
    if "month" not in name_kinds(stretch.tokens[one.at].key) or not stretch.plain(end - 1):
        return False
    if role(stretch.tokens[end].key) != "being" or not stretch.plain(end):
        return False
    if any("person" in kinds_of(token.key) for token in stretch.tokens[end : end + _FAR]):
        return False
    then = stretch.tokens[end + 1]
    return (then.cap and not stretch.caps) or then.key in _OF_TIME


def _cued(parts: Parts, one: Lone) -> bool:
    return one.at > 1 and parts.stretch.tokens[one.at - 2].key in parts.words.strong_cues


def _with_article(parts: Parts, one: Lone) -> bool:
    """A thing: "the Rose", "no hope"."""
    if not one.at or parts.stretch.gaps[one.at - 1].strip():
        return False
    last = parts.stretch.tokens[one.end - 1]
    owns = last.possessive and not (one.surname or one.wordy or last.raw.isupper())
    if parts.stretch.tokens[one.at - 1].key == "a" and (
        parts.stretch.french or _cued(parts, one) or not (one.wordy or one.surname)
    ):
        return False  # "bravo à Emma"
    return parts.stretch.tokens[one.at - 1].key in _ARTICLES and not owns


def _stranger(parts: Parts, one: Lone) -> bool:
    """A capital right beside it that is no ordinary word: somebody else's name."""
    stretch = parts.stretch
    if stretch.caps or stretch.lower or stretch.titled:
        return False
    if stretch.plain(one.end - 1) and not stretch.tokens[one.end - 1].possessive:
        after = stretch.tokens[one.end]
        if after.cap and len(after.raw) > 1 and not common(parts, one.end):
            listed = parts.firsts[one.end] and not parts.lasts[one.end]
            if not listed:
                return True
    if stretch.plain(one.at - 1) and not stretch.tokens[one.at - 1].possessive:
        before = stretch.tokens[one.at - 1]
        quiet = stretch.starts_sentence(one.at - 1) and not _given(parts, one.at - 1)
        return before.cap and not common(parts, one.at - 1) and not quiet
    return False


def _given(parts: Parts, at: int) -> bool:
    return bool(parts.firsts[at]) or parts.stretch.tokens[at].key in parts.words.given_names


def common(parts: Parts, at: int) -> bool:
    """Whether the token with a capital is an ordinary word all the same."""
    key = parts.stretch.tokens[at].key
    words = parts.words
    if key in words.plain or key in DAYS or key in words.verbs or kinds_of(key):
        return True
    if key in words.strong_cues or key in OFFICES or key[0].isdigit():
        return True
    return parts.stretch.starts_sentence(at) and key in words.words and not _given(parts, at)


def _place(parts: Parts, one: Lone) -> bool:
    """A sight or institution: "Parker Road", "Lake Louise"."""
    stretch = parts.stretch
    if stretch.caps or stretch.lower:
        return False
    if stretch.plain(one.end - 1) and not stretch.tokens[one.end - 1].possessive:
        after = stretch.tokens[one.end]
        if after.cap and after.key in parts.words.place_words and not stretch.titled:
            return after.key not in parts.words.verbs
    if not one.at or stretch.gaps[one.at - 1] not in (" ", ". ", "-"):
        return False
    before = stretch.tokens[one.at - 1]
    quiet = before.key in ("new", "old", "storm", "place", "planet")
    if before.key in parts.words.place_before and not quiet:
        return before.cap or before.key in _FRENCH_PLACES
    return False


def _phrase(parts: Parts, one: Lone) -> bool:
    """Part of a fixed expression: "Noah's Ark", "Jack and Jill"."""
    tokens, phrases = parts.stretch.tokens, parts.words.phrases
    for start in range(max(0, one.at - 4), one.at + 1):
        key = "".join(_whole(token) for token in tokens[start : one.end])
        for end in range(one.end, min(start + 6, len(tokens)) + 1):
            if end > one.end:
                key += _whole(tokens[end - 1])
            if key in phrases and end - start > 1:
                return True
    return False


def _whole(token: Token) -> str:
    return token.key + "s" if token.possessive else token.key


def _with_the(parts: Parts, one: Lone) -> bool:
    """ "Franklin the turtle" is no student; "gave Emma the medal" is."""
    stretch = parts.stretch
    if not stretch.plain(one.end - 1) or stretch.tokens[one.end].key != "the":
        return False
    return not one.at or stretch.tokens[one.at - 1].key not in _GIVING


def _verb(parts: Parts, one: Lone) -> bool:
    """ "Hope you", "Will it", "Mark your", "Drew a": a verb before what it is about."""
    stretch = parts.stretch
    if not stretch.plain(one.end - 1) or one.end - one.at > 1:
        return False
    kinds = name_kinds(stretch.tokens[one.at].key)
    if "verb" not in kinds and "aux" not in kinds:
        return False
    if not (stretch.starts_sentence(one.at) or stretch.lower or stretch.caps):
        return False
    return role(stretch.tokens[one.end].key) in _OBJECTS


def _among_staff(parts: Parts, one: Lone) -> bool:
    """ "Teachers Park, Ward and Lund": a list behind a title in the plural."""
    stretch, at = parts.stretch, one.at
    for _ in range(8):
        if not at:
            return False
        gap, before = stretch.gaps[at - 1].strip(), stretch.tokens[at - 1]
        if before.key in ("and", "et") and not gap:
            at -= 1
            continue
        titled = before.key in parts.words.titles and before.key.endswith("s")
        if not gap and titled and len(before.key) > 3:
            return True
        if (gap not in _LISTS and at == one.at and gap) or not before.cap:
            return False
        at -= 1
    return False


def _brand(parts: Parts, one: Lone) -> bool:
    """ "Levi's", "McDonald's"."""
    last = parts.stretch.tokens[one.end - 1]
    return last.possessive and last.key in parts.words.brands


def _thing_of(parts: Parts, one: Lone) -> bool:
    """A thing by somebody's name: "Penner Electric", "Hofer's Honey", "Jackson Hole"."""
    stretch = parts.stretch
    if stretch.caps or stretch.titled or one.end >= len(stretch.tokens):
        return False
    after, gap = stretch.tokens[one.end], stretch.gaps[one.end - 1]
    owns = stretch.tokens[one.end - 1].possessive
    if gap.removeprefix("'s") not in (" ", " & ") or not after.cap or parts.lasts[one.end]:
        return False
    if owns and not one.surname:
        town = stretch.tokens[one.at].key in parts.words.cities  # "Raymond's Ethan Shuley"
        return town or not (kinds_of(after.key) or after.key in _SUBJECTS or after.key in DAYS)
    if parts.firsts[one.end] or (kinds_of(after.key) and not one.surname):
        return False
    return after.key not in parts.words.verbs and after.key not in DAYS and after.key != "grade"


def _journey(parts: Parts, one: Lone) -> bool:
    """A town one goes to: "to Paris or London", "in Jordan"."""
    stretch, at = parts.stretch, one.at
    if stretch.tokens[at].key not in parts.words.cities:
        return False
    while at > 1 and stretch.tokens[at - 1].key in ("or", "and", "ou", "et"):
        at -= 2
    if not at or stretch.gaps[at - 1].strip():
        return False
    before = stretch.tokens[at - 1].key
    if before in ("in", "near", "via", "en"):
        return True
    far = {token.key for token in stretch.tokens[max(0, at - 5) : at - 1]}
    return before in ("to", "from", "for", "at", "a") and not far.isdisjoint(_MOVING)


def _grown_up(parts: Parts, one: Lone) -> bool:
    """A first name behind what only adults are: "bus driver Ben", "our custodian Frank"."""
    stretch = parts.stretch
    if not one.at or stretch.gaps[one.at - 1] not in (" ", ", "):
        return False
    if stretch.tokens[one.at - 1].possessive:
        return False
    before = stretch.tokens[one.at - 1].key
    return "adult" in kinds_of(before) and before not in parts.words.strong_cues


def _from_elsewhere(parts: Parts, one: Lone) -> bool:
    """A guest: "Ethan from Magrath", "Their captain Ethan", "visiting pitcher Ethan"."""
    stretch = parts.stretch
    if _comes_from(parts, one.end):
        return True
    lead = stretch.tokens[one.at - 1] if one.at else None
    if lead is not None and lead.possessive and stretch.gaps[one.at - 1] == "'s ":
        return lead.key in parts.words.cities
    before = stretch.tokens[max(0, one.at - 3) : one.at]
    if any(token.key in ("visiting", "opposing", "rival") for token in before):
        return True
    return (
        bool(before) and one.at < 4 and before[0] is stretch.tokens[0] and before[0].key == "their"
    )


def _comes_from(parts: Parts, end: int) -> bool:
    """Whether token `end` and what follows say where somebody else comes from."""
    stretch = parts.stretch
    tokens, gaps = stretch.tokens, stretch.gaps
    while end + 1 < len(tokens) and tokens[end].key in ("and", "et", "n") and tokens[end + 1].cap:
        end += 2  # "Emma and Liam from the Herald"
    if end + 1 >= len(tokens) or gaps[end - 1] not in (" ", ", ") or stretch.caps:
        return False
    if gaps[end - 1] == ", " and tokens[end].key == "the" and tokens[end + 1].cap:
        return True  # "Tyler, the Creator"
    if gaps[end - 1] != " " or tokens[end].key not in ("from", "of", "de"):
        return False
    where = end + 1
    article = tokens[where].key == "the"
    where += article
    if where >= len(tokens) or not tokens[where].cap:
        return False
    key = tokens[where].key
    if key in parts.words.cities:
        return True
    own = key in parts.index.school_words or key in parts.words.titles or key == "grade"
    return article and not own


_RULES = (
    _date, _season, _with_article, _stranger, _place, _with_the, _verb, _among_staff, _brand,
    _thing_of, _journey, _phrase, _grown_up, _from_elsewhere, *NOT_HERE,
)  # fmt: skip
