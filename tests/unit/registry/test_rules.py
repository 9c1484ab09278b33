"""The rules of reading: whatever is doubtful permits nothing and is reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smassistant.domain.people import Kind
from smassistant.registry.rosters import ALL_KEYS, Roster
from tests.unit.registry.roster_files import (
    HEADINGS,
    Code,
    by_number,
    codes,
    granted,
    mapping,
    read_rows,
    refused,
)

FULL = [*HEADINGS, "restricted", "expires", "photo:website", "photo:social_media"]


def one(folder: Path, headings: Sequence[str], *rows: Sequence[str], **options: object) -> Roster:
    roster = read_rows(folder, headings, *rows, **options)
    assert len(roster.people) == 1
    return roster


def test_every_field(tmp_path: Path) -> None:
    roster = one(
        tmp_path,
        [*HEADINGS, "preferred_name", "other_names", "grade", "homeroom", "school", "kind",
         "status", "restricted", "signer", "expires", "name:website", "photo"],
        ["0042", "Elizabeth", "Many Grey Horses", "Liz", "Lizzie; Beth Grey;", "5", "5-Gruber",
         "Hill School", "Staff", "active", "no", "Pat Horses", "2027-06-30", "yes", "no"],
    )  # fmt: skip
    item = roster.people[0]

    assert (item.person.id, item.person.number) == ("0042", "0042")
    assert item.person.shown_name == "Liz Many Grey Horses"
    assert item.person.first_name == "Elizabeth"
    assert item.person.other_names == ("Lizzie", "Beth Grey")
    assert item.person.kind is Kind.STAFF
    assert (item.person.grade, item.person.homeroom, item.person.school, item.person.status) == (
        "5", "5-Gruber", "Hill School", "active",
    )  # fmt: skip
    assert not item.person.restricted
    assert (item.signer, item.expires) == ("Pat Horses", date(2027, 6, 30))
    assert granted(item) == {"full_name:website", "first_name:website"}
    assert refused(item) == {"photo:social_media", "photo:website", "photo:news_media"}
    assert roster.has_permissions
    assert roster.problems == ()


def test_all_fifteen_permissions_each_alone(tmp_path: Path) -> None:
    names = [f"{use}_{channel}" for use, channel in ALL_KEYS]
    rows = [[str(n), "A", "B", *("yes" if i == n else "" for i in range(15))] for n in range(15)]
    people = by_number(read_rows(tmp_path, [*HEADINGS, *names], *rows))

    for n, key in enumerate(ALL_KEYS):
        assert dict(people[str(n)].answers) == {key: True}


def test_no_permission_column(tmp_path: Path) -> None:
    roster = one(tmp_path, HEADINGS, ["1", "A", "B"])

    assert not roster.has_permissions
    assert not roster.people[0].answers


@pytest.mark.parametrize(
    ("cell", "code"),
    [("yes, but not on Facebook", Code.BAD_VALUE), ("=TRUE()", Code.FORMULA),
     ("@yes", Code.FORMULA), ("ye\u200bs", Code.CONTROL_CHARACTERS), ('="yes"', Code.FORMULA),
     ("yes\x07", Code.CONTROL_CHARACTERS), ("maybe", Code.BAD_VALUE), ("-", Code.BAD_VALUE)],
)  # fmt: skip
@pytest.mark.parametrize("blank_permitted", [False, True])
def test_doubtful_answers_permit_nothing(
    tmp_path: Path, cell: str, code: Code, blank_permitted: bool
) -> None:
    roster = one(
        tmp_path, FULL, ["1", "A", "B", "", "", cell, "yes"], blank_permitted=blank_permitted
    )

    assert granted(roster.people[0]) == {"photo:social_media"}
    assert codes(roster) == [code]
    assert roster.problems[0].column == "photo:website"


def test_blank_is_not_permitted_unless_said_otherwise(tmp_path: Path) -> None:
    row = ["1", "A", "B", "", "", "", "no"]

    assert dict(one(tmp_path, FULL, row).people[0].answers) == {ALL_KEYS[6]: False}
    roster = one(tmp_path, FULL, row, blank_permitted=True)
    assert granted(roster.people[0]) == {"photo:website"}


@pytest.mark.parametrize("cell", ["custody order, ask the office", "=1", "?", "none", "\u200b"])
def test_unreadable_restriction_restricts_and_is_not_repeated(tmp_path: Path, cell: str) -> None:
    roster = one(tmp_path, FULL, ["1", "A", "B", cell, "", "yes", "yes"])

    assert roster.people[0].person.restricted
    assert len(roster.problems) == 1
    assert "custody" not in roster.problems[0].message


@pytest.mark.parametrize("cell", ["soon", "never", "=TODAY()", "2026-02-30", "\u200b"])
def test_unreadable_expiry_never_lengthens(tmp_path: Path, cell: str) -> None:
    roster = one(tmp_path, FULL, ["1", "A", "B", "", cell, "yes", "no"])

    assert not granted(roster.people[0])
    assert refused(roster.people[0]) == {"photo:social_media"}
    assert codes(roster)[0] in {Code.BAD_DATE, Code.FORMULA, Code.CONTROL_CHARACTERS}


def test_ambiguous_expiry_takes_the_earlier_day(tmp_path: Path) -> None:
    roster = one(tmp_path, FULL, ["1", "A", "B", "", "07/06/2027", "yes", "no"])

    assert roster.people[0].expires == date(2027, 6, 7)
    assert granted(roster.people[0]) == {"photo:website"}
    assert codes(roster) == [Code.AMBIGUOUS_DATE]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("00123", "00123"), ("123456.0", "123456"), (" 12 ", "12"), ("AB-12", "AB-12"),
     ("\u00a07\u00a0", "7"), ('="0012"', "0012"), ("'=9", "=9")],
)  # fmt: skip
def test_numbers(tmp_path: Path, cell: str, number: str) -> None:
    roster = one(tmp_path, FULL, [cell, "A", "B", "", "", "yes", ""])

    assert roster.people[0].person.number == number
    assert granted(roster.people[0]) == {"photo:website"}


@pytest.mark.parametrize("cell", ["", "  ", "-", "=A1", "1.23457E+11"])
def test_rows_without_a_number_are_left_out(tmp_path: Path, cell: str) -> None:
    roster = one(
        tmp_path, FULL, [cell, "A", "B", "x", "x", "x", "x"], ["2", "C", "D", "", "", "", ""]
    )

    assert roster.rows == 2
    assert Code.MISSING_NUMBER in codes(roster)
    assert {problem.column for problem in roster.problems} == {"student_number"}


def test_names_with_something_missing_or_hidden(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, HEADINGS, ["1", "", ""], ["2", "Ann", ""], ["3", "E\u202emma", "B\ufffdlow"],
        ["4", "Jo\nAnn", "d\u2019Arcy  Lee"], ["5", "=HYPERLINK(1)", "Bo"],
    )  # fmt: skip
    people = by_number(roster)

    assert [(item.row, item.code) for item in roster.problems] == [
        (2, Code.MISSING_NAME), (3, Code.MISSING_NAME), (4, Code.CONTROL_CHARACTERS),
        (4, Code.BAD_VALUE), (6, Code.FORMULA),
    ]  # fmt: skip
    assert people["3"].person.first_name == "Emma"
    assert people["4"].person.shown_name == "Jo Ann d\u2019Arcy Lee"
    assert people["5"].person.shown_name == "=HYPERLINK(1) Bo"  # kept as text, never calculated


@pytest.mark.parametrize(
    ("heading", "cell", "first", "last"),
    [("LastFirst", "Smith, Emma J", "Emma", "Smith"), ("LastFirst", "Smith, Jr., Al", "Al",
     "Smith Jr."), ("Student Name", "Lucía de la Cruz", "Lucía", "de la Cruz"),
     ("Name", "Smith, Emma", "Emma", "Smith"), ("Full Name", "Mary Ann Lee", "Mary Ann", "Lee")],
)  # fmt: skip
def test_whole_names_in_one_column(
    tmp_path: Path, heading: str, cell: str, first: str, last: str
) -> None:
    roster = one(tmp_path, ["Student ID", heading], ["1", cell])

    assert (roster.people[0].person.first_name, roster.people[0].person.last_name) == (first, last)
    assert roster.problems == ()


def test_name_beside_first_and_last_is_a_permission_if_it_holds_answers(tmp_path: Path) -> None:
    permission = one(tmp_path, [*HEADINGS, "Name"], ["1", "A", "B", "yes"])
    repeated = one(tmp_path, [*HEADINGS, "Name"], ["1", "A", "B", "A B"])

    assert len(granted(permission.people[0])) == 6
    assert repeated.problems == ()
    assert repeated.ignored_columns == ("Name",)


def test_two_columns_for_one_permission_combine_strictly(tmp_path: Path) -> None:
    headings = [*HEADINGS, "photo", "photo:website"]
    people = by_number(
        read_rows(
            tmp_path,
            headings,
            ["1", "A", "B", "yes", "no"],
            ["2", "C", "D", "no", "yes"],
            ["3", "E", "F", "yes", "yes"],
            ["4", "G", "H", "", "yes"],
        )
    )

    assert granted(people["1"]) == {"photo:social_media", "photo:news_media"}
    assert not granted(people["2"])
    assert len(granted(people["3"])) == 3
    assert not granted(people["4"])


def test_columns_that_are_not_read(tmp_path: Path) -> None:
    roster = one(
        tmp_path, [*HEADINGS, "Birth Date", "Shoe Size", "", "First Name"],
        ["1", "A", "B", "2012-01-01", "4", "x", "C"],
    )  # fmt: skip

    assert roster.ignored_columns == ("Birth Date", "Shoe Size", "F", "First Name")
    assert [(item.row, item.column, item.code) for item in roster.problems] == [
        (1, "Shoe Size", Code.UNKNOWN_HEADING), (1, "F", Code.UNKNOWN_HEADING),
        (1, "First Name", Code.UNKNOWN_HEADING),
    ]  # fmt: skip
    assert list(roster.mapping) == HEADINGS
    assert "2012" not in repr(roster)


def test_same_person_twice_keeps_what_permits_least(tmp_path: Path) -> None:
    roster = one(
        tmp_path, FULL,
        ["1", "Emma", "Smith", "no", "2027-01-01", "yes", "yes"],
        ["1", "Emma", "Smith", "yes", "2026-10-01", "no", ""],
    )  # fmt: skip
    item = roster.people[0]

    assert item.person.restricted
    assert item.expires == date(2026, 10, 1)
    assert dict(item.answers) == {ALL_KEYS[7]: False}
    assert codes(roster) == [Code.DUPLICATE_NUMBER, Code.CONFLICTING_ROWS]
    assert {problem.row for problem in roster.problems} == {3}


def test_a_number_with_two_quite_different_names(tmp_path: Path) -> None:
    roster = one(
        tmp_path, [*FULL, "answered"],
        ["1", "Emma", "Smith", "", "", "no", "yes", "2026-01-01"],
        ["1", "Liam", "Jones", "", "", "yes", "yes", "2026-02-01"],
        mapping=mapping(tmp_path, '[columns]\nanswered = "date"'),
    )  # fmt: skip
    item = roster.people[0]

    assert granted(item) == {"photo:social_media"}
    names = {f"{item.person.first_name} {item.person.last_name}", *item.person.other_names}
    assert names == {"Emma Smith", "Liam Jones"}
    assert codes(roster) == [Code.DUPLICATE_NUMBER, Code.CONFLICTING_ROWS]


def test_a_mapped_date_lets_the_latest_answer_count(tmp_path: Path) -> None:
    dated = mapping(tmp_path, '[columns]\nTimestamp = "date"')
    headings = ["Timestamp", *HEADINGS, "expires", "photo:website", "photo:social_media"]
    roster = one(
        tmp_path, headings,
        ["2026-09-02 10:00", "1", "Emma", "Smith", "2027-06-30", "yes", "no"],
        ["2025-09-02 10:00", "1", "Emma", "Smith", "2026-06-30", "no", "yes"],
        mapping=dated,
    )  # fmt: skip

    assert granted(roster.people[0]) == {"photo:website"}
    assert roster.people[0].expires == date(2027, 6, 30)
    assert roster.problems == ()


@pytest.mark.parametrize("when", ["", "soon", "03/04/2026", "2025-09-02"])
def test_a_date_that_does_not_say_which_is_later_changes_nothing(tmp_path: Path, when: str) -> None:
    dated = mapping(tmp_path, '[columns]\nTimestamp = "date"')
    roster = one(
        tmp_path, ["Timestamp", *HEADINGS, "photo:website"],
        [when, "1", "Emma", "Smith", "yes"], ["2025-09-02", "1", "Emma", "Smith", "no"],
        mapping=dated,
    )  # fmt: skip

    assert not granted(roster.people[0])
    assert codes(roster)[-1] is Code.CONFLICTING_ROWS


def test_without_a_mapped_date_the_order_of_answers_means_nothing(tmp_path: Path) -> None:
    rows = [["2025-09-02", "1", "Emma", "Smith", "no"], ["2026-09-02", "1", "Emma", "Smith", "yes"]]
    roster = one(tmp_path, ["Timestamp", *HEADINGS, "photo:website"], *rows)

    assert not granted(roster.people[0])


def test_one_row_for_each_permission(tmp_path: Path) -> None:
    long = mapping(
        tmp_path,
        '[columns]\nWhat = "permission"\nAnswer = "value"\nWhen = "date"\n'
        '[values]\n"OK with me" = "yes"',
    )
    roster = read_rows(
        tmp_path, [*HEADINGS, "What", "Answer", "When"],
        ["1", "Emma", "Smith", "photo:website", "OK with me", "2026-01-05"],
        ["1", "Emma", "Smith", "photo:website", "no", "2025-01-05"],
        ["1", "Emma", "Smith", "Video - Social Media", "no", "2026-01-05"],
        ["1", "Emma", "Smith", "bus trip", "yes", "2026-01-05"],
        ["2", "Liam", "Ng", "photo", "yes", ""],
        mapping=long,
    )  # fmt: skip
    people = by_number(roster)

    assert granted(people["1"]) == {"photo:website"}
    assert refused(people["1"]) == {"video:social_media"}
    assert len(granted(people["2"])) == 3
    assert [(item.row, item.column, item.code) for item in roster.problems] == [
        (5, "What", Code.BAD_VALUE)
    ]


CELLS = st.sampled_from(["yes", "no", "", "maybe", "=1", "granted"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", ""]),
        st.sampled_from(["Emma", "Emily", "Liam", ""]),
        st.sampled_from(["Smith", "Smyth", "Ng"]),
        st.sampled_from(["", "yes", "no", "order"]),
        st.sampled_from(["", "2026-08-31", "2027-01-01", "07/06/2027", "soon"]),
        CELLS,
        CELLS,
        st.sampled_from(["", "2025-01-01", "2026-01-01 10:00", "2026-01-01", "03/04/2026"]),
    ),
    min_size=1,
    max_size=7,
)
ANSWERED = '[columns]\nanswered = "date"'


def essence(roster: Roster) -> dict[str, object]:
    """Everything of a roster that must not depend on the order of rows."""
    people = {
        item.person.number: (item.person, item.signer, item.expires, dict(item.answers))
        for item in roster.people
    }
    return {"people": people, "codes": sorted(codes(roster)), "rows": roster.rows}


@given(rows=ROWS, data=st.data(), dated=st.booleans())
def test_order_of_rows_changes_nothing(
    tmp_path: Path, rows: list[tuple[str, ...]], data: st.DataObject, dated: bool
) -> None:
    own = mapping(tmp_path, ANSWERED) if dated else None
    shuffled = data.draw(st.permutations(rows))
    headings = [*FULL, "answered"]

    before = read_rows(tmp_path, headings, *rows, mapping=own)
    assert essence(read_rows(tmp_path, headings, *shuffled, mapping=own)) == essence(before)


@given(rows=ROWS, data=st.data(), dated=st.booleans(), to=st.sampled_from(["", "no", "maybe"]))
def test_taking_a_yes_away_never_permits_more(
    tmp_path: Path, rows: list[tuple[str, ...]], data: st.DataObject, dated: bool, to: str
) -> None:
    own = mapping(tmp_path, ANSWERED) if dated else None
    headings = [*FULL, "answered"]
    at = data.draw(st.integers(0, len(rows) - 1))
    fewer = [list(row) for row in rows]
    fewer[at][5] = to if fewer[at][5] in {"yes", "granted"} else fewer[at][5]

    before = by_number(read_rows(tmp_path, headings, *rows, mapping=own))
    for number, item in by_number(read_rows(tmp_path, headings, *fewer, mapping=own)).items():
        assert granted(item) <= granted(before[number])


@given(rows=ROWS)
def test_the_short_way_and_the_careful_way_agree(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    headings = [*FULL, "answered"]
    plain = read_rows(tmp_path, headings, *rows)
    # A blank column of preferred last names makes every row go the careful way.
    careful = read_rows(tmp_path, [*headings, "preferred_last"], *([*row, ""] for row in rows))

    assert essence(careful) == essence(plain)
    assert [item.message for item in careful.problems] == [item.message for item in plain.problems]
