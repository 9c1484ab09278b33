"""Names that are permitted but not as the division wants them, and former names (clause 4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from smassistant.checks.mentions import anchor_at, mentions_in, texts_of
from smassistant.checks.named_people import LIKELY, MOST_CHOICES
from smassistant.checks.rulings import refusal_of
from smassistant.checks.wording import first_name_in, removal
from smassistant.domain.facts import Check, Facts, needed_use
from smassistant.domain.findings import Finding, Form, Mend, MendKind, Mention, Severity
from smassistant.domain.folding import squash
from smassistant.domain.people import Kind, Person
from smassistant.domain.posts import Draft
from smassistant.i18n import N_, _

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GLUED = frozenset({Form.HASHTAG, Form.HANDLE, Form.FILE_NAME})
_SHORTEST = 4  # letters of a name that is looked for inside a hashtag


@dataclass(frozen=True)
class _Policy:
    """One limit: whom of the people meant it concerns, what is said, what may stand instead."""

    code: str
    message: str
    concerns: Callable[[Mention, Person, Draft, Facts], bool]
    instead: Callable[[Mention, Person], str]


def find_against_policy(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each permitted mention that says more of a name than it should."""
    for where, text in texts_of(draft):
        for mention in mentions_in(where, text, draft, facts):
            if not _refused(mention, draft, facts):
                yield from _judged(where, text, mention, draft, facts)


def _refused(mention: Mention, draft: Draft, facts: Facts) -> bool:
    """Whether the mention is not permitted at all, which another check says."""
    use = needed_use(mention)
    return any(refusal_of(facts, person, use, draft.places) for person in mention.people)


def _judged(
    where: str, text: str, mention: Mention, draft: Draft, facts: Facts
) -> Iterator[Finding]:
    people = [facts.people[key] for key in mention.people if key in facts.people]
    for policy in _POLICIES:
        meant = [one for one in people if policy.concerns(mention, one, draft, facts)]
        if meant:
            yield _finding(policy, where, text, mention, draft, meant, people)
            return


def _finding(
    policy: _Policy,
    where: str,
    text: str,
    mention: Mention,
    draft: Draft,
    meant: list[Person],
    people: list[Person],
) -> Finding:
    certain = mention.confidence >= LIKELY and len(meant) == len(people)
    return Finding(
        code=policy.code,
        clause="4.1",
        severity=Severity.BLOCK if certain else Severity.WARN,
        where=where,
        message=_(policy.message).format(person=meant[0].described),
        start=mention.start,
        end=mention.end,
        surface=mention.surface,
        people=mention.people,
        places=draft.places,
        mends=tuple(_mends(policy, text, mention, meant, people)),
        anchor=anchor_at(where, text, mention.start, mention.end),
    )


def _mends(
    policy: _Policy, text: str, mention: Mention, meant: list[Person], people: list[Person]
) -> Iterator[Mend]:
    if len(people) == 1 and (words := policy.instead(mention, meant[0])):
        yield Mend(MendKind.REPLACE, _("Write “{words}” instead").format(words=words), words)
    if out := removal(text, mention):
        yield Mend(MendKind.REPLACE, _("Take the name out"), out[2], start=out[0], end=out[1])
    for person in people[:MOST_CHOICES] if len(people) > 1 else ():
        label = _("{person} is meant").format(person=person.described)
        yield Mend(MendKind.CHOOSE_PERSON, label, person_id=person.id)
    yield Mend(MendKind.SOMEONE_ELSE, _("This is someone else"))


def _is_former(mention: Mention, person: Person, _draft: Draft, _facts: Facts) -> bool:
    """Whether the mention uses a name of the person that must not be used any more."""
    avoided = _former_words(person)
    if not avoided:
        return False
    if mention.form in _GLUED:
        glued = squash(mention.surface)
        return any(len(word) >= _SHORTEST and word in glued for word in avoided)
    return not avoided.isdisjoint(_words(mention.surface))


def _former_words(person: Person) -> frozenset[str]:
    """The words of the names to avoid that are in none of the names in use."""
    used = (person.first_name, person.last_name, person.preferred_name, *person.other_names)
    kept = {word for name in used for word in _words(name)}
    return frozenset(word for name in person.avoid_names for word in _words(name)) - kept


def _words(text: str) -> set[str]:
    return {squash(word) for word in _WORDS.findall(text)}


def _is_surname_beside_photo(mention: Mention, person: Person, draft: Draft, facts: Facts) -> bool:
    unwanted = not facts.policies.surname_beside_photo and bool(draft.pictures)
    return unwanted and mention.surname and person.kind is Kind.STUDENT


def _is_more_than_first(mention: Mention, person: Person, _draft: Draft, facts: Facts) -> bool:
    return mention.surname and facts.policies.first_name_only(person)


def _first_name(mention: Mention, person: Person) -> str:
    """The first name, where the mention is words of a sentence."""
    if mention.form in _GLUED or mention.form is Form.SURNAME:
        return ""
    return first_name_in(mention, person)


def _name_in_use(mention: Mention, person: Person) -> str:
    """The name to write, as long as the former one was."""
    if mention.form in _GLUED:
        return ""
    given = person.preferred_name or person.first_name
    return person.shown_name if mention.surname else given


_POLICIES = (
    _Policy(
        "name.policy.former_name",
        N_("This is not a name to use for {person}."),
        _is_former,
        _name_in_use,
    ),
    _Policy(
        "name.policy.first_name_only",
        N_("In this grade students are named by the first name only: {person}."),
        _is_more_than_first,
        _first_name,
    ),
    _Policy(
        "name.policy.surname_beside_photo",
        N_("A last name never stands beside a photo: {person}."),
        _is_surname_beside_photo,
        _first_name,
    ),
)

CHECK = Check("name_policy", "4.1", "Named against policy", find_against_policy)
