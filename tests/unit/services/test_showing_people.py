"""Whole classes and people by name for a picture, with the answer for where it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.lookups import Group
from smassistant.domain.people import LEFT, Kind, Person
from smassistant.errors import NotAllowed
from smassistant.services.keeping_registry import record_decision
from smassistant.services.showing_people import (
    Showing,
    find_for_picture,
    guess_class,
    lines_of_people,
    list_class,
    list_classes,
    showing,
)
from tests.unit.services.conftest import LOGAN, SCHOOL, TESS, School

CLASS = Group(SCHOOL, "4B")
OTHER = Person("p-mia", "53", "Mia", "Brightwell", grade="5", homeroom="5A", school=SCHOOL)
TEACHER = Person("p-tea", "54", "Ada", "Lund", kind=Kind.STAFF, homeroom="4B", school=SCHOOL)
GONE = Person("p-gone", "55", "Ole", "Away", homeroom="4B", school=SCHOOL, status=LEFT)


def add(school: School, *people: Person) -> None:
    with school.context.store.write() as work:
        work.people.add(people)


def test_what_is_asked_follows_the_places_and_the_kind_of_picture() -> None:
    assert showing(()) == Showing(Use.PHOTO, (Channel.SOCIAL_MEDIA,))
    assert showing(("bluesky", "facebook")).channels == (Channel.SOCIAL_MEDIA,)
    both = showing(("bluesky", "website"), film=True)
    assert both == Showing(Use.VIDEO, (Channel.SOCIAL_MEDIA, Channel.WEBSITE))


def test_a_class_is_its_students_by_last_name(school: School) -> None:
    add(school, OTHER, TEACHER, GONE)
    lines = list_class(school.context, school.author, CLASS, Showing())
    assert [line.person.id for line in lines] == [TESS.id, LOGAN.id]
    assert [line.photo.permitted for line in lines] == [True, False]
    assert CLASS in list_classes(school.context, school.author)


def test_the_strictest_of_the_places_counts(school: School) -> None:
    asked = showing(("bluesky", "website"))
    (tess, _logan) = list_class(school.context, school.author, CLASS, asked)
    assert not tess.photo.permitted, "nobody was asked about the website"
    record_decision(
        school.context, school.records, TESS.id, (Use.PHOTO,), (Channel.WEBSITE,),
        Answer.GRANTED, Source.FORM, "A parent",
    )  # fmt: skip
    (tess, _logan) = list_class(school.context, school.author, CLASS, asked)
    assert tess.photo.permitted


def test_a_video_asks_for_its_own_permission(school: School) -> None:
    school.decide(LOGAN, Answer.GRANTED, Use.PHOTO)
    film = showing(("bluesky",), film=True)
    (logan,) = lines_of_people(school.context, school.author, [LOGAN.id, "unknown"], film)
    assert not logan.photo.permitted
    (logan,) = lines_of_people(school.context, school.author, [LOGAN.id], Showing())
    assert logan.photo.permitted


def test_those_of_the_class_come_first(school: School) -> None:
    add(school, OTHER)
    found = find_for_picture(
        school.context, school.author, "bright", Showing(), Group(SCHOOL, "5A")
    )
    assert [line.person.id for line in found.lines] == [OTHER.id, TESS.id]
    assert found.total == 2
    found = find_for_picture(school.context, school.author, "bright", Showing(), CLASS)
    assert [line.person.id for line in found.lines] == [TESS.id, OTHER.id]


@pytest.mark.parametrize(
    ("text", "people", "wanted"),
    [
        ("4B went to the museum.", (), CLASS),
        ("Our class 4b!", (), CLASS),
        ("We are no. 14Bs", (), None),
        ("Sports day", (OTHER.id,), Group(SCHOOL, "5A")),
        ("Sports day", (OTHER.id, TESS.id, LOGAN.id), CLASS),
        ("5A won", (TESS.id, LOGAN.id), Group(SCHOOL, "5A")),
        ("Sports day", (), None),
        ("Sports day", (TEACHER.id, "unknown"), None),
    ],
)
def test_the_class_is_guessed_from_words_and_people(
    school: School, text: str, people: tuple[str, ...], wanted: Group | None
) -> None:
    add(school, OTHER, TEACHER)
    assert guess_class(school.context, school.author, text, people) == wanted


def test_nobody_without_the_right_sees_a_class(school: School) -> None:
    nobody = replace(school.author, roles=frozenset())
    for call in (
        lambda: list_class(school.context, nobody, CLASS, Showing()),
        lambda: list_classes(school.context, nobody),
        lambda: find_for_picture(school.context, nobody, "t", Showing()),
        lambda: lines_of_people(school.context, nobody, [TESS.id], Showing()),
        lambda: guess_class(school.context, nobody, "4B", ()),
    ):
        with pytest.raises(NotAllowed):
            call()
