"""Everybody in a picture is accounted for, and may be shown where the post goes (clause 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smassistant.checks.rulings import nobody_said_no, place_names, refusal_of, why
from smassistant.domain.consents import Use
from smassistant.domain.edits import is_shown
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Anchor, Finding, Mend, MendKind, Severity
from smassistant.domain.pictures import SURE_SCORE, Accounting, Face, Picture
from smassistant.domain.posts import Draft
from smassistant.domain.referrals import PUBLIC_EVENT
from smassistant.i18n import _

UNACCOUNTED = "photo.face_unaccounted"


def find_unaccounted_faces(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """Findings for faces nobody accounted for, people not permitted, pictures nobody looked at."""
    for number, picture in enumerate(draft.pictures, start=1):
        for face in picture.faces:
            finding = _judge(number, picture, face, draft, facts)
            if finding is not None:
                yield finding
        if not picture.looked:
            yield _not_looked(number, picture)


def _judge(number: int, picture: Picture, face: Face, draft: Draft, facts: Facts) -> Finding | None:
    """What is still to be said about a face; one that the edit cuts away needs no word."""
    cut = picture.clip is None and not is_shown(
        face.box, picture.edit, picture.width, picture.height
    )
    if cut:
        return None
    match face.accounting:
        case Accounting.BLURRED:
            return None
        case Accounting.PERSON if face.person_id in facts.people:
            use = Use.VIDEO if picture.clip else Use.PHOTO
            return _not_permitted(number, face, use, draft, facts)
        case Accounting.PUBLIC_EVENT if face.reason.strip():
            return _at_public_event(number, face, facts)
        case None if face.score < SURE_SCORE:
            return _perhaps(number, face)
        case Accounting.PERSON | None:
            return _finding(number, face, UNACCOUNTED, _missing(face))
    if face.reason.strip():
        return None
    return _finding(number, face, UNACCOUNTED, _missing(face))


def _missing(face: Face) -> str:
    """What has to be said about the face."""
    match face.accounting:
        case Accounting.PERSON:
            return _("The person chosen for this face is no longer in the registry. Choose again.")
        case Accounting.ADULT:
            return _("Say who this adult is and who asked for the permission.")
        case Accounting.PUBLIC_FIGURE:
            return _("Say who this public figure is.")
        case Accounting.PUBLIC_EVENT:
            return _("Say which public event this was.")
        case Accounting.NOT_IDENTIFIABLE:
            return _("Say why nobody can recognise this person.")
    return _("Nobody has said who this is. Choose the person, or blur the face.")


def _perhaps(number: int, face: Face) -> Finding:
    """The finder is not sure: one click says that it is none."""
    message = _("This is perhaps a face. Say who it is, blur it, or say that it is none.")
    found = _finding(number, face, f"{UNACCOUNTED}.perhaps", message)
    none = Mend(MendKind.NOT_A_FACE, _("Not a face"))
    return replace(found, severity=Severity.WARN, mends=(none, *found.mends))


def _at_public_event(number: int, face: Face, facts: Facts) -> Finding:
    """Somebody of whom only the event is said: never by itself, and only where it may be."""
    if not facts.policies.public_events:
        message = _(
            "The division does not take a public event as the reason to show somebody. Choose "
            "the person, or blur the face."
        )
        return _finding(number, face, UNACCOUNTED, message)
    message = _("Somebody at a public event: {reason}. The leader who approves decides.")
    found = _finding(number, face, PUBLIC_EVENT, message.format(reason=face.reason.strip(" .")))
    return replace(found, severity=Severity.WARN)


def _not_permitted(number: int, face: Face, use: Use, draft: Draft, facts: Facts) -> Finding | None:
    person_id = face.person_id or ""
    refusal = refusal_of(facts, person_id, use, draft.places)
    if refusal is None:
        return None
    message = _("{person} may not be shown on {places}: {reason}.").format(
        person=refusal.person.described,
        places=place_names(facts, refusal.places),
        reason=why(refusal.ruling),
    )
    people = (person_id,)
    found = _finding(number, face, "photo.not_permitted", message, people, refusal.places)
    if facts.policies.public_events and nobody_said_no(refusal, facts, use):
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


def _not_looked(number: int, picture: Picture) -> Finding:
    if picture.clip and picture.clip.sound:
        message = _(
            "Watch the video to the end and listen: names may be spoken. Say that nobody else in "
            "it can be recognised or is named."
        )
    elif picture.clip:
        message = _("Watch the video to the end, and say that nobody else in it can be recognised.")
    elif picture.faces:
        message = _("Look at the photo, and say that nobody else in it can be recognised.")
    else:
        message = _(
            "No face was found in this photo. Look at it yourself, and say that nobody in it "
            "can be recognised."
        )
    return Finding(
        code=f"{UNACCOUNTED}.not_looked",
        clause="4.1",
        severity=Severity.WARN,
        where=f"photo:{number}",
        message=message,
        mends=(
            Mend(MendKind.LOOKED, _("I looked: nobody")),
            Mend(MendKind.GO_TO_FACES, _("Look at the photo")),
        ),
        anchor=Anchor(f"photo:{number}"),
    )


CHECK = Check("photo", "4.1", "Faces in photos", find_unaccounted_faces)
