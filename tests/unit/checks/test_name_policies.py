"""The division's own limits on names, and names that must not be used any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.checks import find_findings
from smassistant.domain.consents import Use
from smassistant.domain.findings import Finding, MendKind, Severity
from smassistant.domain.people import Kind, Person
from smassistant.domain.policies import Policies, grade_key, permissions_end, valid_end
from smassistant.domain.posts import Draft
from smassistant.domain.settings import Settings
from tests.unit.checks.school import DAY, LEO, OMAR, STAFF, TOVE, facts, line, picture

RENAMED = Person(
    "mira", "9", "Mira", "Solberg", grade="6", school="Fernleigh",
    avoid_names=("Magnus Solberg", "Mags"),
)  # fmt: skip
NO_SURNAMES = Policies(surname_beside_photo=False)
SMALL_ONES = Policies(first_name_grades=frozenset({"k", "4"}))


def found(text: str, person: Person, policies: Policies, *pictures: object) -> list[Finding]:
    permitted = replace(
        facts(line(person, Use.FULL_NAME), line(person, Use.PHOTO), people={OMAR, person}),
        policies=policies,
    )
    draft = Draft(text, pictures, ("facebook",))  # type: ignore[arg-type]
    return [one for one in find_findings(draft, permitted) if one.code.startswith("name.")]


def mended(text: str, finding: Finding) -> str:
    mend = next(mend for mend in finding.mends if mend.kind is MendKind.REPLACE)
    return text[: finding.start] + mend.text + text[finding.end :]


def test_without_policies_a_permitted_name_stands() -> None:
    assert not found("Tove Ekström won.", TOVE, Policies(), picture())


def test_a_surname_beside_a_photo_is_shortened() -> None:
    text = "Well done, Tove Ekström!"
    (finding,) = found(text, TOVE, NO_SURNAMES, picture())
    assert (finding.code, finding.severity) == (
        "name.policy.surname_beside_photo", Severity.BLOCK,
    )  # fmt: skip
    assert mended(text, finding) == "Well done, Tove!"


@pytest.mark.parametrize("text", ["Well done, Tove!", "Nobody is named."])
def test_a_first_name_may_stand_beside_a_photo(text: str) -> None:
    assert not found(text, TOVE, NO_SURNAMES, picture())


def test_without_a_photo_the_surname_may_stand() -> None:
    assert not found("Tove Ekström won.", TOVE, NO_SURNAMES)


def test_the_alt_text_counts_too() -> None:
    (finding,) = found("", TOVE, NO_SURNAMES, picture("Tove Ekström runs."))
    assert finding.where == "alt:1"


def test_staff_may_be_named_beside_a_photo() -> None:
    assert not found("Brenda Whitlock teaches.", STAFF, NO_SURNAMES, picture())


@pytest.mark.parametrize("person", [TOVE, LEO])
def test_in_some_grades_only_first_names_stand(person: Person) -> None:
    text = f"Hooray for {person.first_name} {person.last_name}."
    (finding,) = found(text, person, SMALL_ONES)
    assert (finding.code, finding.severity) == ("name.policy.first_name_only", Severity.BLOCK)
    assert mended(text, finding) == f"Hooray for {person.first_name}."


def test_other_grades_and_staff_are_named_in_full() -> None:
    assert not found("Mira Solberg sang.", RENAMED, SMALL_ONES)
    teacher = replace(STAFF, grade="4")
    assert not found("Brenda Whitlock teaches.", teacher, SMALL_ONES)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Magnus Solberg sang.", "Mira Solberg sang."),
        ("Magnus sang.", "Mira sang."),
        ("We heard Mags sing.", "We heard Mira sing."),
    ],
)
def test_a_former_name_is_caught_and_replaced(text: str, better: str) -> None:
    (finding,) = found(text, RENAMED, Policies())
    assert finding.code == "name.policy.former_name"
    assert mended(text, finding) == better
    assert "Magnus" not in finding.message


def test_a_former_name_is_caught_in_a_hashtag() -> None:
    (finding,) = found("Bravo #MagnusSolberg", RENAMED, Policies())
    assert finding.code == "name.policy.former_name"


def test_the_name_in_use_is_not_caught_for_the_surname_it_shares() -> None:
    assert not found("Mira Solberg sang.", RENAMED, Policies())


def test_a_former_name_is_never_shown() -> None:
    assert "Magnus" not in RENAMED.described + RENAMED.shown_name


def test_who_is_not_permitted_is_told_so_and_nothing_else() -> None:
    known = replace(facts(people=(RENAMED,)), policies=NO_SURNAMES)
    draft = Draft("Magnus Solberg sang.", (picture(),), ("facebook",))
    codes = [one.code for one in find_findings(draft, known)]
    assert codes == ["name.not_permitted"]


@pytest.mark.parametrize(
    ("written", "key"),
    [("4", "4"), ("04", "4"), ("Grade 4", "4"), ("Gr. 4", "4"), ("4th", "4"), ("4e année", "4"),
     ("1re année", "1"), ("K", "k"), ("Kindergarten", "k"), ("Maternelle", "k"), ("ECS", "k"),
     ("", "")],
)  # fmt: skip
def test_grades_are_compared_however_they_are_written(written: str, key: str) -> None:
    assert grade_key(written) == key


@pytest.mark.parametrize(
    ("end", "expected"),
    [("06-30", "2027-06-30"), ("11-24", "2026-11-24"), ("2-29", "2027-02-28"),
     ("31-31", "2027-06-30"), ("", "2027-06-30")],
)  # fmt: skip
def test_permissions_end_with_the_school_year(end: str, expected: str) -> None:
    assert permissions_end(Settings(permission_ends=end), DAY).isoformat() == expected


@pytest.mark.parametrize(("text", "valid"), [("06-30", True), ("13-01", False), ("June", False)])
def test_an_end_is_a_month_and_a_day(text: str, valid: bool) -> None:
    assert valid_end(text) == valid


def test_a_volunteer_of_a_grade_is_no_student() -> None:
    helper = replace(TOVE, kind=Kind.VOLUNTEER)
    assert not found("Tove Ekström helps.", helper, SMALL_ONES)
