"""People named in a draft who may not be named where it is going (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.checks.mentions import anchor_at, mentions_in, texts_of
from smassistant.checks.rulings import Refusal, place_names, refusal_of, why
from smassistant.checks.wording import first_name_in, removal, stand_ins
from smassistant.domain.consents import Use
from smassistant.domain.facts import Check, Facts, needed_use
from smassistant.domain.findings import Finding, Form, Mend, MendKind, Mention, Severity
from smassistant.domain.people import Person
from smassistant.domain.posts import Draft
from smassistant.i18n import _, ngettext

LIKELY = 0.5
MOST_CHOICES = 6


def find_named_people(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each mention of somebody who may not, or perhaps may not, be named."""
    for where, text in texts_of(draft):
        for mention in mentions_in(where, text, draft, facts):
            finding = _judge(where, text, mention, draft, facts)
            if finding is not None:
                yield finding


def _judge(where: str, text: str, mention: Mention, draft: Draft, facts: Facts) -> Finding | None:
    use = needed_use(mention)
    refusals = [
        refusal
        for person in mention.people
        if (refusal := refusal_of(facts, person, use, draft.places)) is not None
    ]
    if not refusals:
        return None
    likely = mention.confidence >= LIKELY
    certain = likely and len(refusals) == len(mention.people)
    refused = {key for refusal in refusals for key in refusal.places}
    places = tuple(key for key in draft.places if key in refused)
    return Finding(
        code="name.not_permitted" if certain else "name.unclear",
        clause="4.1",
        severity=Severity.BLOCK if likely else Severity.WARN,
        where=where,
        message=_message(mention, refusals, places, facts),
        start=mention.start,
        end=mention.end,
        surface=mention.surface,
        people=mention.people,
        places=places,
        mends=tuple(_mends(text, mention, draft, facts)),
        anchor=anchor_at(where, text, mention.start, mention.end),
    )


def _message(
    mention: Mention, refusals: list[Refusal], places: tuple[str, ...], facts: Facts
) -> str:
    """Who may not be named where, and why."""
    where = place_names(facts, places)
    if mention.confidence < LIKELY:
        return _(
            "“{words}” may be a name. If {person} is meant: not to be named on {places}, "
            "{reason}. Say whether a person is meant."
        ).format(
            words=mention.surface,
            person=refusals[0].person.described,
            places=where,
            reason=why(refusals[0].ruling),
        )
    if len(mention.people) > 1:
        return ngettext(
            "“{words}” can be {count} people, and {refused} may not be named on {places}. "
            "Say who is meant.",
            "“{words}” can be {count} people, and {refused} of them may not be named on {places}. "
            "Say who is meant.",
            len(refusals),
        ).format(
            words=mention.surface, count=len(mention.people), refused=len(refusals), places=where
        )
    return _("{person} may not be named on {places}: {reason}.").format(
        person=refusals[0].person.described, places=where, reason=why(refusals[0].ruling)
    )


def _mends(text: str, mention: Mention, draft: Draft, facts: Facts) -> Iterator[Mend]:
    people = [facts.people[person] for person in mention.people if person in facts.people]
    if len(people) == 1 and (short := _first_name(mention, people[0], draft, facts)):
        label = _("Use the first name only: “{words}”").format(words=short)
        yield Mend(MendKind.REPLACE, label, short)
    for start, end, words in stand_ins(text, mention, people):
        label = _("Write “{words}” instead").format(words=words)
        yield Mend(MendKind.REPLACE, label, words, start=start, end=end)
    if out := removal(text, mention):
        yield Mend(MendKind.REPLACE, _("Take the name out"), out[2], start=out[0], end=out[1])
    if len(people) > 1 or mention.confidence < LIKELY:
        for person in people[:MOST_CHOICES]:
            label = _("{person} is meant").format(person=person.described)
            yield Mend(MendKind.CHOOSE_PERSON, label, person_id=person.id)
    if mention.confidence < LIKELY:
        yield Mend(MendKind.SOMEONE_ELSE, _("This is not a person’s name, or someone else’s"))
    else:
        yield Mend(MendKind.SOMEONE_ELSE, _("This is someone else"))


def _first_name(mention: Mention, person: Person, draft: Draft, facts: Facts) -> str:
    """The first name to shorten to, where that alone is permitted everywhere; else ""."""
    glued = mention.form in (Form.HASHTAG, Form.HANDLE, Form.FILE_NAME, Form.SURNAME)
    if not mention.surname or glued:
        return ""
    if facts.refused_places(person.id, Use.FIRST_NAME, draft.places):
        return ""
    return first_name_in(mention, person)


CHECK = Check("name", "4.1", "Named without permission", find_named_people)
