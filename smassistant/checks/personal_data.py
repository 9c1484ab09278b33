"""Numbers, dates and addresses that belong to a person, found by their shape and their context."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from smassistant.checks.contacts import OwnContacts, digits


@dataclass(frozen=True, slots=True)
class Datum:
    """A piece of personal data: the last part of its code, where it stands in the folded text.

    `sure` False where it may as well be public, such as the address of an event.
    """

    kind: str
    start: int
    end: int
    sure: bool = True


def find_data(text: str, own: OwnContacts) -> Iterator[Datum]:
    """Every piece of personal data in folded `text`, each stretch of it once."""
    taken: list[Datum] = []
    for finder in _FINDERS:
        for datum in finder(text, own):
            if all(datum.end <= other.start or other.end <= datum.start for other in taken):
                taken.append(datum)
                yield datum


_SENTENCE = re.compile(r"[.!?\n](?:\s|$)")


def _around(text: str, start: int, end: int, reach: int = 60) -> str:
    """The words around, within the sentence and `reach` characters, in lower case."""
    before = text[max(0, start - reach) : start]
    after = text[end : end + reach]
    before = _SENTENCE.split(before)[-1]
    after = _SENTENCE.split(after, maxsplit=1)[0]
    return f"{before} {after}".lower()


_HOME = re.compile(
    r"\b(?:home|house|mom|mum|dad|mother|father|parents?|cell|mobile|her|his|their|family|lives?|"
    r"living|text (?:me|her|him)|call (?:me|her|him)|grandma|aunt|uncle|son|daughter|my|personal|"
    r"drop|deliver|maison|chez|mere|pere|maman|papa|famille|habite\w*|sa|son|mon|ma|cellulaire)\b"
)
_PUBLIC = re.compile(
    r"\b(?:office|school|ecole|bureau|secretariat|reception|front desk|main line|attendance|"
    r"library|bibliotheque|gym|arena|centre|center|hotline|helpline|toll|theatre|church|hall|park|"
    r"museum|college|university|transportation|absence|restaurant|hotel|field|stadium|pool|"
    r"info(?:rmation)? line|rink|club|board|division|centre|venue|studio|lodge|crash|collision|"
    r"rollover|accident|ditch|intersection|detour|roadwork|highway|hwy)\b"
)


def _is_public(text: str, start: int, end: int) -> bool:
    """Whether the words around speak of the school or a venue, and of nobody's home."""
    around = _around(text, start, end)
    return bool(_PUBLIC.search(around)) and not _HOME.search(around)


_PHONE = re.compile(
    r"(?<![\w.$#/-])(?:\+?1[ .-]?)?(?:\(([2-9]\d{2})\)\s?|([2-9]\d{2})[ .-])[2-9]\d{2}[ .-]?\d{4}"
    r"(?![\w-])|(?<![\w.+])\+(?!1[ .-]?\d{3})\d{1,3}(?:[ .-]?\d){7,12}(?!\d)"
)
_BARE_PHONE = re.compile(r"(?<![\w.$#/-])(?:[2-9]\d{2}[2-9]\d{6}|[2-9]\d{2}[ .-]\d{4})(?![\w-])")
_CALLING = re.compile(
    r"\b(?:call|text|phone|cell|tel|ring|number|contact|mobile|reach|appelez|appeler|telephone|"
    r"cellulaire|textez|numero|joindre|dm)\b"
)
_DIGIT = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|un|deux|trois|quatre|cinq|sept|huit|"
    r"neuf)"
)
_SPELT_PHONE = re.compile(rf"\b{_DIGIT}(?:[ ,.-]+{_DIGIT}){{6,10}}\b", re.IGNORECASE)
_TOLL_FREE = frozenset({"800", "888", "877", "866", "855", "844", "833"})


