"""Names that a picture's file holds become suggestions, on the face the file names."""

from __future__ import annotations

from dataclasses import replace

from smassistant.domain.people import Person
from smassistant.domain.pictures import Accounting, Box, Face, Metadata, Picture, Region
from smassistant.services.suggesting_people import Suggestion, suggestions_for
from tests.unit.services.conftest import LOGAN, TESS, School

LEFT, RIGHT = Face("left", Box(0.1, 0.2, 0.1, 0.2)), Face("right", Box(0.6, 0.2, 0.1, 0.2))
AROUND_LEFT, AROUND_RIGHT = Box(0.05, 0.1, 0.2, 0.4), Box(0.5, 0.1, 0.3, 0.4)


def picture(*regions: Region, people: tuple[str, ...] = (), faces: tuple[Face, ...]) -> Picture:
    names = people or tuple(region.name for region in regions)
    said = Metadata(people=names, regions=regions)
    return Picture("p", "ph", "a.jpg", 100, 100, "d", faces=faces, metadata=said)


def of(person: Person, face_id: str | None = None) -> Suggestion:
    return Suggestion(person.id, person.described, face_id)


def test_a_name_in_a_region_is_suggested_for_the_face_in_it(school: School) -> None:
    shown = picture(
        Region("Tessaly Brightwater", AROUND_RIGHT), Region("Logan Vantongeren", AROUND_LEFT),
        faces=(LEFT, RIGHT),
    )  # fmt: skip
    found = suggestions_for(shown, school.reviewer)
    assert found == (of(TESS, "right"), of(LOGAN, "left"))


def test_each_face_is_suggested_once_to_whom_it_fits_best(school: School) -> None:
    whole = Region("Tessaly Brightwater", Box(0, 0, 1, 1))
    shown = picture(whole, Region("Logan Vantongeren", AROUND_LEFT), faces=(LEFT,))
    assert suggestions_for(shown, school.reviewer) == (of(TESS), of(LOGAN, "left"))


def test_a_name_without_a_region_has_no_face(school: School) -> None:
    shown = picture(people=("Logan Vantongeren", "Nobody Knownhere"), faces=(LEFT,))
    assert suggestions_for(shown, school.reviewer) == (of(LOGAN),)


def test_who_is_placed_is_not_suggested_again_and_answered_faces_are_left_alone(
    school: School,
) -> None:
    placed = replace(LEFT, accounting=Accounting.PERSON, person_id=LOGAN.id)
    blurred = replace(RIGHT, accounting=Accounting.BLURRED)
    shown = picture(
        Region("Tessaly Brightwater", AROUND_RIGHT), Region("Logan Vantongeren", AROUND_LEFT),
        faces=(placed, blurred),
    )  # fmt: skip
    assert suggestions_for(shown, school.reviewer) == (of(TESS),)


def test_a_file_that_names_nobody_suggests_nobody(school: School) -> None:
    assert suggestions_for(picture(faces=(LEFT,)), school.reviewer) == ()
