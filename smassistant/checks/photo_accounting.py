"""Everybody in a photo is accounted for, and may be shown where the post goes (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smassistant.checks.rulings import nobody_said_no, place_names, refusal_of, why
from smassistant.domain.consents import Use
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.pictures import Accounting, Face, Picture
from smassistant.domain.posts import Draft
from smassistant.domain.referrals import PUBLIC_EVENT
from smassistant.i18n import _


def find_unaccounted_faces(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """Findings for faces nobody accounted for, people not permitted, photos nobody looked at."""
    for number, picture in enumerate(draft.pictures, start=1):
        for face in picture.faces:
            finding = _judge(number, face, draft, facts)
            if finding is not None:
                yield finding
        if not picture.faces and not picture.looked:
            yield _nobody_found(number, picture)


def _judge(number: int, face: Face, draft: Draft, facts: Facts) -> Finding | None:
    if face.accounting is Accounting.BLURRED:
        return None
    if face.accounting is Accounting.PERSON and face.person_id in facts.people:
        return _not_permitted(number, face, face.person_id or "", draft, facts)
    if face.accounting is Accounting.ADULT and face.reason.strip():
        return None
    if face.accounting is Accounting.NOT_IDENTIFIABLE and face.reason.strip():
        return None
    return _finding(number, face, "photo.face_unaccounted", _missing(face))


def _missing(face: Face) -> str:
    """What has to be said about the face."""
    if face.accounting is Accounting.PERSON:
        return _("The person chosen for this face is no longer in the registry. Choose again.")
    if face.accounting is Accounting.ADULT:
        return _("Say who this adult is and who asked for the permission.")
    if face.accounting is Accounting.NOT_IDENTIFIABLE:
        return _("Say why nobody can recognise this person.")
    return _("Nobody has said who this is. Choose the person, or blur the face.")


def _not_permitted(
    number: int, face: Face, person_id: str, draft: Draft, facts: Facts
) -> Finding | None:
    refusal = refusal_of(facts, person_id, Use.PHOTO, draft.places)
    if refusal is None:
        return None
    message = _("{person} may not be shown on {places}: {reason}.").format(
        person=refusal.person.described,
        places=place_names(facts, refusal.places),
        reason=why(refusal.ruling),
    )
    people = (person_id,)
    found = _finding(number, face, "photo.not_permitted", message, people, refusal.places)
    if facts.policies.public_events and nobody_said_no(refusal, facts, Use.PHOTO):
        return _of_public_event(found)
    return found


def _of_public_event(found: Finding) -> Finding:
    """The finding where a public event may be a reason: the leader who approves records it."""
    say = Mend(MendKind.GIVE_REASON, _("Say which public event it was"))
    words = _("If this was a public event, say which; the leader who approves decides.")
    return replace(
        found,
        code=PUBLIC_EVENT,
        severity=Severity.WARN,
        message=f"{found.message} {words}",
        mends=(*found.mends, say),
    )


def _finding(
    number: int,
    face: Face,
    code: str,
    message: str,
    people: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        code=code,
        clause="4.1",
        severity=Severity.BLOCK,
        where=f"photo:{number}",
        message=message,
        people=people,
        places=places,
        mends=(
            Mend(MendKind.BLUR, _("Blur this face")),
            Mend(MendKind.GO_TO_FACES, _("Say who this is")),
        ),
        anchor=Anchor(f"photo:{number}/{face.id}"),
    )


def _nobody_found(number: int, picture: Picture) -> Finding:
    return Finding(
        code="photo.face_unaccounted.nobody_found",
        clause="4.1",
        severity=Severity.WARN,
        where=f"photo:{number}",
        message=_(
            "No face was found in this photo. Look at it yourself, and say that nobody in it "
            "can be recognised."
        ),
        mends=(
            Mend(MendKind.GO_TO_FACES, _("Look at the photo")),
            Mend(MendKind.GIVE_REASON, _("Nobody can be recognised")),
        ),
        anchor=Anchor(f"photo:{number}"),
    )


CHECK = Check("photo", "4.1", "Faces in photos", find_unaccounted_faces)
