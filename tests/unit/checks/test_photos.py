"""Everybody in a photo is accounted for; what else a photo needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from smassistant.checks.alt_text import find_alt_text
from smassistant.checks.file_names import find_file_names
from smassistant.checks.photo_accounting import find_unaccounted_faces
from smassistant.checks.photo_metadata import find_metadata
from smassistant.domain.consents import Answer, Decision, Use
from smassistant.domain.findings import Anchor, Finding, MendKind, Severity
from smassistant.domain.people import Person
from smassistant.domain.pictures import Accounting, Box, Face, Metadata
from smassistant.domain.policies import Policies
from smassistant.domain.posts import Draft
from tests.unit.checks.school import ANA_B, OMAR, SECRET, facts, line, picture

BOX = Box(0.1, 0.1, 0.2, 0.2)


def judged(*faces: Face, permitted: bool = False) -> list[Finding]:
    known = facts(line(OMAR, Use.PHOTO)) if permitted else facts()
    return list(find_unaccounted_faces(Draft("", (picture(faces=faces),), ("facebook",)), known))


def test_every_face_has_to_be_accounted_for() -> None:
    findings = judged(Face("a", BOX), Face("b", BOX, accounting=Accounting.BLURRED))
    (finding,) = findings
    assert finding.code == "photo.face_unaccounted"
    assert finding.severity is Severity.BLOCK
    assert finding.where == "photo:1"
    assert finding.anchor == Anchor("photo:1/a")
    assert {mend.kind for mend in finding.mends} == {MendKind.BLUR, MendKind.GO_TO_FACES}


def test_a_person_has_to_be_permitted_to_be_shown() -> None:
    face = Face("a", BOX, accounting=Accounting.PERSON, person_id="omar")
    (finding,) = judged(face)
    assert finding.code == "photo.not_permitted"
    assert finding.people == ("omar",)
    assert "Omar Haddad" in finding.message
    assert judged(face, permitted=True) == []


def test_to_name_is_not_to_show() -> None:
    face = Face("a", BOX, accounting=Accounting.PERSON, person_id="omar")
    draft = Draft("", (picture(faces=(face,)),), ("facebook",))
    assert list(find_unaccounted_faces(draft, facts(line(OMAR, Use.FULL_NAME))))


@pytest.mark.parametrize("accounting", [Accounting.ADULT, Accounting.NOT_IDENTIFIABLE])
def test_adults_and_unrecognisable_people_need_a_reason(accounting: Accounting) -> None:
    (finding,) = judged(Face("a", BOX, accounting=accounting, reason="  "))
    assert finding.code == "photo.face_unaccounted"
    assert judged(Face("a", BOX, accounting=accounting, reason="asked at the door")) == []


def test_a_person_who_left_the_registry_is_unaccounted_for() -> None:
    (finding,) = judged(Face("a", BOX, accounting=Accounting.PERSON, person_id="gone"))
    assert finding.code == "photo.face_unaccounted"
    (finding,) = judged(Face("a", BOX, accounting=Accounting.PERSON))
    assert finding.code == "photo.face_unaccounted"


def test_a_photo_without_faces_has_to_be_looked_at() -> None:
    draft = Draft("", (picture(looked=False),), ("facebook",))
    (finding,) = find_unaccounted_faces(draft, facts())
    assert finding.code == "photo.face_unaccounted.nobody_found"
    assert finding.severity is Severity.WARN
    assert judged() == []


def test_data_in_the_file_is_told_and_names_people_to_look_for() -> None:
    metadata = Metadata(location=True, people=("Omar Haddad", "A stranger"))
    draft = Draft("", (picture(metadata=metadata),), ("facebook",))
    (finding,) = find_metadata(draft, facts())
    assert finding.severity is Severity.ADVICE
    assert finding.people == ("omar",)
    assert "where the photo was taken" in finding.message
    assert "2 people" in finding.message
    assert list(find_metadata(Draft("", (picture(),)), facts())) == []


def test_a_file_named_after_a_student_is_told() -> None:
    draft = Draft("", (picture(file_name="omar_haddad_2.jpg"),), ("facebook",))
    (finding,) = find_file_names(draft, facts())
    assert finding.code.startswith("name.")
    assert finding.severity is Severity.ADVICE
    assert finding.people == ("omar",)
    assert finding.anchor.where == "file:1"
    assert finding.where == "photo:1"


@pytest.mark.parametrize(
    ("alt_text", "code", "severity"),
    [
        ("", "access.alt_text", Severity.BLOCK),
        ("  ", "access.alt_text", Severity.BLOCK),
        ("IMG_2041.JPG", "access.alt_text.file_name", Severity.WARN),
        ("a" * 1001, "access.alt_text.too_long", Severity.WARN),
    ],
)
def test_photos_are_described(alt_text: str, code: str, severity: Severity) -> None:
    draft = Draft("", (picture(), picture(alt_text)), ("facebook",))
    (finding,) = find_alt_text(draft, facts())
    assert (finding.code, finding.severity, finding.where) == (code, severity, "alt:2")


def test_a_long_description_fits_where_more_is_allowed() -> None:
    draft = Draft("", (picture("a" * 1500),), ("bluesky", "mastodon"))
    assert list(find_alt_text(draft, facts())) == []


PUBLIC = Policies(public_events=True)


@pytest.mark.parametrize(
    ("person", "lines", "code"),
    [
        (ANA_B, (), "photo.public_event"),
        (OMAR, (line(OMAR, Use.PHOTO, until=date(2026, 10, 1)),), "photo.public_event"),
        (OMAR, (line(OMAR, Use.PHOTO, Answer.REFUSED),), "photo.not_permitted"),
        (OMAR, (line(OMAR, Use.PHOTO, Answer.WITHDRAWN),), "photo.not_permitted"),
        (SECRET, (), "photo.not_permitted"),
    ],
)
def test_a_public_event_may_be_a_reason_only_where_nobody_said_no(
    person: Person, lines: tuple[Decision, ...], code: str
) -> None:
    face = Face("a", BOX, accounting=Accounting.PERSON, person_id=person.id)
    draft = Draft("", (picture(faces=(face,)),), ("facebook",))
    known = facts(*lines)
    (finding,) = find_unaccounted_faces(draft, known)
    assert (finding.code, finding.severity) == ("photo.not_permitted", Severity.BLOCK)
    (finding,) = find_unaccounted_faces(draft, replace(known, policies=PUBLIC))
    assert finding.code == code
    may_say = MendKind.GIVE_REASON in {mend.kind for mend in finding.mends}
    assert may_say is (code == "photo.public_event")
    assert (finding.severity is Severity.WARN) is may_say
