"""Contacts that are the school's own: they are meant to be public."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from smassistant.domain.folding import fold, squash

_SCHOOL_KINDS = frozenset(
    {"school", "elementary", "middle", "high", "secondary", "junior", "senior", "ecole", "academy"}
    | {"collegiate", "centre", "center", "community", "public", "catholic", "division", "primary"}
)


class OwnContacts:
    """The settings' own contacts: phone numbers, e-mail patterns (`*@school.ca`), domains,
    street addresses; and the domains that carry the name of one of the schools."""

    def __init__(self, contacts: Iterable[str], schools: Iterable[str]) -> None:
        entries = [fold(contact).text.strip().lower() for contact in contacts]
        self._numbers = {digits(entry)[-10:] for entry in entries if len(digits(entry)) >= 7}
        self._patterns = [entry for entry in entries if "." in entry and not entry[0].isdigit()]
        self._streets = [squash(entry) for entry in entries if re.search(r"\d.*[a-z]{3}", entry)]
        names = (key for school in schools for word in school.split() if (key := squash(word)))
        self._schools = {name for name in names if len(name) > 4} - _SCHOOL_KINDS

    def has_number(self, text: str) -> bool:
        """Whether the phone number is one of our own."""
        return digits(text)[-10:] in self._numbers

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

    def has_street(self, text: str) -> bool:
        """Whether the street address is one of our own."""
        key = squash(text)
        return any(key.startswith(street) or street.startswith(key) for street in self._streets)


def digits(text: str) -> str:
    """The digits of `text`."""
    return "".join(char for char in text if char.isdigit())
