"""What a file tells before it is brought in, and what the person importing may choose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from smassistant.registry.mapping import chosen_mapping
from smassistant.registry.reading import columns_in, read_roster
from smassistant.registry.rosters import LONGEST_ANSWER, MOST_ANSWERS, LeftOut, Roster
from tests.unit.registry.roster_files import (
    HEADINGS,
    Code,
    by_number,
    codes,
    granted,
    read_book,
    read_rows,
    refused,
)

FULL = [*HEADINGS, "restricted", "expires", "photo:website", "photo:social_media"]


def why(roster: Roster) -> dict[str, LeftOut | None]:
    return {column.heading: column.left_out for column in roster.columns if not column.field}


def test_every_column_is_told_with_its_reason(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path,
        [*HEADINGS, "Birth Date", "Shoe Size", "", "First Name", "Pupil #", "Name", "Grade"],
        ["1", "A", "B", "2012-01-01", "4", "x", "C", "9", "A B", "5"],
        mapping=chosen_mapping({"grade": "ignore"}, {}),
    )

    assert why(roster) == {
        "Birth Date": LeftOut.NOT_NEEDED, "Shoe Size": LeftOut.UNKNOWN, "F": LeftOut.UNKNOWN,
        "First Name": LeftOut.SAME_MEANING, "Pupil #": LeftOut.SAME_MEANING,
        "Name": LeftOut.SAME_MEANING, "Grade": LeftOut.CHOSEN,
    }  # fmt: skip
    assert [column.heading for column in roster.columns] == [
        *HEADINGS, "Birth Date", "Shoe Size", "F", "First Name", "Pupil #", "Name", "Grade",
    ]  # fmt: skip
    assert tuple(why(roster)) == roster.ignored_columns
    assert [column.field for column in roster.columns if column.field] == HEADINGS


def test_hidden_columns_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([*HEADINGS, "photo:website", "photo:news_media"], ["1", "A", "B", "yes", "yes"]):
        book.active.append(row)
    book.active.column_dimensions["D"].hidden = True
    roster = read_book(tmp_path, book)

    assert why(roster) == {"photo:website": LeftOut.HIDDEN}
    assert granted(roster.people[0]) == {"photo:news_media"}


def test_a_column_without_heading_can_be_chosen_by_its_letter(tmp_path: Path) -> None:
    rows = [*HEADINGS, ""], ["1", "A", "B", "yes"]
    roster = read_rows(tmp_path, *rows, mapping=chosen_mapping({"D": "photo:website"}, {}))

    assert granted(roster.people[0]) == {"photo:website"}
    assert roster.mapping["D"] == "photo:website"
    assert roster.problems == ()


def test_the_first_rows_hold_only_what_is_read(tmp_path: Path) -> None:
    rows = [[str(n), "Ann", "Lee", "2012-01-01", "custody order", "yes"] for n in range(20)]
    rows[1][4] = "no"
    roster = read_rows(
        tmp_path, [*HEADINGS, "Birth Date", "restricted", "photo:website"],
        *rows[:1], ["", "", "", "", "", ""], *rows[1:],
    )  # fmt: skip

    assert len(roster.sample) == 8
    assert roster.sample[0] == ("0", "Ann", "Lee", "…", "yes")
    assert roster.sample[1] == ("1", "Ann", "Lee", "no", "yes")
    assert "2012" not in repr(roster)
    assert "custody" not in repr(roster)


def test_distinct_answers_and_what_they_were_taken_for(tmp_path: Path) -> None:
    long = "Yes but only " + "x" * LONGEST_ANSWER
    cells = ["yes", "Yes", "YES.", "no", "On file", "", "=1", long, "y\u200b"]
    rows = [[str(n), "A", "B", "", "", cell, ""] for n, cell in enumerate(cells)]
    roster = read_rows(tmp_path, FULL, *rows)

    assert dict(roster.answers) == {"yes": True, "no": False, "On file": None}
    assert roster.blank_answers


def test_no_blank_and_never_too_many_answers(tmp_path: Path) -> None:
    rows = [[str(n), "A", "B", "", "", f"remark {n}", "no"] for n in range(200)]
    roster = read_rows(tmp_path, FULL, *rows)

    assert len(roster.answers) == MOST_ANSWERS
    assert not roster.blank_answers
    assert codes(roster) == [Code.BAD_VALUE] * 200


@pytest.mark.parametrize("blank_permitted", [False, True])
def test_an_answer_that_is_none_is_no_permission_no_refusal_and_no_problem(
    tmp_path: Path, blank_permitted: bool
) -> None:
    roster = read_rows(
        tmp_path, FULL,
        ["1", "A", "B", "", "", "No", "n/a"], ["2", "A", "B", "", "", "Yes", "N/A."],
        mapping=chosen_mapping({}, {"no": None, "n/a.": None, "On file": True}),
        blank_permitted=blank_permitted,
    )  # fmt: skip
    people = by_number(roster)

    assert not people["1"].answers
    assert granted(people["2"]) == {"photo:website"}
    assert not refused(people["2"])
    assert dict(roster.answers) == {"No": None, "n/a": None, "Yes": True}
    assert roster.problems == ()


def test_own_answers_never_lift_a_restriction(tmp_path: Path) -> None:
    mapping = chosen_mapping({}, {"yes": False, "no": None, "clear": False, "order": True})
    rows = [[str(n), "A", "B", cell, "", "", ""]
            for n, cell in enumerate(["yes", "no", "clear", "order", "other"])]  # fmt: skip
    people = by_number(read_rows(tmp_path, FULL, *rows, mapping=mapping))

    assert [item.person.restricted for item in people.values()] == [True, False, False, True, True]


def test_the_order_of_dates_is_asked(tmp_path: Path) -> None:
    rows = [["1", "A", "B", "", "03/04/2027", "yes", ""],
            ["2", "A", "B", "", "5/5/2027", "yes", ""],
            ["3", "A", "B", "", "31/12/2027", "yes", ""], ["4", "A", "B", "", "2027-04-03", "", ""],
            ["5", "A", "B", "", "03/04/2027", "maybe", ""]]  # fmt: skip

    def ends(day_first: bool | None) -> tuple[Roster, list[date | None]]:
        roster = read_rows(tmp_path, FULL, *rows, day_first=day_first)
        assert roster.ambiguous_dates == 2
        assert roster.date_example == "03/04/2027"
        assert roster.example_days == (date(2027, 4, 3), date(2027, 3, 4))
        return roster, [item.expires for item in roster.people]

    asked, earlier = ends(None)
    day, april = ends(True)
    _month, march = ends(False)
    assert codes(asked).count(Code.AMBIGUOUS_DATE) == 2
    assert Code.AMBIGUOUS_DATE not in codes(day)
    assert earlier == march == [
        date(2027, 3, 4), date(2027, 5, 5), date(2027, 12, 31), date(2027, 4, 3), date(2027, 3, 4)
    ]  # fmt: skip
    assert april[0] == date(2027, 4, 3)
    assert april[1:4] == march[1:4]


def test_an_end_for_rows_that_tell_none(tmp_path: Path) -> None:
    end = date(2027, 6, 30)
    rows = [["1", "A", "B", "", "", "yes", ""], ["2", "A", "B", "", "2026-12-01", "yes", ""],
            ["3", "A", "B", "", "soon", "yes", ""]]  # fmt: skip
    people = by_number(read_rows(tmp_path, FULL, *rows, ends=end))

    assert people["1"].expires == end
    assert people["2"].expires == date(2026, 12, 1)
    assert people["3"].expires is None
    assert not granted(people["3"])


def test_choices_of_an_older_version_do_no_harm(tmp_path: Path) -> None:
    mapping = chosen_mapping({"Grade": "shoe", "": "grade", "***": "grade"}, {"": True, " ": True})
    roster = read_rows(
        tmp_path, [*HEADINGS, "grade", "photo"], ["1", "A", "B", "5", ""], mapping=mapping
    )

    assert roster.people[0].person.grade == "5"
    assert not roster.people[0].answers


def test_several_preferred_names(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, [*HEADINGS, "preferred_name", "other_names"],
        ["1", "Elizabeth", "Lee", "Liz; Beth ;", "Bess Lee"], ["2", "Sam", "Ng", ";", ""],
    )  # fmt: skip
    first, second = roster.people

    assert first.person.preferred_name == "Liz"
    assert first.person.other_names == ("Beth", "Bess Lee")
    assert (second.person.preferred_name, second.person.other_names) == ("", ())


def test_one_number_of_two_people_in_rows_of_one_permission(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, [*HEADINGS, "permission", "value"],
        ["1", "Emma", "Smith", "photo:website", "yes"],
        ["1", "Emma", "Smith", "video:website", "yes"],
        ["1", "Liam", "Jones", "photo:website", "yes"],
        ["1", "Liam", "Jones", "work:website", "no"],
    )  # fmt: skip

    assert granted(roster.people[0]) == {"photo:website"}
    assert refused(roster.people[0]) == {"work:website"}
    assert set(codes(roster)) == {Code.DUPLICATE_NUMBER}


def test_columns_of_a_file_that_is_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Our list;;;\nKid no;Called;Photo website;DOB\n7;Ann Lee;yes;2012-03-04\n", encoding="utf-8"
    )
    nothing = chosen_mapping({}, {})
    half = chosen_mapping({"Kid no": "student_number"}, {})
    both = chosen_mapping({"Kid no": "student_number", "Called": "first_last"}, {})

    assert [(c.heading, c.field, c.left_out) for c in columns_in(path, nothing)] == [
        ("Kid no", "", LeftOut.UNKNOWN), ("Called", "", LeftOut.UNKNOWN),
        ("Photo website", "photo:website", None), ("DOB", "", LeftOut.NOT_NEEDED),
    ]  # fmt: skip
    assert columns_in(path, half)[0].field == "student_number"
    assert columns_in(path, both) == ()
    roster = read_roster(path, both)
    assert roster.people[0].person.shown_name == "Ann Lee"
    assert granted(roster.people[0]) == {"photo:website"}


def test_headings_that_nobody_knows_at_all(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Alpha\tBeta\tGamma\n7\tAnn\tyes\n", encoding="utf-8")

    assert [c.heading for c in columns_in(path, chosen_mapping({}, {}))] == [
        "Alpha",
        "Beta",
        "Gamma",
    ]
    path.write_text("one word\n\nanother\n", encoding="utf-8")
    assert columns_in(path, chosen_mapping({}, {})) == ()
