"""A description is begun from what is known, and never with a name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.people import Kind, Person
from smassistant.domain.pictures import Accounting, Box, Edit, Face, Picture
from smassistant.domain.posts import Post
from smassistant.services.describing import description_start

BOX = Box(0.1, 0.1, 0.1, 0.1)
PEOPLE = {
    f"s{n}": Person(f"s{n}", str(n), "Zora", f"Quillfeather{n}", grade="4", homeroom="4B")
    for n in range(4)
} | {
    "other": Person("other", "9", "Wim", "Zuckerkandl", grade="4", homeroom="4C"),
    "staff": Person("staff", "S1", "Brenda", "Whitlock", kind=Kind.STAFF),
}


def student(n: int) -> Face:
    return Face(f"f{n}", BOX, accounting=Accounting.PERSON, person_id=f"s{n}")


BLURRED = Face("b", BOX, accounting=Accounting.BLURRED)
ADULT = Face("a", BOX, accounting=Accounting.ADULT, reason="asked at the door")
OTHER = Face("o", BOX, accounting=Accounting.PERSON, person_id="other")
STAFF = Face("t", BOX, accounting=Accounting.PERSON, person_id="staff")
OPEN, PERHAPS = Face("u", BOX, 0.9), Face("p", BOX, 0.55)
THREE = (student(0), student(1), student(2))


def start(*faces: Face, text: str = "", edit: Edit = Edit()) -> str:  # noqa: B008 (frozen)
    shown = Picture("p", "ph", "a.jpg", 100, 100, "d", faces=faces, edit=edit)
    return description_start(shown, Post("1", "ann", "Oak", text=text), PEOPLE)


@pytest.mark.parametrize(
    ("faces", "text", "words"),
    [
        ((), "", ""),
        ((), "Come to the Science Fair!", "A picture taken at the science fair."),
        ((student(0),), "", "One student."),
        ((student(0), student(1)), "", "2 students."),
        (THREE, "", "3 students of 4B."),
        ((*THREE, OTHER), "", "4 students of grade 4."),
        ((*THREE, STAFF, ADULT), "", "3 students of 4B and 2 adults."),
        ((STAFF,), "", "One adult."),
        ((*THREE, OPEN), "", "4 people."),
        ((*THREE, PERHAPS), "", "3 students of 4B."),
        ((*THREE, BLURRED), "", "4 people; one face is blurred."),
        ((BLURRED, BLURRED), "", "2 people; 2 faces are blurred."),
        (THREE, "Sports day at our school", "3 students of 4B on sports day."),
        (THREE, "Of course we read in class.", "3 students of 4B."),
        ((OPEN,), "Our library has a book fair!", "One person in the library."),
        ((OPEN, OPEN), "Journée sportive à l'école", "2 people on sports day."),
    ],
)
def test_what_is_known_makes_the_start(faces: tuple[Face, ...], text: str, words: str) -> None:
    assert start(*faces, text=text) == words


def test_whoever_is_cut_away_is_not_counted() -> None:
    far = replace(student(1), box=Box(0.8, 0.8, 0.1, 0.1))
    assert start(student(0), far, edit=Edit(crop=Box(0, 0, 0.5, 0.5))) == "One student."


def test_a_name_is_never_offered() -> None:
    text = "Zora Quillfeather0 and Brenda Whitlock at the assembly"
    words = start(*THREE, STAFF, OTHER, text=text)
    names = [part for person in PEOPLE.values() for part in (person.first_name, person.last_name)]
    assert not [name for name in names if name in words]
    assert "assembly" in words
