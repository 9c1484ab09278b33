"""Personal data is found; the school's own contacts and plain numbers are not."""

from __future__ import annotations

import pytest

from smassistant.checks.personal_information import find_personal_information
from smassistant.domain.findings import Finding, MendKind, Severity
from smassistant.domain.posts import Draft
from tests.unit.checks.school import facts

OWN = ("403-555-0100", "*@*.example.ca", "fernleighdivision.ca", "12 School Lane")


def found(text: str, own: tuple[str, ...] = ()) -> list[Finding]:
    return list(find_personal_information(Draft(text, (), ("facebook",)), facts(own_contacts=own)))


@pytest.mark.parametrize(
    ("text", "code", "surface"),
    [
        ("Text her at 403-555-0188.", "personal.phone", "403-555-0188"),
        ("Dad's cell: (587) 555 0142", "personal.phone", "(587) 555 0142"),
        ("call 4035550171 tonight", "personal.phone", "4035550171"),
        ("ring me, 555-0171", "personal.phone", "555-0171"),
        ("Oma: +49 30 901820 99", "personal.phone", "+49 30 901820 99"),
        ("Write mike77@gmail.com", "personal.email", "mike77@gmail.com"),
        ("Email sue.b at hotmail dot com", "personal.email", "sue.b at hotmail dot com"),
        ("Student mail: x@students.fernleigh.ca", "personal.email", "x@students.fernleigh.ca"),
        ("She lives at 27 Willow Crescent.", "personal.address", "27 Willow Crescent"),
        ("Drop it at 118 6 Avenue South for them", "personal.address", "118 6 Avenue South"),
        ("Envoyez à T1J 4B3", "personal.address", "T1J 4B3"),
        ("Chez lui: 45, rue des Érables", "personal.address", "45, rue des Érables"),
        ("Born July 4, 2014 in Taber", "personal.birth_date", "July 4, 2014"),
        ("DOB 2015-03-11", "personal.birth_date", "2015-03-11"),
        ("né le 4 juillet 2014", "personal.birth_date", "4 juillet 2014"),
        ("ASN 1234-5678-9", "personal.student_number", "1234-5678-9"),
        ("her student number is 0012345", "personal.student_number", "0012345"),
        ("PHN 50213-4471", "personal.health", "50213-4471"),
        ("SIN 046 454 286", "personal.insurance_number", "046 454 286"),
        (
            "Just call him, it's four zero three, five five five, zero one nine two",
            "personal.phone",
            "four zero three, five five five, zero one nine two",
        ),
        ("Student no. 40517723 is at the desk", "personal.student_number", "40517723"),
    ],
)
def test_finds_personal_data(text: str, code: str, surface: str) -> None:
    findings = found(text)
    assert (code, surface) in [(finding.code, finding.surface) for finding in findings]
    assert all(text[finding.start : finding.end] == finding.surface for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "Call the office at 403-555-0199.",
        "Count with us: one two three four five six seven eight!",
        "Santa's address: 1 Snowflake Lane, H0H 0H0",
        "Écrivez à ecole.coulees@exemple.ca",
        "Kids Help Phone: 1-800-668-6868",
        "Our number is 403-555-0100",
        "Write to info@rink.ca",
        "Write to coach@west.example.ca or a.b@fernleighdivision.ca",
        "Coach: k.vance@fernleigh.ab.ca",
        "The arena is at 2510 Scenic Drive South.",
        "Come to 12 School Lane",
        "Born to read!",
        "We met on July 4, 2014.",
        "Raised $1,234,567.89 in 2026",
        "Room 403 555 people 0171",
        "Final score 110-108",
        "ISBN 978-0-14-310733-9",
        "3 Grade Way to go!",
        "Box 12 of markers",
        "4 Students Place second",
        "Bus 402 leaves at 12:30",
        "The 2025-26 season starts 2026-09-12.",
        "1812-1814 war",
        "Version 10.12.2026.1",
    ],
)
def test_leaves_harmless_text_alone(text: str) -> None:
    assert found(text, OWN) == []


def test_an_address_that_may_be_a_venue_only_warns() -> None:
    (finding,) = found("The bake sale is at 27 Willow Crescent.")
    assert finding.severity is Severity.WARN
    (finding,) = found("Cards to his house, 27 Willow Crescent.")
    assert finding.severity is Severity.BLOCK


def test_the_mend_takes_it_out() -> None:
    text = "Text her at 403-555-0188."
    (finding,) = found(text)
    mend = finding.mends[0]
    assert mend.kind is MendKind.REPLACE
    assert mend.start is not None
    assert mend.end is not None
    assert "0188" not in text[: mend.start] + mend.text + text[mend.end :]


OURS = (
    "quarryhill.example", "403-555-0187", "*@division.example", "12 Elm Street South",
    "#QHS4035550123Proud", "https://www.staffpages.example/people/anna",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Call (403) 555-0187 tonight.", True),
        ("Call 403 555 0188 tonight.", False),
        ("Write to anna.k@quarryhill.example now.", True),
        ("Write to anna.k@mail.quarryhill.example now.", True),
        ("Write to anna.k@notquarryhill.example now.", False),
        ("Write to zoe@division.example now.", True),
        ("Her home is 12 Elm Street South, come.", True),
        ("Her home is 14 Elm Street South, come.", False),
        ("Go #QHS4035550123Proud!", True),
        ("See https://quarryhill.example/staff?call=403-555-0199", True),
        ("See https://staffpages.example/people/anna?tel=403-555-0199", True),
        ("See https://staffpages.example/people/annabel?tel=403-555-0199", False),
        ("See https://else.example/people/anna?tel=403-555-0199", False),
    ],
)
def test_each_kind_of_own_contact_is_no_personal_information(text: str, ours: bool) -> None:
    assert found(text, OURS) == [] if ours else found(text, OURS) != []
    assert found(text) != [] or "#" in text
