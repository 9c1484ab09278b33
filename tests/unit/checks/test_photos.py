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
from smassistant.domain.pictures import Accounting, Box, Clip, Edit, Face, Metadata, Picture
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


@pytest.mark.parametrize(
    "accounting", [Accounting.ADULT, Accounting.PUBLIC_FIGURE, Accounting.NOT_IDENTIFIABLE]
)
def test_adults_and_unrecognisable_people_need_a_reason(accounting: Accounting) -> None:
    (finding,) = judged(Face("a", BOX, accounting=accounting, reason="  "))
    assert finding.code == "photo.face_unaccounted"
    assert judged(Face("a", BOX, accounting=accounting, reason="asked at the door")) == []


def test_a_person_who_left_the_registry_is_unaccounted_for() -> None:
    (finding,) = judged(Face("a", BOX, accounting=Accounting.PERSON, person_id="gone"))
    assert finding.code == "photo.face_unaccounted"
    (finding,) = judged(Face("a", BOX, accounting=Accounting.PERSON))
    assert finding.code == "photo.face_unaccounted"


@pytest.mark.parametrize(
    "shown",
    [
        picture(looked=False),
        picture(looked=False, faces=(Face("a", BOX, accounting=Accounting.BLURRED),)),
        picture(looked=False, clip=Clip("v", 9, 640, 480, True, "d")),
    ],
)
def test_somebody_has_to_look_at_every_picture(shown: Picture) -> None:
    (finding,) = find_unaccounted_faces(Draft("", (shown,), ("facebook",)), facts())
    assert finding.code == "photo.face_unaccounted.not_looked"
    assert finding.severity is Severity.WARN
    assert [mend.kind for mend in finding.mends] == [MendKind.LOOKED, MendKind.GO_TO_FACES]
    assert ("video" in finding.message) is (shown.clip is not None)
    looked = replace(shown, looked=True)
    assert not list(find_unaccounted_faces(Draft("", (looked,), ("facebook",)), facts()))


def test_what_is_perhaps_a_face_is_a_warning_with_one_click_to_dismiss_it() -> None:
    (finding,) = judged(Face("a", BOX, score=0.69))
    assert (finding.code, finding.severity) == ("photo.face_unaccounted.perhaps", Severity.WARN)
    kinds = [mend.kind for mend in finding.mends]
    assert kinds == [MendKind.NOT_A_FACE, MendKind.BLUR, MendKind.GO_TO_FACES]
    (firm,) = judged(Face("a", BOX, score=0.7))
    assert firm.severity is Severity.BLOCK
    # Whoever is said to be in it has to be permitted all the same.
    (refused,) = judged(Face("a", BOX, score=0.6, accounting=Accounting.PERSON, person_id="omar"))
    assert (refused.code, refused.severity) == ("photo.not_permitted", Severity.BLOCK)


def test_a_face_that_is_cut_away_needs_no_answer_until_the_crop_grows() -> None:
    face = Face("a", BOX)
    cut = picture(faces=(face,), edit=Edit(crop=Box(0.5, 0.5, 0.5, 0.5)))
    draft = Draft("", (cut,), ("facebook",))
    assert list(find_unaccounted_faces(draft, facts())) == []
    grown = replace(cut, edit=Edit(crop=Box(0.2, 0.2, 0.8, 0.8)))
    (finding,) = find_unaccounted_faces(Draft("", (grown,), ("facebook",)), facts())
    assert finding.anchor.where == "photo:1/a"
    turned = replace(cut, edit=Edit(turns=2, crop=Box(0.5, 0.5, 0.5, 0.5)))
    assert list(find_unaccounted_faces(Draft("", (turned,), ("facebook",)), facts()))


def test_a_video_needs_the_permission_for_videos() -> None:
    face = Face("a", BOX, accounting=Accounting.PERSON, person_id="omar")
    clip = picture(faces=(face,), clip=Clip("v", 9, 640, 480, True, "d"))
    draft = Draft("", (clip,), ("facebook",))
    (finding,) = find_unaccounted_faces(draft, facts(line(OMAR, Use.PHOTO)))
    assert finding.code == "photo.not_permitted"
    assert not list(find_unaccounted_faces(draft, facts(line(OMAR, Use.VIDEO))))


def test_somebody_at_a_public_event_goes_to_the_leader_or_nowhere() -> None:
    event = Accounting.PUBLIC_EVENT
    known = replace(facts(), policies=PUBLIC)
    for face, allowed, refused in (
        (Face("a", BOX, accounting=event, reason="Whoop-Up Days."), Severity.WARN, Severity.BLOCK),
        (Face("a", BOX, accounting=event, reason=" "), Severity.BLOCK, Severity.BLOCK),
    ):
        draft = Draft("", (picture(faces=(face,)),), ("facebook",))
        (finding,) = find_unaccounted_faces(draft, known)
        assert finding.severity is allowed
        assert (finding.code == "photo.public_event") is (allowed is Severity.WARN)
        assert finding.code != "photo.public_event" or "Whoop-Up Days" in finding.message
        (finding,) = find_unaccounted_faces(draft, facts())
        assert (finding.code, finding.severity) == ("photo.face_unaccounted", refused)


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
