"""Names that no roster knows, told only where the text speaks of a person."""

from __future__ import annotations

import pytest

from smassistant.checks.unknown_names import find_unknown_names
from smassistant.domain.findings import Resolution, ResolutionKind, Severity
from smassistant.domain.posts import Draft
from tests.unit.checks.school import facts


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Congratulations to Emily Varnhagen!", "Emily Varnhagen"),
        ("Nathan Okpara won the essay contest.", "Nathan Okpara"),
        ("Bravo à Sophie Lachance!", "Sophie Lachance"),
        ("Meet Zoé Tremblay, our exchange student.", "Zoé Tremblay"),
    ],
)
def test_a_name_no_roster_knows(text: str, surface: str) -> None:
    (finding,) = find_unknown_names(Draft(text), facts())
    assert (finding.code, finding.surface) == ("name.no_record", surface)
    assert finding.severity is Severity.ADVICE


@pytest.mark.parametrize(
    "text",
    [
        "Congratulations to Omar Haddad!",
        "Thanks to Mr. Nathan Okpara for the talk.",
        "We read Emily Dickinson with delight.",
        "Terry Fox Run on Friday",
        "Emily Carr School won.",
        "Jasmine Rice is served.",
        "Nathan Okpara Memorial Arena",
        "Happy Monday",
        "",
    ],
)
def test_what_is_no_unknown_person(text: str) -> None:
    assert list(find_unknown_names(Draft(text), facts())) == []


def test_the_author_settles_it_once() -> None:
    text = "Congratulations to Emily Varnhagen!"
    (finding,) = find_unknown_names(Draft(text), facts())
    settled = Resolution("name", finding.anchor, ResolutionKind.SOMEONE_ELSE)
    assert list(find_unknown_names(Draft(text, resolutions=(settled,)), facts())) == []
