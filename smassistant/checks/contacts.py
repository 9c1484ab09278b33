"""Contacts that are the school's own: they are meant to be public."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from smassistant.domain.folding import fold, squash

_SCHOOL_KINDS = frozenset(
    {"school", "elementary", "middle", "high", "secondary", "junior", "senior", "ecole", "academy"}
    | {"collegiate", "centre", "center", "community", "public", "catholic", "division", "primary"}
)


_PAGE = re.compile(r"(?:https?://)?(?:www\.)?(?P<page>[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]\S*)?)")
_LOCAL = 7  # digits of a number without its area code
_HASHTAG = re.compile(r"#\w+")


class OwnContacts:
    """The settings' own contacts: phone numbers, e-mail patterns (`*@school.ca`), domains,
    street addresses, hashtags, pages; and the domains that carry the name of one of the schools."""

    def __init__(self, contacts: Iterable[str], schools: Iterable[str]) -> None:
        entries = [fold(contact).text.strip().lower() for contact in contacts]
        self._numbers = {digits(entry)[-10:] for entry in entries if len(digits(entry)) >= 7}
        self._patterns = [entry for entry in entries if "." in entry and not entry[0].isdigit()]
        self._streets = [squash(entry) for entry in entries if re.search(r"\d.*[a-z]{3}", entry)]
        self._hashtags = {entry for entry in entries if entry.startswith("#")}
        self._pages = [match["page"] for entry in entries if (match := _PAGE.fullmatch(entry))]
        names = (key for school in schools for word in school.split() if (key := squash(word)))
        self._schools = {name for name in names if len(name) > 4} - _SCHOOL_KINDS

    def has_number(self, text: str) -> bool:
        """Whether the phone number is one of our own, with or without its area code."""
        number = digits(text)[-10:]
        return number in self._numbers or (
            len(number) == _LOCAL and any(own.endswith(number) for own in self._numbers)
        )

    def has_mail(self, address: str) -> bool:
        """Whether the e-mail address is ours: listed, of a listed domain or a school's domain."""
        address = address.lower()
        domain = address.rsplit("@", 1)[-1]
        for pattern in self._patterns:
            if fnmatchcase(address, pattern) or fnmatchcase(domain, pattern.lstrip("@")):
                return True
            if domain.endswith("." + pattern.lstrip("@")):
                return True
        labels = re.split(r"[.-]", domain)[:-1]
        if "students" in labels or "student" in labels:
            return False
        return not self._schools.isdisjoint(labels)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where one of our own pages or hashtags stands in folded `text`."""
        text = text.lower()
        for match in _HASHTAG.finditer(text) if self._hashtags else ():
            if match.group() in self._hashtags:
                yield match.span()
        for match in _PAGE.finditer(text) if self._pages else ():
            if any(_is_under(match["page"], page) for page in self._pages):
                yield match.span()

    def has_street(self, text: str) -> bool:
        """Whether the street address is one of our own."""
        key = squash(text)
        return any(key.startswith(street) or street.startswith(key) for street in self._streets)


def _is_under(page: str, own: str) -> bool:
    """Whether a page is `own` or below it; a domain owns its sub-domains too."""
    if "/" not in own:
        host = re.split(r"[/?#]", page)[0]
        return host == own or host.endswith("." + own)
    rest = page.removeprefix(own.rstrip("/"))
    return rest != page and (not rest or not (rest[0].isalnum() or rest[0] in "_-"))


def digits(text: str) -> str:
    """The digits of `text`."""
    return "".join(char for char in text if char.isdigit())