def _phones(text: str, own: OwnContacts) -> Iterator[Datum]:
    for match in _PHONE.finditer(text):
        area = match.group(1) or match.group(2) or ""
        public = area in _TOLL_FREE or _is_public(text, *match.span())
        if not public and not own.has_number(match.group()):
            yield Datum("phone", *match.span())
    for match in _SPELT_PHONE.finditer(text):
        if _CALLING.search(_around(text, *match.span(), reach=40)):
            yield Datum("phone", *match.span())
    for match in _BARE_PHONE.finditer(text):
        if _CALLING.search(_around(text, *match.span(), reach=40)):
            public = _is_public(text, *match.span())
            if not public and not own.has_number(match.group()):
                yield Datum("phone", *match.span())


# A name has at most 64 characters: bounded, so that a long run of letters is not searched through
# again from each of its letters.
_MAIL = re.compile(
    r"(?<![\w.+-])(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24})",
    re.IGNORECASE,
)
_SPELT_MAIL = re.compile(
    r"\b(?:e-?mail|mail|write|contact|reach|courriel)\b[^.!?\n]{0,20}?"
    r"(?P<mail>\b[\w.+-]{1,64} ?(?:\(at\)|\[at\]| at ) ?[\w-]{1,63} ?(?:\(dot\)|\[dot\]| dot ) ?"
    r"[a-z]{2,4}\b)",
    re.IGNORECASE,
)
_OFFICE_MAIL = re.compile(
    r"(?:office|info|admin|contact|reception|library|attendance|registration|register|principal|"
    r"secretary|school|help|support|hello|council|bureau|secretariat|ecole|noreply|transportation|"
    r"athletics|grad|yearbook|band|foip|privacy|communications?|news|events?|tickets?)\W?\d?@"
    r"|(?:ecole|school|bureau|secretariat|office)[.-][\w-]+@",
    re.IGNORECASE,
)


def _mails(text: str, own: OwnContacts) -> Iterator[Datum]:
    for pattern in (_MAIL, _SPELT_MAIL):
        for match in pattern.finditer(text):
            address = match["mail"]
            if not _OFFICE_MAIL.match(address) and not own.has_mail(address):
                yield Datum("email", *match.span("mail"))


_STREET_WORDS = (
    r"street|st|avenue|ave|road|rd|drive|dr|crescent|cres|boulevard|blvd|lane|ln|court|ct|place|"
    r"pl|close|way|trail|terrace|bay|green|point|gate|circle|cir|parkway|heights|highway|hwy"
)
_STREET = re.compile(
    r"(?<![\w$.,:/-])\d{1,5}(?:\s?-\s?\d{1,5})?[A-Za-z]?,?\s+"
    rf"(?:(?:[A-Z][\w.'-]*|\d{{1,3}}(?:st|nd|rd|th)?)\s+){{1,4}}(?:(?i:{_STREET_WORDS}))\b"
    r"(?:\s+(?:(?i:N|S|E|W|NW|NE|SW|SE|North|South|East|West))\b)?"
    r"(?=\s*(?:[,.;:!?)\n]|$|(?:in|for|at|on|after|by|from|near|between|and|if|this|before)\b))"
)
_RUE = re.compile(
    r"(?<![\w$.,:/-])\d{1,5}(?:-\d{1,5})?,?\s+(?:rue|avenue|av\.|boulevard|boul\.|chemin|place|rang)"
    r"\s+(?:(?:de|du|des|la|le|les|l'|d'|saint|sainte)[\s-]*)*[A-Z][\w'-]+(?:[\s-][A-Z][\w'-]+)*"
)
_POSTAL = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d\b")
_BOX = re.compile(
    r"\bP\.?\s?O\.?\s?Box\s+\d+|\bC\.?\s?P\.?\s+\d{2,}|\bR\.?\s?R\.?\s?#?\s?\d+\b"
    r"|\b(?:Range|Township|Twp|Rge)\s+Road\s+\d+|\bApt\.?\s*#?\d+|\bUnit\s+#?\d+,?\s+\d+\s+[A-Z]",
    re.IGNORECASE,
)


# Where letters to Santa go; nobody lives there.
_SANTA = re.compile(r"\bH0H ?0H0\b", re.IGNORECASE)


