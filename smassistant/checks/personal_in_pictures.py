"""Phone numbers, addresses, licence plates and the like that can be read in a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smassistant.checks.contacts import OwnContacts
from smassistant.checks.names_in_pictures import blur_mend
from smassistant.checks.personal_data import Datum, find_data
from smassistant.checks.personal_information import message_about
from smassistant.checks.signs import place_words, shown_writing
from smassistant.checks.ways_on import ways_on
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Severity
from smassistant.domain.folding import fold
from smassistant.domain.pictures import Picture, Writing
from smassistant.domain.posts import Draft

PLATE = "licence_plate"
# Alberta and Nova Scotia ABC-1234, Manitoba and older ABC 123, Saskatchewan 123 ABC, British
# Columbia AB1 23C, Ontario ABCD 123, Québec A12 BCD.
_PLATE = re.compile(
    r"[A-Z]{3}[-. ·]?\d{3,4}|\d{3}[-. ·]?[A-Z]{3}|[A-Z]{2}\d[-. ]?\d{2}[A-Z]"
    r"|[A-Z]{4}[-. ·]?\d{3}|[A-Z]\d{2}[-. ]?[A-Z]{3}"
)
_LETTERS = re.compile(r"[A-Z]+")
_YEAR = re.compile(r"\D*(?:19|20)\d\d$")
_NO_PLATE = frozenset(
    "JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC FALL ROOM GYM LAB BUS UNIT EXIT RAM HWY "
    "CLASS TEAM LANE LEVEL PAGE VOL ISO ART BIO ENG SCI MATH FREE CHEM PHYS".split()
)


def find_personal_in_pictures(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each piece of personal data that is not one of the school's own contacts."""
    own = OwnContacts(facts.own_contacts, facts.schools)
    for number, picture in enumerate(draft.pictures, start=1):
        for writing in shown_writing(picture):
            folded = fold(writing.text)
            ours = tuple(own.spans(folded.text))
            for datum in (*find_data(folded.text, own), *_plates(folded.text)):
                if any(first <= datum.start and datum.end <= last for first, last in ours):
                    continue
                start, end = folded.span(datum.start, datum.end)
                yield _finding(number, picture, writing, writing.text[start:end], datum, facts)


def _plates(text: str) -> Iterator[Datum]:
    """The whole line, where it is written like a licence plate."""
    plain = text.strip()
    letters = "".join(_LETTERS.findall(plain))
    if _PLATE.fullmatch(plain) and not _YEAR.match(plain) and letters not in _NO_PLATE:
        start = text.index(plain)
        yield Datum(PLATE, start, start + len(plain), sure=False)


def _finding(
    number: int, picture: Picture, writing: Writing, words: str, datum: Datum, facts: Facts
) -> Finding:
    code = f"personal.{datum.kind}"
    severity = Severity.BLOCK if datum.sure else Severity.WARN
    where = place_words(writing, picture).format(words=words)
    return Finding(
        code=code,
        clause="4",
        severity=severity,
        where=f"photo:{number}",
        message=f"{where} {message_about(datum.kind)}",
        surface=words,
        mends=(blur_mend(picture), *ways_on(code, severity, facts)),
        anchor=Anchor(f"photo:{number}/{writing.id}", words),
    )


CHECK = Check("picture_data", "4", "Personal data in pictures", find_personal_in_pictures)
