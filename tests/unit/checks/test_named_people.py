"""Who may not be named, where, why, and what to do about it (clause 4.1)."""

from __future__ import annotations

from datetime import date

import pytest

from smassistant.checks.named_people import find_named_people
from smassistant.domain.consents import Answer, Channel, Decision, Use
from smassistant.domain.facts import Facts
from smassistant.domain.findings import (
    Anchor,
    Finding,
    MendKind,
    Resolution,
    ResolutionKind,
    Severity,
)
from smassistant.domain.posts import Draft
from tests.unit.checks.school import ANA, ANA_B, OMAR, TOVE, facts, line, picture


def found(
    text: str, known: Facts, *resolutions: Resolution, places: tuple[str, ...] = ("facebook",)
) -> list[Finding]:
    return list(find_named_people(Draft(text, (), places, resolutions), known))


def mended(text: str, finding: Finding, kind: MendKind = MendKind.REPLACE) -> list[str]:
    """The text after each mend of the finding that replaces something."""
    results = []
    for mend in finding.mends:
        if mend.kind is kind:
            start = finding.start if mend.start is None else mend.start
            end = finding.end if mend.end is None else mend.end
            results.append(text[:start] + mend.text + text[end:])
    return results


def test_without_permission_a_name_blocks() -> None:
    (finding,) = found("Tove Ekström won.", facts())
    assert finding.code == "name.not_permitted"
    assert finding.severity is Severity.BLOCK
    assert (finding.start, finding.end, finding.surface) == (0, 12, "Tove Ekström")
    assert finding.people == ("tove",)
    assert finding.places == ("facebook",)
    assert finding.clause == "4.1"
    assert "Tove Ekström" in finding.message
    assert "no permission is on file" in finding.message


def test_with_permission_a_name_passes() -> None:
    assert found("Tove Ekström won.", facts(line(TOVE, Use.FULL_NAME))) == []
    assert found("Tove, well done!", facts(line(TOVE, Use.FIRST_NAME))) == []


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (line(TOVE, Use.FULL_NAME, Answer.REFUSED), "was refused"),
        (line(TOVE, Use.FULL_NAME, Answer.WITHDRAWN), "was withdrawn"),
        (line(TOVE, Use.FULL_NAME, until=date(2026, 10, 1)), "has run out"),
        (line(TOVE, Use.FULL_NAME, start=date(2027, 1, 1)), "does not hold yet"),
    ],
)
def test_the_message_says_why(decision: Decision, words: str) -> None:
    (finding,) = found("Tove Ekström won.", facts(decision))
    assert words in finding.message


def test_a_restricted_person_is_never_named() -> None:
    (finding,) = found("Ilse Korhonen won.", facts())
    assert "never to publish" in finding.message


def test_only_places_without_permission_are_named() -> None:
    known = facts(line(TOVE, Use.FULL_NAME, channel=Channel.WEBSITE))
    (finding,) = found("Tove Ekström won.", known, places=("website", "facebook", "x"))
    assert finding.places == ("facebook", "x")
    assert "Facebook and X" in finding.message
    assert found("Tove Ekström won.", known, places=("website",)) == []


def test_the_surname_needs_the_full_name_permission() -> None:
    known = facts(line(TOVE, Use.FIRST_NAME))
    (finding,) = found("Tove Ekström won.", known)
    assert mended("Tove Ekström won.", finding)[0] == "Tove won."
    text = "Trophy: Ekström, Tove"
    (finding,) = found(text, known)
    assert mended(text, finding)[0] == "Trophy: Tove"


def test_the_first_name_is_no_way_out_where_that_is_refused_too() -> None:
    (finding,) = found("Tove Ekström won.", facts())
    assert "Tove won." not in mended("Tove Ekström won.", finding)


def test_several_people_with_different_rulings_have_to_be_told_apart() -> None:
    text = "Congratulations to Ana!"
    (finding,) = found(text, facts(line(ANA, Use.FIRST_NAME)))
    assert finding.code == "name.unclear"
    assert finding.severity is Severity.BLOCK
    choices = [mend for mend in finding.mends if mend.kind is MendKind.CHOOSE_PERSON]
    assert {mend.person_id for mend in choices} == {"ana", "ana-b"}
    both = facts(line(ANA, Use.FIRST_NAME), line(ANA_B, Use.FIRST_NAME))
    assert found(text, both) == []
    (finding,) = found(text, facts())
    assert finding.code == "name.not_permitted"


