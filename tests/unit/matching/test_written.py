"""Names in words that were read off a picture."""

from __future__ import annotations

import pytest

from smassistant.domain.findings import Form
from smassistant.domain.people import Person
from smassistant.matching.engine import NameMatcher

PEOPLE = [
    Person("emma", "1", "Emma", "Kowalczyk"),
    Person("lukasz", "2", "Łukasz", "Wójcik"),
    Person("hope", "3", "Hope", "Green"),
    Person("maria", "4", "Maria", "Vasquez"),
    Person("natalie", "5", "Natalie", "Ishikawa"),
    Person("alden", "6", "Alden", "Barnes"),
]


@pytest.fixture(scope="module")
def matcher() -> NameMatcher:
    return NameMatcher(PEOPLE)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Emma Kowalczyk", "emma"),
        ("EMMA KOWALCZYK", "emma"),
        ("KOWALCZYK, Emma", "emma"),
        ("Lukasz Wójcik", "lukasz"),
        ("tukasz Wojcik", "lukasz"),
        ("Łukasz W0jcik", "lukasz"),
        ("Natalie Ishikavva", "natalie"),
        ("NATALIEISHIKAWA", "natalie"),
        ("NatalieIshikawa", "natalie"),
    ],
)
def test_a_full_name_is_found_although_letters_were_taken_for_others(
    matcher: NameMatcher, words: str, who: str
) -> None:
    (mention,) = matcher.written(words)
    assert mention.people == (who,)
    assert mention.surname
    assert mention.confidence >= 0.5


@pytest.mark.parametrize(
    ("words", "who", "surname"),
    [
        ("EMMA", "emma", False),
        ("Hello my name is Emma", "emma", False),
        ("VASQUEZ 63", "maria", True),
        ("VASOUEZ", "maria", True),
        ("BAMES 7", "alden", True),
        ("Hello my name is Hope", "hope", False),
        ("GREEN 12", "hope", True),
    ],
)
def test_a_name_that_stands_alone_is_found(
    matcher: NameMatcher, words: str, who: str, surname: bool
) -> None:
    (mention,) = matcher.written(words)
    assert mention.people == (who,)
    assert mention.surname is surname
    assert words[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize(
    "words",
    ["Hope", "GREEN", "Certificate of Achievement", "EXIT", "63", "", "presented to", "Barn sale"],
)
def test_words_that_name_nobody_stay_words(matcher: NameMatcher, words: str) -> None:
    assert matcher.written(words) == ()


def test_a_surname_alone_is_called_one(matcher: NameMatcher) -> None:
    (mention,) = matcher.written("VASQUEZ")
    assert mention.form is Form.SURNAME
