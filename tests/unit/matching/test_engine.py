"""The matcher on sentences of every kind, and on any text at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.findings import Form
from smassistant.domain.people import Person
from smassistant.errors import Cancelled
from smassistant.jobs import Task
from smassistant.matching.engine import NameMatcher
from tests.unit.matching.mixed_cases import MIXED
from tests.unit.matching.names_cases import ALL_CASES, PEOPLE

MATCHER = NameMatcher(PEOPLE)


@pytest.mark.parametrize(("text", "expected"), ALL_CASES, ids=[case[0] for case in ALL_CASES])
def test_finds_exactly_the_people_named(text: str, expected: dict[str, set[str]]) -> None:
    found = {mention.surface: set(mention.people) for mention in MATCHER.mentions(text)}
    assert found.keys() == expected.keys()
    assert all(ids <= found[surface] for surface, ids in expected.items())


@pytest.mark.parametrize(("text", "expected"), MIXED, ids=[case[0] for case in MIXED])
def test_finds_the_names_and_nothing_else(text: str, expected: set[str]) -> None:
    assert {mention.surface for mention in MATCHER.mentions(text)} == expected


def test_offsets_are_code_points_of_the_text_as_given() -> None:
    for text, _ in ALL_CASES:
        for mention in MATCHER.mentions("🎉🎉 " + text):
            assert ("🎉🎉 " + text)[mention.start : mention.end] == mention.surface


def test_says_in_which_form_and_whether_the_surname_can_be_read() -> None:
    forms = {
        "Liam Oyelaran": (Form.FULL, True),
        "Well done, Liam!": (Form.FIRST_NAME, False),
        "P. Venkataraman won": (Form.INITIAL, True),
        "Kowalchuk scores again!": (Form.SURNAME, True),
        "Liz Sandoval": (Form.NICKNAME, True),
        "#LiamOyelaran": (Form.HASHTAG, True),
        "#TeamLiam": (Form.HASHTAG, False),
        "@liam.oyelaran": (Form.HANDLE, True),
        "liam_oyelaran.png": (Form.FILE_NAME, True),
        "Liam Oyelarn": (Form.MISSPELT, True),
    }
    for text, expected in forms.items():
        (mention,) = MATCHER.mentions(text)
        assert (mention.form, mention.surname) == expected, text


def test_grade_teacher_and_school_put_the_likeliest_first() -> None:
    assert MATCHER.mentions("Congrats Grace in Grade 3!")[0].people == ("gracem", "grace")
    assert MATCHER.mentions("Congrats Grace in Grade 9!")[0].people == ("grace", "gracem")
    assert MATCHER.mentions("Mrs. Pratt thanks Grace.")[0].people == ("gracem", "grace")
    assert MATCHER.mentions("Cold Lake wins, bravo Grace!")[0].people == ("grace", "gracem")
    own = NameMatcher(PEOPLE, school="Maplegrove School")
    assert own.mentions("Congrats to Grace!")[0].people == ("gracem", "grace")


def test_an_ordinary_word_is_less_sure_than_a_name() -> None:
    (word,) = MATCHER.mentions("Hope finished her map.")
    (name,) = MATCHER.mentions("Priya finished her map.")
    assert 0.3 <= word.confidence < name.confidence


def test_names_in_lower_case_that_are_words_are_only_perhaps_names() -> None:
    (mention,) = MATCHER.mentions("congrats to hunter stone")
    assert mention.people == ("hunter",)
    assert mention.confidence < 0.5


def test_a_well_known_person_is_only_perhaps_a_student() -> None:
    matcher = NameMatcher([Person("dt", "1", "David", "Thompson")])
    assert matcher.mentions("David Thompson mapped the river.")[0].confidence < 0.5


def test_remembers_sentences_without_mixing_them_up() -> None:
    first = MATCHER.mentions("Liam Oyelaran won. Priya drew.")
    assert MATCHER.mentions("Liam Oyelaran won. Priya drew.") == first
    moved = MATCHER.mentions("So! Liam Oyelaran won. Priya drew.")
    assert [(m.surface, m.start) for m in moved] == [("Liam Oyelaran", 4), ("Priya", 23)]


def test_the_same_from_several_threads() -> None:
    texts = [case[0] for case in ALL_CASES]
    expected = [MATCHER.mentions(text) for text in texts]
    fresh = NameMatcher(PEOPLE)
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: [fresh.mentions(text) for text in texts], range(8)))
    assert all(found == expected for found in rounds)


def test_a_cancelled_task_stops_the_work() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        MATCHER.mentions("Liam Oyelaran won. Priya drew.", task)


def test_an_empty_registry_knows_nobody() -> None:
    assert NameMatcher([]).mentions("Emma Smith won #EmmaSmith emma_smith.jpg") == ()


_PIECES = st.sampled_from(
    "Liam|Oyelaran|Zoe\u0308|O'Halloran|’s|@|#|.|, | |\n|M.|l'|Van der|ﬁ|İ|\ud800|🏽|http://|_|.jpg|'"
    "|<b>|\u200b|E m m a ".split("|")
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join)))
def test_any_text_at_all_gives_ordered_mentions_inside_it(text: str) -> None:
    mentions = MATCHER.mentions(text)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert 0.3 <= mention.confidence <= 1
        assert mention.people
        end = mention.end


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=8))
def test_any_name_at_all_can_be_in_the_registry(first: str, last: str, other: str) -> None:
    matcher = NameMatcher([Person("p", "1", first, last, other_names=(other,))])
    for mention in matcher.mentions(f"Thanks to {first} {last}, {last}, {first} and {other}!"):
        assert mention.people == ("p",)
