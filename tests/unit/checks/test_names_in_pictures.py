"""Names and personal data that can be read in a picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.checks.names_in_pictures import find_names_in_pictures
from smassistant.checks.personal_in_pictures import find_personal_in_pictures
from smassistant.domain.consents import Use
from smassistant.domain.facts import Facts
from smassistant.domain.findings import Finding, MendKind, Resolution, ResolutionKind, Severity
from smassistant.domain.people import Person
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Clip,
    Edit,
    Face,
    Picture,
    Reading,
    Writing,
)
from smassistant.domain.policies import Policies
from smassistant.domain.posts import Draft
from tests.unit.checks.school import ANA, HOPE, LEO, PEOPLE, TOVE, facts, line, picture

TOP = Box(0.1, 0.1, 0.2, 0.04)


def signs(*texts: str, **changes: object) -> Picture:
    """A picture with each text on a sign of its own, far apart."""
    places = ((0.1, 0.1), (0.6, 0.1), (0.1, 0.6), (0.6, 0.6))
    writing = tuple(
        Writing(f"w{at}", Box(x, y, 0.2, 0.04), text)
        for at, (text, (x, y)) in enumerate(zip(texts, places, strict=False))
    )
    return picture(writing=writing, **changes)  # type: ignore[arg-type]


def found(shown: Picture, about: Facts, *resolutions: Resolution) -> list[Finding]:
    draft = Draft("", (shown,), ("facebook",), resolutions)
    return list(find_names_in_pictures(draft, about))


def test_a_full_name_without_permission_blocks_and_says_where() -> None:
    (finding,) = found(signs("Tove Ekström"), facts())
    assert finding.code == "photo.name_in_picture"
    assert finding.severity is Severity.BLOCK
    assert finding.clause == "4.1"
    assert (finding.where, finding.anchor.where) == ("photo:1", "photo:1/w0")
    assert finding.surface == "Tove Ekström"
    assert finding.people == ("tove",)
    assert "upper left" in finding.message
    assert finding.mends[0].kind is MendKind.BLUR


def test_a_permitted_full_name_is_no_finding() -> None:
    assert not found(signs("Tove Ekström"), facts(line(TOVE, Use.FULL_NAME)))


def test_the_permission_for_the_first_name_is_not_enough_for_the_full_one() -> None:
    assert found(signs("TOVE EKSTROM"), facts(line(TOVE, Use.FIRST_NAME)))
    assert not found(signs("TOVE"), facts(line(TOVE, Use.FIRST_NAME)))


def test_letters_taken_for_others_still_name_the_person() -> None:
    (finding,) = found(signs("Leopold Achterb3rg"), facts())
    assert finding.people == ("leo",)
    assert finding.severity is Severity.BLOCK


@pytest.mark.parametrize("words", ["QUIROGA 12", "Ekström", "TOVE"])
def test_half_a_name_is_asked_about_softly(words: str) -> None:
    (finding,) = found(signs(words), facts())
    assert finding.code == "photo.name_in_picture.perhaps"
    assert finding.severity is Severity.WARN
    assert {mend.kind for mend in finding.mends} >= {
        MendKind.BLUR, MendKind.SOMEONE_ELSE, MendKind.GIVE_REASON,
    }  # fmt: skip


def test_a_first_name_beside_the_person_shown_means_that_person() -> None:
    face = Face("f", Box(0.5, 0.5, 0.1, 0.1), accounting=Accounting.PERSON, person_id="ana")
    (finding,) = found(signs("Ana", faces=(face,)), facts(line(ANA, Use.PHOTO)))
    assert finding.people == ("ana",)
    assert finding.severity is Severity.BLOCK
    assert not found(signs("Ana", faces=(face,)), facts(line(ANA, Use.FIRST_NAME)))


def test_two_lines_of_one_tag_are_one_name() -> None:
    tag = (Writing("a", TOP, "TOVE"), Writing("b", replace(TOP, y=0.15), "EKSTRÖM"))
    (finding,) = found(picture(writing=tag), facts())
    assert finding.surface == "TOVE EKSTRÖM"
    assert finding.severity is Severity.BLOCK
    assert finding.anchor.where == "photo:1/a"


def test_a_tag_on_its_side_is_read_the_other_way_round_too() -> None:
    tall = Box(0.15, 0.1, 0.04, 0.2)
    tag = (Writing("b", replace(tall, x=0.1), "EKSTRÖM"), Writing("a", tall, "TOVE"))
    (finding,) = found(picture(writing=tag), facts())
    assert finding.people == ("tove",)
    assert finding.severity is Severity.BLOCK


def test_lines_far_apart_are_not_put_together() -> None:
    findings = found(signs("TOVE", "EKSTRÖM"), facts())
    assert [each.severity for each in findings] == [Severity.WARN, Severity.WARN]


def test_the_number_of_a_jersey_tells_a_name_from_a_word() -> None:
    young = Person("young", "9", "Ida", "Young", school="Fernleigh")
    name, number = Writing("a", TOP, "YOUNG"), Writing("b", Box(0.15, 0.16, 0.08, 0.12), "14")
    about = facts(people=(*PEOPLE, young))
    assert not found(picture(writing=(name,)), about)
    (finding,) = found(picture(writing=(name, number)), about)
    assert (finding.people, finding.surface) == (("young",), "YOUNG")
    assert not found(picture(writing=(name, replace(number, box=Box(0.8, 0.8, 0.1, 0.1)))), about)


def test_a_list_of_whole_names_is_not_read_across_its_lines() -> None:
    names = (Writing("a", TOP, "Ana Bellamy"), Writing("b", replace(TOP, y=0.15), "Ana Quiroga"))
    findings = found(picture(writing=names), facts())
    assert sorted(each.surface for each in findings) == ["Ana Bellamy", "Ana Quiroga"]


def test_blurred_and_cut_away_writing_is_no_finding() -> None:
    shown = signs("Tove Ekström")
    blurred = replace(shown, writing=(replace(shown.writing[0], blurred=True),))
    assert not found(blurred, facts())
    cut = replace(shown, edit=Edit(crop=Box(0.5, 0.5, 0.5, 0.5)))
    assert not found(cut, facts())


def test_somebody_else_settles_the_name_where_it_was_said() -> None:
    shown = signs("Tove Ekström", "Tove Ekström")
    first, second = found(shown, facts())
    said = Resolution("photo", first.anchor, ResolutionKind.SOMEONE_ELSE)
    assert found(shown, facts(), said) == [second]


def test_the_person_said_to_be_meant_decides() -> None:
    shown = signs("ANA")
    (finding,) = found(shown, facts(line(ANA, Use.FIRST_NAME)))
    assert len(finding.people) == 2
    meant = Resolution("photo", finding.anchor, ResolutionKind.PERSON, "ana")
    assert not found(shown, facts(line(ANA, Use.FIRST_NAME)), meant)


def test_an_ordinary_word_on_a_sign_is_nobody() -> None:
    assert not found(signs("HOPE", "Welcome", "Certificate"), facts())
    assert found(signs("Hello my name is Hope"), facts())[0].people == (HOPE.id,)


def test_a_surname_beside_a_photo_is_against_policy_where_the_division_says_so() -> None:
    policy = Policies(surname_beside_photo=False)
    about = replace(facts(line(TOVE, Use.FULL_NAME)), policies=policy)
    (finding,) = found(signs("Tove Ekström"), about)
    assert finding.code == "name.policy.surname_beside_photo"


@pytest.mark.parametrize("reading", [Reading.NONE, Reading.QUICK])
def test_a_picture_that_was_not_read_thoroughly_waits(reading: Reading) -> None:
    (finding,) = found(picture(reading=reading), facts())
    assert (finding.code, finding.severity) == ("photo.writing_unread", Severity.BLOCK)


def test_where_writing_can_not_be_read_the_author_reads_it() -> None:
    (finding,) = found(picture(reading=Reading.FAILED), facts())
    assert (finding.code, finding.severity) == ("photo.writing_unread.failed", Severity.WARN)
    assert MendKind.GIVE_REASON in [mend.kind for mend in finding.mends]


def test_writing_in_a_video_can_not_be_blurred() -> None:
    clip = Clip("v", 3, 100, 100, False, "d")
    (finding,) = found(signs("Leo Achterberg", clip=clip), facts())
    assert finding.people == (LEO.id,)
    assert MendKind.BLUR not in [mend.kind for mend in finding.mends]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Call mom 780-555-0143", "personal.phone"),
        ("jo.parent@example.org", "personal.email"),
        ("CBK-4821", "personal.licence_plate"),
        ("BRT 219", "personal.licence_plate"),
        ("AB1 23C", "personal.licence_plate"),
    ],
)
def test_personal_data_in_a_picture_is_found(words: str, code: str) -> None:
    draft = Draft("", (signs(words),), ("facebook",))
    (finding,) = find_personal_in_pictures(draft, facts())
    assert finding.code == code
    assert finding.anchor.where == "photo:1/w0"
    assert finding.mends[0].kind is MendKind.BLUR


@pytest.mark.parametrize("words", ["MAY 2026", "ROOM 204", "GYM 101", "12", "EXIT", "FALL 2026"])
def test_signs_of_a_school_are_no_plates(words: str) -> None:
    draft = Draft("", (signs(words),), ("facebook",))
    assert not list(find_personal_in_pictures(draft, facts()))


def test_the_schools_own_contacts_may_be_read() -> None:
    draft = Draft("", (signs("780-555-0143"),), ("facebook",))
    assert not list(find_personal_in_pictures(draft, facts(own_contacts=("780-555-0143",))))
