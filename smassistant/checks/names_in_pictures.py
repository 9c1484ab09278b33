"""Names and personal data that can be read in a picture (clauses 4, 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from smassistant.checks.named_people import LIKELY, MOST_CHOICES
from smassistant.checks.rulings import Refusal, place_names, refusal_of, why
from smassistant.checks.signs import Read, place_words, read_names
from smassistant.domain.facts import Check, Facts, needed_use
from smassistant.domain.findings import (
    Anchor,
    Finding,
    Form,
    Mend,
    MendKind,
    Mention,
    ResolutionKind,
    Severity,
)
from smassistant.domain.people import Kind, Person
from smassistant.domain.pictures import Picture, Reading
from smassistant.domain.posts import Draft
from smassistant.i18n import _, ngettext

NAMED = "photo.name_in_picture"
UNREAD = "photo.writing_unread"
# The first part of the codes; a resolution that says who is meant has it as its code.
_FAMILY = "photo"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name was read, in the picture of this number."""

    number: int
    picture: Picture
    read: Read

    @property
    def anchor(self) -> Anchor:
        """Of the words, so that an answer holds as long as they are read there."""
        where = f"photo:{self.number}/{self.read.writing.id}"
        return Anchor(where, self.read.mention.surface)


def find_names_in_pictures(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each name that can be read and may not be, and for pictures not read yet."""
    for number, picture in enumerate(draft.pictures, start=1):
        if picture.reading is not Reading.THOROUGH:
            yield _unread(number, picture)
        for read in read_names(picture, facts.matcher):
            place = _Place(number, picture, read)
            mention = _settled(read.mention, place, draft)
            finding = _judge(place, mention, draft, facts) if mention.people else None
            if finding is not None:
                yield finding


def _settled(mention: Mention, place: _Place, draft: Draft) -> Mention:
    """The mention after what the author said, and after who is shown in the same picture.

    A first name on a tag means the person beside it, where somebody of that name is.
    """
    for given in draft.resolutions:
        if given.code != _FAMILY or given.anchor != place.anchor:
            continue
        if given.kind is ResolutionKind.PERSON and given.person_id in mention.people:
            return replace(mention, people=(given.person_id,), confidence=1.0)
        if given.kind is ResolutionKind.SOMEONE_ELSE:
            others = tuple(person for person in mention.people if person != given.person_id)
            mention = replace(mention, people=others if given.person_id else ())
    shown = {face.person_id for face in place.picture.faces}
    if meant := tuple(person for person in mention.people if person in shown):
        return replace(mention, people=meant, confidence=1.0)
    return mention


def _judge(place: _Place, mention: Mention, draft: Draft, facts: Facts) -> Finding | None:
    use = needed_use(mention)
    found = (refusal_of(facts, person, use, draft.places) for person in mention.people)
    refusals = [refusal for refusal in found if refusal is not None]
    if not refusals:
        return _against_policy(place, mention, draft, facts)
    sure = mention.confidence == 1 or (_is_whole(mention) and mention.confidence >= LIKELY)
    refused = {key for refusal in refusals for key in refusal.places}
    places = tuple(key for key in draft.places if key in refused)
    code = NAMED if sure and len(refusals) == len(mention.people) else f"{NAMED}.perhaps"
    message = _message(mention, refusals, places, facts, sure)
    severity = Severity.BLOCK if sure else Severity.WARN
    return _finding(code, severity, place, mention, facts, message, places)


def _is_whole(mention: Mention) -> bool:
    """Whether first name and surname can be read, rather than one of them."""
    return mention.form not in (Form.FIRST_NAME, Form.SURNAME) and mention.surname


def _message(
    mention: Mention, refusals: list[Refusal], places: tuple[str, ...], facts: Facts, sure: bool
) -> str:
    where, first = place_names(facts, places), refusals[0]
    if len(mention.people) == 1:
        words = (
            _("{person} may not be named on {places}: {reason}.")
            if sure
            else _("If {person} is meant: not to be named on {places}, {reason}.")
        )
        return words.format(person=first.person.described, places=where, reason=why(first.ruling))
    return ngettext(
        "It can be {count} people, and {refused} may not be named on {places}. Say who is meant.",
        "It can be {count} people, and {refused} of them may not be named on {places}. "
        "Say who is meant.",
        len(refusals),
    ).format(count=len(mention.people), refused=len(refusals), places=where)


def _against_policy(place: _Place, mention: Mention, draft: Draft, facts: Facts) -> Finding | None:
    """A permitted full name, where the division never wants a surname beside a photo."""
    people = [facts.people[key] for key in mention.people if key in facts.people]
    against = [person for person in people if _is_unwanted(person, facts)]
    if not mention.surname or not against or not (_is_whole(mention) or mention.confidence == 1):
        return None
    message = _("A last name never stands beside a photo: {person}.").format(
        person=against[0].described
    )
    code = "name.policy.surname_beside_photo"
    return _finding(code, Severity.BLOCK, place, mention, facts, message, draft.places)


def _is_unwanted(person: Person, facts: Facts) -> bool:
    never = not facts.policies.surname_beside_photo and person.kind is Kind.STUDENT
    return never or facts.policies.first_name_only(person)


def _finding(
    code: str,
    severity: Severity,
    place: _Place,
    mention: Mention,
    facts: Facts,
    message: str,
    places: tuple[str, ...],
) -> Finding:
    where = place_words(place.read.writing, place.picture).format(words=mention.surface)
    return Finding(
        code=code,
        clause="4.1",
        severity=severity,
        where=f"photo:{place.number}",
        message=f"{where} {message}",
        surface=mention.surface,
        people=mention.people,
        places=places,
        mends=tuple(_mends(place, mention, severity, facts)),
        anchor=place.anchor,
    )


def _mends(place: _Place, mention: Mention, severity: Severity, facts: Facts) -> Iterator[Mend]:
    yield blur_mend(place.picture)
    people = [facts.people[key] for key in mention.people if key in facts.people]
    for person in people[:MOST_CHOICES] if len(people) > 1 else ():
        label = _("{person} is meant").format(person=person.described)
        yield Mend(MendKind.CHOOSE_PERSON, label, person_id=person.id)
    yield Mend(MendKind.SOMEONE_ELSE, _("This is someone else"))
    if severity is Severity.WARN:
        yield Mend(MendKind.GIVE_REASON, _("Say why it may be posted"))


def blur_mend(picture: Picture) -> Mend:
    """Making words unreadable; in a video that can't be done, so it is looked at."""
    if picture.clip is not None:
        return Mend(MendKind.GO_TO_FACES, _("Look at the video"))
    return Mend(MendKind.BLUR, _("Blur this writing"))


def _unread(number: int, picture: Picture) -> Finding:
    """A picture whose writing nobody has read, or that this computer can't read."""
    failed = picture.reading is Reading.FAILED
    look = Mend(MendKind.GO_TO_FACES, _("Look at the photo"))
    read = Mend(MendKind.GIVE_REASON, _("I read the writing in it myself"))
    return Finding(
        code=f"{UNREAD}.failed" if failed else UNREAD,
        clause="4.1",
        severity=Severity.WARN if failed else Severity.BLOCK,
        where=f"photo:{number}",
        message=_(
            "The writing in this picture can't be read on this computer. Read it yourself, and "
            "say that it names nobody who may not be named."
        )
        if failed
        else _("The writing in this picture is still being read."),
        mends=(look, read) if failed else (look,),
        anchor=Anchor(f"photo:{number}"),
    )


CHECK = Check("picture_names", "4.1", "Names that can be read in pictures", find_names_in_pictures)