def _streets(text: str, own: OwnContacts) -> Iterator[Datum]:
    for pattern in (_STREET, _RUE, _POSTAL, _BOX):
        for match in pattern.finditer(text):
            if own.has_street(match.group()) or _is_public(text, *match.span()):
                continue
            if _SANTA.search(text, match.start(), match.end() + 40):
                continue
            home = _HOME.search(_around(text, *match.span()))
            yield Datum("address", *match.span(), sure=bool(home) or pattern is _POSTAL)


_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|janvier|fevrier|mars|avril|mai|juin|juillet|aout|"
    r"septembre|octobre|novembre|decembre"
)
_DATE = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{{2}}"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+(?:19|20)\d{{2}}"
)
_BIRTH = re.compile(
    r"\b(?:born|d\.?o\.?b\.?|birth ?date|date of birth|birth ?day|turn(?:s|ed|ing)? \d{1,2}|"
    r"nee?s? (?:le|en)|date de naissance|anniversaire|naissance)\b[^.!?\n]{0,40}?"
    rf"\b(?P<date>{_DATE})(?!\d)",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(
    rf"\b(?P<date>{_DATE})(?!\d)[^.!?\n]{{0,25}}?\b(?:d\.?o\.?b|birth ?date|date of birth|born)\b",
    re.IGNORECASE,
)


def _births(text: str, own: OwnContacts) -> Iterator[Datum]:
    for pattern in (_BIRTH, _BIRTH_AFTER):
        for match in pattern.finditer(text):
            yield Datum("birth_date", *match.span("date"))


_HEALTH = re.compile(
    r"\b(?:PHN|ULI|AHC(?:IP)?|RAMQ|OHIP|health ?(?:care )?(?:card|number)|carte (?:soleil|sante)|"
    r"(?:medical|alberta health)(?: care)?(?: number| card| #)?)\b"
    r"[^.!?\n\d]{0,25}"
    r"(?P<number>\d{4,5}[ -]?\d{4,5}|\d{4}[ -]\d{3}[ -]\d{3}|[A-Z]{4} ?\d{4} ?\d{4})",
    re.IGNORECASE,
)
_STUDENT = re.compile(
    r"\b(?:ASN|PEN|OEN|student (?:number|no\.?|id|#)|learner (?:number|id)|alberta student number|"
    r"school id|id (?:number|no\.?|#)|lunch (?:number|pin|account)|numero d'eleve|code permanent|"
    r"matricule)(?!\w)[^.!?\n\d]{0,25}(?P<number>[A-Z]{0,4}\d(?:[ -]?\d){3,11})",
    re.IGNORECASE,
)
_INSURANCE = re.compile(
    r"\b(?:SIN|NAS|social insurance(?: number)?|assurance sociale)\b[^.!?\n\d]{0,25}"
    r"(?P<number>\d{3}[ -]?\d{3}[ -]?\d{3})(?!\d)",
    re.IGNORECASE,
)
_NINE = re.compile(
    r"(?<![\w.$/-])(?:\d{9}|\d{3}[ -]\d{3}[ -]\d{3}|\d{5}-\d{4}|\d{4}[ -]\d{4}[ -]\d)(?![\w-])"
)


def _numbers(text: str, own: OwnContacts) -> Iterator[Datum]:
    kinds = (("health", _HEALTH), ("student_number", _STUDENT), ("insurance_number", _INSURANCE))
    for kind, pattern in kinds:
        for match in pattern.finditer(text):
            yield Datum(kind, *match.span("number"))
    for match in _NINE.finditer(text):
        number = digits(match.group())
        if own.has_number(number):
            continue
        # Nine digits that nothing explains: perhaps a student, health or insurance number.
        known = _luhn(number) and re.search(r"\D", match.group()) is not None
        yield Datum("insurance_number" if known else "student_number", *match.span(), sure=False)


def _luhn(number: str) -> bool:
    """Whether the check digit of a social insurance number is right."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(number)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_FINDERS: tuple[Callable[[str, OwnContacts], Iterator[Datum]], ...] = (
    _numbers,
    _phones,
    _mails,
    _births,
    _streets,
)
