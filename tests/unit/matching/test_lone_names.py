"""Names on their own: the same words as a person and as a thing, and what else tells them apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smassistant.domain.people import Person
from smassistant.matching.engine import NameMatcher
from smassistant.matching.grammar import name_kinds, role
from smassistant.matching.weighing import weights
from tests.unit.matching.names_cases import PEOPLE

SCHOOL = (
    *PEOPLE,
    Person("e", "900", "Ethan", "Crowshoe", grade="8", school="Stone Ridge School"),
    Person("a", "901", "Austin", "Penner", grade="8", school="Stone Ridge School"),
    Person("o", "902", "Owen", "Tremblay", grade="4", school="Stone Ridge School"),
    Person("ad", "903", "Addison", "Frost", grade="4", school="Stone Ridge School"),
    Person("p", "904", "Patrick", "Ridge", grade="4", school="Stone Ridge School"),
)
MATCHER = NameMatcher(SCHOOL)

# (a post that names somebody, whom; a post with the same word that names nobody)
PAIRS = [
    ("Hope won the race and her mom cried.", "Hope", "Hope you won the race."),
    ("Will scored twice.", "Will", "Will it snow?"),
    ("Way to go, Chase!", "Chase", "Chase your dreams."),
    ("Mark read his poem.", "Mark", "Mark your calendars for June 12."),
    ("May's mittens are in the office, says April.", "April", "In April we plant the beds."),
    ("Congrats to June on her solo!", "June", "The solo is on June 5."),
    ("Summer's poster won.", "Summer", "Summer is here."),
    ("Hunter and Grace at the fair", "Hunter", "Hunter safety course on Saturday"),
    ("Ask Joy about the turtle.", "Joy", "The joy of reading"),
    ("Ethan brought his rabbit.", "Ethan", "Franklin the turtle and Ethan the frog"),
    ("Austin made the team.", "Austin", "Our band trip goes to Austin."),
    ("Thanks to Patrick for the help!", "Patrick", "St. Patrick was the topic today."),
    ("Penner scores in overtime!", "Penner", "Penner Electric lent us a lift."),
    ("Frost with the save!", "Frost", "Frost on the pumpkins this morning."),
    ("Bravo à Owen!", "Owen", "Le lac Owen est gelé."),
    ("Merci Grace!", "Grace", "Mme Grace sera absente."),
]


@pytest.mark.parametrize(("named", "surface", "nobody"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_tells_a_person_from_a_word(named: str, surface: str, nobody: str) -> None:
    assert surface in {mention.surface for mention in MATCHER.mentions(named)}
    assert MATCHER.mentions(nobody) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Raymond's Ethan Shuley outran us. Ethan shook every hand.",
        "Chef Austin showed us. Austin has a big hat.",
        "Ethan from Magrath took the 100 m.",
        "Visiting pitcher Ethan struck out nine.",
        "Bus driver Ethan waves at all of us.",
        "Teachers Penner, Frost and Ridge curl on Monday.",
        "The Stone Ridge team won.",
        "Levi's and Penner's Tire are sponsors.",
        "Swiss cheese and Purcell-Penner ham",
    ],
)
def test_leaves_strangers_staff_places_and_shops_alone(text: str) -> None:
    assert MATCHER.mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "surface", "person"),
    [
        ("#CrowshoeStrong", "#CrowshoeStrong", "e"),
        ("G O O W E N G O", "G O O W E N G O", "o"),
        ("E.C. in Grade 8 asked for chess.", "E.C.", "e"),
        ("Spotted: O.T. (gr. 4) sharing skates.", "O.T.", "o"),
        ("Thumbs up to Addsion for the books", "Addsion", "ad"),
        ("Merci aux Tremblay, les Tremblay sont là", "Tremblay", "o"),
        ("@owentremblay_dj plays tonight", "@owentremblay_dj", "o"),
        ("<b>Owen</b> <i>Tremblay</i>", "Owen</b> <i>Tremblay", "o"),
    ],
)
def test_finds_every_form(text: str, surface: str, person: str) -> None:
    found = {mention.surface: mention.people for mention in MATCHER.mentions(text)}
    assert person in found[surface]


def test_three_first_names_in_a_list_are_no_surname() -> None:
    people = [Person("1", "1", "Faith", "Joy"), Person("2", "2", "Joy", "Lund")]
    found = NameMatcher(people).mentions("Thanks to Joy, Faith and the crew!")
    assert [mention.surface for mention in found] == ["Joy", "Faith"]


def test_lists_both_who_has_it_as_first_name_and_as_surname() -> None:
    people = [Person("1", "1", "Fox", "Lund"), Person("2", "2", "Ann", "Fox")]
    (mention,) = NameMatcher(people).mentions("Fox scored twice in overtime!")
    assert set(mention.people) == {"1", "2"}


_SENTENCES = st.sampled_from(
    "Hope won.|Will it snow?|Ethan Shuley came.|Ethan left.|Mr. Penner sang.|Penner scores!|"
    "our cat naps.|Grade 4 wins.|Grace, Joy and Will!|<b>Owen</b>|#CrowshoeStrong|gr. 4|\n|é|😀|"
    "GO OWEN|june 5|Stone Ridge|x".split("|")
)
_TEXTS = st.lists(_SENTENCES, max_size=8).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.lists(st.tuples(st.integers(0, 99), st.integers(0, 6), _SENTENCES), max_size=6))
def test_what_is_remembered_never_changes_what_is_found(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    remembering = NameMatcher(SCHOOL)
    for at, dropped, added in edits:
        text = text[:at] + added + text[at + dropped :]
        assert remembering.mentions(text) == NameMatcher(SCHOOL).mentions(text)


def test_words_are_known_by_what_they_do() -> None:
    assert (role("they"), role("grew"), role("trudged"), role("7b")) == (
        "subject", "past", "ed", "digit",
    )  # fmt: skip
    assert "month" in name_kinds("june")
    assert name_kinds("priya") == ()


def test_the_weights_say_what_speaks_for_and_against() -> None:
    first = weights(surname=False)
    assert first["pronoun after"][""] > 0 > first["about pet"][""]
    assert weights(surname=True)["any"]["sport"] > 0
