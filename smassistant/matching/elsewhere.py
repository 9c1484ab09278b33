"""Names of towns, roles, homerooms and shouted short forms, told by what stands beside them."""

from __future__ import annotations

import re

from smassistant.matching.grammar import role
from smassistant.matching.lone import Lone
from smassistant.matching.parts import Parts
from smassistant.words import words_of

_ON_STAGE = words_of(
    "stars starring star cast plays played playing play dressed costume role debut shone shines "
    "portrayed portrays featuring"
)
_BEATING = words_of(
    "beat beats defeated defeats edged edges downed downs hosts hosted blanked over at vs versus "
    "upset topped faces faced eliminated visits thumped tops"
)
_CONTRACTION = re.compile(r"(?i:i|you|he|she|we|they|it|that|there|who)'(?i:d|ll|m|re|ve|s)")
_DOING = frozenset({"past", "verb", "ed", "having", "being", "modal", "and", "adverb", "with"})
_SETTING = words_of(
    "set bumped moved pushed due scheduled booked planned postponed delayed slated back until "
    "ready reporte reportee remis prevu prevue just not only all through except"
)
_SHORT_FORMS = words_of(
    "id ids pe ed am pm tv it un eu us uk ok ai vr av ea eas ta pa ap ib it hr gr ela fmp rom ram "
    "sos aed abc dna gsa ai art sam cal pat ken sal ron sat act pd pda usb led lan gps rv atv bbq"
)
_REGIONS = words_of(
    "utah montana idaho alberta ab ontario bc quebec manitoba saskatchewan yukon nunavut texas "
    "arizona california oregon washington nevada florida wyoming colorado france england scotland "
    "ireland wales australia canada mexico germany italy spain japan jamaica ohio maine vermont "
    "minnesota wisconsin illinois michigan newfoundland labrador"
)
_TITLES = words_of(
    "annie matilda oliver moana mulan coraline pippin hamilton evita emma carrie heidi evangeline "
    "ophelia maleficent ponyo sing frozen elf paddington babe shrek aladdin cinderella"
)
_SHOWN = words_of(
    "movie film musical play presents presente auditions opens rehearsal rehearsals tickets jr "
    "screening showing matinee production novel musicale spectacle"
)
_ADULT_HELP = words_of("parent parents community adult staff lunch church library senior")
_CLOSED = frozenset(
    {"subject", "object", "owner", "article", "not", "in", "of", "to", "with", "and", "but",
     "being", "having", "modal"}
)  # fmt: skip


def towns(parts: Parts, one: Lone) -> bool:
    """ "Logan, Utah", "Paris, London, Rome", "Dallas beat Calgary", "Paris 2024"."""
    stretch, cities = parts.stretch, parts.words.cities
    tokens, gaps = stretch.tokens, stretch.gaps
    region = one.end < len(tokens) and gaps[one.end - 1] == ", " and tokens[one.end].cap
    if region and tokens[one.end].key in _REGIONS and not parts.firsts[one.end]:
        return True
    if tokens[one.at].key not in cities or one.end >= len(tokens):
        return one.at > 0 and tokens[one.at].key in cities and _town_run(parts, one.at) > 2
    after = tokens[one.end]
    if gaps[one.end - 1] == " " and after.raw.isdigit() and len(after.raw) == 4:
        return True
    if gaps[one.end - 1] == " " and after.key in _BEATING and one.end + 1 < len(tokens):
        then = tokens[one.end + 1]
        return then.cap and then.key in cities and not parts.firsts[one.end + 1]
    return _town_run(parts, one.at) > 2


def _town_run(parts: Parts, at: int) -> int:
    """How many towns stand in a list around the token; 0 where all may be people of ours."""
    first = last = at
    while first and _listed_town(parts, first - 1, first):
        first -= 1
    while last + 1 < len(parts.stretch.tokens) and _listed_town(parts, last + 1, last + 1):
        last += 1
    run = range(first, last + 1)
    return len(run) if any(not parts.firsts[place] for place in run) else 0


def _listed_town(parts: Parts, at: int, end: int) -> bool:
    gap = parts.stretch.gaps[end - 1].strip()
    return gap in (",", "&", "/") and parts.stretch.tokens[at].key in parts.words.cities


