"""Phone numbers, addresses, dates of birth and other personal data in a text (clause 4)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.checks.contacts import OwnContacts
from smassistant.checks.mentions import anchor_at, texts_of
from smassistant.checks.personal_data import Datum, find_data
from smassistant.checks.ways_on import ways_on
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Finding, Mend, MendKind, Severity
from smassistant.domain.folding import fold
from smassistant.domain.posts import Draft
from smassistant.i18n import _


def find_personal_information(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each piece of personal data that is not one of the school's own contacts."""
    own = OwnContacts(facts.own_contacts, facts.schools)
    for where, text in texts_of(draft):
        folded = fold(text)
        ours = tuple(own.spans(folded.text))
        for datum in find_data(folded.text, own):
            if any(first <= datum.start and datum.end <= last for first, last in ours):
                continue
            start, end = folded.span(datum.start, datum.end)
            yield _finding(where, text, (start, end), datum, draft, facts)


def _finding(
    where: str, text: str, span: tuple[int, int], datum: Datum, draft: Draft, facts: Facts
) -> Finding:
    start, end = span
    code, severity = f"personal.{datum.kind}", Severity.BLOCK if datum.sure else Severity.WARN
    before = len(text[:start].rstrip(" :"))
    remove = Mend(MendKind.REPLACE, _("Take it out"), "", start=before, end=end)
    return Finding(
        code=code,
        clause="4",
        severity=severity,
        where=where,
        message=message_about(datum.kind),
        start=start,
        end=end,
        surface=text[start:end],
        places=draft.places,
        mends=(remove, *ways_on(code, severity, facts)),
        anchor=anchor_at(where, text, start, end),
    )


def message_about(kind: str) -> str:
    """Why a piece of personal data of this kind may not go out."""
    messages = {
        "phone": _("This phone number is not one of the school’s own."),
        "email": _("This e-mail address is not one of the school’s own."),
        "address": _("This looks like somebody’s address."),
        "birth_date": _("A date of birth must not be public."),
        "student_number": _("A student number must not be public."),
        "health": _("A health card number must not be public."),
        "insurance_number": _("A social insurance number must not be public."),
        "licence_plate": _("This looks like a licence plate."),
    }
    return messages[kind]


CHECK = Check("personal", "4", "Personal information", find_personal_information)