def test_the_author_says_who_is_meant() -> None:
    text = "Congratulations to Ana!"
    known = facts(line(ANA, Use.FIRST_NAME))
    (finding,) = found(text, known)
    permitted = Resolution("name", finding.anchor, ResolutionKind.PERSON, "ana")
    assert found(text, known, permitted) == []
    refused = Resolution("name", finding.anchor, ResolutionKind.PERSON, "ana-b")
    (finding,) = found(text, known, refused)
    assert finding.code == "name.not_permitted"
    assert finding.people == ("ana-b",)
    other = Resolution("name", finding.anchor, ResolutionKind.SOMEONE_ELSE)
    assert found(text, known, other) == []


def test_one_candidate_can_be_ruled_out() -> None:
    anchor = Anchor("text", "Ana", 0)
    not_b = Resolution("name", anchor, ResolutionKind.SOMEONE_ELSE, "ana-b")
    assert found("Well done, Ana!", facts(line(ANA, Use.FIRST_NAME)), not_b) == []


def test_an_answer_counts_for_one_occurrence_only() -> None:
    text = "Omar Haddad spoke. Later Omar Haddad sang."
    first = Resolution("name", Anchor("text", "Omar Haddad", 0), ResolutionKind.SOMEONE_ELSE)
    (finding,) = found(text, facts(), first)
    assert finding.start == text.rindex("Omar")
    assert finding.anchor.occurrence == 1


def test_perhaps_a_name_is_a_warning() -> None:
    (finding,) = found("We cheer. #TeamHope", facts())
    assert finding.code == "name.unclear"
    assert finding.severity is Severity.WARN
    assert finding.mends[-1].kind is MendKind.SOMEONE_ELSE
    assert any(mend.kind is MendKind.CHOOSE_PERSON for mend in finding.mends)


def test_descriptions_of_photos_are_published_too() -> None:
    draft = Draft("", (picture("Omar Haddad holds a fish."),), ("facebook",))
    (finding,) = find_named_people(draft, facts())
    assert finding.where == "alt:1"
    assert finding.surface == "Omar Haddad"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tove Ekström won.", "A student won."),
        ("The cup goes to Omar Haddad.", "The cup goes to a student."),
        ("We thank Omar Haddad.", "We thank one of our Grade 4 students."),
        ("Look at Leo Achterberg go!", "Look at one of our Kindergarten students go!"),
        ("Map by Omar Haddad!", "Map!"),
        ("Omar Haddad, Tove Ekström and Ana Quiroga sang.", "Tove Ekström and Ana Quiroga sang."),
        ("Thanks to Omar Haddad for helping.", "Thanks for helping."),
        ("The winner (Omar Haddad) smiled.", "The winner smiled."),
        ("Great day #OmarHaddad", "Great day"),
        ("Brenda Whitlock retires.", "A member of staff retires."),
        (
            "Merci à Omar Haddad pour la soupe.",
            "Merci à un de nos élèves de 4e année pour la soupe.",
        ),
        ("La carte est dessinée par Omar Haddad.", "La carte est dessinée."),
        ("Thanks to the Haddads for the pies.", "Thanks to a family for the pies."),
    ],
)
def test_mends_keep_the_grammar(text: str, expected: str) -> None:
    finding = found(text, facts())[0]
    assert expected in mended(text, finding)


def test_taking_out_the_last_of_a_list_moves_the_and() -> None:
    text = "Congratulations to Tove Ekström, Ana Quiroga and Omar Haddad!"
    last = found(text, facts())[-1]
    assert last.surface == "Omar Haddad"
    assert "Congratulations to Tove Ekström and Ana Quiroga!" in mended(text, last)


def test_no_hole_is_offered_where_the_sentence_needs_the_name() -> None:
    (finding,) = found("Omar Haddad won gold.", facts())
    assert not any(mend.label.startswith("Take") for mend in finding.mends)


def test_a_mend_that_is_used_settles_the_finding() -> None:
    for text in ("Omar Haddad won gold.", "Map by Omar Haddad!", "Thanks to Omar Haddad for it."):
        (finding,) = found(text, facts())
        for after in mended(text, finding):
            assert found(after, facts()) == [], after


def test_names_of_several_people_each_have_a_finding() -> None:
    both = found("Tove Ekström and Omar Haddad sang.", facts(line(OMAR, Use.FULL_NAME)))
    assert [finding.people for finding in both] == [("tove",)]