def on_stage(parts: Parts, one: Lone) -> bool:
    """A role: "Emma Smith stars as Fern", "Annie will be played by", "the part of Annie"."""
    tokens, gaps = parts.stretch.tokens, parts.stretch.gaps
    then = [token.key for token in tokens[one.end : one.end + 4]]
    if "by" in then and "played" in then and gaps[one.end - 1] == " ":
        return True
    if not one.at or gaps[one.at - 1] != " ":
        return False
    lead = [token.key for token in tokens[max(0, one.at - 9) : one.at]]
    if lead[-1] == "as":
        return not _ON_STAGE.isdisjoint(lead) or "as" in then
    return lead[-1] in ("of", "de") and lead[-2:-1] in (["part"], ["role"], ["cast"])


def title_of_work(parts: Parts, one: Lone) -> bool:
    """A play or film: "the movie is Matilda", "Annie auditions"."""
    tokens = parts.stretch.tokens
    if tokens[one.at].key not in _TITLES or tokens[one.end - 1].possessive:
        return False
    beside = {token.key for token in tokens[max(0, one.at - 6) : one.at]}
    beside |= {token.key for token in tokens[one.end : one.end + 2]}
    return not _SHOWN.isdisjoint(beside)


def parent_helper(parts: Parts, one: Lone) -> bool:
    """ "Parent volunteer Dirk": helpers who aren't students."""
    lead = [token.key for token in parts.stretch.tokens[max(0, one.at - 2) : one.at]]
    return len(lead) == 2 and lead[0] in _ADULT_HELP and lead[1].startswith(("volunt", "helper"))


def shouted(parts: Parts, one: Lone) -> bool:
    """A short form in capitals: "photo ID"; AJ and JP are names."""
    token = parts.stretch.tokens[one.at]
    return token.raw.isupper() and token.key in _SHORT_FORMS and not parts.stretch.caps


def homeroom(parts: Parts, one: Lone) -> bool:
    """A class by its teacher: "7-Penner kids"."""
    stretch, at = parts.stretch, one.at
    return at > 0 and stretch.gaps[at - 1] == "-" and stretch.tokens[at - 1].raw[0].isdigit()


def little_word(parts: Parts, one: Lone) -> bool:
    """A name like Do or Le where it is the word: in small letters, or as "Le buffet"; "I'd"."""
    stretch = parts.stretch
    token = stretch.tokens[one.at]
    if _CONTRACTION.fullmatch(token.raw):
        return True
    kind = role(token.key)
    if kind not in _CLOSED or one.end - one.at > 1:
        return False
    if one.surname and (stretch.lower or not token.cap):
        return True
    if kind == "modal" or not (stretch.starts_sentence(one.at) and stretch.plain(one.at)):
        return False
    then = stretch.tokens[one.end]
    return not then.cap and role(then.key) not in _DOING


def put_off(parts: Parts, one: Lone) -> bool:
    """A month to which something is moved or set: "bumped to April", "set for June"."""
    stretch, at = parts.stretch, one.at
    if stretch.tokens[at].key not in parts.words.months or at < 2 or not stretch.plain(at - 1):
        return False
    lead = [token.key for token in stretch.tokens[max(0, at - 5) : at]]
    if lead[-1] not in ("to", "for", "a", "au", "pour", "from", "of", "just", "merry", "happy"):
        return False
    return not _SETTING.isdisjoint(lead[:-1]) or lead[-1] == "merry"


def numbered(parts: Parts, one: Lone) -> bool:
    """A thing with a number: "for Ward 3", "in Hall 2"."""
    stretch, at = parts.stretch, one.at
    if not (one.wordy and stretch.plain(one.end - 1) and at and stretch.plain(at - 1)):
        return False
    digit = stretch.tokens[one.end].raw.isdigit()
    return digit and role(stretch.tokens[at - 1].key) in ("in", "to", "of", "from", "number")


NOT_HERE = (towns, on_stage, shouted, homeroom, little_word, put_off, numbered,
            title_of_work, parent_helper)  # fmt: skip
