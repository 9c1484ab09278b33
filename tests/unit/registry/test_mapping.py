"""Mapping files: own headings, own answers, and mistakes said plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from smassistant.errors import UserError
from smassistant.registry.mapping import load_mapping
from tests.unit.registry.roster_files import (
    HEADINGS,
    Code,
    by_number,
    granted,
    mapping,
    read_rows,
    refused,
)


def test_own_headings_and_answers(tmp_path: Path) -> None:
    own = mapping(
        tmp_path,
        """
        [columns]
        "Kid no." = "student_number"
        "Kid" = "last_first"
        "Web pics OK?" = "photo:website"
        "Form A" = "name"
        "Shoe size" = "ignore"
        [values]
        "Level 2" = "yes"
        "Level 0" = false
        """,
    )
    roster = read_rows(
        tmp_path,
        ["KID NO.", "Kid", "Web pics OK?", "Form A", "Shoe Size", "video:website"],
        ["1", "Smith, Emma", "Level 2", "level 0", "4", "yes"],
        mapping=own,
    )
    item = roster.people[0]

    assert item.person.shown_name == "Emma Smith"
    assert granted(item) == {"photo:website", "video:website"}
    assert len(refused(item)) == 6
    assert roster.ignored_columns == ("Shoe Size",)
    assert roster.mapping["Web pics OK?"] == "photo:website"
    assert roster.problems == ()


def test_an_entry_beats_a_recognised_heading(tmp_path: Path) -> None:
    own = mapping(
        tmp_path,
        '[columns]\n"First Name" = "ignore"\n"Called" = "first_name"\n"photo:website" = "grade"\n'
        '"Local" = "student_number"\n',
    )
    roster = read_rows(
        tmp_path,
        [*HEADINGS, "Called", "photo:website", "Local"],
        ["1", "Elizabeth", "Ng", "Liz", "5", "77"],
        mapping=own,
    )
    person = roster.people[0].person

    assert (person.number, person.first_name, person.grade) == ("77", "Liz", "5")
    assert not roster.has_permissions


def test_a_heading_that_the_file_does_not_have(tmp_path: Path) -> None:
    own = mapping(tmp_path, '[columns]\n"Web Photo OK" = "photo:website"\n')
    roster = read_rows(tmp_path, HEADINGS, ["1", "A", "B"], mapping=own)

    assert [(item.row, item.column, item.code) for item in roster.problems] == [
        (1, "Web Photo OK", Code.UNKNOWN_HEADING)
    ]


def test_an_own_answer_keeps_its_sign(tmp_path: Path) -> None:
    own = mapping(tmp_path, '[values]\n"1" = "yes"\n"x" = "yes"\n')
    rows = ([str(n), "A", "B", text] for n, text in enumerate(["1", "-1", "x", "x?"]))
    people = by_number(read_rows(tmp_path, [*HEADINGS, "photo:website"], *rows, mapping=own))

    assert [bool(granted(item)) for item in people.values()] == [True, False, True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("columns", "not valid TOML"),
        ("", "maps nothing"),
        ("[columns]\n", "maps nothing"),
        ("[colums]\na = 'grade'", 'part named "colums"'),
        ("columns = 3", 'part named "columns"'),
        ("[columns]\na = 'shoe'", '"a" the field "shoe"'),
        ("[columns]\na = 3", "the field"),
        ("[values]\nok = 'perhaps'", '"ok" means "perhaps"'),
        ("[values]\n' ' = 'yes'", "means"),
        ("[columns]\na = 'grade'\na = 'school'", "not valid TOML"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        mapping(tmp_path, text)
    assert words in caught.value.title


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be opened"):
        load_mapping(tmp_path / "gone.toml")
    with pytest.raises(UserError, match="can't be opened"):
        load_mapping(tmp_path)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\0")
    with pytest.raises(UserError, match="not valid TOML"):
        load_mapping(binary)
